"""What every engine promises about filters, facets, dates and histograms."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.dates import PartialDate
from indexer.document import ArticleEntity
from indexer.entities.types import EntityKind
from search.engine import (
    Engine,
    FacetCounting,
    FacetValue,
    Matches,
    MatchRequest,
    one_analysis,
)
from search.engines.opensearch import counting
from search.language.query import And, Everything, Keyword, Not, Nothing, Or, Query, Term
from search.request import DateFilter, Filter, Interval, Mode, Sort, Undated
from tests.cluster.nodes import Nodes
from tests.contract.engines import EngineOf, numbers, opensearch
from tests.contract.made_up import document, made_up_documents


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([Filter("person", Mode.ANY, ("per-oduya", "per-brandt-l"))], {0, 1, 4, 6}),
        ([Filter("person", Mode.ALL, ("per-oduya", "per-brandt-k"))], {0, 1}),
        ([Filter("person", Mode.NOT, ("per-oduya", "per-brandt-k"))], {2, 3, 4, 5, 8}),
        ([Filter("person", Mode.ANY, ("nobody",))], set()),
        (
            [Filter("place", Mode.ANY, ("pla-meran",)), Filter("person", Mode.NOT, ("per-oduya",))],
            {3, 4},
        ),
    ],
)
def test_filters(engine: Engine, filters: list[Filter], found: set[int]) -> None:
    assert set(numbers(engine, Everything(), filters=tuple(filters))) == found


def test_a_facet_is_counted_without_its_own_any_filter(engine: Engine) -> None:
    filters = (
        Filter("person", Mode.ANY, ("per-brandt-l",)),
        Filter("place", Mode.ANY, ("pla-meran",)),
    )
    asked = (FacetCounting("person", 10), FacetCounting("place", 10))
    found = engine.match(MatchRequest(query=Everything(), filters=filters, facets=asked))
    assert found.total == 1
    assert found.facets["person"].values == (
        FacetValue("per-oduya", 3),
        FacetValue("per-brandt-k", 2),
        FacetValue("per-brandt-l", 1),
    )
    assert found.facets["place"].values == (FacetValue("pla-meran", 1),)


def test_facets_of_thousands_of_matches_are_counted(engine_of: EngineOf, tmp_path: Path) -> None:
    chance = Random(3)
    names = [f"per-{number}" for number in range(300)]
    articles = []
    for number in range(6_000):  # one in a hundred names many; every tenth has no outlet
        named = set(chance.choices(names, k=60 if number % 100 == 7 else chance.randrange(12)))
        articles.append(
            replace(
                document("", "flood" if number % 8 else "drought"),
                article_id=f"a{number}",
                outlet=f"Outlet {number % 3}" if number % 10 else "",
                entities=tuple(
                    ArticleEntity(name, EntityKind.PERSON, name, 1) for name in sorted(named)
                ),
            )
        )
    matching = [article for article in articles if article.text == "flood"]
    asked = (FacetCounting("person", 300), FacetCounting("outlet", 3))
    found = engine_of(articles, tmp_path / "index").match(
        MatchRequest(query=Term("flood"), facets=asked)
    )
    assert found.total == len(matching) > 5_000
    for facet in ("person", "outlet"):
        expected = Counter(value for article in matching for value in article.values(facet))
        assert {one.value: one.count for one in found.facets[facet].values} == expected


def test_an_article_counts_once_for_a_whole_by_its_name_or_any_part(engine: Engine) -> None:
    parts = {"pla-meran": ("pla-sel",), "pla-nowhere": ("pla-sel",), "pla-sel": ("pla-nowhere",)}
    asked = FacetCounting("place", 10, parts=parts)
    for query in (Everything(), Term("drone")):
        found = engine.match(MatchRequest(query=query, facets=(asked,), limit=50))
        having = [
            set(one.values("place")) for one in engine.fetch([h.doc_number for h in found.hits])
        ]
        counts = {one.value: one.count for one in found.facets["place"].values}
        assert counts == {
            "pla-meran": sum(bool(values) for values in having),
            "pla-sel": sum("pla-sel" in values for values in having),
        }
        assert found.facets["place"].distinct == 2
    alone = engine.match(MatchRequest(query=Everything(), facets=(FacetCounting("place", 10),)))
    assert dict(alone.facets["place"].values) == {"pla-meran": 5, "pla-sel": 3}


def test_few_values_and_families_are_counted_and_not_estimated(engine: Engine) -> None:
    asked = tuple(FacetCounting(facet, 1) for facet in ("person", "outlet", "place"))
    assert engine.match(MatchRequest(query=Everything(), facets=asked)).about == frozenset()


@pytest.mark.slow
def test_a_cluster_says_what_it_estimates(
    node: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (FacetCounting("outlet", 2), FacetCounting("language", 2))
    with closing(opensearch(node.urls)(made_up_documents(), tmp_path / "index")) as engine:
        exact = engine.match(MatchRequest(query=Everything(), facets=asked))
        outlets, languages = (exact.facets[one.facet].distinct for one in asked)
        assert outlets > languages
        for few, about in (
            (outlets, frozenset()),
            (outlets - 1, frozenset({"outlet"})),
            (languages - 1, frozenset({"outlet", "language"})),
        ):
            monkeypatch.setattr(counting, "_FEW", few)
            found = engine.match(MatchRequest(query=Everything(), facets=asked))
            assert (found.about, found.facets) == (about, exact.facets)
        for most, about in (
            (1, frozenset()),
            (0, frozenset({"families"})),
        ):  # one family has several articles
            monkeypatch.setattr(counting, "_MOST", most)
            found = engine.match(MatchRequest(query=Everything()))
            assert (found.about, found.families) == (about, exact.families)


def test_a_facet_has_pages_and_keeps_what_was_asked_for(engine: Engine) -> None:
    asked = FacetCounting("outlet", 1, offset=1, also=frozenset({"Valley Courier", "Nowhere"}))
    values = engine.match(MatchRequest(query=Everything(), facets=(asked,))).facets["outlet"]
    assert values.values == (
        FacetValue("Lantern Weekly", 2),
        FacetValue("Valley Courier", 2),
        FacetValue("Nowhere", 0),
    )
    assert values.distinct == 4
    among = replace(asked, offset=0, also=frozenset(), among=frozenset({"Valley Courier"}))
    values = engine.match(MatchRequest(query=Everything(), facets=(among,))).facets["outlet"]
    assert (values.values, values.distinct) == ((FacetValue("Valley Courier", 2),), 1)


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (DateFilter(), set(range(9))),
        (DateFilter(start=date(2023, 6, 1)), {5, 7, 8}),
        (DateFilter(start=date(2023, 6, 1), undated=Undated.EXCLUDE), {5, 8}),
        (DateFilter(undated=Undated.ONLY), {7}),
        (DateFilter("mentioned", undated=Undated.EXCLUDE), {0, 1}),
    ],
)
def test_dates(engine: Engine, dates: DateFilter, found: set[int]) -> None:
    assert set(numbers(engine, Everything(), dates=dates)) == found


def test_a_day_without_its_year_lies_in_no_range_of_days(
    engine_of: EngineOf, tmp_path: Path
) -> None:
    yearless = replace(document("", "flood"), mentioned=(PartialDate("--05-03", "text"),))
    dated = document("", "drought", mentioned=["2022-05-03"])
    engine = engine_of([yearless, dated], tmp_path / "index")

    def total(**wanted: Any) -> int:
        asked = DateFilter("mentioned", undated=Undated.EXCLUDE, **wanted)
        return engine.match(MatchRequest(query=Everything(), dates=asked)).total

    assert total() == total(start=date(2022, 5, 3), end=date(2022, 5, 3)) == 1
    assert total(start=date(1999, 1, 1), end=date(2001, 1, 1)) == 0


@pytest.mark.parametrize(
    ("interval", "bars", "imprecise"),
    [
        (Interval.YEAR, 3, 0),
        (Interval.MONTH, 24, 1),
        (Interval.WEEK, 100, 2),
        (Interval.DAY, 691, 2),
    ],
)
def test_a_histogram_ignores_the_range_and_has_no_gaps(
    engine: Engine, interval: Interval, bars: int, imprecise: int
) -> None:
    request = MatchRequest(
        query=Not(Term("sanction", "title")),
        histogram=interval,
        dates=DateFilter(end=date(2022, 2, 25)),
    )
    histogram = engine.match(request).histogram
    assert histogram is not None
    assert len(histogram.bars) == bars
    whole = engine.match(replace(request, query=Everything())).histogram
    assert whole is not None
    assert whole.imprecise == imprecise
    assert whole.undated == histogram.undated == 1
    assert [bar.collected for bar in whole.bars] == [bar.count for bar in whole.bars]
    assert sum(bar.count for bar in whole.bars) == 8 - imprecise
    assert sum(bar.count for bar in histogram.bars) == 7 - max(0, imprecise - 1)
    ends = [bar.end.toordinal() for bar in histogram.bars[:-1]]
    assert [bar.start.toordinal() - 1 for bar in histogram.bars[1:]] == ends


@pytest.mark.parametrize("sort", Sort)
def test_what_must_match_besides_narrows_every_count_and_does_not_score(
    engine: Engine, sort: Sort
) -> None:
    talks, of_sel = Term("talk"), Keyword("place", frozenset({"pla-sel"}))
    asked = MatchRequest(
        query=Or((talks, Term("drone"), Everything())),
        filters=(Filter("person", Mode.ANY, ("per-oduya", "per-brandt-k")),),
        dates=DateFilter(end=date(2023, 1, 1)),
        facets=(FacetCounting("person", 9), FacetCounting("outlet", 9)),
        histogram=Interval.YEAR,
        collapse=True,
        sort=sort,
    )
    whole = engine.match(replace(asked, collapse=False))
    scores = {hit.doc_number: hit.score for hit in whole.hits}
    for part in (of_sel, Not(of_sel), talks, Nothing()):
        found = engine.match(replace(asked, also=part))
        joined = engine.match(replace(asked, query=And((asked.query, part))))
        assert replace(found, hits=()) == replace(joined, hits=())
        assert [hit.score for hit in found.hits] == pytest.approx(
            [scores[hit.doc_number] for hit in found.hits]
        )
        if part is not talks:  # as a clause it would score
            assert [hit.doc_number for hit in found.hits] == [hit[0] for hit in joined.hits]


def test_an_analysis_has_the_answers_that_its_questions_have_alone(engine: Engine) -> None:
    """Whatever it asks in between: what they have in common may be looked for once."""
    drone = MatchRequest(query=Term("drone"), histogram=Interval.MONTH, limit=0)
    of_sel = Keyword("place", frozenset({"pla-sel"}))
    chosen = (Filter("person", Mode.NOT, ("per-oduya",)),)
    asked = [
        drone,
        replace(drone, also=of_sel),
        replace(drone, also=Not(of_sel)),
        replace(drone, filters=chosen),
        replace(drone, also=of_sel, filters=chosen),
        replace(drone, query=Everything(), also=of_sel),
        replace(drone, dates=DateFilter(start=date(2022, 3, 1))),
        replace(drone, dates=DateFilter(start=date(2022, 3, 1)), histogram=None),
        replace(drone, limit=9),
        replace(drone, query=Term("talk"), also=of_sel, facets=(FacetCounting("person", 9),)),
    ]
    alone = [engine.match(question) for question in asked]
    assert len({found.total for found in alone}) > 2
    with one_analysis():
        for order in (1, -1):
            again = [engine.match(question) for question in asked[::order]]
            assert again == alone[::order]


def test_a_facet_that_no_index_holds_is_one_like_others(engine: Engine) -> None:
    ids = engine.article_ids(range(9))
    holding = {
        "dossier": {
            "bridge": frozenset({ids[0], ids[3], "of another index"}),
            "talks": frozenset({ids[3], ids[4]}),
            "gone": frozenset({"of another index"}),
        }
    }
    counting = FacetCounting("dossier", 5, also=frozenset({"gone"}))

    def ask(query: Query, *chosen: Filter) -> Matches:
        asked = MatchRequest(
            query=query, filters=chosen, holding=holding, facets=(counting,), limit=9
        )
        return engine.match(asked)

    whole = ask(Everything()).facets["dossier"]
    assert (dict(whole.values), whole.distinct) == ({"bridge": 2, "talks": 2, "gone": 0}, 2)
    for found, expected in (
        (ask(Keyword("dossier", frozenset({"bridge"}))), {0, 3}),
        (ask(Not(Keyword("dossier", frozenset({"bridge", "talks"})))), {1, 2, 5, 6, 7, 8}),
        (ask(Everything(), Filter("dossier", Mode.ANY, ("bridge", "talks"))), {0, 3, 4}),
        (ask(Everything(), Filter("dossier", Mode.ALL, ("bridge", "talks"))), {3}),
        (
            ask(Everything(), Filter("dossier", Mode.NOT, ("talks", "x"))),
            {*range(9)} - {3, 4},
        ),
        (ask(Everything(), Filter("dossier", Mode.ANY, ("gone",))), set()),
        (ask(Everything(), Filter("tag", Mode.ANY, ("photo",))), set()),
    ):
        assert {hit.doc_number for hit in found.hits} == expected
    alone = ask(Everything(), Filter("dossier", Mode.ANY, ("bridge",)))
    assert dict(alone.facets["dossier"].values) == {"bridge": 2, "talks": 2, "gone": 0}
    without = ask(Everything(), Filter("dossier", Mode.NOT, ("bridge",)))
    assert dict(without.facets["dossier"].values) == {"talks": 1, "gone": 0}


def test_what_is_held_elsewhere_may_change_from_one_question_to_the_next(engine: Engine) -> None:
    (first, second) = engine.article_ids([0, 1])
    query = Keyword("tag", frozenset({"photo"}))
    for held, found in (({first}, [0]), ({first, second}, [0, 1]), (set(), [])):
        holding = {"tag": {"photo": frozenset(held)}}
        assert sorted(numbers(engine, query, holding=holding)) == found
