"""Filters, facets, dates, pages and families, over nine made-up articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GenerationGone, InvalidParameter, QuerySyntaxError
from indexer.document import IndexDocument
from indexer.schema import FACETS
from search.dossiers.changes import Create, Mark, State, Tag
from search.dossiers.facets import KeptFacets
from search.dossiers.keeping import adding, keep, reference_to
from search.dossiers.replay import Dossiers, load
from search.help.explanations import explain_empty
from search.language.render import in_full
from search.output.answers import bars, plain
from search.request import (
    KEPT_FACETS,
    DateFilter,
    FacetRequest,
    Filter,
    Interval,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from search.service import OpenIndex, count, search
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
    of_old = document("Of old", "On a day in March.", published="1998-03-18")
    request = SearchRequest(histogram=Interval.DAY)
    written = bars_of(request, [*articles, of_old])
    assert written[0]["from"] == "1998-03-18"
    assert all(bar["collected"] for bar in written)
    without_gaps = bars_of(request, articles)
    assert any(not bar["collected"] for bar in without_gaps)


IDS = [one.article_id for one in made_up_documents()]


def _kept(path: Path) -> Dossiers:
    """Two dossiers: the bridge (0, 1, 2; one of them read) and *Talks, again* (2, 5)."""
    documents = made_up_documents()
    bridge, talks = keep(path, "Anna", Create(name="The bridge"), Create(name="Talks, again"))
    for dossier, articles in ((bridge, (0, 1, 2)), (talks, (2, 5))):
        keep(path, "Anna", *adding(dossier.id, [reference_to(documents[one]) for one in articles]))
    keep(path, "Anna", Mark(dossier=bridge.id, articles=(IDS[0],), state=State.READ))
    keep(path, "Anna", Tag(dossier=bridge.id, articles=(IDS[0], IDS[1]), tags=("C++", "photo")))
    keep(path, "Anna", Tag(dossier=talks.id, articles=(IDS[5],), tags=("Photo", "C")))
    return load(path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """The nine articles, some of them in dossiers."""
    found = KeptFacets(_kept(tmp_path_factory.mktemp("kept") / "dossiers.jsonl"))
    return replace(INDEX, keeping=lambda: found)


@pytest.mark.parametrize(
    ("text", "filters", "articles"),
    [
        ("", [("dossier", Mode.ANY, ("the bridge",))], {0, 1, 2}),
        ("", [("dossier", Mode.ANY, ("talks",))], {2, 5}),
        ("", [("dossier", Mode.ALL, ("talks", "bridge"))], {2}),
        ("", [("dossier", Mode.NOT, ("talks", "The bridge"))], {3, 4, 6, 7, 8}),
        ("", [("tag", Mode.ANY, ("PHOTO",))], {0, 1, 5}),
        ("", [("tag", Mode.ANY, ("c",))], {5}),
        ("", [("unread", Mode.ANY, ("The bridge",))], {1, 2}),
        ("", [("unread", Mode.ANY, ("The bridge", "talks"))], {1, 2, 5}),
        ("", [("dossier", Mode.ANY, ("The bridge",)), ("tag", Mode.NOT, ("C++",))], {2}),
        ('dossier:"the bridge"', [], {0, 1, 2}),
        ("dossier:bridge -tag:photo", [], {2}),
        ("dossier:talks OR unread:bridge", [], {1, 2, 5}),
        ("dossier:(bridge talks)", [], {2}),
        ("NOT dossier:bridge", [], {3, 4, 5, 6, 7, 8}),
        ("dossier:nonesuch", [], set()),
        ("", [("unread", Mode.ANY, ("nonesuch",))], set()),
    ],
)
def test_dossiers_and_tags_are_asked_for_as_names_are(
    kept: OpenIndex, text: str, filters: list[tuple[str, Mode, tuple[str, ...]]], articles: set[int]
) -> None:
    request = SearchRequest(text=text, filters=tuple(Filter(*one) for one in filters), limit=20)
    found = search(request, kept)
    assert {hit.document.article_id for hit in found.hits} == {IDS[one] for one in articles}
    assert found.total == count(request, kept) == len(articles)
    if "nonesuch" in f"{text}{filters}":
        assert "No dossier here is named “nonesuch”" in found.warnings[0]
        assert explain_empty(request, kept)
    for one in found.resolutions:
        assert set(one.labels) <= {"The bridge", "Talks, again", "C++", "C", "photo"}


def test_kept_facets_are_counted_and_named(kept: OpenIndex) -> None:
    asked = tuple(FacetRequest(facet, size=9) for facet in KEPT_FACETS)
    whole = search(SearchRequest(facets=asked), kept)
    told = {
        facet: {one.label: one.count for one in counted.counts}
        for facet, counted in whole.facets.items()
    }
    assert told == {
        "dossier": {"The bridge": 3, "Talks, again": 2},
        "tag": {"photo": 3, "C++": 2, "C": 1},
        "unread": {"The bridge": 2, "Talks, again": 2},
    }
    chosen = (Filter("dossier", Mode.ANY, ("talks",)),)
    narrowed = search(SearchRequest(filters=chosen, facets=asked), kept)
    assert [(one.label, one.count, one.mode) for one in narrowed.facets["dossier"].counts] == [
        ("The bridge", 3, ""),
        ("Talks, again", 2, "any"),
    ]
    assert [(one.label, one.count) for one in narrowed.facets["tag"].counts] == [
        ("C", 1),
        ("photo", 1),
    ]
    inside = search(SearchRequest(facets=(FacetRequest("dossier", contains="brid"),)), kept)
    assert [one.label for one in inside.facets["dossier"].counts] == ["The bridge"]


def test_where_nothing_is_kept_nothing_is_found_in_dossiers() -> None:
    chosen = (Filter("dossier", Mode.ANY, ("The bridge",)),)
    found = ask(filters=chosen, facets=(FacetRequest("dossier"), FacetRequest("tag")))
    assert found.total == 0
    assert "No dossier here is named" in found.warnings[0]
    assert not found.facets["tag"].counts
    assert ask(filters=(Filter("tag", Mode.NOT, ("photo",)),)).total == 9


def test_a_kept_question_can_be_written_in_one_line(kept: OpenIndex) -> None:
    request = SearchRequest(text="drone", filters=(Filter("dossier", Mode.ANY, ("The bridge",)),))
    line = in_full(request)
    assert line == 'drone AND dossier:"The bridge"'
    assert count(SearchRequest(text=line), kept) == count(request, kept) > 0


def test_a_dossier_without_its_quotation_marks_is_told(kept: OpenIndex) -> None:
    found = search(SearchRequest(text="dossier:The bridge zzz"), kept)
    assert found.did_you_mean == 'dossier:"The bridge" zzz'
    with pytest.raises(QuerySyntaxError, match="no field folder") as error:
        search(SearchRequest(text="folder:bridge"), kept)
    assert "dossier:" in error.value.advice
