"""Old sheets: which rows are in a workbook of Excel before .xlsx, or in what is only called .xls?

What databases offer as Excel is often a page with a table, or XML of 2003, under that name. The
binary form is read by xlrd, of the extra `documents`.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from typing import IO, Any, BinaryIO, cast

from lxml import etree, html

from corpus.errors import UnreadableInput, UnsupportedFormat
from corpus.readers.media_types import OLE
from corpus.readers.posts.post import text_of_markup
from corpus.readers.source import Read, Source, buffered
from corpus.readers.tables.csv import names_columns
from corpus.readers.tables.sheets import (
    Rows,
    attribute,
    by_sheet,
    documents_of_sheets,
    elements,
    local,
)
from corpus.readers.web.html import read_html

_SHEETS = Iterator[tuple[str, Rows]]
_MOST_CELLS = 1000


def read_old_sheets(source: Source) -> Read:
    """Gives the document of each row of each sheet; of a page without a table of texts, the page.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged, or locked with a password.
    """
    head = source.head
    if head.startswith(OLE):
        yield from documents_of_sheets(_in_book(source), source)
    elif etree_root(head) == "workbook":
        yield from documents_of_sheets(_in_xml(source), source)
    else:
        content = source.all()
        if sheets := _on_page(content, source):
            yield from documents_of_sheets(iter(sheets), source)
        else:
            yield from read_html(replace(source, stream=buffered(io.BytesIO(content))))


# The binary form.


def _in_book(source: Source) -> _SHEETS:
    try:
        import xlrd  # noqa: PLC0415 - optional
    except ImportError:
        raise UnsupportedFormat(
            "this is an old Excel workbook (.xls), which needs a library that is not installed",
            where=source.locator,
            advice="pip install 'dispatches[documents]', then dispatches add --retry-failures;"
            " or save its sheets as CSV and add those",
        ) from None
    damage = (
        xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, LookupError, ValueError, TypeError,
        AssertionError, AttributeError, OverflowError,
    )  # fmt: skip
    with _mapped(source) as content, _silence() as silence:
        try:
            book = xlrd.open_workbook(
                file_contents=content, ragged_rows=True, logfile=silence, on_demand=True
            )
        except damage as error:
            locked = "encrypted" in str(error).lower()
            told = "locked with a password" if locked else f"damaged ({error})"
            advice = "Save it without the password" if locked else "Look for another copy"
            raise UnreadableInput(
                f"the Excel workbook (.xls) is {told}", where=source.locator, advice=advice
            ) from None
        for number, name in enumerate(book.sheet_names()):
            yield name, _rows(book, number, damage, f"{source.locator}!{name}")
            book.unload_sheet(number)


@contextmanager
def _mapped(source: Source) -> Iterator[mmap]:
    """The content in a file beside memory."""
    with tempfile.TemporaryFile() as file:
        for block in source.blocks():
            file.write(block)
        file.flush()
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            yield content


def _silence() -> IO[str]:
    """Where the library prints to."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - closed by who asks


def _rows(book: Any, number: int, damage: tuple[type[Exception], ...], where: str) -> Rows:
    """The rows of a sheet, which is read when the first is asked for."""
    try:
        sheet = book.sheet_by_index(number)
    except damage as error:
        raise UnreadableInput(
            f"the sheet is damaged ({error})", where=where, advice="Look for another copy"
        ) from None
    for at in range(sheet.nrows):
        cells = sheet.row_slice(at, 0, _MOST_CELLS)
        yield at + 1, [_said(cell, book.datemode) for cell in cells]


def _said(cell: Any, epoch: int) -> str:
    import xlrd  # noqa: PLC0415 - optional

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, epoch)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return str(cell.value)
        whole = float(cell.value).is_integer()
        return str(
            moment.date().isoformat() if whole else moment.replace(microsecond=0).isoformat()
        )
    if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    return str(cell.value).removesuffix(".0") if cell.ctype != xlrd.XL_CELL_TEXT else cell.value


# What is only called so.


def etree_root(content: bytes) -> str:
    """The name of the root of XML, in small letters; empty where it is none."""
    parser = etree.XMLPullParser(("start",), recover=True, resolve_entities=False, no_network=True)
    parser.feed(content.lstrip(_BEFORE))
    for _, element in parser.read_events():
        return local(element).lower()
    return ""


_BEFORE = b"\xef\xbb\xbf\r\n\t "
"""What may stand before XML, and may not in the eyes of a parser."""


def _in_xml(source: Source) -> _SHEETS:
    """The sheets of Excel's XML of 2003."""
    head = source.head
    source.stream.read(len(head) - len(head.lstrip(_BEFORE)))
    errors: list[Any] = []

    def rows() -> Iterator[Any]:
        errors.extend((yield from elements(cast("BinaryIO", source.stream), "Row")))

    for number, (sheet, own) in enumerate(by_sheet(rows(), "Worksheet"), start=1):
        yield attribute(sheet, "Name") or str(number), _rows_of_xml(own)
    if errors:
        error = errors[0]
        raise UnreadableInput(
            f"the workbook is damaged at line {error.line} ({error.message.strip()})",
            where=source.locator,
            advice="What can be read of it was taken in",
        )


def _rows_of_xml(rows: Iterator[Any]) -> Rows:
    number = 0
    for row in rows:
        number = _at(row, number) + 1
        cells: list[str] = []
        for cell in row.iter("{*}Cell"):
            at = _at(cell, len(cells))
            if at >= _MOST_CELLS:
                break
            cells += [""] * (at - len(cells))
            cells.append(next((_datum(one) for one in cell.iter("{*}Data")), ""))
        yield number, cells


def _at(element: Any, following: int) -> int:
    """The place of a row or cell from 0: as it says, else behind the last."""
    told = attribute(element, "Index")
    return max(int(told) - 1, following) if told.isdecimal() else following


def _datum(data: Any) -> str:
    text = "".join(map(str, data.itertext()))
    if attribute(data, "Type") == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00")
    return text


def _on_page(content: bytes, source: Source) -> list[tuple[str, Rows]]:
    """The tables on a page whose first rows name columns that hold texts."""
    try:
        root = html.document_fromstring(content)
    except (etree.LxmlError, ValueError):
        return []
    found: list[tuple[str, Rows]] = []
    for number, table in enumerate(root.iter("table"), start=1):
        rows = [
            (at, [text_of_markup(cell) for cell in row if cell.tag in ("td", "th")][:_MOST_CELLS])
            for at, row in enumerate(table.iter("tr"), start=1)
        ]
        if any(names_columns(cells, source.asked.columns) for _, cells in rows[:_MOST_ABOVE]):
            found.append((str(number), iter(rows)))
    return found


_MOST_ABOVE = 10  # rows in which the names of columns are looked for
