"""Quotation marks: which passages of a paragraph stand in them?

What stands in them is hidden from all who look for sentences and speakers: a passage is one sign
to them, whatever it holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HIDDEN = "￼"
"""Stands for every character of a passage, its marks included."""

_PAIRS = re.compile(
    r"“([^“”]*)”|„([^“”„]*)[“”]|«([^«»]*)»|»([^«»]*)«|(?<![\w.])‘([^‘“”]*?[^\s‘])’(?![\w])"
)
_STRAIGHT = re.compile(r'(?<![א-ת])"|"(?![א-ת])')  # between letters it makes a Hebrew acronym
_OPEN_AT_END = re.compile(r"[“„][^”]*\Z")
_FEWEST_IN_SINGLE = 2  # words: ‘so-called’ is a word set apart, not said


class Passage(NamedTuple):
    """A passage in quotation marks: `start` to `end` with them, `inner` to `last` without."""

    start: int
    end: int
    inner: int
    last: int


def passages(text: str, *, goes_on: bool = False) -> list[Passage]:
    """The passages of a paragraph, in order.

    Args:
        goes_on: whether the next paragraph begins with a quotation mark, so that a passage which is
            not closed goes on there.
    """
    found = [
        Passage(
            match.start(), match.end(), match.start(match.lastindex), match.end(match.lastindex)
        )
        for match in _PAIRS.finditer(text)
        if match.lastindex and (match.lastindex != 5 or len(match[5].split()) >= _FEWEST_IN_SINGLE)
    ]
    found += _straight(text, goes_on)
    if goes_on and (unclosed := _OPEN_AT_END.search(text)):
        found.append(Passage(unclosed.start(), len(text), unclosed.start() + 1, len(text)))
    found.sort(key=lambda one: (one.start, -one.end))
    outer: list[Passage] = []
    for one in found:
        if not outer or one.start >= outer[-1].end:
            outer.append(one)
    return [_trimmed(one, text) for one in outer]


def hidden(text: str, found: list[Passage]) -> str:
    """The paragraph with its passages made unreadable; as long as it was."""
    for one in found:
        text = text[: one.start] + HIDDEN * (one.end - one.start) + text[one.end :]
    return text


def only_passage(masked: str, found: list[Passage], start: int, end: int) -> Passage | None:
    """The passage that a sentence consists of; None where it is another one, or holds more.

    Args:
        masked: the paragraph, see `hidden`, in which the sentence stands from start to end.
    """
    inside = [one for one in found if start <= one.start and one.end <= end]
    if len(inside) != 1:
        return None
    rest = masked[start : inside[0].start] + masked[inside[0].end : end]
    return None if rest.strip(" .—–-\t") else inside[0]


def _straight(text: str, goes_on: bool) -> list[Passage]:
    """Straight marks close what they opened; one between digits and spaces is an inch."""
    at = [
        match.start()
        for match in _STRAIGHT.finditer(text)
        if not (match.start() and text[match.start() - 1].isdigit() and _is_inch(text, match))
    ]
    if len(at) % 2 and goes_on:
        at.append(len(text))
    pairs = zip(at[::2], at[1::2], strict=False)
    return [Passage(one, min(other + 1, len(text)), one + 1, other) for one, other in pairs]


def _is_inch(text: str, match: re.Match[str]) -> bool:
    return text[: match.start()].count('"') % 2 == 0


def _trimmed(one: Passage, text: str) -> Passage:
    """Without blanks and the comma that belongs to the sentence around."""
    said = text[one.inner : one.last]
    start = one.inner + len(said) - len(said.lstrip())
    end = start + len(said.strip().rstrip(",").rstrip())
    return one._replace(inner=start, last=max(start, end))
