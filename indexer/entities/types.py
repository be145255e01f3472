"""The values of entity recognition: `Mention` (a name in a text) and `Entity` (who it means)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol


class EntityKind(StrEnum):
    """Kinds of names. The first three are facets; the others are kept apart so as not to be
    mistaken for them.
    """

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    NORP = "norp"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    Attributes:
        start, end: offsets into the text it was found in, in characters.
        text: the name as written, `source[start:end]`.
        confidence: in [0, 1].
        rule: the rule, gazetteer or model that found it, `crf/1`.
        honorific: title or rank right before a person's name, in lower case (`mr`, `gen`,
            `president`); evidence for telling namesakes apart.
    """

    start: int
    end: int
    kind: EntityKind
    text: str
    confidence: float
    rule: str
    honorific: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that articles name.

    Attributes:
        entity_id: public, URL-safe, stable across rebuilds and re-tagging.
        label: the name a reader expects.
        aliases: its other names, most frequent first, without the label.
        articles, mentions: how many there are in this generation.
        wikidata: Wikidata id (`Q…`) when a person linked one.
    """

    entity_id: str
    kind: EntityKind
    label: str
    aliases: tuple[str, ...] = ()
    articles: int = 0
    mentions: int = 0
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class NameCount:
    """One name of an entity, and how often this generation has it; 0 for names only listed."""

    name: str
    mentions: int
    articles: int


class ArticleEntity(NamedTuple):
    """One entity in one article. (A tuple, because a page reads a hundred.)

    Attributes:
        entity_id: public id, see `Entity`.
        label: the name a reader expects, as of this generation.
        count: mentions of it in this article's title and text.
    """

    entity_id: str
    kind: EntityKind
    label: str
    count: int  # type: ignore[assignment]  # in place of the method of tuples


class NamedInArticle(Protocol):
    """What tells which entity an article names."""

    @property
    def entity_id(self) -> str:
        """See `Entity`."""
        ...

    @property
    def kind(self) -> EntityKind:
        """Its kind."""
        ...


class MentionSpan(NamedTuple):
    """Where an entity is named: `text[start:end]` of the document's text (not its title).

    A tuple, because a page reads hundreds.
    """

    start: int
    end: int
    entity_id: str


class Tagger(Protocol):
    """Text to mentions. Pure."""

    version: str

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The mentions in `text`, in order of `start`, never overlapping.

        Args:
            language: ISO 639-1 code of the text; other than `en`, only gazetteers speak.
            title: the headline, as evidence only; mentions refer to `text`.
        """
        ...


class EntityDirectory(Protocol):
    """The entities of one generation, for reading."""

    def get(self, entity_id: str) -> Entity | None:
        """The entity under this id, or the one that it was merged into; None when unknown."""
        ...

    def labels(self, entity_ids: Sequence[str]) -> dict[str, str]:
        """The labels of some entities of this generation; unknown and merged ids are left out."""
        ...

    def articles(self, entity_ids: Sequence[str]) -> dict[str, int]:
        """How many articles name each of some entities; unknown and merged ids are left out."""
        ...

    def resolve(self, name: str, *, kind: EntityKind | None = None) -> list[Entity]:
        """Entities that a name may mean, by any alias, spelling or transliteration, most mentioned
        first. An id is a name too.
        """
        ...

    def search(self, text: str, *, kind: EntityKind | None = None, limit: int = 20) -> list[Entity]:
        """Entities one of whose names holds a word starting with each word of `text`: type-ahead
        and search inside a facet. Most mentioned first.
        """
        ...

    def names(self, entity_id: str) -> list[NameCount]:
        """Every name of an entity, most mentioned first; nothing for an unknown id."""
        ...

    def close(self) -> None:
        """Releases files."""
        ...
