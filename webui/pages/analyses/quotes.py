"""Quotes page: who says what, each line leading to its place in the article."""

from __future__ import annotations

from dataclasses import dataclass

from search.analyses.quotations import SAID_BY, Manner, Quotation, Quotations, Speaker
from webui.locale.languages import marked
from webui.view.links import View

_MANNERS = (
    (None, marked("All")),
    (Manner.DIRECT, marked("In their words")),
    (Manner.REPORTED, marked("As reported")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One quote.

    Attributes:
        url: the paragraph of the article that holds it. by: the quotes of the same speaker.
    """

    said: Quotation
    url: str
    by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A manner, the address that shows it alone, and whether it is shown."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """Everything the template shows."""

    found: Quotations
    lines: tuple[Line, ...]
    speakers: tuple[tuple[Speaker, str], ...]
    manners: tuple[Choice, ...]
    first: int
    last: int
    earlier: str
    later: str
    csv: str


def prepare(found: Quotations, view: View, *, offset: int, limit: int) -> QuotesPage:
    """Lays a page of quotes out.

    Args:
        view: the page itself.
        offset, limit: which quotes of all `found` holds.
    """
    last = offset + len(found.lines)
    whole = view.without("offset")
    return QuotesPage(
        found,
        tuple(_line(one, view) for one in found.lines),
        tuple((one, str(whole.setting(**{SAID_BY: one.entity_id}))) for one in found.speakers),
        tuple(
            Choice(name, str(whole.setting(manner=manner)), (view.get("manner") or None) == manner)
            for manner, name in _MANNERS
        ),
        offset + 1,
        last,
        str(view.setting(offset=max(0, offset - limit) or None)) if offset else "",
        str(view.setting(offset=last)) if last < found.total else "",
        str(view.without("offset", "limit").at("/api/v1/quotes.csv")),
    )


def _line(one: Quotation, view: View) -> Line:
    asked = view.only("q", "generation")
    paragraph = paragraph_of(one.document.text, one.quote.start)
    return Line(
        one,
        f"{asked.at(f'/articles/{one.document.article_id}')}#p{paragraph}",
        str(view.without("offset").setting(**{SAID_BY: one.entity_id})) if one.entity_id else "",
    )


def paragraph_of(text: str, at: int) -> int:
    """Which paragraph of a text holds a place, as its page counts them."""
    return sum(1 for block in text[: at + 1].split("\n\n") if block.strip())
