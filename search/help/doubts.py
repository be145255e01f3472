"""Doubts: what is doubtful about an extraction? The flags of `corpus.article.Quality`, in plain
words.
"""

from __future__ import annotations

from collections.abc import Iterable

DOUBTS = {
    "address_unread": "an address that no browser would open was left out",
    "bytes_unread": "bytes that could not be read",
    "controls_removed": "control characters were removed",
    "cut_off": "the file breaks off in its middle",
    "date_approximate": "the date is about right",
    "date_unread": "a date that could not be read",
    "described_only": "only what the page says of itself, for it shows no text",
    "dates_disagree": "the page names several days of publication",
    "future_date": "dated after the day it was collected",
    "garbled": "characters that could not be read",
    "implausible_date": "a date that cannot be right",
    "language_disagrees": "declared in another language than its text",
    "language_unknown": "language could not be told",
    "link_heavy": "much of the text is links",
    "mojibake_repaired": "garbled letters were repaired",
    "mostly_furniture": "most of the page was left out",
    "no_title": "no title on the page",
    "not_analyzed": "its names could not be looked for",
    "nul_removed": "null characters were removed",
    "ocr": "recognized in pictures of its pages, with mistakes",
    "ocr_gaps": "writing on its pages may be missing here",
    "pages_unread": "some of its pages could not be read",
    "repeated_text": "much of it stands in other articles of its outlet",
    "simplified": "an overlarge page, read without its layout",
    "surrogates_replaced": "broken characters were replaced",
    "truncated": "an overlarge page, not read to its end",
    "very_short": "very short",
}
_OF_THE_DATE = frozenset({"future_date", "implausible_date"})


def doubt(flag: str) -> str:
    """A flag in a few words that stand alone in a list, or after "Read with care:"."""
    return DOUBTS.get(flag, flag.replace("_", " "))


def read_with_care(flags: Iterable[str]) -> str:
    """All doubts of an article in one clause, `read with care: very short`; empty without any."""
    return f"read with care: {told}" if (told := "; ".join(map(doubt, flags))) else ""


def date_is_doubtful(flags: Iterable[str]) -> bool:
    """Whether the date of publication cannot be right as it stands on the page."""
    return not _OF_THE_DATE.isdisjoint(flags)
