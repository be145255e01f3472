"""Evidence page: a package of a dossier, a result or an article, made in the browser.

It holds originals and may be signed with the collection's key, so the operator alone makes one. It
is made while it is sent, as exports are; what is cut off is no ZIP file, and its manifests lack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import InvalidParameter
from search import service
from search.output.evidence import signing
from search.output.evidence.choosing import (
    DEFAULT_LIMIT,
    Chosen,
    of_articles,
    of_dossier,
    of_question,
)
from search.output.evidence.package import Order, pieces
from search.output.evidence.redaction import Redaction
from search.service import OpenIndex
from webui.access.openings import opened
from webui.access.roles import Role
from webui.answering import collection, here, hidden, page, pairs
from webui.arguments import Arguments, read
from webui.deciding import allowed, changing, key_of, signed
from webui.locale.languages import marked
from webui.params import NARROWING, ORDERING, search_request
from webui.view.links import View

blueprint = Blueprint("evidence_pages", __name__)

_BODY = 500_000
_NAMES = 1_000
"""Names that one package may withhold."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a package is asked for.

    Attributes:
        articles: how many it will hold.
        back: the address that led here.
        choose: what goes in, for who asks.
    """

    name: str
    articles: int
    back: View
    choose: Callable[[str], Chosen]


@blueprint.route("/dossiers/<dossier>/evidence", methods=["GET", "POST"])
def of_a_dossier(dossier: str) -> AnyResponse:
    """A dossier in its order, with passages, notes and changes."""
    read(pairs(), ())
    kept = collection().dossiers()
    found = kept.dossier(dossier)
    back = View(f"/dossiers/{found.dossier_id}")

    def asked(index: OpenIndex) -> _Asked:
        def chosen(_who: str) -> Chosen:
            whole = of_dossier(kept, found, index)
            return replace(whole, lines="") if hidden() else whole  # they name what is hidden

        return _Asked(found.name, len(found.items), back, chosen)

    return _answered(asked)


@blueprint.route("/articles/<article_id>/evidence", methods=["GET", "POST"])
def of_an_article(article_id: str) -> AnyResponse:
    """One article."""
    read(pairs(), ())
    back = View(f"/articles/{article_id}")

    def asked(index: OpenIndex) -> _Asked:
        title = service.article(article_id, index).title
        return _Asked(title, 1, back, lambda who: of_articles([article_id], who, index))

    return _answered(asked)


@blueprint.route("/evidence", methods=["GET", "POST"])
def of_a_result() -> AnyResponse:
    """Everything that a question finds."""
    arguments: Arguments = read(pairs(), (*NARROWING, *ORDERING))
    question, back = search_request(arguments), here().at("/search")

    def asked(index: OpenIndex) -> _Asked:
        total = service.count(question, index)
        name = question.text or marked("Everything")
        return _Asked(
            name, total, back, lambda who: of_question(question, who, index, limit=DEFAULT_LIMIT)
        )

    return _answered(asked, str(arguments.get("generation", ("",))[0]))


def _answered(asked: Callable[[OpenIndex], _Asked], generation: str = "") -> AnyResponse:
    """The form, or the package that was asked for by it."""
    if request.method == "POST":
        return _made(asked, generation)
    with collection().index(generation) as index:
        wanted = asked(index)
    return page(
        "evidence.html",
        view=here(),
        wanted=wanted,
        most=DEFAULT_LIMIT,
        may_make=changing(Role.OPERATOR),
        can_sign=key_of() is not None,
    )


def _made(asked: Callable[[OpenIndex], _Asked], generation: str) -> Response:
    request.max_content_length = _BODY
    form = request.form
    allowed(form.get("token", ""))
    who = signed(form.get("who", "")).strip()
    if not who:
        raise InvalidParameter("nobody is named", where="who", advice="Say who makes it")
    names = [line.partition("#")[0] for line in form.get("withheld", "").splitlines()]
    if len(names) > _NAMES:
        raise InvalidParameter(
            f"{len(names):,} names are too many",
            where="withheld",
            advice=f"Give {_NAMES:,} at most",
        )
    redaction = Redaction(names)
    wanted = form.get("originals", "")
    key = key_of() if form.get("sign") else None
    if key is not None:
        signing.public_pem(key)  # an error is said before anything is sent
    kept = collection()
    with kept.index(generation) as index:
        found = asked(index)
        if found.articles > DEFAULT_LIMIT:
            raise InvalidParameter(
                f"{found.articles:,} articles are too many for one package",
                where="article",
                advice=f"Narrow it to {DEFAULT_LIMIT:,}, or use `dispatches evidence --limit`",
            )
        chosen = found.choose(who)
        opened(item.id for item in chosen.account.items)
        order = Order(
            chosen=chosen,
            who=who,
            generation=index.generation.name,
            redaction=redaction,
            originals=wanted == "yes" or (not redaction and wanted != "no"),
            key=key,
        )

    def sent() -> Iterator[bytes]:
        with kept.catalogue() as catalogue:
            yield from pieces(order, catalogue)

    response = Response(sent(), mimetype="application/zip")
    name = "-".join(re.findall(r"[a-z0-9]+", found.name.lower())[:6]) or "package"
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{name}.zip"'
    return response
