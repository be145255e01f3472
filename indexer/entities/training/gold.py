"""Gold: which labeled texts is the model trained and measured on? Readers of open data sets.

Every set becomes articles of sentences of our own tokens, labeled B-/I-/O with our kinds:
PER, ORG, LOC, NORP (peoples, faiths, parties as adjectives) and EVT (events, works, the rest).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

from indexer.entities import lexicon
from indexer.entities.types import EntityKind


class LabeledSentence(NamedTuple):
    words: list[str]
    labels: list[str]


LabeledArticle: TypeAlias = list[LabeledSentence]

_KINDS = {
    "person": "PER", "per": "PER", "politician": "PER", "writer": "PER", "musicalartist": "PER",
    "scientist": "PER", "researcher": "PER",
    "organization": "ORG", "organisation": "ORG", "org": "ORG", "politicalparty": "ORG",
    "university": "ORG", "band": "ORG", "corporation": "ORG", "group": "ORG",
    "location": "LOC", "loc": "LOC", "geo": "LOC", "country": "LOC", "facility": "LOC",
    "gpe": "NORP", "norp": "NORP",
    "misc": "EVT", "event": "EVT", "eve": "EVT", "election": "EVT", "art": "EVT", "book": "EVT",
    "album": "EVT", "song": "EVT", "award": "EVT", "creative-work": "EVT", "academicjournal": "EVT",
}  # fmt: skip
_PART = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?|[A-Z][a-z]{0,4}\.|\d+(?:[.,:]\d+)*|['’][sS]$"
    r"|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_"
)


def read_set(path: Path) -> list[LabeledArticle]:
    """The articles of one set; where the set does not tell articles, sentences stand alone."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    silver = path.name.startswith("gmb")
    articles: list[LabeledArticle] = []
    numbered = enumerate(records)
    for _, group in groupby(numbered, key=lambda pair: pair[1].get("article", pair[0])):
        sentences = [
            _sentence(record["tokens"], record["tags"], silver=silver) for _, record in group
        ]
        articles.append([sentence for sentence in sentences if sentence.words])
    return articles


def _sentence(tokens: list[str], tags: list[str], *, silver: bool) -> LabeledSentence:
    words: list[str] = []
    labels: list[str] = []
    for token, label in zip(tokens, _labels(tokens, tags), strict=True):
        for number, part in enumerate(_PART.findall(token)):
            words.append(part)
            labels.append("I" + label[1:] if number and label != "O" else label)
    if silver:
        labels = _without_titles(words, labels)
    return LabeledSentence(words, _parted(words, _well_formed(labels)))


def _parted(words: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Labels with `Crawford, Texas` as two places: a facet must count both."""
    result = list(labels)
    for position, (word, label) in enumerate(zip(words, labels, strict=True)):
        if word == "," and label == "I-LOC":
            result[position] = "O"
            if position + 1 < len(words) and labels[position + 1] == "I-LOC":
                result[position + 1] = "B-LOC"
    return result


def _labels(tokens: list[str], tags: list[str]) -> Iterator[str]:
    peoples, countries = lexicon.peoples(), _countries()
    for token, tag in zip(tokens, tags, strict=True):
        position, _, name = tag.partition("-")
        kind = _KINDS.get(name.lower(), "")
        if kind == "EVT" and token in peoples:
            kind = "NORP"
        elif kind == "NORP" and token in countries:
            kind = "LOC"
        yield f"{position}-{kind}" if kind else "O"


@cache
def _countries() -> frozenset[str]:
    countries = {place.label for sort, place in lexicon.places() if sort == "country"}
    for known in lexicon.known_names():
        if known.kind is EntityKind.PLACE:
            countries.update((known.label, *known.others))
    return frozenset(countries)


def _without_titles(words: list[str], labels: list[str]) -> list[str]:
    """Labels with titles before a person's name taken out of it (Groningen has them inside)."""
    honorifics = lexicon.honorifics()
    result = list(labels)
    for position, label in enumerate(labels):
        starts = label == "B-PER" or (position and result[position - 1] == "O" != label)
        if starts and label.endswith("PER") and words[position].lower().rstrip(".") in honorifics:
            result[position] = "O"
    return result


def _well_formed(labels: Iterable[str]) -> list[str]:
    """The labels as BIO: an I that continues nothing becomes a B."""
    result: list[str] = []
    previous = "O"
    for label in labels:
        if label.startswith("I-") and previous[1:] != label[1:]:
            result.append("B" + label[1:])
        else:
            result.append(label)
        previous = result[-1]
    return result


def held_out(
    articles: list[LabeledArticle], share: float
) -> tuple[list[LabeledArticle], list[LabeledArticle]]:
    """Parts the articles into (for training, held out) by a digest of their words: the same
    on every machine, and no article in both.
    """
    fractions = [_fraction(article) for article in articles]
    paired = list(zip(articles, fractions, strict=True))
    return [one for one, at in paired if at >= share], [one for one, at in paired if at < share]


def _fraction(article: LabeledArticle) -> float:
    text = " ".join(word for sentence in article[:3] for word in sentence.words)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
