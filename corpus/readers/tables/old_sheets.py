"""Old sheets: which rows are in a workbook of Excel before .xlsx, or in what is only called .xls?

What databases offer as Excel is often a page with a table, or XML of 2003, under that name.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from lxml import etree, html

from corpus.errors import UnreadableInput
from corpus.readers.media_types import OLE
from corpus.readers.packed.archives import seekable
from corpus.readers.posts.post import text_of_markup
from corpus.readers.source import Read, Source, buffered
from corpus.readers.tables.csv import names_columns
from corpus.readers.tables.old_workbook import OldWorkbook
from corpus.readers.tables.sheets import (
    MOST_CELLS,
    Rows,
    attribute,
    by_sheet,
    documents_of_sheets,
    elements,
    local,
)
from corpus.readers.web.html import read_html

_SHEETS = Iterator[tuple[str, Rows]]


def read_old_sheets(source: Source) -> Read:
    """Gives the document of each row of each sheet; of a page without a table of texts, the page.

    Raises:
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
    with seekable(source) as file, tempfile.TemporaryFile() as texts:
        yield from OldWorkbook(file, texts, where=source.locator).sheets()


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
            if at >= MOST_CELLS:
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
            (at, [text_of_markup(cell) for cell in row if cell.tag in ("td", "th")][:MOST_CELLS])
            for at, row in enumerate(table.iter("tr"), start=1)
        ]
        if any(names_columns(cells, source.asked.columns) for _, cells in rows[:_MOST_ABOVE]):
            found.append((str(number), iter(rows)))
    return found


_MOST_ABOVE = 10  # rows in which the names of columns are looked for
