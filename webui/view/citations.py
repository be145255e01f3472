"""Citations: four styles for people; `search.output.formats` writes files, `search.output.styles`
other styles.

Each names the outlet, the date no more exactly than it is known, the address, and when the copy
was collected; the SHA-256 of the original lets a reader check that it is the same page. A date that
cannot be right stands in brackets with a question mark, as these styles write an uncertain one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from search.help.doubts import date_is_doubtful
from search.output.authors import Author, author
from webui.locale.languages import ENGLISH, using
from webui.view import wording

_MONTHS_MLA = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_STOPS = (".", "?", "!", "…", "؟")
_FEW = {"Chicago": 10, "APA": 20, "MLA": 2, "Harvard": 3}
"""Authors that each style names; of more, Chicago names seven, APA nineteen and the last, the
others the first."""
_DOUBLE = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_SINGLE = re.compile(r"(?<!\w)[‘']([^‘’']*)[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in one style."""

    style: str
    text: str


def citations(document: IndexDocument, *, paragraph: int = 0) -> tuple[Citation, ...]:
    """The article in Chicago (17th ed., bibliography), APA (7th), MLA (9th) and Harvard (Cite Them
    Right) style.

    Args:
        paragraph: which of its paragraphs is cited, counted from 1; 0 for the whole.
    """
    where = f"Para. {paragraph}" if paragraph else ""
    with using(ENGLISH):  # as the styles are
        return (
            Citation("Chicago", _chicago(document, where)),
            Citation("APA", _apa(document, where)),
            Citation("MLA", _mla(document, where.replace("P", "p"))),
            Citation("Harvard", _harvard(document, where.replace("P", "p"))),
        )


def _chicago(document: IndexDocument, where: str) -> str:
    parts = [
        _people(document, "Chicago"),
        _quoted(wording.title(document)),
        f"{_isolated(document.outlet)}, {_doubted(_american(document.published), document)}".lstrip(
            ", "
        ),
        where,
        f"Collected {wording.day(document.collected.earliest)}",
        document.url or "",
    ]
    return _sentences(parts)


def _apa(document: IndexDocument, where: str) -> str:
    published = document.published
    when = "n.d."
    if published is not None:
        year, rest = published.iso[:4], _american(published).rsplit(",", 1)[0]
        when = year
        if published.precision is not Precision.YEAR:
            when = f"{year}, {rest.removesuffix(year).strip()}"
    when = _doubted(when, document)
    people = _people(document, "APA")
    lead = [f"{people} ({when})"] if people else []
    title = _isolated(wording.title(document))
    tail = [title if people else f"{title} ({when})", _isolated(document.outlet), where]
    collected = f"Collected {_american(document.collected)}"
    return _sentences(
        [*lead, *tail, f"{collected}, from {document.url}" if document.url else collected]
    )


def _mla(document: IndexDocument, where: str) -> str:
    when = _doubted(_day_first(document.published, _MONTHS_MLA), document)
    known = (_isolated(document.outlet), when, where, document.url or "")
    return _sentences(
        [
            _people(document, "MLA"),
            _quoted(wording.title(document)),
            ", ".join(part for part in known if part),
            f"Collected {wording.day(document.collected.earliest)}",
        ]
    )


def _harvard(document: IndexDocument, where: str) -> str:
    published = document.published
    year = _doubted(published.iso[:4], document) if published else "no date"
    day = ""
    if published is not None and published.precision is not Precision.YEAR:
        day = _day_first(published, wording.MONTHS[1:]).removesuffix(published.iso[:4]).strip()
    title = _SINGLE.sub(r"“\1”", _isolated(wording.title(document)))
    people = _people(document, "Harvard")
    lead = f"{people} ({year}) ‘{title}’" if people else f"‘{title}’ ({year})"
    parts = [", ".join(part for part in (lead, _isolated(document.outlet), day, where) if part)]
    collected = f"Collected: {wording.day(document.collected.earliest)}"
    parts.append(f"Available at: {document.url} ({collected})" if document.url else collected)
    return _sentences(parts)


def _doubted(when: str, document: IndexDocument) -> str:
    doubted = document.published is not None and date_is_doubtful(document.flags)
    return f"[{when}?]" if doubted else when


def _isolated(text: str) -> str:
    """Text that is read from right to left, closed off, so that it leaves what follows in place."""
    backwards = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"\u2068{text}\u2069" if backwards else text


def _quoted(title: str) -> str:
    """A title in quotation marks, which hold its stop; one that ends with its own gets no other.

    One that is closed off for its direction does: its own stop stands at its left. Quotation marks
    inside become single ones.
    """
    closed = _isolated(_DOUBLE.sub(r"‘\1’", title))
    ended = closed.rstrip("’").endswith(_STOPS)
    if not ended and closed.endswith("’"):
        return f"“{closed[:-1]}.’”"
    return f"“{closed}{'' if ended else '.'}”"


def _people(document: IndexDocument, style: str) -> str:
    """The authors as a style names them: all of them turned round, or the first alone."""
    names = [author(name, document.language) for name in document.bylines]
    if not names:
        return ""
    if style in {"APA", "Harvard"}:
        every = [_isolated(one.initials) for one in names]
    else:
        every = [_isolated(names[0].turned), *(_isolated(one.whole) for one in names[1:])]
    if len(names) > _FEW[style]:
        return _shortened(every, style)
    joining = " & " if style == "APA" else " and "
    if len(every) == 1:
        return every[0]
    comma = "," if style == "APA" or (style != "Harvard" and _is_turned(names, every)) else ""
    return f"{', '.join(every[:-1])}{comma}{joining}{every[-1]}"


def _is_turned(names: Sequence[Author], every: Sequence[str]) -> bool:
    """Whether a comma stands before the last: behind a name turned round, and in a row of three."""
    return bool(names[0].family) or len(every) > 2


def _shortened(every: Sequence[str], style: str) -> str:
    if style == "APA":
        return f"{', '.join(every[:19])}, … {every[-1]}"
    kept = every[:7] if style == "Chicago" else every[:1]
    comma = "" if style == "Harvard" else ","
    return f"{', '.join(kept)}{comma} et al."


def _sentences(parts: list[str]) -> str:
    ended = (
        part if part.rstrip("”’\u2069").endswith(_STOPS) else f"{part}." for part in parts if part
    )
    return " ".join(ended)


def _day_first(value: PartialDate | None, months: Sequence[str]) -> str:
    """`3 March 2023`, with the months of a style; no more exactly than it is known."""
    if value is None:
        return ""
    start = value.earliest
    if value.precision is Precision.YEAR:
        return str(start.year)
    month = f"{months[start.month - 1]} {start.year}"
    return month if value.precision is Precision.MONTH else f"{start.day} {month}"


def _american(value: PartialDate | None) -> str:
    """`March 3, 2023`, as Chicago and APA write it."""
    if value is None:
        return "undated"
    if value.precision in {Precision.YEAR, Precision.MONTH}:
        return wording.partial(value)
    start = value.earliest
    return f"{wording.MONTHS[start.month]} {start.day}, {start.year}"
