"""Dossier endpoints: what people keep, to read; and changes to it.

They need the operator's token or, where people sign in, one of theirs, under whose name it is kept.

`POST /api/v1/dossiers` takes `{"who": …, "changes": […]}`, the changes as `dispatches dossier log
--json` shows them; articles are added by their ids, and passages by their words or offsets: what a
dossier keeps of an article is taken from the index, not from who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from flask import Response, request

from corpus.errors import InvalidParameter
from search import service
from search.dossiers import accounts, changes, keeping
from search.dossiers.changes import Change, State
from search.dossiers.reports import COLUMNS, MEDIA_TYPES, REPORTS, SUFFIXES, report
from search.output.answers import Answer, Count, about
from search.service import OpenIndex
from webui.access.openings import opened
from webui.answering import collection, from_index, hidden, revalidated
from webui.api.endpoint import Endpoint, as_json, bearer, decoded, serves
from webui.arguments import Arguments, Parameter, first
from webui.deciding import allowed, signed
from webui.params import GENERATION
from webui.view.links import API

_BODY = 1_000_000
_DOSSIER = Parameter(
    "dossier", {"type": "string", "maxLength": 200}, "Id or name of a dossier", place="path"
)


class DossierNote(Answer, frozen=True):
    """A note; Markdown, as it was typed."""

    id: str
    text: str
    who: str
    when: str


class DossierPassage(Answer, frozen=True, kw_only=True):
    """A passage that was picked; `start` and `end` are where it stands now."""

    id: str
    exact: str
    prefix: str
    suffix: str
    standing: Annotated[str, about("in_place, moved, edited or lost")]
    now: Annotated[str, about("What stands there now; empty when it is lost")]
    start: Count
    end: Count
    version: Count
    who: str
    when: str
    notes: tuple[DossierNote, ...]


class DossierItem(Answer, frozen=True, kw_only=True):
    """An article of a dossier."""

    place: Count
    id: str
    title: str
    outlet: str
    url: str
    published: str
    collected: str
    version: Count
    original_sha256: str
    state: State
    tags: tuple[str, ...]
    who: str
    when: str
    in_index: Annotated[bool, about("False when it has left the index since it was put in")]
    notes: tuple[DossierNote, ...]
    passages: tuple[DossierPassage, ...]


class Dossier(Answer, frozen=True, kw_only=True):
    """One dossier; in a list, without its articles."""

    id: str
    name: str
    status: changes.Status
    who: str
    when: str
    changed: str
    tags: tuple[str, ...]
    size: Annotated[Count, about("Articles in it, whatever was asked for")]
    unread: Count
    all_tags: Annotated[tuple[str, ...], about("Tags of its articles")]
    notes: tuple[DossierNote, ...]
    items: tuple[DossierItem, ...]
    links: dict[str, str]


class Dossiers(Answer, frozen=True):
    """Every dossier, the one changed last first."""

    dossiers: list[Dossier]
    damaged: Annotated[Count, about("Lines of their file that were set aside")]
    links: dict[str, str]


class Changed(Answer, frozen=True):
    """The ids of changes that were made, in order."""

    changes: list[str]


DOSSIERS = Endpoint(name="dossiers", path="/dossiers", summary="Every dossier", answer=Dossiers)
DOSSIER = Endpoint(
    name="dossier",
    path="/dossiers/{dossier}",
    summary="One dossier",
    parameters=(
        _DOSSIER,
        Parameter("words", {"type": "string", "maxLength": 200}, "Only articles with these words"),
        Parameter("tag", {"type": "string", "maxLength": 60}, "Only articles with this tag"),
        Parameter(
            "state",
            {"type": "string", "enum": [one.value for one in State]},
            "Only articles so far",
        ),
        GENERATION,
    ),
    answer=Dossier,
    may_be_missing=True,
)


@serves(DOSSIERS)
def dossiers(_arguments: Arguments) -> Response:
    """`GET /api/v1/dossiers`"""
    found = collection().dossiers()
    listed = [_answer(accounts.account_of(one)) for one in found.all()]
    links = {"self": f"{API}/dossiers", "page": "/dossiers"}
    return revalidated(as_json(Dossiers(listed, len(found.damaged), links)))


@serves(DOSSIER)
def dossier(arguments: Arguments) -> Response:
    """`GET /api/v1/dossiers/{dossier}`"""
    found = collection().dossiers().dossier(str(first(arguments, "dossier")))

    def answer(index: OpenIndex) -> Response:
        account = accounts.account_of(
            found,
            index,
            words=str(first(arguments, "words")),
            tag=str(first(arguments, "tag")),
            state=str(first(arguments, "state")),
        )
        return as_json(_answer(account))

    return revalidated(from_index(arguments, answer, cacheable=False))


def _answer(account: accounts.Account) -> Dossier:
    links = {
        "self": f"{API}/dossiers/{account.id}",
        "page": f"/dossiers/{account.id}",
        **{form: f"{API}/dossiers/{account.id}/report.{form}" for form in REPORTS},
    }
    return msgspec.convert(asdict(account) | {"links": links}, Dossier)


REPORT_ENDPOINTS = {
    form: Endpoint(
        name=f"dossier_report_{form}",
        path=f"/dossiers/{{dossier}}/report.{form}",
        summary=f"A report of one dossier as {form}, to be saved",
        parameters=(_DOSSIER,),
        media_type=MEDIA_TYPES[form].partition(";")[0],
        columns=COLUMNS if form == "csv" else (),
        may_be_missing=True,
    )
    for form in REPORTS
}


def _reporter(form: str) -> Callable[[Arguments], Response]:
    """`GET /api/v1/dossiers/{dossier}/report.{form}`"""

    def view(arguments: Arguments) -> Response:
        found = collection().dossiers().dossier(str(first(arguments, "dossier")))

        def answer(index: OpenIndex) -> Response:
            opened(found.items)
            response = Response(report(form, found, index), content_type=MEDIA_TYPES[form])
            name = f"dossier-{found.dossier_id}.{SUFFIXES.get(form, form)}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response

        return revalidated(from_index({}, answer, cacheable=False))

    return view


for _form, _endpoint in REPORT_ENDPOINTS.items():
    serves(_endpoint)(_reporter(_form))


class DossierChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Changes in the order to make them, each as `dispatches dossier log --json` shows it."""

    changes: list[dict[str, Any]]
    who: Annotated[str, about("Who changes them, where nobody signs in")] = ""


CHANGE_DOSSIERS = Endpoint(
    name="change_dossiers",
    path="/dossiers",
    summary="Change dossiers: all of some changes are made, or none",
    answer=Changed,
    body="application/json",
    body_about="Changes; what is kept of an article is taken from the index",
    body_type=DossierChanges,
    sends='{"who": "Ana", "changes": [{"action": "create", "name": "Bridges"}]}',
    success=HTTPStatus.CREATED,
)


@serves(CHANGE_DOSSIERS)
def change_dossiers(_arguments: Arguments) -> Response:
    """`POST /api/v1/dossiers`"""
    leave = allowed(bearer())
    request.max_content_length = _BODY
    asked = decoded(DossierChanges)
    try:
        with collection().index() as index:
            made = [_change(one, index) for one in asked.changes]
    except msgspec.ValidationError as error:
        raise InvalidParameter(
            f"the body is none: {error}", where="body", advice="See docs/dossiers.md"
        ) from None
    kept = keeping.keep(leave.dossiers_file, signed(asked.who), *made, hidden=hidden())
    answer = as_json(Changed([one.id for one in kept]))
    answer.status_code = HTTPStatus.CREATED
    return answer


def _change(asked: dict[str, Any], index: OpenIndex) -> Change:
    """A change of a script, with what the index knows of its articles.

    Raises:
        msgspec.ValidationError: it is none.
        ArticleNotFound: an article is not in the index.
    """
    action = asked.get("action")
    if action == "add":
        ids = msgspec.convert(asked.get("articles"), list[str])
        references = [keeping.reference_to(service.article(one, index)) for one in ids]
        asked = asked | {"articles": msgspec.to_builtins(references)}
    elif action == "quote":
        article = service.article(msgspec.convert(asked.get("article"), str), index)
        span = msgspec.convert(asked.get("span"), tuple[int, int] | None)
        words = msgspec.convert(asked.get("exact", ""), str)
        passage = keeping.passage_in(article, words=words, span=span)
        rest = {
            name: one for name, one in asked.items() if name not in {"article", "span", "exact"}
        }
        asked = rest | {"passage": msgspec.to_builtins(passage)}
    if {"who", "when"} & set(asked):
        raise msgspec.ValidationError("who and when are not a change's to say")
    change: Change = msgspec.convert(asked, Change)
    return change
