"""Article names: which names does each article of a collection have? All of them, as numbers in
arrays, kept from one update to the next.

A name is a kind and a plain spelling; it has one number for as long as the arrays are kept, which
says nothing of its place among the others. What is counted over all articles is counted anew each
time, in one go over the arrays, so that the result depends on the articles there are and on nothing
that was before.

It is one file because what is kept, how it grows and how it is counted must agree column by column.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.collection_names import CorpusName
from indexer.entities.across_collection.headlines import words_of
from indexer.entities.across_collection.romanized import Spellings
from indexer.entities.kept.names import KINDS, NAME_PIECES, Names
from indexer.entities.kept.texts import ENCODING, SHOUTED, TEXT_PIECES, Texts
from indexer.entities.names.spelling import plain
from indexer.entities.ragged import (
    Content,
    Grown,
    Ragged,
    RaggedMaker,
    distinct,
    first_places,
    starts_of,
)
from indexer.entities.recognition import ArticleName

_COLUMNS = {
    "rows": ("name", "in_title", "forms"),  # a row a name, as many forms as it says
    "forms": ("text", "count"),
    "owners": ("text", "count"),
    "words": ("word",),  # of the headline, see `words_of`
    "heads": ("name", "count"),  # names that the headline alone has
}
_BESIDE = ("ids", "id lengths", "spellings", "said", "entities", "redirects")
_PIECES = frozenset(
    [f"{table} {column}" for table, columns in _COLUMNS.items() for column in ("", *columns)]
    + [*TEXT_PIECES, *NAME_PIECES, *_BESIDE]
)
PRIMES = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
"""For `mixed`: two words of 64 bits stand for a row."""
TABLES = 4
ENTRY = np.dtype([("key", "<i8"), ("says", "<i8")])
"""What headlines are told: a text and a table, and what is said there."""
TOLD = np.dtype([("id", "<u8"), ("says", "<u8")])
"""What the directory of entities says: an id, and what stands for all that is said of it."""
_SPELLINGS = msgspec.msgpack.Decoder(dict[str, bool])


class NamedArticle(Protocol):
    """What is asked of an article; a `Sheet` is one."""

    @property
    def article_id(self) -> str: ...
    @property
    def names(self) -> tuple[ArticleName, ...]: ...
    @property
    def owners(self) -> Mapping[str, int]: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The names that articles have, counted over all of them.

    Attributes:
        order: their numbers, in the order of first sight.
        articles: by number of a name, how many have it.
        spelled: the same, its most usual spelling; shouted ones only when there is no other.
        whose: of each short form the place in `order` of the name that claims it, ascending.
        claimed: the short form, as it is plain.
        times: articles where the name claims it.
    """

    order: NDArray[np.int64]
    articles: NDArray[np.int64]
    spelled: NDArray[np.int32]
    whose: NDArray[np.int64]
    claimed: NDArray[np.int64]
    times: NDArray[np.int64]

    def with_more(self, spelled: Mapping[int, int]) -> Counted:
        """The same, and behind them names that no article has, by number their spelling."""
        size = max((len(self.articles) - 1, *spelled)) + 1
        articles, spellings = np.zeros(size, np.int64), np.full(size, -1, np.int32)
        articles[: len(self.articles)], spellings[: len(self.spelled)] = self.articles, self.spelled
        spellings[list(spelled)] = list(spelled.values())
        return replace(self, articles=articles, spelled=spellings)

    def own(self) -> NDArray[np.uint64]:
        """Of each name in `order` two words that stand for all of this."""
        said = np.empty((len(self.order), 2), np.uint64)
        columns: list[NDArray[Any]] = [self.order]
        columns += [self.articles[self.order], self.spelled[self.order]]
        forms = [self.claimed, self.times]
        for at, prime in enumerate(PRIMES):
            said[:, at] = mixed(columns, prime)
            np.add.at(said[:, at], self.whose, mixed(forms, prime))
        return said


def mixed(columns: Sequence[NDArray[Any]], prime: int) -> NDArray[np.uint64]:
    """A number of 64 bits that stands for the values of each row."""
    found = np.full(len(columns[0]), prime, np.uint64)
    for column in columns:
        found ^= column.astype(np.uint64)
        found *= np.uint64(prime)
        found ^= found >> np.uint64(29)
    return found


class ArticleNames:
    """The names of all articles, by article id.

    Args:
        stored: what `to_bytes` gave at the end of the update before; nothing for none.
        by_id: False leaves the articles in the order in which they were put.

    Attributes:
        is_kept: whether it was all of that, so that only what changed since need be put.
        ids: of the articles, in order, once `sort` was called.
        texts, names: all that have a number.
        spellings: which of their names are one.
        said: what headlines were told.
        entities, redirects: what the directory of entities says.
    """

    def __init__(self, stored: Mapping[str, bytes] | None = None, *, by_id: bool = True) -> None:
        self.is_kept = stored is not None and stored.keys() >= _PIECES
        self.is_sorted = False
        self._by_id = by_id
        self._gone: set[str] = set()
        self._new: list[str] = []
        self._makers = {name: RaggedMaker(columns) for name, columns in _COLUMNS.items()}
        kept = stored if stored is not None and self.is_kept else None
        self.texts = Texts(kept)
        self.names = Names(self.texts, kept)
        if kept is not None:
            self.ids = _split(kept["ids"], kept["id lengths"])
            self._tables = {
                name: Ragged.from_bytes(
                    {column: kept[f"{name} {column}"] for column in ("", *columns)}, columns
                )
                for name, columns in _COLUMNS.items()
            }
            self.spellings = Spellings(_SPELLINGS.decode(kept["spellings"]))
            self.said = np.frombuffer(kept["said"], ENTRY)
            self.entities = np.frombuffer(kept["entities"], TOLD)
            self.redirects = np.frombuffer(kept["redirects"], TOLD)
        else:
            self.ids = []
            self._tables = {name: one.made() for name, one in self._makers.items()}
            self.spellings = Spellings()
            self.said = np.empty(0, ENTRY)
            self.entities = self.redirects = np.empty(0, TOLD)

    def __getitem__(self, table: str) -> Ragged:
        return self._tables[table]

    def forget(self) -> None:
        """Forgets what depends on the generation before, where it is another one than the one in
        use.
        """
        self.names.forget_settled()
        self.entities = self.redirects = np.empty(0, TOLD)

    def put(self, article: NamedArticle) -> None:
        """Adds an article that is not there."""
        names, texts = self.names, self.texts
        self._new.append(article.article_id)
        rows = [
            (names.number(one.kind, plain(one.full) or one.full), one.in_title, len(one.forms))
            for one in article.names
        ]
        self._makers["rows"].add(rows)
        self._makers["forms"].add(
            (texts.number(form), count) for one in article.names for form, count in one.forms
        )
        self._makers["owners"].add(
            (texts.number(owner), count) for owner, count in article.owners.items()
        )
        self._makers["words"].add((_hash(word),) for word in words_of(article.title))
        self._makers["heads"].add(())

    def drop(self, article_ids: Collection[str]) -> None:
        """Leaves out articles that were there at the beginning."""
        self._gone.update(article_ids)

    def sort(self) -> NDArray[np.int64]:
        """Brings what was put and dropped into the order of ids; returns the places of what was
        put. Call once, when all is put.
        """
        self.is_sorted = True
        before = len(self.ids)
        staying = np.array([one not in self._gone for one in self.ids], bool)
        come = list(range(len(self._new)))
        if self._by_id:
            come.sort(key=self._new.__getitem__)
        behind = [bisect_left(self.ids, self._new[one]) if self._by_id else before for one in come]
        order = np.insert(
            np.flatnonzero(staying), starts_of(staying)[behind], before + np.array(come, np.int64)
        )
        if self._new or not staying.all():
            for name, table in self._tables.items():
                self._tables[name] = table.followed_by(self._makers[name].made()).taken(order)
            pool = [*self.ids, *self._new]
            self.ids = [pool[place] for place in order.tolist()]
        self.names.made()
        return np.flatnonzero(order >= before)

    def first_forms(self) -> NDArray[np.int64]:
        """Of each row, where among the forms its fullest one is."""
        return starts_of(self["rows"]["forms"])[:-1]

    def counted(self) -> Counted:
        """The names that articles have."""
        names = self["rows"]["name"]
        counts = np.bincount(names, minlength=len(self.names))
        first = first_places(names, len(self.names))
        order = np.flatnonzero(counts)
        order = order[np.argsort(first[order])]
        return Counted(order, counts, self._spelled(order, first), *self._short_forms(order))

    def _spelled(self, order: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int32]:
        names = self["rows"]["name"]
        full = self["forms"]["text"][self.first_forms()]
        spelled = np.full(len(self.names), -1, np.int32)
        spelled[order] = full[first[order]]
        several = np.zeros(len(self.names), bool)
        several[names[full != spelled[names]]] = True
        rows = several[names]
        if not rows.any():
            return spelled
        whose, texts, counts = self._pairs(names[rows], full[rows])
        worth = counts + np.where(self.texts.columns()["marks"][texts] & SHOUTED, 0, len(full) + 1)
        begins = np.flatnonzero(np.diff(whose, prepend=-1))
        sizes = np.diff(begins, append=len(whose))
        is_most = worth == np.repeat(np.maximum.reduceat(worth, begins), sizes)
        spelled[whose[is_most]] = texts[is_most]
        is_most &= np.repeat(np.add.reduceat(is_most, begins), sizes) > 1
        for name, text in zip(whose[is_most].tolist(), texts[is_most].tolist(), strict=True):
            if self.texts[int(spelled[name])] < self.texts[text]:
                spelled[name] = text
        return spelled

    def _short_forms(
        self, order: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        lengths = self["rows"]["forms"]
        is_short = np.ones(len(self["forms"]["text"]), bool)
        is_short[self.first_forms()] = False
        names = np.repeat(self["rows"]["name"], lengths)[is_short]
        keys = self.texts.columns()["plain"][self["forms"]["text"][is_short]]
        is_other = keys != self.names.columns["key"][names]
        places = np.zeros(len(self.names), np.int64)
        places[order] = np.arange(len(order))
        return self._pairs(places[names[is_other]], keys[is_other])

    def _pairs(
        self, ones: NDArray[Any], texts: NDArray[Any]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The pairs there are, ascending, and how often."""
        width = max(len(self.texts), 1)
        pairs = np.sort(ones.astype(np.int64) * width + texts)
        begins = np.flatnonzero(np.diff(pairs, prepend=-1))
        return (*np.divmod(pairs[begins], width), np.diff(begins, append=len(pairs)))

    def corpus_names(self, places: NDArray[np.int64], counted: Counted) -> Iterator[CorpusName]:
        """Some of the names that were counted, as objects.

        Args:
            places: in their order.
        """
        begins = np.searchsorted(counted.whose, places)
        ends = np.searchsorted(counted.whose, places, side="right")
        for number, begin, end in zip(
            counted.order[places].tolist(), begins.tolist(), ends.tolist(), strict=True
        ):
            claims: Counter[str] | None = None
            if begin < end:
                claims = Counter()
                for at in range(begin, end):
                    claims[self.texts[int(counted.claimed[at])]] = int(counted.times[at])
            row = self.names.columns[number]
            yield CorpusName.counted(
                KINDS[row["kind"]],
                self.texts[int(row["key"])],
                self.texts[int(counted.spelled[number])],
                int(counted.articles[number]),
                claims,
            )

    def look_at_headlines(
        self,
        said: NDArray[np.void],
        new: NDArray[np.int64],
        articles: Callable[[Sequence[str]], Iterable[NamedArticle]],
        added: Callable[[NamedArticle], Sequence[ArticleName]],
    ) -> None:
        """Finds the names of headlines: of what is new, and where headlines are told something else
        than the last time.

        Args:
            said: what they are told.
            new: places of articles.
            articles: gives some by id, in order.
            added: finds the names that a headline alone has.
        """
        differing = distinct(differing_keys(self.said, said) // TABLES)
        keys = {self.texts[key] for key in differing.tolist()}
        self.said = said
        places = np.union1d(self._asking(keys), new)
        if not places.size:
            return
        maker = RaggedMaker(_COLUMNS["heads"])
        for article in articles([self.ids[place] for place in places.tolist()]):
            maker.add(
                (self.names.number(one.kind, plain(one.full) or one.full), one.in_title)
                for one in added(article)
            )
        order = np.arange(len(self.ids))
        order[places] = len(self.ids) + np.arange(len(places))
        self._tables["heads"] = self["heads"].followed_by(maker.made()).taken(order)

    def _asking(self, keys: Collection[str]) -> NDArray[np.int64]:
        """Places of the articles whose headlines have all words of one of some keys."""
        if not keys:
            return np.empty(0, np.int64)
        words = {word: _hash(word) for key in keys for word in key.split(" ")}
        some = np.unique(np.fromiter(words.values(), np.int32, len(words)))
        asked = self["words"]
        rows = np.flatnonzero(_is_one_of(asked["word"], some))
        rows = rows[np.argsort(asked["word"][rows], kind="stable")]
        found, articles = asked["word"][rows], asked.articles()[rows].astype(np.int64)
        ends = np.searchsorted(found, some, side="right")
        having = dict(zip(some.tolist(), np.split(articles, ends[:-1]), strict=True))
        asking = [np.empty(0, np.int64)]
        for key in keys:
            first, *rest = sorted((having[words[one]] for one in key.split(" ")), key=len)
            for more in rest:
                if first.size:
                    first = first[_is_one_of(first, more)]
            asking.append(first)
        return np.unique(np.concatenate(asking))

    def to_bytes(self) -> Iterator[tuple[str, Content]]:
        """All of it, in pieces by name."""
        yield from self.texts.to_bytes()
        yield from self.names.to_bytes()
        yield from self._rest()

    def let_go(self) -> None:
        """Frees what nobody asks once names are settled, and what is kept stays as it is."""
        if self.is_kept:
            self.names.let_go()

    def grown(self) -> Iterator[tuple[str, Content | Grown]]:
        """The same as `to_bytes`, for who keeps what was stored: of pieces that only grow, what
        they grew by.
        """
        if not self.is_kept:
            yield from self.to_bytes()
            return
        yield from self.names.grown()  # has no new texts
        yield from self.texts.grown()
        yield from self._rest()

    def _rest(self) -> Iterator[tuple[str, Content]]:
        yield "ids", "".join(self.ids).encode(*ENCODING)
        yield "id lengths", np.array([len(one) for one in self.ids], np.int32).tobytes()
        yield "spellings", msgspec.msgpack.encode(self.spellings.asked)
        yield "said", self.said.tobytes()
        yield "entities", self.entities.tobytes()
        yield "redirects", self.redirects.tobytes()
        for name, table in self._tables.items():
            for column, content in table.to_bytes():
                yield f"{name} {column}", content


def differing_keys(before: NDArray[np.void], now: NDArray[np.void]) -> NDArray[Any]:
    """The keys (the first column) of entries that only one of two has."""
    key, says = now.dtype.names or ("", "")
    entries = np.concatenate((before, now))
    entries = entries[np.lexsort((entries[says], entries[key]))]
    same = entries[1:] == entries[:-1]
    is_double = np.concatenate((same, [False])) | np.concatenate(([False], same))
    return distinct(entries[key][~is_double[: len(entries)]])


def _is_one_of(words: NDArray[Any], some: NDArray[Any]) -> NDArray[np.bool_]:
    """Of each number, whether it is one of some (in rising order)."""
    if not some.size:
        return np.zeros(len(words), bool)
    lowest = np.zeros(1 << 16, bool)
    lowest[some & 0xFFFF] = True
    found: NDArray[np.bool_] = lowest[words & 0xFFFF]
    places = np.minimum(np.searchsorted(some, words[found]), len(some) - 1)
    found[found] = some[places] == words[found]
    return found


def _hash(word: str) -> int:
    """A number of 32 bits; where two words have the same, more headlines are looked at."""
    return zlib.crc32(word.encode(*ENCODING)) - (1 << 31)


def _split(content: bytes, lengths: bytes) -> list[str]:
    text = content.decode(*ENCODING)
    starts = starts_of(np.frombuffer(lengths, np.int32)).tolist()
    return [text[begin:end] for begin, end in pairwise(starts)]
