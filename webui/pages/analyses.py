"""What do people get of an analysis? Four pages over one question, each with its JSON twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from corpus.errors import RequestError
from search.analyses.coverage import coverage
from search.analyses.timeline import MAX_SERIES, timeline
from search.analyses.together import together
from search.language.parser import parse
from search.request import SearchRequest
from search.service import OpenIndex
from webui.answering import collection, from_index, here, pairs, revalidated, spans
from webui.api.analyses import interval_of, read_concordance
from webui.api.analysis_answers import together_options
from webui.api.analysis_endpoints import CONCORDANCE, COVERAGE, LINES, TIMELINE, TOGETHER
from webui.api.endpoint import Endpoint
from webui.arguments import Arguments, first
from webui.errors import status_of
from webui.pages import concordance as concordance_page
from webui.pages import coverage as coverage_page
from webui.pages import timeline as timeline_page
from webui.pages import together as together_page
from webui.pages.search import trouble
from webui.params import search_request
from webui.view.chosen_filters import Chip, chips
from webui.view.links import View

blueprint = Blueprint("analysis_pages", __name__)
_NOT_A_SEARCH = ("order", "offset", "limit", "interval", "kind", "size", "outlets", "share")


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
    endpoint: Endpoint,
    prepare: Callable[[Arguments, OpenIndex, View], object],
    *,
    cacheable: bool = True,
) -> Response:
    """A page; a badly put question keeps its page, the error under the box."""
    view = here()
    name = endpoint.name
    try:
        arguments = endpoint.read(pairs(), {})

        def answer(index: OpenIndex) -> Response:
            page = prepare(arguments, index, view)
            frame = _frame(name, view, search_request(_filters(arguments)), index)
            return Response(
                render_template(
                    f"{name}.html", page=page, frame=frame, view=view, generation=index.generation
                )
            )

        response = from_index(arguments, answer, cacheable=cacheable)
        return response if cacheable else revalidated(response)
    except RequestError as error:
        frame = Frame(name, view, view.all("q") or ("",), (), str(view.at("/search")), "", "")
        told = trouble(error, _at_fault(view.all("q")))
        response = Response(
            render_template(f"{name}.html", page=None, frame=frame, view=view, trouble=told)
        )
        response.status_code = status_of(error)
        return response


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
        str(view.at(f"/api/v1/{name}")),
        str(view.setting(generation=index.generation.name)),
    )


def _filters(arguments: Arguments) -> Arguments:
    """Without the queries, of which a timeline has several."""
    return {name: values for name, values in arguments.items() if name != "q"}


@blueprint.get("/concordance")
def concordance() -> Response:
    """Every occurrence in its context."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        offset, limit = int(first(arguments, "offset", 0)), int(first(arguments, "limit", LINES))
        found = read_concordance(arguments, index)
        return concordance_page.prepare(found, view, offset=offset, limit=limit)

    return _analysis(CONCORDANCE, prepare)


@blueprint.get("/timeline")
def timelines() -> Response:
    """Up to five queries over time."""
    # A form sends all its boxes, and a share is drawn where a count would be: only the page knows.
    return _analysis(_with_share(TIMELINE), _prepare_timeline)


def _prepare_timeline(arguments: Arguments, index: OpenIndex, view: View) -> object:
    texts: Sequence[str] = [str(text) for text in arguments.get("q", ("",))]
    request = search_request(_filters(arguments))
    interval = timeline_page.at_most(interval_of(arguments, index), request.dates, index)
    found = timeline(texts, request, index, interval=interval)
    return timeline_page.prepare(
        found, view, shares=bool(first(arguments, "share")), boxes=MAX_SERIES
    )


def _with_share(endpoint: Endpoint) -> Endpoint:
    return Endpoint(
        name=endpoint.name,
        path=endpoint.path,
        summary=endpoint.summary,
        parameters=(*endpoint.parameters, timeline_page.SHARE),
    )


@blueprint.get("/together")
def together_with() -> Response:
    """Who is named with whom."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        chosen = together_options(arguments)
        request = search_request(arguments)
        found = together(request, index, facets=chosen.facets, size=chosen.size)
        return together_page.prepare(found, view, kinds=chosen.facets, size=chosen.size)

    return _analysis(TOGETHER, prepare)


@blueprint.get("/coverage")
def covered() -> Response:
    """What was collected, from whom and when."""

    def prepare(arguments: Arguments, index: OpenIndex, view: View) -> object:
        request = search_request(arguments)
        span = spans().of(index, request.dates.field)
        interval = coverage_page.interval(str(first(arguments, "interval")), span)
        outlets = int(first(arguments, "outlets", coverage_page.OUTLETS))
        found = coverage(request, index, interval=interval, outlets=outlets)
        with collection().catalogue() as catalogue:
            return coverage_page.prepare(found, view, interval, catalogue)

    return _analysis(COVERAGE, prepare, cacheable=False)
