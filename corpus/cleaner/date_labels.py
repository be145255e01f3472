"""What does a line say of the date in it: published then, changed then, or nothing?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaner.date_words import (
    DATELINE_STOPS,
    PUBLISHED_LABEL,
    PUBLISHED_SENTENCE,
    UPDATED_LABEL,
)
from corpus.cleaner.dates import dates_at
from corpus.dates import PartialDate

_UPDATED = re.compile(UPDATED_LABEL, re.IGNORECASE)
_LABELLED = re.compile(rf"(?:^|[|•·,;(\n]\s*)(?:{PUBLISHED_LABEL})\b[^\d]{{0,24}}\d", re.IGNORECASE)
_TOLD = re.compile(rf"(?:{PUBLISHED_SENTENCE})\b[^\d]{{0,40}}\d", re.IGNORECASE | re.MULTILINE)
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d|copyright|all rights reserved", re.IGNORECASE)
_DATELINE_GOES_ON = re.compile(r"\s*(?:[-–—:.|(„“”\"«/]|\n|$)")
_WORD = re.compile(r"[^\W\d_]+")


def is_told(text: str) -> bool:
    """Whether a text says of a date in it that it is that of publication."""
    return bool(_LABELLED.search(text) or _TOLD.search(text))


def is_told_in_a_sentence(text: str) -> bool:
    """Whether a sentence says so: "This entry was posted on …"; a bare "on" does not."""
    return bool(_TOLD.search(text))


def is_about_rights(text: str) -> bool:
    """Whether a line claims rights: its year is not that of publication."""
    return bool(_COPYRIGHT.search(text))


def labelled_parts(text: str) -> Iterator[tuple[str, bool]]:
    """A line in parts, each with whether it tells of a change: "Published …, updated …"."""
    update = _UPDATED.search(text)
    if update is None:
        yield text, False
        return
    published = next((m for m in _LABELLED.finditer(text) if m.start() > update.end() + 8), None)
    end = published.start() if published else len(text)
    yield text[: update.start()] + " " + text[end:], False
    yield text[update.start() : end], True


def dateline(opening: str, month_first: bool | None) -> PartialDate | None:
    """The date that a paragraph opens with: "KYIV, 3 March 2024 (Agency) - Shelling …"."""
    for (start, end), date in dates_at(opening, basis="byline", month_first=month_first)[:1]:
        before = opening[:start].rstrip()
        words = _WORD.findall(before)
        place = all(word[0].isupper() or not word.islower() for word in words)
        stopped = any(word.casefold() in DATELINE_STOPS for word in words)
        set_off = not before or not before[-1].isalnum()
        if place and set_off and not stopped and _DATELINE_GOES_ON.match(opening, end):
            return date
    return None
