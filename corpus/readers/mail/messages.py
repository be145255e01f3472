"""Messages: what does a letter say, who sent it, when, and to which page does it belong?

Single messages (`.eml`, `.emlx`) and mailboxes (mbox). Of a letter in several forms the page is
read before the text; what is attached is listed by name. Headers are kept as they came.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache
from typing import Any, cast

from corpus.cleaner.tree.decoding import decode
from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import MAX_DOCUMENT, Read, Source

READER = "mail/1"

_COUNT = re.compile(rb"\A\s*\d+\s*\r?\n(?=[A-Za-z-]+:)")  # how an .emlx begins
_START = re.compile(rb"From \S.*\d{4}")
_QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADS_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_LINE = 1 << 20
_ONLINE = re.compile(
    r"""<a\b[^>]*?href=["'](https?://[^"'\s]+)["'][^>]*>(?:\s|<[^>]{1,200}>)*
    (?:(?:view|read|see|open)\s+(?:(?:this|it|the)\s+)?(?:e?-?mail\s+|newsletter\s+|message\s+)?
       (?:in\s+(?:your\s+|a\s+)?(?:web\s*)?browser|online|on\s+the\s+web)
    |web\s*version|im\s+browser\s+(?:ansehen|öffnen|lesen)|online\s*-?\s*(?:ansehen|version)
    |voir\s+(?:en\s+ligne|dans\s+(?:le|votre)\s+navigateur)|version\s+en\s+ligne
    |открыть\s+в\s+браузере|посмотреть\s+в\s+браузере|переглянути\s+в\s+браузері)""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=32)
def _parsed(name: str, value: str) -> Any:
    """A header as the standard policy reads it: asked of many times a letter, and many letters say
    the same of what they are.
    """
    return email.policy.default.header_fetch_parse(name, value)


class _Remembering(email.policy.EmailPolicy):
    """The standard policy, which reads a header anew each time that it is asked for."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return _parsed(name, value)


_POLICY = _Remembering()


def read_message(source: Source) -> Read:
    """Gives the document of one message."""
    content = source.all()
    if counted := _COUNT.match(content):  # what follows so many bytes is Apple's
        content = content[counted.end() : counted.end() + int(counted[0])]
    records = [_record(1, content, where=source.locator)]
    yield from documents_of(records, source, reader=READER)


def read_mailbox(source: Source) -> Read:
    """Gives the document of each message in a mailbox; a bad one costs itself."""
    records = (
        _record(number, content, where=locator_of(source, number))
        for number, content in enumerate(_messages(source), start=1)
    )
    yield from documents_of(records, source, reader=READER)


def _messages(source: Source) -> Iterator[bytes | None]:
    """Each message of a mailbox; None for one that is too long."""
    lines: list[bytes] = []
    size = 0
    blank = True
    begun = False
    while line := source.stream.readline(_LONGEST_LINE):
        if blank and _START.match(line):
            if begun:
                yield _QUOTED_START.sub(rb"\1", b"".join(lines)) if size <= MAX_DOCUMENT else None
            lines, size, begun, blank = [], 0, True, False
            continue
        size += len(line)
        if size <= MAX_DOCUMENT:
            lines.append(line)
        blank = not line.strip()
    if begun:
        yield _QUOTED_START.sub(rb"\1", b"".join(lines)) if size <= MAX_DOCUMENT else None


def _record(number: int, content: bytes | None, *, where: str) -> Record:
    if content is None:
        told = f"the message is longer than {MAX_DOCUMENT >> 20} MB"
        return Record(number, UnsafeInput(told, where=where), where=where)
    try:
        return Record(number, _values(content), where=where)
    except InputError as error:
        return Record(number, error, where=where)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # what the standard parser lets through on ill-formed messages, as found by mutating some
        told = f"the message is damaged ({type(error).__name__}: {error})"
        return Record(number, InvalidRecord(told, where=where), where=where)


def _values(content: bytes) -> dict[str, Any]:
    message = cast("EmailMessage", email.message_from_bytes(content, policy=_POLICY))
    parts = [part for part in message.walk() if isinstance(part, EmailMessage)]
    page = next((one for one in parts if _is_body(one, "text/html")), None)
    text = next((one for one in parts if _is_body(one, "text/plain")), None)
    markup = _text(page) if page is not None else ""
    name, address = parseaddr(header(message, "From"))
    bulk = bool(header(message, "List-Id") or header(message, "List-Unsubscribe"))
    values = {
        "id": header(message, "Message-ID").strip("<>"),
        "title": header(message, "Subject"),
        "html": markup,
        "text": "" if markup.strip() else _unwrapped(text),
        "date": _date(message),
        "url": header(message, "Archived-At").strip("<>") or _online(markup),
        "outlet": (_list_name(message) or name or address.partition("@")[2]) if bulk else "",
        "bylines": "" if bulk else name,
        "from": header(message, "From"),
        "to": header(message, "To"),
        "attachments": [one.get_filename() for one in parts if one.get_filename()],
        ORIGINAL: _HEADS_END.split(content, maxsplit=1)[0].decode("latin-1"),
    }
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def _is_body(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and part.get_content_disposition() != "attachment"


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    kind = part.get_content_type()
    media_type = f"{kind}; charset={charset}" if charset else kind
    return decode(content, media_type=media_type).text if isinstance(content, bytes) else ""


def _unwrapped(part: EmailMessage | None) -> str:
    """A text, its lines put together again where the sender says that they may be (RFC 3676)."""
    if part is None:
        return ""
    text = _text(part)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines = [line.removeprefix(" ") for line in text.replace("\r\n", "\n").split("\n")]
    flowed = "".join(
        line if line.endswith(" ") and line != "-- " else f"{line}\n" for line in lines
    )
    return flowed.removesuffix("\n")


def _date(message: EmailMessage) -> str:
    """When it was sent, else when it came."""
    arrived = (str(one).rpartition(";")[2] for one in message.get_all("Received", []))
    for written in (header(message, "Date"), *arrived):
        try:
            moment = parsedate_to_datetime(written.strip())
        except (ValueError, TypeError, IndexError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    return header(message, "Date")


def _list_name(message: EmailMessage) -> str:
    return header(message, "List-Id").partition("<")[0].strip(' "')


def _online(markup: str) -> str:
    """The address under which a newsletter says that it can be read in a browser."""
    found = _ONLINE.search(markup)
    return found[1].replace("&amp;", "&") if found else ""


def header(message: EmailMessage, name: str) -> str:
    """A header as text, decoded; empty when it is absent or cannot be read."""
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""  # the standard parser fails on some ill-formed headers in these ways
    return " ".join(str(value).split()) if value is not None else ""
