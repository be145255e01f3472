"""Tables that are worked out of lists are kept, and made again where they are not as written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.fingerprint.kept import folders
from indexer.entities.lexicon import tables
from indexer.entities.lexicon.tables import kept, mapped
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
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(nowhere / "folder"))
    monkeypatch.setattr(tables, "__file__", str(nowhere / "source.py"))
    assert table() == table() == LABELS
    assert len(MADE) == 2


def test_tables_lie_beside_the_source_where_no_folder_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    first, second = folders(Path("/room/source.py"))
    assert first == Path("/room/__pycache__")
    assert second.is_absolute()


TOWNS: dict[str, list[tuple[str, str]]] = {}


def towns() -> Mapping[str, list[tuple[str, str]]]:
    MADE.append("towns")
    return TOWNS


@pytest.fixture
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where tables are kept."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(tables, "fingerprint", lambda *_, **__: "one")
    MADE.clear()
    return tmp_path


def _kept_towns(said: Mapping[str, list[tuple[str, str]]]) -> Mapping[str, list[tuple[str, str]]]:
    """What a process has that finds a table kept."""
    TOWNS.clear()
    TOWNS.update(said)
    mapped(towns)()
    return mapped(towns)()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=2)),
    st.lists(st.text(), max_size=5),
)
def test_a_mapped_table_says_what_the_one_said_that_was_made(
    kept_here: Path, said: dict[str, list[tuple[str, str]]], asked: list[str]
) -> None:
    for file in kept_here.iterdir():
        file.unlink()
    MADE.clear()
    found = _kept_towns(said)
    assert MADE == ["towns"]
    assert found is not TOWNS
    assert list(found.items()) == list(said.items())
    assert list(found) == list(said)
    assert list(found.values()) == list(said.values())
    for name in (*said, *asked):
        assert (name in found) == (name in said)
        assert found.get(name, "nothing") == said.get(name, "nothing")
    for name in set(asked) - said.keys():
        with pytest.raises(KeyError):
            found[name]


@pytest.mark.usefixtures("kept_here")
def test_names_of_one_checksum_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "crc32", lambda _: 7)
    found = _kept_towns({"kyiv": [("Київ", "Kyiv")], "lviv": [("Львів", "Lviv")]})
    assert found["lviv"] == [("Львів", "Lviv")]
    assert found["kyiv"] == [("Київ", "Kyiv")]
    assert "odesa" not in found


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_mapped_table_is_made_again(kept_here: Path, at: int) -> None:
    said = {"kyiv": [("Київ", "Kyiv")]}
    _kept_towns(said)
    (file,) = kept_here.iterdir()
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert dict(_kept_towns(said)) == said
    assert MADE == ["towns", "towns"]
    file.write_bytes(b"")
    assert dict(_kept_towns(said)) == said
