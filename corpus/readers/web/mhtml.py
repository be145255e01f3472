"""MHTML: a saved page, read as the root part of its file; pictures and styles are left out."""

from __future__ import annotations

import codecs
import email
import email.policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from corpus.article import RawDocument
from corpus.errors import UnreadableInput
from corpus.readers.mail.messages import header
from corpus.readers.source import Read, Source, in_utc
from corpus.readers.web.stories import documents_in

READER = "mhtml/1"


def read_mhtml(source: Source) -> Read:
    """Gives the page in an MHTML file (RFC 2557), with the address it was saved from."""
    content = source.all().removeprefix(codecs.BOM_UTF8)
    message = email.message_from_bytes(content, policy=email.policy.default)
    page = _root(message)
    sent = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(sent, bytes) or not sent.strip():
        raise UnreadableInput("no page in this MHTML file", where=source.locator)
    charset = page.get_content_charset()
    saved = in_utc(header(message, "Date"), parsedate_to_datetime)
    document = RawDocument(
        content=sent,
        media_type=f"text/html; charset={charset}" if charset else "text/html",
        locator=source.locator,
        url=header(message, "Snapshot-Content-Location") or header(page, "Content-Location"),
        collected=saved or source.collected,
        reader=READER,
        declared={"saved": saved.isoformat()} if saved else {},
    )
    yield from documents_in(document)


def _root(message: EmailMessage) -> EmailMessage | None:
    """The part that the message names as its start, else the first page in it."""
    pages = [
        part
        for part in message.walk()
        if isinstance(part, EmailMessage)
        and part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    start = message.get_param("start")
    named = [part for part in pages if header(part, "Content-ID") == start]
    return next(iter(named or pages), None)
