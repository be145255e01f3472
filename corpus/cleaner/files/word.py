"""Word: which text do the paragraphs of a Word file show, with all its changes accepted?

Read from the XML: what a library calls the text of a paragraph leaves out what was inserted, what
stands in fields, controls and text boxes, and keeps what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.cleaner.files.parts import local

_UNSHOWN = frozenset(
    (
        "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "del", "moveFrom", "instrText", "rt",
        "Fallback",  # an older program's copy of a text box
    )
)  # fmt: skip
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_OFF = frozenset(("0", "false", "off"))


def blocks_of(body: Any) -> Iterator[str]:
    """The paragraphs and tables of a file's body."""
    for block in body:
        name = local(block)
        if name == "tbl":
            yield _table(block)
        elif name == "p":
            yield from _paragraphs(block)
        elif name not in _UNSHOWN:  # a control, or what was inserted, around blocks
            yield from blocks_of(block)


def notes_of(part: Any) -> Iterator[str]:
    """The notes in the part of a file that holds them; the lines above them are none."""
    for note in part:
        kinds = [value for key, value in note.attrib.items() if key.endswith("}type")]
        words = " ".join(" ".join(blocks_of(note)).split())
        if local(note) in ("footnote", "endnote") and not kinds and words:
            yield words


def _table(table: Any) -> str:
    rows = (row for row in table.iter() if local(row) == "tr" and _nearest(row, "tbl") is table)
    return "\n".join("\t".join(_cells(row)) for row in rows)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter():
        if local(cell) == "tc" and _nearest(cell, "tr") is row:
            yield "\n".join(_paragraphs(cell))


def _nearest(element: Any, name: str) -> Any:
    return next((above for above in element.iterancestors() if local(above) == name), None)


def _paragraphs(block: Any) -> list[str]:
    """Those in a block; what stands in a box is told behind the paragraph that the box hangs on."""
    found: list[str] = []
    words: list[list[str]] = []  # of the paragraphs that are open
    boxed: list[list[str]] = []  # behind each of them
    hidden = 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        name = local(element)
        if name in _UNSHOWN or (name == "r" and _is_hidden(element)):
            hidden += 1 if event == "start" else -1
        elif hidden:
            continue
        elif name == "p" and event == "start":
            words.append([])
            boxed.append([])
        elif name == "p":
            text = "".join(words.pop()).strip()
            told = ([text] if text else []) + boxed.pop()
            (boxed[-1] if boxed else found).extend(told)
        elif event == "start" and words:
            words[-1].append((element.text or "") if name == "t" else _SIGNS.get(name, ""))
    return found


def _is_hidden(run: Any) -> bool:
    """Whether a run is marked as not to be shown."""
    said = next((one for one in run if local(one) == "rPr"), ())
    marks = (one for one in said if local(one) == "vanish")
    return any(not _OFF & set(mark.attrib.values()) for mark in marks)
