"""Old workbook: which cells are in the sheets of Excel 5 to 2003, read record by record?

Of a workbook, only where each shared text begins is held, and the row that is being read: texts lie
in a file beside memory, sheets are read where they lie.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from corpus.errors import UnreadableInput
from corpus.readers.tables.compound import Damaged, stream_of
from corpus.readers.tables.excel_records import Pieces, Record, continued, records_in
from corpus.readers.tables.sheets import (
    DATES,
    EPOCH,
    LATER_EPOCH,
    MOST_CELLS,
    Rows,
    day_of,
    is_of_days,
    number_as_text,
)

# What records are called by their numbers.
_BEGIN, _END = 0x809, 0x0A
_LOCK, _CODE_PAGE, _EPOCH, _FORMAT, _STYLE, _SHEET, _TEXTS = (
    0x2F,
    0x42,
    0x22,
    0x41E,
    0xE0,
    0x85,
    0xFC,
)
_NUMBER, _SMALL, _SMALLS, _LABEL, _RICH, _SHARED = 0x203, 0x27E, 0xBD, 0x204, 0xD6, 0xFD
_TRUTH, _FORMULA, _GIVEN = 0x205, 0x06, 0x207
_CELLS = frozenset((_NUMBER, _SMALL, _SMALLS, _LABEL, _RICH, _SHARED, _TRUTH, _FORMULA))

_NEW = 0x600
"""The version in which texts are Unicode."""
_IS_WORKSHEET = 0
_CODE_PAGES = {1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}


class _Cell(NamedTuple):
    """One cell: where its record begins, its row and column from 0, and what it says."""

    at: int
    row: int
    column: int
    said: str


class OldWorkbook:
    """The sheets of one workbook.

    Args:
        file: the whole of it, which can be sought.
        texts: an empty file for the texts that cells share.

    Raises:
        UnreadableInput: damaged, or locked with a password.
    """

    def __init__(self, file: BinaryIO, texts: BinaryIO, *, where: str) -> None:
        self._where = where
        self._file = texts
        self._places = array("Q", (0,))
        self._texts = 0  # that it says to have
        self._styles: list[int] = []
        self._formats: dict[int, str] = {}
        self._epoch = EPOCH
        self._encoding = "cp1252"
        self._is_new = True
        self._listed: list[tuple[str, int]] = []
        self._damage = ""
        try:
            self._stream = stream_of(file, "Workbook", "Book")
            self._open()
        except (Damaged, struct.error) as error:
            raise self._unreadable(f"damaged ({error})", "Look for another copy") from None
        self._dated = frozenset(
            at
            for at, number in enumerate(self._styles)
            if number in DATES or is_of_days(self._formats.get(number, ""))
        )

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        """Their names and rows, in the order of the workbook.

        Raises:
            UnreadableInput: at the end, where something of the whole workbook could not be read.
        """
        for name, at in self._listed:
            yield name, self._rows(name, at)
        if self._damage:
            raise self._unreadable(f"damaged ({self._damage})", "Look for another copy")

    def _unreadable(self, told: str, advice: str) -> UnreadableInput:
        what = f"the Excel workbook (.xls) is {told}"
        return UnreadableInput(what, where=self._where, advice=advice)

    # What holds for all of it.

    def _open(self) -> None:
        records = records_in(self._stream, 0)
        first = next(records, None)
        if first is None or first.kind != _BEGIN:
            raise Damaged("its first record is none")
        self._is_new = struct.unpack_from("<H", first.content)[0] >= _NEW
        try:
            for record in records:
                if record.kind == _END:
                    break
                if record.kind == _LOCK:
                    raise self._unreadable("locked with a password", "Save it without the password")
                self._note(record)
        except (Damaged, struct.error) as error:
            if not self._listed:
                raise
            self._damage = str(error)
        if not self._damage and len(self._places) - 1 < self._texts:
            self._damage = f"{len(self._places) - 1} of {self._texts} texts can be read"

    def _note(self, record: Record) -> None:
        kind, content = record.kind, record.content
        if kind == _CODE_PAGE:
            number = struct.unpack_from("<H", content)[0]
            self._encoding = _CODE_PAGES.get(number, f"cp{number}")
        elif kind == _EPOCH:
            self._epoch = LATER_EPOCH if struct.unpack_from("<H", content)[0] == 1 else EPOCH
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _FORMAT:
            number, *_ = struct.unpack_from("<H", content)
            self._formats[number] = self._short(content, 2, wide=self._is_new)
        elif kind == _SHEET:
            at, _, what = struct.unpack_from("<IBB", content)
            if what == _IS_WORKSHEET:
                self._listed.append((self._short(content, 6, wide=False), at))
        elif kind == _TEXTS:
            self._share(record)

    def _short(self, content: bytes, at: int, *, wide: bool) -> str:
        """A text within one record: its length in one byte, or in two."""
        if self._is_new:
            length = struct.unpack_from("<H" if wide else "<B", content, at)[0]
            return Pieces(iter((content[at + 1 + wide :],))).letters(length)
        length = content[at]
        return self._decoded(content[at + 1 : at + 1 + length])

    def _decoded(self, content: bytes) -> str:
        try:
            return content.decode(self._encoding, "replace")
        except LookupError:
            return content.decode("cp1252", "replace")

    def _share(self, record: Record) -> None:
        """Puts the texts that cells share into a file, and notes where each begins."""
        pieces = Pieces(continued(self._stream, record))
        _, self._texts = struct.unpack("<II", pieces.bytes(8))
        try:
            for _ in range(self._texts):
                text = pieces.text()
                self._file.write(text.encode("utf-8", "surrogatepass"))
                self._places.append(self._file.tell())
        except (Damaged, struct.error):
            return  # how many there are is told when all is read

    # What is in one sheet.

    def _rows(self, name: str, at: int) -> Rows:
        number = -1
        cells: list[str] = []
        try:
            for cell in self._in_order(at):
                if cell.row != number:
                    if cells:
                        yield number + 1, cells
                    number, cells = cell.row, []
                if len(cells) <= cell.column < MOST_CELLS:
                    cells += [""] * (cell.column - len(cells))
                    cells.append(cell.said)
        except (Damaged, struct.error) as error:
            if cells:
                yield number + 1, cells
            raise UnreadableInput(
                f"the sheet is damaged ({error})",
                where=f"{self._where}!{name}",
                advice="Look for another copy; what came before this point was taken in",
            ) from None
        if cells:
            yield number + 1, cells

    def _in_order(self, at: int) -> Iterator[_Cell]:
        """The cells of a sheet, row after row, also where it was written in another order."""
        rows: dict[int, array[int]] = {}
        before = 0
        is_ordered = True
        damage: Damaged | None = None
        try:
            for record in self._records_of(at):
                if record.kind in _CELLS:
                    row, column = struct.unpack_from("<HH", record.content)
                    place = row << 16 | column
                    is_ordered &= place >= before
                    before = place
                    rows.setdefault(row, array("Q")).append(record.at)
        except (Damaged, struct.error) as error:
            damage = Damaged(str(error))
        if is_ordered:
            rows.clear()
            yield from self._cells(self._records_of(at))
            return
        for _, places in sorted(rows.items()):
            yield from sorted(
                (
                    cell
                    for place in places
                    for cell in self._cells(records_in(self._stream, place), most=1)
                ),
                key=lambda cell: cell.column,
            )
        if damage is not None:
            raise damage

    def _records_of(self, at: int) -> Iterator[Record]:
        """The records of one sheet, without those of charts that lie in it."""
        depth = 0
        for record in records_in(self._stream, at):
            if record.kind == _BEGIN:
                depth += 1
            elif depth == 0:
                raise Damaged("it does not begin where the workbook says")
            elif record.kind == _END:
                depth -= 1
                if depth == 0:
                    return
            elif depth == 1:
                yield record
        raise Damaged("it is cut off")

    def _cells(self, records: Iterator[Record], *, most: int | None = None) -> Iterator[_Cell]:
        """The cells in some records.

        Args:
            most: how many records of cells are looked at.
        """
        waiting: _Cell | None = None  # a formula whose text comes in a record behind it
        seen = 0
        for record in records:
            if waiting is not None and record.kind == _GIVEN:
                pieces = Pieces(continued(self._stream, record))
                yield waiting._replace(said=self._given(pieces))
                waiting = None
            if record.kind in _CELLS:
                if waiting is not None:
                    yield waiting
                    waiting = None
                if seen == most:
                    return
                seen += 1
                if (
                    record.kind == _FORMULA
                    and record.content[12:14] == b"\xff\xff"
                    and record.content[6] == 0
                ):
                    row, column = struct.unpack_from("<HH", record.content)
                    waiting = _Cell(record.at, row, column, "")
                else:
                    yield from self._cells_of(record)
            if waiting is None and seen == most:
                return
        if waiting is not None:
            yield waiting

    def _given(self, pieces: Pieces) -> str:
        if self._is_new:
            return pieces.text()
        length = struct.unpack("<H", pieces.bytes(2))[0]
        return self._decoded(pieces.bytes(length))

    def _cells_of(self, record: Record) -> Iterator[_Cell]:
        kind, content = record.kind, record.content
        row, column, style = struct.unpack_from("<HHH", content)
        if kind == _SMALLS:
            for at in range(4, len(content) - 7, 6):
                style, packed = struct.unpack_from("<HI", content, at)
                said = self._number(_unpacked(packed), style)
                yield _Cell(record.at, row, column + (at - 4) // 6, said)
            return
        yield _Cell(record.at, row, column, self._said(record, style))

    def _said(self, record: Record, style: int) -> str:
        kind, content = record.kind, record.content
        if kind == _SHARED:
            return self._shared(struct.unpack_from("<I", content, 6)[0])
        if kind == _NUMBER:
            return self._number(struct.unpack_from("<d", content, 6)[0], style)
        if kind == _SMALL:
            return self._number(_unpacked(struct.unpack_from("<I", content, 6)[0]), style)
        if kind in (_LABEL, _RICH):
            if self._is_new:
                return Pieces(continued(self._stream, record, skipped=6)).text()
            length = struct.unpack_from("<H", content, 6)[0]
            return self._decoded(content[8 : 8 + length])
        if kind == _TRUTH:
            value, is_error = struct.unpack_from("<BB", content, 6)
            return "" if is_error else str(value)
        if content[12:14] != b"\xff\xff":  # a formula that gave a number
            return self._number(struct.unpack_from("<d", content, 6)[0], style)
        return str(content[8]) if content[6] == 1 else ""

    def _number(self, value: float, style: int) -> str:
        return (
            day_of(str(value), self._epoch) if style in self._dated else number_as_text(str(value))
        )

    def _shared(self, number: int) -> str:
        if number >= len(self._places) - 1:
            self._damage = self._damage or f"a cell shows its text {number + 1}, which it has not"
            return ""
        begin, end = self._places[number], self._places[number + 1]
        self._file.seek(begin)
        return self._file.read(end - begin).decode("utf-8", "surrogatepass")


def _unpacked(packed: int) -> float:
    """A number of which only the upper half is kept, or a whole one, both perhaps times 100."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
