"""MediaWiki: which articles are in the dump of a wiki, and what do they say without its marks?

Of each page the last version. Pages about the wiki (talk, templates, files) and redirects are no
articles.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from corpus.errors import InputError, InvalidRecord
from corpus.readers.dumps.pieces import pieces
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import Read, Source

READER = "mediawiki/1"

_PAGE = re.compile(rb"<page\b[^>]{0,200}>")
_PAGE_END = b"</page>"
_DUMP_END = b"</mediawiki"
_REDIRECT = re.compile(r"\s*#[^\W\d_]{5,20}\s*:?\s*\[\[", re.IGNORECASE)


def read_mediawiki(source: Source) -> Read:
    """Gives the document of each article; a damaged page costs itself."""
    yield from documents_of(_records(source), source, reader=READER)


def _records(source: Source) -> Iterator[Record]:
    site, base = (_of_site(name, source.head) for name in ("sitename", "base"))
    number = 0
    content: bytes | InputError = b""
    for number, begin, content in pieces(source, _PAGE):
        where = locator_of(source, number)
        if isinstance(content, InputError):
            yield Record(number, content)
            continue
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        page = etree.fromstring(begin + content.partition(_PAGE_END)[0] + _PAGE_END, parser)
        if parser.error_log or _PAGE_END not in content:
            told = parser.error_log[0].message.strip() if parser.error_log else "it is cut off"
            yield Record(number, InvalidRecord(f"the page is damaged ({told})", where=where))
            continue
        values = _article(page, site=site, base=base)
        if values is not None:
            yield Record(number, _checked(values, where))
    where = locator_of(source, number + 1)
    if not number:
        yield Record(1, InvalidRecord("there is no page in this dump", where=where))
    elif isinstance(content, bytes) and _PAGE_END in content and _DUMP_END not in content:
        told = "the dump has no end: the file was cut off"
        yield Record(number + 1, InvalidRecord(told, where=where))


def _of_site(name: str, head: bytes) -> str:
    found = re.search(rb"<%b>([^<]{0,2000})</%b>" % (name.encode(), name.encode()), head)
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def _checked(values: dict[str, Any], where: str) -> dict[str, Any] | InvalidRecord:
    if values["text"]:
        return values
    return InvalidRecord(f"the page {values['title']!r} has no text", where=where)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any, name: str) -> str:
    return next((one.text or "" for one in element if _local(one) == name), "")


def _article(page: Any, *, site: str, base: str) -> dict[str, Any] | None:
    revision = next((one for one in reversed(page) if _local(one) == "revision"), None)
    if revision is None or _text(page, "ns").strip() not in ("", "0"):
        return None
    wikitext = _text(revision, "text")
    if _REDIRECT.match(wikitext) or any(_local(one) == "redirect" for one in page):
        return None
    title = _text(page, "title").strip()
    by = next((one for one in revision if _local(one) == "contributor"), None)
    place = base.rpartition("/")[0]
    said = {
        "id": _text(page, "id"),
        "title": title,
        "date": _text(revision, "timestamp").strip(),
        "url": f"{place}/{quote(title.replace(' ', '_'), safe='/:()')}" if place and title else "",
        "outlet": site,
        "contributor": _text(by, "username") if by is not None else "",
        "revision": _text(revision, "id"),
    }
    told = {name: value for name, value in said.items() if value}
    return {**told, "title": title, "text": plain(wikitext), "original": wikitext}


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSHOWN = re.compile(
    r"<(ref|gallery|math|timeline|score|syntaxhighlight|imagemap)\b[^>]*?(?:/>|>.*?</\1\s*>)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_INNERMOST = re.compile(r"\{\{[^{}]*\}\}|\{\|(?:[^{}|]|\|(?!\})|\{(?!\|))*\|\}")
_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_OUTSIDE = re.compile(r"\[(?:https?:)?//[^\s\]]+(?:\s+([^\]]*))?\]")
_HEADING = re.compile(r"^=+[ \t]*(.*?)[ \t]*=+[ \t]*$", re.MULTILINE)
_LIST_MARK = re.compile(r"^[*#:;]+[ \t]*", re.MULTILINE)
_SWITCH = re.compile(r"__[A-Z]{3,20}__")
_QUOTES = re.compile(r"'{2,5}")
_BREAKS = re.compile(r"\n{3,}")
_DEPTH = 40


def plain(wikitext: str) -> str:
    """The text that a page shows: without templates, tables, notes, pictures and categories."""
    text = _UNSHOWN.sub("", _COMMENT.sub("", wikitext))
    text = _peeled(text, _INNERMOST, _template)
    text = _peeled(text, _LINK, _shown)
    text = _OUTSIDE.sub(lambda found: found[1] or "", text)
    text = _without_empty_parts(text)
    text = _SWITCH.sub("", _QUOTES.sub("", _HEADING.sub(r"\n\1\n", text)))
    text = _LIST_MARK.sub("", text)
    text = html.unescape(_TAG.sub("", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _without_empty_parts(text: str) -> str:
    """The text without headings that nothing stands under: of notes, sources and links."""
    kept: list[str] = []
    filled, below = False, 0  # whether text follows, and of which level the next kept heading is
    for line in reversed(text.split("\n")):
        if _HEADING.fullmatch(line):
            level = len(line) - len(line.lstrip("="))
            if not filled and below <= level:
                continue
            filled, below = False, level
        filled = filled or (not _HEADING.fullmatch(line) and any(map(str.isalnum, line)))
        kept.append(line)
    return "\n".join(reversed(kept))


def _peeled(text: str, innermost: re.Pattern[str], shown: Any) -> str:
    for _ in range(_DEPTH):
        text, count = innermost.subn(shown, text)
        if not count:
            break
    return text


def _template(found: re.Match[str]) -> str:
    """What a template shows, of the few that stand in the middle of sentences."""
    name, *given = (part.strip() for part in found[0][2:-2].split("|"))
    name, given = name.lower(), [part for part in given if "=" not in part]
    if name in _SPACED:
        return _SPACED[name]
    if name in _SHOWING and given:
        return given[0]
    if name in _SHOWING_LAST and given:
        return given[-1]
    if name in _MEASURES and len(given) > 1:
        if given[1] in _RANGES and len(given) > 3:
            return f"{given[0]}{_RANGES[given[1]]}{given[2]} {given[3]}"
        return f"{given[0]} {given[1]}"
    return ""


_SPACED = {
    "nbsp": " ", "spaces": " ", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "ndash": "–",
    "mdash": "—", "'": "'", "!": "|",
}  # fmt: skip
_SHOWING = {"nowrap", "nobr", "nobold", "small", "big", "abbr", "circa", "c.", "sic", "transl"}
_SHOWING_LAST = {"lang", "langue", "lang-en", "tt", "ill", "нп", "нп5", "s"}
_MEASURES = {"convert", "cvt"}
_RANGES = {"-": "–", "–": "–", "to": " to ", "and": " and ", "or": " or ", "by": " by "}


def _shown(link: re.Match[str]) -> str:
    target, label = link[1], link[2]
    before, colon, _ = target.strip().partition(":")
    if colon and before and (label is None or "|" in label or before.lower() in _APART):
        return ""  # a picture, a category, the same page in another language
    shown = target if label is None else label.rpartition("|")[2]
    return shown.partition("#")[0] if label is None else shown


_APART = {
    "file", "image", "category", "media", "datei", "bild", "kategorie", "fichier", "catégorie",
    "файл", "категория", "категорія", "зображення", "изображение", "ملف", "تصنيف", "archivo",
    "categoría", "plik", "kategoria", "dosya", "kategori", "קובץ", "קטגוריה", "پرونده", "رده",
}  # fmt: skip
