"""Snippets: what of an article is shown with a hit? Its title where it matches, and the best
passages.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.document import IndexDocument
from search.passages.highlighter import Highlight, Marks
from search.passages.selection import passages
from search.result import Snippet


def snippets(
    documents: Sequence[IndexDocument], marks: Sequence[Marks]
) -> list[tuple[Snippet, ...]]:
    """For each article its title where it matches, then passages of its text, in reading order.

    A text without any match gives its beginning, unmarked.

    Args:
        marks: from `Highlighter.in_articles`.
    """
    found: list[list[Snippet]] = [
        [Snippet("title", document.title, spans(own.title))] if own.title else []
        for document, own in zip(documents, marks, strict=True)
    ]
    texts = [document.text for document in documents]
    for number, start, end in passages(texts, [own.text for own in marks]):
        inside = [mark for mark in marks[number].text if mark[0] >= start and mark[1] <= end]
        passage = Snippet("text", texts[number][start:end], spans(inside, start), start)
        found[number].append(passage)
    return list(map(tuple, found))


def spans(marks: Sequence[Highlight], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Offsets of marks, those that overlap made one.

    Args:
        marks: in order of start.
        offset: where the passage begins.
    """
    merged: list[tuple[int, int]] = []
    last = -1
    for start, end, _, _ in marks:
        if start < last:
            last = max(last, end)
            merged[-1] = merged[-1][0], last - offset
        else:
            last = end
            merged.append((start - offset, end - offset))
    return tuple(merged)
