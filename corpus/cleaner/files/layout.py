"""Layout: in which order are the rows read that a page of a PDF draws, and where is one set apart?

A PDF draws pieces of text at places. Their order is mostly that of reading, and is kept; what it
cannot tell is where a column ends that is drawn row by row beside another, that rows in Arabic and
Hebrew run from the right, and that more room above a row begins a paragraph.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from corpus.cleaner.files.from_right import RIGHT, Piece, turned, without_room
from corpus.cleaner.same_words import SENTENCE_END
from corpus.cleaner.tree.lines import are_cut

_MOST = 0.5
_SAME_ROW = 0.35  # of the height of letters, up or down
_NEAR = 2.0  # points: two rows of one column begin so near each other
_LEAST_ROWS, _LEAST_WORDS = 3, 3
_SHARE = 0.6  # of the rows between its first and its last have a piece where a column begins
_WIDTH = 0.42  # of the height of letters is the width of one, at the least
_APART = 1.3  # times the usual room between rows
_LARGER = 1.15
_MOST_CELLS = 4
_INDENT, _MOST_INDENT = 0.8, 5.0
_HEADLINE_ROWS, _HEADLINE_SIGNS = 10, 250
_END_OF_WORD = re.compile(r"[-\u00ad\u2010,]$")


@dataclass(slots=True)
class Row:
    """What stands on one line of a page."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())

    @property
    def x(self) -> float:
        return self._told[0].x

    @property
    def y(self) -> float:
        return self._told[0].y

    @property
    def size(self) -> float:
        """The height of most of its letters."""
        sizes: Counter[float] = Counter()
        for piece in self._told:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
        return sizes.most_common(1)[0][0]

    @property
    def _told(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.text.strip()] or self.pieces


@dataclass(slots=True)
class Drawn:
    """Takes the pieces of one page as pypdf meets them.

    Attributes:
        pieces: in the order of drawing; where it begins a new line, the text is a line break.
        is_turned: text on it does not run from left to right.
        rows: in the order of reading, once `lines_of` has told them.
    """

    pieces: list[Piece] = field(default_factory=list)
    is_turned: bool = False
    rows: list[Row] = field(default_factory=list)

    def take(
        self, text: str, page: Sequence[float], matrix: Sequence[float], _: Any, size: Any
    ) -> None:
        """What pypdf calls with each piece: its text, both matrices, its font and its size."""
        if not text:
            return
        x = page[0] * matrix[4] + page[2] * matrix[5] + page[4]
        y = page[1] * matrix[4] + page[3] * matrix[5] + page[5]
        across = page[0] * matrix[0] + page[2] * matrix[1]
        down = page[1] * matrix[0] + page[3] * matrix[1]
        if text.strip() and abs(down) > abs(across):
            self.is_turned = True
        high = abs(page[1] * matrix[2] + page[3] * matrix[3])
        self.pieces.append(Piece(text, x, y, (float(size or 0) * high) or 1.0))


def lines_of(drawn: Drawn, text: str) -> tuple[list[str], str]:
    """The lines of a page, an empty one where more room is between two; and its headline, if its
    letters are larger than those below.

    Args:
        text: of the page as the library puts it together, which stands where places say nothing.
    """
    rows = list(_rows(drawn.pieces))
    if drawn.is_turned or not rows or not _agree(rows, text):
        return [line.strip() for line in text.splitlines()], ""
    if _is_from_right("".join(row.text for row in rows)):
        rows = _from_right(rows)
    drawn.rows = list(_in_columns(rows))
    return list(_set_apart(drawn.rows)), _headline(drawn.rows)


_MARGIN = 0.085  # of the height of a page: heads and feet stand above and below the text


def sentences_in(drawn: Drawn, bottom: float, top: float) -> frozenset[str]:
    """The rows that end a sentence and do not stand where a page has its head or foot."""
    room = _MARGIN * (top - bottom)
    return frozenset(
        text
        for row in drawn.rows
        if bottom + room <= row.y <= top - room and SENTENCE_END.search(text := row.text)
    )


def headings_in(drawn: Drawn) -> list[str]:
    """The rows in larger letters than most of a page."""
    if not drawn.rows:
        return []
    usual = statistics.median_low([row.size for row in drawn.rows for _ in row.text])
    return [row.text for row in drawn.rows if row.size > _LARGER * usual]


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    row = Row()
    for piece in pieces:
        parts = piece.text.split("\n")
        for at, part in enumerate(parts):
            if at and row.text:
                yield row
                row = Row()
            if part:
                row.pieces.append(Piece(part, piece.x, piece.y, piece.size))
    if row.text:
        yield row


def _agree(rows: Sequence[Row], text: str) -> bool:
    """Whether the pieces are all of the text, and no more."""
    return "".join("".join(row.text.split()) for row in rows) == "".join(text.split())


# From the right: words stand in the order of the page, from its left, and letters as drawn.


def _is_from_right(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return bool(letters) and len(RIGHT.findall(text)) > _MOST * letters


def _from_right(rows: Sequence[Row]) -> list[Row]:
    """Rows with their words in the order of reading, and their letters as they are written."""
    same: list[Row] = []
    for row in (Row(list(without_room(row.pieces))) for row in rows):
        if same and abs(same[-1].y - row.y) <= _SAME_ROW * row.size:
            same[-1].pieces += [replace(row.pieces[0], text=" "), *row.pieces]
        else:
            same.append(row)
    told = [[Row(list(turned(run))) for run in _runs(row.pieces)] for row in same]
    return [
        row for count, rows in groupby(told, key=len) for row in _side_by_side(list(rows), count)
    ]


def _side_by_side(rows: list[list[Row]], count: int) -> Iterator[Row]:
    """Rows of so many runs each: those of columns one after the other, of a table as they stand."""
    columns = list(zip(*rows, strict=True))
    if count > 1 and len(rows) >= _LEAST_ROWS and all(map(_is_prose, columns)):
        for column in columns:
            yield from column
        return
    for runs in rows:
        room = replace(runs[0].pieces[0], text=" ")
        yield Row([piece for run in runs for piece in (*run.pieces, room)][:-1])


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The cells of a row that were drawn one after the other from the right, each of several words;
    one, where its words were drawn so.
    """
    runs: list[list[Piece]] = [[]]
    for piece in pieces:
        if runs[-1] and piece.text.strip() and piece.x < min(one.x for one in runs[-1]):
            runs.append([])
        runs[-1].append(piece)
    words = [len("".join(piece.text for piece in run).split()) for run in runs]
    return runs if len(runs) <= _MOST_CELLS and min(words) > 1 else [list(pieces)]


# Columns: drawn row by row, they are told by pieces that begin at one place in many rows.


def _in_columns(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows in the order of reading: of columns side by side, one after the other."""
    at = 0
    while at < len(rows):
        block = _block(rows, at)
        if block is None:
            yield rows[at]
            at += 1
            continue
        end, left, right = block
        yield from _in_columns(left)
        yield from _in_columns(right)
        at = end


def _block(rows: Sequence[Row], start: int) -> tuple[int, list[Row], list[Row]] | None:
    """The rows from one on that stand side by side with others: their end, and both columns."""
    for begin in dict.fromkeys(piece.x for piece in rows[start].pieces[1:] if piece.text.strip()):
        if begin < rows[start].x + rows[start].size * _LEAST_WORDS:
            continue
        left, right = Row(), Row()
        lefts: list[Row] = []
        rights: list[Row] = []
        end = start
        for row in rows[start:]:
            left, right = _split(row, begin)
            if lefts and row.y >= rows[end - 1].y:
                break
            if not right.pieces and not _ends_before(left, begin):
                break
            lefts += [left] if left.pieces else []
            rights += [right] if right.pieces else []
            end += 1
        both = len(lefts) + len(rights) - (end - start)
        if (
            both >= max(_LEAST_ROWS, _SHARE * (end - start))
            and _is_prose(lefts)
            and _is_prose(rights)
        ):
            return end, lefts, rights
    return None


def _split(row: Row, begin: float) -> tuple[Row, Row]:
    """What of a row stands before a place, and what from it on; nothing after it where no piece
    begins there.
    """
    at = next(
        (
            at
            for at, piece in enumerate(row.pieces)
            if abs(piece.x - begin) <= _NEAR and piece.text.strip()
        ),
        len(row.pieces),
    )
    return Row(row.pieces[:at]), Row(row.pieces[at:])


def _ends_before(row: Row, begin: float) -> bool:
    return row.x + _WIDTH * row.size * len(row.text) < begin


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether rows are those of sentences that go on in the next one, and no cells of a table."""
    texts = [row.text for row in rows if row.text]
    several = statistics.median([len(text.split()) for text in texts] or [0])
    return several >= _LEAST_WORDS and are_cut(texts, marked=True)


# Room: what is set apart begins a paragraph.


def _set_apart(rows: Sequence[Row]) -> Iterator[str]:
    usual = _usual_room(rows)
    before: Row | None = None
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if before is not None and _begins(before, row, following, usual):
            yield ""
        yield row.text
        before = row


def _usual_room(rows: Sequence[Row]) -> dict[float, float]:
    """From row to row, for each height of letters."""
    rooms: dict[float, list[float]] = {}
    for above, row in pairwise(rows):
        if above.size == row.size and 0 < above.y - row.y < 3 * row.size:
            rooms.setdefault(row.size, []).append(above.y - row.y)
    return {size: statistics.median_low(found) for size, found in rooms.items()}


def _begins(above: Row, row: Row, below: Row | None, usual: dict[float, float]) -> bool:
    """Whether a row begins a paragraph, as far as places tell: never within a sentence."""
    if max(above.size, row.size) > _LARGER * min(above.size, row.size):
        return True
    ended = SENTENCE_END.search(above.text) is not None
    goes_on = row.text[:1].islower() or _END_OF_WORD.search(above.text) is not None
    room = above.y - row.y
    if goes_on and not ended:
        return False
    if room > _APART * usual.get(row.size, room):
        return True
    steps = (_INDENT * row.size, _MOST_INDENT * row.size)
    is_indented = steps[0] <= row.x - above.x <= steps[1]
    returns = below is None or row.x - below.x >= steps[0]
    return ended and room > 0 and is_indented and returns


def _headline(rows: Sequence[Row]) -> str:
    """The rows with the largest letters near the top, where what is below has smaller ones."""
    if not rows:
        return ""
    sizes = [row.size for row in rows for _ in row.text]
    usual = statistics.median_low(sizes)
    groups = [
        " ".join(row.text for row in group)
        for size, inside in groupby(rows[:_HEADLINE_ROWS], key=lambda row: row.size)
        if size > _LARGER * usual and (group := list(inside))
    ]
    told = [text for text in groups if len(text.split()) >= _LEAST_WORDS]
    return next((text for text in told if len(text) <= _HEADLINE_SIGNS), "")
