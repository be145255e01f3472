"""References: which records of programs for references hold a text, and what is said of each?

RIS, EndNote's tags and XML, MEDLINE's tags, BibTeX, Zotero's RDF. A record with an abstract is an
article; one that only names a work is told of, with its address where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from corpus.cleaner.dates.words import MONTHS
from corpus.errors import InputError, InvalidRecord
from corpus.readers.dumps.lines import begun_in, lines_of, parts_of
from corpus.readers.dumps.pieces import pieces
from corpus.readers.press.bibtex import entries, fields_of
from corpus.readers.records import ORIGINAL, Record, documents_of, locator_of
from corpus.readers.source import Read, Source

READER = "references/1"

_RIS = re.compile(
    r"\ufeff?(?:[^\n]{0,200}\n){0,9}?[ \t]{0,9}TY  ?- ?[A-Z]{3,8}[ \t]*\r?\n[A-Z][A-Z0-9]  ?-"
)
_ENW = re.compile(r"[\s\ufeff]*%0 [^\n]{3,60}\n(?:%[0-9A-Z@!&~+*^$(<>] ?[^\n]*\n){1}")
_BIBTEX = re.compile(
    r"\ufeff?(?:[ \t]*(?:%[^\n]*|@(?:comment|string|preamble)[^\n]*)?\r?\n){0,60}"
    r"(?:[^@\s%{][^\n]{0,120}\n){0,4}(?:[ \t]*\r?\n){0,9}(?:[^@\s%{][^\n]{0,120}\n){0,4}"
    r"(?:[ \t]*\r?\n){0,9}[ \t]*@"
    r"(?:article|misc|online|book|in\w+|report|techreport|unpublished|electronic|newspaper\w*|"
    r"magazine\w*|www|manual|thesis|phdthesis|mastersthesis|proceedings|collection|periodical|video)"
    r"\s{0,9}[{(]\s{0,9}[^\s,{}]{0,200}\s{0,9},\s{0,40}\w[\w-]{0,40}\s{0,20}=",
    re.IGNORECASE,
)
_NBIB = re.compile(r"[\s\ufeff]*PMID- ?\d+[ \t]*\n[A-Z]{2,4} {0,2}- ")
_ENDNOTE = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]*>\s*)?<xml>\s*<records>\s*<record\b")
_ZOTERO = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]*>\s*)?<rdf:RDF\b[^>]{0,2000}zotero\.org/namespaces")


def of_references(text: str) -> bool:
    """Whether a text that begins so is a file of such a program."""
    return any(one.match(text) for one in (_RIS, _ENW, _NBIB, _BIBTEX, _ENDNOTE, _ZOTERO))


def read_references(source: Source) -> Read:
    """Gives each record with a text; those without one are told of, each by itself."""
    begun = begun_in(source)
    reader = next((read for sign, read in _KINDS if sign.match(begun)), _ris)
    yield from documents_of(reader(source), source, reader=READER)


# RIS and EndNote's tags: a field a line, which may go on in the next.

_FIELD = re.compile(r"\s?([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_TAG = re.compile(r"%([0-9A-Z@!&~+*^$(<>])(?: (.*))?$")
_BEGIN_RIS, _END_RIS = re.compile(r"[\s\ufeff]?TY  ?-"), re.compile(r"\s?ER  ?-")
_BEGIN_ENW = re.compile(r"[\s\ufeff]?%0 ")

_RIS_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI", "T1", "CT", "BT"),
    "text": ("AB", "N2"),
    "bylines": ("A1", "AU"),
    "outlet": ("T2", "JO", "JF", "JA", "J2", "PB"),
    "date": ("DA", "Y1", "PY"),
    "url": ("UR", "L2", "LK"),
    "language": ("LA",),
    "print_page": ("SP",),
    "section": ("SE",),
    "keywords": ("KW",),
    "id": ("AN", "ID"),
    "doi": ("DO",),
    "note": ("N1",),
}
_ENW_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("T",),
    "text": ("X",),
    "bylines": ("A",),
    "outlet": ("J", "B", "I"),
    "date": ("8", "D"),
    "url": ("U",),
    "language": ("G",),
    "print_page": ("P",),
    "keywords": ("K",),
    "id": ("M",),
    "note": ("Z",),
}
_LONG_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- (.*)$")
_BEGIN_NBIB = re.compile(r"[\s\ufeff]?PMID- ")
_NBIB_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI",),
    "text": ("AB",),
    "bylines": ("FAU",),
    "outlet": ("JT", "TA"),
    "date": ("DP",),
    "language": ("LA",),
    "print_page": ("PG",),
    "keywords": ("OT", "MH"),
    "id": ("PMID",),
}
_SEVERAL = frozenset(("bylines", "keywords"))


def _ris(source: Source) -> Iterator[Record]:
    found = parts_of(lines_of(source), where=source.locator, begin=_BEGIN_RIS, end=_END_RIS)
    yield from _tagged(found, _FIELD, _RIS_KEYS, "TY")


def _enw(source: Source) -> Iterator[Record]:
    found = parts_of(lines_of(source), where=source.locator, begin=_BEGIN_ENW)
    yield from _tagged(found, _TAG, _ENW_KEYS, "0")


def _nbib(source: Source) -> Iterator[Record]:
    found = parts_of(lines_of(source), where=source.locator, begin=_BEGIN_NBIB)
    yield from _tagged(found, _LONG_TAG, _NBIB_KEYS, "PMID")


def _tagged(
    parts: Iterable[tuple[int, list[str] | InputError]],
    form: re.Pattern[str],
    keys: Mapping[str, tuple[str, ...]],
    kind: str,
) -> Iterator[Record]:
    number = 0
    for _, part in parts:
        if isinstance(part, InputError):
            number += 1
            yield Record(number, part)
            continue
        fields: dict[str, list[str]] = {}
        tag = ""
        for line in part:
            if found := form.match(line.lstrip("\ufeff")):
                tag = found[1]
                fields.setdefault(tag, []).append((found[2] or "").strip())
            elif tag and line.strip():
                fields[tag][-1] += f"\n{line.strip()}"
        if kind in fields:
            number += 1
            yield Record(number, _record(fields, keys, "\n".join(part).strip()))


def _record(
    fields: Mapping[str, list[str]], keys: Mapping[str, tuple[str, ...]], original: str
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, tags in keys.items():
        said = [one for tag in tags for one in fields.get(tag, ()) if one]
        if said:
            told[key] = "; ".join(dict.fromkeys(said)) if key in _SEVERAL else said[0]
    if "date" in told:
        told["date"] = _day(told["date"], next(iter(fields.get("PY", fields.get("D", ()))), ""))
    return told | {ORIGINAL: original}


def _day(said: str, year: str) -> str:
    """A day as it is declared: `2023/03/07/` of RIS; a month and day that a year stands beside."""
    parts = [part for part in said.split("/")[:3] if part.strip()]
    if parts and all(part.isdecimal() for part in parts):
        return "-".join(part.zfill(2) for part in parts)
    plain = said.rstrip("/")
    return plain if not year[:4] or year[:4] in plain else f"{plain} {year[:4]}"


# BibTeX: entries in braces.


def _bibtex(source: Source) -> Iterator[Record]:
    for number, content in entries(lines_of(source), source.locator):
        if isinstance(content, InputError):
            yield Record(number, content)
            continue
        fields = fields_of(content)
        said = {
            "title": fields.get("title", ""),
            "text": fields.get("abstract", ""),
            "bylines": re.sub(r"\s+and\s+", "; ", fields.get("author", "")),
            "outlet": next(
                (
                    fields[name]
                    for name in ("journal", "journaltitle", "newspaper", "booktitle",
                                 "howpublished", "publisher", "organization")
                    if fields.get(name) and "://" not in fields[name]
                ),
                "",
            ),
            "date": fields.get("date", "") or _of_parts(fields),
            "url": fields.get("url", ""),
            "language": fields.get("langid", "") or fields.get("language", ""),
            "print_page": fields.get("pages", ""),
            "keywords": fields.get("keywords", ""),
            "doi": fields.get("doi", ""),
            "note": fields.get("note", ""),
        }  # fmt: skip
        yield Record(number, {**_filled(said), ORIGINAL: content.strip()})


def _of_parts(fields: Mapping[str, str]) -> str:
    year, month, day = (fields.get(name, "").strip() for name in ("year", "month", "day"))
    if not month.isdecimal():
        named = month.strip(". ").casefold().split(" ")[0]
        month = str(MONTHS.get(named) or "")
    if not (year.isdecimal() and month):
        return year
    return "-".join(part.zfill(2) for part in (year, month, day) if part.isdecimal())


def _filled(said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if value}


# XML: of EndNote, and Zotero's RDF.

_RECORD = re.compile(rb"<record\b[^>]{0,300}>")
_ITEM = re.compile(
    rb"<(?:bib|rdf|z|link|vcard|foaf):(?!Memo\b|Seq\b|li\b|RDF\b|value\b)[A-Z]\w{2,30} "
    rb"rdf:about=[^>]{0,3000}>"
)
_FILES = frozenset(("attachment", "note"))


def _endnote(source: Source) -> Iterator[Record]:
    for number, head, content in pieces(source, _RECORD):
        if isinstance(content, InputError):
            yield Record(number, content)
            continue
        record = _parsed(b"<record>" + content)
        yield Record(number, _of_endnote(record, head + content, locator_of(source, number)))


def _of_endnote(record: Any, content: bytes, where: str) -> dict[str, Any] | InputError:
    if record is None:
        return InvalidRecord("the record is damaged", where=where)
    year = _first(record, "year")
    said = {
        "title": _first(record, "title"),
        "text": _first(record, "abstract"),
        "bylines": "; ".join(map(_joined, record.iter("author"))),
        "outlet": _first(record, "secondary-title", "full-title", "publisher"),
        "date": _day(date, year) if (date := _first(record, "date")) else year,
        "url": _first(record, "url"),
        "language": _first(record, "language"),
        "print_page": _first(record, "pages"),
        "keywords": "; ".join(map(_joined, record.iter("keyword"))),
        "note": _first(record, "notes", "research-notes"),
        "id": _first(record, "accession-num", "rec-number"),
    }
    return {**_filled(said), ORIGINAL: content.decode("utf-8", "replace").strip()}


def _zotero(source: Source) -> Iterator[Record]:
    number = 0
    for _, head, content in pieces(source, _ITEM):
        number += 1
        if isinstance(content, InputError):
            yield Record(number, content)
            continue
        item = _parsed(_NAMES + head + content)
        if item is None or _named(item, "itemType") in (*_FILES, ""):
            number -= 1
            continue
        yield Record(number, _of_zotero(item, head + content))


_NAMES = (
    b'<r xmlns:rdf="r" xmlns:z="z" xmlns:dcterms="t" xmlns:bib="b" xmlns:foaf="f" xmlns:dc="d"'
    b' xmlns:prism="p" xmlns:link="l" xmlns:vcard="v">'
)


def _of_zotero(item: Any, content: bytes) -> dict[str, Any]:
    whole = item[0] if len(item) else item
    places = [one for one in whole if _local(one) in ("isPartOf", "publisher")]
    persons = [one for one in whole.iter() if _local(one) == "Person"]
    names = (
        " ".join(filter(None, (_named(one, "givenName"), _named(one, "surname"))))
        for one in persons
    )
    own = {_local(one): _joined(one) for one in reversed(whole)}
    about = str(next(iter(whole.attrib.values()), ""))
    said = {
        "title": own.get("title", ""),
        "text": own.get("abstract", ""),
        "bylines": "; ".join(names),
        "outlet": next((title for one in places if (title := _named(one, "title", "name"))), ""),
        "date": own.get("date", ""),
        "url": about if about.startswith("http") else own.get("identifier", ""),
        "language": own.get("language", ""),
        "print_page": own.get("pages", ""),
        "section": own.get("section", ""),
        "kind": own.get("itemType", ""),
    }
    return {**_filled(said), ORIGINAL: content.decode("utf-8", "replace").strip()}


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _named(element: Any, *names: str) -> str:
    """What the first element of one of some names says, whatever its namespace."""
    return next((_joined(one) for one in element.iter() if _local(one) in names), "")


def _first(record: Any, *names: str) -> str:
    """What the first of some elements says that is not empty."""
    found = (_joined(one) for name in names for one in record.iter(name))
    return next(filter(None, found), "")


def _joined(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


_KINDS: tuple[tuple[re.Pattern[str], Callable[[Source], Iterator[Record]]], ...] = (
    (_RIS, _ris),
    (_ENW, _enw),
    (_NBIB, _nbib),
    (_BIBTEX, _bibtex),
    (_ENDNOTE, _endnote),
    (_ZOTERO, _zotero),
)
