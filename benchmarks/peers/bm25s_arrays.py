"""bm25s: eager sparse scores in arrays; one field, terms and disjunctions only, no facets."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from benchmarks.peers.peer import HITS, Found, Page, stems
from benchmarks.questions import CLASSES, Question
from indexer.document import IndexDocument
from search.language.query import Or, Query, Term

Scores = npt.NDArray[np.float32]
_ANSWERED = frozenset({"rare term", "medium term", "common term", "3-5 term OR"})


class Bm25s:
    """See `benchmarks.peers.peer.Peer`. Title and text are one field of stems."""

    name: ClassVar[str] = "bm25s"
    kinds_missing: ClassVar[frozenset[str]] = frozenset(CLASSES) - _ANSWERED

    def build(self, folder: Path, documents: Iterable[IndexDocument]) -> None:
        import bm25s  # noqa: PLC0415 - a peer may not be installed

        folder.mkdir(parents=True, exist_ok=True)
        ids: dict[str, int] = {}
        articles: list[str] = []
        corpus: list[list[int]] = []
        for document in documents:
            articles.append(document.article_id)
            words = f"{stems(document.title)} {stems(document.text)}".split()
            corpus.append([ids.setdefault(word, len(ids)) for word in words])
        index = bm25s.BM25(method="lucene")
        index.index((corpus, ids), show_progress=False)
        index.save(str(folder))
        (folder / "ids.pickle").write_bytes(pickle.dumps((ids, articles)))

    def open(self, folder: Path) -> None:
        import bm25s  # noqa: PLC0415

        self._index = bm25s.BM25.load(str(folder), mmap=True)
        self._ids, self._articles = pickle.loads((folder / "ids.pickle").read_bytes())

    def find(self, question: Question) -> Found:
        scores = self._scores(question)
        total = int(np.count_nonzero(scores))
        return Found(tuple(_best(scores, min(HITS, total))), total)

    def ids(self, found: Found) -> list[str]:
        return [self._articles[number] for number in found.first]

    def ranked(self, question: Question, limit: int) -> list[int]:
        scores = self._scores(question)
        return _best(scores, min(limit, int(np.count_nonzero(scores))))

    def page(self, question: Question) -> Page:
        raise NotImplementedError("bm25s has no facets and stores no text")

    def close(self) -> None:
        del self._index

    def _scores(self, question: Question) -> Scores:
        known = [self._ids[word] for word in _words(question.query) if word in self._ids]
        scores: Scores = self._index.get_scores_from_ids(known)
        return scores


def _best(scores: Scores, count: int) -> list[int]:
    if not count:
        return []
    first = np.argpartition(scores, -count)[-count:]
    return [int(at) for at in first[np.argsort(-scores[first], kind="stable")]]


def _words(query: Query) -> list[str]:
    if isinstance(query, Term):
        return [query.word]
    assert isinstance(query, Or)
    return [one.word for one in query.clauses if isinstance(one, Term)]
