"""In address: which day does an address name, and in which order has its country day and month?

`/2022/03/04/`, `/news-20220304-market`, `/2022/03/`.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from corpus.cleaner.dates.reading import full_dates
from corpus.cleaner.dates.words import MONTHS
from corpus.dates import PartialDate

_URL_DAY = re.compile(
    r"(?:^|[/_.=-])(?P<y>(?:19|20)\d\d)(?P<s>[/_.-]?)(?P<m>0?[1-9]|1[0-2]|[a-z]{3})(?P=s)"
    r"(?P<d>0?[1-9]|[12]\d|3[01])(?=[/_.?&a-z-]|$)",
    re.IGNORECASE,
)
_URL_DAY_FIRST = re.compile(
    r"[/_~-](?P<d>0[1-9]|[12]\d|3[01])(?P<s>[-_.]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<y>20[0-3]\d)"
    r"(?=[/_.-]|$)"
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])(?=/|$)")

_MONTH_FIRST = frozenset(("us", "ph", "gov", "mil", "edu"))
_NO_COUNTRY = frozenset("co io tv me ai fm cc ly to la am gg sh im ws nu su ca".split())
"""Top-level domains of two letters that are used the world over, or where both orders are usual."""


def date_in_url(url: str | None) -> PartialDate | None:
    """The day or month that an address names: `/2022/03/04/`, `/2022/mar/04/`, `/2022/03/`."""
    if not url:
        return None
    path = urlsplit(url).path
    for match in _URL_DAY.finditer(path):
        month = match["m"].lower()
        number = MONTHS.get(month) if month.isalpha() else int(month)
        if number and (match["s"] or len(month) == len(match["d"]) == 2):
            date = next(
                full_dates(f"{match['y']}-{number:02}-{int(match['d']):02}", basis="url"), None
            )
            if date is not None:
                return date
    if day_first := _URL_DAY_FIRST.search(path):
        parts = (day_first["y"], day_first["m"], day_first["d"])
        return next(full_dates("-".join(parts), basis="url"), None)
    if month_match := _URL_MONTH.search(path):
        return PartialDate(f"{month_match['y']}-{month_match['m']}", "url")
    return None


def month_first_in(language: str, url: str | None) -> bool | None:
    """Whether a page writes the month first; None when it cannot be told.

    Args:
        language: declared or detected, `en-US`, `de`; may be empty.
        url: its top-level domain settles English without a region, and doubts American English,
            which is what many publishing systems declare unless told otherwise.
    """
    tongue, _, region = language.replace("_", "-").lower().partition("-")
    if tongue not in ("", "en", "und"):
        return False
    host = (url or "").split("//")[-1].split("/")[0].lower()
    domain = host.rpartition(".")[2]
    country = len(domain) == 2 and domain.isalpha() and domain not in _NO_COUNTRY
    if len(region) == 2 and region != "ca":
        first = region in _MONTH_FIRST
        return None if first and country and domain not in _MONTH_FIRST else first
    if domain in _MONTH_FIRST:
        return True
    return False if country else None
