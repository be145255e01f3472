"""Analysis pages: six over one question, each with its JSON twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response

from corpus.errors import RequestError
from search.analyses.atlas import atlas
from search.analyses.coverage import coverage
from search.analyses.timeline import MAX_SERIES, timeline
from search.analyses.together import together
from search.language.parser import parse
from search.request import SearchRequest
from search.service import OpenIndex
from webui import params
from webui.answering import collection, date_ranges, from_index, here, page, pairs, revalidated
from webui.arguments import Arguments, Parameter, first, read
from webui.errors import status_of
from webui.pages.analyses import concordance as concordance_page
from webui.pages.analyses import coverage as coverage_page
from webui.pages.analyses import languages as languages_page
from webui.pages.analyses import map as map_page
from webui.pages.analyses import quotes as quotes_page
from webui.pages.analyses import timeline as timeline_page
from webui.pages.analyses import together as together_page
from webui.pages.search import trouble
from webui.params import search_request
from webui.view import chart
from webui.view.analyses import (
    concordance_of,
    interval_of,
    lists_of,
    names_asked,
    one_question,
    quotes_of,
)
from webui.view.chosen_filters import Chip, chips
from webui.view.date_ranges import Range
from webui.view.links import View, twin_of

blueprint = Blueprint("analysis_pages", __name__)
_NOT_A_SEARCH = (
    "order",
    "offset",
    "limit",
    "interval",
    "kind",
    "size",
    "outlets",
    "share",
    "manner",
    "left_out",
    "related",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every analysis.

    Attributes:
        queries: the texts in the boxes.
        chips: the filters that hold.
        articles: the search for the articles that are analyzed.
    """

    name: str
    view: View
    queries: tuple[str, ...]
    chips: tuple[Chip, ...]
    articles: str
    twin: str
    permalink: str


def _analysis(
    parameters: Sequence[Parameter],
    prepare: Callable[[Arguments, OpenIndex, View], object],
    *,
    cacheable: bool = True,
) -> Response:
    """A page; a badly put question keeps its page, the error under the box."""
    view = here()
    name = view.path.strip("/")
    try:
        arguments = read(pairs(), parameters)

        def answer(index: OpenIndex) -> Response:
            prepared = prepare(arguments, index, view)
            frame = _frame(name, view, search_request(one_question(arguments)), index)
            return page(
                f"{name}.html", page=prepared, frame=frame, view=view, generation=index.generation
            )

        response = from_index(arguments, answer, cacheable=cacheable)
        return response if cacheable else revalidated(response)
    except RequestError as error:
        frame = Frame(name, view, view.all("q") or ("",), (), str(view.at("/search")), "", "")
        told = trouble(error, _at_fault(view.all("q")))
        return page(
            f"{name}.html",
            status=status_of(error),
            page=None,
            frame=frame,
            view=view,
            trouble=told,
        )


def _at_fault(texts: Sequence[str]) -> str:
    """The query that cannot be read; the first where all can."""
    for text in texts:
        try:
            parse(text)
        except RequestError:
            return text
    return next(iter(texts), "")


def _frame(name: str, view: View, request: SearchRequest, index: OpenIndex) -> Frame:
    search = view.without(*_NOT_A_SEARCH).at("/search")
    return Frame(
        name,
        view,
        view.all("q") or ("",),
        tuple(chips(request, view, index)),
        str(search),
        str(twin_of(view)),
        str(view.setting(generation=index.generation.name)),
    )


@blueprint.get("/concordance")
def concordance() -> Response:
    """Every occurrence in its context."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        offset = int(first(arguments, "offset", 0))
        limit = int(first(arguments, "limit", params.LINES))
        found = concordance_of(arguments, index)
        return concordance_page.prepare(found, view, offset=offset, limit=limit)

    return _analysis(params.CONCORDANCE, prepare)


@blueprint.get("/timeline")
def timelines() -> Response:
    """Up to five queries over time."""
    # A form sends all its boxes, and a share is drawn where a count would be: only the page knows.
    return _analysis((*params.TIMELINE, timeline_page.SHARE), _prepare_timeline)


def _prepare_timeline(arguments: Arguments, index: OpenIndex, view: View) -> object:
    texts: Sequence[str] = [str(text) for text in arguments.get("q", ("",))]
    request = search_request(one_question(arguments))
    ranges = date_ranges()
    known = ranges.of(index, request.dates.field)
    folds = known is not None and known.most != known.whole and chart.is_open(request.dates)
    drawn = known.most if known and folds else None
    if drawn and not first(arguments, "interval"):
        asked = chart.window(request.dates, Range(drawn, drawn)).interval
    else:
        asked = interval_of(arguments, index, ranges)
    days = drawn or (known.whole if known else None)
    interval = timeline_page.at_most(asked, days, request.dates)
    found = timeline(texts, request, index, interval=interval)
    return timeline_page.prepare(
        found,
        view,
        asked=asked,
        shares=bool(first(arguments, "share")),
        boxes=MAX_SERIES,
        drawn=drawn,
    )


@blueprint.get("/together")
def together_with() -> Response:
    """Who is named with whom."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        asked = names_asked(arguments)
        request = search_request(arguments)
        found = together(request, index, facets=asked.facets, size=asked.size)
        return together_page.prepare(found, view, kinds=asked.facets, size=asked.size)

    return _analysis(params.TOGETHER, prepare)


@blueprint.get("/map")
def map_of() -> Response:
    """Where the places lie that are named."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        return map_page.prepare(atlas(search_request(arguments), index), view)

    return _analysis(params.NARROWING, prepare)


@blueprint.get("/quotes")
def quoted() -> Response:
    """Who says what."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        offset = int(first(arguments, "offset", 0))
        limit = int(first(arguments, "limit", params.LINES))
        found = quotes_of(arguments, index)
        return quotes_page.prepare(found, view, offset=offset, limit=limit)

    return _analysis(params.QUOTES, prepare)


@blueprint.get("/languages")
def in_other_languages() -> Response:
    """What reports in other languages say."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        return languages_page.prepare(lists_of(arguments, index), view)

    return _analysis(params.LANGUAGES, prepare, cacheable=False)


@blueprint.get("/coverage")
def covered() -> Response:
    """What was collected, from whom and when."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        request = search_request(arguments)
        dated = date_ranges().of(index, request.dates.field)
        whole = dated.whole if dated else None
        interval = coverage_page.interval(str(first(arguments, "interval")), whole)
        outlets = int(first(arguments, "outlets", coverage_page.OUTLETS))
        found = coverage(request, index, interval=interval, outlets=outlets)
        with collection().catalogue() as catalogue:
            return coverage_page.prepare(found, view, interval, catalogue)

    return _analysis(params.COVERAGE, prepare, cacheable=False)
