"""Watch pages: kept questions, what is new to each, and forms for who knows the token.

New is what a question did not find at the last look, whenever it was published; so the feed of one
is in the order of collection, too.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import InvalidParameter
from search.dossiers.standing import questions
from search.service import OpenIndex
from webui.answering import collection, from_index, here, page, pairs, revalidated
from webui.arguments import first, read
from webui.deciding import allowed, changing, signed
from webui.params import NARROWING, ORDERING, SINCE, STANDING
from webui.view import standing_account
from webui.view.links import View, twin_of

blueprint = Blueprint("watch_pages", __name__)

_BODY = 100_000


@blueprint.get("/watch")
def watch() -> Response:
    """Every kept question; with a question in the address, a form to keep that one."""
    arguments = read(pairs(), (*NARROWING, *ORDERING))
    kept, damaged = collection().standing()

    def answer(index: OpenIndex) -> Response:
        view = here()
        return page(
            "watch.html",
            questions=[standing_account.kept(one, index) for one in kept.values()],
            damaged=len(damaged),
            changing=changing(),
            asked=view.without("generation").at("/search") if arguments else None,
            twin=twin_of(view.only()),
        )

    return revalidated(from_index({}, answer, cacheable=False))


@blueprint.get("/watch/news")
def news() -> Response:
    """What came, changed or left since one question was looked at last, or since another time."""
    arguments = read(pairs(), (STANDING, SINCE))
    kept, _ = collection().standing()
    standing = questions.named(kept, str(first(arguments, STANDING.name)))
    since = str(first(arguments, SINCE.name))

    def answer(index: OpenIndex) -> Response:
        told = standing_account.told(standing, index, since=since)
        return page(
            "news.html",
            kept=told.kept,
            news=told.news,
            generations=standing_account.generations(index),
            changing=changing(),
            twin=twin_of(told.kept.page),
        )

    return revalidated(from_index({}, answer, cacheable=False))


@blueprint.post("/watch")
def keep() -> AnyResponse:
    """Keeps a question, calls it otherwise, remembers that its news were seen, or drops it."""
    request.max_content_length = _BODY
    form = request.form
    allowed(form.get("token", ""))
    who, name = signed(form.get("who", "")).strip(), form.get("name", "").strip()
    if not who:
        raise InvalidParameter("nobody said whose change it is", where="who", advice="Sign it")
    path = collection().questions
    if form.get("do") == "drop":
        questions.drop(path, who, name)
        return redirect("/watch", HTTPStatus.SEE_OTHER)
    if form.get("do") == "rename":
        questions.rename(path, who, name, form.get("to", "").strip())
        return redirect("/watch", HTTPStatus.SEE_OTHER)
    if form.get("do") == "seen":
        with collection().index(form.get("generation", "")) as index:
            standing_account.look(path, who, name, index)
        return redirect("/watch", HTTPStatus.SEE_OTHER)
    asked = View.of("/search", parse_qsl(form.get("asked", "")))
    arguments = read(asked.without("generation").pairs, standing_account.ASKED)
    from_now = bool(form.get("from_now"))
    with collection().index() as index:
        standing_account.keep(path, who, name, arguments, index, from_now=from_now)
    return redirect("/watch", HTTPStatus.SEE_OTHER)
