"""Line: which messages are in a chat that LINE exports as text, in the languages of its program?

The day stands in a line of its own, above its messages; each of these has its hour, who wrote it
and what, parted by tabs. Notices of the program have no writer and are no messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.errors import InputError
from corpus.readers.dumps.lines import begun_in, lines_of, parts_of
from corpus.readers.posts.post import Post, documents_of_posts
from corpus.readers.source import Read, Source

READER = "line/1"

_SUCH = re.compile(r"\s*\ufeff?\[LINE\] ([^\n]{1,200})\n")
_NAMED = re.compile(
    r"Chat history (?:with|in) (.+)|(.+?)(?:との|の)トーク(?:履歴)?"
    r"|[與与](.+?)的聊天[記记][錄录]|ประวัติการแชท(?:กับ|ใน)(.+)|(.+?)(?:님과|과) 대화"
)
_DAY = (
    r"(?:(?P<weekday>[^\W\d]{2,9})\.?,? )?"
    r"(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
    r"(?: ?[(（][^()\n]{1,6}[)）]| [^\W\d]{2,9})?\s*$"
)
_HALF = "上午|下午|午前|午後|오전|오후"
_SAID = (
    rf"(?:(?P<before>{_HALF}) ?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)"
    r"(?:[ \u202f]?(?P<half>[AaPp][Mm]))?\t(?:(?P<who>[^\t]+)\t)?(?P<text>.*)"
)
_BEGIN = re.compile(rf"(?:{_DAY})|(?:{_SAID})", re.DOTALL)
_AFTER_NOON = ("下午", "午後", "오후", "pm")
_MEDIA = re.compile(r"\[[^\[\]\n]{1,30}\]$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_line(text: str) -> bool:
    """Whether a text that begins so is such a chat."""
    return _SUCH.match(text) is not None


def read_line(source: Source) -> Read:
    """One document a message that has a text."""
    yield from documents_of_posts(_posts(source), source, reader=READER)


def _posts(source: Source) -> Iterator[tuple[int, Post | InputError]]:
    outlet, day, number = _outlet(begun_in(source)), "", 0
    for _, part in parts_of(lines_of(source), where=source.locator, begin=_BEGIN):
        if isinstance(part, InputError):
            number += 1
            yield number, part
            continue
        found = _BEGIN.match(part[0])
        if found is None:
            continue  # what stands above the first day
        if not found["hour"]:
            day = _day(found)
            continue
        if not found["who"]:
            continue  # somebody joined, or called
        number += 1
        text = "\n".join((found["text"], *part[1:])).strip()
        quoted = "\n" in text and text.startswith('"') and text.endswith('"')
        is_media = _MEDIA.match(text) is not None
        yield (
            number,
            Post(
                text="" if is_media else text.strip('"').strip() if quoted else text,
                date=f"{day}{_hour(found)}" if day[:4].isdecimal() else day,
                outlet=outlet,
                author=found["who"].strip(),
                media=(text,) if is_media else (),
                original="\n".join(part),
            ),
        )


def _outlet(begun: str) -> str:
    head = _SUCH.match(begun)
    named = _NAMED.match(head[1].strip()) if head else None
    return next((name for name in named.groups() if name), "LINE").strip() if named else "LINE"


def _day(found: re.Match[str]) -> str:
    """A day as numbers in their order, else as it is written: its weekday tells which is which."""
    first, second, third = found["a"], found["b"], found["c"]
    if len(first) == 4:
        return f"{first}-{second:0>2}-{third:0>2}"
    weekday = (found["weekday"] or "").lower()[:3]
    for month, day in ((first, second), (second, first)):
        try:
            told = date(int(third), int(month), int(day))
        except ValueError:
            continue
        if weekday in _WEEKDAYS and _WEEKDAYS.index(weekday) == told.weekday():
            return told.isoformat()
    return f"{first}/{second}/{third}"


def _hour(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    if half := (found["before"] or found["half"] or "").lower():
        hour = hour % 12 + (12 if half in _AFTER_NOON else 0)
    return f"T{hour:02}:{found['minute']}"
