"""Gaps: does something like writing stand on the picture of a page where nothing was recognized?

Tesseract leaves out whole paragraphs of pages that lie crooked, and is sure of the rest. What it
took for a picture is none of it; a stamp or a rule is too small; a photograph, a drawing or an
empty form may be taken for writing. Chosen on 14 degraded scans, of which one lacks a paragraph.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Box = tuple[int, int, int, int]
"""From the left, from the top, width and height, in dots."""

_DARK = 100
_LETTER = 8  # dots that letters are high, once the picture is made smaller
_USUAL = 40  # dots of a letter where none was recognized
_AROUND = 2  # letters to each side, whose paper is what ink is darker than
_DARKER = 0.85
_BESIDE, _ABOVE = 2.0, 0.6  # of the height of letters: so far around a word all is its own
_EDGE = 0.025  # of a page: shadows of its border
_WINDOW = (5 * _LETTER, 3 * _LETTER)
_LEAST_INK, _MOST_INK = 0.04, 0.45
_BLANK, _FULL = 0.2, 0.15  # rows of dots between lines, of the darkest; ink of that
_SHARE = 15  # in a hundred rows are so blank
_RUN = 5  # windows side by side: a line of about thirty letters


def has_gaps(wide: int, high: int, gray: bytes, boxes: Sequence[Box]) -> bool:
    """Whether rows that look like writing stand outside of what was recognized.

    Args:
        gray: one byte for each dot, black is 0.
        boxes: of the words and pictures that were recognized.
    """
    letter = max(_LETTER, int(statistics.median([box[3] for box in boxes] or [_USUAL])))
    times = max(1, round(letter / _LETTER))
    rows, columns = high // times, wide // times
    if rows < _WINDOW[0] or columns < _RUN * _WINDOW[1]:
        return False
    dots: Any = np.frombuffer(gray, np.uint8, wide * high).reshape(high, wide)
    if dots.mean() < _DARK:  # white on black, as on microfilm
        dots = 255 - dots
    small = dots[: rows * times, : columns * times].reshape(rows, times, columns, times)
    paper = small.mean((1, 3), dtype=np.float32)
    ink = paper < _DARKER * _around(paper, _AROUND * _LETTER)
    _clear(ink, boxes, times=times, letter=letter)
    return bool(_lines_in(ink))


def _around(paper: Any, reach: int) -> Any:
    """The mean of what is around each dot."""
    wide = 2 * reach + 1
    sums = np.pad(
        np.pad(paper, reach, mode="edge").cumsum(0, np.float64).cumsum(1), ((1, 0), (1, 0))
    )
    inside = sums[wide:, wide:] - sums[:-wide, wide:] - sums[wide:, :-wide] + sums[:-wide, :-wide]
    return inside / wide**2


def _clear(ink: Any, boxes: Iterable[Box], *, times: int, letter: int) -> None:
    """Takes away what was recognized, and the edges of the page."""
    beside, above = _BESIDE * letter, _ABOVE * letter
    for left, top, wide, high in boxes:
        rows = slice(max(0, int((top - above) / times)), int((top + high + above) / times) + 1)
        ink[
            rows, max(0, int((left - beside) / times)) : int((left + wide + beside) / times) + 1
        ] = False
    edge = max(1, int(_EDGE * min(ink.shape)))
    ink[:edge] = ink[-edge:] = False
    ink[:, :edge] = ink[:, -edge:] = False


def _lines_in(ink: Any) -> Any:
    """Whether windows side by side hold ink as lines of writing do: with blank rows between."""
    high, wide = _WINDOW
    down, across = ink.shape[0] // high, ink.shape[1] // wide
    windows = ink[: down * high, : across * wide].reshape(down, high, across, wide)
    rows = windows.mean(3)
    smooth = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 3
    share, darkest = windows.mean((1, 3)), smooth.max(1)
    blank = np.percentile(smooth, _SHARE, axis=1)
    written = (
        (share > _LEAST_INK) & (share < _MOST_INK) & (blank < _BLANK * darkest) & (darkest > _FULL)
    )
    sums = np.pad(written.astype(int), ((0, 0), (1, 0))).cumsum(1)
    return ((sums[:, _RUN:] - sums[:, :-_RUN]) >= _RUN - 1).any()
