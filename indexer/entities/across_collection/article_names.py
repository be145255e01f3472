"""Article names: which names does each article of a collection have? All of them, as numbers in
arrays, kept from one update to the next.

A name is a kind and a plain spelling; it has one number for as long as the arrays are kept, which
says nothing of its place among the others. What is counted over all articles is counted anew each
time, in one go over the arrays, so that the result depends on the articles there are and on nothing
that was before.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.across_collection.headline_names import HeadlineNames
from indexer.entities.across_collection.headlines import words_of
from indexer.entities.across_collection.name_facts import NameFacts, facts_of
from indexer.entities.across_collection.romanized import Spellings
from indexer.entities.names.spelling import plain
from indexer.entities.ragged import Ragged, RaggedMaker, first_places, starts_of
from indexer.entities.recognition import ArticleName
from indexer.entities.types import EntityKind

_COLUMNS = {
    "rows": ("name", "in_title", "forms"),  # a row a name, as many forms as it says
    "forms": ("text", "count"),
    "owners": ("text", "count"),
    "words": ("word",),  # of the headline, see `words_of`
    "heads": ("name", "count"),  # names that the headline alone has
}
_KINDS = tuple(EntityKind)
_PIECES = frozenset(
    [f"{table} {column}" for table, columns in _COLUMNS.items() for column in ("", *columns)]
    + ["texts", "text lengths", "ids", "id lengths", "kinds", "keys", "facts", "spellings", "said"]
)
_ENTRY = np.dtype([("key", "<i8"), ("says", "<i8")])
_SPELLINGS = msgspec.msgpack.Decoder(dict[str, bool])
_FACTS = msgspec.msgpack.Decoder(list[NameFacts | None])
_TABLES = 4
_FLAGS = 4
_TEXT = "surrogatepass"


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


class ArticleNames:
    """The names of all articles, by article id.

    Args:
        stored: what `to_bytes` gave at the end of the update before; nothing for none.

    Attributes:
        is_kept: whether it was all of that, so that only what changed since need be put.
        ids: of the articles, in order, once `sort` was called.
        spellings: which of their names are one.
    """

    def __init__(self, stored: Mapping[str, bytes] | None = None) -> None:
        self.is_kept = stored is not None and stored.keys() == _PIECES
        self._gone: set[str] = set()
        self._new: list[str] = []
        self._order: list[int] = []  # numbers of the names in that of first sight
        self._makers = {name: RaggedMaker(columns) for name, columns in _COLUMNS.items()}
        if stored is not None and self.is_kept:
            self._texts = _split(stored["texts"], stored["text lengths"])
            kinds = np.frombuffer(stored["kinds"], np.uint8).tolist()
            keys = np.frombuffer(stored["keys"], np.int32).tolist()
            self._names = list(zip(kinds, keys, strict=True))
            self.ids = _split(stored["ids"], stored["id lengths"])
            self._tables = {
                name: Ragged.from_bytes(
                    {column: stored[f"{name} {column}"] for column in ("", *columns)}, columns
                )
                for name, columns in _COLUMNS.items()
            }
            self._facts = _FACTS.decode(stored["facts"])
            self.spellings = Spellings(_SPELLINGS.decode(stored["spellings"]))
            self._said = np.frombuffer(stored["said"], _ENTRY)
        else:
            self._texts, self._names, self.ids = [], [], []
            self._tables = {name: one.made() for name, one in self._makers.items()}
            self._facts = []
            self.spellings = Spellings()
            self._said = np.empty(0, _ENTRY)
        self._text_numbers = {text: number for number, text in enumerate(self._texts)}
        self._name_numbers = {name: number for number, name in enumerate(self._names)}

    def __getitem__(self, table: str) -> Ragged:
        return self._tables[table]

    @property
    def texts(self) -> int:
        """How many texts have a number."""
        return len(self._texts)

    def text(self, number: int) -> str:
        """A text by its number."""
        return self._texts[number]

    def text_number(self, text: str) -> int:
        """The number of a text; a new one where it has none."""
        number = self._text_numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number

    def name_number(self, kind: EntityKind, key: str) -> int:
        """The number of a name; a new one where it has none."""
        name = _KINDS.index(kind), self.text_number(key)
        number = self._name_numbers.setdefault(name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number

    def put(self, article: NamedArticle) -> None:
        """Adds an article that is not there."""
        self._new.append(article.article_id)
        rows = [
            (self.name_number(one.kind, plain(one.full) or one.full), one.in_title, len(one.forms))
            for one in article.names
        ]
        self._makers["rows"].add(rows)
        self._makers["forms"].add(
            (self.text_number(form), count) for one in article.names for form, count in one.forms
        )
        self._makers["owners"].add(
            (self.text_number(owner), count) for owner, count in article.owners.items()
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
        pool = [*self.ids, *self._new]
        staying = np.array([one not in self._gone for one in self.ids], bool)
        places = np.flatnonzero(np.concatenate((staying, np.ones(len(self._new), bool))))
        order = np.array(sorted(places.tolist(), key=pool.__getitem__), np.int64)
        new = np.flatnonzero(order >= len(self.ids))
        if new.size or not staying.all():
            for name, table in self._tables.items():
                self._tables[name] = table.followed_by(self._makers[name].made()).taken(order)
            self.ids = [pool[place] for place in order.tolist()]
        return new

    def first_forms(self) -> NDArray[np.int64]:
        """Of each row, where among the forms its fullest one is."""
        return starts_of(self["rows"]["forms"])[:-1]

    def corpus_names(self) -> CorpusNames:
        """The names that articles have, counted, in the order of first sight."""
        names = self["rows"]["name"]
        full = self["forms"]["text"][self.first_forms()]
        counts = np.bincount(names, minlength=len(self._names))
        first = first_places(names, len(self._names))
        order = np.flatnonzero(counts)
        order = order[np.argsort(first[order])]
        self._order = order.tolist()
        spelled = np.zeros(len(self._names), np.int32)
        spelled[order] = full[first[order]]
        spellings = self._spellings(names, full, spelled)
        short_forms = self._short_forms()
        return CorpusNames(
            CorpusName.counted(
                _KINDS[kind],
                self._texts[key],
                self._texts[spelling],
                articles,
                spellings.get(number),
                short_forms.get(number),
            )
            for number, articles, spelling in zip(
                order.tolist(), counts[order].tolist(), spelled[order].tolist(), strict=True
            )
            for kind, key in (self._names[number],)
        )

    def _spellings(
        self, names: NDArray[np.int32], full: NDArray[np.int32], spelled: NDArray[np.int32]
    ) -> dict[int, Counter[str]]:
        """Number of a name → how many articles have each of its spellings, where it has several."""
        several = np.zeros(len(self._names), bool)
        several[names[full != spelled[names]]] = True
        rows = several[names]
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for name, text, count in self._counted(names[rows], full[rows]):
            found[name][self._texts[text]] = count
        return found

    def _short_forms(self) -> dict[int, Counter[str]]:
        """Number of a name → how many articles have each of its short forms, as they are plain."""
        lengths = self["rows"]["forms"]
        is_short = np.ones(len(self["forms"]["text"]), bool)
        is_short[self.first_forms()] = False
        names = np.repeat(self["rows"]["name"], lengths)[is_short]
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for name, text, count in self._counted(names, self["forms"]["text"][is_short]):
            key = plain(self._texts[text])
            if key != self._texts[self._names[name][1]]:
                found[name][key] += count
        return found

    def _counted(
        self, names: NDArray[np.int32], texts: NDArray[np.int32]
    ) -> Iterator[tuple[int, int, int]]:
        width = len(self._texts)
        pairs, counts = np.unique(names.astype(np.int64) * width + texts, return_counts=True)
        one, other = np.divmod(pairs, max(width, 1))
        return zip(one.tolist(), other.tolist(), counts.tolist(), strict=True)

    def facts(self, names: CorpusNames) -> list[NameFacts]:
        """What the letters of names say, by number in `names`; kept where it was asked before.

        Args:
            names: what `corpus_names` gave.
        """
        kept = self._facts
        kept.extend([None] * (len(self._names) - len(kept)))
        found = []
        for number, name in zip(self._order, names.names, strict=True):
            facts = kept[number]
            if facts is None or facts.spelling != name.spelling:
                facts = kept[number] = facts_of(name)
            else:
                name.take_id(facts.entity_id)
            found.append(facts)
        return found

    def numbers(self, names: CorpusNames) -> NDArray[np.int32]:
        """By number of a name here, its number in `names`; -1 where it has none there.

        Args:
            names: what `corpus_names` gave, and behind them those that decisions need.
        """
        more = names.names[len(self._order) :]
        mine = self._order + [self.name_number(name.kind, name.key) for name in more]
        found = np.full(len(self._names), -1, np.int32)
        found[mine] = np.arange(len(mine), dtype=np.int32)
        return found

    def look_at_headlines(
        self,
        known: HeadlineNames,
        new: NDArray[np.int64],
        articles: Callable[[Sequence[str]], Iterable[NamedArticle]],
        added: Callable[[NamedArticle], Sequence[ArticleName]],
    ) -> None:
        """Finds the names of headlines: of what is new, and where `known` says something else than
        the last time.

        Args:
            new: places of articles.
            articles: gives some by id, in order.
            added: finds the names that a headline alone has.
        """
        said = self._entries(known)
        keys = {self._texts[key] for key in (_differing(self._said, said) // _TABLES).tolist()}
        self._said = said
        places = np.union1d(self._asking(keys), new)
        maker = RaggedMaker(_COLUMNS["heads"])
        for article in articles([self.ids[place] for place in places.tolist()]):
            maker.add(
                (self.name_number(one.kind, plain(one.full) or one.full), one.in_title)
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

    def _entries(self, known: HeadlineNames) -> NDArray[np.void]:
        """All that headlines are told, as numbers: what is asked, and what is said."""
        rows = [
            (
                self.text_number(key) * _TABLES + table,
                (self.name_number(name.kind, name.key) << 32 | self.text_number(name.spelling))
                * _FLAGS
                + 2 * name.is_frequent
                + name.is_rather_a_place,
            )
            for table, key, name in known.entries()
        ]
        return np.array(rows, _ENTRY)

    def to_bytes(self) -> Iterator[tuple[str, bytes]]:
        """All of it, in pieces by name."""
        yield from _joined("text", self._texts)
        yield from _joined("id", self.ids)
        yield "kinds", np.array([kind for kind, _ in self._names], np.uint8).tobytes()
        yield "keys", np.array([key for _, key in self._names], np.int32).tobytes()
        yield "facts", _encoded(self._facts)
        yield "spellings", msgspec.msgpack.encode(self.spellings.asked)
        yield "said", self._said.tobytes()
        for name, table in self._tables.items():
            for column, content in table.to_bytes():
                yield f"{name} {column}", content


def _encoded(facts: Sequence[NameFacts | None]) -> bytes:
    """Facts, without those of names with half a character (a lone surrogate)."""
    try:
        return msgspec.msgpack.encode(facts)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode([one if _is_whole(one) else None for one in facts])


def _is_whole(facts: NameFacts | None) -> bool:
    try:
        msgspec.msgpack.encode(facts)
    except UnicodeEncodeError:
        return False
    return True


def _differing(before: NDArray[np.void], now: NDArray[np.void]) -> NDArray[np.int64]:
    """The keys of entries that only one of two has."""
    entries = np.concatenate((before, now))
    entries = entries[np.lexsort((entries["says"], entries["key"]))]
    same = entries[1:] == entries[:-1]
    is_double = np.concatenate((same, [False])) | np.concatenate(([False], same))
    keys: NDArray[np.int64] = entries["key"][~is_double[: len(entries)]]
    return np.unique(keys)


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
    return zlib.crc32(word.encode("utf-8", _TEXT)) - (1 << 31)


def _joined(name: str, texts: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    yield f"{name}s", "".join(texts).encode("utf-8", _TEXT)
    yield f"{name} lengths", np.array([len(text) for text in texts], np.int32).tobytes()


def _split(content: bytes, lengths: bytes) -> list[str]:
    text = content.decode("utf-8", _TEXT)
    starts = starts_of(np.frombuffer(lengths, np.int32)).tolist()
    return [text[begin:end] for begin, end in pairwise(starts)]
