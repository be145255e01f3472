"""Decisions about names, made in the browser: one form, off unless the operator says so.

Each post carries the operator's token in its body, see `webui.deciding`.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from corpus.errors import DecisionError, DispatchesError, EntityNotFound, InvalidParameter
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.leaving import refuse_leaving
from indexer.entities.types import Entity
from search.request import Filter, Mode, SearchRequest
from search.service import OpenIndex
from search.serving.paging import every_hit
from webui.answering import collection, date_ranges, here, page
from webui.arguments import Arguments, Parameter, first, read
from webui.deciding import allowed, signed
from webui.errors import status_of
from webui.pages.entity import prepare
from webui.view.entity_account import find
from webui.view.wording import KIND_TITLES

blueprint = Blueprint("decisions", __name__)

ACTIONS = (
    Action.MERGE,
    Action.DISTINCT,
    Action.RENAME,
    Action.ALIAS,
    Action.HIDE,
    Action.KIND,
    Action.SPLIT,
    Action.UNDO,
)
_BODY = 20_000
_READ = 200  # articles in which a spelling is looked for
_NAME = {"type": "string", "maxLength": 300}
_FIELDS = (
    Parameter("token", {"type": "string", "maxLength": 500}, "The operator's token"),
    Parameter("form_key", {"type": "string", "maxLength": 64}, "That a page of ours was sent"),
    Parameter("who", {"type": "string", "maxLength": 100}, "Who decides"),
    Parameter("why", {"type": "string", "maxLength": 2000}, "The reason"),
    Parameter("action", {"type": "string", "enum": [*ACTIONS]}, "What is decided"),
    Parameter("merge", _NAME, "Name or id of the one that is the same"),
    Parameter("distinct", _NAME, "Name or id of the one that is another"),
    Parameter("rename", _NAME, "The label to show"),
    Parameter("alias", _NAME, "Another name"),
    Parameter("kind", _NAME, "What it is: person, org or place"),
    Parameter("split", _NAME, "A spelling that leaves", many=True),
    Parameter("split_article", _NAME, "Id of an article in which its names are another's"),
    Parameter("split_label", _NAME, "What to call the one that leaves"),
    Parameter("undo", _NAME, "Id of the decision to take back"),
)
_OF_OUTLETS = (
    *_FIELDS[:4],
    Parameter("outlet", _NAME, "What both are called"),
    Parameter("same", _NAME, "An outlet that is the same"),
    Parameter("undo", _NAME, "Id of the decision to take back"),
)


@blueprint.post("/entities/<entity_id>/decisions")
def post(entity_id: str) -> Response:
    """Takes a decision down and shows the entity again, the decision among the others."""
    request.max_content_length = _BODY
    given = read(request.form.items(multi=True), _FIELDS)
    try:
        return _taken_down(entity_id, given)
    except (EntityNotFound, DecisionError, InvalidParameter) as error:
        return _given_back(entity_id, error)


def _taken_down(entity_id: str, given: Arguments) -> Response:
    leave = allowed(str(first(given, "token")))
    who = signed(str(first(given, "who"))) or _needed(given, "who")
    action = Action(_needed(given, "action"))
    split: dict[str, tuple[str, ...]] = {}
    if action is Action.UNDO:
        entities: list[Entity] = []
        value = _standing(_needed(given, action.value), entity_id)
    else:
        with collection().index() as index:
            entity = find(entity_id, index)
            entities, value = _meant(action, entity, given, index)
            if action is Action.SPLIT:
                split = _leaving(entity, given, index)
            entity_id = entity.entity_id
    why = str(first(given, "why"))
    decide(leave.path, action, entities, who=who, why=why, value=value, **split)
    address = here().at(f"/entities/{entity_id}")
    return redirect(f"{address}#decisions", HTTPStatus.SEE_OTHER)


def _leaving(entity: Entity, given: Arguments, index: OpenIndex) -> dict[str, tuple[str, ...]]:
    """The names, or the article, that a split takes out of an entity."""
    names = tuple(map(str, given.get("split", ())))
    article = str(first(given, "split_article")).rsplit("/", 1)[-1]
    if not (names or article):
        raise InvalidParameter("no spelling is ticked", where="split", advice="Tick one")
    articles = (article,) if article else ()
    refuse_leaving(
        entity,
        names,
        articles,
        index.directory,
        lambda one: index.engine.doc_number(one) is not None,
    )
    if short := next((name for name in names if _is_only_short(name, entity, index)), ""):
        raise InvalidParameter(
            f"{short} is short for a longer spelling in every article that was read",
            where="split",
            advice="Tick the longer one, or give the address of an article",
        )
    return {"names": names, "articles": articles}


def _is_only_short(name: str, entity: Entity, index: OpenIndex) -> bool:
    """Does a name stand in articles only beside a longer one that it is short for?

    It is no name of its own there: taking it out of the entity would change nothing.
    """
    chosen = Filter(entity.kind.value, Mode.ANY, (entity.entity_id,))
    asked = SearchRequest(filters=(chosen,), highlight=False)
    words, seen = set(name.split()), False
    for hit in every_hit(asked, index, limit=_READ):
        text, mentions = hit.document.text, hit.document.mentions
        forms = {text[one.start : one.end] for one in mentions if one.entity_id == entity.entity_id}
        if name in forms:
            seen = True
            if not any(words < set(form.split()) for form in forms):
                return False
    return seen


def _given_back(entity_id: str, error: DispatchesError) -> Response:
    """The page again, with what was typed and what is wrong with it."""
    with collection().index() as index:
        known = index.directory.get(entity_id)
        if known is None:
            raise error
        found = find(entity_id, index)
        told = prepare(found, index, collection().authority(), date_ranges(), generation="")
        return page(
            "entity.html",
            status=status_of(error),
            page=told,
            view=told.view,
            query="",
            changing=True,
            trouble=error,
            typed=request.form,
        )


@blueprint.post("/outlets/decisions")
def post_outlet() -> Response:
    """Takes down that two outlets are one, or takes that back; shows all outlets again."""
    request.max_content_length = _BODY
    given = read(request.form.items(multi=True), _OF_OUTLETS)
    leave = allowed(str(first(given, "token")))
    who = signed(str(first(given, "who"))) or _needed(given, "who")
    why = str(first(given, "why"))
    if undone := str(first(given, "undo")):
        if undone not in {one.decision_id for one in collection().authority().of(Action.OUTLET)}:
            raise InvalidParameter(f"{undone!r} stands not", where="undo", advice="Choose another")
        decide(leave.path, Action.UNDO, [], who=who, why=why, value=undone)
    else:
        kept, same = _needed(given, "outlet"), _needed(given, "same")
        with collection().index() as index:
            for name, where in ((kept, "outlet"), (same, "same")):
                if name not in index.values_of("outlet", name):
                    raise InvalidParameter(
                        f"no outlet is called {name!r}",
                        where=where,
                        advice="Choose one of the list",
                    )
        decide(leave.path, Action.OUTLET, [], who=who, why=why, value=kept, names=(same,))
    return redirect(f"{here().at('/facets/outlet')}#decisions", HTTPStatus.SEE_OTHER)


def _meant(
    action: Action, entity: Entity, given: Arguments, index: OpenIndex
) -> tuple[list[Entity], str]:
    """Whom the decision concerns, and its value."""
    if action is Action.HIDE:
        return [entity], ""
    if action is Action.SPLIT:
        return [entity], str(first(given, "split_label"))
    value = _needed(given, action.value)
    if action in {Action.MERGE, Action.DISTINCT}:
        return [entity, _other(value, entity, action, index)], ""
    return [entity], value


def _standing(decision: str, entity_id: str) -> str:
    """A decision to take back; also about what has no page because it was hidden."""
    if decision not in {one.decision_id for one in collection().authority().about(entity_id)}:
        raise InvalidParameter(
            f"{decision!r} is no standing decision about {entity_id!r}",
            where=Action.UNDO.value,
            advice="Choose one that the page lists",
        )
    return decision


def _other(name: str, entity: Entity, action: Action, index: OpenIndex) -> Entity:
    found = [
        one
        for one in index.directory.resolve(name)
        if one.entity_id != entity.entity_id and one.kind == entity.kind
    ]
    if not found:
        raise EntityNotFound(
            f"No other {KIND_TITLES[entity.kind].lower()} is called {name!r} in this index",
            advice="Give the id that stands at the end of its page's address",
        )
    if len(found) > 1:
        choice = ", ".join(f"{one.entity_id} ({one.label})" for one in found[:5])
        raise InvalidParameter(
            f"{name!r} may mean {len(found)}: {choice}", where=action.value, advice="Give an id"
        )
    return found[0]


def _needed(given: Arguments, name: str) -> str:
    text = str(first(given, name))
    if not text:
        raise InvalidParameter("this must be filled in", where=name, advice="Go back and fill it")
    return text
