"""What an engine must answer, as the shortest program that says it.

`MemoryEngine` looks at every article for every question. It is the executable specification of
`search.engine.Engine`: the contract suite holds it and every real engine to the same answers. It
is longer than other files, so that the specification can be read in one piece.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from corpus.errors import QueryTooComplex
from indexer.analysis import Analyzer, Token
from indexer.analysis.forms import MOST_BEGINNING, MOST_HAVING, forms
from indexer.document import IndexDocument
from indexer.schema import FACETS, TEXT_FIELDS, TextField
from search.engine import (
    MAX_EXPANSIONS,
    FacetCounting,
    FacetValue,
    FacetValues,
    Histogram,
    Holding,
    Match,
    Matches,
    MatchRequest,
    WordCount,
)
from search.language.query import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import Filter, Mode, Sort
from search.scoring import K1, worth
from tests.contract.days import dates_of, histogram, in_range, keeps
from tests.contract.positions import near_starts, phrase_starts

Scores = Mapping[int, float]
"""The articles that match, by doc number, with what each scores."""


class MemoryEngine:
    """Implements `Engine` over documents held in memory, in the order given."""

    def __init__(
        self, documents: Iterable[IndexDocument], analyzer: Analyzer, *, generation: str = "memory"
    ) -> None:
        self._documents = tuple(documents)
        self._generation = generation
        self._stem = analyzer.stem
        self._analyzer = analyzer
        self._tokens = [
            {
                "title": analyzer.tokens(document.title),
                "text": analyzer.tokens(document.text),
            }
            for document in self._documents
        ]
        self._average_lengths = {
            field.name: sum(len(fields[field.name]) for fields in self._tokens)
            / max(1, self.articles)
            for field in TEXT_FIELDS
        }
        self._by_surface: dict[str, set[int]] = {}
        for number, fields in enumerate(self._tokens):
            for tokens in fields.values():
                for token in tokens:
                    self._by_surface.setdefault(token.surface, set()).add(number)
        self._holding: Holding = {}
        self._evaluate = lru_cache(maxsize=4096)(self._scores)

    @property
    def generation(self) -> str:
        return self._generation

    @property
    def articles(self) -> int:
        return len(self._documents)

    def match(self, request: MatchRequest) -> Matches:
        if request.holding is not self._holding:
            self._holding = request.holding
            self._evaluate.cache_clear()
        found = self._evaluate(request.query)
        kept = self._filtered(found, request)
        ordered = sorted((self._key(number, found, request.sort), number) for number in kept)
        if request.collapse:
            best: dict[str, tuple[float, int]] = {}
            for key, number in ordered:
                best.setdefault(self._documents[number].family_id, (key, number))
            ordered = sorted(best.values())
        sign = _sign(request.sort)
        if request.after is not None:
            start = (sign * request.after.key, request.after.doc_number)
            ordered = [place for place in ordered if place > start]
        matching = Counter(self._documents[number].family_id for number in kept)
        whole = Counter(document.family_id for document in self._documents)
        hits = []
        for key, number in ordered[: request.limit]:
            family = self._documents[number].family_id
            hits.append(Match(number, found[number], sign * key, whole[family], matching[family]))
        return Matches(
            hits=tuple(hits),
            total=len(kept),
            families=len(matching),
            facets={asked.facet: self._counts(found, request, asked) for asked in request.facets},
            histogram=self._histogram(found, request),
        )

    def fetch(self, doc_numbers: Sequence[int]) -> list[IndexDocument]:
        return [self._documents[number] for number in doc_numbers]

    def article_ids(self, doc_numbers: Sequence[int]) -> list[str]:
        return [self._documents[number].article_id for number in doc_numbers]

    def doc_number(self, article_id: str) -> int | None:
        numbers = (
            n for n, document in enumerate(self._documents) if document.article_id == article_id
        )
        return next(numbers, None)

    def family(self, family_id: str) -> list[int]:
        members = [
            n for n, document in enumerate(self._documents) if document.family_id == family_id
        ]
        return sorted(members, key=lambda number: (self._day(number), number))

    def words(self, prefix: str, *, limit: int) -> list[WordCount]:
        surfaces = (surface for surface in self._by_surface if surface.startswith(prefix))
        return sorted(map(self._word_count, surfaces), key=_most_frequent_first)[:limit]

    def expand(self, query: Query) -> frozenset[str]:
        match query:
            case Term(_, _, exact):
                surfaces = {
                    word
                    for word in self._by_surface
                    if (word if exact else self._stem(word)) in query.stems
                }
            case Prefix(prefix):
                surfaces = {word for word in self._by_surface if word.startswith(prefix)}
            case Fuzzy(word, distance):
                surfaces = {near for near in self._by_surface if _within(word, near, distance)}
            case _:
                raise TypeError(f"only a word stands for words: {query}")
        if len(surfaces) > MAX_EXPANSIONS:
            raise QueryTooComplex(
                f"This stands for {len(surfaces)} words, the limit is {MAX_EXPANSIONS}", where="q"
            )
        return frozenset(surfaces)

    def forms(self, word: str, language: str = "") -> tuple[str, ...]:
        return forms(word, self._analyzer, _Known(self._documents, self._tokens), language)

    def similar_words(self, word: str, *, distance: int, limit: int) -> list[WordCount]:
        near = (other for other in self._by_surface if _within(word, other, distance))
        counts = map(self._word_count, near)
        return sorted(
            counts, key=lambda c: (Levenshtein.distance(word, c.word), *_most_frequent_first(c))
        )[:limit]

    def close(self) -> None:
        self._evaluate.cache_clear()

    # What matches, and what it scores

    def _scores(self, query: Query) -> Scores:
        every = range(len(self._documents))
        match query:
            case Everything() | And(clauses=()):
                return dict.fromkeys(every, 0.0)
            case Nothing():
                return {}
            case And(clauses):
                parts = [self._evaluate(clause) for clause in clauses]
                shared = set.intersection(*(set(part) for part in parts))
                return {number: sum(part[number] for part in parts) for number in shared}
            case Or(clauses):
                parts = [self._evaluate(clause) for clause in clauses]
                return {
                    number: sum(part.get(number, 0.0) for part in parts)
                    for number in set().union(*parts)
                }
            case Not(clause):
                found = self._evaluate(clause)
                return {number: 0.0 for number in every if number not in found}
            case Keyword(facet, values):
                return {
                    number: 0.0
                    for number, document in enumerate(self._documents)
                    if values.intersection(self._having(document, facet))
                }
            case DateRange(field, start, end):
                return {
                    number: 0.0
                    for number, document in enumerate(self._documents)
                    if any(in_range(day, start, end) for day in dates_of(document, field))
                }
            case Fuzzy():
                return self._fuzzy(query)
            case _:
                worth = self._worth(query)
                return {n: worth * w / (K1 + w) for n, w in self._weights(query).items()}

    def _weights(self, leaf: Query) -> dict[int, float]:
        """The weighted frequency of a leaf in each article that has it: see `search.scoring`."""
        weighted: dict[int, float] = {}
        for number, field, frequency in self._occurrences(leaf):
            length = 1 - field.b + field.b * self._relative_length(number, field.name)
            weighted[number] = weighted.get(number, 0.0) + field.weight * frequency / length
        return weighted

    def _occurrences(self, leaf: Query) -> Iterator[tuple[int, TextField, int]]:
        """The articles and fields that have a leaf, and how often."""
        for number in range(len(self._documents)):
            for field in _fields(leaf):
                if frequency := self._frequency(leaf, number, field.name):
                    yield number, field, frequency

    def _worth(self, leaf: Query) -> float:
        match leaf:
            case Phrase(words, field, exact) | Near(words, _, field, exact):
                return sum(self._worth(Term(word, field, exact)) for word in words)
            case _:
                found = list(self._occurrences(leaf))
                having = {number for number, _, _ in found}
                return worth(self.articles, len(having), sum(often for _, _, often in found))

    def _fuzzy(self, query: Fuzzy) -> Scores:
        """The nearer a surface, the higher the score, whatever the frequencies."""
        worth = self._worth(query)
        scores = {}
        for number, weight in self._weights(query).items():
            nearest = min(
                Levenshtein.distance(query.word, token.surface)
                for field in _fields(query)
                for token in self._tokens[number][field.name]
            )
            step = query.distance - nearest + weight / (K1 + weight)
            scores[number] = worth * step / (query.distance + 1)
        return scores

    def _frequency(self, leaf: Query, number: int, field: str) -> int:
        tokens = self._tokens[number][field]
        surfaces = [token.surface for token in tokens]
        stems = [token.stem for token in tokens]
        match leaf:
            case Term(_, _, exact):
                return sum(word in leaf.stems for word in (surfaces if exact else stems))
            case Phrase(words, _, exact):
                return len(phrase_starts(surfaces if exact else stems, words))
            case Near(words, distance, _, exact):
                return len(near_starts(surfaces if exact else stems, words, distance))
            case Prefix() | Fuzzy():
                expansions = self.expand(leaf)
                return sum(surface in expansions for surface in surfaces)
            case _:
                raise TypeError(f"an engine is asked resolved questions only: {leaf}")

    def _relative_length(self, number: int, field: str) -> float:
        average = self._average_lengths[field]
        return len(self._tokens[number][field]) / average if average else 1.0

    # Filters, facets, dates, order

    def _filtered(
        self, found: Iterable[int], request: MatchRequest, *, but: str = "", dates: bool = True
    ) -> list[int]:
        """What the filters keep, but for the ANY filter of one facet."""
        filters = [one for one in request.filters if (one.facet, one.mode) != (but, Mode.ANY)]
        if request.also is not None:
            part = self._evaluate(request.also)
            found = [number for number in found if number in part]
        return [
            number
            for number in found
            if all(self._passes(self._documents[number], one) for one in filters)
            and (not dates or keeps(self._documents[number], request.dates))
        ]

    def _counts(self, found: Scores, request: MatchRequest, asked: FacetCounting) -> FacetValues:
        kept = self._filtered(found, request, but=asked.facet)
        known = {
            value for document in self._documents for value in self._having(document, asked.facet)
        }
        counts = Counter(
            value for number in kept for value in self._values(number, asked) if value in known
        )
        ordered = sorted(
            (FacetValue(value, count) for value, count in counts.items()),
            key=lambda value: (-value.count, value.value),
        )
        among = [one for one in ordered if asked.among is None or one.value in asked.among]
        page = among[asked.offset : asked.offset + asked.size]
        missing = asked.also - {one.value for one in page}
        also = sorted(
            (FacetValue(value, counts[value]) for value in missing),
            key=lambda value: (-value.count, value.value),
        )
        return FacetValues((*page, *also), len(among))

    def _values(self, number: int, asked: FacetCounting) -> set[str]:
        own = self._having(self._documents[number], asked.facet)
        return own | {whole for whole, parts in asked.parts.items() if not own.isdisjoint(parts)}

    def _having(self, document: IndexDocument, facet: str) -> set[str]:
        """Its values of a facet, which the index or the request knows."""
        if facet in FACETS:
            return set(document.values(facet))
        holding = self._holding.get(facet, {})
        return {value for value, articles in holding.items() if document.article_id in articles}

    def _passes(self, document: IndexDocument, one: Filter) -> bool:
        values = self._having(document, one.facet)
        if one.mode is Mode.ALL:
            return values.issuperset(one.values)
        return values.isdisjoint(one.values) == (one.mode is Mode.NOT)

    def _histogram(self, found: Scores, request: MatchRequest) -> Histogram | None:
        if request.histogram is None:
            return None
        kept = self._filtered(found, request, dates=False)
        return histogram(
            [dates_of(self._documents[number], request.dates.field) for number in kept],
            [dates_of(document, request.dates.field) for document in self._documents],
            request.histogram,
        )

    def _day(self, number: int) -> float:
        published = self._documents[number].published
        return published.earliest.toordinal() if published else math.inf

    def _key(self, number: int, found: Scores, sort: Sort) -> float:
        """What to sort by, upwards: the best comes first, the undated last."""
        if sort is Sort.RELEVANCE:
            return -found[number]
        day = self._day(number)
        return -day if sort is Sort.NEWEST and day != math.inf else day

    def _word_count(self, surface: str) -> WordCount:
        return WordCount(surface, len(self._by_surface[surface]))


class _Known:
    """What `forms` asks of an index."""

    def __init__(
        self, documents: Sequence[IndexDocument], tokens: Sequence[Mapping[str, list[Token]]]
    ) -> None:
        self.languages = {document.language for document in documents}
        self._numbered = [
            (number, token)
            for number, fields in enumerate(tokens)
            for found in fields.values()
            for token in found
        ]
        self._words = [(documents[number].language, token) for number, token in self._numbered]

    def has_stem(self, stem: str, language: str | None) -> bool:
        return any(
            token.stem == stem and _may_be(written, language) for written, token in self._words
        )

    def has_word(self, surface: str, language: str | None) -> bool:
        return any(
            token.surface == surface and _may_be(written, language)
            for written, token in self._words
        )

    def beginning(self, surface: str) -> set[str]:
        found = {token.surface for _, token in self._words if token.surface.startswith(surface)}
        return found if len(found) <= MOST_BEGINNING else set()

    def having(self, part: str) -> list[str]:
        having = {
            (number, token.surface) for number, token in self._numbered if part in token.surface[1:]
        }
        articles = Counter(surface for _, surface in having)
        return sorted(articles, key=lambda one: (-articles[one], one))[:MOST_HAVING]


def _may_be(written: str, language: str | None) -> bool:
    return language in (None, written) or written in ("", "und")


def _fields(leaf: Query) -> list[TextField]:
    """The text fields that a leaf searches."""
    asked = getattr(leaf, "field", None)
    return [field for field in TEXT_FIELDS if asked in (None, field.name)]


def _sign(sort: Sort) -> int:
    """`Match.key` grows with what it names; the order of the newest and the best is downwards."""
    return 1 if sort is Sort.OLDEST else -1


def _within(word: str, other: str, distance: int) -> bool:
    return Levenshtein.distance(word, other, score_cutoff=distance) <= distance


def _most_frequent_first(count: WordCount) -> tuple[int, str]:
    return (-count.articles, count.word)
