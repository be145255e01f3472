"""Watch: kept questions for scripts, and what is new to each since it was looked at last.

`POST /api/v1/watch` keeps one, renames it, remembers that its news were seen, or drops it. It needs
what changing dossiers does. What was done already is done again without a second line.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from flask import Response, request

from corpus.errors import InvalidParameter
from indexer.document import IndexDocument
from search.dossiers.keeping import reference_to
from search.dossiers.standing import questions
from search.output.answers import Answer, Count, about
from search.service import OpenIndex
from webui.answering import collection, from_index, revalidated
from webui.api.endpoint import Endpoint, as_json, bearer, decoded, serves
from webui.arguments import Arguments, first, read
from webui.deciding import allowed, signed
from webui.params import SINCE, STANDING
from webui.view import standing_account
from webui.view.links import API, twin_of
from webui.view.standing_account import Kept

_BODY = 100_000


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


class QuestionChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One change of kept questions."""

    action: Annotated[
        Literal["keep", "rename", "look", "drop"],
        about("`look` remembers that its news were seen; `drop` asks it no more"),
    ]
    name: Annotated[
        str, msgspec.Meta(max_length=questions.MAX_NAME), about("Under which it is kept")
    ]
    question: Annotated[
        dict[str, str | list[str]],
        about("For `keep`: parameters of `/api/v1/search`, `q` and all that narrow"),
    ] = {}
    from_now: Annotated[bool, about("For `keep`: what it finds today is no news")] = False
    to: Annotated[
        str, msgspec.Meta(max_length=questions.MAX_NAME), about("For `rename`: its new name")
    ] = ""
    generation: Annotated[
        str,
        msgspec.Meta(max_length=100),
        about("For `look`: that whose news were seen, as `/api/v1/watch/news` named it"),
    ] = ""
    who: Annotated[
        str, msgspec.Meta(max_length=100), about("Who changes it, where nobody signs in")
    ] = ""


class QuestionChanged(Answer, frozen=True):
    """The name that the question has, or had until it was dropped."""

    name: str
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

CHANGE = Endpoint(
    name="change_watch",
    path="/watch",
    summary="Keep a question, rename it, remember that its news were seen, or drop it",
    answer=QuestionChanged,
    body="application/json",
    body_about="One change; what was done already is not done twice",
    body_type=QuestionChange,
    sends='{"who": "Ana", "action": "keep", "name": "bridges", "question": {"q": "bridge"}}',
    success=HTTPStatus.CREATED,
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


@serves(CHANGE)
def change(_arguments: Arguments) -> Response:
    """`POST /api/v1/watch`"""
    allowed(bearer())
    request.max_content_length = _BODY
    asked = decoded(QuestionChange)
    path, who = collection().questions, signed(asked.who).strip()
    if not who:
        raise InvalidParameter("nobody said whose change it is", where="who", advice="Sign it")
    _refuse_idle(asked)
    match asked.action:
        case "drop":
            questions.drop(path, who, asked.name)
        case "rename":
            questions.rename(path, who, asked.name, asked.to)
        case "look":
            with collection().index(asked.generation) as index:
                standing_account.look(path, who, asked.name, index)
        case "keep":
            given = [
                (name, one)
                for name, values in asked.question.items()
                for one in ([values] if isinstance(values, str) else values)
            ]
            arguments = read(given, standing_account.ASKED)
            with collection().index() as index:
                standing_account.keep(
                    path, who, asked.name, arguments, index, from_now=asked.from_now
                )
    name = asked.to or asked.name
    links = {"watch": f"{API}/watch"}
    if asked.action != "drop":
        links["news"] = str(twin_of(standing_account.page_of(name)))
    answer = as_json(QuestionChanged(name, links))
    answer.status_code = HTTPStatus.CREATED
    return answer


def _refuse_idle(asked: QuestionChange) -> None:
    """
    Raises:
        InvalidParameter: it says what its action makes nothing of, or lacks what it needs.
    """
    of_each = {"question": "keep", "from_now": "keep", "to": "rename", "generation": "look"}
    for field, action in of_each.items():
        if getattr(asked, field) and asked.action != action:
            raise InvalidParameter(
                f"{asked.action!r} makes nothing of it",
                where=field,
                advice=f"Leave it out, or was {action!r} meant?",
            )
    for field, action in (("to", "rename"), ("generation", "look")):
        if asked.action == action and not getattr(asked, field):
            raise InvalidParameter(f"{action!r} needs it", where=field, advice=f"Give {field}")


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
