"""Chapters: which are those of a book or a PDF, by its own table of contents?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.article import RawDocument
from corpus.cleaner.files.books import (
    IN_PAGES,
    blocks_of,
    package_of,
    spine_of,
    title_of,
    within,
)
from corpus.cleaner.files.papers import opened
from corpus.cleaner.files.parts import Parts, local, refuse_bomb
from corpus.cleaner.files.properties import said_title
from corpus.errors import UnreadableInput, UnsafeInput, UnsupportedFormat

_MOST_CHAPTERS = 1000
_MOST_BYTES = 4 << 30
"""Each chapter travels with its book: so much of a run, and no more, for one book."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter.

    Attributes:
        place: where it begins, for a person: a file of the book, or a page.
        first, last: its files or pages, counted from 0.
    """

    place: str
    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Book:
    """A title, empty where there is none, and chapters: less than two where they are not told."""

    title: str
    chapters: Sequence[Chapter]


def book_of(raw: RawDocument) -> Book:
    """The chapters of an EPUB.

    Raises:
        UnreadableInput: damaged, or locked.
        UnsafeInput: it unpacks to too much, or has too many chapters.
    """
    refuse_bomb(raw)
    with Parts(raw) as parts:
        path, book = package_of(parts)
        files = spine_of(path, book)
        told = list(_contents(parts, path, book)) or [(path, "") for path in files]
        places = {path: number for number, path in reversed(list(enumerate(files)))}
        begins = [(places[path], title) for path, title in told if path in places]
        chapters = [
            Chapter(files[first], title, first, last)
            for first, last, title in _parted(begins, len(files))
            if any(blocks_of(parts.xml(path), IN_PAGES) for path in files[first : last + 1])
        ]
    return _within_bounds(Book(title_of(book), chapters), raw)


def paper_of(raw: RawDocument) -> Book:
    """The chapters of a PDF, by its bookmarks; none where pypdf is not installed or fails on it,
    which the cleaner will tell of.

    Raises:
        UnsafeInput: it has too many.
    """
    try:
        with opened(raw) as reader:
            begins = [
                (page, " ".join(str(mark.title).split()))
                for mark in _top(reader.outline)
                if (page := reader.get_destination_page_number(mark)) is not None and page >= 0
            ]
            title = said_title(reader.metadata.title if reader.metadata else None)
            pages = len(reader.pages)
    except (UnsupportedFormat, UnreadableInput):
        return Book("", ())
    chapters = [
        Chapter(f"page {first + 1}", title, first, last)
        for first, last, title in _parted(begins, pages)
    ]
    return _within_bounds(Book(title, chapters), raw)


def _within_bounds(book: Book, raw: RawDocument) -> Book:
    count = len(book.chapters)
    if count > _MOST_CHAPTERS or count * len(raw.content) > _MOST_BYTES:
        raise UnsafeInput(
            f"it has {count:,} chapters, too many for a file of its size",
            where=raw.locator,
            advice="Add it without --chapters, as one article",
        )
    return book


def _parted(begins: Iterable[tuple[int, str]], length: int) -> Iterator[tuple[int, int, str]]:
    """First, last and title of each part; what stands before the first is one too."""
    titles: dict[int, str] = {}
    for place, title in begins:
        titles.setdefault(place, title)
    if titles:
        titles.setdefault(0, "")
    for first, after in pairwise([*sorted(titles), length]):
        yield first, after - 1, titles[first]


def _contents(parts: Parts, package: str, book: Any) -> Iterator[tuple[str, str]]:
    """Files and titles of a table of contents: of EPUB 3, else of EPUB 2."""
    manifest = [one for one in book.iter() if local(one) == "item"]
    modern = [one for one in manifest if "nav" in str(one.get("properties") or "").split()]
    older = [one for one in manifest if "ncx" in str(one.get("media-type") or "")]
    for item, entry, link, label, address in (
        *((one, "li", "a", "a", "href") for one in modern),
        *((one, "navPoint", "content", "navLabel", "src") for one in older),
    ):
        path = within(package, str(item.get("href") or ""))
        if path not in parts.names:
            continue
        listed = _table(parts.xml(path))
        entries = _highest([one for one in listed.iter() if local(one) == entry], entry)
        found = [(_first(one, link), _first(one, label)) for one in entries]
        told = [
            (within(path, str(to.get(address) or "")), " ".join("".join(said.itertext()).split()))
            for to, said in found
            if to is not None and said is not None
        ]
        if told:
            yield from told
            return


def _table(page: Any) -> Any:
    """The table of contents on a page that lists landmarks and numbers of pages too."""
    tables = [one for one in page.iter() if local(one) == "nav"]
    return next((one for one in tables if "toc" in one.attrib.values()), (*tables, page)[0])


def _highest(entries: Sequence[Any], name: str) -> list[Any]:
    """Those that lie in no other; where that is one, those in it."""
    top = [one for one in entries if not any(local(up) == name for up in one.iterancestors())]
    inner = [one for one in entries if one not in top]
    return top if len(top) > 1 or not inner else _highest(inner, "")


def _first(entry: Any, name: str) -> Any:
    return next((one for one in entry.iter() if local(one) == name), None)


def _top(outline: Sequence[Any]) -> list[Any]:
    """The highest marks of an outline; where that is one, those in it."""
    marks = [one for one in outline if not isinstance(one, list)]
    inner = [one for one in outline if isinstance(one, list)]
    return _top(inner[0]) if len(marks) == 1 and inner and inner[0] else marks
