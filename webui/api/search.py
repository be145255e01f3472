"""Search endpoints: hits, the values of one facet, type-ahead, and what is being searched."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import msgspec
from flask import Response

from indexer.entities.types import EntityKind
from search import service
from search.help.suggestions import suggest as suggestions
from search.output import answers
from search.output.answers import Answer, Count, Generation, about
from search.output.exports import FORMATS
from search.request import FacetRequest
from search.result import Facet, SearchResult
from search.service import OpenIndex
from webui import params
from webui.answering import from_index, here
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import how_many_related, search_request
from webui.view.chosen_filters import toggles
from webui.view.links import API, View, page_of

Links = dict[str, str | None]
"""Where the same is told otherwise, by what stands there."""


class FacetValue(answers.FacetValue, frozen=True, kw_only=True):
    """One value of a facet."""

    url: str


class SearchAnswer(answers.SearchAnswer[FacetValue], frozen=True, kw_only=True):
    """One page of hits, with counts."""

    links: Links


class FacetPage(Answer, frozen=True):
    """Values of one facet, most frequent first."""

    facet: str
    distinct: Count
    about: Annotated[bool, about("Whether `distinct` and the counts of rare values are estimated")]
    offset: Count
    values: list[FacetValue]
    total: Count
    index: Generation
    links: Links


class Suggestion(Answer, frozen=True):
    """A name or a word that starts so."""

    kind: str
    text: str
    articles: Count
    id: str | None


class Suggestions(Answer, frozen=True):
    """What may be meant, best first."""

    suggestions: list[Suggestion]
    index: Generation


class Index(Answer, frozen=True):
    """What is being searched."""

    generation: str
    built_at: str
    articles: Count
    versions: dict[str, str]


SEARCH = Endpoint(
    name="search",
    path="/search",
    summary="Find articles: one page of hits, with counts",
    parameters=params.SEARCH,
    answer=SearchAnswer,
    example="?q=ceasefire&facet=person,date:month&limit=5",
)
FACET = Endpoint(
    name="facet",
    path="/facets/{field}",
    summary="All values of one facet, counted over a search, by pages",
    parameters=(params.FIELD, *params.FACET_VALUES),
    answer=FacetPage,
    example="?facet_size=10",
)
SUGGEST = Endpoint(
    name="suggest",
    path="/suggest",
    summary="Type-ahead: names and words that start so",
    parameters=(
        Parameter("q", {"type": "string", "maxLength": 100}, "What was typed so far"),
        Parameter(
            "kind",
            {"type": "string", "enum": [kind.value for kind in EntityKind]},
            "Only entities of this kind",
        ),
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 50, "default": 10},
            "At most so many",
        ),
    ),
    answer=Suggestions,
    example="?q=ce",
)
INDEX = Endpoint(
    name="index",
    path="/index",
    summary="What is being searched: generation, counts, versions",
    answer=Index,
)


@serves(SEARCH)
def search(arguments: Arguments) -> Response:
    """`GET /api/v1/search`"""
    request = replace(search_request(arguments), related=how_many_related(arguments))
    fields = [str(name) for name in arguments.get("fields", answers.ITEM_FIELDS)]

    def answer(index: OpenIndex) -> Response:
        result = service.search(request, index)
        return as_json(_search_answer(result, here(), fields))

    return from_index(arguments, answer)


def _search_answer(result: SearchResult, view: View, fields: list[str]) -> SearchAnswer:
    question = view.without("facet_q")
    whole = answers.search_answer(result, fields, values=lambda facet: _values(facet, question))
    return SearchAnswer(**msgspec.structs.asdict(whole), links=_links(result, view))


def _values(facet: Facet, question: View) -> list[FacetValue]:
    """The counted values of a facet, each with the address that adds or removes it."""
    return [
        FacetValue(
            count.value,
            count.label,
            count.count,
            answers.selected(count),
            answers.within(count),
            url=url,
        )
        for count, url in toggles(facet, question)
    ]


def _links(result: SearchResult, view: View) -> Links:
    """Where the same question is answered in another form."""
    whole = view.without("cursor", "limit", "fields", "highlight", "facet", "facet_size", "facet_q")
    cursor = result.next_cursor
    return {
        "self": str(view),
        "permalink": str(view.setting(generation=result.generation)),
        "page": str(page_of(whole)),
        "next": str(view.following(cursor)) if cursor else None,
        **{form: str(whole.at(f"{API}/export.{form}")) for form in FORMATS},
        "atom": str(whole.without("sort").at("/feed.atom")),
    }


@serves(FACET)
def facet(arguments: Arguments) -> Response:
    """`GET /api/v1/facets/{field}`"""
    field = str(arguments["field"][0])
    asked = FacetRequest(
        field,
        size=int(first(arguments, "facet_size", 20)),
        contains=str(first(arguments, "facet_q")),
        offset=int(first(arguments, "offset", 0)),
    )
    request = replace(search_request(arguments), facets=(asked,), limit=1, highlight=False)

    def answer(index: OpenIndex) -> Response:
        result = service.search(request, index)
        counted = result.facets[field]
        view = here()
        more = asked.offset + asked.size
        following = view.setting(offset=more) if more < counted.distinct else None
        question = view.without("facet_size", "facet_q", "offset").at(f"{API}/search")
        return as_json(
            FacetPage(
                facet=field,
                distinct=counted.distinct,
                about=field in result.about,
                offset=asked.offset,
                values=_values(counted, question),
                total=result.total,
                index=Generation(result.generation),
                links={
                    "self": str(view),
                    "permalink": str(view.setting(generation=result.generation)),
                    "page": str(page_of(view.without("facet_size", "offset"))),
                    "next": str(following) if following else None,
                },
            )
        )

    return from_index(arguments, answer)


@serves(SUGGEST)
def suggest(arguments: Arguments) -> Response:
    """`GET /api/v1/suggest`"""
    kind = first(arguments, "kind")

    def answer(index: OpenIndex) -> Response:
        found = suggestions(
            str(first(arguments, "q")),
            index,
            kind=EntityKind(str(kind)) if kind else None,
            limit=int(first(arguments, "limit", 10)),
        )
        return as_json(
            Suggestions(
                [Suggestion(one.kind, one.text, one.articles, one.id or None) for one in found],
                Generation(index.generation.name),
            )
        )

    return from_index(arguments, answer)


@serves(INDEX)
def describe_index(arguments: Arguments) -> Response:
    """`GET /api/v1/index`"""

    def answer(index: OpenIndex) -> Response:
        manifest = index.generation.manifest
        return as_json(
            Index(
                index.generation.name,
                manifest.built_at,
                index.engine.articles,
                dict(manifest.versions),
            )
        )

    return from_index(arguments, answer)
