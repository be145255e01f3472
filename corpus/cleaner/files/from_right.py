"""From right: in which order are the pieces of a row read that runs from the right?

The library gives words from the left of the page, and turns signs between them about, with blanks
that nobody drew. Numbers and words from the left keep their own order.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SHAPES = re.compile(r"[\ufb1d-\ufdfb\ufe70-\ufefc]+")  # letters as they are drawn, not as written
_LEFT = re.compile(r"[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, where it begins in points from the left and from below, and its height."""

    text: str
    x: float
    y: float
    size: float


_BLANK = 0.25  # of the height of letters is the width of a blank, where a row tells of none
_SIGN = {'"': 0.4, "(": 0.33, ")": 0.33, "-": 0.33, "!": 0.33, "?": 0.44, "–": 0.5, "—": 1.0}
_OTHER_SIGN = 0.27  # the same of a full stop, comma or colon


def without_room(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a row without the room that the library puts before what runs from the right.

    It turns signs between words about, but not behind a number, and sets a blank behind them that
    nobody drew: as a piece without width, or within one that is too narrow for it.
    """
    rooms = [after.x - piece.x for piece, after in pairwise(pieces) if piece.text.isspace()]
    wide = [room for room in rooms if room > 0]
    in_runs = any(len(piece.text.split()) > 1 and RIGHT.search(piece.text) for piece in pieces)
    mirrored = in_runs and _are_mirrored(pieces)
    before = held = ""
    for at, piece in enumerate(pieces):
        text, held = piece.text + held, ""
        after = pieces[at + 1].x if at + 1 < len(pieces) else None
        is_behind_number = before[-1:].isdigit() or before[-1:] == "%"
        if after == piece.x and not any(map(str.isalnum, text)):
            if in_runs or text != " ":  # it ends what is drawn from there on
                held = text[::-1] if is_behind_number else text
            continue
        if text.strip() and not any(map(str.isalnum, text)) and after is not None:
            blank = statistics.median(wide) if wide else _BLANK * piece.size
            if is_behind_number:
                text = text[::-1]
            else:
                text = _narrowed(text, after - piece.x, blank, piece.size)
        elif in_runs and any(map(str.isalpha, text)):
            text = _of_run(text, mirrored=mirrored)
        before = text.strip() or before
        yield replace(piece, text=text)


def _are_mirrored(pieces: Sequence[Piece]) -> bool:
    """Whether the brackets of a row, from its right, are those that are drawn."""
    text = "".join(piece.text for piece in sorted(pieces, key=lambda piece: -piece.x))
    brackets = [sign for sign in text if sign in "()"]
    return brackets[:1] == [")"] and brackets[-1:] == ["("]


def _of_run(text: str, *, mirrored: bool) -> str:
    """What is drawn in one go, with the blanks at its ends turned, as those of words are next."""
    return _with_ends_turned(text.translate(_MIRRORED) if mirrored else text)


def _with_ends_turned(text: str) -> str:
    before, after = " " * (text[:1] == " "), " " * (text[-1:] == " ")
    return f"{after}{text.strip()}{before}" if text.strip() else text


def _narrowed(text: str, room: float, blank: float, size: float) -> str:
    """Some signs with as many blanks as there is room for; what is too much stands at their end."""
    signs = sum(_SIGN.get(sign, _OTHER_SIGN) for sign in text if sign != " ") * size
    most = max(0, round((room - signs) / blank))
    while text.endswith(" ") and text.count(" ") > most:
        text = text[:-1]
    return text


def turned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """From the right to the left, but for words and numbers that run from the left."""
    ordered = sorted(pieces, key=lambda piece: -piece.x)
    groups = groupby(ordered, key=lambda piece: bool(_LEFT.search(piece.text)))
    held: list[Piece] = []
    for from_left, inside in groups:
        group = list(inside)
        if from_left or (held and not any(RIGHT.search(piece.text) for piece in group)):
            held += group
            continue
        yield from _released(held)
        held = []
        yield from map(_written, group)
    yield from _released(held)


def _released(held: list[Piece]) -> Iterator[Piece]:
    """Words from the left in their order; what stands between them and the next stays there."""
    end = len(held)
    while end and not _LEFT.search(held[end - 1].text):
        end -= 1
    words = held[:end][::-1]
    if words and not any(_LATIN.search(piece.text) for piece in words):
        yield from _numbers(words)
    elif words:  # the room before or behind them is on the other side now
        room = [replace(words[0], text=" ")] * (
            words[0].text[:1] == " " or words[-1].text[-1:] == " "
        )
        yield from (*room, *words, *room)
    yield from map(_written, held[end:])


_LATIN = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_IN_NUMBER = re.compile(r"[-+./,:%]")


def _numbers(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Numbers between words from the right: the rightmost first, each as it is drawn. Only what
    stands within one, as in 7/3/2023, holds two together.
    """
    runs: list[list[Piece]] = []
    for piece in pieces:
        joined = runs and (_IN_NUMBER.fullmatch(piece.text) or runs[-1][-1].text in "-+./,:%")
        if joined:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    for run in reversed(runs):
        if _LEFT.search(run[0].text):
            before, after = run[0].text[:1] == " ", run[-1].text[-1:] == " "
            told = "".join(piece.text for piece in run).strip()
            yield replace(run[0], text=f"{' ' * after}{told}{' ' * before}")
        else:
            yield from map(_written, run)


_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPEN, _CLOSE = re.compile(r"([(\[{])\s+"), re.compile(r"\s+([)\]}])")


def _written(piece: Piece) -> Piece:
    """A piece with its letters as they are written, and the room before it behind it."""
    text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), piece.text)
    if not any(map(str.isalnum, text)):
        # The library has turned what stands between words, but brackets are those that are drawn.
        return replace(piece, text=_CLOSE.sub(r"\1", _OPEN.sub(r"\1", text.translate(_MIRRORED))))
    return replace(piece, text=_with_ends_turned(text))
