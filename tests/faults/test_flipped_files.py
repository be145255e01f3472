"""A flipped byte in any file of a generation: the right answer, or an error that names the file."""

from __future__ import annotations

import json
import logging
import random
from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt
from corpus.home import Home
from indexer.generations.manifest import files_below
from indexer.generations.publishing import ENTITIES, EVENTS, PLACES, Generations
from indexer.pipeline import rebuild
from tests.faults.attack.damaging import answer, damaged, everything, flipped_at, run
from tests.indexer.conftest import TakeIn, filled, home, take_in
from webui.app import create_app
from webui.collection import open_collection

__all__ = ["filled", "home", "take_in"]  # fixtures
BESIDE = (ENTITIES, EVENTS, PLACES)


@pytest.fixture
def indexed(filled: Home) -> Home:
    rebuild(filled, processes=1)
    return filled


def generation(home: Home) -> Path:
    return Generations(home.index).current().path


def places(path: Path, flips: int) -> list[int]:
    """The first byte, the last, and some between, the same at each run."""
    size = path.stat().st_size
    chance = random.Random(path.name)
    return sorted({0, size - 1, *(chance.randrange(size) for _ in range(flips))})


@pytest.mark.parametrize("flips", [1, pytest.param(40, marks=pytest.mark.slow)])
def test_every_answer_is_right_or_names_the_damaged_file(
    indexed: Home, caplog: pytest.LogCaptureFixture, flips: int
) -> None:
    addresses = everything(indexed)
    client = create_app(open_collection(indexed)).test_client()
    right = {address: answer(client, address) for address in addresses}
    assert sum(status == 200 for status, _ in right.values()) > len(addresses) * 0.8
    folder = generation(indexed)
    refused = dict.fromkeys(files_below(folder), 0)
    for name in refused:
        for at in places(folder / name, flips):
            with damaged(folder / name, flipped_at(at)):
                client = create_app(open_collection(indexed)).test_client()
                for address in addresses:
                    caplog.clear()
                    with caplog.at_level(logging.ERROR):
                        status, said = answer(client, address)
                    if (status, said) == right[address]:
                        continue
                    refused[name] += 1
                    assert status >= 500, (name, at, address)
                    assert "dispatches rebuild" in said
                    assert name in caplog.text + said, (name, at, address)
                    assert "Traceback" not in caplog.text
                told = json.loads(run(indexed, "verify", "--json").stdout or "{}")
                assert not told or name in [one["file"] for one in told["damages"]]
                assert run(indexed, "verify").exit_code == 4
    assert all(refused.values()), "each of them is read by something"


@pytest.mark.parametrize("file", BESIDE)
@pytest.mark.parametrize("damage", ["missing", "empty", "other", "cut"])
def test_files_beside_the_index_are_refused_and_made_again(
    indexed: Home, file: str, damage: str
) -> None:
    path = generation(indexed) / file
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(
            {
                "empty": b"",
                "other": b"SQLite format 3\0" + bytes(4080),
                "cut": whole[:-512],
            }[damage]
        )
    said = run(indexed, "search", "harbor")
    assert said.exit_code == 4
    assert file in said.stderr
    assert "Run `dispatches rebuild`" in said.stderr
    ready = create_app(open_collection(indexed)).test_client().get("/readyz")
    assert ready.status_code == 503
    assert file in ready.text
    assert run(indexed, "rebuild", "--processes", "1").exit_code == 0
    assert run(indexed, "search", "harbor").exit_code == 0
    assert run(indexed, "verify").exit_code == 0


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_rebuild_mends_whichever_file_is_gone(indexed: Home, damage: object) -> None:
    assert callable(damage)
    for name in (*files_below(generation(indexed)), "../current"):
        damage(generation(indexed) / name)
        assert run(indexed, "search", "harbor").exit_code in {3, 4}, name
        assert run(indexed, "rebuild", "--processes", "1").exit_code == 0, name
        assert run(indexed, "verify").exit_code == 0, name
    assert run(indexed, "search", "harbor").exit_code == 0


def test_a_damaged_generation_is_not_taken_for_the_one_that_serves(
    indexed: Home, take_in: TakeIn
) -> None:
    client = create_app(open_collection(indexed)).test_client()
    before = answer(client, "/api/v1/search?q=harbor")
    take_in("later", "The harbor opened again on Friday.")
    rebuild(indexed, processes=1)
    (generation(indexed) / PLACES).write_bytes(b"")
    assert answer(client, "/api/v1/search?q=harbor") == before
    assert PLACES in client.get("/readyz").text


def test_a_generation_of_an_earlier_release_has_no_such_files(indexed: Home) -> None:
    path = generation(indexed)
    manifest = json.loads((path / "manifest.json").read_bytes())
    for file in (EVENTS, PLACES):
        (path / file).unlink()
        del manifest["files"][file]
    del manifest["sha256"]
    read = Generations(indexed.index).current().manifest
    files = {name: one for name, one in read.files.items() if name not in {EVENTS, PLACES}}
    earlier = type(read)(**{**manifest, "files": files})
    (path / "manifest.json").write_text(earlier.to_json())
    assert run(indexed, "search", "harbor").exit_code == 0
    (path / EVENTS).write_bytes(b"something")
    with pytest.raises(IndexCorrupt, match="does not belong"), open_collection(indexed).index():
        pass
