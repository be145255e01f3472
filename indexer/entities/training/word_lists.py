"""Word lists: which words behave alike, and which are parts of persons' names? Learned from open
text.

Clusters: words as points by what stands next to them (positive pointwise mutual information,
reduced by a randomized SVD: Halko, Martinsson and Tropp 2011, algorithm 4.4), then k-means
(k-means++ seeding: Arthur and Vassilvitskii 2007). Names: registers of persons, and capitalized
pairs right after a title.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.entities import lexicon
from indexer.entities.tagging.tokens import sentences
from indexer.entities.types import EntityKind, Tagger

WORDS = 24_000
CONTEXTS = 2_000
DIMENSIONS = 100
COARSE, FINE = 64, 512
WRITTEN = 1024
LEAST = 4  # times that a word is seen as written
_TELLING = 0.75  # exponent of a context's frequency (Levy, Goldberg and Dagan 2015)
_BESIDE = ((-1,), (1,))
_CLOSE = ((-2,), (-1,), (1,), (2,))
_WIDE = (tuple(at for at in range(-5, 6) if at),)
_ROUNDS = 15
_SURE = 0.8
_LONGEST_NAME = 4  # words
_SMALLEST_NAME = 2  # persons who have a name part, for it to count

Matrix = npt.NDArray[np.float32]


def open_texts(shared: Path) -> Iterator[str]:
    """The unlabeled texts: world events, Wikinews, the words of Groningen's sentences."""
    for name in ("world_events", "wikinews"):
        with gzip.open(shared / "articles" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
    with gzip.open(shared / "entities" / "gmb_kaggle.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield " ".join(json.loads(line)["tokens"])


def older_texts(shared: Path) -> Iterator[str]:
    """Every eighth diplomatic document."""
    path = shared / "articles" / "diplomatic_documents.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 8 == 0:
                yield json.loads(line)["text"]


def learn_clusters(texts: Iterable[str], *, seed: int) -> dict[str, tuple[int, int]]:
    """Word in lower case → (coarse, fine) cluster, for the most frequent words."""
    stream = [word.lower() for word in _stream(texts)]
    words, ids = _numbered(stream, WORDS, least=5)
    generator = np.random.default_rng(seed)
    table = _associations(ids, len(words), CONTEXTS, _BESIDE)
    points = _reduce(_positive_information(table, telling=1), generator)
    coarse, fine = (_k_means(points, k, generator) for k in (COARSE, FINE))
    return {word: (int(coarse[index]), int(fine[index])) for index, word in enumerate(words)}


def learn_written_clusters(texts: Iterable[str], *, seed: int) -> dict[str, tuple[int, int]]:
    """Word as written → its clusters by close and by wider neighbors."""
    words, ids = _numbered(list(_stream(texts)), None, least=LEAST)
    generator = np.random.default_rng(seed)
    clusters: list[list[int]] = []
    for contexts, sides in ((CONTEXTS, _CLOSE), (2 * CONTEXTS, _WIDE)):
        table = _associations(ids, len(words), contexts, sides)
        points = _reduce(_positive_information(table, telling=_TELLING), generator)
        clusters.append(_k_means(points, WRITTEN, generator).tolist())
    close, wide = clusters
    return {word: (close[index], wide[index]) for index, word in enumerate(words)}


def _stream(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for sentence in sentences(text):
            yield from (word for _, _, word in sentence)
            yield ""  # keeps the neighbors of sentences apart


def _numbered(
    stream: Sequence[str], most: int | None, *, least: int
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The words, most frequent first, and the stream as their numbers; -1 is any other."""
    counts = Counter(stream)
    del counts[""]
    words = [word for word, count in counts.most_common(most) if count >= least]
    number = {word: index for index, word in enumerate(words)}
    return words, np.fromiter((number.get(word, -1) for word in stream), np.int64, len(stream))


def _associations(
    ids: npt.NDArray[np.int64], words: int, contexts: int, sides: Sequence[Sequence[int]]
) -> Matrix:
    """How often each frequent word stands beside each word: a block of columns for each side,
    which is a set of distances.
    """
    width = len(sides) * contexts
    table = np.zeros((words, width), np.float32)
    for block, distances in enumerate(sides):
        for distance in distances:
            target = ids[-distance:] if distance < 0 else ids[:-distance]
            context = ids[:distance] if distance < 0 else ids[distance:]
            kept = (target >= 0) & (context >= 0) & (context < contexts)
            flat = target[kept] * width + block * contexts + context[kept]
            cells, counts = np.unique(flat, return_counts=True)
            table.reshape(-1)[cells] += counts
    return table


def _positive_information(table: Matrix, *, telling: float) -> Matrix:
    """Counts as positive pointwise mutual information, in place."""
    total = table.sum()
    rows = table.sum(1, keepdims=True) + 1
    columns = (table.sum(0, keepdims=True) + 1) ** telling
    columns *= total / columns.sum()
    table *= total / rows
    table /= columns
    with np.errstate(divide="ignore"):
        np.log(table, out=table)
    positive: Matrix = np.maximum(table, 0, out=table)
    return positive


def _reduce(table: Matrix, generator: np.random.Generator) -> Matrix:
    probe = generator.standard_normal((table.shape[1], DIMENSIONS + 20)).astype(np.float32)
    basis = np.linalg.qr(table @ probe)[0]
    for _ in range(2):
        basis = np.linalg.qr(table @ (table.T @ basis))[0]
    left, scale, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    points = (basis @ left[:, :DIMENSIONS]) * np.sqrt(scale[:DIMENSIONS])
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-6
    reduced: Matrix = points.astype(np.float32)
    return reduced


def _k_means(points: Matrix, k: int, generator: np.random.Generator) -> npt.NDArray[np.int64]:
    centers = points[_seeds(points, k, generator)]
    nearest = np.zeros(len(points), np.int64)
    for _ in range(_ROUNDS):
        nearest = np.argmax(points @ centers.T - (centers**2).sum(1) / 2, axis=1)
        sums = np.zeros_like(centers)
        np.add.at(sums, nearest, points)
        sizes = np.bincount(nearest, minlength=k)[:, None]
        centers = np.where(sizes > 0, sums / np.maximum(sizes, 1), centers)
    return nearest


def _seeds(points: Matrix, k: int, generator: np.random.Generator) -> list[int]:
    chosen = [int(generator.integers(len(points)))]
    distances = ((points - points[chosen[0]]) ** 2).sum(1).astype(np.float64)
    for _ in range(k - 1):
        chosen.append(int(generator.choice(len(points), p=distances / distances.sum())))
        np.minimum(distances, ((points - points[chosen[-1]]) ** 2).sum(1), out=distances)
    return chosen


def learn_names(shared: Path, texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Given names and surnames in lower case, from registers of persons and from titles."""
    given: Counter[str] = Counter()
    surnames: Counter[str] = Counter()
    path = shared / "entities" / "diplomatic_persons.jsonl.gz"
    registered: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            registered.update(json.loads(line)["person_names"].values())
    for name in registered:
        surname, comma, rest = name.partition(", ")
        first = rest.split()
        if comma and first and first[0].isalpha() and surname.isalpha():
            given[first[0].lower()] += 1
            surnames[surname.lower()] += 1
    titles = sorted(lexicon.honorifics(), key=len, reverse=True)
    titled = re.compile(
        rf"\b(?i:{'|'.join(map(re.escape, titles))})\.? ([A-Z][^\W\d_]+) ([A-Z][^\W\d_]+)\b"
    )
    for text in texts:
        for first_name, last_name in titled.findall(text):
            given[first_name.lower()] += 1
            surnames[last_name.lower()] += 1
    return (
        {name for name, count in given.items() if count >= _SMALLEST_NAME},
        {name for name, count in surnames.items() if count >= _SMALLEST_NAME},
    )


def names_found(texts: Iterable[str], tagger: Tagger) -> tuple[frozenset[str], frozenset[str]]:
    """Given names and surnames of the persons that a tagger is sure of, in lower case: those with
    several partners, because a mistake mostly has one.
    """
    given: dict[str, set[str]] = defaultdict(set)
    surnames: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for mention in tagger.tag(text, language="en"):
            if mention.kind is EntityKind.PERSON and mention.confidence > _SURE:
                words = mention.text.lower().split()
                first, last = words[0], words[-1]
                if 1 < len(words) <= _LONGEST_NAME and first.isalpha() and last.isalpha():
                    given[first].add(last)
                    surnames[last].add(first)
    return (
        frozenset(one for one, found in given.items() if len(found) > 2 and len(one) > 1),
        frozenset(one for one, found in surnames.items() if len(found) > 1 and len(one) > 1),
    )
