"""What is kept of articles between updates: the same as would be found again, or nothing."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.store import Catalogue
from indexer.articles import sheets
from indexer.articles.analysis import EMPTY, analyze
from indexer.articles.sheet import Sheet, decode, encode, sheet_of
from indexer.entities.recognition import ArticleName
from indexer.entities.types import EntityKind
from indexer.families.grouping import Comparisons
from indexer.families.shingles import Overlap
from indexer.generations.publishing import ENTITIES, Generations
from indexer.pipeline import RebuildReport, rebuild
from tests.indexer.conftest import TakeIn
from tests.indexer.entities.articles import content_of


def _update(home: Home) -> RebuildReport:
    return rebuild(home, processes=1, trusting=True)


def _is_as_made_anew(home: Home, report: RebuildReport, copy: Path) -> bool:
    """Whether a generation counts the same and knows the same entities as one made anew."""
    shutil.copytree(home.path, copy)
    whole, mine = rebuild(Home(copy), processes=1, anew=True).generation, report.generation
    return (mine.manifest.counts, content_of(mine.path / ENTITIES)) == (
        whole.manifest.counts,
        content_of(whole.path / ENTITIES),
    )


def _same(one: Sheet, other: Sheet) -> bool:
    return all(
        (getattr(one, field.name) == getattr(other, field.name)) is True
        for field in fields(Sheet)
        if field.name != "signature"
    ) and bool((one.signature == other.signature).all())


def test_a_sheet_is_read_as_it_was_written(filled: Home) -> None:
    with Catalogue.open(filled.catalogue, readonly=True) as catalogue:
        for stored in catalogue.articles():
            article = stored.article
            analysis = analyze(language=article.language, title=article.title, text=article.reading)
            for found in (analysis, EMPTY):
                sheet = sheet_of(stored, found)
                assert sheet.is_analyzed is (found is analysis)
                assert _same(decode(encode(sheet)), sheet)


@pytest.mark.parametrize("title", ["", "Зеленський in Київ", "half a character: \ud83d"])
def test_a_sheet_holds_every_text(filled: Home, title: str) -> None:
    with Catalogue.open(filled.catalogue, readonly=True) as catalogue:
        found = sheet_of(next(catalogue.articles()), EMPTY)
    names = (ArticleName(EntityKind.ORG, ((f"{title}, Inc.", 2), ("", 1)), 1, ("dr",)),)
    sheet = replace(found, title=title, names=names, day=None)
    assert _same(decode(encode(sheet)), sheet)


def test_an_update_reads_what_is_new_and_nothing_else(
    filled: Home, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(filled, processes=1)
    take_in("new-report", "Nobody was hurt when the footbridge was closed.")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("all articles are read")

    monkeypatch.setattr(Catalogue, "articles", refuse)
    report = _update(filled)
    assert (report.analyzed, report.written) == (1, 1)
    assert report.generation.manifest.counts["articles"] == 5


def _without(path: Path) -> None:
    path.unlink()


def _no_database(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def _half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _sheet_altered(path: Path) -> None:
    _altered(path, "UPDATE sheet SET sheet = CAST(sheet || x'20' AS BLOB)")


def _came_to_altered(path: Path) -> None:
    _altered(path, "UPDATE block SET content = zeroblob(16) WHERE name = 'came to'")


def _one_gone(path: Path) -> None:
    _altered(path, "DELETE FROM sheet WHERE article_id = (SELECT min(article_id) FROM sheet)")


def _names_altered(path: Path) -> None:
    _altered(path, "UPDATE beside SET content = x'00' WHERE name = 'rows name'")


def _names_gone(path: Path) -> None:
    _altered(path, "DELETE FROM beside")


def _some_names_gone(path: Path) -> None:
    _altered(path, "DELETE FROM beside WHERE name = 'heads count'")


def _names_of_another_article(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        ((ids,),) = connection.execute("SELECT content FROM beside WHERE name = 'ids'")
        other = b"0" + ids[1:]
        connection.execute(
            "UPDATE beside SET content = ?, sum = ? WHERE name = 'ids'", (other, zlib.crc32(other))
        )
        connection.commit()
    assert other != ids


def _of_another_program(path: Path) -> None:
    _altered(path, "UPDATE made SET version = 'another'")


def _of_another_catalogue(path: Path) -> None:
    _altered(path, "UPDATE made SET mark = 'another'")


def _table_renamed(path: Path) -> None:
    """What SQLite then says of a statement is said of a full disk in the same words."""
    content = path.read_bytes()
    path.write_bytes(content.replace(b"sheet BLOB", b"shout BLOB"))


def _table_named_by_no_text(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE overlap (one", b"CREATE TABLE overlap (\xffne"))


def _column_gone(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b", agree INTEGER NOT NULL", b"--agree INTEGER NOT NULL"))


def _sheet_is_nothing(path: Path) -> None:
    _altered(
        path, "UPDATE sheet SET sheet = 7 WHERE article_id = (SELECT min(article_id) FROM sheet)"
    )


def _more_alike(path: Path) -> None:
    _altered(path, "UPDATE overlap SET resemblance = 1.0, containment = 1.0")


def _agreeing(path: Path) -> None:
    _altered(path, "UPDATE agreement SET agree = 1 - agree")


def _other_generation(path: Path) -> None:
    _altered(path, "UPDATE made SET generation = 'another'")


def _altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()


@pytest.mark.parametrize(
    "harm",
    [
        _without,
        _no_database,
        _half,
        _sheet_altered,
        _came_to_altered,
        _one_gone,
        _names_altered,
        _names_gone,
        _some_names_gone,
        _names_of_another_article,
        _table_renamed,
        _table_named_by_no_text,
        _column_gone,
        _sheet_is_nothing,
        _more_alike,
        _agreeing,
        _other_generation,
        _of_another_program,
        _of_another_catalogue,
    ],
)
def test_what_is_damaged_or_not_ours_is_made_anew(
    filled: Home, take_in: TakeIn, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    rebuild(filled, processes=1)
    take_in("new-report", "Mr. Guterres spoke in Kherson.")
    harm(filled.sheets)
    report = _update(filled)
    assert report.generation.manifest.counts["articles"] == 5
    assert _is_as_made_anew(filled, report, tmp_path / "copy")


def test_a_byte_of_the_tables_is_another_one_and_nothing_else_is_read(filled: Home) -> None:
    """Whatever SQLite or its module says of such a file: it is damaged, or reads as it did."""
    generation = rebuild(filled, processes=1).generation.name
    content = filled.sheets.read_bytes()
    with closing(sqlite3.connect(filled.sheets)) as connection:
        ((version,),) = connection.execute("SELECT version FROM made")
    whole, seen = _all_read(filled.sheets, version, generation), Counter[str]()
    page = content[: int.from_bytes(content[16:18])]
    begins = page.index(b"CREATE")  # what SQLite knows of the tables stands at a page's end
    for at, by in zip(range(begins, len(page), 5), cycle((255, 1, 32)), strict=False):
        filled.sheets.write_bytes(content[:at] + bytes([content[at] ^ by]) + content[at + 1 :])
        try:
            found = _all_read(filled.sheets, version, generation)
        except sheets.SheetsDamaged:
            seen["damaged"] += 1
        else:
            assert found in (whole, [*whole[:-1], {}], []), (at, by)
            seen["read"] += 1
    assert min(seen["damaged"], seen["read"]) > 50


def _all_read(path: Path, version: str, generation: str) -> list[object]:
    """All that is kept, what is beside the sheets last; nothing where all is to be made anew."""
    with sheets.Sheets(path, version=version, generation=generation) as kept:
        if kept.since is None:
            return []
        ids = list(kept.columns().ids)
        known = Comparisons(kept.comparisons)
        known.recall()
        pairs = [(one, other) for one in ids for other in ids if one < other]
        return [
            (kept.since, kept.is_current, ids, kept.not_analyzed()),
            [encode(sheet) for sheet in kept.all()],
            [encode(sheet) for sheet in kept.named(ids)],
            [known.overlap(*pair, lambda: Overlap(0, 0)) for pair in pairs],
            [known.agree(*pair, lambda: False) for pair in pairs],
            kept.beside(),
        ]


def test_what_names_are_is_kept_in_parts_none_of_which_may_be_missing(
    filled: Home, take_in: TakeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_PART", 40)
    rebuild(filled, processes=1)
    take_in("new-report", "Mr. Guterres spoke in Kherson.")
    assert _is_as_made_anew(filled, _update(filled), tmp_path / "whole")
    _altered(
        filled.sheets,
        "DELETE FROM beside WHERE name = 'ids' AND part = parts - 1 AND parts > 1",
    )
    take_in("newer-report", "Mr. Guterres spoke in Odesa.")
    assert _is_as_made_anew(filled, _update(filled), tmp_path / "less")


def test_of_what_only_grows_what_was_there_is_not_written_again(
    filled: Home, take_in: TakeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_PART", 40)
    rebuild(filled, processes=1)
    before = _parts_of(filled.sheets, "facts")
    for number, place in enumerate(("Kherson", "Odesa", "Izium")):
        take_in(f"new-report-{number}", f"Mr. Petro Marchenko{number} spoke in {place}.")
        report = _update(filled)
        after = _parts_of(filled.sheets, "facts")
        assert len(after) > len(before) > 2
        assert after[: len(before) - 1] == before[:-1]  # behind them it goes on
        before = after
    assert _is_as_made_anew(filled, report, tmp_path / "whole")


def _parts_of(path: Path, name: str) -> list[tuple[int, bytes]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT rowid, content FROM beside WHERE name = ? ORDER BY part", (name,)
        ).fetchall()


def test_what_was_kept_for_another_generation_decides_nothing(
    filled: Home, take_in: TakeIn, tmp_path: Path
) -> None:
    rebuild(filled, processes=1)
    before = filled.sheets.read_bytes()
    take_in("new-report", "Mr. Guterres spoke in Kherson.")
    take_in("new-report", "Mr. Guterres spoke in Odesa.")
    _update(filled)
    filled.sheets.write_bytes(before)  # as after a kill between publishing and keeping
    take_in("another-report", "Nobody spoke.")
    assert _is_as_made_anew(filled, _update(filled), tmp_path / "copy")


def test_a_catalogue_that_was_restored_and_went_another_way_is_read_again(
    filled: Home, take_in: TakeIn, tmp_path: Path
) -> None:
    rebuild(filled, processes=1)
    backup = filled.catalogue.read_bytes()
    take_in("new-report", "Mr. Guterres spoke in Kherson.")
    _update(filled)
    filled.catalogue.write_bytes(backup)
    take_in("other-report", "Mr. Marchenko spoke in Odesa.")
    report = _update(filled)
    assert report.generation.manifest.counts["articles"] == 5
    assert _is_as_made_anew(filled, report, tmp_path / "copy")


def test_an_update_believes_sizes_and_a_rebuild_reads_every_byte(filled: Home) -> None:
    first = rebuild(filled, processes=1).generation
    damaged = first.path / ENTITIES
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    assert not _update(filled).is_new
    assert rebuild(filled, processes=1).is_new


def test_a_damaged_directory_of_entities_is_not_copied(
    filled: Home, take_in: TakeIn, tmp_path: Path
) -> None:
    damaged = rebuild(filled, processes=1).generation.path / ENTITIES
    content = bytearray(damaged.read_bytes())
    at = content.index(b"Guterres")
    content[at : at + 8] = b"Gutarres"
    damaged.write_bytes(content)
    take_in("new-report", "Nobody was hurt when the footbridge was closed.")
    report = _update(filled)
    assert b"Gutarres" not in (report.generation.path / ENTITIES).read_bytes()
    assert Generations(filled.index).verify(report.generation.name) == []
