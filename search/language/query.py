"""Query tree: what can be asked? Our own query tree, which every engine evaluates.

The parser makes a tree of words and names as typed; `search.language.resolve` turns it into one of
index terms and entity ids, and only that is given to an engine. Nodes are values:
compare, hash, print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word.

    Attributes:
        word: as typed; after resolution a stem, or a folded surface where `exact`.
        field: `title` or `text`; None searches both, scored by BM25F.
        exact: compare surfaces, not stems.
        forms: after resolution, the stems of its other forms: all of them count as one word.
    """

    word: str
    field: str | None = None
    exact: bool = False
    forms: tuple[str, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        """What it stands for after resolution: its own stem first."""
        return self.word, *self.forms


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at consecutive positions of one field."""

    words: tuple[str, ...]
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words close together in one field, in any order.

    Matches where one position can be chosen for each word, all different, such that the last minus
    the first is at most `len(words) - 1 + distance`.
    """

    words: tuple[str, ...]
    distance: int
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word whose surface starts so. Scored as one term, the union of its expansions."""

    prefix: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word whose surface is within a Levenshtein distance (1 or 2) of this one.

    Hits on the word itself rank above hits on its neighbours.
    """

    word: str
    distance: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation, place, outlet, language or flag as typed: `person:"Pavel Filatyev"`.

    Exists only before resolution, which makes a `Keyword` of it.
    """

    facet: str
    text: str


@dataclass(frozen=True, slots=True)
class Keyword:
    """Articles having any of these values of a facet. Does not score."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles one of whose dates in a field can lie within `start` to `end`, both inclusive.

    A date known only to the month or year matches when any of its days does. Does not score.

    Attributes:
        field: a name in `indexer.schema.DATE_FIELDS`.
        start, end: None for an open side.
    """

    field: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class And:
    """All clauses; the score is the sum of theirs."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any clause; the score is the sum of those that match."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the clause does not match. Does not score."""

    clause: Query


Query: TypeAlias = (
    Everything
    | Nothing
    | Term
    | Phrase
    | Near
    | Prefix
    | Fuzzy
    | Name
    | Keyword
    | DateRange
    | And
    | Or
    | Not
)


def scores(query: Query) -> bool:
    """Can a match of this query score? What only filters gives every article the same."""
    match query:
        case And(clauses) | Or(clauses):
            return any(scores(clause) for clause in clauses)
        case Term() | Phrase() | Near() | Prefix() | Fuzzy():
            return True
        case _:
            return False
