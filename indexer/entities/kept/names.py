"""Names: each name of a collection has a number for as long as they are kept. What its letters say
of it lies beside it, and what it was settled to mean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.collection_names import CorpusName, number_of_id
from indexer.entities.across_collection.name_facts import NameFacts, facts_of
from indexer.entities.kept.links import CLAIMED, links, links_of
from indexer.entities.kept.texts import Texts
from indexer.entities.ragged import Content, Grown, bytes_of, places_of, starts_of
from indexer.entities.types import EntityKind

KINDS = tuple(EntityKind)
OWNED = 1
"""Of a name of which `owned_bodies` says something."""
_COLUMNS = np.dtype(
    [
        ("key", "<i4"),
        ("kind", "u1"),
        ("marks", "u1"),
        ("id", "<u8"),  # that it would give an entity
        ("spelled", "<i4"),  # the spelling of which its facts are; -1 where there are none
        ("facts at", "<i8"),
        ("facts", "<i4"),
        ("links at", "<i8"),
        ("links", "<i4"),
        # what it was settled to mean
        ("together", "<u8", 2),  # stands for all that was known of what it hangs together with
        ("root", "<i4"),  # the first name of its entity
        ("entity", "<u8"),
        ("entity kind", "u1"),
        ("label", "<i4"),
        ("is taken over", "?"),  # is the entity's id the one of an earlier generation?
    ]
)
NAME_PIECES = ("name columns", "facts", "links")
_FACTS = msgspec.msgpack.Decoder(NameFacts)


class Names:
    """Names by number.

    Args:
        stored: what `to_bytes` gave.

    Attributes:
        columns: see `_COLUMNS`; a row a name, once `made` was called.
    """

    def __init__(self, texts: Texts, stored: Mapping[str, bytes] | None = None) -> None:
        self._texts = texts
        if stored is None:
            stored = dict.fromkeys(NAME_PIECES, b"")
        self.columns = np.frombuffer(stored["name columns"], _COLUMNS).copy()
        self._facts = [stored["facts"]]
        self._links = [np.frombuffer(stored["links"], np.uint64)]
        self._facts_end, self._links_end = len(stored["facts"]), len(self._links[0])
        self._stored = self._facts_end, self._links_end
        self._has_let_go = False
        self._said: dict[int, NameFacts] = {}
        codes = _codes(self.columns)
        self._order = np.argsort(codes)
        self._codes = codes[self._order].data  # of which one number is taken in less time
        self._new: list[tuple[int, int]] = []  # key and kind
        self._numbers: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        return len(self.columns) + len(self._new)

    def find(self, kind: EntityKind, key: str) -> int:
        """The number of a name; -1 where it has none."""
        text = self._texts.find(key)
        return -1 if text < 0 else self._find(text, KINDS.index(kind))

    def _find(self, text: int, kind: int) -> int:
        number = self._numbers.get((text, kind))
        if number is None:
            code = text * len(KINDS) + kind
            at = bisect_left(self._codes, code)
            is_there = at < len(self._codes) and self._codes[at] == code
            number = self._numbers[text, kind] = int(self._order[at]) if is_there else -1
        return number

    def number(self, kind: EntityKind, key: str) -> int:
        """The number of a name; a new one where it has none."""
        text, which = self._texts.number(key), KINDS.index(kind)
        number = self._find(text, which)
        if number < 0:
            number = self._numbers[text, which] = len(self)
            self._new.append((text, which))
        return number

    def made(self) -> NDArray[np.void]:
        """The columns, with a row of each name that has a number by now."""
        if self._new:
            new = np.zeros(len(self._new), _COLUMNS)
            new["key"], new["kind"] = np.array(self._new, np.int32).T
            new["spelled"] = -1
            self.columns = np.concatenate((self.columns, new))
            self._new = []
        return self.columns

    def numbers_of(self, entity_ids: Sequence[str]) -> list[int]:
        """The numbers of the names that would give an entity one of some ids."""
        wanted = [one for one in map(number_of_id, entity_ids) if one is not None]
        if not wanted:
            return []
        return np.flatnonzero(np.isin(self.columns["id"], np.array(wanted, np.uint64))).tolist()

    def facts(self, number: int, name: CorpusName) -> NameFacts:
        """What the letters of a name say, which is asked once of a spelling."""
        said = self._said.get(number)
        if said is None:
            spelled = int(self.columns["spelled"][number])
            if spelled >= 0 and self._texts[spelled] == name.spelling:
                said = self.kept_facts(number)
            else:
                said = facts_of(name)
                self._say(number, name, said)
            self._said[number] = said
        name.take_id(said.entity_id)
        return said

    def kept_facts(self, number: int) -> NameFacts:
        """What was said of its last spelling."""
        said = self._said.get(number)
        if said is None:
            assert not self._has_let_go
            if len(self._facts) > 1:
                self._facts = [b"".join(self._facts)]
            at = int(self.columns["facts at"][number])
            said = _FACTS.decode(self._facts[0][at : at + int(self.columns["facts"][number])])
        return said

    def _say(self, number: int, name: CorpusName, said: NameFacts) -> None:
        """Keeps it."""
        row = self.columns[number]
        own = links_of(name, said)
        row["links at"], row["links"] = self._links_end, len(own)
        self._links.append(own)
        self._links_end += len(own)
        row["id"], row["marks"] = number_of_id(said.entity_id), OWNED * bool(said.owned)
        row["spelled"] = self._texts.number(name.spelling)
        try:
            encoded = msgspec.msgpack.encode(said)
        except UnicodeEncodeError:  # half a character (a lone surrogate)
            encoded = b""
            row["spelled"] = -1
        row["facts at"], row["facts"] = self._facts_end, len(encoded)
        self._facts.append(encoded)
        self._facts_end += len(encoded)

    def links(
        self,
        numbers: NDArray[np.int64],
        whose: NDArray[np.int64],
        claimed: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """By what some names hang together with others: where the links of each begin, and all.

        Args:
            whose: of each short form its place among the numbers, ascending.
            claimed: the short forms, numbers of plain texts.
        """
        assert not self._has_let_go
        all_links = np.concatenate(self._links)
        self._links = [all_links]
        counts = self.columns["links"][numbers].astype(np.int64)
        claims = np.bincount(whose, minlength=len(numbers))
        starts = starts_of(counts + claims)
        found = np.empty(starts[-1], np.uint64)
        found[places_of(starts[:-1], counts)] = all_links[
            places_of(self.columns["links at"][numbers], counts)
        ]
        tags = np.array([CLAIMED.get(kind, 0) for kind in KINDS], np.uint64)
        hashes = self._texts.columns()["hash"][claimed]
        found[places_of(starts[:-1] + counts, claims)] = links(
            tags[self.columns["kind"][numbers[whose]]], hashes
        )
        return starts, found

    def forget_said(self) -> None:
        """Frees the objects that `facts` made."""
        self._said.clear()

    def forget_settled(self, is_gone: NDArray[np.bool_] | None = None) -> None:
        """Has all names settled anew, or those that have an id of an entity that is gone."""
        if is_gone is None:
            self.columns["together"] = 0
        else:
            self.columns["together"][is_gone & self.columns["is taken over"][: len(is_gone)]] = 0

    def let_go(self) -> None:
        """Frees what letters say of names that were stored, once all are settled. What is left is
        given by `grown` alone; where much is of earlier spellings, nothing is let go.
        """
        if self._is_sparse():
            return
        facts, links = self._stored
        self._facts = [b"".join(self._facts)[facts:]]
        self._links = [np.concatenate(self._links)[links:].copy()]
        self._has_let_go = True

    def _is_sparse(self) -> bool:
        return 2 * int(self.columns["facts"].sum()) < self._facts_end

    def grown(self) -> Iterator[tuple[str, Content | Grown]]:
        """The same as `to_bytes`, of what was let go only what came behind it."""
        if not self._has_let_go:
            yield from self.to_bytes()
            return
        yield "name columns", bytes_of(self.made())
        yield "facts", Grown(b"".join(self._facts))
        yield "links", Grown(bytes_of(np.concatenate(self._links)))

    def to_bytes(self) -> Iterator[tuple[str, Content]]:
        """All of it, in pieces by name; without what was said of earlier spellings."""
        assert not self._has_let_go
        self.made()
        facts, links = b"".join(self._facts), np.concatenate(self._links)
        columns = self.columns
        if self._is_sparse():
            columns = columns.copy()
            used = places_of(columns["facts at"], columns["facts"])
            facts = np.frombuffer(facts, np.uint8)[used].tobytes()
            links = links[places_of(columns["links at"], columns["links"])]
            columns["facts at"] = starts_of(columns["facts"])[:-1]
            columns["links at"] = starts_of(columns["links"])[:-1]
        yield "name columns", bytes_of(columns)
        yield "facts", facts
        yield "links", bytes_of(links)


def _codes(columns: NDArray[np.void]) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = columns["key"].astype(np.int64) * len(KINDS) + columns["kind"]
    return codes
