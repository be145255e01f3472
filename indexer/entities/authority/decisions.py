"""Decisions: what can a person decide about names? One `Decision` is one line of the decisions
file.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from corpus.errors import DecisionError
from indexer.entities.types import EntityKind

_ID_DIGITS = 10
_ITEM = re.compile(r"Q[1-9][0-9]*")


class Action(StrEnum):
    """The kinds of decisions."""

    MERGE = "merge"
    """`entities` are one; the first keeps its id, the others redirect to it."""
    SPLIT = "split"
    """`names` (or what `articles` name so) leave `entities[0]` and are an entity of their own."""
    RENAME = "rename"
    """`entities[0]` is labeled `value`."""
    DISTINCT = "distinct"
    """`entities` are all different, however alike their names."""
    KIND = "kind"
    """`entities[0]` is a `value`: person, org, place."""
    HIDE = "hide"
    """`entities[0]` is no entity: out of facets and pages."""
    ALIAS = "alias"
    """`value` is another name of `entities[0]`, in any script."""
    WIKIDATA = "wikidata"
    """`entities[0]` is Wikidata's `value`."""
    OUTLET = "outlet"
    """The outlets `names` are the outlet `value`; no entity has a part in it."""
    NOTE = "note"
    """Changes nothing; `why` is kept with `entities[0]`."""
    UNDO = "undo"
    """The decision `value` no longer counts."""


_NEEDS_VALUE = frozenset(
    {Action.RENAME, Action.KIND, Action.ALIAS, Action.WIKIDATA, Action.UNDO, Action.OUTLET}
)
_OF_NO_ENTITY = frozenset({Action.UNDO, Action.OUTLET})
_NEEDS_TWO = frozenset({Action.MERGE, Action.DISTINCT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a person.

    Attributes:
        action: what was decided.
        entities: ids of the entities it concerns.
        labels: what they were called when it was made, for a person reading the file.
        value: a label, name, kind, Wikidata id or decision id, by `action`.
        names, articles: what leaves an entity in a split; the names of outlets that are one.
        who, when: who decided, and when (ISO 8601 with a zone).
        why: in the person's words. evidence: ids or addresses of articles that show it.
    """

    action: Action
    entities: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    value: str = ""
    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    who: str
    when: str
    why: str = ""
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        try:
            self.line().encode()
        except UnicodeEncodeError:
            raise DecisionError("half of a character stands in it") from None
        if self.action in _NEEDS_TWO and len(set(self.entities)) < 2:
            raise DecisionError(f"{self.action} needs two different entities")
        if self.action not in _OF_NO_ENTITY and not self.entities:
            raise DecisionError(f"{self.action} needs an entity")
        if self.action in _NEEDS_VALUE and not self.value.strip():
            raise DecisionError(f"{self.action} needs a value")
        if self.action is Action.SPLIT and not (self.names or self.articles):
            raise DecisionError("split needs names or articles that leave the entity")
        if self.action is Action.OUTLET and not {*self.names} - {self.value}:
            raise DecisionError("no outlet is named that is the same")
        if self.action is Action.KIND and self.value not in set(EntityKind):
            raise DecisionError(
                f"{self.value!r} is no kind", advice=f"Choose one of {', '.join(EntityKind)}"
            )

        if self.action is Action.WIKIDATA and not _ITEM.fullmatch(self.value):
            raise DecisionError(
                f"{self.value!r} is no item of Wikidata", advice="Write its id, as in Q3874799"
            )

    @property
    def decision_id(self) -> str:
        """Ten hexadecimal digits of the line's SHA-256: the same wherever files are joined."""
        return hashlib.sha256(self.line().encode()).hexdigest()[:_ID_DIGITS]

    def line(self) -> str:
        """The decision as one line of JSON without its line end; empty fields are left out."""
        values = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def read(cls, line: str) -> Decision:
        """The decision of one line.

        Raises:
            DecisionError: the line is no JSON object, has a field that is unknown or of a wrong
                type, or states no possible decision.
        """
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DecisionError(f"no JSON: {error}") from None
        if not isinstance(values, dict):
            raise DecisionError("not a JSON object")
        try:
            return cls(**_checked(values))
        except (TypeError, ValueError) as error:
            raise DecisionError(str(error)) from None


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a line in the types of the fields; raises TypeError or ValueError."""
    known = {field.name for field in fields(Decision)}
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise TypeError(f"{name} must be a list of texts")
            checked[name] = tuple(value)
        elif isinstance(value, str):
            checked[name] = Action(value) if name == "action" else value
        else:
            raise TypeError(f"{name} must be a text")
    return checked


_LISTS = frozenset({"entities", "labels", "names", "articles", "evidence"})
