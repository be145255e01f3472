"""Which passages of an article show best that it answers the query?

A passage is a row of whole words inside one paragraph. The best one shows the most different
clauses of the query, then the most matches, then comes first; each next one adds what the passages
before it do not show. Passages are cut where a sentence begins or ends when there is room, else
between words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.document import IndexDocument
from search.highlighter import Highlight, Highlighter
from search.result import Snippet

PASSAGE = 240
"""Characters of one passage, at most, unless one match alone is longer."""
USUAL = 2
MOST = 3

_BREAK = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(
    # not after an initial (J. Doe, the U.S. army) or what is written before a name
    r"[.!?…。؟](?<!\b[A-Z]\.)(?<!\b(?:Dr|Lt|Mr|Ms|St)\.)(?<!\b(?:Brig|Capt|Prof)\.)"
    r"(?<!\b(?:Adm|Col|Gen|Gov|Maj|Mrs|Rep|Sen|Sgt)\.)[\"”’»)\]]*\s+"
)


class _Window(NamedTuple):
    """A row of marks. (A tuple, because a page makes hundreds.)

    Attributes:
        clauses: what they show, a bit each. marks: how many they are.
    """

    start: int
    end: int
    marks: int
    paragraph: tuple[int, int]
    clauses: int


def snippets(document: IndexDocument, highlighter: Highlighter) -> tuple[Snippet, ...]:
    """The title where it matches, then the best passages of the text, in reading order.

    A text without any match gives its beginning, unmarked.
    """
    found: list[Snippet] = []
    title_marks = highlighter.in_title(document)
    if title_marks:
        found.append(Snippet("title", document.title, spans(title_marks)))
    marks = highlighter.in_text(document)
    if not marks:
        return (*found, *_beginning(document.text))
    chosen = _best(_windows(document.text, marks))
    cuts = _apart(sorted(_cut(document.text, window) for window in chosen))
    for start, end in cuts:
        inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
        found.append(Snippet("text", document.text[start:end], spans(inside, start), start))
    return tuple(found)


def spans(marks: Sequence[Highlight], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Offsets of marks, those that overlap made one.

    Args:
        marks: in order of start.
        offset: where the passage begins.
    """
    merged: list[tuple[int, int]] = []
    for mark in marks:
        start, end = mark.start - offset, mark.end - offset
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _windows(text: str, marks: Sequence[Highlight]) -> list[_Window]:
    """For each mark, the row of marks from it on that fits into one passage."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    starts, ends, clauses, _ = zip(*marks, strict=True)  # read many times: plain tuples are faster
    bits = [1 << clause for clause in clauses]
    windows: list[_Window] = []
    paragraph = (0, 0)
    for at, start in enumerate(starts):
        if start >= paragraph[1]:
            paragraph = _paragraph(text, breaks, start)
        room = min(start + PASSAGE, paragraph[1])
        end, shown, last = ends[at], bits[at], at + 1
        while last < len(ends) and ends[last] <= room:
            end = max(end, ends[last])
            shown |= bits[last]
            last += 1
        windows.append(_Window(start, end, last - at, paragraph, shown))
    return windows


def _paragraph(text: str, breaks: Sequence[int], at: int) -> tuple[int, int]:
    end = next((place for place in breaks if place > at), len(text))
    before = [place for place in breaks if place <= at]
    start = before[-1] if before else 0
    while start < at and text[start].isspace():
        start += 1
    return start, end


def _best(windows: list[_Window]) -> list[_Window]:
    chosen: list[_Window] = []
    shown = 0
    while windows and len(chosen) < MOST:
        best = windows[0]
        most = (best.clauses & ~shown).bit_count()
        for one in windows:  # in order: among equals the first
            new = (one.clauses & ~shown).bit_count()
            if new > most or (new == most and one.marks > best.marks):
                best, most = one, new
        if len(chosen) >= USUAL and not most:
            break
        chosen.append(best)
        shown |= best.clauses
        windows = [one for one in windows if _are_apart(one, best)]
    return chosen


def _are_apart(window: _Window, other: _Window) -> bool:
    """Would they stay two passages?"""
    return (
        window.start >= other.start + PASSAGE
        or window.end <= other.end - PASSAGE
        or window.paragraph != other.paragraph
    )


def _cut(text: str, window: _Window) -> tuple[int, int]:
    """Widens a row of marks to a passage."""
    low, high = window.paragraph
    room = max(0, PASSAGE - (window.end - window.start))
    start = _left(text, low, window.start, room)
    end = _right(text, window.end, high, PASSAGE - (window.end - start))
    return start, end


def _left(text: str, low: int, start: int, room: int) -> int:
    """The beginning of the sentence where it is near, else of a word a third of the room before."""
    if start - low <= room // 2:
        return low
    ends = [m.end() for m in _SENTENCE_END.finditer(text, max(low, start - room // 2 - 1), start)]
    near = [end for end in ends if end <= start]
    if near:
        return near[0] if start - near[0] <= room // 2 else near[-1]
    space = text.find(" ", max(low, start - room // 3), start)
    return start if space < 0 else space + 1


def _right(text: str, end: int, high: int, room: int) -> int:
    """The end of the last sentence that fits, if it uses half the room, else of the last word."""
    limit = min(high, end + max(0, room))
    if limit <= end:
        return end
    if limit == high:
        return high
    ends = [m.start() + len(m[0].rstrip()) for m in _SENTENCE_END.finditer(text, end, limit + 1)]
    fitting = [place for place in ends if place <= limit]
    if fitting and fitting[-1] - end >= (limit - end) // 2:
        return fitting[-1]
    if text[limit : limit + 1].isspace():
        return limit
    space = text.rfind(" ", end, limit)
    return end if space < 0 else space


def _apart(cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Passages that grew into one another are one."""
    joined: list[tuple[int, int]] = []
    for start, end in cuts:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _beginning(text: str) -> tuple[Snippet, ...]:
    start = len(text) - len(text.lstrip())
    paragraph_break = _BREAK.search(text, start)
    end = _right(text, start, paragraph_break.start() if paragraph_break else len(text), PASSAGE)
    return (Snippet("text", text[start:end], (), start),) if end > start else ()
