"""Books: how do EPUB and OpenDocument files become articles? Their text, taken as a record.

They are pages of XML in a ZIP archive: what Python and lxml have is enough for them. Of a book each
chapter is read, in the order of its spine.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import unquote

from lxml import etree

from corpus.article import Article, RawDocument, Removed
from corpus.cleaner.files.parts import Parts, local, refuse_bomb, xml_of
from corpus.cleaner.files.properties import said_author, said_title
from corpus.cleaner.records import clean_record
from corpus.errors import NoArticleFound, UnreadableInput
from corpus.soundness import CUT_OFF

CHAPTER = "chapter"
"""Under which a reader declares which part of a book or PDF one chapter is."""

NOTE = "note"


def clean_epub(raw: RawDocument) -> Article:
    """Reads the chapters of a book.

    Raises:
        UnreadableInput: damaged, or locked.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    refuse_bomb(raw)
    with Parts(raw) as parts:
        path, book = package_of(parts)
        files = spine_of(path, book)
        first, last = part_of(raw) or (0, len(files) - 1)
        pages, lost = _pages(parts, files[first : last + 1])
    notes: list[str] = []
    told = [text for page in pages if (text := blocks_of(page, IN_PAGES, notes=notes))]
    article = article_of(
        raw,
        text="\n\n".join(told),
        notes=notes,
        title="" if part_of(raw) else title_of(book),
        bylines="; ".join(_authors(book)),
        outlet=said_in(book, "publisher"),
        date=_published(book),
        language=said_in(book, "language"),
    )
    if not lost:
        return article
    flags = tuple(sorted({*article.quality.flags, CUT_OFF}))
    return replace(article, quality=replace(article.quality, flags=flags))


def _pages(parts: Parts, files: Sequence[str]) -> tuple[list[Any], bool]:
    """The files that can be read, and whether there are others.

    Raises:
        UnreadableInput: none can.
    """
    pages: list[Any] = []
    damage: UnreadableInput | None = None
    for file in files:
        try:
            pages.append(parts.xml(file))
        except UnreadableInput as error:
            damage = damage or error
    if damage and not pages:
        raise damage
    return pages, damage is not None


def title_of(book: Any) -> str:
    """The title of a book that its package gives several: the one called main, else the first."""
    titles = _told(book, "title")
    main = [text for text, kind in titles if kind("title-type") == "main"]
    return next(iter((*main, *(text for text, _ in titles))), "")


def _authors(book: Any) -> list[str]:
    """Whom a book is by; translators and editors only where nobody else is named."""
    told = [(text, kind("role")) for text, kind in _told(book, "creator")]
    return [text for text, role in told if role in ("", "aut")] or [text for text, _ in told]


def _published(book: Any) -> str:
    """When a book was published; not when its file was made or changed."""
    told = [(text, kind("event")) for text, kind in _told(book, "date")]
    wanted = ("publication", "", "original-publication")
    return next((text for one in wanted for text, event in told if event == one), "")


def _told(book: Any, name: str) -> list[tuple[str, Callable[[str], str]]]:
    """Each value of a name in a package, and what is said of it: beside it, or as a refinement."""
    refined = {
        (str(one.get("refines")).removeprefix("#"), str(one.get("property"))): _words(one)
        for one in book.iter()
        if local(one) == "meta" and one.get("refines")
    }

    def kind(one: Any, about: str) -> str:
        beside = (value for key, value in one.attrib.items() if etree.QName(key).localname == about)
        said = next(beside, "") or refined.get((str(one.get("id")), about), "")
        return said.strip().lower()

    return [
        (text, partial(kind, one))
        for one in book.iter()
        if local(one) == name and (text := _words(one))
    ]


def _words(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def part_of(raw: RawDocument) -> tuple[int, int] | None:
    """The first and the last page or file of the chapter that a document is; None for the whole.

    Raises:
        UnreadableInput: what is declared is none.
    """
    told = raw.declared.get(CHAPTER)
    if told is None:
        return None
    first, _, last = told.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        raise UnreadableInput(f"{told!r} is no chapter", where=raw.locator)
    return int(first) - 1, int(last) - 1


def package_of(parts: Parts) -> tuple[str, Any]:
    """The file in which a book says what it is and holds, and what that says.

    Raises:
        UnreadableInput: damaged, or locked.
    """
    container = parts.xml("META-INF/container.xml")
    package = next((one for one in container.iter() if local(one) == "rootfile"), None)
    path = str(package.get("full-path") or "") if package is not None else ""
    book = parts.xml(path)
    if "META-INF/encryption.xml" in parts.names and _is_locked(parts):
        raise UnreadableInput("the book is locked (DRM)", where=parts.locator)
    return path, book


def spine_of(path: str, book: Any) -> list[str]:
    """The files of a book in the order of reading."""
    files = {
        str(one.get("id")): within(path, str(one.get("href") or ""))
        for one in book.iter()
        if local(one) == "item"
    }
    spine = [str(one.get("idref")) for one in book.iter() if local(one) == "itemref"]
    return [files[one] for one in spine if files.get(one)]


def within(path: str, link: str) -> str:
    """The path of what a file links, in the same archive; empty for no link."""
    file = unquote(link.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else ""


def clean_odt(raw: RawDocument) -> Article:
    """Reads the paragraphs of an OpenDocument text, packed or as one file of XML (`.fodt`).

    Raises:
        UnreadableInput: damaged, or locked with a password.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    if raw.content.startswith(b"PK"):
        refuse_bomb(raw)
        with Parts(raw) as parts:
            content = parts.xml("content.xml")
            meta = parts.xml("meta.xml") if "meta.xml" in parts.names else None
    else:
        content = xml_of(raw.content, raw.locator, "the file")
        meta = next((one for one in content.iter() if local(one) == "meta"), None)
    body = next((one for one in content.iter() if local(one) == "body"), content)
    author = "" if meta is None else said_in(meta, "initial-creator") or said_in(meta, "creator")
    title = "" if meta is None else said_in(meta, "title")
    # Its dates are those of the file, as in Word: only the text can say when it was published.
    said = {"title": said_title(title), "bylines": said_author(author)}
    notes: list[str] = []
    return article_of(raw, text=blocks_of(body, _IN_ODT, notes=notes), notes=notes, **said)


def _is_locked(parts: Parts) -> bool:
    """Whether more than its fonts is encrypted, which publishers scramble in open books too."""
    entries = parts.xml("META-INF/encryption.xml").iter()
    named = (str(one.get("URI") or "") for one in entries if local(one) == "CipherReference")
    return any(name.lower().endswith((".xhtml", ".html", ".htm", ".xml")) for name in named)


IN_PAGES = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "dd", "div")
)
_IN_ODT = frozenset(("p", "h"))
_UNSHOWN = frozenset(
    (
        "script", "style", "head", "annotation", "tracked-changes", "index-body", "title", "nav",
        "rt", "rp", "ruby-text", "desc", "hidden-text",
    )
)  # fmt: skip
_BOXES = frozenset(("text-box",))
_NOTES = frozenset(
    (
        "footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote",
        "footnotes", "endnotes", "rearnotes", "doc-endnotes",
    )
)  # fmt: skip
_MARKS = frozenset(("noteref", "pagebreak", "doc-noteref", "doc-pagebreak"))
_MARK = re.compile(r"[\W_]*(?:\d{1,4}|[a-z])?[\W_]*")


def blocks_of(root: Any, kinds: frozenset[str], *, notes: list[str] | None = None) -> str:
    """The text of the innermost blocks of some kinds, a paragraph each.

    What stands in a box is told behind the paragraph that the box hangs on.

    Args:
        notes: takes the notes of its pages, which are none of its text.
    """
    told = _Paragraphs()
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if _is_note(element, name):
            if event == "start" and not hidden and notes is not None and (words := _noted(element)):
                notes.append(words)
            hidden += 1 if event == "start" else -1
        elif name in _UNSHOWN or not name or _is_mark(element, name):
            hidden += 1 if event == "start" else -1
        elif not hidden:
            if name in kinds:
                told.end()
            if name in _BOXES:
                told.box(opened=event == "start")
            if event == "start":
                told.words.append(_SPACES.get(name, "") + (element.text or ""))
        if event == "end" and not hidden and element is not root:
            told.words.append(element.tail or "")
    told.end()
    return "\n\n".join(told.found)


class _Paragraphs:
    """The paragraphs of a text, or of the box that is open in it.

    Attributes:
        found: those that ended.
        words: of the one that is open.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.words: list[str] = []
        self._boxed: list[str] = []  # to be told behind the one that is open
        self._around: list[tuple[list[str], list[str], list[str]]] = []

    def end(self) -> None:
        text = " ".join("".join(self.words).split()).replace("\u00ad", "")
        self.found += [*filter(None, (text,)), *self._boxed]
        self.words, self._boxed = [], []

    def box(self, *, opened: bool) -> None:
        if opened:
            self._around.append((self.found, self.words, self._boxed))
            self.found, self.words, self._boxed = [], [], []
        else:
            self.end()
            inside = self.found
            self.found, self.words, self._boxed = self._around.pop()
            self._boxed += inside


def _is_note(element: Any, name: str) -> bool:
    """Whether an element is a note of a page, or holds nothing but such."""
    return name == "note" or (bool(name) and not _NOTES.isdisjoint(_types(element)))


def _noted(note: Any) -> str:
    """The words of a note; its mark, in a file of OpenDocument, is none of them."""
    body = next((one for one in note.iter() if local(one) == "note-body"), note)
    return " ".join(" ".join(map(str, body.itertext())).split())


def _types(element: Any) -> list[str]:
    return [
        word for key, value in element.attrib.items() if _is_type(key) for word in value.split()
    ]


def _is_mark(element: Any, name: str) -> bool:
    """Whether an element of a page is the mark of a note, or a page's number."""
    if not _MARKS.isdisjoint(_types(element)):
        return True
    if name not in ("sup", "a"):
        return False
    inside = "a" if name == "sup" else "sup"
    return (
        len(element) == 1
        and local(element[0]) == inside
        and not (element.text or "").strip()
        and _MARK.fullmatch(_words(element)) is not None
    )


def _is_type(key: str) -> bool:
    return key == "role" or key.endswith("}type")


_SPACES = {"br": " ", "line-break": " ", "tab": " ", "s": " "}


def said_in(root: Any, name: str) -> str:
    told = (_words(one) for one in root.iter() if local(one) == name)
    return next(filter(None, told), "")


def article_of(raw: RawDocument, *, text: str, notes: Sequence[str] = (), **said: str) -> Article:
    """The article of a text and what its file says of it; its notes are listed as taken out.

    Raises:
        NoArticleFound: the text is empty.
    """
    text = _paired(text).strip()
    if part_of(raw):  # its headline is no paragraph
        text = text.removeprefix(f"{raw.declared.get('title', '')}\n\n")
    if not text:
        raise NoArticleFound("there is no text in this file", where=raw.locator)
    record = {"text": text, **{name: value.strip() for name, value in said.items()}}
    content = json.dumps({name: value for name, value in record.items() if value}).encode()
    article = clean_record(replace(raw, content=content, media_type="application/json"))
    removed = (Removed(NOTE, " ".join(_paired(note).split())) for note in notes)
    return replace(article, removed=(*article.removed, *removed))


def _paired(text: str) -> str:
    """Halves of characters that were written one by one, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
