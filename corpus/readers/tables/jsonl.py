"""JSON Lines: a dump, one JSON object a line; a bad line costs that line.

A file that is one JSON list of objects, or one object over several lines, is read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import MAX_DOCUMENT, Read, Source

READER = "jsonl/1"
_BOM = b"\xef\xbb\xbf"
_SKIPPED_AT_ONCE = 1 << 20


def read_jsonl(source: Source) -> Read:
    """Gives the document of each line; blank lines count for nothing."""
    records = _items(source) if _is_one_value(source.head) else _lines(source)
    yield from documents_of(records, source, reader=READER)


def _lines(source: Source) -> Iterator[Record]:
    number = 0
    while line := source.stream.readline(MAX_DOCUMENT + 1):
        number += 1
        if len(line) > MAX_DOCUMENT:
            _skip_line(source)
            where = locator_of(source, number)
            too_long = f"the line is longer than {MAX_DOCUMENT >> 20} MB"
            yield Record(number, UnsafeInput(too_long, where=where))
        elif content := line.removeprefix(_BOM).strip():
            yield Record(number, _parsed(content, locator_of(source, number)), content)


def _is_one_value(head: bytes) -> bool:
    """Whether the file is one list, or one object, that its first line does not end."""
    first, _, rest = head.removeprefix(_BOM).lstrip().partition(b"\n")
    if first.startswith(b"["):
        return not rest.strip() or isinstance(_parsed(first, ""), InputError)
    return first.strip() == b"{" and bool(rest)


def _items(source: Source) -> Iterator[Record]:
    value = _parsed(source.all(), source.locator)
    if isinstance(value, InputError):
        raise value
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        yield Record(number, item)


def _parsed(content: bytes, where: str) -> Any | InputError:
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        advice = "Convert the file to UTF-8"
        return InvalidRecord(f"not UTF-8 at byte {error.start}", where=where, advice=advice)
    except RecursionError:
        return InvalidRecord("the record is nested too deeply", where=where)
    except ValueError as error:
        return InvalidRecord(f"not JSON: {error}", where=where)


def _skip_line(source: Source) -> None:
    while part := source.stream.readline(_SKIPPED_AT_ONCE):
        if part.endswith(b"\n"):
            return
