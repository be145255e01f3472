"""Databases: which press database made a file, as text, page, Word, RTF or PDF; and its stories?

Who saves two hundred stories of Nexis, Factiva or ProQuest gets one file, with the stories one
after the other. Each is an article of its own, with its own headline, author, paper and day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree, html

from corpus.article import RawDocument
from corpus.cleaner.files.papers import MAX_PAGES, text_layer
from corpus.cleaner.files.parts import Parts, local, refuse_bomb
from corpus.cleaner.files.rtf import text_of
from corpus.cleaner.files.word import blocks_of
from corpus.errors import InputError, UnsafeInput
from corpus.readers.dumps.lines import begun_in, lines_of
from corpus.readers.media_types import DOCX, PDF
from corpus.readers.posts.post import text_of_markup
from corpus.readers.press import factiva, nexis, proquest
from corpus.readers.press.printed import may_be_printed, printed_lines
from corpus.readers.records import ORIGINAL, Record, documents_of
from corpus.readers.source import HEAD, Read, Source

READER = "press/1"

_Parts = Iterator[tuple[int, list[str] | UnsafeInput]]


@dataclass(frozen=True, slots=True)
class _Database:
    """What is known of the files of one: how they are told, parted and read."""

    is_such: Callable[[str], bool]
    parts: Callable[[Iterable[str], str], _Parts]
    story: Callable[[list[str]], dict[str, Any] | None]


_DATABASES = (
    _Database(nexis.is_such, nexis.parts, nexis.story),
    _Database(factiva.is_such, factiva.parts, factiva.story),
    _Database(proquest.is_such, proquest.parts, proquest.story),
)


def of_database(text: str) -> bool:
    """Whether a text that begins so is a file of a press database."""
    return _database(text) is not None


def _database(text: str) -> _Database | None:
    return next((one for one in _DATABASES if one.is_such(text)), None)


def read_press(source: Source) -> Read:
    """Gives each story in a text; what is damaged costs itself."""
    begun = begun_in(source)
    database = _database(begun) or _DATABASES[0]
    records = _records(database, lines_of(source), source.locator)
    yield from documents_of(records, source, reader=READER)


def _records(database: _Database, lines: Iterable[str], where: str) -> Iterator[Record]:
    for number, part in database.parts(lines, where):
        if isinstance(part, InputError):
            yield Record(number, part)
            continue
        told = database.story([line.replace("\u00a0", " ") for line in part])
        if told is not None:
            said = {name: value for name, value in told.items() if value}
            yield Record(number, {**said, ORIGINAL: "\n".join(part).strip()})


# Pages and papers that hold stories of such a database.

_SIGNS = (
    b"Load-Date", b"LOAD-DATE", b"End of Document", b" DOCUMENTS", b"ProQuest document ID",
    b'class="article ', b"articleParagraph", b"Factiva",
)  # fmt: skip
"""Of which the bytes of a file hold one that may be such; whether it is, its text tells."""
_BODY = "word/document.xml"
_CELLS = ("td", "th", "tr", "table")


def stories_on_page(page: RawDocument) -> list[RawDocument | InputError]:
    """The stories on a page that a database handed out; none on any other."""
    if not _may_hold(page.content):
        return []
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        root = html.document_fromstring(page.content, parser=parser)
    except (etree.LxmlError, ValueError):
        return []  # which the cleaner says of it, with more patience
    for cell in root.iter(*_CELLS):
        cell.tag = "div"
    return _told(text_of_markup(root), page)


def stories_in_paper(paper: RawDocument) -> list[RawDocument | InputError]:
    """The stories in a Word, RTF or PDF file that a database handed out; none in any other."""
    if paper.media_type == PDF:
        return _told_in_print(paper)
    if paper.media_type == DOCX:
        return _told(_text_of_word(paper), paper)
    return _told(text_of(paper.content), paper) if _may_hold(paper.content) else []


_FIRST_PAGES = 2
"""Of a PDF, which tell whether all of it is to be read."""


def _told_in_print(paper: RawDocument) -> list[RawDocument | InputError]:
    """The stories in a PDF; its text is read only where the first pages are such a database's."""
    try:
        pages = text_layer(paper)
        read = list(islice(pages, _FIRST_PAGES))
        if not may_be_printed("\n".join(line for page in read for line in page.lines)):
            return []
        read += pages
    except InputError:
        return []  # which the cleaner says of it
    told = _told("\n".join(printed_lines(read)), paper)
    if not any(isinstance(one, RawDocument) and "date" in one.declared for one in told):
        return []  # it only speaks of such files
    if len(read) == MAX_PAGES:
        advice = "Save fewer stories in a file"
        where = paper.locator
        told.append(UnsafeInput(f"only {MAX_PAGES:,} pages were read", where=where, advice=advice))
    return told


def _may_hold(content: bytes) -> bool:
    return any(sign in content for sign in _SIGNS)


def _text_of_word(paper: RawDocument) -> str:
    try:
        refuse_bomb(paper)
        with Parts(paper) as parts:
            if not _may_hold(parts.content(_BODY)):
                return ""
            body = next(one for one in parts.xml(_BODY) if local(one) == "body")
    except (InputError, StopIteration):
        return ""  # which the cleaner says of it
    return "\n\n".join(blocks_of(body))


def _told(text: str, document: RawDocument) -> list[RawDocument | InputError]:
    database = _database(text[:HEAD])
    if database is None:
        return []
    records = _records(database, text.split("\n"), document.locator)
    return list(documents_of(records, document, reader=READER))
