"""Books: how do EPUB, OpenDocument and RTF files become articles? Their text, taken as a record.

EPUB and ODT are pages of XML in a ZIP archive, RTF is text between marks: what Python and lxml have
is enough for them. Of a book each chapter is read, in the order of its spine.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5
from typing import Any
from urllib.parse import unquote

from lxml import etree

from corpus.article import Article, RawDocument
from corpus.cleaner.records import clean_record
from corpus.errors import NoArticleFound, UnreadableInput, UnsafeInput

_MOST_UNPACKED = 256 << 20
_MOST_RATIO = 200
_FREE = 32 << 20


def refuse_bomb(raw: RawDocument) -> None:
    """Refuses a ZIP archive that says that it unpacks to more than is believable.

    What it says is held to by the library that unpacks it.

    Raises:
        UnsafeInput: it does.
        UnreadableInput: it is no archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            total = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableInput(f"the file is damaged ({error})", where=raw.locator) from None
    if total > _MOST_UNPACKED or total > max(_FREE, _MOST_RATIO * len(raw.content)):
        raise UnsafeInput(
            f"it unpacks to {total >> 20:,} MB",
            where=raw.locator,
            advice="If you trust it, save its text as a file and add that",
        )


def clean_epub(raw: RawDocument) -> Article:
    """Reads the chapters of a book.

    Raises:
        UnreadableInput: damaged, or locked.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    refuse_bomb(raw)
    with _Parts(raw) as parts:
        container = parts.xml("META-INF/container.xml")
        package = next((one for one in container.iter() if _local(one) == "rootfile"), None)
        path = str(package.get("full-path") or "") if package is not None else ""
        book = parts.xml(path)
        if "META-INF/encryption.xml" in parts.names and _is_locked(parts):
            raise UnreadableInput("the book is locked (DRM)", where=raw.locator)
        files = {
            str(one.get("id")): unquote(str(one.get("href") or ""))
            for one in book.iter()
            if _local(one) == "item"
        }
        spine = [
            files.get(str(one.get("idref"))) for one in book.iter() if _local(one) == "itemref"
        ]
        folder = posixpath.dirname(path)
        chapters = [
            parts.xml(posixpath.normpath(posixpath.join(folder, one))) for one in spine if one
        ]
    text = "\n\n".join(filter(None, (_blocks(one, _IN_PAGES) for one in chapters)))
    return _article(
        raw,
        text=text,
        title=_said(book, "title"),
        bylines="; ".join(_all_said(book, "creator")),
        outlet=_said(book, "publisher"),
        date=_said(book, "date"),
        language=_said(book, "language"),
    )


def clean_odt(raw: RawDocument) -> Article:
    """Reads the paragraphs of an OpenDocument text.

    Raises:
        UnreadableInput: damaged, or locked with a password.
        UnsafeInput: it unpacks to too much.
        NoArticleFound: there is no text in it.
    """
    refuse_bomb(raw)
    with _Parts(raw) as parts:
        content = parts.xml("content.xml")
        meta = parts.xml("meta.xml") if "meta.xml" in parts.names else None
    body = next((one for one in content.iter() if _local(one) == "body"), content)
    author = "" if meta is None else _said(meta, "initial-creator") or _said(meta, "creator")
    title = "" if meta is None else _said(meta, "title")
    # Its dates are those of the file, as in Word: only the text can say when it was published.
    return _article(raw, text=_blocks(body, _IN_ODT), title=title, bylines=author)


_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


def _character(found: re.Match[bytes]) -> bytes:
    """What a character is called in pages, as itself: XML knows but five such names."""
    name = found[1].decode("ascii")
    return found[0] if name in _OF_XML else html5.get(name, found[0].decode()).encode("utf-8")


class _Parts:
    """The parts of a file; a context manager."""

    def __init__(self, raw: RawDocument) -> None:
        self._raw = raw
        self._archive = zipfile.ZipFile(io.BytesIO(raw.content))
        self.names = frozenset(self._archive.namelist())

    def __enter__(self) -> _Parts:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def xml(self, name: str) -> Any:
        """One part, parsed within bounds.

        Raises:
            UnreadableInput: it is not there, locked, or no XML at all.
        """
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, remove_comments=True
        )
        try:
            root = etree.fromstring(_NAMED.sub(_character, self._archive.read(name)), parser)
        except (KeyError, RuntimeError, ValueError, OSError, EOFError, SyntaxError) as error:
            raise self._damaged(name, error) from None
        except (zipfile.BadZipFile, zlib.error) as error:
            raise self._damaged(name, error) from None
        if root is None:
            raise self._damaged(name, ValueError("it is empty"))
        return root

    def _damaged(self, name: str, error: Exception) -> UnreadableInput:
        told = f"the file is damaged ({name or 'its list of parts'}: {error})"
        return UnreadableInput(told, where=self._raw.locator)


def _is_locked(parts: _Parts) -> bool:
    """Whether more than its fonts is encrypted, which publishers scramble in open books too."""
    entries = parts.xml("META-INF/encryption.xml").iter()
    named = (str(one.get("URI") or "") for one in entries if _local(one) == "CipherReference")
    return any(name.lower().endswith((".xhtml", ".html", ".htm", ".xml")) for name in named)


_IN_PAGES = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "dd", "div")
)
_IN_ODT = frozenset(("p", "h"))
_UNSHOWN = frozenset(
    ("script", "style", "head", "annotation", "tracked-changes", "note", "index-body", "title")
)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _blocks(root: Any, kinds: frozenset[str]) -> str:
    """The text of the innermost blocks of some kinds, a paragraph each."""
    paragraphs: list[str] = []
    words: list[str] = []

    def end() -> None:
        text = " ".join("".join(words).split())
        if text:
            paragraphs.append(text)
        words.clear()

    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _local(element)
        if name in _UNSHOWN or not name:
            hidden += 1 if event == "start" else -1
        elif not hidden:
            if name in kinds:
                end()
            if event == "start":
                words.append(_SPACES.get(name, "") + (element.text or ""))
        if event == "end" and not hidden and element is not root:
            words.append(element.tail or "")
    end()
    return "\n\n".join(paragraphs)


_SPACES = {"br": " ", "line-break": " ", "tab": " ", "s": " "}


def _all_said(root: Any, name: str) -> Iterator[str]:
    for one in root.iter():
        if _local(one) == name and (said := " ".join("".join(map(str, one.itertext())).split())):
            yield said


def _said(root: Any, name: str) -> str:
    return next(_all_said(root, name), "")


# RTF: groups in braces, words behind backslashes, and text between them.

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.I,
)
_APART = frozenset(
    (
        "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl",
        "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "fldinst",
        "listtable", "listoverridetable", "themedata", "datastore", "xmlnstbl", "rsidtbl",
        "generator", "latentstyles", "bkmkstart", "bkmkend", "filetbl", "revtbl", "annotation",
    )
)  # fmt: skip
_INFO = ("title", "author")
_OF_FONTS = ("fonttbl", "fcharset", "f")
_CHARACTERS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "tab": "\t", "cell": "\t",
    "row": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n\n", b"\r": "\n\n"}
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250",
}  # fmt: skip


def clean_rtf(raw: RawDocument) -> Article:
    """Reads the text of an RTF file.

    Raises:
        NoArticleFound: there is no text in it.
    """
    rtf = _Rtf()
    rtf.read(raw.content)
    return _article(raw, text=rtf.text, title=rtf.info["title"], bylines=rtf.info["author"])


class _Rtf:
    """One reading of an RTF file.

    Attributes:
        info: title and author, as its properties say.
    """

    def __init__(self) -> None:
        self.info = dict.fromkeys(_INFO, "")
        self._out: list[str] = []
        self._bytes = bytearray()
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._defined = 0  # the font that a table of fonts is about to describe
        # Of each open group: where its text goes, its encoding, characters to skip behind `\u`.
        self._groups: list[tuple[str, str, int]] = []
        self._goes, self._encoding, self._skipped = "text", "", 1
        self._left = 0

    @property
    def text(self) -> str:
        return "".join(self._out)

    def read(self, content: bytes) -> None:
        for word, number, code, symbol, brace, plain in _TOKEN.findall(content):
            if code:
                self._add_bytes(bytes.fromhex(code.decode()))
            elif plain:
                self._add_bytes(plain)
            else:
                self._flush()
                if brace:
                    self._group(opened=brace == b"{")
                elif symbol:
                    self._symbol(symbol)
                elif word:
                    self._word(word.decode().lower(), int(number or b"-1"), given=bool(number))
        self._flush()

    def _group(self, *, opened: bool) -> None:
        if opened:
            self._groups.append((self._goes, self._encoding, self._skipped))
        elif self._groups:
            self._goes, self._encoding, self._skipped = self._groups.pop()
        self._left = 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._goes = "apart"
        else:
            self._add(_SYMBOLS.get(symbol, symbol.decode("latin-1")))

    def _word(self, word: str, number: int, *, given: bool) -> None:
        if word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "u" and given:
            self._add(chr(number % 0x10000))
            self._left = self._skipped
        elif word == "uc":
            self._skipped = max(number, 0)
        elif word == "ansicpg":
            self._code_page = f"cp{number}"
        elif word in _OF_FONTS:
            self._font(word, number)
        elif word in _INFO and self._goes == "apart":
            self._goes = word
        elif word in _APART or (word == "v" and number != 0):
            self._goes = "apart"

    def _font(self, word: str, number: int) -> None:
        if word == "fonttbl":
            self._goes = "fonts"
        elif word == "fcharset":
            self._fonts[self._defined] = _CHARSETS.get(number, "")
        elif self._goes == "fonts":
            self._defined = number
        else:
            self._encoding = self._fonts.get(number, "")

    def _add_bytes(self, content: bytes) -> None:
        while self._left and content:
            content, self._left = content[1:], self._left - 1
        self._bytes += content

    def _flush(self) -> None:
        if self._bytes:
            content, self._bytes = bytes(self._bytes), bytearray()
            try:
                text = content.decode(self._encoding or self._code_page, "replace")
            except LookupError:
                text = content.decode("cp1252", "replace")
            self._add(text)

    def _add(self, text: str) -> None:
        if self._goes == "text":
            self._out.append(text)
        elif self._goes in self.info:
            self.info[self._goes] += text


def _article(raw: RawDocument, *, text: str, **said: str) -> Article:
    text = _paired(text).strip()
    if not text:
        raise NoArticleFound("there is no text in this file", where=raw.locator)
    record = {"text": text, **{name: value.strip() for name, value in said.items()}}
    content = json.dumps({name: value for name, value in record.items() if value}).encode()
    return clean_record(replace(raw, content=content, media_type="application/json"))


def _paired(text: str) -> str:
    """Halves of characters that were written one by one, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
