"""Open index: what does one answer need? A generation opened: engine, names, analyzer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import repeat
from typing import cast

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import Analyzer
from indexer.articles.meaning.vector_file import NoVectors, Vectors
from indexer.entities.types import EntityDirectory
from indexer.families.event_file import Events, NoEvents
from indexer.generations.publishing import Generation
from indexer.places.place_file import NoPlaces, Places
from indexer.schema import ID_FACETS
from indexer.writers.whoosh.files.cache import Cache
from search.dossiers.facets import NOTHING_KEPT, KeptFacets
from search.engine import Engine, FacetCounting, MatchRequest
from search.help.doubts import doubt
from search.language.query import Everything, Keyword, Query
from search.language.resolve import Resolved, resolve
from search.output.languages import language_name
from search.request import KEPT_FACETS, facet_of

_NO_PARTS: Mapping[str, tuple[str, ...]] = {}
_MEDIA = {"page": "page", "post": "post", "document": "document", "event": "event record"}
_KEPT_TOTALS = 2048
_ALL_VALUES = 100_000  # outlets, languages and flags are few; this only says "all"


@dataclass(frozen=True)
class OpenIndex:
    """One generation, ready to answer. Safe to share between threads.

    Attributes:
        generation: its name, its folder, and what its manifest says.
        keeping: what people keep of its articles, as it is when it is called.
    """

    engine: Engine
    directory: EntityDirectory
    analyzer: Analyzer
    generation: Generation
    events: Events = field(default_factory=NoEvents)
    places: Places = field(default_factory=NoPlaces)
    keeping: Callable[[], KeptFacets] = lambda: NOTHING_KEPT
    vectors: Vectors = field(default_factory=NoVectors)

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Labels of entities asked for so far: a page shows sixty, mostly those of the one before.

        About 100 bytes each, and no more than the generation has entities.
        """
        return {}

    @cached_property
    def _plain(self) -> dict[str, tuple[str, ...]]:
        """Every value of the facets without entities asked for so far."""
        return {}

    def resolve(self, query: Query, language: str = "") -> Resolved:
        """What the words and names of a question stand for here.

        Args:
            language: that of its words, where it is known.
        """
        return resolve(
            query,
            self.analyzer,
            self.directory,
            self.values_of,
            self.places.inside,
            partial(self.engine.forms, language=language) if language else self.engine.forms,
            self.label,
        )

    @cached_property
    def _totals(self) -> Cache[Hashable, int]:
        """What `total` counted: names and words of one question are those of many others."""
        return Cache(_KEPT_TOTALS)

    def total(self, query: Query, asked: MatchRequest) -> int:
        """How many articles match, where the filters and dates of a request hold.

        Args:
            query: as parsed, of words and of names of the directory.
        """
        key = (query, asked.filters, asked.dates)
        known = self._totals.get(key)
        if known is not None:
            return known
        resolved = self.resolve(query).query
        bare = replace(
            asked, query=resolved, facets=(), histogram=None, collapse=False, limit=0, after=None
        )
        found = self.engine.match(bare)
        if found.complete and not any(one.facet in KEPT_FACETS for one in asked.filters):
            self._totals.keep(key, found.total)  # what people keep changes, and time may run out
        return found.total

    @cached_property
    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted; about 70 bytes each, once they are asked for."""
        everything = MatchRequest(query=Everything(), limit=self.engine.articles)
        found = self.engine.match(everything).hits
        return sorted(self.engine.article_ids([hit.doc_number for hit in found]))

    def vectors_of(self, language: str) -> NDArray[np.intp]:
        """Where the articles in a language stand among the vectors; eight bytes each, once asked
        for.
        """
        if language not in self._vectors_of:
            own = Keyword("language", frozenset([language]))
            everything = MatchRequest(query=own, limit=self.engine.articles)
            numbers = [hit.doc_number for hit in self.engine.match(everything).hits]
            places = self.vectors.places(self.engine.article_ids(numbers))
            self._vectors_of[language] = places
        return self._vectors_of[language]

    @cached_property
    def _vectors_of(self) -> dict[str, NDArray[np.intp]]:
        return {}

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        return self.places.all_around()

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        parts: dict[str, list[str]] = {}
        for place, wholes in self._around.items():
            for whole in wholes:
                parts.setdefault(whole, []).append(place)
        return {whole: tuple(inside) for whole, inside in parts.items()}

    def parts(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """The values that lie in each value of a facet, if any do: the same mapping each time."""
        return self._parts if facet == "place" else _NO_PARTS

    def around(self, facet: str, values: Sequence[str]) -> Iterable[tuple[str, ...]]:
        """For each value of a facet, those that it lies in, the smallest first."""
        return map(self._around.get, values, repeat(())) if facet == "place" else repeat(())

    def close(self) -> None:
        """Releases files. Requests that still run on it must have ended."""
        self.engine.close()
        self.directory.close()
        self.events.close()
        self.places.close()

    def learn_labels(self, values: Iterable[str]) -> None:
        """Reads the labels of entities that are about to be asked for, all at once."""
        known = self._labels
        unknown = [value for value in values if value not in known]
        if unknown:
            known.update(self.directory.labels(unknown))

    def labels(self, facet: str, values: Sequence[str]) -> list[str]:
        """What a person calls some values of a facet: see `label`."""
        if facet in ID_FACETS:
            known = list(map(self._labels.get, values))
            if None not in known:
                return cast(list[str], known)
        if facet in KEPT_FACETS:
            return list(map(self.keeping().label, values))
        return [self.label(facet, value) for value in values]

    def label(self, facet: str, value: str) -> str:
        """What a person calls a facet value; the value itself when nothing better is known.

        Args:
            facet: or another choice of `search.request.CHOICES`.
        """
        facet = facet_of(facet)
        if facet == "language":
            return language_name(value)
        if facet == "flag":
            return doubt(value)
        if facet == "medium":
            return _MEDIA.get(value, value)
        if facet in KEPT_FACETS:
            return self.keeping().label(value)
        if facet not in ID_FACETS:
            return value
        known = self._labels.get(value)
        if known is None and (entity := self.directory.get(value)) is not None:
            known = self._labels[value] = entity.label
        return known or value

    def values_of(self, facet: str, typed: str) -> frozenset[str]:
        """The values of a facet without entities that a typed name means.

        A whole name, language code, flag or spelling of an agency first, whatever its case and
        accents; else every value with words that begin like those typed.
        """
        if facet in KEPT_FACETS and (exact := self.keeping().called(facet, typed)):
            return exact
        names = self._named(facet)
        words = self.analyzer.surfaces(typed)
        whole = {value for value, name in names if name == words or value == typed}
        if whole or not words:
            return frozenset(whole)
        return frozenset(value for value, name in names if holds_beginnings(name, words))

    def containing(self, facet: str, typed: str) -> frozenset[str]:
        """The values of a facet without entities with a word that begins so."""
        words = self.analyzer.surfaces(typed)
        return frozenset(v for v, name in self._named(facet) if holds_beginnings(name, words))

    def _named(self, facet: str) -> list[tuple[str, list[str]]]:
        surfaces = self.analyzer.surfaces
        if facet in KEPT_FACETS:
            kept = self.keeping().names(facet)
            return [(value, surfaces(name)) for value, name in kept.items()]
        values = self._plain.get(facet)
        if values is None:
            values = self._plain[facet] = self._values(facet)
        if facet == "flag":  # known by its own name too
            return [(flag, surfaces(f"{flag.replace('_', ' ')} {doubt(flag)}")) for flag in values]
        if facet == "agency":  # as AP, too, or in other letters
            from corpus.cleaner.declared.agencies import spellings_of  # noqa: PLC0415 # compiles much

            return [(one, surfaces(name)) for one in values for name in spellings_of(one)]
        return [(value, surfaces(self.label(facet, value))) for value in values]

    def _values(self, facet: str) -> tuple[str, ...]:
        counting = FacetCounting(facet, size=_ALL_VALUES)
        found = self.engine.match(MatchRequest(query=Everything(), facets=(counting,), limit=0))
        return tuple(value.value for value in found.facets[facet].values)


def holds_beginnings(name: list[str], words: list[str]) -> bool:
    """Does some word of the name begin with each of these?"""
    return all(any(part.startswith(word) for part in name) for word in words)
