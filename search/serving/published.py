"""Where do generations come from? From the index folder of a collection."""

from __future__ import annotations

from collections.abc import Hashable

from corpus.errors import IndexCorrupt
from corpus.home import Home
from indexer.analysis import analyzer
from indexer.entities import open_directory
from indexer.generations.folder import Generations
from search.engines import open_engine
from search.serving.open_index import OpenIndex
from search.serving.serving import Serving

_ENTITIES = "entities.sqlite"


class Published:
    """The generations of a home folder: a `search.serving.serving.Source`."""

    def __init__(self, home: Home) -> None:
        self._generations = Generations(home.index)

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
        engine = open_engine(generation)
        try:
            directory = open_directory(generation.path / _ENTITIES)
        except IndexCorrupt:
            engine.close()
            raise
        return OpenIndex(engine, directory, analyzer(), generation)


def serving(home: Home) -> Serving:
    """Hands out what a home folder publishes; nothing is opened before it is asked for."""
    return Serving(Published(home))
