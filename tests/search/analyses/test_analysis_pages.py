"""Concordance, timeline, together and coverage, each against counting by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidParameter
from search.analyses import concordance as kwic
from search.analyses.concordance import Neighbor, Order, concordance
from search.analyses.coverage import coverage, gaps
from search.analyses.timeline import timeline
from search.analyses.together import log_likelihood, together
from search.request import DateFilter, Filter, Interval, Mode, SearchRequest
from tests.contract.made_up import document, made_up_documents, made_up_index

INDEX = made_up_index()
DOCUMENTS = made_up_documents()


def lines(text: str, order: Order = Order.ARTICLE) -> list[tuple[str, str, str]]:
    found = concordance(SearchRequest(text=text, limit=100), INDEX, order=order)
    return [(line.left[-12:], line.match, line.right[:12]) for line in found.lines]


def test_every_occurrence_has_a_line_with_its_context() -> None:
    assert lines("drone") == [
        ("Two", "drone", "strikes hit "),
        ("ollowed; the", "drone", "was shot dow"),
        ("ad was open.", "Drones", "circled abov"),
    ]


@pytest.mark.parametrize(
    ("order", "rights"),
    [
        (Order.RIGHT, ["circled", "strikes", "was"]),
        (Order.LEFT, ["circled", "was", "strikes"]),
        (Order.DATE, ["strikes", "was", "circled"]),
        (Order.OUTLET, ["circled", "strikes", "was"]),
        (Order.MATCH, ["strikes", "was", "circled"]),
    ],
)
def test_lines_are_sorted(order: Order, rights: list[str]) -> None:
    assert [right.split()[0] for _, _, right in lines("drone", order)] == rights


def test_neighbors_are_counted_and_lines_paged() -> None:
    request = SearchRequest(text='"the council" OR river', limit=2)
    first = concordance(request, INDEX)
    second = concordance(request, INDEX, offset=2)
    assert len({line.start for line in (*first.lines, *second.lines)}) > 2
    assert first.occurrences == second.occurrences
    relief = concordance(SearchRequest(text="river"), INDEX)
    assert relief.right == (Neighbor("relief", 3),)
    assert (relief.occurrences, relief.articles, relief.matching) == (3, 3, 3)
    assert relief.complete


def test_stop_words_are_no_neighbors_of_a_match_but_stay_in_its_line() -> None:
    texts = ("The dam of Oster held.", "A dam near Oster, the dam in Oster.")
    found = concordance(
        SearchRequest(text="dam"), made_up_index([document(text[:9], text) for text in texts])
    )
    assert [line.left for line in found.lines] == ["A", "A dam near Oster, the", "The"]
    assert found.left == ()
    assert found.right == (Neighbor("near", 1),)


def test_a_name_has_a_line_wherever_it_is_mentioned() -> None:
    assert [match for _, match, _ in lines("person:Brandt")] == [
        "Lena Brandt",
        "Gen. Brandt",
        "Gen. Brandt",
        "Karl Brandt",
    ]


def test_a_concordance_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kwic, "MAX_OCCURRENCES", 2)
    found = concordance(SearchRequest(text="drone"), INDEX)
    assert (len(found.lines), found.complete) == (2, False)


@given(st.sampled_from(["drone", "the", '"port sel"', "mob*", "place:Meran"]), st.integers(1, 80))
def test_lines_are_the_text_itself(text: str, width: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kwic, "WIDTH", width)
        found = concordance(SearchRequest(text=text, limit=1000), INDEX)
    whole = {one.article_id: one.text for one in DOCUMENTS}
    for line in found.lines:
        article = whole[line.article_id]
        assert article[line.start : line.end].split() == line.match.split()
        assert " ".join(article[: line.start].split()).endswith(line.left)
        assert " ".join(article[line.end :].split()).startswith(line.right)
        assert max(len(line.left), len(line.right)) <= width


def test_queries_share_one_axis_and_stand_beside_what_was_collected() -> None:
    shared = SearchRequest(dates=DateFilter(start=date(2022, 2, 1), end=date(2022, 11, 30)))
    found = timeline(["talks", "drone", ""], shared, INDEX, interval=Interval.MONTH)
    assert [str(span.start)[:7] for span in (found.spans[0], found.spans[-1])] == [
        "2022-02",
        "2022-11",
    ]
    talks, drone, everything = found.series
    assert (talks.counts[0], drone.counts[1], drone.counts[9]) == (2, 1, 1)
    assert everything.counts == tuple(span.collected for span in found.spans)
    assert talks.shares[0] == pytest.approx(2 / 3)
    assert talks.shares[2] is None
    assert set(everything.shares) == {1.0, None}


@pytest.mark.parametrize("texts", [[], ["a"] * 6])
def test_a_timeline_takes_one_to_five_queries(texts: list[str]) -> None:
    with pytest.raises(InvalidParameter):
        timeline(texts, SearchRequest(), INDEX, interval=Interval.YEAR)


def by_hand(request: SearchRequest) -> tuple[Counter[str], Counter[frozenset[str]]]:
    chosen = {value for one in request.filters for value in one.values}
    ids = [
        {entity.entity_id for entity in one.entities}
        for one in DOCUMENTS
        if not chosen or chosen.intersection(entity.entity_id for entity in one.entities)
    ]
    single = Counter(one for articles in ids for one in articles)
    pairs = Counter(frozenset(two) for articles in ids for two in combinations(articles, 2))
    return single, pairs


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(),
        SearchRequest(filters=(Filter("person", Mode.ANY, ("per-oduya", "per-brandt-l")),)),
    ],
)
def test_pairs_are_those_of_counting(request_: SearchRequest) -> None:
    single, pairs = by_hand(request_)
    found = together(request_, INDEX)
    assert {one.entity_id: one.articles for one in found.companions} == single
    assert {frozenset((pair.one, pair.other)): pair.articles for pair in found.pairs} == pairs
    for pair in found.pairs:
        assert pair.expected == pytest.approx(single[pair.one] * single[pair.other] / found.total)
        assert pair.lift == pytest.approx(pair.articles / pair.expected)
    strengths = [pair.likelihood for pair in found.pairs]
    assert strengths == sorted(strengths, reverse=True)


def test_lift_compares_with_the_whole_collection() -> None:
    found = together(SearchRequest(text="talks"), INDEX, facets=("person",), size=1)
    (brandt,) = found.companions
    assert (brandt.label, brandt.articles, brandt.everywhere) == ("Karl Brandt", 2, 3)
    assert brandt.lift == pytest.approx((2 / 2) / (3 / 9))
    assert together(SearchRequest(text="unheard"), INDEX).companions == ()


def test_log_likelihood_knows_chance_from_company() -> None:
    assert log_likelihood(10, 0, 0, 1000) > log_likelihood(5, 5, 5, 1000) > 10.8
    assert log_likelihood(1, 99, 99, 10_000) == pytest.approx(0)
    assert log_likelihood(0, 10, 10, 100) == 0
    # "the swiss" in the paper's first table
    assert log_likelihood(110, 2442, 111, 31_777) == pytest.approx(270.72, abs=0.01)


def test_coverage_shows_the_gaps_of_each_outlet() -> None:
    found = coverage(SearchRequest(), INDEX)
    assert len(found.columns) == 24
    post = next(one for one in found.outlets if one.outlet == "The Harbour Post")
    assert (post.total, sum(post.counts)) == (3, 3)
    assert post.gaps == ((2, 22),)
    assert (found.all.total, found.all.imprecise, found.all.undated) == (9, 1, 1)
    assert found.distinct == 4
    narrowed = coverage(
        SearchRequest(text="drone", filters=(Filter("outlet", Mode.ANY, ("Lantern Weekly",)),)),
        INDEX,
        outlets=1,
    )
    assert [(one.outlet, one.total) for one in narrowed.outlets] == [("Lantern Weekly", 1)]


@given(st.lists(st.integers(0, 2), max_size=12).map(tuple))
def test_gaps_are_the_zeros_inside(counts: tuple[int, ...]) -> None:
    inside = {at for first, last in gaps(counts) for at in range(first, last + 1)}
    text = "".join("0" if count == 0 else "1" for count in counts)
    stripped = text.strip("0")
    lead = len(text) - len(text.lstrip("0"))
    assert inside == {lead + at for at, digit in enumerate(stripped) if digit == "0"}


def test_the_earliest_of_a_made_up_day() -> None:
    bare = document("A", "A drone.", published="2020-01-01")
    found = coverage(SearchRequest(), made_up_index([bare]), interval=Interval.DAY)
    assert found.columns == ((date(2020, 1, 1), date(2020, 1, 1)),)
    assert found.outlets == ()


def test_a_coverage_too_large_for_an_answer_names_the_width_that_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.analyses.coverage.MAX_COUNTS", 500)
    ends = [
        document(f"{name} {day}", "A drone.", published=day, outlet=name)
        for day in ("2020-01-01", "2020-12-31")
        for name in ("Herald", "Ledger")
    ]
    year = made_up_index(ends)

    with pytest.raises(InvalidParameter, match="interval=week") as refused:
        coverage(SearchRequest(), year, interval=Interval.DAY)

    assert refused.value.where == "interval"
    assert len(coverage(SearchRequest(), year, interval=Interval.WEEK).outlets) == 2
    assert len(coverage(SearchRequest(), year, interval=Interval.DAY, outlets=0).columns) == 366
