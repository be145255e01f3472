"""How is a table read? One record a row; columns are known by name, or mapped by a person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import cast

from charset_normalizer import from_bytes

from corpus.errors import InputError, InvalidRecord
from corpus.readers.records import record_document
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

_SEPARATORS = ",;\t|"


def read_csv(source: Source) -> Read:
    """Gives the document of each row; a bad row costs that row.

    Raises:
        InvalidRecord: no column holds text or HTML, or a mapped column is not there.
    """
    csv.field_size_limit(MAX_DOCUMENT)
    head = source.head
    lines = io.TextIOWrapper(source.stream, encoding=_encoding(head), errors="replace", newline="")
    separator = _separator(head.decode("latin-1").partition("\n")[0])
    rows = csv.reader(cast("Iterator[str]", lines), delimiter=separator)
    try:
        columns = _columns(next(rows, []), source)
        yield from _documents(rows, columns, source)
    finally:
        lines.detach()


def _documents(rows: Iterator[list[str]], columns: list[str], source: Source) -> Read:
    number = 1
    while True:
        number += 1
        locator = f"{source.locator}!{number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield InvalidRecord(f"not a row of a table: {error}", where=locator)
            continue
        if not any(cell.strip() for cell in row):
            continue
        record = {key: cell for key, cell in zip(columns, row, strict=False) if cell.strip()}
        try:
            yield record_document(
                record,
                content=json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"),
                locator=locator,
                collected=source.collected,
                reader=READER,
            )
        except InputError as error:
            yield error


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


def _encoding(head: bytes) -> str:
    try:
        head[: max(len(head) - 3, 0)].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            best = from_bytes(head).best()
            return best.encoding if best else "latin-1"
    return "utf-8"
