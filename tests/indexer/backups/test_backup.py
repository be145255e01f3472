"""Backups: what is kept comes back, what is there is not written again, damage is named."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import Locked, StorageError
from corpus.home import RESTORING, Home
from corpus.store import Catalogue
from indexer.backups import pieces as pieces_module
from indexer.backups.backup import Backups
from indexer.backups.restoring import restore
from indexer.generations.manifest import sealed
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from tests.indexer.conftest import TakeIn, filled, home, take_in
from tests.indexer.test_commands import run

__all__ = ["filled", "home", "take_in"]  # fixtures


@pytest.fixture
def kept(filled: Home, tmp_path: Path) -> Backups:
    """A collection with something of each kind in it, and its first backup."""
    assert run(filled, "dossier", "create", "Harbor").exit_code == 0
    filled.styles.mkdir()
    (filled.styles / "ours.csl").write_text("<style/>")
    filled.citations.mkdir()
    (filled.citations / "a1.json").write_text("{}")
    filled.key.write_text("a key")
    backups = Backups(tmp_path / "disk" / "kept")
    backups.make(filled)
    return backups


def said(home: Home) -> list[tuple[str, str, str]]:
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        return [
            (one.article.article_id, one.article.title, one.original_sha256)
            for one in catalogue.articles()
        ]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def flip(path: Path, at: int = -1) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def test_what_was_kept_comes_back(filled: Home, kept: Backups, tmp_path: Path) -> None:
    back = Home(tmp_path / "back")
    result = run(back, "restore", str(kept.folder))
    assert result.exit_code == 0, result.output
    assert "5 articles" in result.stdout
    assert "dispatches rebuild" in result.stderr
    assert said(back) == said(filled)
    for name in ("dossiers.jsonl", "styles/ours.csl", "citations/a1.json", "key.pem"):
        assert (back.path / name).read_bytes() == (filled.path / name).read_bytes(), name
    assert not (back.path / RESTORING).exists()
    for path in (back.path, *back.path.rglob("*"), kept.folder, *kept.folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert run(back, "rebuild", "--processes", "1").exit_code == 0
    assert run(back, "verify").exit_code == 0


def test_with_the_index_what_is_brought_back_answers_at_once(filled: Home, tmp_path: Path) -> None:
    rebuild(filled, processes=1)
    backups = Backups(tmp_path / "kept")
    backups.make(filled, index=True)
    back = Home(tmp_path / "back")
    result = run(back, "restore", str(backups.folder))
    assert "rebuild" not in result.stderr
    assert run(back, "search", "harbor").exit_code == 0
    assert Generations(back.index).current().name == Generations(filled.index).current().name
    assert run(back, "verify").exit_code == 0
    assert rebuild(back, processes=1).analyzed == 0, "analyses came along"


def test_what_is_there_is_not_written_again(
    filled: Home, take_in: TakeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces_module, "SIZE", 4 << 10)
    filled.key.write_bytes(os.urandom(200_000))
    backups = Backups(tmp_path / "kept")
    first = backups.make(filled)
    before = {path: path.stat().st_mtime_ns for path in backups.folder.glob("pieces/*/*")}
    assert first.written == sum(path.stat().st_size for path in before)
    again = Backups(backups.folder).make(filled)
    assert again.written == 0
    take_in("later", "More of the same came later on that day.")
    third = Backups(backups.folder).make(filled)
    assert 0 < third.written < third.backup.bytes / 2
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert backups.names() == [first.backup.name, again.backup.name, third.backup.name]
    for name, articles in zip(backups.names(), (5, 5, 6), strict=True):
        back = Home(tmp_path / name)
        restore(backups, back, name)
        assert len(said(back)) == articles


def test_every_flipped_byte_is_named(kept: Backups, tmp_path: Path) -> None:
    assert run(Home(tmp_path / "none"), "backup", str(kept.folder), "--check").exit_code == 0
    for path in sorted(path for path in kept.folder.rglob("*") if path.is_file()):
        if path.name == ".lock":
            continue
        for at in {0, path.stat().st_size // 2, path.stat().st_size - 1}:
            flip(path, at)
            result = run(Home(tmp_path / "none"), "backup", str(kept.folder), "--check")
            assert result.exit_code == 4
            assert path.name in result.stdout, (path, at)
            assert result.stdout.count("\n") == 1
            flip(path, at)
    assert run(Home(tmp_path / "none"), "backup", str(kept.folder), "--check").exit_code == 0


def test_a_damaged_backup_is_not_brought_back_as_if_it_were_whole(
    kept: Backups, tmp_path: Path
) -> None:
    piece = kept.pieces.path(kept.get().files["catalogue.sqlite"].pieces[0])
    flip(piece, 5000)
    back = Home(tmp_path / "back")
    result = run(back, "restore", str(kept.folder))
    assert result.exit_code == 4
    assert piece.name in result.stderr
    assert not back.catalogue.exists()
    page = tmp_path / "page.html"
    page.write_text("<title>x</title><p>y")
    refused = run(back, "add", str(page))
    assert refused.exit_code == 4, "half a collection is not gone on with"
    assert "dispatches restore" in refused.stderr
    flip(piece, 5000)
    assert run(back, "restore", str(kept.folder)).exit_code == 0
    assert len(said(back)) == 5


def test_the_next_backup_mends_what_the_collection_still_has(
    filled: Home, kept: Backups, tmp_path: Path
) -> None:
    piece = kept.pieces.path(kept.get().files["catalogue.sqlite"].pieces[0])
    lost = kept.pieces.path(kept.get().files["styles/ours.csl"].pieces[0])
    flip(piece)
    lost.unlink()
    result = run(filled, "backup", str(kept.folder))
    assert result.exit_code == 0
    assert piece.name in result.stderr
    assert list(kept.troubles()) == []


@pytest.mark.parametrize("content", ["other.txt", ".hidden", "catalogue.sqlite"])
def test_nothing_is_brought_back_over_something(
    content: str, kept: Backups, tmp_path: Path
) -> None:
    back = Home(tmp_path / "back")
    back.path.mkdir()
    (back.path / content).write_text("mine")
    result = run(back, "restore", str(kept.folder))
    assert result.exit_code == 4
    assert "empty folder only" in result.stderr
    assert files(back.path) in ({content: b"mine"}, {})


def test_a_list_cannot_lead_out_of_the_home(kept: Backups, tmp_path: Path) -> None:
    path = kept.folder / "backups" / f"{kept.names()[-1]}.json"
    whole = path.read_text()
    for name in ("../outside", "/etc/outside", "a/../../outside", "", "a//b"):
        value = json.loads(whole)
        del value["sha256"]
        value["files"][name] = value["files"]["key.pem"]
        path.write_text(sealed(value))
        result = run(Home(tmp_path / "back"), "restore", str(kept.folder))
        assert result.exit_code == 4, name
        assert "cannot be trusted" in result.stderr
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "back").exists()


def test_older_backups_go_and_nothing_that_others_need(
    filled: Home, take_in: TakeIn, kept: Backups
) -> None:
    for number in range(3):
        take_in(f"later-{number}", "More of the same came later on that day.")
        result = run(filled, "backup", str(kept.folder), "--keep", "2")
        assert result.exit_code == 0
    assert len(kept.names()) == 2
    assert list(kept.troubles()) == []
    needed = {piece for name in kept.names() for piece in kept.get(name).pieces}
    assert {path.name for path in kept.folder.glob("pieces/*/*")} == needed


def test_a_damaged_catalogue_is_kept_told_of_and_pushes_no_other_out(
    filled: Home, kept: Backups
) -> None:
    with closing(sqlite3.connect(filled.catalogue)) as connection:
        connection.execute("DELETE FROM originals WHERE rowid = 1")
        connection.commit()
    result = run(filled, "backup", str(kept.folder), "--keep", "1")
    assert result.exit_code == 4
    assert "was taken out" in result.stderr
    assert len(kept.names()) == 2


def test_it_lies_outside_and_one_at_a_time(filled: Home, kept: Backups) -> None:
    for inside in (filled.path, filled.path / "kept", filled.index / "kept"):
        with pytest.raises(StorageError, match="in the collection itself"):
            Backups(inside).make(filled)
    with kept._alone(), pytest.raises(Locked):
        Backups(kept.folder).make(filled)
    Backups(kept.folder).make(filled)


def test_what_there_is_not_is_told(filled: Home, tmp_path: Path) -> None:
    assert (
        "there is no catalogue" in run(Home(tmp_path / "x"), "backup", str(tmp_path / "y")).stderr
    )
    assert not (tmp_path / "y").exists()
    for command in (["restore", str(tmp_path / "y")], ["backup", str(tmp_path / "y"), "--check"]):
        result = run(Home(tmp_path / "x"), *command)
        assert result.exit_code == 4
        assert "there is no backup" in result.stderr
    Backups(tmp_path / "z").make(filled)
    result = run(Home(tmp_path / "x"), "restore", str(tmp_path / "z"), "20200101T000000Z")
    assert "These are here" in result.stderr


def test_a_newer_format_is_refused(kept: Backups, tmp_path: Path) -> None:
    path = kept.folder / "backups" / f"{kept.names()[-1]}.json"
    value = json.loads(path.read_text())
    del value["sha256"]
    path.write_text(sealed(value | {"format": 2}))
    result = run(Home(tmp_path / "back"), "restore", str(kept.folder))
    assert "has format 2" in result.stderr


def test_a_full_disk_leaves_the_earlier_backups(
    filled: Home, take_in: TakeIn, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in("later", "More of the same came later on that day.")
    before = kept.names()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = run(filled, "backup", str(kept.folder))
    assert result.exit_code == 4
    assert "No space left" in result.stderr
    assert kept.names() == before
    assert list(kept.troubles()) == []
    assert run(filled, "backup", str(kept.folder)).exit_code == 0


def test_a_copied_folder_of_backups_is_one(kept: Backups, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(kept.folder, copy)
    restore(Backups(copy), Home(tmp_path / "back"))
    assert len(said(Home(tmp_path / "back"))) == 5
