"""Citations: three styles for people; `search.output.formats` writes files.

Each names the outlet, the date no more exactly than it is known, the address, and when the copy
was collected; the SHA-256 of the original lets a reader check that it is the same page. A date that
cannot be right stands in brackets with a question mark, as all three styles write an uncertain one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from search.help.doubts import date_is_doubtful
from webui.view import wording

_MONTHS_MLA = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_STOPS = (".", "?", "!", "…", "؟")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in one style."""

    style: str
    text: str


def citations(document: IndexDocument) -> tuple[Citation, ...]:
    """The article in Chicago (17th ed., bibliography), APA (7th) and MLA (9th) style."""
    return (
        Citation("Chicago", _chicago(document)),
        Citation("APA", _apa(document)),
        Citation("MLA", _mla(document)),
    )


def _chicago(document: IndexDocument) -> str:
    parts = [
        _people(document.bylines, "and"),
        _quoted(wording.title(document)),
        f"{_isolated(document.outlet)}, {_doubted(_american(document.published), document)}".lstrip(
            ", "
        ),
        f"Collected {wording.day(document.collected.earliest)}",
        document.url or "",
    ]
    return _sentences(parts)


def _apa(document: IndexDocument) -> str:
    published = document.published
    when = "n.d."
    if published is not None:
        year, rest = published.iso[:4], _american(published).rsplit(",", 1)[0]
        when = year
        if published.precision is not Precision.YEAR:
            when = f"{year}, {rest.removesuffix(year).strip()}"
    when = _doubted(when, document)
    people = _people(document.bylines, "&")
    lead = [f"{people} ({when})"] if people else []
    title = _isolated(wording.title(document))
    tail = [title if people else f"{title} ({when})", _isolated(document.outlet)]
    collected = f"Collected {_american(document.collected)}"
    return _sentences(
        [*lead, *tail, f"{collected}, from {document.url}" if document.url else collected]
    )


def _mla(document: IndexDocument) -> str:
    published = document.published
    when = ""
    if published is not None:
        start = published.earliest
        when = {
            Precision.YEAR: str(start.year),
            Precision.MONTH: f"{_MONTHS_MLA[start.month - 1]} {start.year}",
        }.get(published.precision, f"{start.day} {_MONTHS_MLA[start.month - 1]} {start.year}")
    container = ", ".join(
        part
        for part in (_isolated(document.outlet), _doubted(when, document), document.url or "")
        if part
    )
    collected = f"Collected {wording.day(document.collected.earliest)}"
    return _sentences(
        [
            _people(document.bylines, "and"),
            _quoted(wording.title(document)),
            container,
            collected,
        ]
    )


def _doubted(when: str, document: IndexDocument) -> str:
    doubted = document.published is not None and date_is_doubtful(document.flags)
    return f"[{when}?]" if doubted else when


def _isolated(text: str) -> str:
    """Text that is read from right to left, closed off, so that it leaves what follows in place."""
    backwards = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"\u2068{text}\u2069" if backwards else text


def _quoted(title: str) -> str:
    """A title in quotation marks, which hold its stop; one that ends with its own gets no other.

    One that is closed off for its direction does: its own stop stands at its left.
    """
    closed = _isolated(title)
    return f"“{closed}{'' if closed.endswith(_STOPS) else '.'}”"


def _people(names: tuple[str, ...], joining: str) -> str:
    names = tuple(map(_isolated, names))
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joining} {names[-1]}"


def _sentences(parts: list[str]) -> str:
    ended = (
        part if part.rstrip("”\u2069").endswith(_STOPS) else f"{part}." for part in parts if part
    )
    return " ".join(ended)


def _american(value: PartialDate | None) -> str:
    """`March 3, 2023`, as Chicago and APA write it."""
    if value is None:
        return "undated"
    if value.precision in {Precision.YEAR, Precision.MONTH}:
        return wording.partial(value)
    start = value.earliest
    return f"{wording.MONTHS[start.month]} {start.day}, {start.year}"
