"""RTF: which text stands between its marks? Groups in braces, and words behind backslashes."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from corpus.article import Article, RawDocument
from corpus.cleaner.files.books import article_of
from corpus.cleaner.files.properties import said_author, said_title
from corpus.soundness import CUT_OFF

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
_HIDING = ("v", "deleted")  # what is hidden, and what a change took out
_INFO = ("title", "author")
_OF_FONTS = ("fonttbl", "fcharset", "f")
_CHARACTERS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "tab": "\t", "cell": "\t",
    "row": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}  # as old programs name code pages
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n\n", b"\r": "\n\n"}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    238: "cp1250",
}  # fmt: skip


def clean_rtf(raw: RawDocument) -> Article:
    """Reads the text of an RTF file.

    Raises:
        NoArticleFound: there is no text in it.
    """
    rtf = _Rtf()
    rtf.read(raw.content)
    title, author = said_title(rtf.info["title"]), said_author(rtf.info["author"])
    article = article_of(raw, text=rtf.text, title=title, bylines=author)
    if not rtf.is_cut_off(raw.content):
        return article
    flags = tuple(sorted({*article.quality.flags, CUT_OFF}))
    return replace(article, quality=replace(article.quality, flags=flags))


def text_of(content: bytes) -> str:
    """The text of an RTF file, its paragraphs parted by empty lines."""
    rtf = _Rtf()
    rtf.read(content)
    return rtf.text


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
        content = content.removeprefix(codecs.BOM_UTF8)
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

    def is_cut_off(self, content: bytes) -> bool:
        """Whether what was read ends in its middle: groups are open, and not by pictures' bytes."""
        whole = content.rstrip(b"\0\r\n\t ").endswith(b"}")
        return bool(self._groups) and not (whole and b"\\bin" in content)

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
        elif word in _MACHINES:
            self._code_page = _MACHINES[word]
        elif word in _OF_FONTS:
            self._font(word, number)
        elif word in _INFO and self._goes == "apart":
            self._goes = word
        elif word in _APART or (word in _HIDING and number != 0):
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
