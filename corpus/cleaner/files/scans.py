"""Scans: what do pictures of pages say, and how far can that be trusted?

A picture, a TIFF of many, or the pages of a PDF that have no text. Each page is read within limits
of its own (`recognition`); what cannot be read costs itself, and is counted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.article import OCR_LANGUAGE, Article, RawDocument, Removed
from corpus.cleaner.files import recognition
from corpus.cleaner.files.gaps import has_gaps
from corpus.cleaner.files.recognition import NotRecognized, Recognized, recognize
from corpus.cleaner.records import clean_text
from corpus.cleaner.tree.lines import goes_on, paragraphs_of
from corpus.cleaner.tree.margins import is_page_number
from corpus.errors import (
    InputError,
    NoArticleFound,
    UnreadableInput,
    UnsafeInput,
    UnsupportedFormat,
    underway,
)

MOST_PAGES = 200
"""Pages of one document that are read: each may take seconds."""

MOST_PIXELS = 80_000_000
"""Of one page: A3 at 600 dots an inch has seventy million."""

_SHORT_LINE = 30
"""Signs. What is shorter and stands alone on its page was not cut by the margin."""
_MOST_LEFT_OUT = 10
"""Words that can hardly be such; so many are a text that lies crooked, and no stain or drawing."""
FLAG, UNREAD, GAPS = "ocr", "pages_unread", "ocr_gaps"
_INSTALL = (
    "Install tesseract 5 with the data of its languages"
    " (`apt install tesseract-ocr tesseract-ocr-ukr`, `brew install tesseract tesseract-lang`),"
    " then dispatches add --retry-failures"
)


def language_of(raw: RawDocument) -> str:
    """In which languages scans of a document are read, as tesseract calls them.

    Raises:
        UnsupportedFormat: tesseract is not installed, or not for one of them.
    """
    known = recognition.languages()
    if not known:
        raise UnsupportedFormat(
            "pictures of pages are read by tesseract, which is not installed",
            where=raw.locator,
            advice=_INSTALL,
        )
    asked = raw.declared.get(OCR_LANGUAGE, "")
    missing = [one for one in asked.split("+") if asked and one not in known]
    if missing:
        raise UnsupportedFormat(
            f"tesseract has no data for {', '.join(missing)}",
            where=raw.locator,
            advice=f"Install it, or name another with --ocr: {', '.join(known)}",
        )
    return asked or ("eng" if "eng" in known else known[0])


def _words_in(text: str) -> int:
    return sum(len(list(filter(str.isalpha, word))) > 1 for word in text.split())


@dataclass(slots=True)
class Reading:
    """What came of the pages of one document, in their order.

    Attributes:
        paragraphs: of all pages.
        unread: how many pages could not be read.
        why: what was wrong with the last of those.
        recognized: the pages that are scans.
        has_gaps: something like writing stands on one of them where nothing was recognized.
    """

    paragraphs: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    recognized: list[Recognized] = field(default_factory=list)
    unread: int = 0
    why: str = ""
    has_gaps: bool = False

    def add(self, page: Recognized) -> None:
        """Takes a page in; a paragraph that goes on from the page before is one with it."""
        self.recognized.append(page)
        told = list(page.paragraphs)
        for at in (-1, 0):
            if told and is_page_number(told[at]):
                self.removed.append(Removed("page_number", told.pop(at)))
        self.removed += [Removed("ocr_noise", text) for text in page.left_out]
        self.has_gaps |= sum(map(_words_in, page.left_out)) >= _MOST_LEFT_OUT
        for number, paragraph in enumerate(told):
            before = self.paragraphs[-1] if self.paragraphs else ""
            is_line = number and len(before) < _SHORT_LINE  # a date, a heading: above what follows
            if before and not is_line and goes_on(before, paragraph):
                self.paragraphs[-1:] = paragraphs_of([self.paragraphs[-1], paragraph])
            else:
                self.paragraphs.append(paragraph)

    def go_on(self, told: list[str]) -> None:
        """Takes the paragraphs of a page in that has a text layer; a cut one is made whole."""
        if self.paragraphs and told and goes_on(self.paragraphs[-1], told[0]):
            self.paragraphs[-1:] = paragraphs_of([self.paragraphs[-1], told[0]])
            told = told[1:]
        self.paragraphs += told

    def miss(self, why: object, *, pages: int = 1) -> None:
        self.unread += pages
        self.why = str(why)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def marked(self, article: Article) -> Article:
        """The article with what is to be known of its scans."""
        flags, signals = set(article.quality.flags), dict(article.quality.signals)
        signs = sum(page.signs for page in self.recognized)
        if signs:
            flags.add(FLAG)
            sure = sum(page.confidence * page.signs for page in self.recognized) / signs
            signals["ocr_confidence"] = round(sure, 4)
            signals["ocr_pages"] = float(sum(bool(page.signs) for page in self.recognized))
        if self.has_gaps:
            flags.add(GAPS)
        if self.unread:
            flags.add(UNREAD)
            signals[UNREAD] = float(self.unread)
        quality = replace(article.quality, flags=tuple(sorted(flags)), signals=signals)
        removed = (*article.removed, *self.removed)
        return replace(article, quality=quality, removed=removed)


def clean_picture(raw: RawDocument) -> Article:
    """Reads the picture of a page, or all pages of a TIFF.

    Raises:
        UnsupportedFormat: tesseract is not installed, or not for its language.
        UnreadableInput: damaged.
        UnsafeInput: it has more pixels than a page.
        NoArticleFound: there is no text in it.
    """
    language = language_of(raw)
    sizes = sizes_of(raw.content)
    try:
        pages = list(_within(sizes, raw))
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableInput(f"the picture is damaged ({error})", where=raw.locator) from None
    reading = Reading()
    for number in range(len(pages[:MOST_PAGES])):
        try:
            page = recognize(raw.content, language=language, page=number)
            reading.add(page)
            reading.has_gaps |= _has_gaps(raw.content, number, page)
        except NotRecognized as error:
            reading.miss(error)
        underway()
    if len(pages) > MOST_PAGES:
        reading.miss("too many pages", pages=len(pages) - MOST_PAGES)
    return article_of(raw, reading)


def _has_gaps(picture: bytes, number: int, page: Recognized) -> bool:
    """Whether writing on a page of a picture was passed over; not asked of WebP."""
    from corpus.cleaner.files.rendering import gray_of  # noqa: PLC0415 - it asks this module

    drawn = gray_of(picture, number)
    return drawn is not None and has_gaps(*drawn, page.boxes)


def article_of(raw: RawDocument, reading: Reading) -> Article:
    """The article of a document all of whose pages are scans.

    Raises:
        NoArticleFound: there is no text in it.
        UnreadableInput: no page could be read.
    """
    if not reading.text:
        raise _nothing(raw, reading)
    content = reading.text.encode("utf-8", "replace")
    plain = replace(raw, content=content, media_type="text/plain; charset=utf-8", headers={})
    article = reading.marked(clean_text(plain))
    return replace(article, basis={**article.basis, "text": "ocr:tesseract"})


def _nothing(raw: RawDocument, reading: Reading) -> InputError:
    if reading.unread:
        return UnreadableInput(f"no page could be read ({reading.why})", where=raw.locator)
    return NoArticleFound(
        "no text was recognized in it",
        where=raw.locator,
        advice="If it shows one, name its language with --ocr, or scan it with 300 dots an inch",
    )


def _within(sizes: Iterable[tuple[int, int]], raw: RawDocument) -> Iterator[tuple[int, int]]:
    for wide, high in sizes:
        if wide * high > MOST_PIXELS:
            raise UnsafeInput(
                f"a picture of {wide:,} by {high:,} pixels is no page",
                where=raw.locator,
                advice=f"Make it smaller: up to {MOST_PIXELS // 1_000_000} million are read",
            )
        if not wide * high:
            raise ValueError("it has no pixels")
        yield wide, high


# How large is a picture? Read before it is unpacked, in the few bytes that say so.

_MOST_TIFF = 10_000


def sizes_of(content: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of each page in a picture.

    Raises:
        ValueError, struct.error, IndexError: damaged.
    """
    if content.startswith(b"\x89PNG"):
        yield struct.unpack_from(">II", content, 16)
    elif content.startswith(b"\xff\xd8"):
        yield _of_jpeg(content)
    elif content[8:12] == b"WEBP":
        yield _of_webp(content)
    else:
        yield from _of_tiff(content)


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, 0xFF, *range(0xD0, 0xD9)))


def colors_of_jpeg(content: bytes) -> int:
    """How many colors each dot of a JPEG is mixed of.

    Raises:
        ValueError, struct.error, IndexError: damaged.
    """
    return content[_frame_of(content) + 9]


def _of_jpeg(content: bytes) -> tuple[int, int]:
    high, wide = struct.unpack_from(">HH", content, _frame_of(content) + 5)
    return wide, high


def _frame_of(content: bytes) -> int:
    """Where a JPEG says how large it is."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise ValueError(f"no mark at byte {at}")
        mark = content[at + 1]
        if mark in _ALONE:
            at += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES:
            return at
        at += 2 + max(2, struct.unpack_from(">H", content, at + 2)[0])
    raise ValueError("it does not say how large it is")


def _of_webp(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        wide, high = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return wide, high
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", content, 26)
        return wide & 0x3FFF, high & 0x3FFF
    raise ValueError("it does not say how large it is")


def _of_tiff(content: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if content.startswith(b"II") else ">"
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) > _MOST_TIFF:
            raise ValueError("its list of pages does not end")
        seen.add(at)
        (entries,) = struct.unpack_from(f"{order}H", content, at)
        size = {256: 0, 257: 0}
        for number in range(entries):
            place = at + 2 + 12 * number
            tag, kind = struct.unpack_from(f"{order}HH", content, place)
            if tag in size:
                (size[tag],) = struct.unpack_from(
                    order + ("H" if kind == 3 else "I"), content, place + 8
                )
        yield size[256], size[257]
        (at,) = struct.unpack_from(f"{order}I", content, at + 2 + 12 * entries)
