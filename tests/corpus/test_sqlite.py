"""A file of SQLite holds what it was opened for, and no longer."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from corpus.errors import StorageError
from corpus.sqlite import Access, Database, FileKind


def damaged(what: str, *, where: str) -> StorageError:
    return StorageError(what, where=where, advice="Make it anew")


KIND = FileKind("the file of the test", damaged)


def handles(path: Path) -> int:
    """How many handles this process has of a file."""
    kept = (entry.resolve() for entry in Path("/proc/self/fd").iterdir() if entry.exists())
    return sum(one == path.resolve() for one in kept)


@pytest.mark.parametrize("access", [Access.FROZEN, Access.READ, Access.WRITE])
def test_one_that_is_let_go_is_closed(tmp_path: Path, access: Access) -> None:
    """An index that only reads is held by whoever asks it, and by nobody else."""
    path = tmp_path / "file.sqlite"
    with Database(path, KIND, Access.WRITE) as made:
        made.write("CREATE TABLE one (value)")
    assert handles(path) == 0

    held = Database(path, KIND, access)
    assert held.rows("SELECT * FROM one") == []
    assert handles(path) == 1
    del held
    gc.collect()
    assert handles(path) == 0


def test_a_value_of_bytes_is_read_to_where_it_is_wanted(tmp_path: Path) -> None:
    content = bytes(range(256)) * (10 << 10)  # several parts
    with Database(tmp_path / "file.sqlite", KIND, Access.WRITE) as database:
        database.write("CREATE TABLE one (value BLOB)")
        database.write("INSERT INTO one VALUES (?)", (content,))
        found = bytearray(len(content))
        assert database.fill(memoryview(found), "one", "value", 1)
        assert found == content
        assert not database.fill(memoryview(found)[1:], "one", "value", 1)
        with pytest.raises(StorageError):
            database.fill(memoryview(found), "one", "value", 2)
