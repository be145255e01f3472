"""Search result: what is an answer? Plain values; text with spans, never HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from indexer.document import IndexDocument
from search.engine import Histogram
from search.language.query import Query
from search.request import Sort


class Why(StrEnum):
    """The rule by which a place in a text matches."""

    EXACT = "exact"
    STEM = "stem"
    FORM = "form"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    ALIAS = "alias"


class Highlight(NamedTuple):
    """One marked place: `text[start:end]`. (A tuple, because a page makes hundreds.)

    Attributes:
        clause: which clause it matches: an index into `search.passages.highlighter.leaves`.
        why: by which rule.
    """

    start: int
    end: int
    clause: int
    why: Why


class Marks(NamedTuple):
    """Every marked place of an article, in order; places may overlap."""

    title: list[Highlight]
    text: list[Highlight]


class Snippet(NamedTuple):
    """A passage of one field with the matched words marked. (A tuple: a page makes thirty.)

    Attributes:
        field: `title` or `text`.
        text: plain text of the passage.
        spans: (start, end) offsets into `text`, in order, never overlapping or empty.
        offset: where the passage begins in the field's text.
    """

    field: str
    text: str
    spans: tuple[tuple[int, int], ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of a result, read.

    Attributes:
        marks: where the query matches; None where that was not asked for.
    """

    document: IndexDocument
    score: float
    snippets: tuple[Snippet, ...] = ()
    family_size: int = 1
    family_matches: int = 1
    marks: Marks | None = None


class FacetCount(NamedTuple):
    """One value of a facet, ready to show. (A tuple, because a page makes eighty.)

    Attributes:
        mode: how it is selected now (`any`, `all`, `not`), or empty.
        around: of a place, the others that it lies in, the smallest first.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # in place of the method of tuples
    mode: str = ""
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one facet.

    Attributes:
        counts: the page asked for, then every selected value that is not on it.
        distinct: how many different values the matches have.
    """

    facet: str
    counts: tuple[FacetCount, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a typed name was understood: `person:"Vladimir Zelensky"` → one or more entities.

    Attributes:
        inside: how many further places are found because they lie in these.
    """

    facet: str
    typed: str
    entity_ids: tuple[str, ...]
    labels: tuple[str, ...]
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a question that name somebody or something, whom more articles name.

    Attributes:
        kind: of what they name.
        articles: how many name it, in any spelling.
        otherwise: those of them that the words do not find.
    """

    typed: str
    kind: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    articles: int
    otherwise: int


@dataclass(frozen=True, slots=True)
class Also:
    """A term that reports use for words of a question, and that was not looked for.

    Attributes:
        articles: how many have it.
        query: the text of the question with it beside the words.
    """

    typed: str
    term: str
    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class Related:
    """One article that does not match a question and is about the same.

    Attributes:
        nearness: of its vector to that of the words; 1 at most.
        beginning: how its text begins. Nothing in it is claimed to match.
    """

    document: IndexDocument
    nearness: float
    beginning: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to one `SearchRequest`, all of it from one generation.

    Attributes:
        query: the resolved tree.
        clauses: what of the text can be marked, as typed; marks of other clauses are of filters.
        parsed: the text as it was read, its operators spelled out; it parses to the same tree.
        warnings: sentences for a person: a stop word ignored, a name unknown, a budget spent.
        forms: of words as typed, the words of other stems that are forms or spellings of them.
        named: names among the words that more articles bear than were found.
        also: terms that say nearly the same as words of the text; none of them was looked for.
        related: articles about the same that do not match, below the hits of the first page.
        did_you_mean: a better-known spelling of the whole query text, or empty.
        sort: the order of the hits.
        next_cursor: opaque; empty on the last page.
        about: which numbers were estimated: `families`, and facets by their names.
    """

    text: str
    query: Query
    clauses: tuple[Query, ...]
    parsed: str
    hits: tuple[Hit, ...]
    total: int
    families: int
    facets: Mapping[str, Facet] = field(default_factory=dict)
    histogram: Histogram | None = None
    resolutions: tuple[Resolution, ...] = ()
    warnings: tuple[str, ...] = ()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: tuple[Named, ...] = ()
    also: tuple[Also, ...] = ()
    related: tuple[Related, ...] = ()
    did_you_mean: str = ""
    sort: Sort
    next_cursor: str = ""
    complete: bool = True
    about: frozenset[str] = frozenset()
    generation: str
    articles: int
    built_at: str
    took_ms: float
