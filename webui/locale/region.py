"""Region: how does a language write dates and numbers? As the Unicode CLDR has it, through Babel.

What CLDR says is made into a few formats when somebody first asks for the language, because a page
writes hundreds of dates. The word for "year" after a date (`2023 р.`) is left out, as archives do.
Arabic has the digits that CLDR gives it where no country is said, those of ids and addresses too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r"'([^']*)'|([a-zA-Z]+)|([^'a-zA-Z]+)")
_YEAR_WORD = re.compile(r"(?<=y)[ \u00a0\u202f]'[рг]'\.")
_DIGITS = "latn"
_SMALL = 1000  # below it, no language has a separator


@dataclass(frozen=True, slots=True)
class Region:
    """The ways of one language; months are counted from 1.

    Attributes:
        day_format, month_format, day_in_year, tick: with places for `d`, `m` and `y`.
        months: as they stand in a date. alone: as they stand by themselves.
        least: digits before the first separator, from which there is one.
    """

    day_format: str
    month_format: str
    day_in_year: str
    tick: str
    months: tuple[str, ...]
    alone: tuple[str, ...]
    short: tuple[str, ...]
    letters: tuple[str, ...]
    first: str
    group: str
    point: str
    least: int
    languages: Mapping[str, str]

    def number(self, value: int) -> str:
        """A whole number."""
        if -_SMALL < value < _SMALL:
            return str(value)
        return self.decimal(value, 0)

    def decimal(self, value: float, places: int) -> str:
        """A number with some places behind the point."""
        whole, _, rest = f"{value:,.{places}f}".partition(".")
        if len(whole.replace(",", "").lstrip("-")) < 3 + self.least:
            whole = whole.replace(",", "")
        return whole.replace(",", self.group) + (self.point + rest if rest else "")

    def day(self, value: date) -> str:
        """`3 березня 2023`."""
        return self._date(self.day_format, value.day, value.month, self.months, value.year)

    def month(self, year: int, month: int) -> str:
        """`березень 2023`."""
        return self._date(self.month_format, 1, month, self.alone, year)

    def day_of_month(self, day: int, month: int) -> str:
        """`3 березня`."""
        return self._date(self.day_in_year, day, month, self.months, 0)

    def tick_of_day(self, day: int, month: int) -> str:
        """`3 бер.`."""
        return self._date(self.tick, day, month, self.short, 0)

    def _date(self, form: str, day: int, month: int, months: tuple[str, ...], year: int) -> str:
        shown = self.first if day == 1 and self.first else str(day)
        return form.format(d=shown, m=months[month], y=year)


@lru_cache
def region(code: str) -> Region:
    """The ways of a language."""
    from babel import Locale  # noqa: PLC0415  # for those who do not read English

    locale = Locale(code)
    months, alone = locale.months["format"], locale.months["stand-alone"]
    symbols = locale.number_symbols[_DIGITS]
    return Region(
        _format(locale.date_formats["long"].pattern),
        _format(locale.datetime_skeletons["yMMMM"].pattern),
        _format(locale.datetime_skeletons["MMMMd"].pattern),
        _format(locale.datetime_skeletons["MMMd"].pattern),
        _by_month(months["wide"]),
        _by_month(alone["wide"]),
        _by_month(months["abbreviated"]),
        _by_month(alone["narrow"]),
        "1er" if code == "fr" else "",  # as CLDR does not have it, and everybody writes it
        symbols["group"],
        symbols["decimal"],
        2 if code == "es" else 1,  # CLDR: minimumGroupingDigits, which Babel does not read
        locale.languages,
    )


def _by_month(names: Mapping[int, str]) -> tuple[str, ...]:
    return ("", *(names[month] for month in range(1, 13)))


def _format(pattern: Any) -> str:
    """`{d} {m} {y}` of CLDR's `d MMMM y`."""
    made = []
    for quoted, letters, other in _TOKEN.findall(_YEAR_WORD.sub("", str(pattern))):
        if letters:
            made.append({"d": "{d}", "M": "{m}", "L": "{m}", "y": "{y}"}[letters[0]])
        else:
            made.append(quoted + other)
    return "".join(made)
