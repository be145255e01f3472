"""Workbooks of Excel before .xlsx, and what is only called so: one article a row of each sheet."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from corpus.readers.formats import Format, tell
from tests.corpus.readers.test_readers import documents, errors, read_bytes
from tests.corpus.readers.test_sheets import FERRY, SCHOOLS, articles, published

ROWS: list[list[str | float]] = [
    ["Headline", "Date", "Outlet", "Full text"],
    ["Ferry sinks at Orlanka", 44991.0, "Harbor Herald", FERRY],
    ["Schools open again", 44995.0, "River Post", SCHOOLS],
]
WITH_DAYS: list[list[str]] = [
    ["Headline", "Date", "Outlet", "Full text"],
    ["Ferry sinks at Orlanka", "2023-03-06", "Harbor Herald", FERRY],
    ["Schools open again", "2023-03-10", "River Post", SCHOOLS],
]


def binary(*sheets: list[list[str | float]], locked: bool = False) -> bytes:
    """A workbook in the form of Excel 97, written by hand."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def written(row: int, column: int, cell: str | float) -> bytes:
        if isinstance(cell, str):
            text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
            return record(0x204, struct.pack("<HHH", row, column, 0) + text)
        return record(0x203, struct.pack("<HHHd", row, column, 1, cell))

    def begun(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    styles = b"".join(record(0xE0, struct.pack("<HH", 0, shown) + bytes(16)) for shown in (0, 14))
    lock = record(0x2F, bytes(54)) if locked else b""
    first = begun(5) + lock + styles
    parts = [
        begun(0x10)
        + b"".join(
            written(at, column, cell)
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
        )
        + record(0x0A)
        for rows in sheets
    ]
    names = [b"\x09\0Articles%d" % number for number in range(len(sheets))]
    place = len(first) + sum(4 + 6 + len(name) for name in names) + len(record(0x0A))
    listed = b""
    for name, part in zip(names, parts, strict=True):
        listed += record(0x85, struct.pack("<IBB", place, 0, 0) + name)
        place += len(part)
    return contained(first + listed + record(0x0A) + b"".join(parts))


def contained(stream: bytes) -> bytes:
    """A stream in a file of Office: a header, the sectors it is in, and the lists of these."""
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    sectors = len(stream) // 512
    tables = 1
    while tables * 128 < sectors + 1 + tables + _lists_of(tables):
        tables += 1
    lists = _lists_of(tables)
    first = sectors + 1  # of the tables, behind the directory; the lists of them come last
    following = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE]
    following += [0xFFFFFFFD] * tables + [0xFFFFFFFC] * lists
    table = struct.pack(f"<{len(following)}I", *following).ljust(tables * 512, b"\xff")
    places = [*range(first, first + tables)]
    more = [places[at : at + 127] for at in range(109, tables, 127)]
    listed = b"".join(
        struct.pack(f"<{len(one)}I", *one).ljust(508, b"\xff")
        + struct.pack("<I", first + tables + at + 1 if at + 1 < lists else 0xFFFFFFFE)
        for at, one in enumerate(more)
    )

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        called = name.encode("utf-16-le") + b"\0\0"
        head = called.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(called), kind, 1, 2**32 - 1, 2**32 - 1, child
        )
        return head + bytes(36) + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(
        "Workbook", 2, 2**32 - 1, 0, len(stream)
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    )
    begun = first + tables if lists else 0xFFFFFFFE
    header += bytes(10) + struct.pack(
        "<IIIIIIII", tables, sectors, 0, 4096, 0xFFFFFFFE, 0, begun, lists
    )
    header += struct.pack(f"<{len(places[:109])}I", *places[:109]).ljust(436, b"\xff")
    return header + stream + directory.ljust(512, b"\0") + table + listed


def _lists_of(tables: int) -> int:
    """How many sectors list the tables that the header has no room for."""
    return -(-max(tables - 109, 0) // 127)


def in_xml(rows: list[list[str]], after: str = "") -> bytes:
    written = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Articles"><Table>{written}{after}'
        "</Table></Worksheet></Workbook>"
    ).encode()


def on_page(rows: list[list[str]]) -> bytes:
    written = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>{written}</table></body></html>'.encode()


@pytest.mark.parametrize("content", [binary(ROWS), in_xml(WITH_DAYS), on_page(WITH_DAYS)])
def test_each_row_is_an_article(content: bytes, tmp_path: Path) -> None:
    ferry, schools = articles(tmp_path, "a.xls", content)
    assert (ferry.title, ferry.outlet, ferry.text) == (
        "Ferry sinks at Orlanka",
        "Harbor Herald",
        FERRY,
    )
    assert (published(ferry), published(schools)) == ("2023-03-06", "2023-03-10")


def test_a_workbook_is_told_by_its_content() -> None:
    assert tell(binary(ROWS), "download") is Format.OLD_SHEET
    assert tell(in_xml(WITH_DAYS), "a.xml") is Format.OLD_SHEET
    assert tell(on_page(WITH_DAYS), "a.html") is Format.HTML


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_workbook_is_told_of(share: float, tmp_path: Path) -> None:
    content = binary(ROWS)
    (error,) = errors(read_bytes(tmp_path, "a.xls", content[: int(len(content) * share)]))
    assert "damaged" in error.what
    assert "another copy" in error.advice


def test_a_locked_workbook_says_so(tmp_path: Path) -> None:
    (error,) = errors(read_bytes(tmp_path, "a.xls", binary(ROWS, locked=True)))
    assert "locked with a password" in error.what
    assert "without the password" in error.advice


def test_cut_xml_gives_what_can_be_read_and_says_so(tmp_path: Path) -> None:
    content = in_xml(WITH_DAYS)
    found = read_bytes(tmp_path, "a.xls", content[: content.index(b"Schools") + 4])
    (ferry, _) = (*documents(found), None)[:2]
    assert ferry is not None
    assert ferry.declared["title"] == "Ferry sinks at Orlanka"
    assert any("damaged at line" in error.what for error in errors(found))


def test_places_that_cells_say_are_kept_to(tmp_path: Path) -> None:
    row = (
        f'<Row ss:Index="9"><Cell ss:Index="4"><Data ss:Type="String">{SCHOOLS}</Data></Cell></Row>'
    )
    (_, late) = documents(read_bytes(tmp_path, "a.xml", in_xml(WITH_DAYS[:2], after=row)))
    assert late.locator.endswith("a.xml!Articles!9")
    assert SCHOOLS in late.content.decode()


def test_a_page_without_a_table_of_texts_is_a_page(tmp_path: Path) -> None:
    page = f"<html><head><title>Ferry</title></head><body><p>{FERRY}</p><p>{SCHOOLS}</p></body></html>".encode()
    (article,) = articles(tmp_path, "a.xls", page)
    assert FERRY in article.text


def test_a_damaged_sheet_costs_itself(tmp_path: Path) -> None:
    content = binary(ROWS[:2], ROWS[::2], ROWS[:2])
    begin = [at for at in range(len(content)) if content.startswith(b"\x09\x08\x10\0", at)]
    broken = bytearray(content)
    broken[begin[2] + 20 : begin[2] + 24] = b"\x04\x02\xff\x7f"  # a record of a length that is none
    found = read_bytes(tmp_path, "a.xls", bytes(broken))
    ferry = [one.declared["title"] for one in documents(found)]
    assert ferry == ["Ferry sinks at Orlanka"] * 2
    (error,) = errors(found)
    assert ("the sheet is damaged" in error.what, error.where[-9:]) == (True, "Articles1")
