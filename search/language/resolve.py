"""Resolving: what do the words and names of a query stand for in this index?

The parser's tree holds words and names as typed. An engine wants stems and surfaces of the analyzer
that made the index, and entity ids of its directory. This is the step between, and it says what it
did: which entities a name was taken for, and which words were left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from indexer.analysis import Analyzer
from indexer.analysis.acronyms import CASED, cased_stems, designated, designations
from indexer.analysis.forms.german import FARTHEST, parted_verb
from indexer.analysis.forms.persian import HALF_SPACE
from indexer.analysis.forms.persian import apart as apart_in_persian
from indexer.entities.types import Entity, EntityDirectory
from indexer.schema import ID_FACETS
from search.help.similar_names import nearest_names
from search.language.figures import MOST_WORDS, figures, in_words, numbered, spelled_otherwise
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
from search.language.spellings import (
    designations_of_parts,
    in_one_word,
    in_two_words,
    spelled_alike,
)
from search.request import KEPT_FACETS, PLACE_EXACT, called, facet_of, kind_of
from search.result import Resolution

_OPERATORS = frozenset({"or", "not"})
"""Which very common words might have been meant to combine others. `and` is what happens anyway."""

_TWO = 2
_MOST_ALTERNATIVES = 8
"""Phrases that one may stand for, where its words may be acronyms."""

Inside = Callable[[str], tuple[str, ...]]
"""The ids of the places that lie in one."""
FormsOf = Callable[[str], tuple[str, ...]]
"""The stems of other forms of a word as typed (`Engine.forms`)."""
LabelOf = Callable[[str, str], str]
"""What a person calls a value of a facet (`outlet`, `tag`)."""
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
    forms: FormsOf = lambda _: (),
    label: LabelOf = lambda _, value: value,
) -> Resolved:
    """Turns a parsed tree into one of index terms and ids.

    A place stands for what lies in it too, unless it is asked for by `place_exact:`.

    A word stands for all its forms, unless it is in quotation marks or behind `exact:`. A word that
    the analyzer cuts into several becomes a phrase. Stop words are left out of a row of words that
    has others. A name that nothing bears matches nothing, with a warning.
    """
    resolver = _Resolver(analyzer, directory, values_of, inside, forms, label)
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
    forms: FormsOf
    label: LabelOf
    acronyms: Mapping[str, tuple[str, ...]] | None = None
    surfaces: set[str] = field(default_factory=set)
    typed: dict[Query, Query] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def visit(self, query: Query) -> Query | None:
        """The resolved tree; None where nothing is left to look for."""
        match query:
            case And(clauses):
                return _joined(And, list(self.all_of(self.without_stop_words(clauses))))
            case Or(clauses):
                return _joined(Or, self.visit_all(clauses))
            case Not(clause):
                inner = self.visit(clause)
                return None if inner is None else Not(inner)
            case Name() | Term() | Phrase() | Near() | Prefix() | Fuzzy():
                resolved = self.leaf(query)
                if resolved is not None:
                    for one in resolved.clauses if isinstance(resolved, Or) else (resolved,):
                        self.typed.setdefault(one, query)
                return resolved
            case _:
                return query

    def leaf(self, query: Name | Term | Phrase | Near | Prefix | Fuzzy) -> Query | None:
        match query:
            case Name():
                return self.name(query)
            case Term():
                return self.term(query)
            case Phrase() | Near():
                return self.words(query)
            case Prefix(prefix):
                return self.last_word(query, prefix)
            case Fuzzy(word):
                return self.last_word(query, word)

    def term(self, query: Term) -> Query | None:
        """A word with all that it stands for: its forms, other spellings, designations, figures."""
        word = query.word
        found = self.words(Phrase((word,), query.field, query.exact))
        if query.exact or found is None:
            return found
        if spelled := designations(word) or designations_of_parts(word):
            return Or(tuple(self.designated(spelled, query.field)))
        if numbers := figures(word):
            others = list(dict.fromkeys(self.joined(one, query.field) for one in numbers))
            if isinstance(found, Term):
                alone = (one.word for one in others if isinstance(one, Term))
                forms = dict.fromkeys((*found.forms, *self.forms(word), *alone))
                found = replace(found, forms=tuple(forms))
                others = [one for one in others if isinstance(one, Phrase)]
            return _joined(Or, [found, *others])
        if HALF_SPACE in word:
            together = self.leaf(replace(query, word=word.replace(HALF_SPACE, "")))
            return _joined(Or, [found, *([together] if together else [])])
        if isinstance(found, Phrase) and len(found.words) == _TWO:
            compound = in_one_word(*self.analyzer.surfaces(word))
            return Or((found, self.joined(compound, query.field))) if compound else found
        return self.in_all_forms(found, word) if isinstance(found, Term) else found

    def in_all_forms(self, found: Term, word: str) -> Query | None:
        """A resolved word with its forms, and what it is written as in two words."""
        (surface,) = self.analyzer.surfaces(word)
        others = (*found.forms, *self.forms(word), *spelled_alike(surface))
        forms = dict.fromkeys(one for one in others if one != found.word)
        found = replace(found, forms=tuple(forms))
        two = filter(None, (in_two_words(surface), apart_in_persian(surface)))
        apart = (self.joined("-".join(each), found.field) for each in two)
        return _joined(Or, [found, *apart, *self.in_two_parts(word, found.field)])

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
        others = [() if query.exact else self.in_capitals(term) for term in terms]
        if len(terms) == 1:
            return Term(terms[0], query.field, query.exact, others[0])
        each = [(term, *other) for term, other in zip(terms, others, strict=True)]
        if 1 < prod(map(len, each)) <= _MOST_ALTERNATIVES:
            return Or(tuple(replace(query, words=words) for words in product(*each)))
        return replace(query, words=terms)

    def in_capitals(self, stem: str) -> tuple[str, ...]:
        """The acronyms that a word in small letters may be."""
        if self.acronyms is None:
            self.acronyms = cased_stems(self.analyzer.stem)
        return self.acronyms.get(stem, ())

    def joined(self, spelled: str, field: str | None) -> Term | Phrase:
        """One spelling of a designation: a word, or a row of words."""
        tokens = self.analyzer.tokens(spelled)
        self.surfaces.update(token.surface for token in tokens)
        if len(tokens) == 1:
            return Term(tokens[0].stem, field)
        return Phrase(tuple(token.stem for token in tokens), field)

    def designated(self, spelled: tuple[str, ...], field: str | None) -> Iterator[Term | Phrase]:
        """All spellings of a designation, and what a Turkish ending stands behind: *F-16'lar*."""
        for one in (self.joined(each, field) for each in spelled):
            yield one
            last = one.words[-1] if isinstance(one, Phrase) else one.word
            for stem in self.forms(last) if last[-1].isdecimal() else ():
                if isinstance(one, Phrase):
                    yield replace(one, words=(*one.words[:-1], stem))
                else:
                    yield replace(one, word=stem)

    def in_two_parts(self, word: str, field: str | None) -> Iterator[Near]:
        """A German verb whose parts stand apart, in each form that some article has."""
        parted = parted_verb(word, self.analyzer)
        if parted is None:
            return
        verb, first = parted
        (apart,) = self.analyzer.surfaces(first)
        others = {*self.forms(verb), *self.forms(f"{verb.removesuffix('n').removesuffix('e')}t")}
        for stem in sorted(others):
            yield Near((stem, self.analyzer.stem(apart)), FARTHEST, field)

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
        if shouted:  # capitals say nothing then
            clauses = tuple(
                replace(one, word=one.word.lower())
                if isinstance(one, Term) and one.word in CASED
                else one
                for one in clauses
            )
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

    def all_of(self, clauses: tuple[Query, ...]) -> Iterator[Query]:
        """Each clause resolved; neighbors that are one word too, as either: `air strike`,
        `MiG 29`, `three thousand`.
        """
        at = 0
        while at < len(clauses):
            count, others = self.written_otherwise(clauses[at : at + MOST_WORDS])
            taken = clauses[at : at + count]
            at += count
            both = _joined(And, self.visit_all(taken))
            if not others or both is None:
                yield from [] if both is None else [both]
                continue
            typed = " ".join(clause.word for clause in taken if isinstance(clause, Term))
            for one in others:
                self.typed.setdefault(one, Term(typed, one.field))
            yield Or((both, *others))

    def written_otherwise(self, clauses: tuple[Query, ...]) -> tuple[int, list[Term | Phrase]]:
        """How many neighbors are written otherwise too, and how: as a compound, in other spellings
        of a designation, in figures. One, and no spelling, where none are.
        """
        field = clauses[0].field if isinstance(clauses[0], Term) else None
        words = []
        for one in clauses:
            if not isinstance(one, Term) or one.exact or one.field != field:
                break
            surfaces = self.analyzer.surfaces(one.word)
            if len(surfaces) != 1:
                break
            words += surfaces
        if len(words) < _TWO:
            return 1, []
        if number_of_unit := numbered(*words[:_TWO]):
            return 1, [self.joined(number_of_unit, field)]
        count, spelled = _TWO, designated(*words[:_TWO])
        if compound := in_one_word(*words[:_TWO]):
            spelled = (compound,)
        elif number := in_words(words):
            value, count = number
            spelled = spelled_otherwise(value, words[:count])
        others = [self.joined(one, field) for one in spelled]
        return (count, others) if others else (1, [])

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
        if facet not in ID_FACETS:
            return self.plain_value(name)
        entities = self.directory.resolve(name.text, kind=kind_of(facet))
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
        found = tuple(sorted(values))
        kept = name.facet in KEPT_FACETS
        labels = tuple(self.label(name.facet, one) for one in found) if kept else found
        self.resolutions.append(Resolution(name.facet, name.text, found, labels))
        return Keyword(name.facet, values)

    def unknown(self, name: Name, nearest: tuple[str, ...]) -> Nothing:
        hint = f"; near it: {', '.join(nearest)}" if nearest else ""
        self.warnings.append(f"No {called(name.facet)} here is named “{name.text}”{hint}")
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
