"""Notes: which notes and clipped pages are in an export of Evernote, which others write too?

A long file is read in pieces, so that a damaged note costs itself; pictures in it are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import InputError, InvalidRecord
from corpus.readers.dumps.pieces import pieces
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import Read, Source

READER = "notes/1"

_NOTE = re.compile(rb"<note>")
_END = re.compile(rb"</note>")
_RESOURCE = re.compile(rb"<resource>.*?(?:</resource>|\Z)", re.DOTALL)
_CONTENT = re.compile(
    r"<content>\s*(?:<!\[CDATA\[(.*?)(?:\]\]>\s*</content>|\Z)|(.*?)(?:</content>|\Z))", re.DOTALL
)
_SHELL = re.compile(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|</?en-note\b[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*?(?:/>|>(?:.*?</en-\w+>)?)", re.DOTALL)
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


def read_notes(source: Source) -> Read:
    """Gives the document of each note that has a text.

    Raises:
        InvalidRecord: there is none.
    """
    yield from documents_of(_records(source), source, reader=READER)


def _records(source: Source) -> Iterator[Record]:
    number = 0
    for number, _, content in pieces(source, _NOTE):
        if isinstance(content, InputError):
            yield Record(number, content)
        else:
            yield Record(number, _note(content, locator_of(source, number)))
    if not number:
        raise InvalidRecord("there is no note in this export", where=source.locator)


def _note(content: bytes, where: str) -> dict[str, Any] | InputError:
    end = _END.search(content)
    told = _RESOURCE.sub(b"", content[: end.start()] if end else content)
    text = told.decode("utf-8", "replace")
    found = _CONTENT.search(text)
    if end is None and found is None:
        return InvalidRecord("the note has no end: the file was cut off", where=where)
    markup = (found[1] or html.unescape(found[2] or "")) if found else ""
    shown = _MEDIA.sub("", _SHELL.sub("", markup)).strip()
    around = text[: found.start()] + text[found.end() :] if found else text
    # When a note was made is the day of clipping, not that of a page that it was clipped from.
    clipped = bool(_said(around, "source-url"))
    return {
        "title": _said(around, "title"),
        "html": shown,
        "date": "" if clipped else _moment(_said(around, "created")),
        "clipped": _moment(_said(around, "created")) if clipped else "",
        "bylines": _said(around, "author") if not clipped else "",
        "clipped_by": _said(around, "author") if clipped else "",
        "url": _said(around, "source-url"),
        "tags": "; ".join(map(_plain, re.findall(r"<tag>(.*?)</tag>", around, re.DOTALL))),
        ORIGINAL: text.strip(),
    }


def _said(text: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return _plain(found[1]) if found else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _moment(text: str) -> str:
    found = _DAY.fullmatch(text)
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else text
