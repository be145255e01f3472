"""Serving: which generation answers now? Old requests end on the one they began with.

A server never restarts for a rebuild: before each request the published pointer is looked at (one
`stat`), a new generation is opened by the first request that sees it while the others go on with
the old one, and the old one is closed when its last request ends. A new generation that cannot be
opened is refused: the old one answers until another is published.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from corpus.errors import ClusterUnavailable, StorageError
from corpus.home import INDEX, Home
from indexer.analysis import analyzer
from indexer.articles.meaning.vector_file import NoVectors, Vectors, open_vectors
from indexer.entities import open_directory
from indexer.families.event_file import open_events
from indexer.generations.engine_choice import chosen
from indexer.generations.opening import checked
from indexer.generations.publishing import (
    ENTITIES,
    EVENTS,
    PLACES,
    VECTORS,
    Generation,
    Generations,
)
from indexer.places.place_file import open_places
from search.dossiers.facets import Keeping
from search.dossiers.replay import Dossiers, Loaded
from search.engines import in_cluster, open_engine
from search.serving.open_index import OpenIndex

_LOG = logging.getLogger(__name__)

KEPT_OLDER = 2
"""Older generations, asked for by name, that stay open between requests."""


class Source(Protocol):
    """Where generations come from."""

    def stamp(self) -> Hashable:
        """Changes whenever another generation may have been published; as cheap as a `stat`."""
        ...

    def current(self) -> str:
        """Name of the published generation.

        Raises:
            NoIndex: nothing was published yet.
        """
        ...

    def open(self, name: str) -> OpenIndex:
        """Opens a generation.

        Raises:
            GenerationGone: it was pruned. IndexCorrupt: its files do not hold.
        """
        ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A published generation that does not serve, because this program cannot open it.

    Attributes:
        generation: its name; empty where the pointer or the manifest cannot be read.
    """

    generation: str
    reason: str


@dataclass(slots=True)
class _Opened:
    index: OpenIndex
    users: int = 0


class Serving:
    """Hands out the open index of a generation for the time of one request. Thread-safe."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = Lock()  # guards the fields below; never held while a generation is opened
        self._opening = Lock()  # one thread opens, the others go on
        self._opened: OrderedDict[str, _Opened] = OrderedDict()
        self._stamp: Hashable = None
        self._current = ""
        self._refused: Refused | None = None

    @property
    def refused(self) -> Refused | None:
        """The generation that should serve, where an older one serves in its place."""
        return self._refused

    @contextmanager
    def index(self, *, generation: str | None = None) -> Iterator[OpenIndex]:
        """The published generation, or an older one by its name, until the block ends.

        Raises:
            NoIndex: nothing was published yet.
            GenerationGone: the older generation was pruned.
            StorageError: it cannot be opened, and none was open before it.
        """
        name = generation or self._refreshed()
        opened = self._take(name)
        try:
            yield opened.index
        finally:
            self._give_back(opened)

    def close(self) -> None:
        """Closes every generation that no request uses."""
        with self._lock:
            idle = [name for name, opened in self._opened.items() if not opened.users]
            closing = [self._opened.pop(name) for name in idle]
            self._stamp, self._current = None, ""
        for opened in closing:
            opened.index.close()

    def _refreshed(self) -> str:
        """The name of the published generation, opened already."""
        stamp = self._source.stamp()
        with self._lock:
            current = self._current
            if current and stamp == self._stamp:
                return current
        if not self._opening.acquire(blocking=not current):
            return current
        name = ""
        try:
            stamp = self._source.stamp()
            name = self._source.current()
            opened = self._take(name)
            with self._lock:
                self._stamp, self._current, self._refused = stamp, name, None
            self._give_back(opened)
        except StorageError as error:
            if not current:
                raise
            # Nodes that do not answer may do so in a moment: it is tried again.
            again = isinstance(error, ClusterUnavailable)
            self._refuse(None if again else stamp, Refused(name, str(error)))
            return current
        finally:
            self._opening.release()
        return name

    def _refuse(self, stamp: Hashable, refused: Refused) -> None:
        """Goes on with what is open, and does not try again before something else is published."""
        with self._lock:
            self._stamp, self._refused = stamp, refused
        _LOG.error(
            "The published generation cannot be opened, %s goes on serving. %s",
            self._current,
            refused.reason,
        )

    def _take(self, name: str) -> _Opened:
        with self._lock:
            opened = self._opened.get(name)
            if opened is not None:
                opened.users += 1
                self._opened.move_to_end(name)
                return opened
        fresh = self._source.open(name)
        with self._lock:
            opened = self._opened.setdefault(name, _Opened(fresh))
            opened.users += 1
            self._opened.move_to_end(name)
        if opened.index is not fresh:  # another thread was faster
            fresh.close()
        return opened

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
        self._close_idle()

    def _close_idle(self) -> None:
        """Closes idle generations but the published one and the last few older ones used."""
        with self._lock:
            older = [name for name in self._opened if name != self._current]
            least_used = older[: max(0, len(older) - KEPT_OLDER)]
            idle = [name for name in least_used if not self._opened[name].users]
            closing = [self._opened.pop(name) for name in idle]
        for opened in closing:
            opened.index.close()


class Published:
    """The generations of a home folder: a `Source`.

    Args:
        dossiers: what people keep of their articles.
    """

    def __init__(self, home: Home, dossiers: Callable[[], Dossiers]) -> None:
        self._home = home
        self._generations = Generations(home.index)
        self._keeping = Keeping(dossiers)

    def stamp(self) -> Hashable:
        """Identity and time of the pointer file; None while there is none."""
        try:
            status = self._generations.pointer.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def current(self) -> str:
        """Name of the published generation. Raises NoIndex, IndexCorrupt."""
        return self._generations.current().name

    def open(self, name: str) -> OpenIndex:
        """Opens a generation. Raises GenerationGone, IndexCorrupt."""
        generation = self._generations.get(name)
        cluster = chosen(self._home)
        if cluster is not None and INDEX in self._home.given and not in_cluster(generation):
            _LOG.warning(
                "The files of generation %s answer, and not %s, which does not hold it:"
                " `dispatches rebuild` writes one there.",
                name,
                ", ".join(cluster.urls),
            )
        with ExitStack() as stack:
            engine = stack.enter_context(closing(open_engine(generation, cluster)))
            directory = open_directory(checked(generation, ENTITIES))
            stack.callback(directory.close)
            events = stack.enter_context(closing(open_events(checked(generation, EVENTS))))
            places = stack.enter_context(closing(open_places(checked(generation, PLACES))))
            vectors = _vectors(generation)
            index = OpenIndex(
                engine, directory, analyzer(), generation, events, places, self._keeping, vectors
            )
            stack.pop_all()  # they are the index's to close
        return index


def _vectors(generation: Generation) -> Vectors:
    """Where its articles lie by what they are about, where its operator wanted that. The arrays are
    checked as they are used, as those of the index are.
    """
    if VECTORS not in generation.manifest.files:
        return NoVectors()
    return open_vectors(generation.path / VECTORS)


def serving(home: Home, dossiers: Callable[[], Dossiers] | None = None) -> Serving:
    """Hands out what a home folder publishes; nothing is opened before it is asked for.

    Args:
        dossiers: what people keep, where it is not all that the home has.
    """
    return Serving(Published(home, dossiers or Loaded(home.dossiers).get))


@contextmanager
def opened(home: Home, generation: str | None = None) -> Iterator[OpenIndex]:
    """The published generation, or an older one by its name, for one command.

    Raises:
        NoIndex, GenerationGone, StorageError: as `Serving.index`.
    """
    served = serving(home)
    try:
        with served.index(generation=generation) as index:
            yield index
    finally:
        served.close()
