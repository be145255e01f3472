"""Vectors of articles: from their cache, else from the workers.

A cache of its own, so that a collection that is given vectors later, or another encoder, keeps its
analyses, which take longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from pathlib import Path

from corpus.processes import Cluster
from corpus.store import StoredArticle
from indexer.articles.analyses import AnalysisFailure, Analyzed, Readable, Workers
from indexer.articles.analysis import Analysis, content_key
from indexer.articles.cache import AnalysisCache
from indexer.articles.meaning import encoder

_BATCH = 256  # articles a worker, as with analyses


def encode_one(_tagger: str, article: Readable) -> Analyzed:
    """The vector of one article; whatever its text does to the encoder is its failure."""
    _, title, text = article
    try:
        return Analyzed(encoder.encoded(title, text), "")
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others go on; it is listed
        return Analyzed(None, f"no vector: {type(error).__name__}: {error}")


class Vectors(AbstractContextManager["Vectors"]):
    """Gives articles their vectors. A context manager.

    Args:
        cache: the file of the cache.
        processes: how many encode at once.
        cluster: whose workers encode in place of processes here.

    Attributes:
        failures: articles that could not be encoded.

    Raises:
        InvalidParameter: the extra is not installed.
        StorageError: see `AnalysisCache`.
    """

    def __init__(self, cache: Path, *, processes: int, cluster: Cluster | None = None) -> None:
        self.failures: list[AnalysisFailure] = []
        self._batch = _BATCH * (max(1, cluster.cores()) if cluster else processes)
        with ExitStack() as stack:
            version = encoder.version()
            self._cache = stack.enter_context(AnalysisCache(cache, version=version))
            self._workers = stack.enter_context(
                Workers(processes, cluster=cluster, work=encode_one, version=encoder.version)
            )
            self._open = stack.pop_all()

    def beside(
        self, analyzed: Iterable[tuple[StoredArticle, Analysis]]
    ) -> Iterator[tuple[StoredArticle, Analysis, bytes]]:
        """Every article with its analysis and its vector, in order; no bytes where it has none.

        Raises:
            StorageError: see `AnalysisCache` and `Workers`.
        """
        rest = iter(analyzed)
        while batch := list(islice(rest, self._batch)):
            keys = [content_key(stored.article) for stored, _ in batch]
            known = {
                key: vector
                for key, vector in self._cache.get(keys).items()
                if len(vector) in (0, encoder.VECTOR_BYTES)  # a damaged one is made again
            }
            known |= self._made(
                {
                    key: stored
                    for key, (stored, _) in zip(keys, batch, strict=True)
                    if key not in known
                }
            )
            for key, (stored, analysis) in zip(keys, batch, strict=True):
                yield stored, analysis, known.get(key, b"")

    def _made(self, missing: dict[bytes, StoredArticle]) -> dict[bytes, bytes]:
        if not missing:
            return {}
        articles = [stored.article for stored in missing.values()]
        made: dict[bytes, bytes] = {}
        for key, article, result in zip(
            missing, articles, self._workers.analyze(articles), strict=True
        ):
            if result.found is None:
                self.failures.append(AnalysisFailure(article.article_id, result.failure))
            else:
                made[key] = result.found
        self._cache.finish((), made.items())
        return made

    def close(self) -> None:
        self._open.close()

    def __exit__(self, *_error: object) -> None:
        self.close()
