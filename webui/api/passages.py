"""Passage endpoints: some paragraphs of an article, and how an article or one of them is cited."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Response

from corpus.errors import InvalidParameter
from indexer.document import IndexDocument
from search import service
from search.dossiers.citing import paragraph_of, paragraphs
from search.output import answers
from search.output.answers import Answer, Count, Generation, PartialDate, about
from search.output.formats.csl import csl_item
from search.service import OpenIndex
from webui.answering import from_index, here
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import GENERATION
from webui.view import citations
from webui.view.links import page_of

_ARTICLE_ID = Parameter(
    "article_id",
    {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
    "Public id of an article",
    place="path",
)
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 1_000_000}


class Passage(Answer, frozen=True, kw_only=True):
    """Neighboring paragraphs of an article, with what a quotation must say of it."""

    id: str
    version: Count
    url: str | None
    title: str
    outlet: str
    language: str
    bylines: tuple[str, ...]
    published: PartialDate | None
    modified: PartialDate | None
    collected: PartialDate
    flags: Annotated[tuple[str, ...], about("Doubts about the reading of the page")]
    first: Annotated[Count, about("The first paragraph given, counted from 1")]
    last: Count
    of: Annotated[Count, about("How many paragraphs the article has")]
    start: Annotated[
        Count, about("Where the passage begins in the article's `text`, in characters")
    ]
    end: Annotated[Count, about("Where it ends, excluded")]
    paragraphs: list[str]
    original: answers.ArticleOriginal
    index: Generation
    links: dict[str, str]


class Style(Answer, frozen=True):
    """A citation as one style writes it."""

    style: str
    text: str


class Citations(Answer, frozen=True, kw_only=True):
    """How an article, or one paragraph of it, is cited."""

    id: str
    version: Count
    paragraph: Annotated[Count | None, about("Null for the whole article")]
    quotation: Annotated[str | None, about("The paragraph's words; null for the whole article")]
    styles: list[Style]
    csl: Annotated[dict[str, Any], about("The article as an item of CSL-JSON")]
    flags: Annotated[tuple[str, ...], about("Doubts about the reading of the page")]
    original: answers.ArticleOriginal
    index: Generation
    links: dict[str, str]


PARAGRAPHS = Endpoint(
    name="paragraphs",
    path="/articles/{article_id}/paragraphs/{paragraph}",
    summary="One paragraph of an article, or several that follow each other",
    parameters=(
        _ARTICLE_ID,
        Parameter("paragraph", _NUMBER, "The first one, counted from 1", place="path"),
        Parameter("to", _NUMBER, "The last one; the first alone when left out"),
        GENERATION,
    ),
    answer=Passage,
    may_be_missing=True,
    example="?to=2",
)
CITATIONS = Endpoint(
    name="citations",
    path="/articles/{article_id}/citations",
    summary="How an article, or a paragraph of it, is cited: four styles and CSL-JSON",
    parameters=(
        _ARTICLE_ID,
        Parameter("paragraph", _NUMBER, "The paragraph that is cited, counted from 1"),
        GENERATION,
    ),
    answer=Citations,
    may_be_missing=True,
    example="?paragraph=1",
)


@serves(PARAGRAPHS)
def passage(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/paragraphs/{paragraph}`"""
    begin = int(first(arguments, "paragraph"))
    to = int(first(arguments, "to", begin))
    if to < begin:
        raise InvalidParameter(
            f"the passage ends ({to}) before it begins ({begin})",
            where="to",
            advice="Exchange the two numbers",
        )

    def answer(index: OpenIndex) -> Response:
        document = service.article(str(first(arguments, "article_id")), index)
        return as_json(_passage(document, begin, to, index.generation.name))

    return from_index(arguments, answer)


def _passage(document: IndexDocument, begin: int, to: int, generation: str) -> Passage:
    paragraph_of(document, begin)  # that it is there
    every = paragraphs(document.text)
    chosen = every[begin - 1 : to]
    start = _start(document.text, begin)
    end = start
    for paragraph in chosen:
        end = document.text.index(paragraph, end) + len(paragraph)
    view = here()
    return Passage(
        id=document.article_id,
        version=document.version,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        language=document.language,
        bylines=document.bylines,
        published=PartialDate.maybe(document.published),
        modified=PartialDate.maybe(document.modified),
        collected=PartialDate.of(document.collected),
        flags=document.flags,
        first=begin,
        last=begin + len(chosen) - 1,
        of=len(every),
        start=start,
        end=end,
        paragraphs=chosen,
        original=answers.ArticleOriginal(document.original_sha256),
        index=Generation(generation),
        links={
            "self": str(view),
            "page": str(page_of(view.without("to"))),
            "permalink": str(view.setting(generation=generation)),
        },
    )


def _start(text: str, number: int) -> int:
    """Where a paragraph, counted from 1, begins in a text."""
    start = 0
    for block in text.split("\n\n"):
        number -= bool(block.strip())
        if not number:
            break
        start += len(block) + 2
    return start


@serves(CITATIONS)
def cited_as(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/citations`"""
    number = int(first(arguments, "paragraph", 0))

    def answer(index: OpenIndex) -> Response:
        document = service.article(str(first(arguments, "article_id")), index)
        words = paragraph_of(document, number) if number else None
        page = f"/articles/{document.article_id}{f'/paragraphs/{number}' if number else ''}"
        return as_json(
            Citations(
                id=document.article_id,
                version=document.version,
                paragraph=number or None,
                quotation=words,
                styles=[
                    Style(one.style, one.text)
                    for one in citations.citations(document, paragraph=number)
                ],
                csl=csl_item(document),
                flags=document.flags,
                original=answers.ArticleOriginal(document.original_sha256),
                index=Generation(index.generation.name),
                links={
                    "self": str(here()),
                    "page": page,
                    "permalink": str(here().setting(generation=index.generation.name)),
                },
            )
        )

    return from_index(arguments, answer)
