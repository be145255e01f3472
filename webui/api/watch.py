"""Watch: kept questions for scripts, and what is new to each since it was looked at last."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Response

from indexer.document import IndexDocument
from search.dossiers.keeping import reference_to
from search.dossiers.standing import questions
from search.output.answers import Answer, Count, about
from search.service import OpenIndex
from webui.answering import collection, from_index, revalidated
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, first
from webui.params import SINCE, STANDING
from webui.view import standing_account
from webui.view.links import API, twin_of
from webui.view.standing_account import Kept


class KeptQuestion(Answer, frozen=True, kw_only=True):
    """A question that is asked again and again."""

    name: str
    query: str
    looked: Annotated[str, about("When it was looked at last; empty before the first time")]
    found: Annotated[Count, about("What it finds now")]
    seen: Annotated[Count, about("What it found at the last look")]
    links: dict[str, str]


class KeptQuestions(Answer, frozen=True):
    """Every kept question, in the order in which they were kept."""

    questions: list[KeptQuestion]
    damaged: Annotated[Count, about("Lines of their file that were set aside")]
    links: dict[str, str]


class NewsItem(Answer, frozen=True, kw_only=True):
    """One article of a question."""

    id: str
    version: Count
    title: str
    outlet: str
    url: str
    published: Annotated[str, about("Empty where it is not known")]
    collected: str


class QuestionNews(Answer, frozen=True, kw_only=True):
    """What a question finds otherwise than before, whenever it was published."""

    question: KeptQuestion
    generation: str
    since: Annotated[
        str, about("What it is compared with: a generation, or a time; empty for the last look")
    ]
    left_since: Annotated[
        str,
        about(
            "The generation, or the time of the look, that tells what was found before; where it is"
            " empty nothing does, and `left` is empty"
        ),
    ]
    came: list[NewsItem]
    changed: Annotated[list[NewsItem], about("In another version than then")]
    left: Annotated[list[str], about("Ids of articles that it finds no more")]
    links: dict[str, str]


WATCH = Endpoint(name="watch", path="/watch", summary="Kept questions", answer=KeptQuestions)
NEWS = Endpoint(
    name="watch_news",
    path="/watch/news",
    summary="What is new to a kept question",
    parameters=(STANDING, SINCE),
    answer=QuestionNews,
    may_be_missing=True,
    example="?name={name}",
)


@serves(WATCH)
def watch(_arguments: Arguments) -> Response:
    """`GET /api/v1/watch`"""
    kept, damaged = collection().standing()

    def answer(index: OpenIndex) -> Response:
        told = [_question(standing_account.kept(one, index)) for one in kept.values()]
        links = {"self": f"{API}/watch", "page": "/watch"}
        return as_json(KeptQuestions(told, len(damaged), links))

    return revalidated(from_index({}, answer, cacheable=False))


@serves(NEWS)
def news(arguments: Arguments) -> Response:
    """`GET /api/v1/watch/news?name=NAME&since=TIME`"""
    kept, _ = collection().standing()
    standing = questions.named(kept, str(first(arguments, STANDING.name)))
    since = str(first(arguments, SINCE.name))

    def answer(index: OpenIndex) -> Response:
        found = standing_account.told(standing, index, since=since)
        page = found.kept.page
        return as_json(
            QuestionNews(
                question=_question(found.kept),
                generation=found.news.generation,
                since=found.news.since,
                left_since=found.news.left_since,
                came=[_item(one) for one in found.news.came],
                changed=[_item(one) for one in found.news.changed],
                left=list(found.news.left),
                links={"self": str(twin_of(page)), "page": str(page)},
            )
        )

    return revalidated(from_index({}, answer, cacheable=False))


def _question(kept: Kept) -> KeptQuestion:
    links = {
        "news": str(twin_of(kept.page)),
        "search": str(twin_of(kept.search)),
        "page": str(kept.page),
        "atom": str(kept.feed),
        "feed": str(kept.json_feed),
    }
    return KeptQuestion(
        name=kept.name,
        query=kept.query,
        looked=kept.looked,
        found=kept.found,
        seen=kept.seen,
        links=links,
    )


def _item(document: IndexDocument) -> NewsItem:
    return msgspec.convert(reference_to(document), NewsItem, from_attributes=True)
