"""Editions: which texts are in TEI, JATS and DocBook, in which scholars and archives keep theirs?

A text is one article; a corpus of TEI has many. Notes, page heads and what an editor took out are
left out of it; of two readings the regular one stands.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any, BinaryIO, cast

from lxml import etree

from corpus.cleaner.files.parts import with_characters
from corpus.errors import InputError, InvalidRecord, UnreadableInput
from corpus.readers.dumps.pieces import pieces
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import Read, Source, buffered, some_of

READER = "edition/1"

_AT_ONCE = 1 << 18
_TEI = frozenset(("tei", "tei.2"))
_BLOCKS = frozenset(
    "p ab head lg sp item q quote div list table row opener closer salute signed dateline byline "
    "sec para title formalpara simpara listitem section chapter sidebar blockquote disp-quote "
    "epigraph trailer stage note speaker".split()
)
_LINES = frozenset(("l",))
_APART = frozenset(
    "note fw figdesc del surplus ref-list fn fn-group table-wrap fig footnote "
    "teiheader bibliography info articleinfo bookinfo indexterm".split()
)
_READINGS = {"orig": ("reg",), "sic": ("corr",), "abbr": ("expan",)}
_JOINED = "\0"  # a line break within a word; no text of XML has this sign
_BROKEN = re.compile(rf"[-\u00ad\u2010]?\s*{_JOINED}\s*")
_SPACE = re.compile(r"\s+")
_BREAKS = re.compile(r"[ \t]*\n[ \t]*(?:\n\s*)+")


def read_edition(source: Source) -> Read:
    """Gives the document of each text; those of a corpus are read one by one.

    Raises:
        UnreadableInput: there is none, or what is damaged leaves none.
    """
    sound = replace(source, stream=buffered(cast("BinaryIO", _Sound(source))))
    begun = sound.head.decode("utf-8", "replace")
    entities = dict(_ENTITY_OF_ITS_OWN.findall(begun))
    corpus = _CORPUS.match(begun)
    parts = _in_corpus(sound, corpus[1]) if corpus else iter([(1, sound.all())])
    is_empty = True
    for number, content in parts:
        place = locator_of(source, number)
        if isinstance(content, InputError):
            is_empty = False
            yield content
            continue
        text, errors = _parsed(content, entities, is_wrapped=corpus is not None)
        if text is not None:
            is_empty = False
            record = Record(number, _told(text, place))
            yield from documents_of([record], source, reader=READER)
        if errors:
            is_empty = False
            told = f"the text is damaged at line {errors[0].line} ({errors[0].message.strip()})"
            advice = "What can be read of it was taken in"
            yield UnreadableInput(told, where=place, advice=advice)
    if is_empty:
        raise UnreadableInput("there is no text in this file", where=source.locator)


_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_NO_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


class _Sound(io.RawIOBase):
    """XML as UTF-8 in which damage ends nothing: what are no signs of it are U+FFFD or blanks."""

    def __init__(self, source: Source) -> None:
        self._stream = source.stream
        encoding = _encoding_of(source.head)
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._ready = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # wider in typeshed
        while not self._ready:
            block = some_of(cast("BinaryIO", self._stream), _AT_ONCE)
            text = _NO_SIGNS.sub(" ", self._decode(block, not block))
            if not self._begun:
                text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1).lstrip()
                self._begun = bool(text)
            self._ready = text.encode("utf-8", "replace")
            if not block:
                break
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


def _encoding_of(head: bytes) -> str:
    """The encoding of XML that begins so: by its mark or what it declares, else UTF-8."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


_CORPUS = re.compile(
    r"(?:\s*(?:<\?.{0,2000}?\?>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\])?\s*>))*\s*"
    r"<((?:[\w.-]+:)?teiCorpus(?:\.2)?\b[^>]{0,2000})>",
    re.IGNORECASE | re.DOTALL,
)
_BEGUN = re.compile(rb"<(?:[\w.-]+:)?TEI(?:\.2)?(?=[\s>])", re.IGNORECASE)
"""How a text of a corpus begins; one that is damaged ends where the next one begins."""
_ENDED = re.compile(rb"</(?:[\w.-]+:)?TEI(?:\.2)?\s*>", re.IGNORECASE)
_NAMESPACE = re.compile(r"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")


def _in_corpus(source: Source, root: str) -> Iterator[tuple[int, bytes | InputError]]:
    """Each text of a corpus, in an element that has the namespaces of the corpus."""
    around = b"<texts%s>" % "".join(_NAMESPACE.findall(root)).encode()
    number, rest = 0, b""
    for number, begun, content in pieces(source, _BEGUN):
        if isinstance(content, InputError):
            yield number, content
            continue
        end = max((one.end() for one in _ENDED.finditer(content)), default=len(content))
        rest = content[end:]
        yield number, b"%s%s%s</texts>" % (around, begun, content[:end])
    if b"</" not in rest:
        told = "the corpus has no end: the file was cut off"
        yield number + 1, UnreadableInput(told, where=locator_of(source, number + 1))


_ENTITY = re.compile(r"&([A-Za-z][\w.-]{0,60});")
_ENTITY_OF_ITS_OWN = re.compile(
    r"<!ENTITY\s+([A-Za-z][\w.-]{0,60})\s+[\"']([^\"'&<%]{0,40})[\"']\s*>"
)
_MOST_ENTITIES = 100_000  # in one text; of forty letters each, four megabytes


def _parsed(
    content: bytes, entities: Mapping[str, str], *, is_wrapped: bool
) -> tuple[Any, list[Any]]:
    """The root of what can be read as XML, None where nothing can, and what is wrong with it.

    Args:
        entities: what the file says that names stand for; HTML's are known.
        is_wrapped: it is the first element in the one that is there.
    """

    def meant(found: re.Match[str]) -> str:
        known = entities.get(found[1])
        return found[0] if known is None else escape(known)

    text = content.decode("utf-8")
    text = _ENTITY.sub(meant, text, count=_MOST_ENTITIES) if entities else text
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True
    )
    root = etree.fromstring(with_characters(text.encode()), parser)
    if is_wrapped and root is not None:
        root = next((one for one in root if _name(one) in _TEI), None)
    return root, list(parser.error_log)


def _told(text: Any, where: str) -> dict[str, Any] | InputError:
    said = _of_tei(text) if _name(text) in _TEI else _of_article(text)
    if not said["text"]:
        return InvalidRecord("the text is empty", where=where)
    said[ORIGINAL] = etree.tostring(text, encoding="unicode", with_tail=False)
    return {name: value for name, value in said.items() if value}


def _of_tei(text: Any) -> dict[str, Any]:
    head, body = _first(text, "teiheader"), _first(text, "text")
    source = _first(head, "sourcedesc")
    article = _first(source, "analytic")
    stated = _first(head, "titlestmt")
    journal = next((one for one in _all(source, "title") if one.get("level") in ("j", "m")), None)
    places = (source, _first(head, "creation"), _first(head, "publicationstmt"))
    dates = [one for place in places for one in _all(place, "date")]
    authors = _all(article, "author") or _all(stated, "author")
    languages = [one.get("ident") for one in _all(head, "language")]
    return {
        "title": _words(_first(article, "title")) or _words(_first(stated, "title")),
        "text": _prose(body),
        "date": next(filter(None, map(_date, dates)), ""),
        "bylines": "; ".join(filter(None, map(_person, authors))),
        "outlet": _words(journal) or _words(_first(_first(head, "publicationstmt"), "publisher")),
        "language": _language(body) or next(filter(None, languages), ""),
    }


def _of_article(text: Any) -> dict[str, Any]:
    """What JATS and DocBook say of an article."""
    meta = _first(text, "article-meta", "info", "articleinfo", "bookinfo")
    people = [one for one in _all(meta, "contrib") if one.get("contrib-type") in (None, "author")]
    date = _first(meta, "pub-date", "pubdate", "date")
    title = _first(meta, "article-title", "title")
    abstract = _first(meta, "abstract")
    body = _first(text, "body")
    if body is None and abstract is not None:
        body = abstract
    elif body is None:
        body = text
        if title is None:
            title = next((one for one in text if _name(one) == "title"), None)
    return {
        "title": _words(title),
        "text": _prose(body),
        "date": _parts_of_day(date) if date is not None else "",
        "bylines": "; ".join(filter(None, map(_person, people or _all(meta, "author")))),
        "outlet": _words(_first(text, "journal-title", "publishername")),
        "language": _language(text),
    }


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _all(element: Any, *names: str) -> list[Any]:
    return [] if element is None else [one for one in element.iter() if _name(one) in names]


def _first(element: Any, *names: str) -> Any:
    """The first element of the first of some names that is there; None where none is."""
    if element is None:
        return None
    return next((one for name in names for one in element.iter() if _name(one) == name), None)


def _words(element: Any) -> str:
    return "" if element is None else " ".join(_run(element).split())


def _person(element: Any) -> str:
    """Who is named: by the parts of the name in their order of speaking, where they are told."""
    given = _first(element, "forename", "given-names", "firstname")
    family = _first(element, "surname")
    if family is not None:
        return " ".join(filter(None, (_words(given), _words(family))))
    named = _first(element, "persname", "personname", "name")
    return _words(named if named is not None else element)


def _date(element: Any) -> str:
    for name in ("when", "when-iso", "notBefore", "from"):
        if told := element.get(name):
            return str(told)
    return _words(element)


def _parts_of_day(element: Any) -> str:
    if told := element.get("iso-8601-date"):
        return str(told)
    parts = [_words(_first(element, name)) for name in ("year", "month", "day")]
    known = [part.zfill(2) for part in parts if part.isdecimal()]
    return "-".join(known) if known and parts[0].isdecimal() else _words(element)


def _language(element: Any) -> str:
    if element is None:
        return ""
    return str(element.get("{http://www.w3.org/XML/1998/namespace}lang") or "")


def _prose(body: Any) -> str:
    """The paragraphs of a text, lines of verse below each other."""
    if body is None:
        return ""
    text = _BREAKS.sub("\n\n", _run(body, own=True))
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _run(element: Any, *, own: bool = False) -> str:
    parts: list[str] = []
    _take(element, parts, own=own)
    return _BROKEN.sub("", "".join(parts))


def _take(element: Any, parts: list[str], *, own: bool) -> None:
    """Puts what an element says behind what was said.

    Args:
        own: its blocks are set apart, and what stands before them says nothing of it.
    """
    name = _name(element)
    if name == "lb":
        parts.append(_JOINED if element.get("break") == "no" else " ")
    if not name or _is_apart(element, name):
        return
    around = "\n\n" if own and name in _BLOCKS else "\n" if own and name in _LINES else ""
    parts.append(around)
    parts.append(_SPACE.sub(" ", element.text or ""))
    for child in element:
        _take(child, parts, own=own)
        parts.append(_SPACE.sub(" ", child.tail or ""))
    parts.append(around)


def _is_apart(element: Any, name: str) -> bool:
    if name in _READINGS:  # of two readings the other one
        beside = element.getparent()
        return beside is not None and any(_name(one) in _READINGS[name] for one in beside)
    return name in _APART
