"""Workbook: how are tables written as an Office Open XML file (ECMA-376)? While it is sent.

Only what every spreadsheet reads: text as it is, whole numbers, a first row that stays in sight.
Text is never a formula there, whatever it begins with.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from corpus import soundness
from search.output.office import HEAD, PACKAGE, RELATED, part, related_to_one
from search.output.sink import Sink

Cell = str | int
_MOST_CHARACTERS = 32_767
"""Of one cell, as its readers have it."""
_CUT = " … (cut)"
_MOST_ROWS = 1_048_576
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What readers would take for the number of a character."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its first row names the columns.

    Attributes:
        place: where it stands in the workbook, whichever is written first.
    """

    name: str
    place: int
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """The bytes of a workbook, made while they are sent; memory holds one row.

    Raises:
        ValueError: a sheet has more rows than a workbook can hold.
    """
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as opened:
        for number, sheet in enumerate(sheets, start=1):
            with opened.open(part(f"xl/worksheets/sheet{number}.xml"), "w") as written:
                for piece in _sheet(sheet):
                    written.write(piece)
                    yield sink.taken()
        for name, content in _frame(sheets):
            opened.writestr(part(name), HEAD + content)
        yield sink.taken()
    yield sink.taken()


def _sheet(sheet: Sheet) -> Iterator[bytes]:
    head = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><sheetData>"
    )
    yield (HEAD + head).encode()
    for number, row in enumerate(sheet.rows, start=1):
        if number > _MOST_ROWS:
            raise ValueError(f"a sheet holds {_MOST_ROWS:,} rows")
        yield f'<row r="{number}">{"".join(map(_cell, row))}</row>'.encode()
    yield b"</sheetData></worksheet>"


def _cell(value: Cell) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    text = soundness.in_xml(value)
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - len(_CUT)] + _CUT
    text = escape(_ESCAPED.sub("_x005F_", text))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """The parts that say what the others are."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{_OFFICE}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml"'
            f' ContentType="{_OFFICE}.sheet.main+xml"/>{overrides}</Types>'
        ),
    )
    yield "_rels/.rels", related_to_one("officeDocument", "xl/workbook.xml")
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in sorted(enumerate(sheets, start=1), key=lambda one: one[1].place)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATED}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
    )
