"""Marks in a text: spans in, runs of plain text out; never HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import MentionSpan

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that is marked the same all through.

    Attributes:
        hit: ordinal of the highlight that it is in, counted from 1; 0 where it is in none.
        opens: it is the first run of that highlight, which is the one to step to.
    """

    text: str
    hit: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighboring runs in one name, or in none (`entity_id` empty)."""

    runs: tuple[Run, ...]
    entity_id: str = ""
    kind: str = ""


Paragraph = tuple[Piece, ...]


def runs(text: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    """A snippet cut at its spans."""
    return _runs(text, 0, len(text), spans, first=1)


def paragraphs(
    text: str, spans: Sequence[Span], mentions: Sequence[MentionSpan], kinds: dict[str, str]
) -> list[Paragraph]:
    """A whole text cut at its blank lines, its names and its highlights.

    Args:
        spans: highlights, in order, never overlapping.
        mentions: names, in order, never overlapping.
        kinds: entity id to kind; mentions of other ids are left unmarked.
    """
    known = [mention for mention in mentions if mention.entity_id in kinds]
    found = []
    start = 0
    for block in text.split("\n\n"):
        end = start + len(block)
        if block.strip():
            found.append(_paragraph(text, (start, end), spans, known, kinds))
        start = end + 2
    return found


def _paragraph(
    text: str,
    within: Span,
    spans: Sequence[Span],
    mentions: Sequence[MentionSpan],
    kinds: dict[str, str],
) -> Paragraph:
    start, end = within
    pieces = []
    here = start
    for mention in mentions:
        if mention.end <= start or mention.start >= end:
            continue
        left, right = max(mention.start, here), min(mention.end, end)
        if left > here:
            pieces.append(Piece(_cut(text, here, left, spans)))
        name = _cut(text, left, right, spans)
        pieces.append(Piece(name, mention.entity_id, kinds[mention.entity_id]))
        here = right
    if here < end:
        pieces.append(Piece(_cut(text, here, end, spans)))
    return tuple(pieces)


def _cut(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Run, ...]:
    inside = [place for place, span in enumerate(spans) if span[0] < end and span[1] > start]
    if not inside:
        return (Run(text[start:end]),)
    chosen = spans[inside[0] : inside[-1] + 1]
    return _runs(text, start, end, chosen, first=inside[0] + 1)


def _runs(text: str, start: int, end: int, spans: Sequence[Span], *, first: int) -> tuple[Run, ...]:
    found = []
    here = start
    for number, (left, right) in enumerate(spans, start=first):
        if left > here:
            found.append(Run(text[here:left]))
        found.append(Run(text[max(left, here) : min(right, end)], number, opens=left >= start))
        here = min(right, end)
    if here < end:
        found.append(Run(text[here:end]))
    return tuple(found)
