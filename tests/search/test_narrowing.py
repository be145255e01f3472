"""Filters, facets, dates, pages and families, over nine made-up articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GenerationGone, InvalidParameter
from indexer.document import IndexDocument
from indexer.schema import FACETS
from search.output.answers import bars, plain
from search.request import (
    DateFilter,
    FacetRequest,
    Filter,
    Interval,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from search.service import search
from search.serving.cursor import generation_of
from tests.contract.made_up import ENTITIES, document, made_up_documents, made_up_index
from tests.search.asking import INDEX, ask, titles


def test_filters_take_names_and_ids() -> None:
    assert ask(filters=(Filter("person", Mode.ANY, ("Amara Oduya",)),)).total == 3
    by_id = ask(filters=(Filter("person", Mode.ANY, ("per-oduya", "per-brandt-l")),))
    assert by_id.total == 4
    assert not by_id.resolutions
    both = ask(filters=(Filter("person", Mode.ALL, ("Oduya", "Brandt")),))
    assert both.total == 2
    assert ask(filters=(Filter("person", Mode.NOT, ("Brandt",)),)).total == 5
    unknown = ask(filters=(Filter("person", Mode.ANY, ("Nobody",)),))
    assert unknown.total == 0
    assert "No person here is named “Nobody”" in unknown.warnings[0]
    with pytest.raises(InvalidParameter, match="no facet"):
        ask(filters=(Filter("color", Mode.ANY, ("red",)),))


def test_dates_keep_what_can_lie_in_the_range() -> None:
    march = DateFilter(
        start=made_up_documents()[2].published.earliest,  # type: ignore[union-attr]  # it is dated
        end=made_up_documents()[2].published.latest,  # type: ignore[union-attr]  # it is dated
        undated=Undated.EXCLUDE,
    )
    assert titles(ask(dates=march, sort=Sort.OLDEST)) == [
        "Drone strikes hit the bridge at Port Sel",
        "Council orders mobilization",
    ]
    assert ask(dates=replace(march, undated=Undated.INCLUDE)).total == 3
    assert titles(ask(dates=DateFilter(undated=Undated.ONLY))) == ["Undated notes from Port Sel"]


def test_facets_have_labels_and_keep_what_is_selected() -> None:
    chosen = (Filter("person", Mode.ANY, ("per-brandt-l",)),)
    result = ask("talks", filters=chosen, facets=(FacetRequest("person", size=1),))
    counts = result.facets["person"].counts
    assert [(one.label, one.count, one.mode) for one in counts] == [
        ("Karl Brandt", 2, ""),
        ("Lena Brandt", 0, "any"),
    ]
    languages = ask(facets=(FacetRequest("language"),)).facets["language"].counts
    assert [(one.value, one.label, one.count) for one in languages] == [
        ("en", "English", 8),
        ("ru", "Russian", 1),
    ]


@pytest.mark.parametrize(
    ("facet", "contains", "labels"),
    [
        ("person", "bra", ["Karl Brandt", "Lena Brandt"]),
        ("person", "president od", ["Amara Oduya"]),
        ("place", "мер", ["Meran"]),
        ("outlet", "post", ["The Harbour Post"]),
        ("language", "rus", ["Russian"]),
        ("org", "zzz", []),
    ],
)
def test_search_inside_a_facet(facet: str, contains: str, labels: list[str]) -> None:
    found = ask(facets=(FacetRequest(facet, contains=contains),)).facets[facet]
    assert [one.label for one in found.counts] == labels
    assert found.distinct == len(labels)


_FILTERS = st.lists(
    st.one_of(
        st.builds(
            Filter,
            st.sampled_from(["person", "org", "place"]),
            st.sampled_from(Mode),
            st.lists(st.sampled_from([one.entity_id for one in ENTITIES]), max_size=2).map(tuple),
        ),
        st.builds(
            Filter,
            st.just("outlet"),
            st.sampled_from([Mode.ANY, Mode.NOT]),
            st.sampled_from([("Valley Courier",), ("Lantern Weekly", "Valley Courier")]),
        ),
    ),
    max_size=3,
    unique_by=lambda one: (one.facet, one.mode),
).map(tuple)
_TEXTS = st.sampled_from(["", "drone OR meran", "-talks", "date:2022", "the"])


@given(_TEXTS, _FILTERS, st.sampled_from(FACETS))
def test_facet_counts_are_those_of_counting(
    text: str, filters: tuple[Filter, ...], facet: str
) -> None:
    asked = ask(text, filters=filters, facets=(FacetRequest(facet, size=1000),))
    others = tuple(one for one in filters if (one.facet, one.mode) != (facet, Mode.ANY))
    shown = {one.value: one.count for one in asked.facets[facet].counts if one.count}
    counted = Counter(
        value for hit in ask(text, filters=others).hits for value in set(hit.document.values(facet))
    )
    assert shown == counted
    selected = {value for one in filters if one.facet == facet for value in one.values}
    assert selected <= {one.value for one in asked.facets[facet].counts}


@given(_TEXTS, _FILTERS, st.sampled_from([None, *Sort]), st.booleans(), st.integers(1, 4))
def test_paging_visits_every_hit_once(
    text: str, filters: tuple[Filter, ...], sort: Sort | None, collapse: bool, size: int
) -> None:
    request = SearchRequest(text=text, filters=filters, sort=sort, collapse=collapse, limit=size)
    whole = search(replace(request, limit=100), INDEX)
    visited: list[str] = []
    while True:
        page = search(request, INDEX)
        visited += [hit.document.article_id for hit in page.hits]
        if not page.next_cursor:
            break
        request = replace(request, cursor=page.next_cursor)
    assert visited == [hit.document.article_id for hit in whole.hits]
    assert len(visited) == len(set(visited)) == (whole.families if collapse else whole.total)


def test_a_cursor_is_good_for_one_question_over_one_generation() -> None:
    cursor = ask("drone OR meran", limit=1).next_cursor
    assert cursor
    with pytest.raises(InvalidParameter, match="another question"):
        ask("drone", cursor=cursor)
    with pytest.raises(GenerationGone):
        search(
            SearchRequest(text="drone OR meran", cursor=cursor), made_up_index(generation="later")
        )


@given(st.text(max_size=20), st.integers(0, 200))
def test_a_damaged_cursor_is_refused(put: str, at: int) -> None:
    cursor = ask("drone OR meran", limit=1).next_cursor
    at %= len(cursor)
    damaged = cursor[:at] + put + cursor[at + 1 :]
    if damaged not in ("", cursor):
        try:
            elsewhere = generation_of(damaged) != generation_of(cursor)
        except InvalidParameter:
            elsewhere = False
        with pytest.raises(GenerationGone if elsewhere else InvalidParameter):
            ask("drone OR meran", cursor=damaged)


def test_a_family_shows_once_where_asked() -> None:
    whole = ask("talks")
    once = ask("talks", collapse=True)
    assert (whole.total, once.total, once.families) == (2, 2, 1)
    assert len(once.hits) == 1
    assert (once.hits[0].family_size, once.hits[0].family_matches) == (2, 2)
    apart = ask('talks "stayed away"', collapse=True).hits[0]
    assert (apart.family_size, apart.family_matches) == (2, 1)


def test_a_histogram_has_no_holes_and_counts_what_has_no_bar() -> None:
    result = ask("", histogram=Interval.MONTH)
    assert result.histogram is not None
    bars = result.histogram.bars
    assert [str(bar.start)[:7] for bar in (bars[0], bars[-1])] == ["2022-02", "2024-01"]
    assert len(bars) == 24
    assert sum(bar.count for bar in bars) == 7
    assert (result.histogram.imprecise, result.histogram.undated) == (1, 1)


def test_doubts_about_an_extraction_narrow_like_any_facet() -> None:
    first, second, *others = made_up_documents()
    doubtful = [
        replace(first, flags=("garbled", "very_short")),
        replace(second, flags=("very_short",)),
    ]
    index = made_up_index([*doubtful, *others])
    result = search(SearchRequest(facets=(FacetRequest("flag"),)), index)
    counted = [(one.value, one.label, one.count) for one in result.facets["flag"].counts]
    assert counted == [
        ("very_short", "very short", 2),
        ("garbled", "characters that could not be read", 1),
    ]
    for text in ("flag:very_short", 'flag:"very short"', "flag:very"):
        assert search(SearchRequest(text=text), index).total == 2, text
    for text in ("flag:garbled", "flag:garbl", 'flag:"could not be read"'):
        assert search(SearchRequest(text=text), index).total == 1, text
    sound = (Filter("flag", Mode.NOT, ("very_short",)),)
    assert search(SearchRequest(filters=sound), index).total == len(others)


def bars_of(request: SearchRequest, articles: list[IndexDocument]) -> list[dict[str, Any]]:
    histogram = search(request, made_up_index(articles)).histogram
    assert histogram is not None
    found: list[dict[str, Any]] = plain(bars(histogram))
    return found


def test_one_distant_day_does_not_fill_an_answer_with_empty_bars() -> None:
    articles = made_up_documents()
    of_old = document("Of old", "On a day in March.", published="1848-03-18")
    request = SearchRequest(histogram=Interval.DAY)
    written = bars_of(request, [*articles, of_old])
    assert written[0]["from"] == "1848-03-18"
    assert all(bar["collected"] for bar in written)
    without_gaps = bars_of(request, articles)
    assert any(not bar["collected"] for bar in without_gaps)
