"""Analyses of articles: from the cache, else from the workers."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus.store import StoredArticle
from indexer.articles import analysis as article_analysis
from indexer.articles.analysis import Analysis, content_key, decode
from indexer.articles.cache import AnalysisCache
from indexer.articles.workers import Workers
from indexer.entities import SHIPPED

_BATCH = 256  # articles a worker: enough to keep all busy, few enough to lose little when killed


@dataclass(frozen=True, slots=True)
class AnalysisFailure:
    """An article that could not be analyzed, and why."""

    article_id: str
    reason: str


class Analyses(AbstractContextManager["Analyses"]):
    """Gives articles their analyses. A context manager.

    Args:
        cache: the file of the cache.
        processes: how many analyze at once.
        tagger: which finds the names, see `indexer.entities.tagger`.

    Attributes:
        analyzed: how many articles were not in the cache.
        failures: those that could not be analyzed.
    """

    def __init__(self, cache: Path, *, processes: int, tagger: str = SHIPPED) -> None:
        self.analyzed = 0
        self.failures: list[AnalysisFailure] = []
        self._batch = _BATCH * processes
        self._failed: set[bytes] = set()
        with ExitStack() as stack:
            version = article_analysis.version(tagger)
            self._cache = stack.enter_context(AnalysisCache(cache, version=version))
            self._workers = stack.enter_context(Workers(processes, tagger))
            self._suspects = self._cache.begun()
            self._open = stack.pop_all()

    def of(self, articles: Iterable[StoredArticle]) -> Iterator[tuple[StoredArticle, Analysis]]:
        """Every article with its analysis, in order; `EMPTY` where analysis fails.

        What an earlier run was at when it ended may have ended it: that is analyzed in a process of
        its own, so that it cannot end this one.

        What is analyzed is kept at once, so that a rebuild that was cut off goes on from there.

        Raises:
            StorageError: see `AnalysisCache` and `Workers`.
        """
        rest = iter(articles)
        while batch := list(islice(rest, self._batch)):
            keys = [content_key(stored.article) for stored in batch]
            known = self._known(keys)
            known |= self._made(batch, keys, known)
            for stored, key in zip(batch, keys, strict=True):
                yield stored, known.get(key, article_analysis.EMPTY)

    def _known(self, keys: list[bytes]) -> dict[bytes, Analysis]:
        known = {}
        for key, stored in self._cache.get(keys).items():
            try:
                known[key] = decode(stored)
            except (ValueError, TypeError, zlib.error):
                continue  # a damaged entry is made again
        return known

    def _made(
        self, batch: list[StoredArticle], keys: list[bytes], known: dict[bytes, Analysis]
    ) -> dict[bytes, Analysis]:
        missing = {
            key: stored.article
            for key, stored in zip(keys, batch, strict=True)
            if key not in known and key not in self._failed
        }
        if not missing:
            return {}
        made: dict[bytes, bytes] = {}
        finished: list[bytes] = []
        self._cache.begin(missing)
        apart = not self._suspects.isdisjoint(missing)
        results = self._workers.analyze(list(missing.values()), apart=apart)
        for (key, article), result in zip(missing.items(), results, strict=True):
            if not result.is_lost:
                finished.append(key)
            if result.found is None:
                self._failed.add(key)
                self.failures.append(AnalysisFailure(article.article_id, result.failure))
            else:
                made[key] = result.found
        self._cache.finish(finished, made.items())
        self.analyzed += len(missing)
        return {key: decode(found) for key, found in made.items()}

    def close(self) -> None:
        self._open.close()

    def __exit__(self, *_error: object) -> None:
        self.close()
