"""Resolving: what do the words and names of a query stand for in this index?

The parser's tree holds words and names as typed. An engine wants stems and surfaces of the analyzer
that made the index, and entity ids of its directory. This is the step between, and it says what it
did: which entities a name was taken for, and which words were left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from indexer.analysis import Analyzer
from indexer.entities.types import Entity, EntityDirectory, EntityKind
from indexer.schema import ENTITY_FACETS
from search.help.similar_names import nearest_names
from search.language.query import (
    And,
    Fuzzy,
    Keyword,
    Name,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import PLACE_EXACT, facet_of
from search.result import Resolution

_OPERATORS = frozenset({"or", "not"})
"""Which very common words might have been meant to combine others. `and` is what happens anyway."""

Inside = Callable[[str], tuple[str, ...]]
"""The ids of the places that lie in one."""
ValuesOf = Callable[[str, str], frozenset[str]]
"""The values of a facet without entities (`outlet`) that a typed name means; may be empty."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A query that an engine can answer.

    Attributes:
        surfaces: the words as typed, folded: a match on one of them is exact, not by its stem.
        typed: each resolved word, phrase or name, and the one as typed that it stands for.
        resolutions: how each name was understood.
        warnings: sentences for a person.
    """

    query: Query
    surfaces: frozenset[str] = frozenset()
    typed: Mapping[Query, Query] = field(default_factory=dict)
    resolutions: tuple[Resolution, ...] = ()
    warnings: tuple[str, ...] = ()


def resolve(
    query: Query,
    analyzer: Analyzer,
    directory: EntityDirectory,
    values_of: ValuesOf,
    inside: Inside = lambda _: (),
) -> Resolved:
    """Turns a parsed tree into one of index terms and ids.

    A place stands for what lies in it too, unless it is asked for by `place_exact:`.

    A word that the analyzer cuts into several becomes a phrase. Stop words are left out of a row of
    words that has others. A name that nothing bears matches nothing, with a warning.
    """
    resolver = _Resolver(analyzer, directory, values_of, inside)
    tree = resolver.visit(query)
    return Resolved(
        Nothing() if tree is None else tree,
        frozenset(resolver.surfaces),
        resolver.typed,
        tuple(dict.fromkeys(resolver.resolutions)),
        tuple(dict.fromkeys(resolver.warnings)),
    )


@dataclass(slots=True)
class _Resolver:
    analyzer: Analyzer
    directory: EntityDirectory
    values_of: ValuesOf
    inside: Inside
    surfaces: set[str] = field(default_factory=set)
    typed: dict[Query, Query] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def visit(self, query: Query) -> Query | None:
        """The resolved tree; None where nothing is left to look for."""
        match query:
            case And(clauses):
                return _joined(And, self.visit_all(self.without_stop_words(clauses)))
            case Or(clauses):
                return _joined(Or, self.visit_all(clauses))
            case Not(clause):
                inner = self.visit(clause)
                return None if inner is None else Not(inner)
            case Name() | Term() | Phrase() | Near() | Prefix() | Fuzzy():
                resolved = self.leaf(query)
                if resolved is not None:
                    self.typed.setdefault(resolved, query)
                return resolved
            case _:
                return query

    def leaf(self, query: Name | Term | Phrase | Near | Prefix | Fuzzy) -> Query | None:
        match query:
            case Name():
                return self.name(query)
            case Term(word):
                return self.words(Phrase((word,), query.field, query.exact))
            case Phrase() | Near():
                return self.words(query)
            case Prefix(prefix):
                return self.last_word(query, prefix)
            case Fuzzy(word):
                return self.last_word(query, word)

    def visit_all(self, clauses: tuple[Query, ...]) -> list[Query]:
        visited = (self.visit(clause) for clause in clauses)
        return [clause for clause in visited if clause is not None]

    def words(self, query: Phrase | Near) -> Query | None:
        tokens = [token for word in query.words for token in self.analyzer.tokens(word)]
        if not tokens:
            self.warnings.append(_wordless(" ".join(query.words)))
            return None
        self.surfaces.update(token.surface for token in tokens)
        terms = tuple(token.surface if query.exact else token.stem for token in tokens)
        if len(terms) == 1:
            return Term(terms[0], query.field, query.exact)
        return replace(query, words=terms)

    def last_word(self, query: Prefix | Fuzzy, typed: str) -> Query | None:
        """`covid-19*` and `al-Burhn~1`: the words before the last one are words of a row."""
        tokens = self.analyzer.tokens(typed)
        if not tokens:
            self.warnings.append(_wordless(typed))
            return None
        *before, last = tokens
        self.surfaces.update(token.surface for token in before)
        if isinstance(query, Prefix):
            tail: Query = Prefix(last.surface, query.field)
        else:
            self.surfaces.add(last.surface)
            tail = Fuzzy(last.surface, query.distance, query.field)
        return _joined(And, [*(Term(token.stem, query.field) for token in before), tail])

    def without_stop_words(self, clauses: tuple[Query, ...]) -> tuple[Query, ...]:
        words = [clause.word for clause in clauses if isinstance(clause, Term)]
        shouted = len(words) > 1 and all(map(str.isupper, words))
        kept = tuple(
            clause
            for clause in clauses
            if not self.is_stop_word(clause) or (not shouted and _is_acronym(clause))
        )
        if len(kept) == len(clauses) or not any(self.says_something(clause) for clause in kept):
            return clauses
        ignored = [one.word for one in clauses if isinstance(one, Term) and one not in kept]
        self.warnings.append(
            f"Ignored very common words: {', '.join(dict.fromkeys(ignored))}; "
            "put them in a phrase, or behind exact:, to look for them"
        )
        if operators := [word.upper() for word in ignored if word in _OPERATORS]:
            self.warnings.append(
                f"Write {' and '.join(dict.fromkeys(operators))} in capitals if that was meant to"
                " combine words"
            )
        return kept

    def is_stop_word(self, query: Query) -> bool:
        if not isinstance(query, Term) or query.exact:
            return False
        surfaces = self.analyzer.surfaces(query.word)
        return len(surfaces) == 1 and self.analyzer.is_stop_word(surfaces[0])

    def says_something(self, query: Query) -> bool:
        if isinstance(query, Not):
            return False
        return not isinstance(query, Term) or bool(self.analyzer.surfaces(query.word))

    def name(self, name: Name) -> Query:
        facet = facet_of(name.facet)
        if facet not in ENTITY_FACETS:
            return self.plain_value(name)
        entities = self.directory.resolve(name.text, kind=EntityKind(facet))
        if not entities:
            near = nearest_names(name.text, facet, self.directory)
            return self.unknown(replace(name, facet=facet), near)
        ids = frozenset(entity.entity_id for entity in entities)
        if name.facet != PLACE_EXACT:
            ids |= {one for entity in entities for one in self.inside(entity.entity_id)}
        self.resolutions.append(_resolution(name, facet, entities, len(ids) - len(entities)))
        return Keyword(facet, ids)

    def plain_value(self, name: Name) -> Query:
        values = self.values_of(name.facet, name.text)
        if not values:
            return self.unknown(name, ())
        labels = tuple(sorted(values))
        self.resolutions.append(Resolution(name.facet, name.text, labels, labels))
        return Keyword(name.facet, values)

    def unknown(self, name: Name, nearest: tuple[str, ...]) -> Nothing:
        hint = f"; near it: {', '.join(nearest)}" if nearest else ""
        self.warnings.append(f"No {name.facet} here is named “{name.text}”{hint}")
        return Nothing()


def _wordless(text: str) -> str:
    meant = "; write OR to find either of two" if text == "|" else ""
    return f"Ignored “{text}”: it has no letter or digit{meant}"


def _is_acronym(query: Query) -> bool:
    """Capitals among small letters are a name: `IT army`, `WHO report`."""
    return (
        isinstance(query, Term) and query.word.isupper() and sum(map(str.isalpha, query.word)) > 1
    )


def _joined(kind: type[And] | type[Or], clauses: list[Query]) -> Query | None:
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return kind(tuple(clauses))


def _resolution(name: Name, facet: str, entities: list[Entity], inside: int) -> Resolution:
    return Resolution(
        facet,
        name.text,
        tuple(entity.entity_id for entity in entities),
        tuple(entity.label for entity in entities),
        inside,
    )
