"""Articles to measure with: real text cut to the length of news, with people drawn Zipf-like.

The text is that of `../shared/data/articles` (diplomatic papers, world events, Wikinews), about 300
words a piece. Beyond what there is, pieces are made of paragraphs of different pieces. Where the
data is absent, words are made up with the frequencies that real words have (Zipf, Heaps).
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from corpus.article import article_id_for
from corpus.dates import PartialDate
from indexer.document import ArticleEntity, IndexDocument
from indexer.entities.types import EntityKind

SHARED = Path(
    os.environ.get("SHARED") or Path(__file__).resolve().parents[2] / "shared" / "data"
).resolve()
"""Where the text is; the variable `SHARED` names another folder."""
WORDS = 300
_FIRST_DAY, _DAYS = date(2002, 1, 1), 9000
_SENTENCE = re.compile(r"(?<=[.!?]) +")
_OUTLETS = [f"Outlet {number}" for number in range(60)]
_LANGUAGES = ["en"] * 17 + ["ru", "ar", "uk"]  # Latin letters are English: peers know no forms


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of article size with its title."""

    title: str
    text: str


def documents(count: int, *, seed: int = 1) -> Iterator[IndexDocument]:
    """`count` documents; the same for the same arguments."""
    random = np.random.Generator(np.random.PCG64(seed))
    names = {kind: _names(kind) for kind in (EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE)}
    for number, piece in enumerate(itertools.islice(pieces(seed=seed), count)):
        entities = []
        for kind, labels in names.items():
            ranks = np.unique(random.zipf(1.3, size=random.poisson(3)) - 1)
            for rank in ranks[ranks < len(labels)].tolist():
                entity_id = f"{kind}-{rank}"
                entities.append(ArticleEntity(entity_id, kind, labels[rank], 1))
        day = _FIRST_DAY + timedelta(days=int(random.triangular(0, _DAYS, _DAYS)))
        article_id = article_id_for(url=f"https://example.org/{number}", text="")
        yield IndexDocument(
            article_id=article_id,
            title=piece.title,
            text=piece.text,
            url=f"https://example.org/{number}",
            outlet=_OUTLETS[min(int(random.zipf(1.5)) - 1, len(_OUTLETS) - 1)],
            language=_LANGUAGES[number % len(_LANGUAGES)],
            published=PartialDate(day.isoformat(), "record:date"),
            collected=PartialDate("2026-11-22", "collected"),
            entities=tuple(entities),
            family_id=article_id,
            original_sha256="0" * 64,
        )


def pieces(*, seed: int = 1) -> Iterator[Piece]:
    """Texts of about 300 words without end: the real ones first, then new mixtures of them."""
    if not (SHARED / "articles").is_dir():
        yield from _made_up(seed)
        return
    kept: list[Piece] = []
    for piece in real_pieces():
        kept.append(piece)
        yield piece
    random = np.random.Generator(np.random.PCG64(seed))
    while True:
        chosen = [kept[number] for number in random.integers(len(kept), size=3).tolist()]
        thirds = [
            " ".join(_third(piece.text.split(" "), place)) for place, piece in enumerate(chosen)
        ]
        yield Piece(chosen[0].title, "\n\n".join(thirds))


def real_pieces() -> Iterator[Piece]:
    """Every real text once, cut between sentences; nothing where the data is absent."""
    for name in ("wikinews", "diplomatic_documents", "world_events"):
        path = SHARED / "articles" / f"{name}.jsonl.gz"
        if not path.is_file():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records: Iterator[dict[str, str]] = map(json.loads, lines)
            if name == "world_events":  # one paragraph each: a piece is what happened in a few days
                groups = itertools.groupby(enumerate(records), key=lambda pair: pair[0] // 7)
                records = (_joined([record for _, record in group]) for _, group in groups)
            for record in records:
                yield from _cut(record.get("title", ""), record["text"])


def _joined(records: list[dict[str, str]]) -> dict[str, str]:
    text = "\n\n".join(record["text"] for record in records)
    return {"title": records[0].get("title", ""), "text": text}


def _cut(title: str, text: str) -> Iterator[Piece]:
    words = 0
    taken: list[str] = []
    for sentence in _SENTENCE.split(text):
        taken.append(sentence)
        words += sentence.count(" ") + 1
        if words >= WORDS:
            yield Piece(title, " ".join(taken))
            words, taken = 0, []
    if words >= WORDS // 3:
        yield Piece(title, " ".join(taken))


def _third(words: list[str], place: int) -> list[str]:
    size = len(words) // 3
    return words[place * size : (place + 1) * size]


def _made_up(seed: int) -> Iterator[Piece]:
    random = np.random.Generator(np.random.PCG64(seed))
    while True:
        ranks = random.zipf(1.25, size=WORDS + 8)
        words = [_word(int(rank) % 3_000_000) for rank in ranks.tolist()]
        lines = [" ".join(words[at : at + 15]) for at in range(8, len(words), 15)]
        yield Piece(" ".join(words[:8]), ". ".join(lines) + ".")


@cache
def _word(rank: int) -> str:
    """A made-up word, pronounceable, the shorter the more frequent."""
    syllables = []
    while True:
        rank, consonant = divmod(rank, 20)
        rank, vowel = divmod(rank, 5)
        syllables.append("bcdfghjklmnpqrstvwxz"[consonant] + "aeiou"[vowel])
        if not rank:
            return "".join(syllables)


def _names(kind: EntityKind) -> list[str]:
    """Names by frequency: real persons where the data is present, else made-up ones."""
    path = SHARED / "entities" / "diplomatic_persons.jsonl.gz"
    if kind is EntityKind.PERSON and path.is_file():
        known: dict[str, str] = {}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                known.update(json.loads(line)["person_names"])
        return list(dict.fromkeys(known.values()))
    size = {EntityKind.PERSON: 20_000, EntityKind.ORG: 8_000}.get(kind, 4_000)
    return [
        f"{_word(number + 7).title()} {_word(number * 31 + 11).title()}" for number in range(size)
    ]
