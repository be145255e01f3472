"""Dossier pages: what people keep, to read, and forms to change it with the operator's token.

One form a page: whichever of its buttons is pressed says what is to be done, so that all works
without JavaScript and the token is typed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import InvalidParameter
from search import service
from search.dossiers import changes, keeping
from search.dossiers.accounts import account_of
from search.dossiers.changes import Change, State, Status, tags_of
from search.dossiers.replay import Dossier
from search.dossiers.reports import REPORTS
from search.service import OpenIndex
from search.serving.paging import every_hit
from webui.answering import collection, from_index, here, hidden, page, pairs, revalidated
from webui.arguments import Parameter, first, read
from webui.deciding import allowed, changing, signed
from webui.params import GENERATION, NARROWING, ORDERING, search_request
from webui.view.links import API, View, twin_of

blueprint = Blueprint("dossier_pages", __name__)

_BODY = 500_000
_SHOWN = 100
"""Articles of a dossier on one page."""
_CHANGES = 50
_ANALYSES = ("search", "timeline", "map", "coverage", "together", "concordance")
"""Pages that a dossier's articles can be looked at on, as those of a question."""
_FIELDS = (
    Parameter("words", {"type": "string", "maxLength": 200}, "Only articles with these words"),
    Parameter("tag", {"type": "string", "maxLength": 60}, "Only articles with this tag"),
    Parameter("state", {"type": "string", "enum": [one.value for one in State]}, "Only these"),
    Parameter("offset", {"type": "integer", "minimum": 0, "maximum": 10_000}, "Where to begin"),
    GENERATION,
)
_Form = MultiDict[str, str]


@blueprint.get("/dossiers")
def dossiers() -> Response:
    """Every dossier, the one changed last first."""
    read(pairs(), ())
    found = collection().dossiers()
    return revalidated(
        page(
            "dossiers.html",
            dossiers=[account_of(one) for one in found.all()],
            damaged=len(found.damaged),
            changing=changing(),
            twin=f"{API}/dossiers",
        )
    )


@blueprint.get("/dossiers/<dossier>")
def dossier(dossier: str) -> AnyResponse:
    """One dossier, its articles in their order."""
    given = read(pairs(), _FIELDS)
    kept = collection().dossiers()
    found = kept.dossier(dossier)
    if found.dossier_id != dossier:
        return redirect(str(here().at(f"/dossiers/{found.dossier_id}")))
    offset = int(first(given, "offset", 0))

    def answer(index: OpenIndex) -> Response:
        view = here()
        account = account_of(
            found,
            index,
            words=str(first(given, "words")),
            tag=str(first(given, "tag")),
            state=str(first(given, "state")),
        )
        more = len(account.items) > offset + _SHOWN
        return page(
            "dossier.html",
            view=view,
            account=account,
            items=account.items[offset : offset + _SHOWN],
            previous=str(view.setting(offset=max(offset - _SHOWN, 0))) if offset else "",
            following=str(view.setting(offset=offset + _SHOWN)) if more else "",
            history=[
                (one, one.id in kept.undone, changes.plain(one.change)["action"])
                for one in reversed(kept.of(found.dossier_id)[-_CHANGES:])
            ],
            reports=[(form, f"{API}/dossiers/{account.id}/report.{form}") for form in REPORTS],
            analyses=_ANALYSES,
            states=[one.value for one in State],
            changing=changing(),
            twin=str(twin_of(view.without("offset"))),
            narrowed=any(name in given for name in ("words", "tag", "state")),
        )

    return revalidated(from_index(given, answer, cacheable=False))


@blueprint.post("/dossiers")
def begin() -> AnyResponse:
    """Begins a dossier."""
    leave, form = _signed()
    (made,) = keeping.keep(
        leave, signed(form.get("who", "")), changes.Create(name=form.get("name", ""))
    )
    return redirect(f"/dossiers/{made.id}", HTTPStatus.SEE_OTHER)


@blueprint.post("/dossiers/pick")
def pick() -> AnyResponse:
    """Puts articles into a dossier: those that were picked, or all of a result."""
    leave, form = _signed()
    who, target = signed(form.get("who", "")), form.get("dossier", "")
    name = form.get("name", "").strip()
    with collection().index() as index:
        if form.get("all"):
            asked = read(View.of("/", _asked(form.get("asked", ""))).pairs, (*NARROWING, *ORDERING))
            hits = every_hit(search_request(asked), index, limit=changes.MAX_ARTICLES + 1)
            documents = [hit.document for hit in hits]
        else:
            documents = [service.article(one, index) for one in form.getlist("article")]
    if not documents:
        raise InvalidParameter("no article was picked", where="article", advice="Tick some")
    words = form.get("words", "").strip()
    passage = keeping.passage_in(documents[0], words=words) if words else None
    references = [keeping.reference_to(document) for document in documents]
    made: list[Change] = [changes.Create(name=name)] if name else []
    made += keeping.adding(name or target, references)
    if passage is not None:
        made.append(changes.Quote(dossier=name or target, passage=passage))
    kept = keeping.keep(leave, who, *made, hidden=hidden())
    target = kept[-1].change.dossier
    about = documents[0].article_id if passage is None else kept[-1].id
    if note := form.get("note", "").strip():
        keeping.keep(
            leave, who, changes.Note(dossier=target, about=about, text=note), hidden=hidden()
        )
    return redirect(f"/dossiers/{target}", HTTPStatus.SEE_OTHER)


@blueprint.post("/dossiers/<dossier>")
def change(dossier: str) -> AnyResponse:
    """Does what the button that was pressed says."""
    leave, form = _signed()
    found = collection().dossiers().dossier(dossier)
    verb, _, target = form.get("do", "save:").partition(":")
    made = _CHANGING[verb](found, target, form) if verb in _CHANGING else []
    if not made:
        raise InvalidParameter("nothing was to be changed", where="do", advice="Fill something in")
    keeping.keep(leave, signed(form.get("who", "")), *made, hidden=hidden())
    address = here().at(f"/dossiers/{found.dossier_id}")
    place = f"#a-{target}" if target in found.items else ""
    return redirect(f"{address}{place}", HTTPStatus.SEE_OTHER)


def _save(dossier: Dossier, target: str, form: _Form) -> list[Change]:
    """What was filled in beside an article or a passage, or at the head of the page."""
    name = dossier.dossier_id
    made: list[Change] = []
    about = (target,) if target in dossier.items else ()
    if tags := tags_of([form.get(f"tag-{target}", "")]):
        made.append(changes.Tag(dossier=name, articles=about, tags=tags))
    if text := form.get(f"note-{target}", "").strip():
        made.append(changes.Note(dossier=name, about=target, text=text))
    state = form.get(f"state-{target}", "")
    if about and state in set(State) and dossier.items[target].state != state:
        made.append(changes.Mark(dossier=name, articles=about, state=State(state)))
    if not target:
        called = form.get("name", "").strip()
        if called and called != dossier.name:
            made.append(changes.Rename(dossier=name, name=called))
        status = form.get("status", "")
        if status in set(Status) and status != dossier.status:
            made.append(changes.SetStatus(dossier=name, status=Status(status)))
    return made


def _moved(dossier: Dossier, target: str, steps: int) -> list[Change]:
    order = list(dossier.items)
    if target not in order:
        return []
    place = order.index(target) + steps
    order.remove(target)
    after = order[place - 1] if 0 < place <= len(order) else ""
    if place > len(order):
        return []
    return [changes.Move(dossier=dossier.dossier_id, article=target, after=after)]


def _untag(dossier: Dossier, target: str, _form: _Form) -> list[Change]:
    article, _, tag = target.partition(":")
    about = (article,) if article else ()
    return [changes.Untag(dossier=dossier.dossier_id, articles=about, tags=(tag,))]


_CHANGING: dict[str, Callable[[Dossier, str, _Form], list[Change]]] = {
    "save": _save,
    "up": lambda dossier, target, _: _moved(dossier, target, -1),
    "down": lambda dossier, target, _: _moved(dossier, target, 1),
    "untag": _untag,
    "remove": lambda dossier, target, _: [
        changes.Remove(dossier=dossier.dossier_id, articles=(target,))
    ],
    "undo": lambda _dossier, target, _: [changes.Undo(change=target)],
}


def _signed() -> tuple[Path, _Form]:
    """The file of dossiers and what was sent, for who knows the token."""
    request.max_content_length = _BODY
    form = request.form
    return allowed(form.get("token", "")).dossiers_file, form


def _asked(query: str) -> Iterable[tuple[str, str]]:
    """The question of a search page, as its address has it, without its page and generation."""
    kept = parse_qsl(query.lstrip("?"))
    return [pair for pair in kept if pair[0] not in {"cursor", "limit", "generation", "sort"}]
