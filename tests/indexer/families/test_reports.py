"""All articles at once tell of happenings what one after the other tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.event_finder import EventFinder
from indexer.articles import standing as standing_module
from indexer.articles.columns import Columns
from indexer.articles.outlets import OutletNames, OutletSaid
from indexer.articles.sheet import Sheet
from indexer.articles.standing import Standing
from indexer.entities.types import EntityKind
from indexer.families.events import Lead, Told, events_of, number_of
from indexer.families.reported_words import laid_out
from indexer.families.reports import told_of
from tests.indexer.articles.test_columns import made_up_sheet


class _Named(NamedTuple):
    entity_id: str
    kind: EntityKind


_KINDS = tuple(EntityKind)
_ENTITIES = tuple(_Named(f"id{number}", _KINDS[number % len(_KINDS)]) for number in range(90))


_MARKS = np.array([number_of(one.entity_id) for one in _ENTITIES], np.uint32)
_OF_KIND = np.array([_KINDS.index(one.kind) for one in _ENTITIES], np.uint8)
_named = st.lists(st.integers(0, 89), max_size=70, unique=True)
_article = st.tuples(
    st.one_of(st.none(), st.integers(738_000, 738_004)),
    st.lists(st.integers(0, 60), max_size=12, unique=True),
    st.sampled_from(["Ledger", "LEDGER", "Courier", ""]),
    st.booleans(),
    _named,
    st.one_of(st.none(), _named),
)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_module, "_AT_ONCE", 3)


@pytest.mark.usefixtures("few_at_once")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_article, max_size=25))
def test_all_at_once_tell_what_each_tells(articles: list[tuple[Any, ...]]) -> None:
    columns, sheets = Columns({}), list[Sheet]()
    starts, numbers, instead = [0], list[int](), dict[int, list[_Named]]()
    for place, (day, words, outlet, is_periodic, named, other) in enumerate(articles):
        sheet = replace(
            made_up_sheet(f"{place:04}"),
            day=day,
            lead=Lead(is_periodic, tuple(sorted(words))),
            outlet=OutletSaid("", outlet, is_said=True),
        )
        columns.put(sheet)
        sheets.append(sheet)
        numbers += named
        starts.append(len(numbers))
        if other is not None:
            instead[place] = [_ENTITIES[one] for one in other]
    columns.sort()
    families = np.arange(len(sheets), dtype=np.int32) // 2
    standing = Standing(columns, OutletNames())
    named_by = np.array(starts, np.int64), np.array(numbers, np.int32), _MARKS, _OF_KIND
    mine = told_of(columns, standing, families, named_by, instead)
    each = EventFinder()
    for place, sheet in enumerate(sheets):
        own = [_ENTITIES[one] for one in numbers[starts[place] : starts[place + 1]]]
        if sheet.day is not None:
            each.report(
                sheet.article_id,
                day=sheet.day,
                begins=sheet.lead,
                outlet=standing.outlet(place),
                family=sheets[families[place]].article_id,
                entities=instead.get(place, own),
            )
    assert _told(mine) == _told(each.told())
    assert events_of(mine) == each.events()


def _told(told: Told) -> list[object]:
    """Each report, and what it is compared by."""
    if not len(told.ids):
        return []
    laid, rarest = laid_out(told.said(), told.days, told.periodic, np.arange(len(told.ids)))
    return [
        (
            one,
            told.days[at],
            told.outlet(at),
            told.family(at),
            laid.periodic[at],
            laid.words[laid.starts[at] : laid.starts[at + 1]].tolist(),
            laid.places[laid.place_starts[at] : laid.place_starts[at + 1]].tolist(),
            laid.lengths[at],
            rarest[at].tolist(),
        )
        for at, one in enumerate(told.ids)
    ]
