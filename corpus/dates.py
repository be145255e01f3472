"""Dates: what is a date when only a part of it is known?

War reporting is full of dates known only to the month, or read from a place that may be wrong. A
`PartialDate` never pretends to more than was read: its precision is the precision of its text, and
its basis says where it was read.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.errors import InvalidDate

_SHAPE = re.compile(
    r"(?P<year>\d{4}|-(?=-))"
    r"(?:-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)"
    r"(?:T(?P<time>\d\d:\d\d)(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)
_LEAP = 2000  # stands for a year that is not known: 29 February is a day of it


class Precision(StrEnum):
    """How much of a date is known, coarsest first."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    Attributes:
        iso: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` with an optional zone
            (`Z` or `+HH:MM`); the zone is the one that was read, never converted.
        basis: where it was read: `json-ld:datePublished`, `meta:article:published_time`,
            `url`, `byline`, `record:date`, `text`. Only a text speaks of days without their year,
            `--MM-DD` or `--MM`: those alone may have such a form, which `has_year` tells.

    Raises:
        InvalidDate: `iso` has another form or names no real day.
    """

    iso: str
    basis: str

    def __post_init__(self) -> None:
        match = _SHAPE.fullmatch(self.iso)
        if match is None:
            raise InvalidDate(
                f"{self.iso!r} is not a date",
                where=self.basis,
                advice="Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM with an optional zone",
            )
        if match["year"] == "-" and not (self.basis.startswith("text") and match["month"]):
            raise InvalidDate(
                f"{self.iso!r} has no year", where=self.basis, advice="Write its year first"
            )
        year = int(match["year"]) if match["year"] != "-" else _LEAP
        try:
            date(year, int(match["month"] or 1), int(match["day"] or 1))
            if match["time"]:
                datetime.fromisoformat(self.iso)
        except ValueError as error:
            raise InvalidDate(
                f"{self.iso!r} names no real day: {error}", where=self.basis
            ) from None

    @property
    def has_year(self) -> bool:
        return not self.iso.startswith("-")

    @property
    def precision(self) -> Precision:
        size = len(self.iso) if self.has_year else len(self.iso) + 3  # "--05" beside "2022-05"
        if size == 4:
            return Precision.YEAR
        if size == 7:
            return Precision.MONTH
        return Precision.DAY if size == 10 else Precision.MINUTE

    @property
    def earliest(self) -> date:
        """The first day it can mean, as written (no time-zone conversion); in a leap year where no
        year is known.
        """
        year, month, day = self._parts()
        return date(year, month or 1, day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        year, month, day = self._parts()
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    def _parts(self) -> tuple[int, int | None, int | None]:
        written = self.iso[:10] if self.has_year else f"{_LEAP}{self.iso[1:]}"
        parts = [int(part) for part in written.split("-")]
        padded = [*parts, None, None]
        return parts[0], padded[1], padded[2]
