"""Chats: which messages are in a chat that WhatsApp exports as text, on phones of either kind?

What LINE exports is read by `line`.

A message begins with its moment; lines that begin with none go on with it. Notices of the program
are no messages. Which number of a date is the month is told by the dates themselves, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.errors import InputError
from corpus.readers.dumps.lines import begun_in, encoding_of, lines_of, parts_of
from corpus.readers.posts.line import is_line, read_line
from corpus.readers.posts.post import Post, documents_of_posts
from corpus.readers.source import Read, Source

READER = "whatsapp/1"

_FORM = (
    r"(?P<{0}a>\d{{1,4}})(?P<{0}mark>[./-])(?P<{0}b>\d{{1,2}})(?P={0}mark)(?P<{0}c>\d{{2,4}}),? "
    r"(?P<{0}hour>\d{{1,2}})[:.](?P<{0}minute>\d\d)(?:[:.](?P<{0}second>\d\d))?"
    r"(?:[\s\u202f]?(?P<{0}half>[AaPp])\.?\s?[Mm]\.?)?"
)
_BEGIN = re.compile(
    rf"[\u200e\ufeff]?(?:\[{_FORM.format('')}\] |{_FORM.format('_')} - )(?P<rest>.*)", re.DOTALL
)
_SENDER = re.compile(r"([^:\n]{1,80}?): (.*)", re.DOTALL)
_SUCH = re.compile(
    r"\s*[\u200e\ufeff]?(?:\[\d{1,4}([./-])\d{1,2}\1\d{2,4}, \d{1,2}[:.]\d\d[^\]\n]{0,12}\] "
    r"[^\n]{1,80}: "
    r"|\d{1,4}([./-])\d{1,2}\2\d{2,4}, \d{1,2}[:.]\d\d[^-\n]{0,6} - [^\n]*\n)"
)
_MEDIA = re.compile(
    r"\u200e?(?:<[^<>\n]{3,80}>|\w+(?: \w+)? omitted|\S[^\n]{0,120}\([^()\n]{5,40}\))\s*$"
)
_EDITED = re.compile(r"\s*\u200e?<[^<>\n]{8,60}>\s*$")
_CHAT = re.compile(
    r"whatsapp.{0,12}?\s(?:with|mit|con|avec|com|met|с|з|ile|-)\s+(.+?)(?: \(\d+\))?\.txt$",
    re.IGNORECASE,
)
_GONE = frozenset(("this message was deleted", "you deleted this message", "null"))
_CENTURY = 2000


def is_chat(text: str) -> bool:
    """Whether a text that begins so is such a chat."""
    return _SUCH.match(text) is not None or is_line(text)


def read_chat(source: Source) -> Read:
    """One document a message that has a text."""
    if is_line(begun_in(source)):
        yield from read_line(source)
    else:
        yield from documents_of_posts(_posts(source), source, reader=READER)


def _posts(source: Source) -> Iterator[tuple[int, Post | InputError]]:
    named = _CHAT.search(source.name)
    outlet = named[1] if named else "WhatsApp"
    begun = source.head.decode(encoding_of(source.head)[0], "replace")
    month_first = _month_first(begun)
    number = 0
    for _, part in parts_of(lines_of(source), where=source.locator, begin=_BEGIN):
        if isinstance(part, InputError):
            number += 1
            yield number, part
        elif (post := _post("\n".join(part), outlet, month_first)) is not None:
            number += 1
            yield number, post


def _post(text: str, outlet: str, month_first: bool | None) -> Post | None:
    begun = _BEGIN.match(text)
    said = _SENDER.match(begun["rest"]) if begun else None
    if begun is None or said is None:
        return None
    told = said[2].strip()
    is_media = _MEDIA.match(told) is not None
    if not told or told.lower().strip(".") in _GONE or (told[0] == "\u200e" and not is_media):
        return None
    return Post(
        text="" if is_media else _EDITED.sub("", told).strip("\u200e "),
        date=_moment(
            {name.lstrip("_"): one for name, one in begun.groupdict().items() if one}, month_first
        ),
        outlet=outlet,
        author=said[1].strip("\u200e~\u202a\u202c "),
        media=(told.strip("\u200e"),) if is_media else (),
        original=text,
    )


def _month_first(text: str) -> bool | None:
    """Whether the month stands first, as far as any date tells."""
    days = [found for line in text.split("\n") if (found := _BEGIN.match(line))]
    for found in days:
        first, second = (int(found[name] or found[f"_{name}"]) for name in ("a", "b"))
        if first > 31:
            return True  # the year is first, and the month before the day
        if first > 12 or second > 12:
            return second > 12
    return False if any((found["mark"] or found["_mark"]) == "." for found in days) else None


def _moment(told: dict[str, str], month_first: bool | None) -> str:
    """A moment without a zone; as it was written where nobody knows which number is the month."""
    first, second, third = told["a"], told["b"], told["c"]
    if len(first) == 4:
        year, month, day = first, second, third
    elif month_first is None:
        year = third if len(third) == 4 else str(_CENTURY + int(third))
        return f"{first}/{second}/{year}"
    else:
        month, day = (first, second) if month_first else (second, first)
        year = third if len(third) == 4 else str(_CENTURY + int(third))
    hour = int(told["hour"])
    if half := told.get("half"):
        hour = hour % 12 + (12 if half in "pP" else 0)
    return f"{year}-{month:0>2}-{day:0>2}T{hour:02}:{told['minute']}:{told.get('second', '00')}"
