"""Engine protocol: what must an engine do? Match without reading text, then fetch one page.

The seam carries our own types only. `doc_number` is internal to one generation of one engine and
never leaves `search`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeAlias

from corpus.errors import QueryTooComplex
from indexer.document import IndexDocument
from search.language.query import Query
from search.request import DateFilter, Filter, Interval, Sort

MAX_EXPANSIONS = 1000
"""Words that one `Prefix` or `Fuzzy` may stand for; more is `QueryTooComplex`."""


UNKNOWN_LANGUAGES = ("und", "")
"""What an article has whose language is not known: it may be in any."""


def refuse_more(count: int, limit: int | None, written: str) -> None:
    """Refuses what stands for too many words.

    Raises:
        QueryTooComplex: `count` words are more than `limit`, where there is one.
    """
    if limit is not None and count > limit:
        raise QueryTooComplex(
            f"{written} stands for {count:,} words, at most {limit:,} can be searched",
            where="q",
            advice="Write more letters of the word",
        )


@dataclass(slots=True)
class Shared:
    """What the questions of one analysis have in common.

    Attributes:
        spent: what they have cost an engine so far, in units of its own.
        found: what an engine found for the last of them, by what finds it; it may ask for it again.
    """

    spent: int = 0
    found: tuple[Hashable, Any] | None = None


_SHARED: ContextVar[Shared | None] = ContextVar("shared", default=None)


@contextmanager
def one_analysis() -> Iterator[None]:
    """What is asked inside is one analysis: its questions cost together what one may.

    What differs in `also` alone is looked for once. Also a decorator. Inside another one it changes
    nothing.
    """
    if _SHARED.get() is not None:
        yield
        return
    token = _SHARED.set(Shared())
    try:
        yield
    finally:
        _SHARED.reset(token)


def shared() -> Shared:
    """What the questions of the analysis under way share; a question of its own shares nothing."""
    return _SHARED.get() or Shared()


Holding: TypeAlias = Mapping[str, Mapping[str, frozenset[str]]]
"""By facet and value, the ids of the articles that have it."""


@dataclass(frozen=True, slots=True)
class FacetCounting:
    """Count the values of one facet over all matches.

    The facet's own ANY filter is ignored in its counts; every other filter holds.

    Attributes:
        size: how many values, most frequent first, ties by value.
        among: count only these values; None counts all.
        also: values that follow the page's even with a count of 0: the selected ones stay visible.
        parts: the values in each of some others, whose articles count as its own. What no article
            of the generation has has none. An engine may remember what it works out of this very
            mapping, which must not change.
    """

    facet: str
    size: int
    offset: int = 0
    among: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    parts: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins: after the hit with this sort key and doc number."""

    key: float
    doc_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRequest:
    """A resolved question: terms are index terms, names are ids.

    Attributes:
        also: what the articles must match besides, without scoring. An analysis that asks one
            question about many parts of its articles says the part here.
        filters: at most one of each mode a facet.
        holding: facets that the generation does not hold, and who has their values: in the query,
            the filters and the counts they are facets like others. An engine may remember what it
            works out of this very mapping, which must not change.
        time_budget: seconds of evaluation after which the engine stops and says `complete=False`.
    """

    query: Query
    also: Query | None = None
    filters: tuple[Filter, ...] = ()
    holding: Holding = field(default_factory=dict)
    dates: DateFilter = field(default_factory=DateFilter)
    facets: tuple[FacetCounting, ...] = ()
    histogram: Interval | None = None
    collapse: bool = False
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    after: PageStart | None = None
    time_budget: float = 5.0


class Match(NamedTuple):
    """One hit, not yet read. (A tuple, because making ten takes as long as finding them.)

    Attributes:
        score: see `search.scoring`; 0.0 where nothing scores.
        key: what it was sorted by: score, or day ordinal.
        family_size: articles of its family in this generation (1: alone).
        family_matches: articles of its family among the matches.
    """

    doc_number: int
    score: float
    key: float
    family_size: int = 1
    family_matches: int = 1


class FacetValue(NamedTuple):
    """One value of a facet and its articles. (A tuple, because a page makes eighty.)"""

    value: str
    count: int  # type: ignore[assignment]  # in place of the method of tuples


@dataclass(frozen=True, slots=True)
class FacetValues:
    """Counts of one facet.

    Attributes:
        values: the page asked for, then those of `also` that are not on it.
        distinct: how many different values the matches have (after `among`).
    """

    values: tuple[FacetValue, ...]
    distinct: int


class Bar(NamedTuple):
    """One bar of a date histogram: articles dated `start` to `end`, both inclusive.

    A tuple, because a page makes hundreds.

    Attributes:
        collected: articles of the whole generation dated so: the coverage under the bar.
    """

    start: date
    end: date
    count: int  # type: ignore[assignment]  # in place of the method of tuples
    collected: int


@dataclass(frozen=True)
class Columns:
    """The bars of a date histogram but for their heights: the same for all questions.

    Attributes:
        days: first and last day of each bar.
        collected: articles of the whole generation dated so.
    """

    days: tuple[tuple[date, date], ...]
    collected: tuple[int, ...]

    def __hash__(self) -> int:
        return self._hashed

    @cached_property
    def _hashed(self) -> int:
        """Worked out once, for what is remembered of them."""
        return hash((self.days, self.collected))

    @cached_property
    def written(self) -> tuple[tuple[str, str], ...]:
        """The days as ISO writes them."""
        return tuple((start.isoformat(), end.isoformat()) for start, end in self.days)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts by date; the request's own date range is ignored, every other filter holds.

    Attributes:
        columns: without gaps from the generation's first dated article to its last.
        counts: how many articles are in each.
        imprecise: matches whose date is known less exactly than a bar is wide; in no bar.
        undated: matches without a date in this field.
    """

    interval: Interval
    columns: Columns
    counts: tuple[int, ...]
    imprecise: int
    undated: int

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Each bar with all that is known of it."""
        return tuple(
            Bar(start, end, count, collected)
            for (start, end), count, collected in zip(
                self.columns.days, self.counts, self.columns.collected, strict=True
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What `match` found.

    Attributes:
        hits: one page, in order.
        total: matching articles. families: matching families.
        complete: False when the time budget was spent; counts are then lower bounds.
        about: what was estimated: `families`, and by its name each facet whose values are too many
            for an engine to count one by one.
    """

    hits: tuple[Match, ...]
    total: int
    families: int
    facets: Mapping[str, FacetValues] = field(default_factory=dict)
    histogram: Histogram | None = None
    complete: bool = True
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word of the index and the number of articles that have it."""

    word: str
    articles: int


class Engine(Protocol):
    """Answers resolved questions over one generation. Thread-safe; reads only."""

    @property
    def generation(self) -> str:
        """Name of the generation it reads."""
        ...

    @property
    def articles(self) -> int:
        """How many articles the generation holds."""
        ...

    def match(self, request: MatchRequest) -> Matches:
        """Finds, counts and orders. Reads no stored text.

        Raises:
            QueryTooComplex: a prefix or fuzzy word expands to too many words.
        """
        ...

    def fetch(self, doc_numbers: Sequence[int]) -> list[IndexDocument]:
        """The stored documents, in the order asked for."""
        ...

    def article_ids(self, doc_numbers: Sequence[int]) -> list[str]:
        """The public ids of documents, in the order asked for. Reads nothing else of them."""
        ...

    def doc_number(self, article_id: str) -> int | None:
        """Where an article lies in this generation; None when it is not in it."""
        ...

    def family(self, family_id: str) -> list[int]:
        """Doc numbers of a family's articles, earliest published first, undated last."""
        ...

    def words(self, prefix: str, *, limit: int) -> list[WordCount]:
        """Surfaces that start with `prefix`, most frequent first."""
        ...

    def expand(self, query: Query) -> frozenset[str]:
        """The surfaces that a resolved `Term`, `Prefix` or `Fuzzy` stands for in this generation.

        For a term without `exact`, those are the words of the index with any of its stems.
        """
        ...

    def forms(self, word: str, language: str = "") -> tuple[str, ...]:
        """The stems of other forms of a word as typed that articles have: see `analysis.forms`.

        Args:
            language: the one it is of, where that is known.
        """
        ...

    def similar_words(self, word: str, *, distance: int, limit: int) -> list[WordCount]:
        """Surfaces within a Levenshtein distance, nearest first, then most frequent."""
        ...

    def close(self) -> None:
        """Releases files. Requests that still run on it finish first."""
        ...
