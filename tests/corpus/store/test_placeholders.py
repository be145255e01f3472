"""Placeholders of statements: does each get its value, with and without a number?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import StorageError
from corpus.sqlite import Access, Database, FileKind


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    kind = FileKind("a file", StorageError)
    with Database(tmp_path / "file.sqlite", kind, Access.WRITE) as database:
        yield database


@pytest.mark.parametrize(
    ("sql", "values", "row"),
    [
        ("SELECT ?, ?", ("a", 2), ("a", 2)),
        ("SELECT ?2, ?1, ?1", ("a", None), (None, "a", "a")),
        (
            "SELECT " + ", ".join(f"?{n}" for n in range(12, 0, -1)),
            range(12),
            (*range(11, -1, -1),),
        ),
        ("SELECT ?", ("half a pair \ud83d",), ("half a pair ?",)),
        ("SELECT ?1, ?1", ("half a pair \ud83d",), ("half a pair ?", "half a pair ?")),
    ],
)
def test_a_placeholder_gets_its_value(
    database: Database, sql: str, values: tuple[object, ...], row: tuple[object, ...]
) -> None:
    assert database.row(sql, values) == row
