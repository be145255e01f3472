"""Tables: one record a row; columns are known by name, or mapped by a person."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import cast

from charset_normalizer import from_bytes

from corpus.errors import InvalidRecord
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import MAX_DOCUMENT, Read, Source

READER = "csv/1"

KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "guid"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article", "full_text"),
    "html": ("html", "page"),
    "date": ("date", "published", "published_at", "publish_date", "pub_date", "pubdate"),
    "url": ("url", "link", "address", "permalink"),
    "outlet": ("outlet", "source", "publication", "publisher"),
    "language": ("language", "lang"),
    "bylines": ("bylines", "byline", "author", "authors"),
}
"""The keys of a record, and the names of columns that are taken for them."""

_ENOUGH_TO_GUESS = 1000
"""Bytes from which a guess among all encodings is better than the most common one."""

_COMMONEST = "cp1252"
_NOT_LATIN = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "cp1256", "iso8859_6", "cp1255",
    "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
"""What a table is written in whose letters are mostly beyond ASCII. Among these few a row is
enough: of 16 tables of one row in six languages 15 are told, among all encodings 13.
"""

_SEPARATORS = ",;\t|"


def read_csv(source: Source) -> Read:
    """Gives the document of each row; a bad row costs that row.

    Raises:
        InvalidRecord: no column holds text or HTML, or a mapped column is not there.
    """
    csv.field_size_limit(MAX_DOCUMENT)
    head = source.head
    encoding, guessed = _encoding(head)
    lines = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    separator = _separator(head.decode("latin-1").partition("\n")[0])
    rows = csv.reader(cast("Iterator[str]", lines), delimiter=separator)
    try:
        columns = _columns(next(rows, []), source)
        records = _records(rows, columns, source)
        told = {"encoding": f"{encoding}, guessed"} if guessed else {}
        yield from documents_of(records, source, reader=READER, told=told)
    finally:
        lines.detach()


def _records(rows: Iterator[list[str]], columns: list[str], source: Source) -> Iterator[Record]:
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            where = locator_of(source, number)
            yield Record(number, InvalidRecord(f"not a row of a table: {error}", where=where))
            continue
        if any(cell.strip() for cell in row):
            cells = zip(columns, row, strict=False)
            yield Record(number, {key: cell for key, cell in cells if cell.strip()})


def _columns(header: list[str], source: Source) -> list[str]:
    """The key of each column: mapped by a person, known by its name, else its name as it is."""
    names = [name.strip().removeprefix("\ufeff") for name in header]
    wanted = {column: key for key, column in source.columns.items()}
    missing = sorted(set(wanted) - set(names))
    if missing:
        raise InvalidRecord(
            f"there is no column {missing[0]!r}",
            where=source.locator,
            advice="The columns are " + ", ".join(names[:20]),
        )
    known = _known_names(source.columns)
    keys = [wanted.get(name) or known.get(name.casefold(), name) for name in names]
    if not {"text", "html"} & set(keys):
        raise InvalidRecord(
            "no column holds the text",
            where=source.locator,
            advice=f"Name it: --map text=COLUMN. The columns are {', '.join(names[:20])}",
        )
    return keys


def _known_names(mapped: Mapping[str, str]) -> dict[str, str]:
    return {name: key for key, names in KEYS.items() if key not in mapped for name in names}


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _encoding(head: bytes) -> tuple[str, bool]:
    """The encoding of a table, and whether it is a guess."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character may be cut at the end
    except UnicodeDecodeError:
        beyond = sum(byte >= 0x80 for byte in head)
        if 2 * beyond > sum(byte >= 0x80 or chr(byte).isalpha() for byte in head):
            best = from_bytes(head, cp_isolation=_NOT_LATIN).best()
        else:
            best = from_bytes(head).best() if len(head) >= _ENOUGH_TO_GUESS else None
        return best.encoding if best else _COMMONEST, True
    return "utf-8", False
