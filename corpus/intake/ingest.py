"""Ingest: how does a pile of files get in?

Read, clean, store; cut off at any instant, run again, done.

Nothing is held but a few batches: documents stream from the process that reads through those that
clean into the catalogue, in order. A file that was read to its end is skipped the next time while
its size and time stay; in any other file, documents that are here are told by their bytes.
"""

from __future__ import annotations

import os
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from hashlib import sha1
from itertools import chain
from pathlib import Path

from corpus import cleaner, readers
from corpus.article import Article, RawDocument, article_id_for
from corpus.cleaner.addresses import canonical_url
from corpus.cleaner.files.recognition import codes_of
from corpus.errors import ArticleNotFound, FirstVisitElsewhere, InputError, UnsafeInput
from corpus.intake.cleaning import Clean, Cleaned, attempt, cleaned, cleaning_processes
from corpus.intake.reading import LimitedReading
from corpus.intake.report import IngestReport, Tally
from corpus.processes import Cluster
from corpus.readers import files_of, read_file
from corpus.readers.source import Asked, printable
from corpus.store import Catalogue, Known, Outcome

# Which failures of earlier runs still stand? Those whose file is there to be read again.

_SHOWN_BYTE = re.compile(rb"\\x([0-9a-f]{2})")


def file_of(locator: str) -> Path | None:
    """The file in which something lies: the locator up to a `!` where that exists; None if gone."""
    parts = locator.split("!")
    for end in range(len(parts), 0, -1):
        shown = "!".join(parts[:end])
        for path in (Path(shown), _with_bytes(shown)):
            if os.path.lexists(path):
                return path
    return None


def forget_gone(catalogue: Catalogue, folder: Path) -> None:
    """Forgets what could not be read in a folder, and is gone or about to be listed again.

    Walking a folder meets its links, folders and special files anew; files are dealt with
    when they have been read.
    """
    for locator in catalogue.unread(printable(folder)):
        path = file_of(locator)
        if path is None or path.is_symlink() or not path.is_file():
            catalogue.forget(locator)


def link_not_followed(link: Path) -> UnsafeInput:
    """What trying a link again comes to."""
    return UnsafeInput(
        "a link is not followed",
        where=printable(link),
        advice="Add what it leads to by its own path",
    )


def _with_bytes(shown: str) -> Path:
    """The path whose bytes that are no UTF-8 are shown as `\\xNN`, as `printable` does."""
    found = _SHOWN_BYTE.sub(lambda byte: bytes.fromhex(byte[1].decode()), os.fsencode(shown))
    return Path(os.fsdecode(found))


# Which page did a crawl find unchanged? One that another file held, and that is here by now.
#
# Crawlers that visit daily write a page once, and for each later visit that it was the same.


def completed(error: FirstVisitElsewhere, catalogue: Catalogue) -> RawDocument | None:
    """The later visit with the page of the first one; None where that is not in the catalogue.

    The first visit is known by its address, and by its time or the digest of its bytes.
    """
    article_id = article_id_for(url=canonical_url(error.first_url), text="")
    try:
        sightings = catalogue.sightings(article_id)
    except ArticleNotFound:
        return None
    for seen in sightings:
        original = catalogue.original(seen.original_sha256)
        if seen.collected == error.first_visited or _digest(original.content) == error.digest:
            return replace(
                error.visit,
                content=original.content,
                media_type=original.media_type,
                headers=seen.headers,  # those of "not modified" do not tell the charset
            )
    return None


def _digest(content: bytes) -> str:
    """As crawlers write it."""
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"


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
    cluster: Cluster | None = None,
    asked: Asked | None = None,
    retry_failures: bool = False,
    clean: Clean = cleaner.clean,
    on_document: Callable[[], None] = lambda: None,
) -> IngestReport:
    """Takes everything in that `paths` hold.

    Args:
        paths: files and folders.
        catalogue: open for writing.
        processes: how many processes clean; None: see `cleaning_processes`.
        cluster: whose workers clean in place of processes here.
        asked: how a person asked that files be read.
        retry_failures: try again what failed in earlier runs, before `paths`.
        clean: the cleaner; a function of a module.
        on_document: called after each document.

    Returns:
        The counts; failures are in the catalogue with their reasons.

    Raises:
        StorageError: the catalogue cannot be written.
    """
    processes = processes or cleaning_processes()
    with ExitStack() as closing_all:
        # with one process, this one does everything, without limits
        reading = closing_all.enter_context(LimitedReading()) if processes > 1 else None
        run = _Run(catalogue, asked or Asked(), clean, on_document, reading)
        events = chain(run.failed_before() if retry_failures else (), run.events(paths))
        # closed whatever happens, so that no process starts to clean for one that was interrupted
        results = closing_all.enter_context(
            closing(cleaned(events, clean, processes=processes, cluster=cluster))
        )
        for event, result in results:
            run.keep(event, result)
    return run.tally.report()


class _Run:
    """One ingest: the documents on their way, and what has come of them so far."""

    def __init__(
        self,
        catalogue: Catalogue,
        asked: Asked,
        clean: Clean,
        on_document: Callable[[], None],
        reading: LimitedReading | None,
    ) -> None:
        self._read = reading.read if reading else read_file
        self.tally = Tally()
        self._clean = clean
        self._catalogue = catalogue
        self._stamp = asked.stamp
        self._asked = asked
        if not asked.languages:  # nobody said: those that are read here
            self._asked = replace(asked, languages=codes_of(catalogue.languages()))
        self._on_document = on_document

    def events(self, paths: Iterable[Path]) -> Iterator[RawDocument | _Unreadable | _File]:
        """Documents to clean, errors of reading, and the end of each file, in order."""
        for path in paths:
            forget_gone(self._catalogue, path)
            for file in files_of(path, scans=self._asked.scans):
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

    def keep(self, event: RawDocument | _Unreadable | _File, result: Cleaned | None) -> None:
        """Writes what came of one event into the catalogue, and counts it."""
        if isinstance(event, _File):
            self._catalogue.finish(event.path, event.stamp, event.documents, after=event.after)
        elif isinstance(event, _Unreadable):
            self._keep_unreadable(event.error)
        elif isinstance(result, Article):
            self.tally.count_outcome(self._put(event, result), result.kind)
            self._on_document()
        elif result is not None:
            self._catalogue.fail(event, result, stage="clean", cleaner=cleaner.version())
            self._count("failures")

    def _keep_unreadable(self, error: InputError) -> None:
        if isinstance(error, FirstVisitElsewhere):
            visit = completed(error, self._catalogue)
            if visit is not None:
                if not self._is_known(visit):
                    self.keep(visit, attempt(self._clean, visit))
                return
        self._catalogue.fail(error.where, error, stage="read")
        self._count("failures")

    def _events_of(
        self, path: Path, *, anew: bool = False
    ) -> Iterator[RawDocument | _Unreadable | _File]:
        after = self._catalogue.latest_failure()
        file = _File(printable(path), _stamp(path, self._stamp), after)
        before = None if anew else self._catalogue.taken_in(file.path, file.stamp)
        if before is not None:
            failed = min(self._catalogue.failures_in(file.path), before)
            self.tally.documents += before
            self._count("failures", failed)
            self._count("duplicates", before - failed)
            return
        for item in self._read(path, asked=self._asked):
            file.documents += 1
            self.tally.documents += 1
            if isinstance(item, InputError):
                yield _Unreadable(item)
                continue
            if not self._is_known(item):
                yield item
        yield file

    def _is_known(self, raw: RawDocument) -> bool:
        """Whether a document is known from before; counted if it is."""
        known = self._catalogue.known(raw, cleaner=cleaner.version())
        if known is not None:
            self._count("duplicates" if known is Known.TAKEN else "failures")
        return known is not None

    def _put(self, raw: RawDocument, article: Article) -> Outcome:
        return self._catalogue.put(raw, article, cleaner=cleaner.version())

    def _count(self, part: str, number: int = 1) -> None:
        self.tally.count(part, number)
        for _ in range(number):
            self._on_document()


def _stamp(path: Path, asked: str) -> str:
    """What tells one state of a file, and one way of reading it, from another."""
    try:
        status = path.stat()
    except OSError:
        return ""
    way = f"{readers.version()} {cleaner.version()} {asked}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {way}"
