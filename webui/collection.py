"""Collection: what does the web read? The published index and the catalogue, and what was cited,
the one thing that it writes for everybody.

Where somebody may not see every article, the collection that they are answered from is another
one: without these, see `webui.access.restrictions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import Protocol

from corpus.errors import NoIndex
from corpus.home import Home
from corpus.store import Catalogue
from corpus.store.lines import DamagedLine
from indexer.entities.authority.record import Authority
from indexer.generations import parts
from indexer.generations.publishing import Generations
from search.dossiers.citing import Citation, citation
from search.dossiers.hiding import dossiers_without, shown_citation, standing_without
from search.dossiers.replay import Dossiers, Loaded
from search.dossiers.standing.questions import Standing, load
from search.service import OpenIndex
from search.serving.serving import Refused, Serving, serving
from webui.access import restrictions
from webui.access.roles import Role

_PARTS = 16
"""Parts that a process keeps open."""


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
    def dictionaries(self) -> Path:
        """The folder of the operator's dictionaries, which need not be there."""
        ...

    def citation(self, citation_id: str) -> Citation:
        """What was cited under an id.

        Raises:
            DossierNotFound: nothing was, or it cannot be shown.
        """
        ...

    @property
    def questions(self) -> Path:
        """The file of kept questions, which need not be there."""
        ...

    def standing(self) -> tuple[dict[str, Standing], list[DamagedLine]]:
        """The kept questions by their names, and lines that were set aside.

        Raises:
            StorageError: the file cannot be read.
        """
        ...

    @property
    def part(self) -> str:
        """The name of the part that leaves something out; empty where nothing is."""
        ...

    @property
    def hidden(self) -> frozenset[str]:
        """Articles that are in the catalogue, and not in this collection."""
        ...

    def seen_by(self, name: str, role: Role | None) -> Collection:
        """What of it somebody may see; None: somebody who is not signed in.

        Raises:
            StorageError: that cannot be told.
        """
        ...

    def dossiers(self) -> Dossiers:
        """What people keep, up to now. Not to be changed.

        Raises:
            StorageError: the file of dossiers cannot be read.
        """
        ...


class HomeCollection:
    """The collection of a home folder."""

    def __init__(self, home: Home, serving: Serving, dossiers: Loaded) -> None:
        self._home = home
        self._serving = serving
        self._dossiers = dossiers
        self._restrictions = restrictions.Loaded(home)
        self._parts: dict[frozenset[str], Part] = {}
        self._lock = Lock()  # guards the parts
        self.hidden: frozenset[str] = frozenset()
        self.part = ""

    def index(self, generation: str = "") -> AbstractContextManager[OpenIndex]:
        return self._serving.index(generation=generation or None)

    @property
    def refused(self) -> Refused | None:
        return self._serving.refused

    def close(self) -> None:
        """Closes what no request uses; it is opened again when the next one asks."""
        self._serving.close()

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        return Catalogue.open(self._home, readonly=True)

    def authority(self) -> Authority:
        return Authority.load(self._home.decisions)

    @property
    def citations(self) -> Path:
        return self._home.citations

    @property
    def styles(self) -> Path:
        return self._home.styles

    @property
    def dictionaries(self) -> Path:
        return self._home.dictionaries

    def citation(self, citation_id: str) -> Citation:
        return citation(self._home.citations, citation_id)

    @property
    def questions(self) -> Path:
        return self._home.questions

    def standing(self) -> tuple[dict[str, Standing], list[DamagedLine]]:
        return load(self._home.questions)

    def dossiers(self) -> Dossiers:
        return self._dossiers.get()

    def seen_by(self, name: str, role: Role | None) -> Collection:
        hidden = self._restrictions.get().hidden_from(name, role)
        if not hidden:
            return self
        with self._lock:
            part = self._parts.pop(hidden, None) or Part(self, self._home, hidden)
            self._parts[hidden] = part  # the one used last is the last
            least = self._parts.pop(next(iter(self._parts))) if len(self._parts) > _PARTS else None
        if least is not None:
            least.close()
        return part


class Part:
    """What some people may see of a collection: all but the hidden articles."""

    def __init__(self, whole: HomeCollection, home: Home, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self._whole = whole
        self._home = parts.part_without(home, hidden)
        self.part = self._home.part
        self._is_made = False
        self._dossiers: tuple[Dossiers, Dossiers] | None = None
        self._serving = serving(self._home, self.dossiers)

    def close(self) -> None:
        """Closes what no request uses."""
        self._serving.close()

    @contextmanager
    def index(self, generation: str = "") -> Iterator[OpenIndex]:
        if not Generations(self._home.index).pointer.exists():
            raise NoIndex(
                "what you may see is not indexed yet",
                advice="Wait a moment. If it lasts, whoever runs this collection makes it with "
                "`dispatches restrict`",
            )
        if not self._is_made:
            parts.hidden_in(self._home)  # is what it says it is
            self._is_made = True
        with self._serving.index(generation=generation or None) as index:
            yield index

    @property
    def refused(self) -> Refused | None:
        return self._serving.refused

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        return Catalogue.open(self._home, readonly=True, hidden=self.hidden)

    def authority(self) -> Authority:
        return self._whole.authority()

    @property
    def citations(self) -> Path:
        return self._whole.citations

    @property
    def styles(self) -> Path:
        return self._whole.styles

    @property
    def dictionaries(self) -> Path:
        return self._whole.dictionaries

    def citation(self, citation_id: str) -> Citation:
        return shown_citation(self._whole.citation(citation_id), self.hidden, part=self.part)

    @property
    def questions(self) -> Path:
        return self._whole.questions

    def standing(self) -> tuple[dict[str, Standing], list[DamagedLine]]:
        kept, damaged = self._whole.standing()
        return {name: standing_without(one, self.hidden) for name, one in kept.items()}, damaged

    def dossiers(self) -> Dossiers:
        whole = self._whole.dossiers()
        if self._dossiers is None or self._dossiers[0] is not whole:
            self._dossiers = (whole, dossiers_without(whole, self.hidden))
        return self._dossiers[1]

    def seen_by(self, name: str, role: Role | None) -> Collection:
        return self._whole.seen_by(name, role)


def open_collection(home: Home) -> HomeCollection:
    """The collection of a home folder; nothing is opened before it is asked for."""
    dossiers = Loaded(home.dossiers)
    return HomeCollection(home, serving(home, dossiers.get), dossiers)
