"""Highlighter: which words of a text did the query match, and why? Text to spans, without an index.

The same analyzer that made the index cuts the text, so that what is marked is what matched: words
by stem or exactly, phrases only whole, near words only where they are near, prefixes, fuzzy words,
and the mentions of entities that the query names. What the query excludes is never marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import Levenshtein

from indexer.analysis import Analyzer
from indexer.document import IndexDocument, MentionSpan
from search.language.query import And, Fuzzy, Keyword, Near, Or, Phrase, Prefix, Query, Term
from search.language.resolve import Resolved
from search.result import Highlight, Marks, Why

# What is one word of a text to a query: which clauses does it match, and by which rule?

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
        self._forms: dict[str, list[int]] = {}
        self._surfaces: dict[str, list[int]] = {}
        self._patterns: list[tuple[int, Prefix | Fuzzy]] = []
        self._near: dict[str, list[tuple[int, Fuzzy]]] = {}
        self._parts: set[str] = set()
        for number, leaf in here:
            match leaf:
                case Term(word, _, exact):
                    (self._surfaces if exact else self._stems).setdefault(word, []).append(number)
                    for form in leaf.forms:
                        self._forms.setdefault(form, []).append(number)
                case Fuzzy() if known is not None:
                    for surface in known.near[leaf]:
                        self._near.setdefault(surface, []).append((number, leaf))
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
        # Not `set.difference`, which walks through all that is known, the texts before too.
        fresh = [surface for surface in set(surfaces) if surface not in self]
        self.update(dict.fromkeys(fresh))
        for surface in fresh:
            if self._beginnings is None or surface.startswith(self._beginnings):
                self[surface] = self._learned(surface)
        return [(at, role) for at, surface in enumerate(surfaces) if (role := self[surface])]

    def _learned(self, surface: str) -> Role | None:
        stem = self._analyzer.stem(surface) if self._known is None else self._known.get(surface, "")
        why = Why.EXACT if surface in self._typed else Why.STEM
        clauses = [(number, why) for number in self._stems.get(stem, ())]
        form = Why.STEM if stem.isupper() else Why.FORM  # an acronym, asked for in small letters
        clauses += [(number, form) for number in self._forms.get(stem, ())]
        clauses += [(number, Why.EXACT) for number in self._surfaces.get(surface, ())]
        for number, leaf in (*self._patterns, *self._near.get(surface, ())):
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
        near: what each word by distance stands for: comparing every word with it takes longer.
    """

    beginnings: tuple[str, ...] | None
    stems: Mapping[str, str]
    near: Mapping[Fuzzy, Set[str]]


def known_words(leaves: Iterable[Leaf], expand: Expand) -> KnownWords:
    """The words that some clauses match in an index."""
    found: set[str] = set()
    stems: dict[str, str] = {}
    near: dict[Fuzzy, Set[str]] = {}
    for leaf in leaves:
        terms: list[Term] = []
        match leaf:
            case Prefix(prefix):
                found.add(prefix)
            case Fuzzy():
                near[leaf] = expand(leaf)
                found.update(near[leaf])
            case Term():
                terms += (Term(stem, exact=leaf.exact) for stem in leaf.stems)
            case Phrase(words) | Near(words):
                terms += (Term(word, exact=leaf.exact) for word in words)
        for term in terms:
            surfaces = expand(term)
            found.update(_shortest(surfaces))
            if not term.exact:
                stems.update(dict.fromkeys(surfaces, term.word))
    return KnownWords(tuple(found) if len(found) <= _MANY else None, stems, near)


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


# Which places of near words lie near enough to one another?


def near_windows(
    places: Sequence[tuple[int, str]], words: Sequence[str], distance: int
) -> list[int]:
    """Positions that take part in a match of `Near(words, distance)`, in order.

    Args:
        places: (position, term) in order of position; other terms than `words` do no harm.

    A match is a shortest row of positions that holds every word as often as it was asked for, and
    whose last position minus its first is at most `len(words) - 1 + distance`.
    """
    wanted = Counter(words)
    reach = len(words) - 1 + distance
    relevant = [(at, term) for at, term in places if term in wanted]
    taken: set[int] = set()
    for begin, (first, _) in enumerate(relevant):
        missing = Counter(wanted)
        window: list[int] = []
        for at, term in relevant[begin:]:
            if at - first > reach:
                break
            if missing[term] > 0:
                missing[term] -= 1
                window.append(at)
            if len(window) == len(words):
                taken.update(window)
                break
    return sorted(taken)


__all__ = ["Highlight", "Highlighter", "Marks", "Why", "leaves", "title_mentions"]


class Highlighter:
    """Marks one resolved query in any number of texts. Not shared between threads.

    Args:
        resolved: from `search.language.resolve.resolve`.
        analyzer: the one of the index.
        expand: the words that a clause stands for in the index (`Engine.expand`), where the texts
            are articles of an index: the few words to mark are then looked for directly. Without
            it every word of a text is looked at.
    """

    def __init__(
        self, resolved: Resolved, analyzer: Analyzer, expand: Expand | None = None
    ) -> None:
        self.clauses: tuple[Leaf, ...] = leaves(resolved.query)
        self.analyzer = analyzer
        self.typed = resolved.surfaces
        known = None if expand is None else known_words(self.clauses, expand)
        text = Roles(self.clauses, "text", analyzer, self.typed, known)
        alike = not any(getattr(leaf, "field", None) for leaf in self.clauses)
        title = text if alike else Roles(self.clauses, "title", analyzer, self.typed, known)
        self._roles = {"title": title, "text": text}
        in_a_row = any(roles.rows for roles in self._roles.values())
        self._beginnings = None if known is None or in_a_row else known.beginnings
        self._entities: dict[str, int] = {}  # to the first clause that names it
        for number, leaf in enumerate(self.clauses):
            if isinstance(leaf, Keyword):
                for entity_id in leaf.values:
                    self._entities.setdefault(entity_id, number)

    def marks(
        self, text: str, *, field: str = "text", mentions: Iterable[MentionSpan] = ()
    ) -> list[Highlight]:
        """Every marked place of a whole text, in order; places may overlap.

        Args:
            field: what the text is, `title` or `text`.
            mentions: the entities named in it.
        """
        return self._with_names(self._words([text], [self._roles[field]])[0], mentions)

    def in_articles(self, documents: Sequence[IndexDocument]) -> list[Marks]:
        """The marked places of some articles, which are found in all at once."""
        count = len(documents)
        texts = [document.title for document in documents]
        texts += [document.text for document in documents]
        roles = [self._roles["title"]] * count + [self._roles["text"]] * count
        found = self._words(texts, roles)
        marks = map(Marks, found[:count], found[count:])
        if not self._entities:
            return list(marks)
        return [
            Marks(
                self._with_names(title, title_mentions(document, self._entities.keys())),
                self._with_names(text, document.mentions),
            )
            for document, (title, text) in zip(documents, marks, strict=True)
        ]

    def _with_names(
        self, marks: list[Highlight], mentions: Iterable[MentionSpan]
    ) -> list[Highlight]:
        if not self._entities:
            return marks
        for mention in mentions:
            clause = self._entities.get(mention.entity_id)
            if clause is not None:
                marks.append(Highlight(mention.start, mention.end, clause, Why.ALIAS))
        return _in_order(marks)

    def _words(self, texts: Sequence[str], roles: Sequence[Roles]) -> list[list[Highlight]]:
        if self._beginnings is None:
            return [
                self._in_words(text, own) if own.any else []
                for text, own in zip(texts, roles, strict=True)
            ]
        places = self.analyzer.beginning(texts, self._beginnings)
        return [
            [
                Highlight(start, end, clause, why)
                for surface, start, end in found
                if (role := own[surface]) is not None
                for clause, why in role.clauses
            ]
            for found, own in zip(places, roles, strict=True)
        ]

    def _in_words(self, text: str, roles: Roles) -> list[Highlight]:
        """The same of one text by looking at every word of it."""
        surfaces, span_of = self.analyzer.located(text)
        met = roles.met(surfaces)
        marks = [
            Highlight(*span_of(at), clause, why) for at, role in met for clause, why in role.clauses
        ]
        rows: dict[bool, _Rows] = {}
        for clause in roles.rows:
            leaf = self.clauses[clause]
            assert isinstance(leaf, Phrase | Near)
            if leaf.exact not in rows:
                rows[leaf.exact] = _Rows(
                    [(at, role.parts[leaf.exact]) for at, role in met if role.parts is not None]
                )
            for first, last in rows[leaf.exact].spans(leaf):
                exact = leaf.exact or self.typed.issuperset(surfaces[first : last + 1])
                why = Why.EXACT if exact else Why.STEM
                marks.append(Highlight(span_of(first)[0], span_of(last)[1], clause, why))
        return _in_order(marks)


def _in_order(marks: list[Highlight]) -> list[Highlight]:
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def title_mentions(document: IndexDocument, entity_ids: Set[str]) -> list[MentionSpan]:
    """Where a title names some entities: by their labels, or as the article's text names them.

    The tagger reads titles as evidence only, so an index has no mentions in them.
    """
    names = {one.label: one.entity_id for one in document.entities if one.entity_id in entity_ids}
    for mention in document.mentions:
        if mention.entity_id in entity_ids:
            names[document.text[mention.start : mention.end]] = mention.entity_id
    if not names:
        return []
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    places = re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", document.title)
    return [MentionSpan(place.start(), place.end(), names[place[0]]) for place in places]


def leaves(query: Query) -> tuple[Leaf, ...]:
    """What can be marked, in the order typed, each once; nothing of what is excluded."""
    return tuple(dict.fromkeys(_leaves(query)))


def _leaves(query: Query) -> Iterator[Leaf]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _leaves(clause)
        case Term() | Phrase() | Near() | Prefix() | Fuzzy() | Keyword():
            yield query
        case _:
            return


class _Rows:
    """Where the words of rows stand in one text.

    Args:
        places: (position, term) in order of position.
    """

    def __init__(self, places: Sequence[tuple[int, str]]) -> None:
        self._places = places
        self._term_at = dict(places)
        self._positions: dict[str, list[int]] = {}
        for at, term in places:
            self._positions.setdefault(term, []).append(at)

    def spans(self, leaf: Phrase | Near) -> Iterator[tuple[int, int]]:
        """First and last position of each span: a phrase is one span, near words are one each."""
        words = leaf.words
        if not all(map(self._positions.__contains__, words)):
            return
        if isinstance(leaf, Near):
            for at in near_windows(self._places, words, leaf.distance):
                yield at, at
            return
        term_at = self._term_at.get
        begun: Sequence[int] = self._positions[words[0]]
        for offset, word in enumerate(words[1:], start=1):
            begun = [first for first in begun if term_at(first + offset) == word]
        yield from ((first, first + len(words) - 1) for first in begun)
