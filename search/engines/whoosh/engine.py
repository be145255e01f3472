"""Engine: answers questions over one generation that a `WhooshWriter` wrote."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path

import numpy as np

from indexer.analysis import analyzer
from indexer.analysis.forms import forms
from indexer.compiled import versions_compiled
from indexer.document import IndexDocument
from indexer.writers.whoosh.files.cache import Cache
from search.engine import (
    MAX_EXPANSIONS,
    FacetCounting,
    FacetValues,
    Holding,
    Matches,
    MatchRequest,
    WordCount,
    shared,
)
from search.engines.whoosh.counting import count_facets, greatest, held_values, values_of
from search.engines.whoosh.expansion import fuzzy_words, prefix_words
from search.engines.whoosh.filters import DATES, Filters, Held, present
from search.engines.whoosh.histogram import Bars
from search.engines.whoosh.index import Bits, Docs, Index
from search.engines.whoosh.known_words import KnownWords
from search.engines.whoosh.matched import Matched
from search.engines.whoosh.nodes import as_whoosh
from search.engines.whoosh.ranking import family_counts, rank
from search.language.query import Everything, Fuzzy, Prefix, Query, Term
from search.request import Interval

_EVERYTHING = Everything()  # is found at once, and is not worth keeping
_KEPT_HOLDING = 2  # what people keep, and what one question asks about
_KEPT_FORMS = 1024  # words: those of one question are mostly those of the next


class WhooshEngine:
    """An `Engine`: evaluates whole arrays of one segment after the other.

    Thread-safe: what is kept between requests are values that any thread would work out the same.

    Args:
        folder: what a `WhooshWriter` wrote.
        generation: its name.

    Raises:
        IndexCorrupt: a file is missing or damaged. Damage in the arrays themselves is found, and
            raised, when they are first used.
    """

    def __init__(self, folder: Path, generation: str) -> None:
        self._index = Index(folder)
        self._searcher = self._index.searcher(expansions=MAX_EXPANSIONS)
        self._generation = generation
        self._known = KnownWords(self._index)
        self._forms: Cache[tuple[str, str], tuple[str, ...]] = Cache(_KEPT_FORMS)
        self._bars: dict[tuple[str, Interval], Bars] = {}
        self._held: tuple[Held, ...] = ()
        self._compiled = 0  # versions of loops, when a question last ran out of time

    @property
    def generation(self) -> str:
        """Name of the generation it reads."""
        return self._generation

    @property
    def articles(self) -> int:
        """How many articles the generation holds."""
        return self._index.documents

    def match(self, request: MatchRequest) -> Matches:
        """Finds, counts and orders. Reads no stored text.

        Raises:
            QueryTooComplex: a prefix or fuzzy word expands to too many words.
            IndexCorrupt: an array is not what was written.
        """
        matches = self._match(request)
        if not matches.complete and (compiled := versions_compiled()) > self._compiled:
            self._compiled = compiled
            matches = self._match(request)  # the time was spent on compiling, once
        return matches

    def _match(self, request: MatchRequest) -> Matches:
        index = self._index
        deadline = time.monotonic() + request.time_budget
        held = self._held_of(request.holding)
        filters = Filters(index, request, held)
        found, complete = self._found(request, filters, held, deadline)
        relaxed = [filters.relaxed(segment) for segment in index.segments]
        matches = _restricted(found, relaxed, ignoring="")
        in_family = family_counts(index, matches)
        total = sum(len(matched.docs) for matched in matches)
        together = int(in_family.sum())
        return Matches(
            hits=rank(index, request, matches, in_family),
            total=total,
            families=total - together + int(np.count_nonzero(in_family)),
            facets=_facets(index, request, held, found, relaxed),
            histogram=None
            if request.histogram is None
            else self._bars_of(request.dates.field, request.histogram).histogram(
                index, _docs(found, relaxed, DATES)
            ),
            complete=complete,
        )

    def _held_of(self, holding: Holding) -> Held:
        """What was worked out of a mapping, the last ones kept: a page asks with two."""
        known = self._held
        held = next((one for one in known if one.holding is holding), None)
        held = held or Held(self._index, holding)
        self._held = (held, *(one for one in known if one is not held))[:_KEPT_HOLDING]
        return held

    def _found(
        self, request: MatchRequest, filters: Filters, held: Held, deadline: float
    ) -> tuple[list[Matched], bool]:
        """What passes the query and every filter that no count ignores, and whether it is all."""
        asked = self, request.query, filters.fixed_ones
        analysis = shared()
        known, (holding, found) = analysis.found or (None, (None, None))
        complete = True
        if found is None or known != asked or holding is not request.holding:
            planned = self._searcher.plan(as_whoosh(request.query), held)
            found = []
            for segment in self._index.segments:
                complete = complete and time.monotonic() < deadline
                if complete:
                    found.append(planned.match(segment, filters.fixed(segment)))
                else:
                    found.append(Matched.nothing(segment))
            if complete and request.query != _EVERYTHING:
                analysis.found = asked, (request.holding, found)
        if request.also is not None:
            part = self._searcher.plan(as_whoosh(request.also), held)
            found = [
                Matched(part.match(segment, matched.bits).bits, scores=matched.scores)
                for segment, matched in zip(self._index.segments, found, strict=True)
            ]
        return found, complete

    def _bars_of(self, field: str, interval: Interval) -> Bars:
        bars = self._bars.get((field, interval))
        if bars is None:
            bars = self._bars[field, interval] = Bars(self._index, field, interval)
        return bars

    def fetch(self, doc_numbers: Sequence[int]) -> list[IndexDocument]:
        """The stored documents, in the order asked for.

        Raises:
            IndexCorrupt: a stored document is not what was written.
        """
        places = (self._index.place(number) for number in doc_numbers)
        return [segment.stored.read(doc) for segment, doc in places]

    def article_ids(self, doc_numbers: Sequence[int]) -> list[str]:
        """The public ids of documents, in the order asked for. Reads nothing else of them.

        Raises:
            IndexCorrupt: an array is not what was written.
        """
        places = (self._index.place(number) for number in doc_numbers)
        return [segment.id_of(doc) for segment, doc in places]

    def doc_number(self, article_id: str) -> int | None:
        """Where an article lies in this generation; None when it is not in it."""
        return self._index.doc_number(article_id)

    def family(self, family_id: str) -> list[int]:
        """Doc numbers of a family's articles, earliest published first, undated last."""
        index = self._index
        number = index.families.find(family_id)
        if number is not None:
            start, end = index.family_starts[number : number + 2].tolist()
            return list(map(int, index.family_docs[start:end]))
        alone = self.doc_number(family_id)
        if alone is None:
            return []
        segment, doc = index.place(alone)
        return [] if segment.is_reprint(doc) else [alone]

    def words(self, prefix: str, *, limit: int) -> list[WordCount]:
        """Surfaces that start with `prefix`, most frequent first."""
        found = self._index.words.prefixed(prefix)
        articles = self._index.word_articles
        numbers = found.start + np.flatnonzero(articles[found.start : found.stop])
        return [
            WordCount(self._index.words.word(number), int(articles[number]))
            for number in greatest(articles, numbers, limit).tolist()
        ]

    def expand(self, query: Query) -> frozenset[str]:
        """The surfaces that a resolved `Term`, `Prefix` or `Fuzzy` stands for in this generation.

        Raises:
            QueryTooComplex: it stands for too many.
            TypeError: the query is none of them.
        """
        match query:
            case Term(_, _, exact):
                found = [self._index.words_of(stem, exact=exact) for stem in query.stems]
                numbers: Iterable[int] = self._index.known(np.concatenate(found))
            case Prefix(prefix):
                numbers = self._index.known(prefix_words(self._index, prefix))
            case Fuzzy(word, distance):
                numbers = fuzzy_words(self._index, word, distance)[0].tolist()
            case _:
                raise TypeError(f"only a word stands for words: {query!r}")
        return frozenset(self._index.words.word(int(number)) for number in numbers)

    def forms(self, word: str, language: str = "") -> tuple[str, ...]:
        """The stems of other forms of a word as typed that articles have."""
        found = self._forms.get((word, language))
        if found is None:
            found = forms(word, analyzer(), self._known, language)
            self._forms.keep((word, language), found)
        return found

    def similar_words(self, word: str, *, distance: int, limit: int) -> list[WordCount]:
        """Surfaces within a Levenshtein distance, nearest first, then most frequent."""
        numbers, distances = fuzzy_words(self._index, word, distance)
        articles = self._index.word_articles[numbers].astype(np.int64)
        order = np.lexsort((numbers, -articles, distances))[:limit]
        return [
            WordCount(self._index.words.word(number), count)
            for number, count in zip(numbers[order].tolist(), articles[order].tolist(), strict=True)
        ]

    def close(self) -> None:
        """Lets go of the files; they are unmapped when the last request that uses them ends."""
        del self._index, self._searcher, self._known, self._held


def _facets(
    index: Index,
    request: MatchRequest,
    held: Held,
    found: Sequence[Matched],
    relaxed: Sequence[dict[str, Bits]],
) -> dict[str, FacetValues]:
    """Counts of all facets; those that no filter of their own is ignored for share one count."""
    kept_apart = {name for passing in relaxed for name in passing}
    together: dict[str, list[FacetCounting]] = {}
    for counting in request.facets:
        ignoring = counting.facet if counting.facet in kept_apart else ""
        together.setdefault(ignoring, []).append(counting)
    values: dict[str, FacetValues] = {}
    for ignoring, countings in together.items():
        docs = _docs(found, relaxed, ignoring)
        own = [counting for counting in countings if counting.facet not in held]
        if own:
            counts = count_facets(index, own, docs)
            for counting, counted in zip(own, values_of(index, own, counts), strict=True):
                values[counting.facet] = counted
        if len(own) < len(countings):
            matches = present(index.segments, docs)
            for counting in countings:
                if counting.facet in held:
                    counted = held_values(counting, held.facet(counting.facet).counts(matches))
                    values[counting.facet] = counted
    return {counting.facet: values[counting.facet] for counting in request.facets}


def _restricted(
    found: Sequence[Matched], relaxed: Sequence[dict[str, Bits]], *, ignoring: str
) -> list[Matched]:
    """Each segment's matches that pass the filters kept apart, but for one."""
    restricted = []
    for matched, passing in zip(found, relaxed, strict=True):
        sets = [bits for name, bits in passing.items() if name != ignoring]
        restricted.append(matched.within(reduce(np.bitwise_and, sets)) if sets else matched)
    return restricted


def _docs(
    found: Sequence[Matched], relaxed: Sequence[dict[str, Bits]], ignoring: str
) -> list[Docs]:
    return [matched.docs for matched in _restricted(found, relaxed, ignoring=ignoring)]
