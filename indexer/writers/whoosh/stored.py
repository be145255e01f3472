"""How is a whole document stored? As JSON, in blocks compressed together.

Neighbors share a block because they share words: 16 articles a block take 0.37 of their size where
each alone takes 0.50 (zlib, 20,000 pieces of 300 words), and reading one costs 60 µs.
"""

from __future__ import annotations

import json
import zlib
from itertools import accumulate
from typing import Any

import numpy as np

from corpus.article import Kind
from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.document import ArticleEntity, IndexDocument, MentionSpan
from indexer.entities.types import EntityKind
from indexer.writers.whoosh.sections import Sections, SectionsWriter, smallest_uint
from indexer.writers.whoosh.vocabulary import decode, encode

_PER_BLOCK = 16
_LEVEL = 6


class StoredWriter:
    """Streams documents into section `stored.blocks` of a file that writes nothing else yet."""

    def __init__(self, file: SectionsWriter) -> None:
        self._file = file
        self._lines: list[bytes] = []
        self._starts = [0]
        file.begin("stored.blocks", np.dtype(np.uint8))

    def add(self, document: IndexDocument) -> None:
        self._lines.append(encode(json.dumps(to_json(document), ensure_ascii=False)))
        if len(self._lines) == _PER_BLOCK:
            self._flush()

    def close(self) -> None:
        """Writes what is left, and where each block starts."""
        if self._lines:
            self._flush()
        self._file.end()
        starts = np.array(self._starts, np.int64)
        self._file.array("stored.starts", starts.astype(smallest_uint(self._starts[-1])))

    def _flush(self) -> None:
        block = zlib.compress(b"\n".join(self._lines), _LEVEL)
        self._file.append(block)
        self._starts.append(self._starts[-1] + len(block))
        self._lines.clear()


class StoredReader:
    """Reads documents of one segment."""

    def __init__(self, file: Sections) -> None:
        self._path = file.path
        self._blocks = file["stored.blocks"]
        self._starts = file["stored.starts"]
        self._data = self._blocks.values.data

    def read(self, doc: int) -> IndexDocument:
        """One document.

        Raises:
            IndexCorrupt: the block does not hold what was written.
        """
        block, place = divmod(doc, _PER_BLOCK)
        self._starts.check(block, block + 2)
        start, end = self._starts.values[block : block + 2].tolist()
        self._blocks.check(start, end)
        try:
            line = zlib.decompress(self._data[start:end]).split(b"\n")[place]
            return from_json(json.loads(decode(line)))
        except (zlib.error, ValueError, LookupError, TypeError) as error:
            raise IndexCorrupt(
                f"stored document {doc} cannot be read: {error}",
                where=str(self._path),
                advice="Run `dispatches rebuild` to make a new generation",
            ) from error


def to_json(document: IndexDocument) -> list[Any]:
    """A document as a list: the fields of `IndexDocument` in order.

    Mentions become runs of three numbers: distance from the end of the one before, length, and
    place of the entity id in a list that begins with the ids of `entities`.
    """
    ids = {key: place for place, key in enumerate(dict.fromkeys(_entity_ids(document.entities)))}
    known = len(ids)
    mentions: list[int] = []
    end = 0
    for mention in document.mentions:
        place = ids.setdefault(mention.entity_id, len(ids))
        mentions += (mention.start - end, mention.end - mention.start, place)
        end = mention.end
    others = list(ids)[known:]
    return [
        document.article_id,
        document.version,
        document.title,
        document.text,
        document.kind,
        document.url,
        document.outlet,
        document.section,
        document.language,
        document.bylines,
        _date_to_json(document.published),
        _date_to_json(document.modified),
        _date_to_json(document.collected),
        [_date_to_json(date) for date in document.mentioned],
        [[e.entity_id, e.kind, e.label, e.count] for e in document.entities],
        [others, mentions],
        document.family_id,
        document.original_sha256,
        document.flags,
    ]


def from_json(fields: list[Any]) -> IndexDocument:
    """The document that `to_json` was given."""
    entities = tuple(
        ArticleEntity(entity_id, EntityKind(kind), label, count)
        for entity_id, kind, label, count in fields[14]
    )
    others, numbers = fields[15]
    ids = [*dict.fromkeys(_entity_ids(entities)), *others]
    ends = list(accumulate(a + b for a, b in zip(numbers[::3], numbers[1::3], strict=True)))
    collected = _date_from_json(fields[12])
    if collected is None:
        raise ValueError("no date of collection")
    return IndexDocument(
        article_id=fields[0],
        version=fields[1],
        title=fields[2],
        text=fields[3],
        kind=Kind(fields[4]),
        url=fields[5],
        outlet=fields[6],
        section=fields[7],
        language=fields[8],
        bylines=tuple(fields[9]),
        published=_date_from_json(fields[10]),
        modified=_date_from_json(fields[11]),
        collected=collected,
        mentioned=tuple(PartialDate(iso, basis) for iso, basis in fields[13]),
        entities=entities,
        mentions=tuple(
            MentionSpan(end - length, end, ids[place])
            for end, length, place in zip(ends, numbers[1::3], numbers[2::3], strict=True)
        ),
        family_id=fields[16],
        original_sha256=fields[17],
        flags=tuple(fields[18]),
    )


def _entity_ids(entities: tuple[ArticleEntity, ...]) -> list[str]:
    return [entity.entity_id for entity in entities]


def _date_to_json(date: PartialDate | None) -> tuple[str, str] | None:
    return None if date is None else (date.iso, date.basis)


def _date_from_json(value: list[str] | None) -> PartialDate | None:
    return None if value is None else PartialDate(value[0], value[1])
