"""Recleaning: a better cleaner reads the stored originals of what is here already again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from corpus import cleaner
from corpus.article import Article, RawDocument
from corpus.intake.cleaning import Clean, cleaned, cleaning_processes
from corpus.processes import Cluster
from corpus.store import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class RecleanReport:
    """What came of it.

    Attributes:
        versions: all that an older cleaner had read, and all whose reading was damaged.
        changed: those that read differently now.
        refused: those that the new cleaner takes for no article; they stay as they were.
    """

    versions: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True)
class _Version:
    """Follows each document: the version that it is the original of."""

    article_id: str
    number: int


def reclean(
    catalogue: Catalogue,
    *,
    processes: int | None = None,
    cluster: Cluster | None = None,
    clean: Clean = cleaner.clean,
    version: str | None = None,
    on_version: Callable[[], None] = lambda: None,
) -> RecleanReport:
    """Reads every outdated or damaged version again; cut off, it goes on where it ended.

    Args:
        catalogue: open for writing.
        cluster: see `ingest`.
        version: that of the cleaner, when it is not ours; what another version has read is
            outdated.

    Raises:
        StorageError: the catalogue cannot be written.
    """
    version = version or cleaner.version()
    versions = changed = refused = 0
    reading: Article | None = None
    events = _events(catalogue, version)
    processes = processes or cleaning_processes()
    with closing(cleaned(events, clean, processes=processes, cluster=cluster)) as results:
        for event, result in results:
            if isinstance(event, RawDocument):
                reading = result if isinstance(result, Article) else None
                continue
            versions += 1
            on_version()
            if reading is None:
                refused += 1
            elif catalogue.reread(event.article_id, event.number, reading, cleaner=version):
                changed += 1
    return RecleanReport(versions=versions, changed=changed, refused=refused)


def _events(catalogue: Catalogue, version: str) -> Iterator[RawDocument | _Version]:
    for article_id, number, raw in catalogue.outdated(version):
        yield raw
        yield _Version(article_id, number)
