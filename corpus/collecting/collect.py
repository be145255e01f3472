"""Collect: how does a list of addresses become articles?

Fetched side by side, stored one after another.

Threads fetch; the catalogue is written by the thread that called. Cut off at any instant, the same
call goes on: pages that are here are not fetched again, listings are asked whether they changed.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

from corpus import cleaner
from corpus.article import IS_PART, Article, RawDocument
from corpus.collecting.fetcher import Fetched, Fetcher
from corpus.collecting.frontier import Frontier, Task
from corpus.collecting.listings import (
    addresses_in,
    addresses_in_file,
    is_cut_off,
    is_listing,
    unpacked,
)
from corpus.errors import CollectError, InputError, UnreadableInput, UnsupportedFormat
from corpus.intake.cleaning import Clean, Cleaning
from corpus.intake.report import IngestReport, Tally
from corpus.readers.formats import page_type
from corpus.readers.web.stories import documents_in
from corpus.store import Catalogue, Known, Original, Visit, VisitOutcome

READER = "http/1"
_MAX_DEPTH = 3  # a sitemap index of sitemaps of feeds, and no further
_WAITING = 4  # answers, of up to 64 MB each, that wait to be stored
_Result = tuple[Task, Fetched | InputError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is wanted of one call.

    Attributes:
        again: ask of pages that are here whether they have changed.
        retry_failures: try what has failed for good before.
        limit: fetch so many pages at most, however many listings lead there; None for no limit.
        threads: hosts that are visited at the same time.
    """

    again: bool = False
    retry_failures: bool = False
    limit: int | None = None
    threads: int = 8


def collect(
    starts: Iterable[str | Path],
    catalogue: Catalogue,
    fetcher: Fetcher,
    *,
    wishes: Wishes | None = None,
    clean: Clean = cleaner.clean,
    apart: bool = False,
    on_document: Callable[[], None] = lambda: None,
) -> IngestReport:
    """Fetches pages, and the pages that feeds and sitemaps name, into the catalogue.

    Args:
        starts: addresses of pages, feeds and sitemaps; paths of files that list addresses.
        catalogue: open for writing.
        clean: the cleaner; a function of a module.
        apart: pages are cleaned in another process, with so much time and memory for each.
        on_document: called after each page.

    Returns:
        The counts of pages; listings are no documents. Failures are in the catalogue.

    Raises:
        InputError: a file cannot be read, or lists no address.
        StorageError: the catalogue cannot be written.
    """
    with Cleaning(clean, apart=apart) as cleaning:
        run = _Run(catalogue, fetcher, wishes or Wishes(), cleaning, on_document)
        for start in starts:
            run.begin(start)
        run.to_the_end()
    return run.tally.report()


@dataclass(slots=True)
class _Run:
    catalogue: Catalogue
    fetcher: Fetcher
    wishes: Wishes
    cleaning: Cleaning
    on_document: Callable[[], None]
    tally: Tally = field(default_factory=Tally)
    frontier: Frontier = field(default_factory=Frontier)
    seen: set[str] = field(default_factory=set)
    fetched: int = 0
    listings: deque[tuple[str, int]] = field(default_factory=deque)
    """Addresses of further listings, and their depth: read when the pages of others are fetched, as
    a site may name a million pages in hundreds of them.
    """

    def begin(self, start: str | Path) -> None:
        """Adds an address, or the addresses in a file."""
        if isinstance(start, str):
            self._add(start, depth=0)
            return
        for named in addresses_in_file(start):
            if self._is_full:
                break
            self._add(named, depth=1)

    def to_the_end(self) -> None:
        """Fetches until nothing is left."""
        results: Queue[_Result] = Queue(maxsize=_WAITING)
        for _ in range(self.wishes.threads):
            threading.Thread(target=self._fetch_all, args=(results,), daemon=True).start()
        try:
            while self._goes_on():
                task, result = results.get()
                self._settle(task, result)
                self.frontier.finish()
        finally:
            self.frontier.close()

    def _fetch_all(self, results: Queue[_Result]) -> None:
        while (task := self.frontier.take()) is not None:
            visit = task.visit
            try:
                result: Fetched | InputError = self.fetcher.fetch(
                    task.url,
                    etag=visit.etag if visit else None,
                    last_modified=visit.last_modified if visit else None,
                )
            except InputError as error:
                result = error
            except Exception as error:  # noqa: BLE001 - must not cost the other pages
                reason = f"fetching it failed ({type(error).__name__}: {error})"
                result = CollectError(reason, where=task.url, advice="Please report it")
            self.frontier.release(task)
            results.put((task, result))

    def _add(self, url: str, *, depth: int) -> None:
        """Adds an address, unless what is known of it makes a visit idle."""
        url = url.partition("#")[0]  # which no server is told
        if url in self.seen:
            return
        self.seen.add(url)
        visit = self.catalogue.visit(url)
        wanted = depth == 0 or visit is None or visit.listing is not None
        if visit is None or wanted or visit.outcome is VisitOutcome.FAILED_FOR_NOW:
            self._queue(Task(url, depth, visit))
        elif visit.outcome is VisitOutcome.FETCHED:
            if self.wishes.again:
                self._queue(Task(url, depth, visit))
            else:
                self._count_known("duplicates")
        elif self.wishes.retry_failures:
            self._queue(Task(url, depth, visit))
        else:
            self._count_known("failures")

    def _goes_on(self) -> bool:
        """Whether anything is left to fetch; takes up listings where threads would be idle."""
        busy = self.wishes.threads if self.wishes.limit is None else 1
        while self.listings and not self._is_full and self.frontier.unfinished < busy:
            url, depth = self.listings.popleft()
            self._add(url, depth=depth)
        return not self.frontier.is_empty

    @property
    def _is_full(self) -> bool:
        """Whether nothing more is to be fetched; the rest of a listing is not even looked at."""
        return self.wishes.limit is not None and self.fetched >= self.wishes.limit

    def _queue(self, task: Task) -> None:
        if not self._is_full:
            self.fetched += 1
            self.frontier.add(task)

    def _settle(self, task: Task, result: Fetched | InputError) -> None:
        """Writes what came of a visit into the catalogue."""
        if isinstance(result, InputError):
            self._fail(task, result)
        elif result.unchanged and task.visit is not None:
            if task.visit.listing is not None:
                self.fetched -= 1  # it is no page
                self._follow(task, task.visit.listing.content, result.url)
            else:
                self._count_known("duplicates")
            self._note(task, result, task.visit.listing)
        else:
            content = unpacked(result.answer.content)
            if is_listing(content):
                self.fetched -= 1
                self._read_listing(task, result, content)
            else:
                self._take_in(task, result)
                self._note(task, result, None)

    def _read_listing(self, task: Task, result: Fetched, content: bytes) -> None:
        """Follows a listing; one that is damaged is asked for anew next time."""
        try:
            self._follow(task, content, result.url)
        except UnreadableInput as error:
            self._fail(task, CollectError(error.what, where=task.url, temporary=True))
            return
        if is_cut_off(content):
            cut = CollectError(
                "the listing has no end: it was cut off",
                where=task.url,
                advice="What it names before that is fetched",
                temporary=True,
            )
            self._fail(task, cut)
        else:
            self._note(task, result, Original(content, "application/xml"))

    def _follow(self, task: Task, listing: bytes, base: str) -> None:
        if task.depth < _MAX_DEPTH:
            for named in addresses_in(listing, base=base):
                if self._is_full:
                    break
                if named.is_listing:
                    self.listings.append((named.url, task.depth + 1))
                else:
                    self._add(named.url, depth=task.depth + 1)

    def _take_in(self, task: Task, fetched: Fetched) -> None:
        answer = fetched.answer
        content_type = answer.headers.get("content-type", "")
        media_type = page_type(answer.content, content_type=content_type, url=fetched.url)
        raw = RawDocument(
            content=answer.content,
            media_type=media_type or content_type or "application/octet-stream",
            locator=task.url,
            url=fetched.url,
            collected=fetched.collected,
            reader=READER,
            headers=answer.headers,
            declared={IS_PART: "yes"} if fetched.is_part else {},
        )
        if media_type is None:
            what = f"neither a page nor a feed ({content_type})"
            told = what if answer.content else "the answer is empty"
            error = UnsupportedFormat(told, where=task.url)
            self.tally.documents += 1
            self.catalogue.fail(raw, error, stage="read")
            self._count("failures")
            return
        for item in documents_in(raw):
            self.tally.documents += 1
            if isinstance(item, InputError):
                self.catalogue.fail(item.where, item, stage="read")
                self._count("failures")
            else:
                self._put(item)

    def _put(self, raw: RawDocument) -> None:
        known = self.catalogue.known(raw, cleaner=cleaner.version())
        if known is not None:
            self._count("duplicates" if known is Known.TAKEN else "failures")
            return
        result = self.cleaning.cleaned(raw)
        if isinstance(result, Article):
            outcome = self.catalogue.put(raw, result, cleaner=cleaner.version())
            self.tally.count_outcome(outcome, result.kind)
            self.on_document()
        else:
            self.catalogue.fail(raw, result, cleaner=cleaner.version())
            self._count("failures")

    def _fail(self, task: Task, error: InputError) -> None:
        for_now = isinstance(error, CollectError) and error.temporary
        self.tally.documents += 1
        self.catalogue.fail(task.url, error, stage="collect")
        self.catalogue.record_visit(
            task.url,
            Visit(
                outcome=VisitOutcome.FAILED_FOR_NOW if for_now else VisitOutcome.FAILED,
                visited=datetime.now(UTC),
                listing=task.visit.listing if task.visit else None,
            ),
        )
        self._count("failures")

    def _note(self, task: Task, fetched: Fetched, listing: Original | None) -> None:
        headers = fetched.answer.headers
        before = task.visit if fetched.unchanged else None
        self.catalogue.record_visit(
            task.url,
            Visit(
                outcome=VisitOutcome.FETCHED,
                visited=fetched.collected,
                etag=headers.get("etag") or (before.etag if before else None),
                last_modified=headers.get("last-modified")
                or (before.last_modified if before else None),
                listing=listing,
            ),
        )

    def _count_known(self, part: str) -> None:
        self.tally.documents += 1
        self._count(part)

    def _count(self, part: str) -> None:
        self.tally.count(part)
        self.on_document()
