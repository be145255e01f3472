"""Publication: when was the article published, and when changed?

The first plausible answer in `date_places`' order of trust stands; a doubtful one (in the future,
before 1900) only when there is no other, with a flag. Where what is declared and what is shown
contradict each other, what they have in common is left, with a flag. No date is an honest answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from corpus.cleaner.dates import sources as date_places
from corpus.cleaner.dates.in_address import date_in_url, month_first_in
from corpus.cleaner.dates.reading import is_plausible
from corpus.cleaner.dates.sources import VAGUE, Places, first_shown
from corpus.cleaner.declared.structured import Declared
from corpus.cleaner.tree.blocks import Block
from corpus.dates import PartialDate, Precision

_DAY = len("2022-03-04")
_DECLARED = ("json-ld:", "meta:", "microdata:")
_MOST_APART = 100  # days; a shown date farther off is of something else, mostly of today
_FARTHEST_EAST = timedelta(hours=14)
_FARTHEST_WEST = timedelta(hours=24 + 12)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a page says of its dates; `flags` names doubts (`future_date`, `dates_disagree`, …)."""

    published: PartialDate | None
    modified: PartialDate | None
    flags: tuple[str, ...] = ()


def read_dates(
    declared: Declared,
    top: Block,
    seed: Block,
    *,
    title: str,
    url: str | None,
    collected: datetime,
    saved: datetime | None,
    language: str,
) -> Dates:
    """Both dates of a page.

    Args:
        top: the page's outline, for dates that are only shown.
        seed: the block where the story is.
        title: the headline; what stands near it is about the article.
        url: the page's address; its path may name the day.
        collected: later dates are doubtful.
        saved: relative dates count back from it; None where nobody knows when that was.
        language: declared or told from the headline; settles `03/04/2021`.
    """  # fmt: skip
    order = month_first_in(language, url)
    places = Places(declared, url, collected, order, top, seed, title, [], saved)
    published, doubtful = _first_plausible(date_places.published(places), collected)
    modified, _ = _first_plausible(date_places.modified(places), collected)
    flags = []
    if published is not None:
        published, disagree = _settled(places, published, modified)
        flags += ["dates_disagree"] * disagree
    elif doubtful is not None:
        published = doubtful
        flags.append(
            "future_date" if doubtful.latest.year >= collected.year else "implausible_date"
        )
    flags += ["date_unread"] * bool(places.unread)
    return Dates(published, modified, tuple(flags))


def _settled(
    places: Places, date: PartialDate, modified: PartialDate | None
) -> tuple[PartialDate | None, bool]:
    """The date of publication, where address and page may say another day than what is declared;
    and whether they do.

    A newsroom in California that publishes at six in the evening declares the next day in UTC; its
    readers, and its address, know the day before. A day shown beside the headline that is later
    than the declared one, and not the day of the last change, means that the declared one may be
    when a draft was begun, or the shown one an unlabelled change: what both have in common is left.
    Two of three settle it; so does the shown day where the page does not say of what event the
    declared one is.
    """
    if not date.basis.startswith(_DECLARED) or len(date.iso) < _DAY:
        return date, False
    address = date_in_url(places.url)
    if address is not None and address.precision is Precision.DAY:
        date = _as_shown(date, address)
        return date, abs((address.earliest - date.earliest).days) > 1
    if modified is not None and _is_moment(date, modified):
        date = first_shown(places, before=date) or date
    other = date_places.second_declared(places, date)
    shown = _shown_day(places, marked=date.basis not in VAGUE)
    if other is not None and abs((other.earliest - date.earliest).days) > 1:
        agreed = [
            one
            for one in (date, other)
            if shown and _as_shown(one, shown).iso[:_DAY] == shown.iso[:_DAY]
        ]
        return (agreed[0] if agreed else _in_common(date, other)), True
    if shown is None:
        return date, False
    apart = (shown.earliest - date.earliest).days
    if date.basis in VAGUE and 1 < abs(apart) <= _MOST_APART:
        return shown, True
    if apart <= 1:
        return _as_shown(date, shown), apart < -1
    if modified is not None and modified.iso[:_DAY] == shown.iso[:_DAY]:
        return date, True
    return (_in_common(date, shown), True) if apart <= _MOST_APART else (date, False)


def _shown_day(places: Places, *, marked: bool) -> PartialDate | None:
    """The day that readers see beside the headline, when it is not that of collecting.

    Args:
        marked: only in an element called a date; else also one that is alone in its line.
    """
    for line in places.lines():
        sure = line.marked or (line.bare and not marked)
        if line.place < 2 and sure and len(line.date.iso) >= _DAY:
            today = places.collected.date() - line.date.earliest <= timedelta(days=1)
            return None if line.updated or today else line.date
    return None


def _in_common(date: PartialDate, other: PartialDate) -> PartialDate | None:
    """The month, else the year, that two dates share."""
    for length in (len("2022-03"), len("2022")):
        if date.iso[:length] == other.iso[:length]:
            return PartialDate(date.iso[:length], date.basis)
    return None


def _as_shown(date: PartialDate, shown: PartialDate) -> PartialDate:
    """The day that is shown where the declared moment is in UTC and lies a few hours beside it."""
    if not date.iso.endswith(("Z", "+00:00")) or shown.iso[:_DAY] == date.iso[:_DAY]:
        return date
    moment = datetime.fromisoformat(date.iso)
    day = datetime.combine(shown.earliest, time(), UTC)
    if day - _FARTHEST_EAST <= moment < day + _FARTHEST_WEST:
        return PartialDate(shown.iso[:_DAY], f"{shown.basis}+{date.basis}")
    return date


def _first_plausible(
    candidates: Iterator[PartialDate], collected: datetime
) -> tuple[PartialDate | None, PartialDate | None]:
    """The first plausible date known to the day, else the coarser; and the first doubtful."""
    coarse = doubtful = None
    for date in candidates:
        if not is_plausible(date, collected):
            doubtful = doubtful or date
        elif date.precision in (Precision.DAY, Precision.MINUTE):
            return date, doubtful
        else:
            coarse = coarse or date
    return coarse, doubtful


def _is_moment(published: PartialDate, modified: PartialDate) -> bool:
    """Whether a page declares the minute of its last change as that of its publication."""
    return published.iso == modified.iso and published.precision is Precision.MINUTE
