"""Kept facets: which articles has each dossier, which have each tag, which wait to be read?

What people keep changes while a generation stays as it is: whoever asks a question takes the
values, and the articles that have each, as they are now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from search.dossiers.changes import State
from search.dossiers.replay import Dossiers
from search.engine import Holding


class KeptFacets:
    """The facets of `search.request.KEPT_FACETS` at one moment. Not to be changed.

    Attributes:
        holding: by facet and value, the ids of its articles; empty where nothing is kept. A
            dossier's value is its id, a tag's the tag as the oldest
            dossier spells it.
    """

    def __init__(self, dossiers: Dossiers | None = None) -> None:
        members: dict[str, frozenset[str]] = {}
        unread: dict[str, frozenset[str]] = {}
        tagged: dict[str, set[str]] = {}
        spelled: dict[str, str] = {}
        self._names: dict[str, str] = {}
        found = [] if dossiers is None else dossiers.all()
        for one in sorted(found, key=lambda dossier: dossier.when):
            self._names[one.dossier_id] = one.name
            members[one.dossier_id] = frozenset(one.items)
            waiting = frozenset(i.article_id for i in one.items.values() if i.state is State.UNREAD)
            if waiting:
                unread[one.dossier_id] = waiting
            for item in one.items.values():
                for tag in item.tags:
                    tagged.setdefault(spelled.setdefault(tag.casefold(), tag), set()).add(
                        item.article_id
                    )
        tags = {tag: frozenset(articles) for tag, articles in tagged.items()}
        self.holding: Holding = (
            {"dossier": members, "tag": tags, "unread": unread} if members else {}
        )

    def names(self, facet: str) -> Mapping[str, str]:
        """The values of a facet, each with what a person calls it."""
        return {value: self.label(value) for value in self.holding.get(facet, {})}

    def called(self, facet: str, typed: str) -> frozenset[str]:
        """The values that are this one, or called so letter for letter, in any case."""
        found = {
            value
            for value, name in self.names(facet).items()
            if value == typed or name.casefold() == typed.casefold()
        }
        return frozenset(found)

    def label(self, value: str) -> str:
        """What a person calls a value: the name of a dossier, a tag."""
        return self._names.get(value, value)


NOTHING_KEPT = KeptFacets()


class Keeping:
    """The kept facets of some dossiers, worked out again only when these have changed.

    Args:
        dossiers: as they are when it is called; the same object as long as nothing changes.
    """

    def __init__(self, dossiers: Callable[[], Dossiers]) -> None:
        self._dossiers = dossiers
        self._made: tuple[Dossiers | None, KeptFacets] = (None, NOTHING_KEPT)

    def __call__(self) -> KeptFacets:
        """As they are now; the same object as long as nothing changes.

        Raises:
            StorageError: the file cannot be read.
        """
        now = self._dossiers()
        if self._made[0] is not now:
            self._made = (now, KeptFacets(now))
        return self._made[1]
