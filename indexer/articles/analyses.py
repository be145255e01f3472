"""Analyses of articles: from the cache, else from the workers."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from corpus.article import Article
from corpus.processes import Cluster, ClusterPool, Lost, Pool
from corpus.store import StoredArticle
from indexer import versions
from indexer.articles import analysis as article_analysis
from indexer.articles.analysis import Analysis, analyze, content_key, decode, encode
from indexer.articles.cache import AnalysisCache
from indexer.entities import SHIPPED

# Workers: articles analyzed in other processes, results in the order asked for.
#
# An article whose analysis ends its process, or never ends, costs its names alone: it is indexed
# with its text, flagged `not_analyzed`, and listed by the rebuild.

PATIENCE = 300.0
"""Seconds for one article: a million characters, a book and no article, take 17 of them."""

_WORTH_A_PROCESS = 64  # articles; starting a worker takes as long as analyzing about so many
_TASK = 16  # articles handed over at a time

Readable = tuple[str, str, str]
"""What of an article is analyzed: language, title, text."""


class Analyzed(NamedTuple):
    """The result for one article.

    Attributes:
        found: the encoded analysis, or None when analysis failed.
        failure: why it failed, else empty.
        is_lost: whether it ended its process, or never ended.
    """

    found: bytes | None
    failure: str
    is_lost: bool = False


def analyze_one(tagger: str, article: Readable) -> Analyzed:
    """Analyzes one article; whatever its text does to our code is its failure."""
    language, title, text = article
    try:
        found = encode(analyze(language=language, title=title, text=text, tagger=tagger))
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others go on; it is listed
        return Analyzed(None, f"{type(error).__name__}: {error}")
    return Analyzed(found, "")


class Workers(AbstractContextManager["Workers"]):
    """Analyzes articles in up to `processes` processes, their names by `tagger`. A context
    manager.

    Args:
        cluster: whose workers analyze in place of processes here.
        work: from the name of a tagger and an article to its result; a function of a module.
        version: of what works, which those of a cluster must have too; else that of analyses.
    """

    def __init__(
        self,
        processes: int,
        tagger: str = SHIPPED,
        *,
        cluster: Cluster | None = None,
        patience: float = PATIENCE,
        work: Callable[[str, Readable], Analyzed] = analyze_one,
        version: Callable[[], str] | None = None,
    ) -> None:
        self._processes = processes
        self._patience = patience
        self._work = partial(work, tagger)
        self._version = version or partial(versions.analyses, tagger)
        self._cluster = cluster
        self._pool: Pool[Readable, Analyzed] | ClusterPool[Readable, Analyzed] | None = None

    def analyze(self, articles: Sequence[Article], *, apart: bool = False) -> Iterator[Analyzed]:
        """The results for `articles`, in their order.

        Args:
            apart: never in this process, though they be few or there be one process: one of them
                may end it.
        """
        readable = [(a.language, a.title, a.reading) for a in articles]
        alone = self._processes == 1 and self._cluster is None
        few = self._pool is None and len(articles) < _WORTH_A_PROCESS
        if (alone or few) and not apart:
            yield from map(self._work, readable)
            return
        if self._pool is None:
            self._pool = self._begun()
        tasks = (readable[at : at + _TASK] for at in range(0, len(readable), _TASK))
        for results in self._pool.results(tasks):
            for result in results:
                yield (
                    Analyzed(None, f"analyzing it {result}", is_lost=True)
                    if isinstance(result, Lost)
                    else result
                )

    def _begun(self) -> Pool[Readable, Analyzed] | ClusterPool[Readable, Analyzed]:
        if self._cluster is None:
            return Pool(self._work, processes=self._processes, patience=self._patience)
        return self._cluster.pool(self._work, version=self._version, patience=self._patience)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def __exit__(self, *_error: object) -> None:
        self.close()


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
        cluster: whose workers analyze in place of processes here.

    Attributes:
        analyzed: how many articles were not in the cache.
        failures: those that could not be analyzed.
    """

    def __init__(
        self,
        cache: Path,
        *,
        processes: int,
        tagger: str = SHIPPED,
        cluster: Cluster | None = None,
    ) -> None:
        self.analyzed = 0
        self.failures: list[AnalysisFailure] = []
        self._batch = _BATCH * (max(1, cluster.cores()) if cluster else processes)
        self._failed: set[bytes] = set()
        with ExitStack() as stack:
            version = versions.analyses(tagger)
            self._cache = stack.enter_context(AnalysisCache(cache, version=version))
            self._workers = stack.enter_context(Workers(processes, tagger, cluster=cluster))
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
