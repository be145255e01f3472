"""Analysis endpoints: concordance, timeline, together, map, quotes, coverage; each is a page too.

One file, because the six are asked, linked and told alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from flask import Blueprint, Response
from msgspec import Meta, field

from corpus.store import Catalogue
from search.analyses import concordance as concordances
from search.analyses import coverage as coverages
from search.analyses import quotations
from search.analyses import timeline as timelines
from search.analyses import together as companions
from search.analyses.atlas import atlas
from search.output.answers import (
    Amount,
    Answer,
    Count,
    Day,
    Generation,
    PartialDate,
    about,
)
from search.output.formats import quotes as quote_rows
from search.output.formats.csv import csv_row, harmless
from search.request import Interval
from search.result import Why
from search.service import OpenIndex
from webui import params
from webui.answering import collection, date_ranges, from_index, here, revalidated, streamed
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, first
from webui.params import search_request
from webui.view.analyses import (
    concordance_of,
    interval_of,
    names_asked,
    one_question,
    quotes_of,
)
from webui.view.links import API, View, page_of

blueprint = Blueprint("analysis_api", __name__)
Links = dict[str, str | None]
_CSV_COLUMNS = (
    "id", "outlet", "published", "flags", "left", "match", "right", "why", "start", "end",
)  # fmt: skip


class ConcordanceLine(Answer, frozen=True):
    """One occurrence in its context; offsets are of the match."""

    id: str
    title: str
    outlet: str
    published: PartialDate | None
    flags: tuple[str, ...]
    start: Count
    end: Count
    left: str
    match: str
    right: str
    why: Annotated[Why, about("By which rule it matches")]


class Neighbor(Answer, frozen=True):
    """A word beside the matches, and how often."""

    word: str
    count: Count


class Neighbors(Answer, frozen=True):
    """The words before and after the matches, most frequent first."""

    left: list[Neighbor]
    right: list[Neighbor]


class Concordance(Answer, frozen=True):
    """A page of lines, and the neighbors of all of them."""

    occurrences: Count
    articles: Count
    matching: Count
    complete: bool
    lines: list[ConcordanceLine]
    neighbors: Neighbors
    index: Generation
    links: Links


class TimelineStep(Answer, frozen=True):
    """One step of the time axis, both days included."""

    start: Day = field(name="from")
    end: Day = field(name="to")
    collected: Annotated[Count, about("Articles of the generation, whatever they are about")]


class TimelineQuery(Answer, frozen=True):
    """A query as it was read."""

    text: str
    parsed: str
    warnings: tuple[str, ...]


class TimelineSeries(Answer, frozen=True):
    """One query along the time axis."""

    query: TimelineQuery
    total: Count
    complete: Annotated[bool, about("False where the time allowed was spent: counts are then low")]
    imprecise: Annotated[Count, about("Articles dated less exactly than a step is wide")]
    undated: Count
    counts: Annotated[tuple[Count, ...], about("Articles in each step")]
    shares: Annotated[
        list[Annotated[float, Meta(ge=0, le=1)] | None],
        about("Of what was collected in each step; null where nothing was"),
    ]


class Timeline(Answer, frozen=True):
    """The time axis, and each query along it."""

    interval: str
    steps: list[TimelineStep] = field(name="spans")
    series: list[TimelineSeries]
    index: Generation
    links: Links


class Companion(Answer, frozen=True):
    """A name of the matching articles."""

    id: str
    kind: str
    label: str
    articles: Annotated[Count, about("Matching articles that name it")]
    everywhere: Annotated[Count, about("Articles of the generation that name it")]
    lift: Annotated[Amount, about("How much more often than in the whole generation")]


class Pair(Answer, frozen=True):
    """Two names in one article."""

    ids: tuple[str, str]
    articles: Count
    expected: Annotated[Amount, about("Articles that chance would give")]
    lift: Amount
    likelihood: Annotated[Amount, about("Dunning's ratio; chance alone gives 10.8 once in 1,000")]


class Together(Answer, frozen=True):
    """Names, and pairs of them."""

    total: Count
    complete: bool
    names: list[Companion]
    pairs: list[Pair]
    index: Generation
    links: Links


class DayRange(Answer, frozen=True):
    """Some days, both included."""

    start: Day = field(name="from")
    end: Day = field(name="to")


class OutletCoverage(Answer, frozen=True):
    """The articles of one outlet."""

    outlet: str
    counts: Annotated[tuple[Count, ...], about("Articles in each column")]
    total: Count
    imprecise: Count
    undated: Count
    gaps: Annotated[list[DayRange], about("Where it has none, between its first and its last")]


class TakenIn(Answer, frozen=True):
    """What was taken in, by kind, and what was not, by the code of its error."""

    articles: Count
    versions: Count
    sightings: Count
    by_kind: dict[str, Count]
    failures: Count
    failures_by_code: dict[str, Count]


class Coverage(Answer, frozen=True):
    """Articles of each outlet in each column."""

    interval: str
    columns: list[DayRange]
    everything: OutletCoverage = field(name="all")
    outlets: list[OutletCoverage]
    distinct: Annotated[Count, about("How many outlets there are")]
    complete: bool
    index: Generation
    catalogue: TakenIn
    links: Links


class MappedPlace(Answer, frozen=True):
    """A place that the articles name; of areas, the position is their middle."""

    id: str
    label: str
    articles: Count
    sort: Annotated[str | None, about("region, country or city; none where nobody knows")]
    country: Annotated[str | None, about("ISO 3166 code")]
    latitude: float | None
    longitude: float | None


class Map(Answer, frozen=True):
    """The places that the articles of a query name, most named first."""

    total: Count
    distinct: Annotated[Count, about("How many places there are")]
    places: list[MappedPlace]
    complete: bool
    index: Generation
    links: Links


class Quotation(Answer, frozen=True):
    """What somebody said; offsets count in the text of the article."""

    article: str
    title: str
    outlet: str
    published: PartialDate | None
    manner: Annotated[quotations.Manner, about("In the speaker's words, or in the article's")]
    quote: str
    start: Count
    end: Count
    speaker: Annotated[str, about("As written; may be a pronoun, or empty where the verb holds it")]
    speaker_start: Count
    speaker_end: Count
    speaker_id: Annotated[str | None, about("The entity that is meant; null where none is named")]
    label: Annotated[str, about("Its name, else an empty text")]
    verb: Annotated[str, about("The word that says so, as written")]


class Speaker(Answer, frozen=True):
    """Somebody whose words the articles give."""

    id: str
    label: str
    quotes: Count


class Quotes(Answer, frozen=True):
    """A page of quotes, and the most quoted speakers of all of them."""

    total: Annotated[Count, about("Quotes, by the speakers chosen if any are")]
    articles: Count
    matching: Count
    complete: bool
    quotes: list[Quotation]
    speakers: list[Speaker]
    index: Generation
    links: Links


QUOTES = Endpoint(
    name="quotes",
    path="/quotes",
    summary="Who says what in the articles of a query, in their words or reported",
    parameters=params.QUOTES,
    answer=Quotes,
    example="?q=ceasefire&manner=direct",
)
QUOTES_CSV = Endpoint(
    name="quotes_csv",
    path="/quotes.csv",
    summary="All quotes of a query as CSV; the last row says whether they are complete",
    parameters=params.QUOTES_WHOLE,
    media_type="text/csv",
    columns=quote_rows.COLUMNS,
    example="?q=ceasefire",
)
CONCORDANCE = Endpoint(
    name="concordance",
    path="/concordance",
    summary="Every occurrence of a query in its context, and the words beside it counted",
    parameters=params.CONCORDANCE,
    answer=Concordance,
    example="?q=ceasefire&order=right",
)
CONCORDANCE_CSV = Endpoint(
    name="concordance_csv",
    path="/concordance.csv",
    summary="The whole concordance as CSV; the last row says whether it is complete",
    parameters=params.CONCORDANCE_WHOLE,
    media_type="text/csv",
    columns=_CSV_COLUMNS,
    example="?q=ceasefire",
)
TIMELINE = Endpoint(
    name="timeline",
    path="/timeline",
    summary="Up to five queries along one time axis, as counts and as shares of what was collected",
    parameters=params.TIMELINE,
    answer=Timeline,
    example="?q=ceasefire&q=drone&interval=month",
)
TOGETHER = Endpoint(
    name="together",
    path="/together",
    summary="Who is named with whom in the articles of a query, and how much more than by chance",
    parameters=params.TOGETHER,
    answer=Together,
    example="?q=ceasefire&kind=person,place",
)
MAP = Endpoint(
    name="map",
    path="/map",
    summary="The places that the articles of a query name, and where they lie",
    parameters=params.NARROWING,
    answer=Map,
    example="?q=ceasefire",
)
COVERAGE = Endpoint(
    name="coverage",
    path="/coverage",
    summary="Articles by outlet and time, gaps named; what the catalogue could not take in",
    parameters=params.COVERAGE,
    answer=Coverage,
    example="?interval=month",
)


@serves(CONCORDANCE, blueprint)
def concordance(arguments: Arguments) -> Response:
    """`GET /api/v1/concordance`"""
    offset = int(first(arguments, "offset", 0))
    limit = int(first(arguments, "limit", params.LINES))

    def answer(index: OpenIndex) -> Response:
        found = concordance_of(arguments, index)
        more = offset + limit < found.occurrences
        return as_json(
            Concordance(
                occurrences=found.occurrences,
                articles=found.articles,
                matching=found.matching,
                complete=found.complete,
                lines=[_line(line) for line in found.lines],
                neighbors=Neighbors(_neighbors(found.left), _neighbors(found.right)),
                index=Generation(index.generation.name),
                links=_links_of_page(index, "concordance.csv", offset + limit if more else None),
            )
        )

    return from_index(arguments, answer)


def _links_of_page(index: OpenIndex, whole: str, onward: int | None) -> Links:
    """Those of one page of lines; `onward`: where the next begins, `whole`: what has them all."""
    view = here()
    return {
        **_links(view, index),
        "next": None if onward is None else str(view.setting(offset=onward)),
        "csv": str(view.without("offset", "limit").at(f"{API}/{whole}")),
    }


def _line(line: concordances.Occurrence) -> ConcordanceLine:
    return ConcordanceLine(
        id=line.article_id,
        title=line.title,
        outlet=line.outlet,
        published=PartialDate.maybe(line.published),
        flags=line.flags,
        start=line.start,
        end=line.end,
        left=line.left,
        match=line.match,
        right=line.right,
        why=line.why,
    )


def _neighbors(found: tuple[concordances.Neighbor, ...]) -> list[Neighbor]:
    return [Neighbor(neighbor.word, neighbor.count) for neighbor in found]


@serves(CONCORDANCE_CSV, blueprint)
def concordance_csv(arguments: Arguments) -> Response:
    """`GET /api/v1/concordance.csv`"""
    asked = str(here().at("/concordance"))

    def answer(index: OpenIndex) -> Response:
        found = concordance_of({**arguments, "limit": (concordances.MAX_OCCURRENCES,)}, index)
        name = index.generation.name
        return streamed(
            _csv(found, asked, name), "text/csv; charset=utf-8", f"concordance-{name}.csv"
        )

    return from_index(arguments, answer)


def _csv(found: concordances.Concordance, asked: str, generation: str) -> Iterator[str]:
    yield csv_row(_CSV_COLUMNS)
    for line in found.lines:
        cells = (
            line.article_id,
            line.outlet,
            line.published.iso if line.published else "",
            "; ".join(line.flags),
            line.left,
            line.match,
            line.right,
            line.why.value,
        )
        yield csv_row([*map(harmless, cells), str(line.start), str(line.end)])
    state = "complete" if found.complete else "CUT SHORT"
    yield csv_row(
        [f"# {state}: {len(found.lines)} lines; query: {asked}; generation: {generation}"]
    )


@serves(TIMELINE, blueprint)
def timeline(arguments: Arguments) -> Response:
    """`GET /api/v1/timeline`"""
    texts = [str(text) for text in arguments.get("q", ("",))]
    request = search_request(one_question(arguments))

    def answer(index: OpenIndex) -> Response:
        interval = interval_of(arguments, index, date_ranges())
        found = timelines.timeline(texts, request, index, interval=interval)
        return as_json(
            Timeline(
                interval=found.interval,
                steps=[
                    TimelineStep(step.start.isoformat(), step.end.isoformat(), step.collected)
                    for step in found.spans
                ],
                series=[_series(one) for one in found.series],
                index=Generation(index.generation.name),
                links=_links(here(), index),
            )
        )

    return from_index(arguments, answer)


def _series(one: timelines.Series) -> TimelineSeries:
    return TimelineSeries(
        query=TimelineQuery(one.text, one.parsed, one.warnings),
        total=one.total,
        complete=one.complete,
        imprecise=one.imprecise,
        undated=one.undated,
        counts=one.counts,
        shares=[None if share is None else round(share, 6) for share in one.shares],
    )


@serves(TOGETHER, blueprint)
def together(arguments: Arguments) -> Response:
    """`GET /api/v1/together`"""
    request = search_request(arguments)
    asked = names_asked(arguments)

    def answer(index: OpenIndex) -> Response:
        found = companions.together(request, index, facets=asked.facets, size=asked.size)
        return as_json(
            Together(
                total=found.total,
                complete=found.complete,
                names=[
                    Companion(
                        id=one.entity_id,
                        kind=one.facet,
                        label=one.label,
                        articles=one.articles,
                        everywhere=one.everywhere,
                        lift=round(one.lift, 4),
                    )
                    for one in found.companions
                ],
                pairs=[
                    Pair(
                        ids=(pair.one, pair.other),
                        articles=pair.articles,
                        expected=round(pair.expected, 4),
                        lift=round(pair.lift, 4),
                        likelihood=round(pair.likelihood, 4),
                    )
                    for pair in found.pairs
                ],
                index=Generation(index.generation.name),
                links=_links(here(), index),
            )
        )

    return from_index(arguments, answer)


@serves(MAP, blueprint)
def mapped(arguments: Arguments) -> Response:
    """`GET /api/v1/map`"""
    request = search_request(arguments)

    def answer(index: OpenIndex) -> Response:
        found = atlas(request, index)
        return as_json(
            Map(
                total=found.total,
                distinct=found.distinct,
                places=[
                    MappedPlace(
                        id=place.entity_id,
                        label=place.label,
                        articles=place.articles,
                        sort=at.sort if (at := place.position) else None,
                        country=at.country if at else None,
                        latitude=at.latitude if at else None,
                        longitude=at.longitude if at else None,
                    )
                    for place in found.places
                ],
                complete=found.complete,
                index=Generation(index.generation.name),
                links=_links(here(), index),
            )
        )

    return from_index(arguments, answer)


@serves(QUOTES, blueprint)
def quoted(arguments: Arguments) -> Response:
    """`GET /api/v1/quotes`"""
    offset = int(first(arguments, "offset", 0))
    limit = int(first(arguments, "limit", params.LINES))

    def answer(index: OpenIndex) -> Response:
        found = quotes_of(arguments, index)
        more = offset + limit < found.total
        return as_json(
            Quotes(
                total=found.total,
                articles=found.articles,
                matching=found.matching,
                complete=found.complete,
                quotes=[_quotation(one) for one in found.lines],
                speakers=[Speaker(one.entity_id, one.label, one.quotes) for one in found.speakers],
                index=Generation(index.generation.name),
                links=_links_of_page(index, "quotes.csv", offset + limit if more else None),
            )
        )

    return from_index(arguments, answer)


def _quotation(one: quotations.Quotation) -> Quotation:
    document, quote = one.document, one.quote
    return Quotation(
        article=document.article_id,
        title=document.title,
        outlet=document.outlet,
        published=PartialDate.maybe(document.published),
        manner=one.manner,
        quote=one.text,
        start=quote.start,
        end=quote.end,
        speaker=one.speaker,
        speaker_start=quote.speaker_start,
        speaker_end=quote.speaker_end,
        speaker_id=one.entity_id or None,
        label=one.label,
        verb=one.verb,
    )


@serves(QUOTES_CSV, blueprint)
def quotes_csv(arguments: Arguments) -> Response:
    """`GET /api/v1/quotes.csv`"""
    asked = str(here().at("/quotes"))

    def answer(index: OpenIndex) -> Response:
        found = quotes_of({**arguments, "limit": (quotations.MAX_QUOTES,)}, index)
        name = index.generation.name
        state = "complete" if found.complete else "CUT SHORT"
        closing = f"# {state}: {found.total} quotes; query: {asked}; generation: {name}"
        rows = chain(
            (csv_row(quote_rows.COLUMNS),),
            map(quote_rows.quote_row, found.lines),
            (csv_row([closing]),),
        )
        return streamed(rows, "text/csv; charset=utf-8", f"quotes-{name}.csv")

    return from_index(arguments, answer)


@serves(COVERAGE, blueprint)
def coverage(arguments: Arguments) -> Response:
    """`GET /api/v1/coverage`"""
    request = search_request(arguments)
    outlets = int(first(arguments, "outlets", coverages.DEFAULT_OUTLETS))

    def answer(index: OpenIndex) -> Response:
        interval = interval_of(arguments, index, date_ranges())
        found = coverages.coverage(request, index, interval=interval, outlets=outlets)
        with collection().catalogue() as catalogue:
            taken_in = _taken_in(catalogue)
        return as_json(_coverage(found, interval, taken_in, index))

    return revalidated(from_index(arguments, answer, cacheable=False))


def _coverage(
    found: coverages.Coverage, interval: Interval, taken_in: TakenIn, index: OpenIndex
) -> Coverage:
    return Coverage(
        interval=interval,
        columns=[DayRange(start.isoformat(), end.isoformat()) for start, end in found.columns],
        everything=_outlet(found.all, found),
        outlets=[_outlet(one, found) for one in found.outlets],
        distinct=found.distinct,
        complete=found.complete,
        index=Generation(index.generation.name),
        catalogue=taken_in,
        links=_links(here(), index),
    )


def _outlet(one: coverages.OutletCoverage, found: coverages.Coverage) -> OutletCoverage:
    return OutletCoverage(
        outlet=one.outlet,
        counts=tuple(one.counts),
        total=one.total,
        imprecise=one.imprecise,
        undated=one.undated,
        gaps=[
            DayRange(found.columns[start][0].isoformat(), found.columns[end][1].isoformat())
            for start, end in one.gaps
        ],
    )


def _taken_in(catalogue: Catalogue) -> TakenIn:
    counts = catalogue.counts()
    return TakenIn(
        articles=counts.articles,
        versions=counts.versions,
        sightings=counts.sightings,
        by_kind=dict(counts.by_kind),
        failures=counts.failures,
        failures_by_code=dict(Counter(failure.code for failure in catalogue.failures())),
    )


def _links(view: View, index: OpenIndex) -> Links:
    return {
        "self": str(view),
        "permalink": str(view.setting(generation=index.generation.name)),
        "page": str(page_of(view)),
    }
