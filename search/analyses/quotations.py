"""Quotations: who says what in the articles of a query, in whose words, and where?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from indexer.articles.quotes.types import Quote
from indexer.document import IndexDocument
from search import service
from search.engine import MatchRequest
from search.language.query import And, Keyword, Or, Query
from search.request import Mode, SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from search.serving.paging import whole

MAX_ARTICLES = 2_000
MAX_QUOTES = 10_000
"""Beyond these the list says that it is not complete."""
MOST_SPEAKERS = 20
SAID_BY = "said_by"


class Manner(StrEnum):
    """How something is given: in the speaker's words, or in those of the article."""

    DIRECT = "direct"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quote of an article that was found.

    Attributes:
        speaker: as written there; may be *he*. label: whom that means, empty where nobody is named.
        verb: as written.
    """

    hit: Hit
    quote: Quote
    entity_id: str
    label: str

    @property
    def document(self) -> IndexDocument:
        return self.hit.document

    @property
    def text(self) -> str:
        """What was said, on one line."""
        return " ".join(self.document.text[self.quote.start : self.quote.end].split())

    @property
    def speaker(self) -> str:
        return self.document.text[self.quote.speaker_start : self.quote.speaker_end]

    @property
    def verb(self) -> str:
        return self.document.text[self.quote.verb_start : self.quote.verb_end]

    @property
    def manner(self) -> Manner:
        return Manner.DIRECT if self.quote.is_direct else Manner.REPORTED


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted, and how often."""

    entity_id: str
    label: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Quotations:
    """Quotes of a query's articles.

    Attributes:
        lines: the page asked for, in the order of the articles.
        total: how many quotes there are, by the speakers chosen if any are.
        articles: articles that hold them. matching: articles that the query finds.
        speakers: those with a name, most quoted first.
        complete: False when a limit, or the time allowed, cut the reading short.
    """

    lines: tuple[Quotation, ...]
    total: int
    articles: int
    matching: int
    speakers: tuple[Speaker, ...]
    complete: bool


def quotations(
    request: SearchRequest, index: OpenIndex, *, manner: Manner | None = None, offset: int = 0
) -> Quotations:
    """The quotes of all articles that a query and its filters find.

    Where `said_by` chooses speakers, as a filter or in the query, only what these say.

    Args:
        request: its `limit` is the number of quotes of the page.
        manner: only direct or only reported speech.

    Raises:
        RequestError: as `service.search`.
    """
    asked = replace(request, highlight=False, cursor="")
    counted, hits = whole(asked, index, limit=MAX_ARTICLES)
    chosen = _speakers(service.as_match(asked, index))
    found = list(
        islice(
            (
                one
                for hit in hits
                for one in _of(hit, chosen)
                if manner is None or one.manner is manner
            ),
            MAX_QUOTES + 1,
        )
    )
    complete = counted.complete and counted.total <= MAX_ARTICLES and len(found) <= MAX_QUOTES
    found = found[:MAX_QUOTES]
    counts = Counter(one.entity_id for one in found if one.entity_id)
    index.learn_labels(counts)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_SPEAKERS]
    return Quotations(
        tuple(
            replace(one, label=index.label(SAID_BY, one.entity_id) if one.entity_id else "")
            for one in found[offset : offset + request.limit]
        ),
        len(found),
        len({one.document.article_id for one in found}),
        counted.total,
        tuple(Speaker(one, index.label(SAID_BY, one), count) for one, count in most),
        complete,
    )


def _speakers(asked: MatchRequest) -> frozenset[str] | None:
    """Who must speak in every article that is found; None where nobody must."""
    filters = [one for one in asked.filters if one.facet == SAID_BY and one.mode is not Mode.NOT]
    ids = _must_speak(asked.query) or frozenset()
    ids |= {value for one in filters for value in one.values}
    return ids or None


def _must_speak(query: Query) -> frozenset[str] | None:
    match query:
        case Keyword(facet, values) if facet == SAID_BY:
            return values
        case And(clauses):
            found = [ids for clause in clauses if (ids := _must_speak(clause)) is not None]
            return frozenset().union(*found) if found else None
        case Or(clauses):
            each = [_must_speak(clause) for clause in clauses]
            known = [ids for ids in each if ids is not None]
            return frozenset().union(*known) if len(known) == len(each) else None
        case _:
            return None


def _of(hit: Hit, chosen: frozenset[str] | None) -> Iterator[Quotation]:
    for spoken in hit.document.quotes:
        if chosen is None or spoken.entity_id in chosen:
            yield Quotation(hit, spoken.quote, spoken.entity_id, "")
