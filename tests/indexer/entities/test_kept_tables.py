"""Tables that are worked out of lists are kept, and made again where they are not as written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.entities.lexicon import tables
from indexer.entities.lexicon.tables import kept
from indexer.entities.types import EntityKind

MADE: list[str] = []
LABELS = {EntityKind.PLACE: {"kyiv": "Kyiv"}, EntityKind.PERSON: {}}


def labels() -> dict[EntityKind, dict[str, str]]:
    MADE.append("labels")
    return LABELS


@pytest.fixture
def table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[EntityKind, dict[str, str]]]:
    """Asks as a new process would."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(tables, "fingerprint", lambda *_, **__: "one")
    MADE.clear()

    def asked() -> dict[EntityKind, dict[str, str]]:
        return kept(labels)()

    return asked


def test_a_table_is_made_once(
    table: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert table() == table() == LABELS
    assert len(MADE) == 1
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o644

    monkeypatch.setattr(tables, "fingerprint", lambda *_, **__: "two")
    assert table() == LABELS
    assert len(MADE) == 2
    assert [other.name for other in tmp_path.iterdir()] == [file.name.replace(".one.", ".two.")]


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_table_is_made_again(
    table: Callable[[], object], tmp_path: Path, at: int
) -> None:
    table()
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)

    assert table() == LABELS
    assert table() == LABELS
    assert len(MADE) == 2


def test_nothing_is_kept_where_nothing_can_be_written(
    table: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    monkeypatch.setattr(tables, "_folders", lambda: iter([nowhere / "folder"]))
    assert table() == table() == LABELS
    assert len(MADE) == 2


def test_tables_lie_beside_the_source_where_no_folder_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    first, second = tables._folders()
    assert first == Path(tables.__file__).parent / "__pycache__"
    assert second.is_absolute()
