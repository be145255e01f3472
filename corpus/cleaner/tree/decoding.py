"""Decoding: what characters do these bytes spell?

The order of trust: a byte-order mark, bytes that are valid UTF-8 (other encodings almost never are,
by accident), what the document or the server declares, a guess. Text that was decoded twice on its
way here ("mojibake") is repaired only where the repair is certain.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

import webencodings
from charset_normalizer import from_bytes

from corpus.cleaner.tree.encodings import likeliest
from corpus.soundness import flags_of, sound

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_NO_CHARSETS = frozenset(  # codecs of Python that no page is written in
    "idna punycode undefined unicode-escape raw-unicode-escape utf-7 mbcs oem".split()
)
_WIDE_UNITS = ("utf-16", "utf-32")  # what declares them in plain letters is not written in them
_DECLARED_WITHIN = 8192
_GUESS_FROM = 32768
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(1, 9), 11, 12, *range(14, 32), 127])
_BINARY = 0.05
_PLAIN = 0.2  # of what is in UTF-16 without a mark is ASCII: markup, spaces
_WIDE_SAMPLE, _SHORTEST = 4096, 64
_WIDE_ODD = 0.1  # of what is in two bytes and is read in one is control characters; in fact half
_WIDE_PLAIN, _WIDE_SPACES = 0.9, 0.05
_FIRST_HAN = 0x2E80
_CENTRAL_EUROPEAN = re.compile(
    rb"""<html\b[^>]{0,300}?\blang\s*=\s*["']?(?:hu|cs|sk|pl|ro|hr|sl|sq)\b""", re.IGNORECASE
)
_SLIPS = 0.002  # a page with fewer broken bytes than this is UTF-8 with a slip in it
_NO_ACCIDENT = 3  # signs of several bytes in a line
_SEVERAL_BYTES = frozenset(
    ("gb18030", "big5hkscs", "big5", "euc_jp", "cp932", "shift_jis", "cp949", "euc_kr")
)
_SURE = 8  # characters of several bytes that are sound for each broken one: no accident
_REPLACED = re.compile("\ufffd+")  # the bytes of one broken character
_SHIFTED = re.compile(rb"\x1b\$[@B]|\x1b\(J|\x1b\$\(D")  # what only ISO-2022-JP has

# Two or more characters that are the bytes of one UTF-8 character read as Windows-1252.
_LEAD = "[\u00c2-\u00f4]"
_TRAIL = (
    "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
_MOJIBAKE = re.compile(f"{_LEAD}{_TRAIL}")
_LEADS = b"\xc3"  # what all of `_LEAD` begin with in UTF-8: found or not in no time
_CERTAIN_AT = 2  # places, before a document counts as decoded twice


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and how they were told.

    Attributes:
        encoding: Python's name of the codec.
        basis: `bom`, `utf-8`, `header`, `declared` or `guessed`.
        flags: `bytes_unread`, `garbled` (many of them), `mojibake_repaired`, `nul_removed`.
    """

    text: str
    encoding: str
    basis: str
    flags: tuple[str, ...] = ()


def decode(
    content: bytes, *, media_type: str = "", headers: Mapping[str, str] | None = None
) -> Decoded:
    """Reads bytes as text; never fails: what cannot be read becomes U+FFFD and a flag.

    Args:
        media_type: may carry `; charset=`.
        headers: HTTP headers with lower-case names; `content-type` counts.
    """
    header = media_type + ";" + (headers or {}).get("content-type", "")
    text, encoding, basis = _read(content, header)
    flags = []
    if "\0" in text:
        text = text.replace("\0", "")
        flags.append("nul_removed")
    if len(content.translate(None, _CONTROL_BYTES)) < len(content):
        flags += sorted(flags_of(text))
        text = sound(text)  # before anything is compared: headings with the title
    if encoding != "utf-8" or _LEADS in content:
        text, repaired = repair_mojibake(text)
        flags += ["mojibake_repaired"] * repaired
    unread = text.count("\ufffd")
    if unread and b"\xef\xbf\xbd" not in content:
        flags.append("bytes_unread")
    if unread > max(2, _SLIPS * len(text)):
        flags.append("garbled")
    return Decoded(text, encoding, basis, tuple(flags))


def looks_binary(content: bytes) -> bool:
    """Whether bytes are no text in any encoding: many control characters that text never holds."""
    head = content[:_GUESS_FROM]
    if (marked := _marked(head)) is not None and marked[1].startswith(_WIDE_UNITS):
        # the letters of most scripts have a half that alone would be a control character
        text = marked[0]
        ascii_letters = sum(sign.isascii() for sign in text)
        odd = sum(sign == "\ufffd" or (sign < " " and not sign.isspace()) for sign in text)
        if wide_without_mark(head):
            return False
        if odd <= _BINARY * len(text) and (
            marked[2] == "bom" or ascii_letters > _PLAIN * len(text)
        ):
            return False
    return len(_CONTROL.findall(head)) > max(8, _BINARY * len(head))


def repair_mojibake(text: str) -> tuple[str, bool]:
    """Undoes UTF-8 that was read as another encoding, line by line, where ftfy is sure of it.

    Only in a text with at least two such places: a lone "Ã©" may be meant.
    """
    if text.isascii() or len(_MOJIBAKE.findall(text)) < _CERTAIN_AT:
        return text, False
    import ftfy  # noqa: PLC0415 - few pages need it, and loading takes a tenth of a second

    lines = text.split("\n")
    repaired = [ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line for line in lines]
    return "\n".join(repaired), repaired != lines


def _marked(content: bytes) -> tuple[str, str, str] | None:
    """What marks of its own tell: one of byte order, zeros, the shifts of ISO-2022-JP."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace").lstrip("\ufeff"), encoding, "bom"
    if content[:256].count(0) * 3 > len(content[:256]):
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
        return content.decode(encoding, "replace"), encoding, "guessed"
    if encoding := wide_without_mark(content):
        return content.decode(encoding, "replace"), encoding, "guessed"
    if _SHIFTED.search(content[:_GUESS_FROM]):
        return content.decode("iso2022_jp_ext", "replace"), "iso2022_jp_ext", "guessed"
    return None


def wide_without_mark(content: bytes) -> str:
    """Whether bytes spell words as UTF-16, though no mark says so: its name, else "".

    In one byte each, its letters have a control character or a zero beside them; in two, they are
    letters and spaces.
    """
    head = content[:_WIDE_SAMPLE]
    if len(_CONTROL.findall(head)) + head.count(0) < _WIDE_ODD * len(head) or len(head) < _SHORTEST:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) & ~1].decode(encoding, "replace")
        words = sum(sign.isalpha() and ord(sign) < _FIRST_HAN for sign in text)
        spaces = text.count(" ") + text.count("\n")
        plain = words + spaces + sum("!" <= sign <= "@" for sign in text)
        if plain >= _WIDE_PLAIN * len(text) and spaces >= _WIDE_SPACES * len(text):
            return encoding
    return ""


def _read(content: bytes, header: str) -> tuple[str, str, str]:
    marked = _marked(content)
    if marked is not None:
        return marked
    try:
        return content.decode("utf-8"), "utf-8", "utf-8"
    except UnicodeDecodeError:
        pass
    loose = _REPLACED.sub("\ufffd", content.decode("utf-8", "replace"))
    broken = loose.count("\ufffd")
    sound = sum(map(len, _SEVERAL.findall(loose))) - broken
    if sound >= _SURE * broken:
        return loose, "utf-8", "utf-8"
    odd = b"".join(line for line in content.splitlines(keepends=True) if not _line(line))
    declared = {
        encoding: basis
        for encoding, basis in _declared(content, header)
        if encoding != "utf-8" and _fits(odd, encoding)
    }
    if not declared and broken <= _SLIPS * len(loose):
        return loose, "utf-8", "utf-8"
    told = likeliest(odd, declared)
    if not told and odd and any(map(_is_wide, content.splitlines())):
        told = "cp1252"  # a few letters among lines of UTF-8 say no more
    if told in ("cp1252", "iso8859-1") and _CENTRAL_EUROPEAN.search(content[:_DECLARED_WITHIN]):
        return content.decode("cp1250", "replace"), "cp1250", "guessed"
    if told:
        return _by_lines(content, told), told, declared.get(told, "guessed")
    if broken <= _SLIPS * len(loose):
        return loose, "utf-8", "utf-8"
    return _guess(content, [encoding for encoding, _ in _declared(content, header)])


def _by_lines(content: bytes, encoding: str) -> str:
    """Bytes in one encoding, but for lines that are UTF-8: two texts were put together.

    A line in an encoding of one byte a sign is valid UTF-8 with several signs by accident only.
    """
    if encoding in _SEVERAL_BYTES:
        return content.decode(encoding, "replace")
    return "".join(
        _line(line).decode("utf-8") if _line(line) else line.decode(encoding, "replace")
        for line in content.splitlines(keepends=True)
    )


def _line(line: bytes) -> bytes:
    """A line that is UTF-8 beyond doubt; empty for any other."""
    if line.isascii():
        return line
    try:
        signs = sum(not sign.isascii() for sign in line.decode("utf-8"))
    except UnicodeDecodeError:
        return b""
    return line if signs >= _NO_ACCIDENT else b""


def _is_wide(line: bytes) -> bool:
    return not line.isascii() and bool(_line(line))


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_SEVERAL = re.compile("[^\x00-\x7f]+")


def _declared(content: bytes, header: str) -> list[tuple[str, str]]:
    found = [(label, "header") for label in _HEADER_CHARSET.findall(header)]
    found += [
        ((match[1] or match[2]).decode("ascii", "replace"), "declared")
        for match in _DECLARATION.finditer(content[:_DECLARED_WITHIN])
    ]
    return [(encoding, basis) for label, basis in found if (encoding := _codec(label))]


def _codec(label: str) -> str:
    """Python's name of the codec for a label as browsers read it; "" for none.

    What the WHATWG does not list, DOS code pages and East Asian encodings that browsers gave up, is
    read where Python can.
    """
    listed = webencodings.lookup(label)
    try:
        name = codecs.lookup(listed.codec_info.name if listed else label).name
        "".encode(name)
    except (LookupError, ValueError):  # no such codec, or one that makes no text
        return ""
    if name in _NO_CHARSETS or name.startswith(_WIDE_UNITS):
        return ""
    return "gb18030" if name in ("gbk", "gb2312") else name


def _guess(content: bytes, declared: list[str]) -> tuple[str, str, str]:
    best = from_bytes(content[:_GUESS_FROM]).best()
    encoding = best.encoding if best else (declared[0] if declared else "cp1252")
    return content.decode(encoding, "replace"), encoding, "guessed"
