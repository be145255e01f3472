"""BibTeX: which entries are in a file, and what do their fields say in plain letters?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

from corpus.errors import InvalidRecord, UnsafeInput
from corpus.readers.dumps.lines import parts_of

_BEGIN = re.compile(r"[\s\ufeff]{0,9}@\s*\w+\s*[{(]")
_HEAD = re.compile(r"[\s\ufeff]*@\s*(\w+)\s*[{(]\s*", re.ASCII)
_KEY = re.compile(r"[^\s,{}=]*\s*,")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_PLAIN = re.compile(r"[^\s,#{}\"]+")
_JOIN = re.compile(r"\s*#\s*")
_NO_ENTRIES = frozenset(("comment", "preamble", "string"))
_DEFINED = re.compile(r"\s*([\w:.+/-]+)\s*=\s*")


def entries(
    lines: Iterable[str], where: str
) -> Iterator[tuple[int, str | UnsafeInput | InvalidRecord]]:
    """Each entry as it is written, abbreviations put in; one without an end costs itself."""
    strings: dict[str, str] = {}
    numbers = count(1)
    for _, part in parts_of(lines, where=where, begin=_BEGIN):
        if isinstance(part, UnsafeInput):
            yield next(numbers), part
            continue
        content = "\n".join(part)
        head = _HEAD.match(content)
        kind = head[1].lower() if head else ""
        if head and kind == "string" and (named := _DEFINED.match(content, head.end())):
            strings[named[1].lower()] = _value(content, named.end(), {})[0]
        if head is None or kind in _NO_ENTRIES:
            continue
        number = next(numbers)
        if not _closed(content):
            told = "the entry has no end: the file was cut off, or a brace is missing"
            yield number, InvalidRecord(told, where=f"{where}!{number}")
        else:
            yield number, _with_strings(content, strings)


def _closed(content: str) -> bool:
    plain = re.sub(r"\\.", "", content)
    return plain.count("{") + plain.count("(") <= plain.count("}") + plain.count(")")


def _with_strings(content: str, strings: dict[str, str]) -> str:
    """The entry with each abbreviation that stands alone as a value written out."""
    if not strings:
        return content
    names = "|".join(map(re.escape, strings))
    alone = re.compile(rf"(=\s*)({names})(?=\s*[,}})\n])", re.IGNORECASE)
    return alone.sub(lambda found: f"{found[1]}{{{strings[found[2].lower()]}}}", content)


def fields_of(content: str) -> dict[str, str]:
    """The fields of one entry by their names in small letters, in plain letters."""
    head = _HEAD.match(content)
    at = head.end() if head else 0
    key = _KEY.match(content, at)
    at = key.end() if key else at
    fields: dict[str, str] = {}
    while named := _NAME.match(content, at):
        value, at = _value(content, named.end(), fields)
        fields.setdefault(named[1].lower(), plain(value))
    return fields


def _value(content: str, at: int, _known: dict[str, str]) -> tuple[str, int]:
    """A value in braces, in quotation marks or alone, of several parts that `#` joins; its end."""
    parts: list[str] = []
    while at < len(content):
        if content[at] in '{"':
            end = _end(content, at)
            parts.append(content[at + 1 : end])
            at = end + 1
        elif found := _PLAIN.match(content, at):
            parts.append(found[0])
            at = found.end()
        else:
            break
        if not (join := _JOIN.match(content, at)):
            break
        at = join.end()
    return "".join(parts), at


def _end(content: str, at: int) -> int:
    """Where what begins at a brace or a quotation mark ends."""
    quoted = content[at] == '"'
    depth = 0
    for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(content, at + quoted):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth and not quoted:
                return found.start()
        elif sign == '"' and quoted and not depth:
            return found.start()
    return len(content)


# LaTeX: how signs are written in it.

_ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_ACCENTED = re.compile(
    r"\\(?:([\"'`^~=.])\s*|([cvuHkrd])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))"
)
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "l": "ł", "L": "Ł", "i": "i", "j": "j", "dh": "ð", "th": "þ", "textendash": "–",
    "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "slash": "/",
    "textasciitilde": "~", "textunderscore": "_", "textbackslash": "\\", "euro": "€", "pounds": "£",
    "S": "§", "textdegree": "°", "par": "\n\n",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*(?:\{\})?")
_SIGN = re.compile(r"\\([%&$#_{}\s,;/-])")
_ADDRESS = re.compile(r"https?://\S+$")


def plain(value: str) -> str:
    """A value in plain letters, as print shows it: its paragraphs kept, its other breaks not."""
    if _ADDRESS.match(value.strip("{} ")):
        return value.strip("{} ").replace("\\", "")
    text = _ACCENTED.sub(_accented, value)
    text = _COMMAND.sub(lambda found: _LETTERS.get(found[1], ""), text)
    text = _SIGN.sub(lambda found: found[1] if found[1] not in ",;/-" else "", text)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    text = re.sub(r"(?<=\S)~(?=\S)", " ", text)
    return "\n\n".join(
        filter(None, (" ".join(part.split()) for part in re.split(r"\n\s*\n", text)))
    )


def _accented(found: re.Match[str]) -> str:
    letter = (found[3] or found[4]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1] or found[2]])
