"""Sheet: what of one article do the passes over a whole collection need, its text left out?

It depends on the article and its analysis alone, so that it is kept (`indexer.articles.sheets`): an
update that brings a hundred articles reads a hundred texts, and a short line of each of the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from corpus.article import Article
from corpus.store import StoredArticle
from indexer.articles.analysis import EMPTY, Analysis
from indexer.articles.assembly import reported
from indexer.articles.outlets import OutletSaid, outlet_said
from indexer.entities.across_collection.named_again.places_again import LANGUAGES
from indexer.entities.across_collection.named_again.transliteration import may_name
from indexer.entities.across_collection.whose_bodies import owners_named
from indexer.entities.recognition import ArticleName
from indexer.entities.types import EntityKind
from indexer.families.events import Lead, day_of, lead
from indexer.families.repeated_text import Paragraph, paragraphs
from indexer.families.shingles import Signature

_TEXT = "surrogatepass"
_LENGTH = 2  # bytes that say how long a vector is


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One article without its text.

    Attributes:
        names: those found in it, without their places.
        owners: countries that it names, see `owners_named`.
        signature: see `indexer.families.shingles`.
        reported: see `indexer.articles.assembly`.
        day: of publication; None where it is not known to the day.
        lead: what it begins with, for events.
        outlet: what it says of its outlet.
        paragraphs: see `indexer.families.repeated_text`.
        cleaner: version of the cleaner that read it.
        flags: the cleaner's doubts.
        text_bytes: of title and text.
        title, language: for names that its headline has of other articles.
        in_other_letters: so that persons of other articles may be sought in it; or all names, in a
            language where they are sought in any letters.
        is_analyzed: whether its analysis succeeded.
        vector: where it lies by what it is about, see `indexer.articles.meaning`; nothing where
            the collection is without.
    """

    article_id: str
    names: tuple[ArticleName, ...]
    owners: Mapping[str, int]
    signature: Signature
    reported: float
    day: int | None
    lead: Lead
    outlet: OutletSaid
    paragraphs: tuple[Paragraph, ...]
    cleaner: str
    flags: tuple[str, ...]
    text_bytes: int
    title: str
    language: str
    in_other_letters: bool
    is_analyzed: bool
    vector: bytes = b""

    @property
    def is_english(self) -> bool:
        """Whether its text is, so that no names of other articles are sought in it."""
        return self.language == "en"


def sheet_of(stored: StoredArticle, analysis: Analysis, vector: bytes = b"") -> Sheet:
    """The sheet of an article. Pure."""
    article = stored.article
    return Sheet(
        article_id=article.article_id,
        names=analysis.recognition.names,
        owners=owners_named(analysis.recognition.names),
        signature=analysis.signature,
        reported=reported(stored),
        day=day_of(article.published),
        lead=lead(article.title, article.reading),
        outlet=outlet_said(article),
        paragraphs=paragraphs(article),
        cleaner=stored.cleaner,
        flags=article.quality.flags,
        text_bytes=_bytes(article),
        title=article.title,
        language=article.language,
        in_other_letters=article.language in LANGUAGES or may_name(article.reading),
        is_analyzed=analysis is not EMPTY,
        vector=vector,
    )


def encode(sheet: Sheet) -> bytes:
    """A sheet as bytes: its signature, the length of its vector and that vector, then MessagePack,
    which is read four times as fast as JSON; JSON where a text holds half a character (a lone
    surrogate), which MessagePack cannot hold.
    """
    record = [
        sheet.article_id,
        [[name.kind, name.forms, name.in_title, name.honorifics] for name in sheet.names],
        sheet.owners,
        sheet.reported,
        sheet.day,
        sheet.lead,
        sheet.outlet,
        sheet.paragraphs,
        sheet.cleaner,
        sheet.flags,
        sheet.text_bytes,
        sheet.title,
        sheet.language,
        sheet.in_other_letters,
        sheet.is_analyzed,
    ]
    vector = len(sheet.vector).to_bytes(_LENGTH, "little") + sheet.vector
    head = sheet.signature.tobytes() + vector
    try:
        return head + _PACKED + msgspec.msgpack.encode(record)
    except UnicodeEncodeError:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        return head + _AS_JSON + line.encode("utf-8", _TEXT)


def decode(stored: bytes) -> Sheet:
    """The sheet that `encode` was given."""
    signature = np.frombuffer(stored[:_BEGIN], dtype=np.uint32)
    at = _BEGIN + _LENGTH
    end = at + int.from_bytes(stored[_BEGIN:at], "little")
    content = memoryview(stored)[end + 1 :]
    (
        article_id, names, owners, reported_, day, begins, outlet, marked, cleaner,
        flags, text_bytes, title, language, in_other_letters, is_analyzed,
    ) = (
        _UNPACKER.decode(content)
        if stored[end : end + 1] == _PACKED
        else msgspec.convert(json.loads(bytes(content).decode("utf-8", _TEXT)), _RECORD)
    )  # fmt: skip
    return Sheet(
        article_id=article_id,
        names=tuple([ArticleName(*name) for name in names]),
        owners=owners,
        signature=signature,
        reported=reported_,
        day=day,
        lead=begins,
        outlet=outlet,
        paragraphs=marked,
        cleaner=cleaner,
        flags=flags,
        text_bytes=text_bytes,
        title=title,
        language=language,
        in_other_letters=in_other_letters,
        is_analyzed=is_analyzed,
        vector=stored[at:end],
    )  # fmt: skip


_RECORD: Any = tuple[
    str,
    list[tuple[EntityKind, tuple[tuple[str, int], ...], int, tuple[str, ...]]],
    dict[str, int],
    float,
    int | None,
    Lead,
    OutletSaid,
    tuple[Paragraph, ...],
    str,
    tuple[str, ...],
    int,
    str,
    str,
    bool,
    bool,
]
"""What `encode` writes behind the signature and a sign of how it is written."""
_PACKED, _AS_JSON = b"p", b"j"
_BEGIN = EMPTY.signature.nbytes
_UNPACKER = msgspec.msgpack.Decoder(_RECORD)


def _bytes(article: Article) -> int:
    return sum(len(text.encode("utf-8", _TEXT)) for text in (article.title, article.reading))
