"""Soft hyphens: which signs on a page of a PDF stand where a word may be broken, and is not?

Browsers draw a space of no width there, and note beside it what it stands for; who takes the text
as it is drawn reads `el e va tor`. Where a word is broken, at the end of a row, the hyphen stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_NOTED = (b"FEFF00AD", b"feff00ad", b"\xfe\xff\x00\xad", b"\xfe\xff\\000\\255")
"""A soft hyphen as pages note it, in digits or in bytes."""
_SOFT = "\u00ad"
_BEGIN, _END = (b"BDC", b"BMC"), b"EMC"
_MOVES = (b"Td", b"TD")

_Operations = Sequence[tuple[Any, bytes]]


def without_soft_hyphens(page: Any) -> Any:
    """The page, whose contents draw nothing for a soft hyphen within a row.

    Args:
        page: as pypdf gives it; its contents are changed where they note any.
    """
    from pypdf.generic import ContentStream, NameObject  # noqa: PLC0415 - optional

    drawn = page.get_contents()
    if drawn is None or not any(noted in drawn.get_data() for noted in _NOTED):
        return page
    content = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    content.operations = list(_kept(content.operations))
    page[NameObject("/Contents")] = content
    return page


def _kept(operations: _Operations) -> Iterator[tuple[Any, bytes]]:
    at = 0
    while at < len(operations):
        end = _soft_at(operations, at)
        if end and _goes_on(operations, end):
            at = end
            continue
        yield operations[at]
        at += 1


def _soft_at(operations: _Operations, at: int) -> int:
    """Where a soft hyphen that begins here ends; 0 where none does."""
    operands, operator = operations[at]
    if operator not in _BEGIN or len(operands) < 2 or not hasattr(operands[1], "get"):
        return 0
    if operands[1].get("/ActualText") not in (_SOFT, _NOTED[2]):
        return 0
    ends = (next_ for next_ in range(at + 1, len(operations)) if operations[next_][1] == _END)
    return next(ends, -1) + 1


def _goes_on(operations: _Operations, at: int) -> bool:
    """Whether the row goes on behind it."""
    for operands, operator in operations[at : at + 2]:
        if operator in (b"Tj", b"TJ"):
            return True
        if operator not in _MOVES or len(operands) < 2 or float(operands[1]):
            return False
    return False
