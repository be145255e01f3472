"""Concordance: in what words is something spoken of? Every occurrence of a query with its context,
aligned.

Keyword in context (Luhn 1960, "Keyword-in-context index for technical literature"): one line an
occurrence, sortable by the words that stand before or after it, and those words counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from corpus.dates import PartialDate
from indexer.analysis import Analyzer
from search import service
from search.passages.highlighter import Highlight, Highlighter, Why
from search.request import SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from search.serving.paging import whole

MAX_ARTICLES = 2_000
MAX_OCCURRENCES = 10_000
"""Beyond these a concordance says that it is not complete: a person reads hundreds of lines."""
NEIGHBORS = 20
"""Words that are counted on each side of the match."""
WIDTH = 60
"""Characters of context on each side, about."""
_SORTED_WORDS = 4  # words of context that an order looks at


class Order(StrEnum):
    """What the lines of a concordance are sorted by; ties keep the order of the articles."""

    ARTICLE = "article"
    LEFT = "left"
    RIGHT = "right"
    MATCH = "match"
    DATE = "date"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line.

    Attributes:
        start, end: offsets of the match into the article's text.
        ordinal: of the highlight that it is in on the article's page, counted from 1.
        left, match, right: one line of text each, line breaks as spaces; cut between words.
        left_words: folded words before the match, nearest first. right_words: those after it.
    """

    article_id: str
    title: str
    outlet: str
    published: PartialDate | None
    flags: tuple[str, ...]
    start: int
    end: int
    ordinal: int
    left: str
    match: str
    right: str
    why: Why
    left_words: tuple[str, ...]
    right_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A word right beside the match, and how often it stands there."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines of a query.

    Attributes:
        lines: the page asked for.
        occurrences: how many lines there are. articles: articles that they are from.
        matching: articles that match the query; more than `articles` where only titles, names
            without a mention in the text, or filters match, or where the concordance was cut.
        left, right: words directly before and after, most frequent first, without stop words.
        complete: False when a limit, or the time allowed, cut the reading short.
    """

    lines: tuple[Occurrence, ...]
    occurrences: int
    articles: int
    matching: int
    left: tuple[Neighbor, ...]
    right: tuple[Neighbor, ...]
    complete: bool


def concordance(
    request: SearchRequest,
    index: OpenIndex,
    *,
    order: Order = Order.ARTICLE,
    offset: int = 0,
) -> Concordance:
    """Every occurrence of a query in the texts that match it and its filters.

    Args:
        request: its `limit` is the number of lines of the page, its sort the order of articles.
        order: of the lines.
        offset: lines to skip.

    Raises:
        RequestError: as `service.search`.
    """
    bare = replace(request, highlight=False, cursor="")
    counted, hits = whole(bare, index, limit=MAX_ARTICLES)
    total = counted.total
    resolved, _ = service.understand(service.read(request, index), request, index)
    highlighter = Highlighter(resolved, index.analyzer, index.engine.expand)
    found = list(islice(_occurrences(hits, highlighter, index.analyzer),
                        MAX_OCCURRENCES + 1))  # fmt: skip
    held = len(found) <= MAX_OCCURRENCES and total <= MAX_ARTICLES
    complete = held and counted.complete
    found = found[:MAX_OCCURRENCES]
    lines = sorted(found, key=_KEYS[order]) if order is not Order.ARTICLE else found
    return Concordance(
        tuple(lines[offset : offset + request.limit]),
        len(found),
        len({line.article_id for line in found}),
        total,
        _neighbors((line.left_words for line in found), index.analyzer),
        _neighbors((line.right_words for line in found), index.analyzer),
        complete,
    )


def _occurrences(
    hits: Iterable[Hit], highlighter: Highlighter, analyzer: Analyzer
) -> Iterator[Occurrence]:
    for hit in hits:
        document = hit.document
        last = marked = ordinal = 0
        (marks,) = highlighter.in_articles([document])
        for mark in marks.text:
            if mark.start >= marked:  # as the article's page counts, where overlapping ones are one
                ordinal += 1
            marked = max(marked, mark.end)
            if mark.start >= last:  # a word inside a phrase that has a line already has none
                last = mark.end
                yield _line(hit, mark, ordinal, analyzer)


def _line(hit: Hit, mark: Highlight, ordinal: int, analyzer: Analyzer) -> Occurrence:
    document = hit.document
    text = document.text
    left = _before(text, mark.start)
    right = _after(text, mark.end)
    return Occurrence(
        document.article_id,
        document.title,
        document.outlet,
        document.published,
        document.flags,
        mark.start,
        mark.end,
        ordinal,
        left,
        _one_line(text[mark.start : mark.end]),
        right,
        mark.why,
        tuple(reversed(analyzer.surfaces(left)[-_SORTED_WORDS:])),
        tuple(analyzer.surfaces(right)[:_SORTED_WORDS]),
    )


def _before(text: str, at: int) -> str:
    start = max(0, at - WIDTH)
    if start and not text[start - 1].isspace():
        space = text.find(" ", start, at)
        start = at if space < 0 else space + 1
    return _one_line(text[start:at])


def _after(text: str, at: int) -> str:
    end = min(len(text), at + WIDTH)
    if end < len(text) and not text[end].isspace():
        space = text.rfind(" ", at, end)
        end = at if space < 0 else space
    return _one_line(text[at:end])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _neighbors(sides: Iterable[tuple[str, ...]], analyzer: Analyzer) -> tuple[Neighbor, ...]:
    counts = Counter(words[0] for words in sides if words and not analyzer.is_stop_word(words[0]))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Neighbor(word, count) for word, count in ordered[:NEIGHBORS])


def _by_date(line: Occurrence) -> tuple[bool, int]:
    return line.published is None, line.published.earliest.toordinal() if line.published else 0


_KEYS = {
    Order.LEFT: lambda line: (line.left_words, line.match.casefold()),
    Order.RIGHT: lambda line: (line.right_words, line.match.casefold()),
    Order.MATCH: lambda line: (line.match.casefold(), line.right_words),
    Order.DATE: _by_date,
    Order.OUTLET: lambda line: (not line.outlet, line.outlet.casefold()),
}
