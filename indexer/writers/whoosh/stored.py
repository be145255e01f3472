"""How is a whole document stored? As JSON, compressed in small blocks with a shared dictionary.

Zstandard learns a dictionary from the first documents of the segment, so that a small block packs
as well as a large one: on 8,000 pieces of 300 words, blocks of 4 take 0.30 of their JSON and are
read in 11 µs; zlib with blocks of 16 takes 0.32 and 166 µs, and is four to nine times slower to
write. Sections:

    stored.dictionary   empty when there were too few documents to learn from
    stored.blocks       compressed blocks
    stored.starts       where each begins, and the end of the last
"""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import zstandard

from corpus.article import Kind
from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.document import ArticleEntity, IndexDocument, MentionSpan
from indexer.entities.types import EntityKind
from indexer.writers.whoosh.sections import Sections, SectionsWriter, offset_type
from indexer.writers.whoosh.vocabulary import decode, encode

_PER_BLOCK = 4
_LEVEL = 5
_DICTIONARY_BYTES = 112_640  # zstd's own default
_SAMPLES = 2_000  # documents to learn from
_FEWEST_SAMPLES = 200
_KINDS = {kind.value: kind for kind in EntityKind}  # looked up in a quarter of the time of a call
_DATES_KEPT = 1 << 14


class StoredWriter:
    """Streams documents into section `stored.blocks` of a file that writes nothing else yet."""

    def __init__(self, file: SectionsWriter) -> None:
        self._file = file
        self._lines: list[bytes] = []
        self._starts = [0]
        self._compressor: zstandard.ZstdCompressor | None = None

    def add(self, document: IndexDocument) -> None:
        self._lines.append(encode(json.dumps(to_json(document), ensure_ascii=False)))
        if self._compressor is None:
            if len(self._lines) == _SAMPLES:
                self._begin()
        elif len(self._lines) == _PER_BLOCK:
            self._flush()

    def close(self) -> None:
        """Writes what is left, and where each block starts."""
        if self._compressor is None:
            self._begin()
        if self._lines:
            self._flush()
        self._file.end()
        starts = np.array(self._starts, np.int64)
        self._file.array("stored.starts", starts.astype(offset_type(self._starts[-1])))

    def _begin(self) -> None:
        """Learns the dictionary from what was added so far, and writes that."""
        learned = _learn(self._lines)
        self._file.array("stored.dictionary", np.frombuffer(learned, np.uint8))
        self._file.begin("stored.blocks", np.dtype(np.uint8))
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=zstandard.ZstdCompressionDict(learned)
        )
        held, self._lines = self._lines, []
        for start in range(0, len(held), _PER_BLOCK):
            self._lines = held[start : start + _PER_BLOCK]
            if len(self._lines) == _PER_BLOCK:
                self._flush()

    def _flush(self) -> None:
        assert self._compressor is not None
        block = self._compressor.compress(b"\n".join(self._lines))
        self._file.append(block)
        self._starts.append(self._starts[-1] + len(block))
        self._lines = []


def _learn(lines: list[bytes]) -> bytes:
    """A dictionary for documents like these; empty when they are too few or too much alike."""
    if len(lines) < _FEWEST_SAMPLES:
        return b""
    try:
        return zstandard.train_dictionary(_DICTIONARY_BYTES, [*lines]).as_bytes()
    except zstandard.ZstdError:
        return b""


class StoredReader:
    """Reads documents of one segment."""

    def __init__(self, file: Sections) -> None:
        self._path = file.path
        self._blocks = file["stored.blocks"]
        self._starts = file["stored.starts"]
        self._data = self._blocks.values.data
        self._dictionary = zstandard.ZstdCompressionDict(
            file["stored.dictionary"].whole().tobytes()
        )
        self._own = threading.local()

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
            lines = self._decompressor.decompress(self._data[start:end])
            return from_json(json.loads(decode(lines.split(b"\n")[place])))
        except (zstandard.ZstdError, ValueError, LookupError, TypeError) as error:
            raise IndexCorrupt(
                f"stored document {doc} cannot be read: {error}",
                where=str(self._path),
                advice="Run `dispatches rebuild` to make a new generation",
            ) from error

    @property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """One for each thread, because a decompressor must not be shared."""
        own: zstandard.ZstdDecompressor | None = getattr(self._own, "decompressor", None)
        if own is None:
            own = self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        return own


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
        ArticleEntity(entity_id, _KINDS[kind], label, count)
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
        mentioned=tuple(_date(iso, basis) for iso, basis in fields[13]),
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


@lru_cache(_DATES_KEPT)
def _date(iso: str, basis: str) -> PartialDate:
    """A date read before is not checked again: articles of a day share theirs."""
    return PartialDate(iso, basis)


def _date_from_json(value: list[str] | None) -> PartialDate | None:
    return None if value is None else _date(value[0], value[1])
