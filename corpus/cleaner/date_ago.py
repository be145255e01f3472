"""Which day do "yesterday at 14:05" and "3 hours ago" mean, seen from the day of collecting?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from corpus.cleaner.date_forms import TIME, dated
from corpus.cleaner.date_words import AGO_FORMS, AGO_TWO, AGO_UNITS, DAYS_BACK
from corpus.dates import PartialDate

_ANY_UNIT = "|".join(pattern for _, pattern in AGO_UNITS)
_AGO = tuple(re.compile(form.replace("UNIT", _ANY_UNIT), re.IGNORECASE) for form in AGO_FORMS)
_UNITS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in AGO_UNITS)
_TWO = re.compile(rf"(?:قبل|منذ)\s+(?P<unit>{'|'.join(AGO_TWO)})")
_BACK = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(map(re.escape, DAYS_BACK))})(?!\w){TIME}", re.IGNORECASE
)


def date_ago(text: str, *, basis: str, collected: datetime) -> PartialDate | None:
    """The day that a relative form names, as precisely as its unit allows; None without one."""
    if match := _BACK.search(text):
        then = collected - timedelta(days=DAYS_BACK[match["word"].casefold()])
        return dated(then.year, then.month, then.day, basis, match.groupdict())
    if match := _TWO.search(text):
        return _back(2, AGO_TWO[match["unit"]], basis, collected)
    for form in _AGO:
        if match := form.search(text):
            number = match["n"] or "1"
            name = next(name for name, pattern in _UNITS if pattern.fullmatch(match["unit"]))
            return _back(int(number) if number.isdigit() else 1, name, basis, collected)
    return None


def _back(number: int, name: str, basis: str, collected: datetime) -> PartialDate | None:
    """Counts back as precisely as the unit allows: "2 months ago" names a month."""
    if name == "years":
        return PartialDate(f"{collected.year - number:04}", basis)
    if name == "months":
        months = collected.year * 12 + collected.month - 1 - number
        return PartialDate(f"{months // 12:04}-{months % 12 + 1:02}", basis)
    if name == "weeks" and number > 1:
        then = collected - timedelta(weeks=number)
        return PartialDate(then.strftime("%Y-%m"), basis) if then.day > 7 else None
    step = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}.get(name)
    then = collected - number * (step or timedelta(days=7 if name == "weeks" else 1))
    return PartialDate(then.strftime("%Y-%m-%d"), basis)
