"""Collection: what does the web read? The published index and the catalogue, and what was cited,
the one thing that it writes for everybody.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from corpus.home import Home
from corpus.store import Catalogue
from indexer.entities.authority.record import Authority
from search.dossiers.replay import Dossiers, Loaded
from search.service import OpenIndex
from search.serving.serving import Refused, Serving, serving


class Collection(Protocol):
    """Opens what a request needs, for as long as the request lasts."""

    def index(self, generation: str = "") -> AbstractContextManager[OpenIndex]:
        """The current generation, or the one named.

        Raises:
            NoIndex: nothing was published yet.
            GenerationGone: the generation asked for was pruned.
        """
        ...

    @property
    def refused(self) -> Refused | None:
        """The published generation, where it cannot be opened and an older one answers."""
        ...

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        """The catalogue, for reading."""
        ...

    def authority(self) -> Authority:
        """What people have decided about names, up to now.

        Raises:
            DecisionError: the file of decisions is damaged.
        """
        ...

    @property
    def citations(self) -> Path:
        """The folder of what was cited, which grows when somebody cites."""
        ...

    @property
    def styles(self) -> Path:
        """The folder of the operator's styles of citations, which need not be there."""
        ...

    @property
    def questions(self) -> Path:
        """The file of kept questions, which need not be there."""
        ...

    def dossiers(self) -> Dossiers:
        """What people keep, up to now. Not to be changed.

        Raises:
            StorageError: the file of dossiers cannot be read.
        """
        ...


class HomeCollection:
    """The collection of a home folder."""

    def __init__(self, home: Home, serving: Serving) -> None:
        self._home = home
        self._serving = serving
        self._dossiers = Loaded(home.dossiers)

    def index(self, generation: str = "") -> AbstractContextManager[OpenIndex]:
        return self._serving.index(generation=generation or None)

    @property
    def refused(self) -> Refused | None:
        return self._serving.refused

    def close(self) -> None:
        """Closes what no request uses; it is opened again when the next one asks."""
        self._serving.close()

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        return Catalogue.open(self._home.catalogue, readonly=True)

    def authority(self) -> Authority:
        return Authority.load(self._home.decisions)

    @property
    def citations(self) -> Path:
        return self._home.citations

    @property
    def styles(self) -> Path:
        return self._home.styles

    @property
    def questions(self) -> Path:
        return self._home.questions

    def dossiers(self) -> Dossiers:
        return self._dossiers.get()


def open_collection(home: Home) -> HomeCollection:
    """The collection of a home folder; nothing is opened before it is asked for."""
    return HomeCollection(home, serving(home))
