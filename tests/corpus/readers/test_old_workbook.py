"""The binary form of Excel 5 to 2003, read record by record: what xlrd reads of it, in little memory."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import xlrd
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from corpus.readers.tables.old_workbook import OldWorkbook
from tests.corpus.readers.test_old_sheets import contained
from tests.corpus.readers.test_readers import documents, errors, read_bytes, read_through
from tests.corpus.readers.test_sheets import FERRY, SCHOOLS

Said = str | float | bool
LONGEST = 8224


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def wide(text: str) -> bytes:
    """A text with its length, each letter in one byte where that is enough for all."""
    units = text.encode("utf-16-le")
    if all(ord(sign) < 256 for sign in text):
        return struct.pack("<HB", len(text), 0) + text.encode("latin-1")
    return struct.pack("<HB", len(units) // 2, 1) + units


@dataclass
class Workbook:
    """Sheets of cells by row and column, and how they are written.

    Attributes:
        old: as Excel 5 and 95 did, in which texts have the letters of one code page.
        shared: texts stand in one list, to which cells lead.
        later: days are counted from 1904.
        shuffled: the cells come in no order.
        chart: a chart lies in each sheet, with cells of its own.
    """

    sheets: list[dict[tuple[int, int], Said]]
    old: bool = False
    shared: bool = True
    later: bool = False
    shuffled: bool = False
    chart: bool = False
    texts: list[str] = field(default_factory=list)

    def stream(self) -> bytes:
        parts = [self.sheet(number) for number in range(len(self.sheets))]
        head = self.begun(5) + record(0x42, struct.pack("<H", 1251 if self.old else 1200))
        head += record(0x22, struct.pack("<H", self.later))
        shown = "dd.mm.yyyy"
        told = bytes([len(shown)]) + shown.encode() if self.old else wide(shown)
        head += record(0x41E, struct.pack("<H", 170) + told)
        head += b"".join(
            record(0xE0, struct.pack("<HH", 0, one) + bytes(16)) for one in (0, 170, 22)
        )
        tail = b"" if self.old or not self.shared else self.list_of_texts()
        tail += record(0x0A)
        names = [f"S{number}".encode() for number in range(len(parts))]
        listed = [
            struct.pack("<HB", 0, len(name)) + (b"" if self.old else b"\0") + name for name in names
        ]
        place = len(head) + sum(8 + len(one) for one in listed) + len(tail)
        for one, part in zip(listed, parts, strict=True):
            head += record(0x85, struct.pack("<I", place) + one)
            place += len(part)
        return head + tail + b"".join(parts)

    def begun(self, kind: int) -> bytes:
        version = 0x500 if self.old else 0x600
        return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))

    def sheet(self, number: int) -> bytes:
        cells = [self.cell(*place, said) for place, said in self.sheets[number].items()]
        if self.shuffled:
            random.Random(number).shuffle(cells)
        within = self.begun(0x20) + self.cell(0, 0, 99.0) + record(0x0A) if self.chart else b""
        return self.begun(0x10) + within + b"".join(cells) + record(0x0A)

    def cell(self, row: int, column: int, said: Said) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(said, bool):
            return record(0x205, place + bytes([said, 0]))
        if isinstance(said, float):
            return record(0x203, place + struct.pack("<d", said))
        if said.startswith("="):  # a formula that gave the text behind it
            text = said[1:]
            plain = struct.pack("<H", len(text)) + text.encode("cp1251", "replace")
            given_ = plain if self.old else wide(text)
            formula = place + b"\0\0\0\0\0\0\xff\xff" + bytes(8)
            return record(0x06, formula) + record(0x207, given_[:LONGEST])
        if self.old:
            letters = said.encode("cp1251")
            return record(0x204, place + struct.pack("<H", len(letters)) + letters)
        if not self.shared:
            return record(0x204, place + wide(said))
        self.texts.append(said)
        return record(0xFD, place + struct.pack("<I", len(self.texts) - 1))

    def list_of_texts(self) -> bytes:
        """The texts in records of a length that is allowed, cut wherever one is full."""
        parts = [bytearray(struct.pack("<II", len(self.texts), len(self.texts)))]
        for text in self.texts:
            whole = wide(text)
            if len(parts[-1]) + 3 > LONGEST:
                parts.append(bytearray())
            parts[-1] += whole[:3]
            width = 1 + (whole[2] & 1)
            letters = whole[3:]
            while letters:
                free = (LONGEST - len(parts[-1])) // width * width
                parts[-1] += letters[:free]
                letters = letters[free:]
                if letters:
                    parts.append(bytearray(whole[2:3]))
        return b"".join(record(0x3C if at else 0xFC, bytes(part)) for at, part in enumerate(parts))


def table(*rows: list[Said]) -> dict[tuple[int, int], Said]:
    return {(at, column): said for at, row in enumerate(rows) for column, said in enumerate(row)}


ROWS = table(
    ["Headline", "Killed", "Seen", "Full text"],
    ["Ferry sinks at Orlanka", 12.0, True, FERRY],
    ["Школи відкрито", 0.5, False, f"={SCHOOLS}"],
)


def read_by(content: bytes, folder: Path) -> dict[str, dict[int, list[str]]]:
    path = folder / "read.xls"
    path.write_bytes(content)
    with path.open("rb") as file, (folder / "texts").open("w+b") as texts:
        found = OldWorkbook(file, texts, where="x").sheets()
        return {name: {row: without_blanks(cells) for row, cells in rows} for name, rows in found}


def without_blanks(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def read_by_xlrd(content: bytes) -> dict[str, dict[int, list[str]]]:
    book = xlrd.open_workbook(file_contents=content)
    return {
        sheet.name: {
            row + 1: cells
            for row in range(sheet.nrows)
            if (cells := without_blanks([told(cell) for cell in sheet.row(row)]))
        }
        for sheet in book.sheets()
    }


def told(cell: xlrd.sheet.Cell) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    return cell.value if cell.ctype == xlrd.XL_CELL_TEXT else str(cell.value).removesuffix(".0")


WAYS: dict[str, dict[str, bool]] = {
    "shared": {},
    "in cells": {"shared": False},
    "Excel 95": {"old": True},
    "in no order": {"shuffled": True},
    "with charts": {"chart": True},
}


@pytest.mark.parametrize("way", WAYS)
def test_each_row_is_an_article_however_it_was_written(way: str, tmp_path: Path) -> None:
    book = replace(Workbook([ROWS, ROWS]), **WAYS[way])  # type: ignore[arg-type] # names of fields
    content = contained(book.stream())

    found = documents(read_bytes(tmp_path, "a.xls", content))

    titles = [one.declared["title"] for one in found]
    assert titles == ["Ferry sinks at Orlanka", "Школи відкрито"] * 2
    assert [one.locator[-4:] for one in found] == ["S0!2", "S0!3", "S1!2", "S1!3"]
    assert FERRY in found[0].content.decode()
    assert SCHOOLS in found[1].content.decode()


@pytest.mark.parametrize(("later", "day"), [(False, "2023-03-06"), (True, "2027-03-07")])
def test_days_are_counted_from_where_the_workbook_says(
    later: bool, day: str, tmp_path: Path
) -> None:
    book = Workbook([table(["Title", "Date", "Text"], ["Ferry", 44991.0, FERRY])], later=later)
    content = book.stream().replace(
        struct.pack("<HHHd", 1, 1, 0, 44991.0), struct.pack("<HHHd", 1, 1, 1, 44991.0)
    )

    (ferry,) = documents(read_bytes(tmp_path, "a.xls", contained(content)))

    assert ferry.declared["date"] == day


said = st.one_of(
    st.text(st.characters(codec="cp1251", exclude_characters="="), min_size=1, max_size=40),
    st.floats(-1e9, 1e9),
    st.integers(-(10**6), 10**6).map(float),
    st.booleans(),
    st.text("абв", min_size=3000, max_size=3000),
)


@given(
    sheets=st.lists(
        st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 9)), said, min_size=1),
        min_size=1,
        max_size=3,
    ),
    old=st.booleans(),
    shared=st.booleans(),
    shuffled=st.booleans(),
)
def test_it_says_what_xlrd_says(
    sheets: list[dict[tuple[int, int], Said]],
    old: bool,
    shared: bool,
    shuffled: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sheets = [dict(sorted(sheet.items())) for sheet in sheets]
    book = Workbook(sheets, old=old, shared=shared, shuffled=shuffled)
    if old:  # which has no longer texts in a cell
        book.sheets = [
            {at: one[:255] if isinstance(one, str) else one for at, one in sheet.items()}
            for sheet in sheets
        ]
    content = contained(book.stream())

    assert read_by(content, tmp_path_factory.mktemp("book")) == read_by_xlrd(content)


def test_packed_numbers_are_unpacked(tmp_path: Path) -> None:
    packed = [(12345 << 2) | 2, (12345 << 2) | 3, ((-7 << 2) | 2) & 0xFFFFFFFF]
    packed.append(struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32)
    cells = b"".join(struct.pack("<HI", 0, one) for one in packed)
    several = record(0xBD, struct.pack("<HH", 1, 1) + cells + struct.pack("<H", 4))
    one = record(0x27E, struct.pack("<HHHI", 1, 5, 0, packed[0]))
    stream = Workbook([table(["Title"], ["Ferry"])]).stream()
    content = contained(stream[:-4] + several + one + stream[-4:])

    assert read_by(content, tmp_path) == read_by_xlrd(content)
    assert read_by(content, tmp_path)["S0"][2] == ["Ferry", "12345", "123.45", "-7", "1.5", "12345"]


def test_what_comes_before_damage_is_taken_in(tmp_path: Path) -> None:
    stream = Workbook([ROWS, ROWS], shared=False).stream()
    at = stream.index("Школи".encode("utf-16-le")) - 13
    content = stream[:at] + struct.pack("<HH", 0x204, 9999) + stream[at + 4 :]

    found = read_bytes(tmp_path, "a.xls", contained(content))

    assert [one.locator[-4:] for one in documents(found)] == ["S0!2", "S1!2", "S1!3"]
    (error,) = errors(found)
    assert "the sheet is damaged (a record of 9999 bytes" in error.what
    assert error.where.endswith("a.xls!S0")


def test_texts_that_are_missing_are_told_of(tmp_path: Path) -> None:
    stream = Workbook([ROWS]).stream()
    begin = stream.index(b"\xfc\0", stream.index(b"S0")) + 4
    count = struct.unpack_from("<I", stream, begin + 4)[0]
    content = stream[: begin + 4] + struct.pack("<I", count + 3) + stream[begin + 8 :]

    found = read_bytes(tmp_path, "a.xls", contained(content))

    assert len(documents(found)) == 2
    (error,) = errors(found)
    assert f"{count} of {count + 3} texts can be read" in error.what


def test_sectors_that_lead_in_a_ring_are_told_of(tmp_path: Path) -> None:
    content = bytearray(contained(Workbook([ROWS]).stream()))
    following = len(content) - 512
    content[following + 4 : following + 8] = struct.pack("<I", 0)

    (error,) = read_bytes(tmp_path, "a.xls", bytes(content))

    assert isinstance(error, InputError)
    assert "lead in a ring" in error.what


@pytest.mark.slow
def test_a_huge_one_is_read_in_little_memory(tmp_path: Path) -> None:
    """As the other formats are in `test_every_format`: 28 MB took 65 before."""
    rows: list[list[Said]] = [["Title", "Text"]]
    rows += [[f"Crossing {at}", random.Random(at).randbytes(10_000).hex()] for at in range(1400)]
    path = tmp_path / "a.xls"
    path.write_bytes(contained(Workbook([table(*rows)]).stream()))

    found, peak = read_through(path)

    assert path.stat().st_size > 26 << 20
    assert found == 1400
    assert peak < 8 << 20
