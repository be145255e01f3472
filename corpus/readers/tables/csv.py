"""CSV: one record a row; columns are known by name, or mapped by a person."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import cast

from corpus.article import IS_PART
from corpus.errors import InputError, InvalidRecord
from corpus.readers.dumps.lines import bounded, encoding_of, opened
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import HEAD, MAX_DOCUMENT, Read, Source
from corpus.readers.tables.columns import keys_of
from corpus.readers.tables.events import Events, event, events_in, names_of_gdelt

READER = "csv/1"

_SEPARATORS = ",;\t|"
_MOST_ABOVE = 10  # lines in which the names of columns are looked for
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_JOINED = "row as read"


def read_csv(source: Source) -> Read:
    """Gives the document of each row; a bad row costs that row.

    Raises:
        InvalidRecord: no column holds text or HTML, or a mapped column is not there.
    """
    encoding, guessed = encoding_of(source.head)
    with _opened(source.stream, encoding, source.asked.columns, where=source.locator) as table:
        told = {"encoding": f"{encoding}, guessed"} if guessed else {}
        yield from documents_in(table, source, reader=READER, told=told)


def documents_in(table: Table, source: Source, *, reader: str, told: Mapping[str, str]) -> Read:
    """The document of each row of a table, wherever it was written.

    Args:
        told: what to keep with every document about how it was read.

    Raises:
        InvalidRecord: no column holds text or HTML, or a mapped column is not there.
    """
    kind = events_in(table.names) if not source.asked.columns else None
    columns = table.names if kind else _columns(table.names, source)
    records = _records(table, columns, source)
    if kind:
        records = (_of_event(record, kind, source) for record in records)
    told = {**told, **({"above the table": table.above} if table.above else {})}
    yield from documents_of(records, source, reader=reader, told=told)


def addresses_in_table(content: bytes) -> Iterator[str]:
    """The addresses in the column of a table that holds such; nothing where no column does."""
    encoding, _ = encoding_of(content[:HEAD])
    stream = cast("io.BufferedIOBase", io.BytesIO(content))
    with _opened(stream, encoding, {}, where="") as table:
        known = keys_of(table.names, {})
        at = [number for number, name in enumerate(table.names) if known.get(name) == "url"]
        while at:
            try:
                row = next(table.rows)
            except StopIteration:
                return
            except csv.Error:
                continue
            yield from (row[number].strip() for number in at if number < len(row))


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are about to be read, the number of the row before them, what stands above
    the names of its columns, and the lines that it is read from, where it is read from lines.
    """

    names: list[str]
    rows: Iterator[list[str]]
    separator: str
    number: int
    above: str = ""
    followed: _Followed | None = None


class _Followed:
    """Lines as they are read, and how the row that they belong to ends."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ended = True
        self._quotes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._ended = line.endswith(("\n", "\r"))
        self._quotes += line.count('"')
        return line

    def begin(self) -> None:
        """A row begins with the next line."""
        self._quotes = 0

    def is_cut_off(self, row: list[str], columns: int) -> bool:
        """Whether the last row lacks what stands in others behind it: the end of its line, and of
        its cells or of its quotation.
        """
        return not self._ended and (len(row) < columns or self._quotes % 2 == 1)


@contextmanager
def _opened(
    stream: io.BufferedIOBase, encoding: str, mapped: Mapping[str, str], *, where: str
) -> Iterator[Table]:
    csv.field_size_limit(MAX_DOCUMENT)
    lines = opened(stream, encoding)
    try:
        told = bounded(lines)
        head = list(islice(told, _MOST_ABOVE))
        said = _SEPARATOR_LINE.fullmatch(head[0]) if head else None  # Excel writes and hides it
        at = _header_in(head, said[1] if said else "", mapped, begin=1 if said else 0)
        separator = said[1] if said else _separator(head[at] if head else "")
        followed = _Followed(chain(head[at:], told))
        rows = csv.reader(followed, delimiter=separator)
        try:
            header = next(rows, [])
        except csv.Error as error:
            raise InvalidRecord(f"not a row of a table: {error}", where=where) from None
        if (unnamed := names_of_gdelt(header)) is not None:
            yield Table(unnamed, chain([header], rows), separator, 0, followed=followed)
        else:
            above = " ".join("".join(head[1 if said else 0 : at]).split())
            yield Table(names_of(header), rows, separator, at + 1, above.strip(separator), followed)
    finally:
        lines.detach()


def _header_in(head: list[str], separator: str, mapped: Mapping[str, str], *, begin: int) -> int:
    """Which of the first lines names the columns: the first of which some are known, else the first
    that is not empty. Programs write above it what the table is and when it was made.
    """
    told = [at for at in range(begin, len(head)) if head[at].strip(" \t\r\n,;\ufeff")]
    for at in told:
        try:
            cells = next(csv.reader([head[at]], delimiter=separator or _separator(head[at])))
        except (csv.Error, StopIteration):
            continue
        if names_columns(cells, mapped):
            return at
        if names_of_gdelt(cells) is not None:
            break
    return told[0] if told else min(begin, max(len(head) - 1, 0))


def names_columns(cells: list[str], mapped: Mapping[str, str]) -> bool:
    """Whether a row names columns of which some are known, or those that a person mapped."""
    known = set(keys_of(names_of(cells), mapped).values())
    telling = {"title", "text", "html", "url"} & known
    return bool(
        (len(known) > 1 and telling) or events_in(cells) or (mapped and set(mapped) <= set(cells))
    )


def _of_event(record: Record, kind: Events, source: Source) -> Record:
    if isinstance(record.value, InputError):
        return record
    told = event(record.value, kind, locator_of(source, record.number))
    if not isinstance(told, InputError) and IS_PART in record.value:
        told[IS_PART] = record.value[IS_PART]
    return replace(record, value=told)


def _records(table: Table, columns: list[str], source: Source) -> Iterator[Record]:
    number = table.number
    while True:
        number += 1
        where = locator_of(source, number)
        if table.followed is not None:
            table.followed.begin()
        try:
            row = next(table.rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(number, InvalidRecord(f"not a row of a table: {error}", where=where))
            continue
        if not any(cell.strip() for cell in row):
            continue
        cells, note = _fitted(row, len(columns), table.separator)
        if cells is None:
            too_many = f"the row has {len(row)} cells for {len(columns)} columns"
            advice = "Put cells that hold the separator into quotation marks"
            yield Record(number, InvalidRecord(too_many, where=where, advice=advice))
            continue
        record = {key: cell for key, cell in zip(columns, cells, strict=False) if cell.strip()}
        if table.followed is not None and table.followed.is_cut_off(row, len(columns)):
            note = {**note, IS_PART: "yes"}
        yield Record(number, record | note)


def _fitted(
    row: list[str], columns: int, separator: str
) -> tuple[list[str] | None, dict[str, str]]:
    """The cells of a row, and what to tell of them; no cells where there are too many to place.

    A separator inside a text that was written without quotation marks makes two cells of one; in
    prose, a space follows it, which between cells it does not.
    """
    while len(row) > columns and not row[-1].strip():
        row = row[:-1]
    if len(row) <= columns:
        return row, {}
    joined = row[:1]
    for cell in row[1:]:
        if cell.startswith(" "):
            joined[-1] += separator + cell
        else:
            joined.append(cell)
    if len(joined) != columns:
        return None, {}
    return joined, {_JOINED: f"{len(row)} cells; those that begin with a space joined"}


def names_of(header: list[str]) -> list[str]:
    """The names of columns: each once, and one for each that has none."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = cell.strip().removeprefix("\ufeff").strip() or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _columns(names: list[str], source: Source) -> list[str]:
    """The key of each column: mapped by a person, known by its name, else its name as it is."""
    missing = sorted(set(source.asked.columns.values()) - set(names))
    if missing:
        raise InvalidRecord(
            f"there is no column {missing[0]!r}",
            where=source.locator,
            advice="The columns are " + ", ".join(names[:20]),
        )
    known = keys_of(names, source.asked.columns)
    taken = set(known.values())
    if not {"text", "html"} & taken:
        columns = f"The columns are {', '.join(names[:20])}"
        if "url" in taken:
            columns = f"`dispatches collect FILE` fetches the pages that it names. {columns}"
        raise InvalidRecord(
            "no column holds the text",
            where=source.locator,
            advice=f"Name it: --map text=COLUMN. {columns}",
        )
    return [known.get(name) or (f"{name} (column)" if name in taken else name) for name in names]


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)
