"""How is a dump read? One JSON object a line; a bad line costs that line.

A file that is one JSON list of objects, or one object over several lines, is read too.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.records import record_document
from corpus.readers.source import MAX_DOCUMENT, Read, Source

READER = "jsonl/1"
_SKIPPED_AT_ONCE = 1 << 20


def read_jsonl(source: Source) -> Read:
    """Gives the document of each line; blank lines count for nothing."""
    if _is_one_value(source.head):
        yield from _read_one_value(source)
        return
    number = 0
    while line := source.stream.readline(MAX_DOCUMENT + 1):
        number += 1
        locator = f"{source.locator}!{number}"
        if len(line) > MAX_DOCUMENT:
            _skip_line(source)
            yield UnsafeInput(f"the line is longer than {MAX_DOCUMENT >> 20} MB", where=locator)
            continue
        content = line.strip().removeprefix(b"\xef\xbb\xbf")
        if content:
            try:
                record = _parse(content, locator)
                yield record_document(
                    record,
                    content=content,
                    locator=locator,
                    collected=source.collected,
                    reader=READER,
                )
            except InputError as error:
                yield error


def _is_one_value(head: bytes) -> bool:
    """Whether the file is one list, or one object that its first line does not end."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        return True
    first, _, rest = start.partition(b"\n")
    return first.strip() == b"{" and bool(rest)


def _read_one_value(source: Source) -> Read:
    value = _parse(source.all(), source.locator)
    for number, record in enumerate(value if isinstance(value, list) else [value], start=1):
        locator = f"{source.locator}!{number}"
        try:
            yield record_document(
                record,
                content=json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"),
                locator=locator,
                collected=source.collected,
                reader=READER,
            )
        except InputError as error:
            yield error


def _parse(content: bytes, locator: str) -> Any:
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise InvalidRecord(
            f"not UTF-8 at byte {error.start}", where=locator, advice="Convert the file to UTF-8"
        ) from None
    except RecursionError:
        raise InvalidRecord("the record is nested too deeply", where=locator) from None
    except ValueError as error:
        raise InvalidRecord(f"not JSON: {error}", where=locator) from None


def _skip_line(source: Source) -> None:
    while part := source.stream.readline(_SKIPPED_AT_ONCE):
        if part.endswith(b"\n"):
            return
