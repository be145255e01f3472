"""Concordance page: lines set to the eye: the match in the middle of each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from corpus.dates import PartialDate
from search.analyses.concordance import Concordance, Occurrence, Order
from webui.locale.languages import marked
from webui.view.links import View

_HEADINGS = (
    (Order.LEFT, marked("Words before")),
    (Order.MATCH, marked("Match")),
    (Order.RIGHT, marked("Words after")),
    (Order.DATE, marked("Date")),
    (Order.OUTLET, marked("Outlet")),
)
_TURNED = (_HEADINGS[2], _HEADINGS[1], _HEADINGS[0], *_HEADINGS[3:])
"""Over lines that all run from the right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. In a text that runs from the right, what comes after the match stands left.

    Attributes:
        url: leads to this very match in the article.
    """

    left: str
    match: str
    right: str
    url: str
    outlet: str
    published: PartialDate | None
    flags: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column, the address where the lines are sorted by it, and whether they are."""

    name: str
    url: str
    sorted: bool


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """Everything the template shows."""

    found: Concordance
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    first: int
    last: int
    earlier: str
    later: str
    csv: str
    ranked: str


def prepare(found: Concordance, view: View, *, offset: int, limit: int) -> ConcordancePage:
    """Lays a page of lines out.

    Args:
        view: the page itself.
        offset, limit: which lines of all `found` holds.
    """
    order = view.get("order") or Order.ARTICLE.value
    asked = view.only("q", "generation")
    backwards = [_runs_from_the_right(one.match + one.left + one.right) for one in found.lines]
    sortable = view.without("offset")
    last = offset + len(found.lines)
    return ConcordancePage(
        found,
        tuple(_line(line, asked) for line in found.lines),
        tuple(
            Heading(name, str(sortable.setting(order=one.value)), one.value == order)
            for one, name in (_TURNED if backwards and all(backwards) else _HEADINGS)
        ),
        offset + 1,
        last,
        str(view.setting(offset=max(0, offset - limit) or None)) if offset else "",
        str(view.setting(offset=last)) if last < found.occurrences else "",
        str(view.without("offset", "limit").at("/api/v1/concordance.csv")),
        str(sortable.without("order")) if order != Order.ARTICLE else "",
    )


def _line(line: Occurrence, asked: View) -> Line:
    turned = _runs_from_the_right(line.match + line.left + line.right)
    return Line(
        line.right if turned else line.left,
        line.match,
        line.left if turned else line.right,
        f"{asked.at(f'/articles/{line.article_id}')}#hit-{line.ordinal}",
        line.outlet,
        line.published,
        line.flags,
        line.title,
    )


def _runs_from_the_right(text: str) -> bool:
    """By the first letter that has a direction."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
