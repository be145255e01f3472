"""Wires: which stories are in the files of agencies, and of collections made for research?

NITF, NewsML-G2 and NewsML 1 are XML; TREC, Gigaword and Reuters-21578 SGML, documents one after the
other without a root.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.article import IS_PART
from corpus.cleaner.files.parts import with_characters
from corpus.errors import InputError, InvalidRecord, UnreadableInput
from corpus.readers.dumps.pieces import pieces
from corpus.readers.posts.post import text_of_html
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import Read, Source

WIRE = "wire/1"
_ITEMS = ("newsItem", "NewsItem", "nitf")
_APART = {"media", "figure", "figcaption", "aside"}
_MARKED_UP = re.compile(r"\s*<(?:p|div|h[1-6]|html|body)\b")
_TEXTS = {"p", "hl1", "hl2", "h1", "h2", "h3", "li", "tr", "block"}


def read_wire(source: Source) -> Read:
    """Gives the document of each story in a file of an agency, one after the other: of a long file
    a story is held at a time, and a damaged one costs itself.

    Raises:
        UnreadableInput: there is none, or what is damaged leaves none.
    """
    first = _BEGINS.search(source.head)
    if first is None or first["name"] == b"NewsItem":  # which may hold others
        yield from _read_whole(source)
        return
    declared = b" ".join(_NAMESPACE.findall(source.head[: first.start()]))
    written = _DECLARATION.match(source.head)
    opened = (written[0] if written else b"") + b"<stories " + declared + b">"
    item = re.compile(rb"<(?:[\w.-]{1,40}:)?" + first["name"] + rb"(?=[\s>])[^>]{0,2000}>")
    ends = re.compile(rb"</(?:[\w.-]{1,40}:)?" + first["name"] + rb"\s{0,9}>")
    yield from documents_of(_stories(source, item, ends, opened), source, reader=WIRE)


_BEGINS = re.compile(rb"<(?:[\w.-]{1,40}:)?(?P<name>newsItem|NewsItem|nitf)(?=[\s>])")
_NAMESPACE = re.compile(rb"xmlns(?::[\w.-]{1,40})?\s?=\s?(?:\"[^\"<>]{1,400}\"|'[^'<>]{1,400}')")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}<\?xml\s[^<>]{1,200}\?>")


def _stories(
    source: Source, item: re.Pattern[bytes], ends: re.Pattern[bytes], opened: bytes
) -> Iterator[Record]:
    """The record of each story, and behind one that is damaged what is to be said of it.

    Args:
        item, ends: how a story begins and ends.
        opened: what stands before the first, that each needs to be read alone.
    """
    for number, head, rest in pieces(source, item):
        if isinstance(rest, InputError):
            yield Record(number, rest)
            continue
        where = locator_of(source, number)
        end = ends.search(rest)
        closed = rest[: end.end()] if end else rest
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(with_characters(opened + head + closed + b"</stories>"), parser)
        story = root[0] if root is not None and len(root) else None
        value = _story(story, where) if story is not None else None
        if value is None or (parser.error_log and isinstance(value, InputError)):
            told = "the story is damaged, and nothing of it can be read"
            yield Record(number, UnreadableInput(told, where=where))
            continue
        yield Record(number, value)
        if parser.error_log:
            told = f"the story is damaged ({parser.error_log[0].message.strip()})"
            advice = "What can be read of it was taken in"
            yield Record(number, UnreadableInput(told, where=where, advice=advice))


def _read_whole(source: Source) -> Read:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(with_characters(source.all()), parser)
    stories = [] if root is None else [one for one in root.iter() if _is_story(one)]
    if not stories:
        raise UnreadableInput("there is no story in this file", where=source.locator)
    numbered = enumerate(stories, start=1)
    records = (Record(number, _story(one, locator_of(source, number))) for number, one in numbered)
    yield from documents_of(records, source, reader=WIRE)
    if parser.error_log:
        error = parser.error_log[0]
        told = f"the file is damaged at line {error.line} ({error.message.strip()})"
        advice = "What can be read of it was taken in"
        raise UnreadableInput(told, where=source.locator, advice=advice)


def _is_story(element: Any) -> bool:
    """Whether an element is a story, and not the text inside of one."""
    return _local(element) in _ITEMS and not any(
        _local(above) in _ITEMS for above in element.iterancestors()
    )


def _story(item: Any, where: str) -> dict[str, Any] | InputError:
    body = _found(item, "body.content", "body", "inlineData", "DataContent")
    text = _prose(body) if body is not None else ""
    if not text:
        return InvalidRecord("the story has no text", where=where)
    dates = ("date.issue", "firstCreated", "contentCreated", "versionCreated", "FirstCreated")
    issued = _found(item, *dates)
    said = {
        "id": item.get("guid") or _value(item, "doc-id", "id-string") or _said(item, "NewsItemId"),
        "title": _said(item, "headline", "hl1", "HeadLine", "title"),
        "text": text,
        "date": ((issued.get("norm") or _joined(issued)) if issued is not None else "")
        or _value(item, "pubdata", "date.publication"),
        "bylines": _byline(item),
        "outlet": _value(item, "pubdata", "name") or _provider(item),
        "language": _value(item, "language", "tag") or item.get(_LANG) or "",
        "dateline": _said(item, "dateline", "located", "DateLine"),
        "copyright": _said(item, "copyrightHolder", "doc.copyright"),
        ORIGINAL: etree.tostring(item, encoding="unicode", with_tail=False),
    }
    return {name: value for name, value in said.items() if value}


_BY = re.compile(r"^by\s+", re.IGNORECASE)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _found(item: Any, *names: str) -> Any:
    """The first element of the first of some names that is there; None where none is."""
    for name in names:
        for one in item.iter():
            if _local(one) == name:
                return one
    return None


def _said(item: Any, *names: str) -> str:
    """What the first of some elements that is there and not empty says."""
    for name in names:
        found = _found(item, name)
        if found is not None and (said := _joined(found)):
            return said
    return ""


def _value(item: Any, name: str, attribute: str) -> str:
    found = _found(item, name)
    return str(found.get(attribute) or "") if found is not None else ""


def _provider(item: Any) -> str:
    provider = _found(item, "provider")
    if provider is None:
        return _said(item, "ProviderId")
    code = str(provider.get("qcode") or "").rpartition(":")[2]
    return _joined(provider) or str(provider.get("literal") or code)


def _byline(item: Any) -> str:
    line = _found(item, "byline")
    persons = () if line is None else [one for one in line.iter() if _local(one) == "person"]
    named = "; ".join(filter(None, map(_joined, persons)))
    line = _BY.sub("", _said(item, "byline", "by", "ByLine"))
    return named or line or "; ".join(_creators(item))


def _creators(item: Any) -> Iterator[str]:
    """Who made the content, as NewsML-G2 has it: persons by their names."""
    for one in item.iter():
        if _local(one) == "creator" and _local(one.getparent()) == "contentMeta":
            yield _said(one, "name")


def _joined(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _prose(body: Any) -> str:
    """The paragraphs in a body; where it has none, its lines."""
    blocks = [
        one
        for one in body.iter()
        if _local(one) in _TEXTS
        and not any(_local(above) in _APART for above in one.iterancestors())
        and not any(_local(below) in _TEXTS for below in one.iterdescendants())
    ]
    if len(body) == 0 and _MARKED_UP.match(body.text or ""):
        return text_of_html(body.text)
    if blocks:
        said = list(filter(None, map(_joined, blocks)))
        return "\n\n".join(said[_repeated(said) :])
    return "\n".join("".join(map(str, body.itertext())).split("\n")).strip()


def _repeated(said: list[str]) -> int:
    """How many paragraphs at the beginning are said again right behind: the lead in a block of its
    own before the whole text.
    """
    return next((many for many in range(1, _MOST_LEAD) if said[:many] == said[many : 2 * many]), 0)


_MOST_LEAD = 9


# Collections for research.

SGML = "sgml/1"
_BEGIN = re.compile(rb"<(?:DOC|REUTERS)\b[^>]{0,2000}>", re.IGNORECASE)
_ID = re.compile(r"\b(?:id|newid)\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,500}>")
_PARAGRAPH = re.compile(r"</?p\b[^>]*>", re.IGNORECASE)
_INDENTED = re.compile(r"\n[ \t]{2,}(?=\S)")
_CLOSED = re.compile(rb"</(?:DOC|REUTERS)\s*>", re.IGNORECASE)
_FIELDS = {
    "id": ("DOCNO", "DOCID"),
    "title": ("HEADLINE", "TITLE", "HL", "HEAD", "TI"),
    "date": ("DATE_TIME", "DATETIME", "DATE", "PUBDATE", "DATE1"),
    "bylines": ("BYLINE", "AUTHOR"),
    "outlet": ("SOURCE", "PUB", "SO"),
    "url": ("URL",),
    "dateline": ("DATELINE",),
    "text": ("BODY", "TEXT", "LEADPARA", "CONTENT"),
}


def read_sgml(source: Source) -> Read:
    """Gives each document of a collection; one that is not closed ends where the next begins."""
    yield from documents_of(_records(source), source, reader=SGML)


def _records(source: Source) -> Iterator[Record]:
    closed = False  # whether documents end by a mark here; then one without it was cut off
    for number, head, content in pieces(source, _BEGIN):
        if isinstance(content, InputError):
            yield Record(number, content)
            continue
        told = _document(content, head, locator_of(source, number))
        ends = _CLOSED.search(content) is not None
        if isinstance(told, dict) and not ends and (closed or _is_open(content)):
            told[IS_PART] = "yes"
        closed = closed or ends
        yield Record(number, told)


def _is_open(content: bytes) -> bool:
    """Whether the text of a document begins by a mark and has none at its end."""
    begun = _TEXT_BEGINS.search(content)
    return begun is not None and _TEXT_ENDS.search(content, begun.end()) is None


_TEXT_BEGINS = re.compile(rb"<(?:TEXT|BODY)\b[^>]{0,200}>", re.IGNORECASE)
_TEXT_ENDS = re.compile(rb"</(?:TEXT|BODY)\s*>", re.IGNORECASE)


def _document(content: bytes, head: bytes, where: str) -> dict[str, Any] | InputError:
    try:
        markup = content.decode("utf-8")
    except UnicodeDecodeError:
        markup = content.decode("cp1252", "replace")
    values = {name: _field(markup, names, whole=name == "text") for name, names in _FIELDS.items()}
    told = _ID.search(head.decode("latin-1"))
    if told and not values["id"]:
        values["id"] = told[1]
    values["date"] = _day(values["date"], values["id"])
    if not values["text"]:
        return InvalidRecord("the document has no text", where=where)
    return {name: value for name, value in values.items() if value} | {ORIGINAL: markup.strip()}


_OF_NUMBER = re.compile(r"(?:[A-Z]{2,4}|_)((?:19|20)\d{6})[._-]\d|(?:AP|WSJ)(\d{6})-\d")


def _day(said: str, number: str) -> str:
    """The day of a document: as it says, else as its number does, which agencies make of it."""
    found = None if said else _OF_NUMBER.search(number)
    digits = (found[1] or found[2]) if found else said
    if not (digits.isdecimal() and len(digits) in (6, 8)):
        return said
    digits = f"19{digits}" if len(digits) == 6 else digits  # such collections end before 2000
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _field(markup: str, names: tuple[str, ...], *, whole: bool) -> str:
    for name in names:
        pattern = rf"<{name}\b[^>]*>(.*?)(?=</{name}\s*>|\Z)"
        found = re.search(pattern, markup, re.DOTALL | re.IGNORECASE)
        if found is None:
            continue
        inside = _INDENTED.sub("\n\n", _PARAGRAPH.sub("\n\n", found[1])) if whole else found[1]
        text = html.unescape(_MARKUP.sub("", inside))
        blocks = (" ".join(block.split()) for block in text.split("\n\n"))
        if text := "\n\n".join(filter(None, blocks)):
            return text if whole else " ".join(text.split())
    return ""
