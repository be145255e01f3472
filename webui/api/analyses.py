"""What do scripts get of an analysis? The JSON twin of each page in `webui.pages.analyses`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response

from search.analyses.concordance import MAX_OCCURRENCES, Concordance, Order, concordance
from search.analyses.coverage import coverage
from search.analyses.timeline import timeline
from search.analyses.together import together
from search.output.exports import csv_row, harmless
from search.request import Interval
from search.service import OpenIndex
from webui.answering import collection, from_index, here, revalidated, spans
from webui.api import analysis_answers as answers
from webui.api.analysis_endpoints import (
    CONCORDANCE,
    CONCORDANCE_CSV,
    COVERAGE,
    LINES,
    TIMELINE,
    TOGETHER,
)
from webui.api.routing import as_json, serves
from webui.arguments import Arguments, first
from webui.params import search_request
from webui.view import chart
from webui.view.links import View

blueprint = Blueprint("analysis_api", __name__)
_CSV_COLUMNS = (
    "id", "outlet", "published", "flags", "left", "match", "right", "why", "start", "end",
)  # fmt: skip


def read_concordance(arguments: Arguments, index: OpenIndex) -> Concordance:
    """The page of lines that read arguments ask for."""
    request = replace(search_request(arguments), limit=int(first(arguments, "limit", LINES)))
    return concordance(
        request,
        index,
        order=Order(str(first(arguments, "order", Order.ARTICLE.value))),
        offset=int(first(arguments, "offset", 0)),
    )


def interval_of(arguments: Arguments, index: OpenIndex) -> Interval:
    """The width of a step: as asked, else what suits the range of dates."""
    if asked := str(first(arguments, "interval")):
        return Interval(asked)
    dates = search_request(arguments).dates
    return chart.window(dates, spans().of(index, dates.field)).interval


@serves(blueprint, CONCORDANCE)
def concordance_answer(arguments: Arguments) -> Response:
    """`GET /api/v1/concordance`"""
    offset, limit = int(first(arguments, "offset", 0)), int(first(arguments, "limit", LINES))

    def answer(index: OpenIndex) -> Response:
        found = read_concordance(arguments, index)
        view = here()
        more = offset + limit < found.occurrences
        following = str(view.setting(offset=offset + limit)) if more else None
        return as_json(
            {
                **answers.concordance_answer(found, index.generation.name),
                "links": {
                    **_links(view, index, "/concordance"),
                    "next": following,
                    "csv": str(view.without("offset", "limit").at("/api/v1/concordance.csv")),
                },
            }
        )

    return from_index(arguments, answer)


@serves(blueprint, CONCORDANCE_CSV)
def concordance_csv(arguments: Arguments) -> Response:
    """`GET /api/v1/concordance.csv`"""
    asked = str(here().at("/concordance"))

    def answer(index: OpenIndex) -> Response:
        found = read_concordance({**arguments, "limit": (MAX_OCCURRENCES,)}, index)
        name = index.generation.name
        response = Response(_csv(found, asked, name), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="concordance-{name}.csv"'
        return response

    return from_index(arguments, answer)


def _csv(found: Concordance, asked: str, generation: str) -> Iterator[str]:
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


@serves(blueprint, TIMELINE)
def timeline_answer(arguments: Arguments) -> Response:
    """`GET /api/v1/timeline`"""
    texts = [str(text) for text in arguments.get("q", ("",))]
    request = search_request({name: values for name, values in arguments.items() if name != "q"})

    def answer(index: OpenIndex) -> Response:
        found = timeline(texts, request, index, interval=interval_of(arguments, index))
        return as_json(
            {
                **answers.timeline_answer(found, index.generation.name),
                "links": _links(here(), index, "/timeline"),
            }
        )

    return from_index(arguments, answer)


@serves(blueprint, TOGETHER)
def together_answer(arguments: Arguments) -> Response:
    """`GET /api/v1/together`"""
    request = search_request(arguments)
    chosen = answers.together_options(arguments)

    def answer(index: OpenIndex) -> Response:
        found = together(request, index, facets=chosen.facets, size=chosen.size)
        return as_json(
            {
                **answers.together_answer(found, index.generation.name),
                "links": _links(here(), index, "/together"),
            }
        )

    return from_index(arguments, answer)


@serves(blueprint, COVERAGE)
def coverage_answer(arguments: Arguments) -> Response:
    """`GET /api/v1/coverage`"""
    request = search_request(arguments)
    outlets = int(first(arguments, "outlets", COVERAGE.parameters[-1].schema["default"]))

    def answer(index: OpenIndex) -> Response:
        interval = interval_of(arguments, index)
        found = coverage(request, index, interval=interval, outlets=outlets)
        with collection().catalogue() as catalogue:
            taken_in = answers.catalogue_answer(catalogue)
        return as_json(
            {
                **answers.coverage_answer(found, interval, index.generation.name),
                "catalogue": taken_in,
                "links": _links(here(), index, "/coverage"),
            }
        )

    return revalidated(from_index(arguments, answer, cacheable=False))


def _links(view: View, index: OpenIndex, page: str) -> dict[str, str]:
    return {
        "self": str(view),
        "permalink": str(view.setting(generation=index.generation.name)),
        "page": str(view.at(page)),
    }
