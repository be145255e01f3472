"""Messages: what does a letter say, who sent it, when, and to which page does it belong?

Single messages (`.eml`, `.emlx`) and mailboxes (mbox). Of a letter in several forms the page is
read before the text; what is attached is listed by name. Headers are kept as they came.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache
from typing import Any, cast

from corpus.article import IS_PART
from corpus.cleaner.tree.decoding import decode
from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.dumps.lines import encoding_of
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import MAX_DOCUMENT, Read, Source

READER = "mail/1"

_COUNT = re.compile(rb"\A\s*\d+\s*\r?\n(?=[A-Za-z-]+:)")  # how an .emlx begins
_START = re.compile(rb"From \S.*\d{4}")
_QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADS_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_LINE = 1 << 20
_MESSAGE = "message/rfc822"
_DEEPEST = 8  # messages in messages
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
    content = source.all().removeprefix(codecs.BOM_UTF8)
    if counted := _COUNT.match(content):  # what follows so many bytes is Apple's
        content = content[counted.end() : counted.end() + int(counted[0])]
    yield from documents_of(_records(1, content, where=source.locator), source, reader=READER)


def read_mailbox(source: Source) -> Read:
    """Gives the document of each message in a mailbox; a bad one costs itself."""
    records = (
        record
        for number, (content, cut) in enumerate(_messages(source), start=1)
        for record in _marked(_records(number, content, where=locator_of(source, number)), cut)
    )
    yield from documents_of(records, source, reader=READER)


def _messages(source: Source) -> Iterator[tuple[bytes | None, bool]]:
    """Each message of a mailbox, None for one that is too long; whether it breaks off in a line."""
    lines: list[bytes] = []
    size = 0
    blank = True
    begun = False
    while line := source.stream.readline(_LONGEST_LINE):
        if not begun:
            line = line.removeprefix(codecs.BOM_UTF8)
        if blank and _START.match(line):
            if begun:
                yield (
                    _QUOTED_START.sub(rb"\1", b"".join(lines)) if size <= MAX_DOCUMENT else None,
                    False,
                )
            lines, size, begun, blank = [], 0, True, False
            continue
        size += len(line)
        if size <= MAX_DOCUMENT:
            lines.append(line)
        blank = not line.strip()
    if begun:
        ended = not lines or lines[-1].endswith(b"\n")
        yield (
            _QUOTED_START.sub(rb"\1", b"".join(lines)) if size <= MAX_DOCUMENT else None,
            not ended,
        )


def _marked(records: Iterator[Record], cut: bool) -> Iterator[Record]:
    """The records, marked where the message was cut off."""
    for record in records:
        part = {IS_PART: "yes"} if cut else {}
        yield (
            replace(record, value=record.value | part) if isinstance(record.value, dict) else record
        )


def _records(number: int, content: bytes | None, *, where: str) -> Iterator[Record]:
    """A message, and each that is attached to it as a message."""
    if content is None:
        told = f"the message is longer than {MAX_DOCUMENT >> 20} MB"
        yield Record(number, UnsafeInput(told, where=where), where=where)
        return
    try:
        message = cast("EmailMessage", email.message_from_bytes(content, policy=_POLICY))
        letters = list(_attached(message))
    except _DAMAGE as error:
        yield Record(number, _damaged(error, where), where=where)
        return
    head = _HEADS_END.split(content, maxsplit=1)[0].decode("latin-1")
    own = _record(number, message, head, where=where)
    if not letters or not isinstance(own.value, dict) or {"html", "text"} & set(own.value):
        yield own
    for at, letter in enumerate(letters, start=1):
        head = "".join(f"{name}: {value}\n" for name, value in letter.raw_items())
        yield _record(number, letter, head, where=f"{where}!{at}")


_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard parser lets through on ill-formed messages, as found by mutating some."""


def _damaged(error: Exception, where: str) -> InvalidRecord:
    return InvalidRecord(f"the message is damaged ({type(error).__name__}: {error})", where=where)


def _record(number: int, message: EmailMessage, head: str, *, where: str) -> Record:
    try:
        return Record(number, _values(message, head, where), where=where)
    except InputError as error:
        return Record(number, error, where=where)
    except _DAMAGE as error:
        return Record(number, _damaged(error, where), where=where)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """A message and its parts, but for those of messages that are attached to it."""
    yield message
    if message.get_content_type() != _MESSAGE:
        for part in _held(message):
            yield from _parts(part)


def _attached(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """Each message that is attached to one, and to those in turn."""
    for part in _parts(message):
        if part.get_content_type() == _MESSAGE and depth < _DEEPEST:
            for letter in _held(part):
                yield letter
                yield from _attached(letter, depth + 1)


def _held(part: EmailMessage) -> list[EmailMessage]:
    held = part.get_payload() if part.is_multipart() else []
    return [one for one in held if isinstance(one, EmailMessage)]


def _values(message: EmailMessage, head: str, where: str) -> dict[str, Any]:
    parts = list(_parts(message))
    markup, text = _said(message, where)
    sender = header(message, "From")
    written = next((str(value) for key, value in message.raw_items() if key.lower() == "from"), "")
    in_words = _IN_WORDS.fullmatch(written.strip())
    name, address = (in_words["name"], "") if in_words else parseaddr(sender)
    bulk = bool(header(message, "List-Id") or header(message, "List-Unsubscribe"))
    values = {
        "id": header(message, "Message-ID").strip("<>"),
        "title": header(message, "Subject"),
        "html": markup,
        "text": text,
        "date": _date(message),
        "url": header(message, "Archived-At").strip("<>") or _online(markup),
        "outlet": (_list_name(message) or name or address.partition("@")[2]) if bulk else "",
        "bylines": "" if bulk else name,
        "from": sender,
        "to": header(message, "To"),
        "attachments": [one.get_filename() for one in parts if one.get_filename()],
        ORIGINAL: head,
    }
    if any(isinstance(one, CloseBoundaryNotFoundDefect) for part in parts for one in part.defects):
        values[IS_PART] = "yes"
    return {name: value for name, value in values.items() if value not in ("", [], None)}


_IN_WORDS = re.compile(r"\S+ at \S+ \((?P<name>[^()]+)\)")
"""Who sent a letter, as archives of mailing lists hide addresses: "ann at h.example (Ann Ray)"."""
_BODIES = ("text/html", "text/plain")


def _bodies(part: EmailMessage) -> list[EmailMessage]:
    """The parts that are read one after the other, one of those that say the same."""
    kind = part.get_content_type()
    if kind == _MESSAGE or part.get_content_disposition() == "attachment":
        return []
    if not part.is_multipart():
        return [part] if kind in _BODIES else []
    held = [bodies for one in _held(part) if (bodies := _bodies(one))]
    if kind == "multipart/alternative":
        return _alternative(held)
    return [one for bodies in held for one in bodies]


def _alternative(held: list[list[EmailMessage]]) -> list[EmailMessage]:
    """The page among several forms of one text, unless it only shows pictures."""
    pages = [one for one in held if one[0].get_content_type() == "text/html"]
    plain = [one for one in held if one[0].get_content_type() == "text/plain"]
    if pages and plain:
        letters = _letters(_BESIDE_TEXT.sub(" ", "".join(map(_text, pages[0]))))
        return plain[0] if letters * _MORE < _letters("".join(map(_text, plain[0]))) else pages[0]
    return next(iter(pages or plain), [])


_BESIDE_TEXT = re.compile(
    r"<(style|script|head)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL | re.IGNORECASE
)
_MORE = 10  # times as many letters: pages that say what they show have about as many
_FOOTER = re.compile(r"\s*(?:_{10,}|-- ?$)", re.MULTILINE)
"""How a part begins that the program of a mailing list puts below a letter."""


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _said(message: EmailMessage, where: str) -> tuple[str, str]:
    """The page and the text of a letter, of which one is empty; pictures may part either.

    Raises:
        InvalidRecord: it is locked.
    """
    bodies = _bodies(message)
    pages = [_text(one) for one in bodies if one.get_content_type() == "text/html"]
    if any(page.strip() for page in pages):
        return _joined(pages), ""
    texts = [_unwrapped(one) for one in bodies if one.get_content_type() == "text/plain"]
    texts = texts[:1] + [text for text in texts[1:] if not _FOOTER.match(text)]
    return "", _bare("\n\n".join(text for text in texts if text.strip()), where)


_BODY = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)


def _joined(pages: list[str]) -> str:
    """Several pages as one: what the others show, below what the first does."""
    first, *others = pages
    shown = "\n".join(body[1] if (body := _BODY.search(one)) else one for one in others)
    body = _BODY.search(first)
    end = body.end(1) if body else len(first)
    return f"{first[:end]}\n{shown}{first[end:]}" if shown else first


_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: [^\n]*\n)*\n(.*?)\n"
    r"-----BEGIN PGP SIGNATURE-----\n.*?(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL | re.MULTILINE,
)
_IN_LETTERS = re.compile(
    r"^begin(?:-base64)? [0-7]{3,4} [^\n]+\n(?:[!-`a-z][ -z]{0,90}\n)+(?:end|====)[ \t]*$",
    re.MULTILINE,
)
"""A file written as letters among the text (uuencode), as was done before letters had parts."""
_LOCKED = "-----BEGIN PGP MESSAGE-----"


def _bare(text: str, where: str) -> str:
    """A text without what programs wrote around it and into it."""
    plain = text.replace("\r\n", "\n")
    if plain.lstrip().startswith(_LOCKED):
        raise InvalidRecord(
            "the message is locked with PGP", where=where, advice="Unlock it and add what it says"
        )
    signed = _SIGNED.sub(lambda found: re.sub(r"^- ", "", found[1], flags=re.MULTILINE), plain)
    bare = _IN_LETTERS.sub("", signed)
    return text if bare == plain else bare


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    kind = part.get_content_type()
    if charset in _SEVEN_BITS and isinstance(content, bytes):  # which no page on the web may have
        return content.decode("utf-7", "replace")
    media_type = f"{kind}; charset={charset}" if charset else kind
    return decode(content, media_type=media_type).text if isinstance(content, bytes) else ""


_SEVEN_BITS = ("utf-7", "unicode-1-1-utf-7")


def _unwrapped(part: EmailMessage) -> str:
    """A text, its lines put together again where the sender says that they may be (RFC 3676)."""
    text = _text(part)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines = [line.removeprefix(" ") for line in text.replace("\r\n", "\n").split("\n")]
    kept = -1 if str(part.get_param("delsp", "")).lower() == "yes" else None  # of the last blank
    flowed = "".join(
        line[:kept] if line.endswith(" ") and line != "-- " else f"{line}\n" for line in lines
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
        if _UNREAD in str(value):
            value = _in_plain_bytes(message, name) or value
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""  # the standard parser fails on some ill-formed headers in these ways
    return " ".join(str(value).split()) if value is not None else ""


_UNREAD = "\ufffd"


def _in_plain_bytes(message: EmailMessage, name: str) -> str:
    """A header that was sent in the letters of some encoding, without saying so: the body's."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    sent = str(raw).encode("utf-8", "surrogateescape")
    body = next((one for one in _parts(message) if not one.is_multipart()), message)
    content = body.get_payload(decode=True)
    charset = (
        body.get_content_charset() or encoding_of(content if isinstance(content, bytes) else b"")[0]
    )
    for encoding in ("utf-8", charset):
        try:
            return str(_parsed(name, sent.decode(encoding)))
        except (UnicodeDecodeError, LookupError):
            continue
    return ""
