"""How does a pile of files get in? Read, clean, store; cut off at any instant, run again, done.

Nothing is held but a few batches: documents stream from the readers through the cleaning processes
into the catalogue, in order. A file that was read to its end is skipped the next time while its
size and time stay; in any other file, documents that are here are told by their bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from corpus import cleaner
from corpus.article import Article, RawDocument
from corpus.cleaning import Clean, Cleaned, attempt, cleaned
from corpus.earlier_failures import file_of, forget_settled, link_not_followed
from corpus.errors import FirstVisitElsewhere, InputError
from corpus.readers import READERS_VERSION, files_of, read_file
from corpus.readers.source import printable
from corpus.revisits import completed
from corpus.store import Catalogue, Outcome, Settled
from corpus.tally import IngestReport, Tally


@dataclass(slots=True)
class _File:
    """A file under way, and after its documents the mark of its end."""

    path: str
    stamp: str
    after: int  # the last failure before this file
    documents: int = 0


@dataclass(frozen=True, slots=True)
class _Unreadable:
    error: InputError


def ingest(
    paths: Iterable[Path],
    catalogue: Catalogue,
    *,
    processes: int | None = None,
    columns: Mapping[str, str] | None = None,
    retry_failures: bool = False,
    clean: Clean = cleaner.clean,
    on_document: Callable[[], None] = lambda: None,
) -> IngestReport:
    """Takes everything in that `paths` hold.

    Args:
        paths: files and folders.
        catalogue: open for writing.
        processes: how many processes clean; None: see `cleaning_processes`.
        columns: for tables: which column holds which key.
        retry_failures: try again what failed in earlier runs, before `paths`.
        clean: the cleaner; a function of a module.
        on_document: called after each document.

    Returns:
        The counts; failures are in the catalogue with their reasons.

    Raises:
        StorageError: the catalogue cannot be written.
    """
    run = _Run(catalogue, columns or {}, clean, on_document)
    events = chain(run.failed_before() if retry_failures else (), run.events(paths))
    # closed whatever happens, so that no process starts to clean for one that was interrupted
    with closing(cleaned(events, clean, processes=processes or cleaning_processes())) as results:
        for event, result in results:
            run.settle(event, result)
    return run.tally.report()


def cleaning_processes() -> int:
    """One a core; never one alone, which could not give up a document that takes forever."""
    return max(2, available_cores())


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


class _Run:
    """One ingest: the documents on their way, and what has come of them so far."""

    def __init__(
        self,
        catalogue: Catalogue,
        columns: Mapping[str, str],
        clean: Clean,
        on_document: Callable[[], None],
    ) -> None:
        self.tally = Tally()
        self._clean = clean
        self._catalogue = catalogue
        self._columns = columns
        self._on_document = on_document

    def events(self, paths: Iterable[Path]) -> Iterator[RawDocument | _Unreadable | _File]:
        """Documents to clean, errors of reading, and the end of each file, in order."""
        for path in paths:
            forget_settled(self._catalogue, path)
            for file in files_of(path):
                if isinstance(file, InputError):
                    self.tally.documents += 1
                    yield _Unreadable(file)
                else:
                    yield from self._events_of(file)

    def failed_before(self) -> Iterator[RawDocument | _Unreadable | _File]:
        """The same for what failed in earlier runs; a file that could not be read, once."""
        seen = set()
        for failed in self._catalogue.failed_documents():
            if isinstance(failed, RawDocument):
                self.tally.documents += 1
                yield failed
                continue
            path = file_of(failed)
            if path is None:
                self._catalogue.forget(failed)
            elif path not in seen:
                seen.add(path)
                yield from self._again(path)

    def _again(self, path: Path) -> Iterator[RawDocument | _Unreadable | _File]:
        """The same for one file, link or folder that could not be read."""
        if path.is_symlink():  # it may lead out of the folder in which it was found
            self.tally.documents += 1
            yield _Unreadable(link_not_followed(path))
        elif path.is_dir():
            self._catalogue.forget(printable(path))
            yield from self.events([path])
        else:
            yield from self._events_of(path, anew=True)

    def settle(self, event: RawDocument | _Unreadable | _File, result: Cleaned | None) -> None:
        """Writes what came of one event into the catalogue, and counts it."""
        if isinstance(event, _File):
            self._catalogue.finish(event.path, event.stamp, event.documents, after=event.after)
        elif isinstance(event, _Unreadable):
            self._settle_unreadable(event.error)
        elif isinstance(result, Article):
            self.tally.count_outcome(self._put(event, result), result.kind)
            self._on_document()
        elif result is not None:
            self._catalogue.fail(event, result, stage="clean", cleaner=cleaner.VERSION)
            self._count("failures")

    def _settle_unreadable(self, error: InputError) -> None:
        if isinstance(error, FirstVisitElsewhere):
            visit = completed(error, self._catalogue)
            if visit is not None:
                if not self._is_settled(visit):
                    self.settle(visit, attempt(self._clean, visit))
                return
        self._catalogue.fail(error.where, error, stage="read")
        self._count("failures")

    def _events_of(
        self, path: Path, *, anew: bool = False
    ) -> Iterator[RawDocument | _Unreadable | _File]:
        after = self._catalogue.latest_failure()
        file = _File(printable(path), _stamp(path, self._columns), after)
        before = None if anew else self._catalogue.taken_in(file.path, file.stamp)
        if before is not None:
            failed = min(self._catalogue.failures_in(file.path), before)
            self.tally.documents += before
            self._count("failures", failed)
            self._count("duplicates", before - failed)
            return
        for item in read_file(path, columns=self._columns):
            file.documents += 1
            self.tally.documents += 1
            if isinstance(item, InputError):
                yield _Unreadable(item)
                continue
            if not self._is_settled(item):
                yield item
        yield file

    def _is_settled(self, raw: RawDocument) -> bool:
        """Whether a document is known from before; counted if it is."""
        settled = self._catalogue.settled(raw, cleaner=cleaner.VERSION)
        if settled is not None:
            self._count("duplicates" if settled is Settled.TAKEN else "failures")
        return settled is not None

    def _put(self, raw: RawDocument, article: Article) -> Outcome:
        return self._catalogue.put(raw, article, cleaner=cleaner.VERSION)

    def _count(self, part: str, number: int = 1) -> None:
        self.tally.count(part, number)
        for _ in range(number):
            self._on_document()


def _stamp(path: Path, columns: Mapping[str, str]) -> str:
    """What tells one state of a file, and one way of reading it, from another."""
    try:
        status = path.stat()
    except OSError:
        return ""
    way = f"{READERS_VERSION} {cleaner.VERSION} {sorted(columns.items())}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {way}"
