"""Papers: how do PDF and Word files become articles? Their text and properties, taken as a record.

Needs the extra `documents`. A PDF knows lines, not paragraphs; see `tree.lines`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from corpus.article import Article, RawDocument, Removed
from corpus.cleaner.declared.signatures import signed_names
from corpus.cleaner.files.books import NOTE, part_of
from corpus.cleaner.files.gaps import has_gaps
from corpus.cleaner.files.layout import Drawn, headings_in, lines_of, sentences_in
from corpus.cleaner.files.parts import Parts, refuse_bomb
from corpus.cleaner.files.properties import said_author, said_title
from corpus.cleaner.files.recognition import NotRecognized, Recognized, recognize
from corpus.cleaner.files.rendering import Pages, plain_of
from corpus.cleaner.files.scans import MOST_PAGES, Reading, article_of, language_of
from corpus.cleaner.files.soft_hyphens import without_soft_hyphens
from corpus.cleaner.files.word import blocks_of, notes_of
from corpus.cleaner.records import clean_record
from corpus.cleaner.same_words import SENTENCE_END, words_of
from corpus.cleaner.tree.lines import paragraphs_of
from corpus.cleaner.tree.margins import with_opening, without_margins
from corpus.errors import (
    NoArticleFound,
    UnreadableInput,
    UnsupportedFormat,
    underway,
)
from corpus.soundness import CUT_OFF

_DAMAGE = (
    OSError, ValueError, KeyError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError,
    SyntaxError,  # lxml's error for damaged XML is one
)  # fmt: skip
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
MAX_PAGES = 2000
"""More is a book; and the time for a page is not bounded by its bytes."""


def clean_pdf(raw: RawDocument) -> Article:
    """Reads the text layer of a PDF, and the pictures of its pages that have none.

    Raises:
        UnsupportedFormat: the library for it is not installed; or there are but pictures of pages,
            and what reads them is not.
        UnreadableInput: damaged, or locked with a password.
        NoArticleFound: there is no text in it.
    """
    with opened(raw) as reader:
        first, last = part_of(raw) or (0, len(reader.pages) - 1)
        wanted = range(first, min(last + 1, len(reader.pages)))
        left = len(wanted[MAX_PAGES:])
        pages = [_page(number, reader.pages[number]) for number in wanted[:MAX_PAGES]]
        properties = reader.metadata
        cut = (CUT_OFF,) if _lacks_its_end(reader, raw.content) else ()
    reading = _read_pages(raw, pages)
    if left:
        reading.miss("too many pages", pages=left)
    title = said_title(properties.title if properties else None)
    title = "" if part_of(raw) else title or (pages[0].headline if pages else "")
    if reading.recognized and not any(page.signs for page in pages):
        article = article_of(raw, reading)
        return article if article.title else replace(article, title=title)
    if not reading.text and reading.unread:
        raise UnreadableInput(f"no page could be read ({reading.why})", where=raw.locator)
    if not reading.text and cut:
        raise UnreadableInput("the PDF is damaged (it ends before its text)", where=raw.locator)
    if not reading.text:
        raise NoArticleFound("there is no text in this PDF", where=raw.locator)
    article = _article(
        raw,
        text="\n\n".join(_from_title(reading, title)),
        title=title,
        author=properties.author if properties else None,
        # The date of a PDF is that of the file: what was published when, only its text can say.
    )
    article = reading.marked(article)
    quality = article.quality
    return replace(article, quality=replace(quality, flags=tuple(sorted({*quality.flags, *cut}))))


_ABOVE, _SHORT = 3, 60


def _from_title(reading: Reading, title: str) -> list[str]:
    """The paragraphs from the title on: what stands above it in a line is the name of a paper or
    department, unless it has a number, as a day does.
    """
    told = reading.paragraphs
    at = next(
        (at for at, one in enumerate(told[: _ABOVE + 1]) if words_of(one) == words_of(title)), 0
    )
    above = told[:at]
    if not title or any(len(one) > _SHORT or SENTENCE_END.search(one) for one in above):
        return told
    names = [one for one in above if not any(map(str.isdigit, one)) and not signed_names(one)]
    reading.removed += [Removed("running_head", one) for one in names]
    return [*told[at : at + 1], *(one for one in above if one not in names), *told[at + 1 :]]


_FEW_SIGNS = 24
"""Fewer on a page, beside a large picture, are a stamp of the scanner's, or the page's number."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a PDF: its number from 0, the lines and the headline that its text layer shows, the
    page itself; which of its lines end sentences amid the text, and which are in larger letters.
    """

    number: int
    lines: list[str]
    headline: str
    said: Any
    sentences: frozenset[str]
    headings: list[str]

    @property
    def signs(self) -> int:
        return sum(map(str.isalnum, "".join(self.lines)))

    @property
    def has_picture(self) -> bool:
        try:
            parts = self.said["/Resources"]["/XObject"].values()
            return any(part.get_object()["/Subtype"] == "/Image" for part in parts)
        except (KeyError, TypeError, AttributeError, ValueError):
            return False


@dataclass(frozen=True, slots=True)
class TextPage:
    """What the text layer of one page shows: its lines, and which are in larger letters."""

    lines: list[str]
    headings: list[str]


def text_layer(raw: RawDocument) -> Iterator[TextPage]:
    """The pages of a PDF, one after the other, as far as they are read at all.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged, or locked with a password.
    """
    with opened(raw) as reader:
        for number in range(min(len(reader.pages), MAX_PAGES)):
            page = _page(number, reader.pages[number])
            yield TextPage(page.lines, page.headings)
            underway()


@contextmanager
def opened(raw: RawDocument) -> Iterator[Any]:
    """A PDF, as pypdf reads it.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged, also where that is found while it is read; or locked with a
            password.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - optional
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        raise _not_installed("PDF files", raw) from None
    damage = (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
    try:
        try:
            reader = PdfReader(io.BytesIO(raw.content))
            len(reader.pages)
        except damage:
            mended = _with_a_table(raw.content)
            if mended is None:
                raise
            reader = PdfReader(io.BytesIO(mended))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput("the PDF is locked with a password", where=raw.locator)
        yield reader
    except damage as error:
        raise UnreadableInput(f"the PDF is damaged ({error})", where=raw.locator) from None


_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+(\d{1,5})\s+obj\b")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_END_OF_OBJECT = b"endobj"
_MOST_OBJECTS = 200_000


def _with_a_table(content: bytes) -> bytes | None:
    """A PDF that has lost the table of its objects, with one made from where they stand; None where
    that cannot help: its catalog lies in a packed object, or it is locked with a password.
    """
    if b"/Encrypt" in content:
        return None
    places: dict[int, tuple[int, int]] = {}
    root = None
    for found in islice(_OBJECT.finditer(content), _MOST_OBJECTS):
        number = int(found[1])
        places[number] = found.start(), int(found[2])
        end = content.find(_END_OF_OBJECT, found.end())
        if end != -1 and _CATALOG.search(content, found.end(), min(end, found.end() + _DICTIONARY)):
            root = found
    if root is None:
        return None
    rows = [b"%d 1\n%010d %05d n \n" % (number, *place) for number, place in sorted(places.items())]
    said = b"trailer\n<< /Size %d /Root %d %d R >>" % (max(places) + 1, int(root[1]), int(root[2]))
    table = b"\nxref\n" + b"".join(rows) + said
    return content + table + b"\nstartxref\n%d\n%%%%EOF\n" % (len(content) + 1)


_DICTIONARY = 4096  # bytes of a catalog, in which it says what it is


def _lacks_its_end(reader: Any, content: bytes) -> bool:
    """Whether the table of a PDF was made anew, as its end is not there."""
    mended = reader.stream.getbuffer().nbytes != len(content)
    return mended and b"%%EOF" not in content[-_TAIL:]


_TAIL = 1024


def _page(number: int, said: Any) -> _Page:
    drawn = Drawn()
    text = without_soft_hyphens(said).extract_text(visitor_text=drawn.take)
    lines, headline = lines_of(drawn, text)
    sheet = said.mediabox
    inside = sentences_in(drawn, float(sheet.bottom), float(sheet.top))
    return _Page(number, lines, headline, said, inside, headings_in(drawn))


def _read_pages(raw: RawDocument, pages: list[_Page]) -> Reading:
    """Their text; those without one are recognized where that is possible, else counted.

    Raises:
        UnsupportedFormat: there is text on none, and what recognizes pictures is not installed.
    """
    lines, removed = without_margins([page.lines for page in pages], spared=_spared(pages))
    reading = Reading(removed=removed)
    with _Scans(raw, reading) as scans:
        for page, told in zip(pages, lines, strict=True):
            read = scans.read(page) if page.signs < _FEW_SIGNS else None
            if read is not None and read.signs > page.signs:
                reading.add(read)
            else:
                reading.go_on(paragraphs_of(with_opening(told) if not reading.paragraphs else told))
    if scans.lacking and not any(page.signs for page in pages):
        raise scans.lacking
    return reading


def _spared(pages: list[_Page]) -> list[frozenset[str]]:
    """The lines of each page that are no heads of it though others have them too: sentences amid
    the text, as refrains are, and a heading where it stands first.
    """
    seen: set[str] = set()
    spared = []
    for page in pages:
        spared.append(page.sentences | (set(page.headings) - seen))
        seen.update(page.headings)
    return spared


class _Scans(AbstractContextManager["_Scans"]):
    """The pages of one PDF that are pictures; it is opened when the first is met.

    Attributes:
        lacking: what is not installed, and was needed.
    """

    def __init__(self, raw: RawDocument, reading: Reading) -> None:
        self._raw = raw
        self._reading = reading
        self._pages: Pages | None = None
        self._count = 0
        self.lacking: UnsupportedFormat | None = None

    def __exit__(self, *_error: object) -> None:
        if self._pages is not None:
            self._pages.__exit__()

    def read(self, page: _Page) -> Recognized | None:
        """One page; None where it holds nothing to recognize, or cannot be read."""
        if self._count >= MOST_PAGES:
            if page.has_picture:
                self._reading.miss("too many pages")
            return None
        try:
            self._pages = self._pages or Pages(self._raw.content)
            if not self._pages.shows(page.number, beside_text=bool(page.signs)):
                return None
            language = language_of(self._raw)
            self._count += 1
            picture, dots = self._pages.picture(page.number)
            read = recognize(picture, language=language, dots=dots)
            self._reading.has_gaps |= has_gaps(*plain_of(picture), read.boxes)
        except ImportError:
            if page.has_picture:
                self._lack(_no_ocr(self._raw))
        except UnsupportedFormat as error:
            self._lack(error)
        except (NotRecognized, ValueError) as error:
            self._reading.miss(error)
        else:
            return read
        finally:
            underway()
        return None

    def _lack(self, error: UnsupportedFormat) -> None:
        self.lacking = error
        self._reading.miss(error)


def _no_ocr(raw: RawDocument) -> UnsupportedFormat:
    return UnsupportedFormat(
        "there is no text in this PDF; what draws its pages, to recognize it, is not installed",
        where=raw.locator,
        advice="pip install 'dispatches[ocr]', then dispatches add --retry-failures",
    )


def clean_docx(raw: RawDocument) -> Article:
    """Reads the paragraphs and tables of a Word file.

    Raises:
        UnsupportedFormat: the library for it is not installed.
        UnreadableInput: damaged.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    refuse_bomb(raw)
    try:
        import docx  # noqa: F401, PLC0415 - optional; it makes the library know its parts
        from docx.opc.exceptions import OpcError  # noqa: PLC0415
        from docx.opc.part import PartFactory  # noqa: PLC0415
        from docx.package import Package  # noqa: PLC0415
        from docx.parts.document import DocumentPart  # noqa: PLC0415
    except ImportError:
        raise _not_installed("Word files", raw) from None
    try:
        for kind in _KINDS_OF_WORD:  # which the library does not know
            PartFactory.part_type_for.setdefault(kind, DocumentPart)
        document = Package.open(io.BytesIO(raw.content)).main_document_part.document
        blocks = list(blocks_of(document.element.body))
        with Parts(raw) as parts:
            notes = [
                note for name in _NOTES if name in parts.names for note in notes_of(parts.xml(name))
            ]
        properties = document.core_properties
    except (OpcError, *_DAMAGE) as error:
        if "relationship of type" in str(error):
            raise UnsupportedFormat(
                "this is a Word file in the strict form of Open XML",
                where=raw.locator,
                advice="Save it as an ordinary .docx, or as PDF, and add that",
            ) from None
        raise UnreadableInput(f"the Word file is damaged ({error})", where=raw.locator) from None
    text = "\n\n".join(block for block in blocks if block.strip())
    if not text:
        raise NoArticleFound("there is no text in this file", where=raw.locator)
    article = _article(raw, text=text, title=properties.title, author=properties.author)
    return replace(article, removed=(*article.removed, *(Removed(NOTE, note) for note in notes)))


_KINDS_OF_WORD = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
"""Of files with macros, and templates, which say what others do."""


def _article(raw: RawDocument, *, text: str, title: str | None, author: str | None) -> Article:
    said = {"text": text, "title": said_title(title), "bylines": said_author(author)}
    record = {key: value for key, value in said.items() if value}
    content = json.dumps(record).encode()
    return clean_record(replace(raw, content=content, media_type="application/json"))


def _not_installed(what: str, raw: RawDocument) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{what} need libraries that are not installed",
        where=raw.locator,
        advice="pip install 'dispatches[documents]', then dispatches add --retry-failures",
    )
