"""JSON Lines: a dump, one JSON object a line; a bad line costs that line.

A file that is one JSON list of objects, or one object over several lines, is read too.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.posts.accounts import is_actor
from corpus.readers.posts.messengers import is_roster
from corpus.readers.records import Record, documents_of, locator_of
from corpus.readers.source import MAX_DOCUMENT, Read, Source, buffered
from corpus.readers.tables.answers import answered
from corpus.readers.tables.columns import keys_of
from corpus.readers.tables.entities import document, is_entity
from corpus.readers.tables.events import event, events_in
from corpus.readers.tables.items import items
from corpus.readers.tables.shapes import evened, shaped

READER = "jsonl/1"
_BOM = b"\xef\xbb\xbf"
_SKIPPED_AT_ONCE = 1 << 20
_LIST = re.compile(r"\[")
_TEXT_KEYS = {"text", "html", "body", "content"}
_ENVELOPES = 3
_ENVELOPE_KEYS = (
    "articles", "results", "docs", "documents", "items", "stories", "hits", "posts", "entries",
    "records", "data", "response", "value", "result", "Result", "feed",
)  # fmt: skip


def read_jsonl(source: Source) -> Read:
    """Gives the document of each line; blank lines count for nothing."""
    yield from documents_of(records_of(source), source, reader=READER)


def records_of(source: Source) -> Iterator[Record]:
    """The objects in a dump, whether on lines, in one list, or within an object around a list."""
    first = source.head.removeprefix(_BOM).lstrip().partition(b"\n")[0]
    opening = _LIST if first.startswith(b"[") else None
    stream = cast("BinaryIO", source.stream)
    records = (
        items(stream, where=source.locator, opening=opening, several=True)
        if _is_one_value(source.head)
        else _lines(source)
    )
    for record in records:
        if is_entity(record.value):
            if (value := document(record.value)) is not None:
                yield Record(record.number, value)
            continue
        if is_actor(record.value) or is_roster(
            record.value
        ):  # who has the account whose posts are in the file beside it
            continue
        if (answers := answered(record.value)) is not None:
            yield from (Record(number, told) for number, told in enumerate(answers, start=1))
            continue
        if _is_list(record.value):  # a line that is one
            place = record.where or locator_of(source, record.number)
            for number, value in enumerate(cast("list[Any]", record.value), start=1):
                yield _told(Record(number, value, where=f"{place}!{number}"))
            continue
        inside = _within(record.value)
        if inside is None:
            yield _told(record)
        else:
            yield from (
                _told(Record(number, value)) for number, value in enumerate(inside, start=1)
            )


def _told(record: Record) -> Record:
    """The record, or that of the happening which it counts."""
    value: Any = record.value
    if not isinstance(value, dict):
        return record
    if kind := events_in(value):
        return Record(record.number, event(value, kind, record.where or f"record {record.number}"))
    told = shaped(value) or evened(value)
    return Record(record.number, told, where=record.where) if told else record


def addresses_in_records(content: bytes) -> Iterator[str]:
    """The addresses that the objects of a dump name as those of their pages."""
    source = Source(
        stream=buffered(io.BytesIO(content)), locator="", name="", collected=datetime.now(UTC)
    )
    for record in records_of(source):
        if isinstance(record.value, dict):
            keys = keys_of(record.value, {})
            named = (record.value[name] for name, key in keys.items() if key == "url")
            yield from (address for address in named if isinstance(address, str))


def _within(value: Any) -> list[Any] | None:
    """The records in an object that only holds a list of them, as interfaces answer."""
    inside: Any = value if isinstance(value, dict) and not _TEXT_KEYS & set(value) else None
    for _ in range(_ENVELOPES):
        if _is_list(inside):
            return cast("list[Any]", inside)
        if not isinstance(inside, dict):
            break
        inside = next((inside[key] for key in _ENVELOPE_KEYS if key in inside), None)
    return None


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _lines(source: Source) -> Iterator[Record]:
    number = 0
    while line := source.stream.readline(MAX_DOCUMENT + 1):
        number += 1
        if len(line) > MAX_DOCUMENT:
            _skip_line(source)
            where = locator_of(source, number)
            too_long = f"the line is longer than {MAX_DOCUMENT >> 20} MB"
            yield Record(number, UnsafeInput(too_long, where=where))
        elif content := line.removeprefix(_BOM).strip(b" \t\r\n\f\v\x1e"):
            yield Record(number, _parsed(content, locator_of(source, number)), content)


def _is_one_value(head: bytes) -> bool:
    """Whether the file is one list, or one object, that its first line does not end."""
    first, _, rest = head.removeprefix(_BOM).lstrip().partition(b"\n")
    if first.startswith(b"["):
        return not rest.strip() or isinstance(_parsed(first, ""), InputError)
    return first.strip() == b"{" and bool(rest)


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
