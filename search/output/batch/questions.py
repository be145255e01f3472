"""Questions: which ones does a table hold? A question a row, with a name and filters if it has such
columns; a bad row costs itself, and is told with its line.

Columns are found by their names, which are those of the interface for scripts. A list without such
a name is no table: each of its lines is a question as it is typed, commas and all.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.dates import PartialDate
from corpus.errors import (
    DispatchesError,
    InvalidDate,
    InvalidParameter,
    InvalidRecord,
    UnreadableInput,
)
from corpus.soundness import replaced
from indexer.schema import DATE_FIELDS
from search.request import CHOICES, DateFilter, Filter, Mode, SearchRequest, Sort, Undated

_ASKED = {"q": "q", "question": "q", "query": "q", "search": "q", "name": "name", "id": "name"}
_SUFFIXES = {Mode.ANY: "", Mode.ALL: "_all", Mode.NOT: "_not"}
_FILTERS = {f"{one}{end}": (one, mode) for one in CHOICES for mode, end in _SUFFIXES.items()}
_WORDS: Mapping[str, Sequence[str]] = {
    "sort": list(Sort),
    "undated": list(Undated),
    "date_field": DATE_FIELDS,
    "collapse": ("family",),
    "names": ("include",),
}
"""Columns whose cells hold one of these words."""
_DAYS = {"from": "date_from", "to": "date_to", "date_from": "date_from", "date_to": "date_to"}
COLUMNS = {**_ASKED, **_DAYS, **{name: name for name in (*_FILTERS, *_WORDS)}}
"""What each column is called here, by what it may be called."""

_SEPARATORS = ",;\t|"
_HELD_APART = ";\t|"
"""Those that stand in no list of questions."""
_NONE = "\x1f"
"""The separator of a table with one column: none that anybody types."""
_LONGEST_ROW = 20
"""Lines of one row, whose cells may hold line breaks; a quotation mark left open spoils no more."""
_SHOWN = 200
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b", b"{\\rtf")
"""How workbooks, documents and packed files begin."""
_BYTE = re.compile("[\udc80-\udcff]")
"""What a byte that is not UTF-8 is read as."""


@dataclass(frozen=True, slots=True)
class Question:
    """One row.

    Attributes:
        line: on which it begins.
        name: what the table calls it; may be empty.
        narrowed: its filters, as the table says them.
    """

    line: int
    name: str
    narrowed: str
    request: SearchRequest


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is no question, or that was not answered, and why."""

    line: int
    name: str
    text: str
    error: DispatchesError


@dataclass(frozen=True, slots=True)
class Table:
    """The questions of a table.

    Attributes:
        text: the table itself.
        rows: in order, with the rows that are none.
        passed_over: columns that say nothing to a search.
    """

    text: str
    rows: tuple[Question | Refused, ...]
    passed_over: tuple[str, ...]


def text_of(content: bytes, *, where: str, most: int) -> str:
    """The characters of a file of questions; a byte that is not UTF-8 costs the row it is in.

    Args:
        most: bytes that it may have.

    Raises:
        InvalidParameter: it is too long.
        UnreadableInput: it is no text in UTF-8 or UTF-16.
    """
    if len(content) > most:
        raise InvalidParameter(
            f"the table has {len(content):,} bytes",
            where=where,
            advice=f"Give {most:,} at most: ask it in several parts; `dispatches batch` takes more",
        )
    if content.startswith(_NO_TEXT):
        raise UnreadableInput(
            "this is a workbook or another packed file",
            where=where,
            advice="Save its sheet as CSV in UTF-8",
        )
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16") if wide else content.decode("utf-8-sig", "surrogateescape")
    except UnicodeDecodeError as error:
        line = content[: error.start].decode("utf-16", "replace").count("\n") + 1
        raise _not_in("UTF-16", line, where) from None
    if text[:1_000].count("\0") > len(text[:1_000]) // 4:  # UTF-16 that does not say so
        raise _not_in("UTF-8", 1, where)
    return text


def _not_in(encoding: str, line: int, where: str) -> UnreadableInput:
    return UnreadableInput(
        f"line {line} is not {encoding}", where=where, advice="Save the table as CSV in UTF-8"
    )


def questions(text: str, *, where: str, most: int) -> Table:
    """Reads a table of questions.

    Args:
        where: the file, field or parameter that held it.
        most: questions that it may hold.

    Raises:
        InvalidParameter: it holds no question, too many, or a column whose name is nearly one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number, separator = _said(lines)
    header = next((cells for _, cells in _rows(lines[number:], separator)), None)
    names: tuple[str, ...] = ()
    if isinstance(header, list) and _BYTE.search("".join(header)) and _is_table(header):
        raise _not_in("UTF-8", number + 1, where)
    if isinstance(header, list) and (names := _names(header, where)):
        rows = _rows(lines, separator, start=number)
        next(rows)
    else:
        if separator in _HELD_APART or number or _is_table(header):
            raise InvalidParameter(
                "no column is called question",
                where=where,
                advice="Give the columns names in the first row, one of them `question`",
            )
        header, names = [], ("q",)
        rows = _listed(lines)
    found = tuple(islice((_read(*row, names) for row in rows), most + 1))
    if not found:
        raise InvalidParameter("no question is there", where=where, advice="Give one a line")
    if len(found) > most:
        raise InvalidParameter(
            f"there are more than {most:,} questions",
            where=where,
            advice="Ask them in several parts; `dispatches batch` takes 10,000 in each",
        )
    columns = header if isinstance(header, list) else []
    passed = [cell.strip() for cell, name in zip(columns, names, strict=False) if not name]
    return Table(replaced(text), found, tuple(map(replaced, filter(None, passed))))


def _said(lines: Sequence[str]) -> tuple[int, str]:
    """At which line the table begins, and what is between its cells."""
    first = lines[0].strip('" ').lower()
    if first.startswith("sep=") and len(first) == 5:  # as Excel writes it
        return 1, first[-1]
    header = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=header.count)
    return 0, separator if separator in header else _NONE


def _rows(
    lines: Sequence[str], separator: str, *, start: int = 0
) -> Iterator[tuple[int, list[str] | InvalidRecord]]:
    """The rows that are not empty, each with the number of its first line."""
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        cells, used = _row(lines, at, separator)
        if isinstance(cells, InvalidRecord) or any(cell.strip() for cell in cells):
            yield at + 1, cells
        at += used


def _listed(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | InvalidRecord]]:
    """The lines of a list; how a spreadsheet writes quotation marks is undone."""
    for number, line in enumerate(lines, start=1):
        typed = line.strip()
        inside = typed[1:-1]
        if len(typed) > 2 and typed[0] == typed[-1] == '"' and '""' in inside:
            typed = inside.replace('""', '"')
        if typed:
            yield number, [typed.replace("\0", "\ufffd")]


def _row(lines: Sequence[str], at: int, separator: str) -> tuple[list[str] | InvalidRecord, int]:
    """The cells of the row that begins at a line, and how many lines it has."""
    error = ""
    for used in range(1, min(_LONGEST_ROW, len(lines) - at) + 1):
        whole = "\n".join(lines[at : at + used]).replace("\0", "\ufffd")
        try:
            (cells,) = csv.reader([whole], delimiter=separator, strict=True)
        except csv.Error as caught:
            error = str(caught)
            if "end of data" not in error:  # more lines would not help
                break
        else:
            return cells, used
    what = "a quotation mark is never closed" if "end of data" in error else "not a row of a table"
    advice = 'Write a cell that holds quotation marks in such marks, its own doubled: """words"""'
    return InvalidRecord(what, advice=advice), 1


def _is_table(header: list[str] | InvalidRecord | None) -> bool:
    """Whether a first row names columns, though none of questions."""
    return isinstance(header, list) and len(header) > 1 and any(map(COLUMNS.get, _typed(header)))


def _typed(header: Sequence[str]) -> list[str]:
    """Names of columns as they are compared."""
    return ["_".join(re.split(r"[\s_-]+", cell.strip().lower())) for cell in header]


def _names(header: Sequence[str], where: str) -> tuple[str, ...]:
    """What each column holds, empty where nothing of ours; none at all without a question.

    Raises:
        InvalidParameter: a name is there twice, or is nearly one of ours.
    """
    typed = _typed(header)
    names = tuple(COLUMNS.get(name, "") for name in typed)
    if "q" not in names:
        return ()
    for cell, name in zip(typed, names, strict=True):
        near = [] if name or len(cell) < 3 else difflib.get_close_matches(cell, COLUMNS, 1, 0.8)
        if near:
            raise InvalidParameter(
                f"no column is called {cell!r}",
                where=where,
                advice=f"Perhaps {near[0]!r} was meant; under another name it is passed over",
                did_you_mean=near[0],
            )
        if name and names.count(name) > 1:
            raise InvalidParameter(
                f"two columns hold {cell!r}", where=where, advice="Keep one of them"
            )
    return names


def _read(line: int, cells: list[str] | InvalidRecord, names: Sequence[str]) -> Question | Refused:
    if isinstance(cells, InvalidRecord):
        return Refused(line, "", "", at(cells, line))
    given = {
        name: cell.strip()
        for name, cell in zip(names, cells, strict=False)
        if name and cell.strip()
    }
    name, text = given.pop("name", ""), given.pop("q", "")
    narrowed = "; ".join(f"{key}={value}" for key, value in given.items())
    try:
        if byte := _BYTE.search("".join(cells)):
            raise InvalidRecord(
                f"it holds the byte {ord(byte[0]) - 0xDC00:#04x}, which is not UTF-8",
                advice="Save the table as CSV in UTF-8",
            )
        if len(cells) > len(names):
            raise InvalidRecord(
                f"the row has {len(cells)} cells for {len(names)} columns",
                advice="Put cells that hold the separator into quotation marks",
            )
        if not text and not given:
            raise InvalidRecord("the row asks nothing", advice="Give it a question")
        return Question(line, name, narrowed, _request(text, given))
    except DispatchesError as error:
        return Refused(line, replaced(name), replaced(text[:_SHOWN]), at(error, line))


def at(error: DispatchesError, line: int) -> DispatchesError:
    """The error, which says in which line it is."""
    error.where = f"line {line}" + (f", {error.where}" if error.where else "")
    return error


def _request(text: str, given: Mapping[str, str]) -> SearchRequest:
    """The request of a row.

    Raises:
        InvalidParameter: a cell has no form that it may have.
    """
    words = {name: _word(name, given[name]) for name in _WORDS if name in given}
    start, end = _day(given, "date_from"), _day(given, "date_to")
    if start and end and start.earliest > end.latest:
        raise InvalidParameter(
            "the range of dates runs backwards", where="date_from", advice="Exchange the two"
        )
    ranged = Undated.EXCLUDE if start or end else Undated.INCLUDE
    return SearchRequest(
        text=text,
        filters=tuple(
            Filter(choice, mode, values)
            for name, (choice, mode) in _FILTERS.items()
            if (values := tuple(filter(None, map(str.strip, given.get(name, "").split(";")))))
        ),
        dates=DateFilter(
            words.get("date_field", "published"),
            start.earliest if start else None,
            end.latest if end else None,
            Undated(words.get("undated", ranged)),
        ),
        collapse="collapse" in words,
        names="names" in words,
        sort=Sort(words["sort"]) if "sort" in words else None,
    )


def _word(name: str, typed: str) -> str:
    word = typed.lower()
    if word not in _WORDS[name]:
        raise InvalidParameter(
            f"{typed!r} is none of its words",
            where=name,
            advice=f"Write one of {', '.join(_WORDS[name])}, or nothing",
        )
    return word


def _day(given: Mapping[str, str], name: str) -> PartialDate | None:
    if name not in given:
        return None
    try:
        return PartialDate(given[name], name)
    except InvalidDate as error:
        raise InvalidParameter(
            error.what, where=name, advice="Write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None
