"""Decisions about names, made in the browser: one form, off unless the operator says so.

Each post carries the operator's token in its body, see `webui.deciding`.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from corpus.errors import EntityNotFound, InvalidParameter
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.types import Entity
from search.service import OpenIndex
from webui.answering import collection, here
from webui.arguments import Arguments, Parameter, first, read
from webui.deciding import allowed, signed
from webui.view.entity_account import find
from webui.view.wording import KIND_TITLES

blueprint = Blueprint("decisions", __name__)

ACTIONS = (
    Action.MERGE,
    Action.DISTINCT,
    Action.RENAME,
    Action.ALIAS,
    Action.HIDE,
    Action.UNDO,
)
_BODY = 20_000
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
    Parameter("undo", _NAME, "Id of the decision to take back"),
)


@blueprint.post("/entities/<entity_id>/decisions")
def post(entity_id: str) -> Response:
    """Takes a decision down and shows the entity again, the decision among the others."""
    request.max_content_length = _BODY
    given = read(request.form.items(multi=True), _FIELDS)
    leave = allowed(str(first(given, "token")))
    who = signed(str(first(given, "who"))) or _needed(given, "who")
    action = Action(_needed(given, "action"))
    if action is Action.UNDO:
        entities: list[Entity] = []
        value = _standing(_needed(given, action.value), entity_id)
    else:
        with collection().index() as index:
            entity = find(entity_id, index)
            entities, value = _meant(action, entity, given, index)
            entity_id = entity.entity_id
    decide(leave.path, action, entities, who=who, why=str(first(given, "why")), value=value)
    address = here().at(f"/entities/{entity_id}")
    return redirect(f"{address}#decisions", HTTPStatus.SEE_OTHER)


def _meant(
    action: Action, entity: Entity, given: Arguments, index: OpenIndex
) -> tuple[list[Entity], str]:
    """Whom the decision concerns, and its value."""
    if action is Action.HIDE:
        return [entity], ""
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
