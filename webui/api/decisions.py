"""Decision endpoints: what have people decided about names, to follow; and making outlets one.

Whoever changes something needs the operator's token or, where people sign in, one of a decider.
What is refused in the browser is refused here.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from flask import Response, request

from corpus.errors import InvalidParameter
from indexer.entities.authority import decisions
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from search.output.answers import Answer, Generation, about
from search.service import OpenIndex
from webui.answering import collection, from_index, here, hidden, revalidated
from webui.api.endpoint import Endpoint, as_json, bearer, decoded, serves
from webui.arguments import Arguments, Parameter, first
from webui.deciding import allowed, signed
from webui.view.entity_account import shown_decisions

_BODY = 20_000


class Decision(Answer, frozen=True):
    """What a person decided; `in_index` is false until a rebuild has obeyed it,
    `stands` when somebody took it back and no rebuild has heard of that yet.
    """

    id: str
    action: Action
    entities: tuple[str, ...]
    labels: tuple[str, ...]
    value: str
    names: tuple[str, ...]
    articles: tuple[str, ...]
    who: str
    when: str
    why: str
    evidence: tuple[str, ...]
    in_index: bool
    stands: bool


def told(decision: decisions.Decision, *, in_index: bool, stands: bool) -> Decision:
    """A decision as an answer has it."""
    return Decision(
        id=decision.decision_id,
        action=decision.action,
        entities=tuple(decision.entities),
        labels=tuple(decision.labels),
        value=decision.value,
        names=tuple(decision.names),
        articles=tuple(decision.articles),
        who=decision.who,
        when=decision.when,
        why=decision.why,
        evidence=tuple(decision.evidence),
        in_index=in_index,
        stands=stands,
    )


class Decisions(Answer, frozen=True):
    """Decisions in the order they were made; go on with `after`, now or when there may be more."""

    items: list[Decision]
    next_after: Annotated[str | None, about("`after` of the next answer; null where all were told")]
    index: Generation
    links: dict[str, str | None]


class Decided(Answer, frozen=True):
    """The id of the decision that was made."""

    decision: str


class OutletDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That outlets are one, or that a decision about outlets no longer counts."""

    outlet: Annotated[str, msgspec.Meta(max_length=300), about("What all are called")] = ""
    same: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=300)]],
        msgspec.Meta(max_length=50),
        about("Outlets that are the same, as the facet has them"),
    ] = []
    undo: Annotated[
        str,
        msgspec.Meta(max_length=10),
        about("Id of the decision to take back, in place of both"),
    ] = ""
    who: Annotated[
        str, msgspec.Meta(max_length=100), about("Who decides, where nobody signs in")
    ] = ""
    why: Annotated[str, msgspec.Meta(max_length=2000), about("The reason")] = ""


DECISIONS = Endpoint(
    name="decisions",
    path="/decisions",
    summary="What people decided about names and outlets, in the order they decided",
    parameters=(
        Parameter(
            "after",
            {"type": "string", "pattern": "^[0-9a-f]{10}$", "maxLength": 10},
            "Id of the last decision that is known: only what was decided later",
        ),
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
            "Decisions in one answer",
        ),
    ),
    answer=Decisions,
    example="?limit=5",
)
DECIDE_OUTLETS = Endpoint(
    name="decide_outlets",
    path="/outlets/decisions",
    summary="Make one outlet of several, or take such a decision back",
    answer=Decided,
    body="application/json",
    body_about="Either `outlet` and `same`, or `undo`; counts from the next rebuild on",
    body_type=OutletDecision,
    sends='{"outlet": "Valley Courier", "same": ["Courier"], "who": "Ana", "why": "one newsroom"}',
    success=HTTPStatus.CREATED,
)


@serves(DECISIONS)
def all_decisions(arguments: Arguments) -> Response:
    """`GET /api/v1/decisions`"""
    after, limit = str(first(arguments, "after")), int(first(arguments, "limit", 100))

    def answer(index: OpenIndex) -> Response:
        authority = collection().authority()
        shown = shown_decisions(authority.log, index, hidden())
        ids = [one.decision_id for one in shown]
        if after and after not in ids:
            raise InvalidParameter(
                f"there is no decision {after}", where="after", advice="Begin again without it"
            )
        start = ids.index(after) + 1 if after else 0
        some = shown[start : start + limit]
        known_since = index.generation.manifest.versions.get("decisions", "")
        pending = {one.decision_id for one in authority.since(known_since)}
        standing = {one.decision_id for one in authority.standing}
        followed = {one.decision_id for one in authority.taken_back_since(known_since)}
        items = [
            told(
                one,
                in_index=(one.decision_id in standing and one.decision_id not in pending)
                or one.decision_id in followed,
                stands=one.decision_id in standing,
            )
            for one in some
        ]
        more = some[-1].decision_id if start + limit < len(shown) else None
        following = str(here().setting(after=more)) if more else None
        links = {"self": str(here()), "next": following}
        return as_json(Decisions(items, more, Generation(index.generation.name), links))

    return revalidated(from_index(arguments, answer, cacheable=False))


@serves(DECIDE_OUTLETS)
def decide_outlets(_arguments: Arguments) -> Response:
    """`POST /api/v1/outlets/decisions`"""
    leave = allowed(bearer())
    request.max_content_length = _BODY
    asked = decoded(OutletDecision)
    who = signed(asked.who)
    if bool(asked.undo) == bool(asked.outlet or asked.same):
        raise InvalidParameter(
            "it must say outlet and same, or undo", where="body", advice="Give one of both"
        )
    if asked.undo:
        action, value, names = Action.UNDO, asked.undo, tuple[str, ...]()
    else:
        action, value, names = Action.OUTLET, asked.outlet, tuple(asked.same)
    with collection().index() as index:
        _refuse_unknown(asked, index)
    made = decide(leave.path, action, [], who=who, why=asked.why, value=value, names=names)
    answer = as_json(Decided(made.decision_id))
    answer.status_code = HTTPStatus.CREATED
    return answer


def _refuse_unknown(asked: OutletDecision, index: OpenIndex) -> None:
    """Refuses what this index, or what was decided, does not have.

    Raises:
        InvalidParameter: no outlet is called so, or no such decision stands.
    """
    if asked.undo:
        of_outlets = collection().authority().of(Action.OUTLET)
        standing = shown_decisions(of_outlets, index, hidden())
        if asked.undo not in {one.decision_id for one in standing}:
            raise InvalidParameter(
                f"{asked.undo!r} is no standing decision about outlets",
                where="undo",
                advice="/api/v1/decisions lists them",
            )
        return
    for where, names in (("outlet", [asked.outlet]), ("same", asked.same or [""])):
        for name in names:
            if not name or name not in index.values_of("outlet", name):
                raise InvalidParameter(
                    f"no outlet is called {name!r}",
                    where=where,
                    advice="/api/v1/facets/outlet lists them",
                )
