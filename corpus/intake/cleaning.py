"""Cleaning: many documents at once, in other processes, each with its article or its error."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

# The parsers too, which `corpus.cleaner` loads with the first document: processes that clean are
# forked from one that has loaded this module, and find them there.
import corpus.cleaner.files.papers
import corpus.cleaner.html  # noqa: F401
from corpus import cleaner
from corpus.article import Article, RawDocument
from corpus.errors import InputError, UnreadableInput, machine_trouble
from corpus.processes import Cluster, Lost, Pool, available_cores

Clean = Callable[[RawDocument], Article]
Cleaned = Article | InputError
Item = TypeVar("Item")

_BATCH_BYTES = 512 << 10
_BATCH_EVENTS = 32

PATIENCE = 60.0
"""Seconds for one document: the longest pages, of 50 MB, take about ten."""


MEMORY = 3 << 30
"""Bytes of addresses for one process that cleans: it begins with under one, and needs another for
pages of 50 MB."""


def cleaning_processes() -> int:
    """One a core; never one alone, which could not give up a document that takes forever."""
    return max(2, available_cores())


def cleaned(
    events: Iterable[Item],
    clean: Clean,
    *,
    processes: int,
    cluster: Cluster | None = None,
    patience: float = PATIENCE,
) -> Generator[tuple[Item, Cleaned | None], None, None]:
    """Each event with what cleaning it gave, in their order.

    Args:
        events: documents, and anything else that must keep its place among them.
        clean: a function of a module, so that another process can find it.
        processes: how many processes clean; with 1, this one does, without a limit of time.
        cluster: whose workers clean in place of processes here.
        patience: seconds after which a document is given up.

    Yields:
        A document with its article or error; any other event with None.
    """
    if processes == 1 and cluster is None:
        for event in events:
            yield event, attempt(clean, event) if isinstance(event, RawDocument) else None
        return
    under_way: deque[list[Item]] = deque()

    def tasks() -> Iterator[list[RawDocument]]:
        for batch in _batches(events):
            under_way.append(batch)
            yield [event for event in batch if isinstance(event, RawDocument)]

    work = partial(attempt, clean)
    with (
        Pool(work, processes=processes, patience=patience, memory=MEMORY)
        if cluster is None
        else cluster.pool(work, version=cleaner.version, patience=patience, memory=MEMORY)
    ) as pool:
        for results in pool.results(tasks()):
            rest = iter(results)
            for event in under_way.popleft():
                if isinstance(event, RawDocument):
                    result = next(rest)
                    yield event, _lost(event, result) if isinstance(result, Lost) else result
                else:
                    yield event, None


class Cleaning(AbstractContextManager["Cleaning"]):
    """Cleans one document after the other, within limits. A context manager.

    Args:
        clean: a function of a module.
        apart: in a process of its own, with so much time and memory for each; else in this one,
            without limits.
    """

    def __init__(self, clean: Clean, *, apart: bool) -> None:
        self._clean = clean
        work = partial(attempt, clean)
        self._pool: Pool[RawDocument, Cleaned] | None = (
            Pool(work, processes=1, patience=PATIENCE, memory=MEMORY) if apart else None
        )

    def __exit__(self, *_error: object) -> None:
        if self._pool is not None:
            self._pool.close()

    def cleaned(self, raw: RawDocument) -> Cleaned:
        """Its article, or the error that it costs."""
        if self._pool is None:
            return attempt(self._clean, raw)
        ((result,),) = self._pool.results([[raw]])
        return _lost(raw, result) if isinstance(result, Lost) else result


def attempt(clean: Clean, raw: RawDocument) -> Cleaned:
    """The article of a document, or the error that it costs.

    Raises:
        MachineTrouble: the machine is at fault, and no document.
    """
    try:
        return clean(raw)
    except Exception as error:
        if trouble := machine_trouble(error):
            raise trouble from error
        if isinstance(error, InputError):
            return error
        return UnreadableInput(
            f"the cleaner failed on it ({type(error).__name__}: {error})",
            where=raw.locator,
            advice="Please report it with the page: the original is kept",
        )


def _lost(raw: RawDocument, reason: Lost) -> UnreadableInput:
    return UnreadableInput(
        f"cleaning it {reason}",
        where=raw.locator,
        advice="Please report it with the page: the original is kept",
    )


def _batches(events: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for event in events:
        batch.append(event)
        size += len(event.content) if isinstance(event, RawDocument) else 0
        if len(batch) >= _BATCH_EVENTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
