"""Which words of a text did the query match, and why? Text to spans, without an index.

The same analyzer that made the index cuts the text, so that what is marked is what matched: words
by stem or exactly, phrases only whole, near words only where they are near, prefixes, fuzzy words,
and the mentions of entities that the query names. What the query excludes is never marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from indexer.analysis import Analyzer
from indexer.document import MentionSpan
from search.query import And, Fuzzy, Keyword, Near, Or, Phrase, Prefix, Query, Term
from search.resolve import Resolved
from search.windows import near_windows

Leaf: TypeAlias = Term | Phrase | Near | Prefix | Fuzzy | Keyword


class Why(StrEnum):
    """The rule by which a place in a text matches."""

    EXACT = "exact"
    STEM = "stem"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Highlight:
    """One marked place: `text[start:end]`.

    Attributes:
        clause: which of the query's clauses it matches, an index into `Highlighter.clauses`.
        why: by which rule.
    """

    start: int
    end: int
    clause: int
    why: Why


@dataclass(frozen=True, slots=True)
class _Role:
    """What one surface is to the query.

    Attributes:
        clauses: the clauses that this word alone matches, each with its rule.
        parts: the terms as which it takes part in phrases and near words: its stem, its surface.
    """

    clauses: tuple[tuple[int, Why], ...]
    parts: tuple[str, str] | None


class Highlighter:
    """Marks one resolved query in any number of texts. Not shared between threads.

    Args:
        resolved: from `search.resolve.resolve`.
        analyzer: the one of the index.
    """

    def __init__(self, resolved: Resolved, analyzer: Analyzer) -> None:
        self.clauses: tuple[Leaf, ...] = tuple(dict.fromkeys(_leaves(resolved.query)))
        self._analyzer = analyzer
        self._typed = resolved.surfaces
        self._roles = {field: _Roles(self, field) for field in ("title", "text")}
        self._entities = {
            entity_id: number
            for number, leaf in enumerate(self.clauses)
            if isinstance(leaf, Keyword)
            for entity_id in leaf.values
        }

    def marks(
        self, text: str, *, field: str = "text", mentions: Iterable[MentionSpan] = ()
    ) -> list[Highlight]:
        """Every marked place of a whole text, in order; places may overlap.

        Args:
            field: what the text is, `title` or `text`.
            mentions: the entities named in it.
        """
        marks = self._words(text, self._roles[field]) if self._roles[field].any else []
        if self._entities:
            for mention in mentions:
                clause = self._entities.get(mention.entity_id)
                if clause is not None:
                    marks.append(Highlight(mention.start, mention.end, clause, Why.ALIAS))
        marks.sort(key=lambda mark: (mark.start, -mark.end))
        return marks

    def _words(self, text: str, roles: _Roles) -> list[Highlight]:
        surfaces = self._analyzer.surfaces(text)
        met = [(at, role) for at, role in enumerate(map(roles.__getitem__, surfaces)) if role]
        if not met:
            return []
        spans = self._analyzer.spans(text)
        marks = [
            Highlight(*spans[at], clause, why) for at, role in met for clause, why in role.clauses
        ]
        for clause in roles.rows:
            leaf = self.clauses[clause]
            assert isinstance(leaf, Phrase | Near)
            places = [(at, role.parts[leaf.exact]) for at, role in met if role.parts is not None]
            for first, last in _row_places(leaf, places):
                exact = leaf.exact or self._typed.issuperset(surfaces[first : last + 1])
                why = Why.EXACT if exact else Why.STEM
                marks.append(Highlight(spans[first][0], spans[last][1], clause, why))
        return marks

    def role(self, surface: str, singles: Sequence[int], parts: frozenset[str]) -> _Role | None:
        """What one surface is to the clauses of one field; None where it is nothing to them."""
        stem = self._analyzer.stem(surface)
        clauses = []
        for number in singles:
            why = self._why(self.clauses[number], surface, stem)
            if why is not None:
                clauses.append((number, why))
        part = (stem, surface) if stem in parts or surface in parts else None
        return _Role(tuple(clauses), part) if clauses or part else None

    def _why(self, leaf: Leaf, surface: str, stem: str) -> Why | None:
        match leaf:
            case Term(word, _, True):
                return Why.EXACT if surface == word else None
            case Term(word):
                if stem != word:
                    return None
                return Why.EXACT if surface in self._typed else Why.STEM
            case Prefix(prefix):
                return Why.PREFIX if surface.startswith(prefix) else None
            case Fuzzy(word, distance):
                if surface == word:
                    return Why.EXACT
                near = Levenshtein.distance(word, surface, score_cutoff=distance)
                return Why.FUZZY if near <= distance else None
            case _:
                return None


class _Roles(dict[str, "_Role | None"]):
    """Remembers what each surface is to the clauses of one field: texts repeat their words."""

    def __init__(self, highlighter: Highlighter, field: str) -> None:
        super().__init__()
        self._highlighter = highlighter
        here = [
            (number, leaf)
            for number, leaf in enumerate(highlighter.clauses)
            if not isinstance(leaf, Keyword) and leaf.field in (None, field)
        ]
        self.rows = [number for number, leaf in here if isinstance(leaf, Phrase | Near)]
        self._singles = [number for number, _ in here if number not in self.rows]
        self._parts = frozenset(
            word for _, leaf in here if isinstance(leaf, Phrase | Near) for word in leaf.words
        )
        self.any = bool(here)

    def __missing__(self, surface: str) -> _Role | None:
        role = self._highlighter.role(surface, self._singles, self._parts)
        self[surface] = role
        return role


def _leaves(query: Query) -> Iterator[Leaf]:
    """What can be marked, in the order typed; nothing of what is excluded."""
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _leaves(clause)
        case Term() | Phrase() | Near() | Prefix() | Fuzzy() | Keyword():
            yield query
        case _:
            return


def _row_places(
    leaf: Phrase | Near, places: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, int]]:
    """First and last position of each span: a phrase is one span, near words are one each."""
    if isinstance(leaf, Near):
        for at in near_windows(places, leaf.words, leaf.distance):
            yield at, at
        return
    terms = dict(places)
    for first, term in places:
        if term == leaf.words[0] and all(
            terms.get(first + offset) == word for offset, word in enumerate(leaf.words)
        ):
            yield first, first + len(leaf.words) - 1
