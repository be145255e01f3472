"""A directory written into a copy of an earlier one holds what one written anew does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.entities.directory import changes
from indexer.entities.directory.changes import write_changes
from indexer.entities.directory.writer import Changed, NamedEntity, write_directory
from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import content_of

_FORMS = (
    "Kherson",
    "Херсон",
    "Odesa",
    "António Guterres",
    "Guterres",
    "Гутерреш",
    "Volodymyr Zelensky",
    "ICC",
    "International Criminal Court",
    "New York Times",
    "Nikolaev",
    "The The",
    "",
)
_counts = st.tuples(st.integers(0, 9), st.integers(1, 3))
_entity = st.builds(
    NamedEntity,
    entity_id=st.sampled_from([f"id{number}" for number in range(9)]),
    kind=st.sampled_from([EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE]),
    label=st.sampled_from(_FORMS),
    wikidata=st.sampled_from(["", "Q1", "Q2"]),
    articles=st.integers(1, 3),
    mentions=st.integers(1, 9),
    forms=st.dictionaries(st.sampled_from(_FORMS), _counts, min_size=1, max_size=4),
    aliases=st.lists(st.sampled_from(_FORMS), max_size=2).map(tuple),
)
_entities = st.lists(_entity, max_size=9, unique_by=lambda one: one.entity_id)
_redirects = st.dictionaries(
    st.sampled_from(["old1", "old2", "old3"]), st.sampled_from(["id1", "id2"])
)


def _changed(
    before: Sequence[NamedEntity],
    was: Mapping[str, str],
    entities: Sequence[NamedEntity],
    redirects: Mapping[str, str],
) -> Changed:
    """What differs."""
    old = {one.entity_id: one for one in before}
    now = {one.entity_id: one for one in entities}
    ids = [one for one in old | now if old.get(one) != now.get(one)]
    moved = [one for one in {**was, **redirects} if was.get(one) != redirects.get(one)]
    return Changed(
        len(now),
        ids,
        [now[one] for one in ids if one in now],
        moved,
        [(one, redirects[one]) for one in moved if one in redirects],
    )


@pytest.fixture
def however_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MUCH", 100)


@pytest.mark.usefixtures("however_much")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_entities, st.lists(st.tuples(_entities, _redirects), min_size=1, max_size=3))
def test_changes_come_to_what_is_written_anew(
    first: list[NamedEntity], later: list[tuple[list[NamedEntity], dict[str, str]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "first"
        was, told = first, {"old1": "id0"}
        write_directory(base, first, told.items())
        for number, (entities, redirects) in enumerate(later):
            changed, anew = Path(folder) / f"changed{number}", Path(folder) / f"anew{number}"
            before = base.read_bytes()
            differing = _changed(was, told, entities, redirects)
            assert write_changes(changed, base, differing) or not entities
            if not changed.exists():
                write_directory(changed, entities, redirects.items())
            write_directory(anew, entities, redirects.items())
            assert content_of(changed) == content_of(anew)
            assert base.read_bytes() == before
            base, was, told = changed, entities, redirects


def _persons(count: int, **counts: int) -> list[NamedEntity]:
    return [
        NamedEntity(
            f"id{number:03}", EntityKind.PERSON, f"Ann Lee{number}", "", 1, 1,
            {f"Ann Lee{number}": (counts.get(f"id{number:03}", 1), 1)},
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entities", "is_copied"),
    [
        (_persons(100, id007=3), True),
        (_persons(99), True),
        (_persons(110), True),
        (_persons(300), False),
        ([], False),
    ],
)
def test_where_much_differs_everything_is_written(
    tmp_path: Path, entities: Sequence[NamedEntity], is_copied: bool
) -> None:
    base, path, anew = (tmp_path / name for name in ("base", "path", "anew"))
    redirects: Mapping[str, str] = {"old": "id000"}
    write_directory(base, _persons(100), [])
    differing = _changed(_persons(100), {}, entities, redirects)
    assert write_changes(path, base, differing) is is_copied
    assert path.exists() is is_copied
    path.unlink(missing_ok=True)
    write_directory(path, entities, redirects.items(), base=base, changed=differing)
    write_directory(anew, entities, redirects.items())
    assert content_of(path) == content_of(anew)


def test_a_directory_of_another_format_is_not_copied(tmp_path: Path) -> None:
    base, path = tmp_path / "base", tmp_path / "path"
    write_directory(base, _persons(100), [])
    content = bytearray(base.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")  # where SQLite keeps `user_version`
    base.write_bytes(content)
    assert not write_changes(path, base, _changed(_persons(100), {}, _persons(100), {}))
    assert not path.exists()
