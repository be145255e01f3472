"""What is one word of a text to a query: which clauses does it match, and by which rule?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import Levenshtein

from indexer.analysis import Analyzer
from search.language.query import Fuzzy, Keyword, Near, Phrase, Prefix, Query, Term
from search.result import Why

_TELLING = 3  # letters of a beginning that few words share
_MANY = 64  # with more beginnings than these it is faster to look at every word

Expand: TypeAlias = Callable[[Query], Set[str]]
Leaf: TypeAlias = Term | Phrase | Near | Prefix | Fuzzy | Keyword


class Role(NamedTuple):
    """What one surface is to the query.

    Attributes:
        clauses: the clauses that this word alone matches, each with its rule.
        parts: the terms as which it takes part in phrases and near words: its stem, its surface.
    """

    clauses: tuple[tuple[int, Why], ...]
    parts: tuple[str, str] | None


class Roles(dict[str, Role | None]):
    """What each surface is to the clauses of one field; None where it is nothing.

    Most words of a text are nothing to a query: they are told by sets, a text at a time.

    Args:
        known: the words that have a role in any field, where an index tells them.

    Attributes:
        any: is there anything to mark?
        rows: the clauses that are phrases or near words.
    """

    def __init__(
        self,
        clauses: Sequence[Leaf],
        field: str,
        analyzer: Analyzer,
        typed: Set[str],
        known: KnownWords | None,
    ) -> None:
        super().__init__()
        here = [
            (number, leaf)
            for number, leaf in enumerate(clauses)
            if not isinstance(leaf, Keyword) and leaf.field in (None, field)
        ]
        self.any = bool(here)
        self.rows = [number for number, leaf in here if isinstance(leaf, Phrase | Near)]
        self._analyzer = analyzer
        self._typed = typed
        self._stems: dict[str, list[int]] = {}
        self._surfaces: dict[str, list[int]] = {}
        self._patterns: list[tuple[int, Prefix | Fuzzy]] = []
        self._parts: set[str] = set()
        for number, leaf in here:
            match leaf:
                case Term(word, _, exact):
                    (self._surfaces if exact else self._stems).setdefault(word, []).append(number)
                case Prefix() | Fuzzy():
                    self._patterns.append((number, leaf))
                case Phrase(words) | Near(words):
                    self._parts.update(words)
        self._beginnings = None if known is None else known.beginnings
        self._known = None if known is None else known.stems

    def __missing__(self, surface: str) -> Role | None:
        role = self[surface] = self._learned(surface)
        return role

    def met(self, surfaces: Sequence[str]) -> list[tuple[int, Role]]:
        """The words of a text that are something to the query, with their ordinals."""
        fresh = set(surfaces).difference(self)
        self.update(dict.fromkeys(fresh))
        for surface in fresh:
            if self._beginnings is None or surface.startswith(self._beginnings):
                self[surface] = self._learned(surface)
        return [(at, role) for at, surface in enumerate(surfaces) if (role := self[surface])]

    def _learned(self, surface: str) -> Role | None:
        stem = self._analyzer.stem(surface) if self._known is None else self._known.get(surface, "")
        why = Why.EXACT if surface in self._typed else Why.STEM
        clauses = [(number, why) for number in self._stems.get(stem, ())]
        clauses += [(number, Why.EXACT) for number in self._surfaces.get(surface, ())]
        for number, leaf in self._patterns:
            rule = _rule(leaf, surface)
            if rule is not None:
                clauses.append((number, rule))
        part = (stem, surface) if stem in self._parts or surface in self._parts else None
        return Role(tuple(sorted(clauses)), part) if clauses or part else None


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words of an index that some clauses match.

    Attributes:
        beginnings: how all of them begin; None when that would be too many.
        stems: the stem of each that a clause matches by its stem.
    """

    beginnings: tuple[str, ...] | None
    stems: Mapping[str, str]


def known_words(leaves: Iterable[Leaf], expand: Expand) -> KnownWords:
    """The words that some clauses match in an index."""
    found: set[str] = set()
    stems: dict[str, str] = {}
    for leaf in leaves:
        terms: list[Term] = []
        match leaf:
            case Prefix(prefix):
                found.add(prefix)
            case Fuzzy():
                found.update(expand(leaf))
            case Term(word):
                terms.append(Term(word, exact=leaf.exact))
            case Phrase(words) | Near(words):
                terms += (Term(word, exact=leaf.exact) for word in words)
        for term in terms:
            surfaces = expand(term)
            found.update(_shortest(surfaces))
            if not term.exact:
                stems.update(dict.fromkeys(surfaces, term.word))
    return KnownWords(tuple(found) if len(found) <= _MANY else None, stems)


def _shortest(surfaces: Set[str]) -> Iterable[str]:
    """What all words of a stem begin with, where that tells something; else the words."""
    common = _common_beginning(min(surfaces, default=""), max(surfaces, default=""))
    return [common] if len(common) >= _TELLING else surfaces


def _common_beginning(first: str, last: str) -> str:
    """Of the first and the last in order, and so of all between them."""
    while not last.startswith(first):
        first = first[:-1]
    return first


def _rule(leaf: Prefix | Fuzzy, surface: str) -> Why | None:
    """By which rule a surface matches a pattern; None where it does not."""
    if isinstance(leaf, Prefix):
        return Why.PREFIX if surface.startswith(leaf.prefix) else None
    if surface == leaf.word:
        return Why.EXACT
    near = Levenshtein.distance(leaf.word, surface, score_cutoff=leaf.distance)
    return Why.FUZZY if near <= leaf.distance else None
