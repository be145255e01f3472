"""Sidecar: what is true of each bundled article?

Reads `articles/*.jsonl`, one line an article: what its page must yield (the gold for tests of the
cleaner, the tagger and the families) and the ids of the facts it rests on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from corpus.dates import PartialDate
from corpus.errors import InvalidRecord

FOLDER = Path(__file__).parent / "articles"


class Carrier(StrEnum):
    """In which kind of file an article is bundled; each article is in one only."""

    PAGE = "page"
    DUMP = "dump"
    FEED = "feed"
    CRAWL = "crawl"


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption and credit, shown after paragraph `after` (0: above the first)."""

    after: int
    text: str
    credit: str


@dataclass(frozen=True, slots=True)
class Link:
    """A promotional line inside the body, after paragraph `after`, that names another article."""

    after: int
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """One article that we wrote.

    Attributes:
        slug: unique; the last part of its address and its file name.
        outlet: key of its outlet, see `corpus.demo.outlets`.
        conflict: which war it tells of, our own short key.
        published: as precise as its page shows it; None on an undated page.
        correction: the note below the text when the outlet corrected it; `modified` is its date.
        language: ISO 639-1.
        reprint_of: slug of the wire report that this one copies with small edits, or empty.
        persons, organisations, places: those the text names, each by one canonical name. Persons
            are complete (but for those after whom an airport or a stadium is named); organisations
            and places may leave out passing mentions.
        facts: ids of dated facts on which every statement rests (see README.md).
    """

    slug: str
    outlet: str
    conflict: str
    carrier: Carrier
    title: str
    bylines: tuple[str, ...]
    published: PartialDate | None
    modified: PartialDate | None
    correction: str
    language: str
    section: str
    paragraphs: tuple[str, ...]
    captions: tuple[Caption, ...]
    links: tuple[Link, ...]
    reprint_of: str
    persons: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a perfect cleaner makes of its page; a correction note may follow it."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        return len(self.text.split())


@cache
def load() -> tuple[DemoArticle, ...]:
    """Every bundled article, by file and line.

    Raises:
        InvalidRecord: a line lacks a key or holds an unknown one.
    """
    return tuple(
        _article(line, where=f"{file.name}:{number}")
        for file in sorted(FOLDER.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    )


def _article(line: str, *, where: str) -> DemoArticle:
    record: dict[str, Any] = json.loads(line)
    slug = record.get("slug", "?")
    try:
        record |= {
            key: tuple(record[key])
            for key in ("bylines", "paragraphs", "persons", "organisations", "places", "facts")
        }
        record["carrier"] = Carrier(record["carrier"])
        record["published"] = _date(record["published"], slug)
        record["modified"] = _date(record["modified"], slug)
        record["captions"] = tuple(Caption(**caption) for caption in record["captions"])
        record["links"] = tuple(Link(**link) for link in record["links"])
        return DemoArticle(**record)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRecord(f"not a sample article: {error!r}", where=where) from None


def _date(iso: str | None, slug: str) -> PartialDate | None:
    return PartialDate(iso, f"sidecar:{slug}") if iso else None
