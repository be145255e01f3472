"""Sheets: which rows are in the sheets of a workbook of Excel, or of an OpenDocument table?

Read row by row, the texts that cells share from a file beside memory; each sheet is then a table
like any other. Formulas are what they gave when the workbook was saved.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from array import array
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, dropwhile, islice
from typing import Any, BinaryIO, cast

from lxml import etree

from corpus.errors import InputError, UnreadableInput
from corpus.readers.packed.archives import opened_zip
from corpus.readers.source import MAX_DOCUMENT, Budget, Gauge, Read, Source
from corpus.readers.tables.csv import Table, documents_in, names_columns, names_of

READER = "sheet/1"

_MOST_ABOVE = 10  # rows in which the names of columns are looked for
MOST_CELLS = 1000
_MOST_BLANK = 1000  # rows that are told as empty; more are a gap
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of formats that Excel has for days and times without describing them."""
EPOCH, LATER_EPOCH = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - without a zone

Rows = Iterator[tuple[int, list[str]]]
"""The rows of a sheet, each with its number."""


def read_sheets(source: Source) -> Read:
    """Gives the document of each row of each sheet; a sheet without a column of texts is told of.

    Raises:
        UnreadableInput: damaged.
    """
    with opened_zip(source) as archive, tempfile.TemporaryFile() as texts:
        is_excel = "xl/workbook.xml" in archive.namelist()
        book = _Excel(archive, source, texts) if is_excel else _OpenDocument(archive, source)
        yield from documents_of_sheets(book.sheets(), source)


def documents_of_sheets(sheets: Iterator[tuple[str, Rows]], source: Source) -> Read:
    """The document of each row of each sheet; what is wrong with one costs itself.

    Raises:
        UnreadableInput: there is nothing to tell of any.
    """
    is_empty = True
    for name, rows in sheets:
        place = replace(source, locator=f"{source.locator}!{name}")
        try:
            if (table := _table_of(rows, place)) is not None:
                is_empty = False
                yield from documents_in(table, place, reader=READER, told={"sheet": name})
        except etree.LxmlError as error:
            is_empty = False
            yield UnreadableInput(f"the sheet is damaged ({error})", where=place.locator)
        except InputError as error:
            is_empty = False
            yield error
    if is_empty:
        raise UnreadableInput("no sheet of it has rows", where=source.locator)


def _table_of(rows: Rows, source: Source) -> Table | None:
    """The table that the rows of a sheet are; None for one that is empty."""
    head, rows = _begun(dropwhile(_is_blank, rows))
    told = [at for at, row in enumerate(head) if not _is_blank(row)]
    if not told:
        deque(rows, maxlen=0)  # which may still tell that it is damaged
        return None
    mapped = source.asked.columns
    at = next((at for at in told if names_columns(head[at][1], mapped)), told[0])
    number, header = head[at]
    while header and not header[-1].strip():
        header = header[:-1]
    following = _numbered(chain(head[at + 1 :], rows), number)
    above = " ".join(" ".join(cells) for _, cells in head[:at]).split()
    return Table(names_of(header), following, "\t", number, " ".join(above))


def _is_blank(row: tuple[int, list[str]]) -> bool:
    return not any(map(str.strip, row[1]))


def _begun(rows: Rows) -> tuple[list[tuple[int, list[str]]], Rows]:
    """The first rows of a sheet, and the others; damage behind some costs them nothing."""
    head: list[tuple[int, list[str]]] = []
    try:
        for row in islice(rows, _MOST_ABOVE):
            head.append(row)  # noqa: PERF402 - those before damage are kept
    except (InputError, etree.LxmlError) as error:
        return head, _failing(error)
    return head, rows


def _failing(error: Exception) -> Rows:
    yield from ()
    raise error


def _numbered(rows: Rows, before: int) -> Iterator[list[str]]:
    """The rows, with an empty one for each that a sheet leaves out, so that numbers are its own."""
    for number, cells in rows:
        yield from ([] for _ in range(min(number - before - 1, _MOST_BLANK)))
        before = number
        yield cells


def _elements(source: Source, archive: zipfile.ZipFile, name: str, *tags: str) -> Iterator[Any]:
    """The elements of some names in a part, one after the other; what was read is let go."""
    budget = Budget(lambda: archive.getinfo(name).compress_size, locator=source.locator,
                    outer=source.budget)  # fmt: skip
    try:
        with archive.open(name) as part:
            yield from elements(cast("BinaryIO", Gauge(cast("BinaryIO", part), budget)), *tags)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableInput(
            f"{name} in it is damaged ({error or type(error).__name__})",
            where=source.locator,
            advice="What came before this point was taken in, and what lies elsewhere in the file",
        ) from None


def elements(stream: BinaryIO, *tags: str) -> Generator[Any, None, list[Any]]:
    """The elements of some names in XML, each let go when the next is asked for.

    Returns:
        What is wrong with it.
    """
    wanted = [f"{{*}}{tag}" for tag in tags]
    parser = etree.iterparse(
        stream, tag=wanted, recover=True, resolve_entities=False, no_network=True
    )
    for _, element in parser:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return list(parser.error_log)


def local(element: Any) -> str:
    """The name of an element, whatever its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items()
                 if key.rpartition("}")[2] == name), "")  # fmt: skip


# Excel.


class _Excel:
    """A workbook of Excel."""

    def __init__(self, archive: zipfile.ZipFile, source: Source, texts: BinaryIO) -> None:
        self._archive = archive
        self._source = source
        self._damage: InputError | None = None
        self._dated = self._styles()
        self._epoch = EPOCH
        self._texts = texts
        self._places = array("Q")

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        """Their names and rows, in the order of the workbook.

        Raises:
            UnreadableInput: at the end, where something that all need could not be read.
        """
        told = list(self._named())
        self._share()
        for name, part in told:
            yield name, self._rows(part)
        if self._damage is not None:
            raise self._damage

    def _all(self, name: str, *tags: str) -> Iterator[Any]:
        if name in self._archive.namelist():
            yield from _elements(self._source, self._archive, name, *tags)

    def _shared_by_all(self, name: str, *tags: str) -> Iterator[Any]:
        """The same of a part that cells need, until where it is damaged."""
        try:
            yield from self._all(name, *tags)
        except UnreadableInput as error:
            self._damage = self._damage or error

    def _named(self) -> Iterator[tuple[str, str]]:
        parts = {
            one.get("Id"): str(one.get("Target") or "")
            for one in self._all("xl/_rels/workbook.xml.rels", "Relationship")
        }
        names = set(self._archive.namelist())
        for one in self._all("xl/workbook.xml", "workbookPr", "sheet"):
            if local(one) == "workbookPr":
                self._epoch = LATER_EPOCH if one.get("date1904") in ("1", "true") else EPOCH
                continue
            target = parts.get(attribute(one, "id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names and "worksheets/" in part:
                yield str(one.get("name") or part), part

    def _styles(self) -> set[int]:
        """The numbers of styles in which a number is a day or a time."""
        formats: dict[int, str] = {}
        dated: set[int] = set()
        for one in self._shared_by_all("xl/styles.xml", "numFmt", "cellXfs"):
            if local(one) == "numFmt":
                formats[_whole(one.get("numFmtId"))] = str(one.get("formatCode") or "")
                continue
            for at, style in enumerate(one):
                number = _whole(style.get("numFmtId"))
                if number in DATES or is_of_days(formats.get(number, "")):
                    dated.add(at)
        return dated

    def _share(self) -> None:
        """Puts the texts that cells share into a file, and notes where each begins."""
        for one in self._shared_by_all("xl/sharedStrings.xml", "si"):
            self._places.append(self._texts.tell())
            self._texts.write(_shown(one).encode("utf-8", "surrogatepass"))
        self._places.append(self._texts.tell())

    def _shared(self, number: int) -> str:
        if not 0 <= number < len(self._places) - 1:
            return ""
        begin, end = self._places[number], self._places[number + 1]
        self._texts.seek(begin)
        return self._texts.read(min(end - begin, MAX_DOCUMENT)).decode("utf-8", "replace")

    def _rows(self, part: str) -> Rows:
        number = 0
        for row in _elements(self._source, self._archive, part, "row"):
            told = str(row.get("r") or "")
            number = int(told) if told.isdecimal() else number + 1
            cells: list[str] = []
            for cell in row:
                at = _column(str(cell.get("r") or ""), len(cells))
                if at >= MOST_CELLS:
                    break
                cells += [""] * (at - len(cells))
                cells.append(self._said(cell))
            yield number, cells

    def _said(self, cell: Any) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _shown(cell)
        value = next((str(one.text or "") for one in cell if local(one) == "v"), "")
        if kind == "s":
            return self._shared(int(value)) if value.isdecimal() else ""
        if kind in ("str", "b", "d"):
            return value
        if kind != "n" or not value:
            return ""
        return (
            day_of(value, self._epoch)
            if _whole(cell.get("s")) in self._dated
            else number_as_text(value)
        )


def day_of(value: str, epoch: datetime) -> str:
    """The day or moment that a number of days since `epoch` is; what is none, as it was written."""
    try:
        moment = epoch + timedelta(days=float(value))
        rounded = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return value
    whole = float(value) == int(float(value))
    return moment.date().isoformat() if whole else rounded.isoformat()


def is_of_days(code: str) -> bool:
    """Whether a format shows days or times: letters for them, outside of quotes and brackets."""
    plain, quoted = "", ""
    for sign in code.lower():
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in '"[':
            quoted = '"' if sign == '"' else "]"
        else:
            plain += sign
    return "general" not in plain and any(sign in plain for sign in "ymdh")


def _column(reference: str, following: int) -> int:
    """The column of a cell, counted from 0."""
    at = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        at = at * 26 + ord(sign) - 64
    return at - 1 if at else following


def _shown(element: Any) -> str:
    """The text of a cell, its runs one after the other, without how it is read aloud."""
    return "".join(
        str(one.text or "")
        for one in element.iter("{*}t")
        if not any(local(above) == "rPh" for above in one.iterancestors())
    )


def _whole(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0


def number_as_text(value: str) -> str:
    """A number as people write it: a whole one without a point."""
    return value.removesuffix(".0")


# OpenDocument.


class _OpenDocument:
    """An OpenDocument table."""

    def __init__(self, archive: zipfile.ZipFile, source: Source) -> None:
        self._archive = archive
        self._source = source

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        """Their names and rows."""
        rows = _elements(self._source, self._archive, "content.xml", "table-row")
        for number, (sheet, own) in enumerate(by_sheet(rows, "table"), start=1):
            yield attribute(sheet, "name") or str(number), _rows_of(own)


def by_sheet(rows: Iterator[Any], tag: str) -> Iterator[tuple[Any, Iterator[Any]]]:
    """The sheets in which rows lie, each with its own; they are to be taken before the next.

    Args:
        tag: the name of a sheet.
    """
    ahead: list[Any] = []

    def sheet_of(row: Any) -> Any:
        return next((one for one in row.iterancestors() if local(one) == tag), None)

    def own(sheet: Any, row: Any) -> Iterator[Any]:
        while row is not None:
            if sheet_of(row) is not sheet:
                ahead.append(row)
                return
            yield row
            row = next(rows, None)

    while (first := ahead.pop() if ahead else next(rows, None)) is not None:
        sheet = sheet_of(first)
        following = own(sheet, first)
        if sheet is not None:
            yield sheet, following
        deque(following, maxlen=0)  # what nobody asked for


def _rows_of(rows: Iterator[Any]) -> Rows:
    number = 0
    for row in rows:
        number += 1
        cells = _cells_of(row)
        if cells:
            yield number, cells
        number += _times(row, "number-rows-repeated") - 1


def _cells_of(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        said = attribute(cell, "date-value") or "\n\n".join(
            "".join(map(str, one.itertext())) for one in cell if local(one) == "p"
        )
        cells += [said] * min(_times(cell, "number-columns-repeated"), MOST_CELLS - len(cells))
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _times(element: Any, name: str) -> int:
    told = attribute(element, name)
    return int(told) if told.isdecimal() else 1
