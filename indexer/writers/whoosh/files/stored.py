"""Stored documents: JSON, compressed one by one with a shared dictionary.

A page shows ten documents from ten places, so what is read with each of them is in vain.
Zstandard learns a dictionary from the first documents of the segment, so that one document packs
as well as many: of 8,000 pieces of 300 words, each took 0.309 of its JSON and 4 µs to read; blocks
of four with a dictionary of half the size took 0.314 and 13 µs. Sections:

    stored.dictionary   empty when there were too few documents to learn from
    stored.documents    compressed documents, without what their names mean, see `named`
    stored.starts       where each begins, and the end of the last
"""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from operator import add, itemgetter, sub
from typing import Any, TypeVar

import numpy as np
import zstandard

from corpus.article import Kind, Medium
from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.articles.roles.types import HeldBy
from indexer.document import ArticleEntity, IndexDocument, MentionSpan, NamesIn
from indexer.writers.whoosh.files.named import KINDS, NamedReader, with_ids
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type
from indexer.writers.whoosh.files.vocabulary import decode, encode

_LEVEL = 5
_DICTIONARY_BYTES = 200 << 10
_DICTIONARY_SHARE = 8  # and no more than an eighth of what it is learned from
_SAMPLES = 4_000  # documents to learn from
_FEWEST_SAMPLES = 200
_ARTICLE_KINDS = {kind.value: kind for kind in Kind}
_MEDIA = {medium.value: medium for medium in Medium}
_DATES_KEPT = 1 << 14
_MENTION = partial(tuple.__new__, MentionSpan)  # no frame of Python for each of hundreds
_IS_NAMED = itemgetter(2)
_T = TypeVar("_T")
_DECODER = json.JSONDecoder()


class StoredWriter:
    """Streams documents into section `stored.documents` of a file that writes nothing else yet."""

    def __init__(self, file: SectionsWriter) -> None:
        self._file = file
        self._held: list[bytes] = []
        self._starts = array("Q", [0])
        self._compressor: zstandard.ZstdCompressor | None = None

    def add(self, document: IndexDocument, names: NamesIn) -> None:
        """Adds a document with its names; what they mean goes elsewhere."""
        line = encode(json.dumps(_to_json(document, [], [], names), ensure_ascii=False))
        if self._compressor is not None:
            self._put(line, self._compressor)
            return
        self._held.append(line)
        if len(self._held) == _SAMPLES:
            self._begin()

    def close(self) -> None:
        """Writes what is left, and where each document starts."""
        if self._compressor is None:
            self._begin()
        self._file.end()
        starts = np.array(self._starts, np.int64)
        self._file.array("stored.starts", starts.astype(offset_type(self._starts[-1])))

    def _begin(self) -> None:
        """Learns the dictionary from what was added so far, and writes that."""
        learned = _learn(self._held)
        self._file.array("stored.dictionary", np.frombuffer(learned, np.uint8))
        self._file.begin("stored.documents", np.dtype(np.uint8))
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=zstandard.ZstdCompressionDict(learned)
        )
        for line in self._held:
            self._put(line, self._compressor)
        self._held = []

    def _put(self, line: bytes, compressor: zstandard.ZstdCompressor) -> None:
        packed = compressor.compress(line)
        self._file.append(packed)
        self._starts.append(self._starts[-1] + len(packed))


def _learn(lines: list[bytes]) -> bytes:
    """A dictionary for documents like these; empty when they are too few or too much alike."""
    if len(lines) < _FEWEST_SAMPLES:
        return b""
    size = min(_DICTIONARY_BYTES, sum(map(len, lines)) // _DICTIONARY_SHARE)
    try:
        return zstandard.train_dictionary(size, [*lines]).as_bytes()
    except zstandard.ZstdError:
        return b""


class StoredReader:
    """Reads documents of one segment."""

    def __init__(self, file: Sections) -> None:
        self._path = file.path
        self._names = NamedReader(file)
        self._documents = file["stored.documents"]
        self._starts = file["stored.starts"].whole().data
        self._data = self._documents.values.data
        self._dictionary = zstandard.ZstdCompressionDict(
            file["stored.dictionary"].whole().tobytes()
        )
        self._own = threading.local()

    def read(self, doc: int) -> IndexDocument:
        """One document.

        Raises:
            IndexCorrupt: there is not what was written.
        """
        return self._read(doc)[0]

    def read_with_names(self, doc: int) -> tuple[IndexDocument, NamesIn | None]:
        """One document, and which names stand where, as far as that is known.

        Raises:
            IndexCorrupt: see `read`.
        """
        document, fields = self._read(doc)
        if not self._names.are_known(doc):
            return document, None
        mentions = fields[15][1]
        return document, NamesIn(
            tuple(_spans(mentions, mentions[2::3])),
            tuple(numbers[-1] for numbers in fields[19]),
            tuple(_starting(fields[20])),
        )

    def _read(self, doc: int) -> tuple[IndexDocument, list[Any]]:
        start, end = self._starts[doc], self._starts[doc + 1]
        self._documents.check(start, end)
        try:
            line = self._decompressor.decompress(self._data[start:end])
            fields = _DECODER.raw_decode(decode(line))[0]
            return _from_json(fields, *self._names.read(doc)), fields
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
    place of the entity id in a list that begins with the ids of `entities`. Of a quote all that
    differs from its beginning is counted from there; its entity is a place in that list, or -1.
    Roles are runs as mentions are, but that their distance is from the beginning of the one before.
    In a segment, places are numbers of names, some of which mean nothing: what stands under such
    a number is not of the document.
    """
    ids = {key: place for place, key in enumerate(dict.fromkeys(_entity_ids(document.entities)))}
    known = len(ids)
    places = with_ids(document, ids)
    entities = [[one.entity_id, one.kind, one.label, one.count] for one in document.entities]
    return _to_json(document, entities, [*ids][known:], places)


def _to_json(
    document: IndexDocument, entities: list[list[Any]], others: list[str], names: NamesIn
) -> list[Any]:
    mentions: list[int] = []
    before = 0
    for start, end, number in names.mentions:
        mentions += (start - before, end - start, number)
        before = end
    held: list[int] = []
    before = 0
    for start, end, number in names.roles:
        held += (start - before, end - start, number)
        before = start
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
        entities,
        [others, mentions],
        document.family_id,
        document.original_sha256,
        document.flags,
        [*map(_quote_to_json, document.quotes, names.quotes)],
        held,
        document.medium,
        document.agencies,
    ]


def _quote_to_json(spoken: SpokenBy, place: int) -> list[int]:
    quote, at = spoken.quote, spoken.quote.start
    return [
        at,
        quote.end - at,
        quote.speaker_start - at,
        quote.speaker_end - quote.speaker_start,
        quote.verb_start - at,
        quote.verb_end - quote.verb_start,
        quote.named,
        int(quote.is_direct),
        place,
    ]


def _quote_from_json(numbers: list[int], ids: Sequence[str]) -> SpokenBy:
    at, length, speaker, speaker_length, verb, verb_length, named, is_direct, place = numbers
    quote = Quote(
        at,
        at + length,
        at + speaker,
        at + speaker + speaker_length,
        at + verb,
        at + verb + verb_length,
        named,
        bool(is_direct),
    )
    return SpokenBy(quote, ids[place] if place >= 0 else "")


def from_json(fields: list[Any]) -> IndexDocument:
    """The document that `to_json` was given."""
    entities = tuple(
        [
            ArticleEntity(entity_id, KINDS[kind], label, count)
            for entity_id, kind, label, count in fields[14]
        ]
    )
    return _from_json(fields, entities, [*dict.fromkeys(_entity_ids(entities)), *fields[15][0]])


def _from_json(
    fields: list[Any], entities: tuple[ArticleEntity, ...], ids: Sequence[str]
) -> IndexDocument:
    """A document, from all but its entities and what they are called by."""
    collected = _date_from_json(fields[12])
    if collected is None:
        raise ValueError("no date of collection")
    return IndexDocument(
        article_id=fields[0],
        version=fields[1],
        title=fields[2],
        text=fields[3],
        kind=_ARTICLE_KINDS[fields[4]],
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
        mentions=_mentions(ids, fields[15][1]),
        family_id=fields[16],
        original_sha256=fields[17],
        flags=tuple(fields[18]),
        quotes=tuple([_quote_from_json(numbers, ids) for numbers in fields[19]]),
        roles=_roles(ids, fields[20]),
        medium=_MEDIA[fields[21]],
        agencies=tuple(fields[22]),
    )


def _roles(ids: Sequence[str], numbers: list[int]) -> tuple[HeldBy, ...]:
    return tuple(
        [HeldBy(start, end, ids[place]) for start, end, place in _starting(numbers) if ids[place]]
    )


def _starting(numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    """Runs whose distance is that of their beginnings."""
    starts = accumulate(numbers[::3])
    for start, length, place in zip(starts, numbers[1::3], numbers[2::3], strict=True):
        yield start, start + length, place


def _mentions(ids: Sequence[str], numbers: list[int]) -> tuple[MentionSpan, ...]:
    of_them = [ids[place] for place in numbers[2::3]]
    return tuple(map(_MENTION, filter(_IS_NAMED, _spans(numbers, of_them))))


def _spans(numbers: list[int], of_them: Sequence[_T]) -> Iterator[tuple[int, int, _T]]:
    """Where mentions stand, with something of each."""
    lengths = numbers[1::3]
    ends = list(accumulate(map(add, numbers[::3], lengths)))
    return zip(map(sub, ends, lengths), ends, of_them, strict=True)


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
