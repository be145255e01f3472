"""Indexed document: what is written into an index, and read back from it?

An `IndexDocument` is an article with everything that was found in it. The same value goes into an
`IndexWriter` and comes out of `Engine.fetch`, so that what a page shows is what was indexed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from numpy.typing import NDArray

from corpus.article import Kind, Medium
from corpus.dates import PartialDate
from indexer.articles.quotes.types import SpokenBy
from indexer.articles.roles.types import HeldBy
from indexer.entities.types import ArticleEntity, MentionSpan
from indexer.schema import FACET_FIELDS

__all__ = ["ArticleEntity", "IndexDocument", "Meaning", "MentionSpan", "NamesIn", "Renamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """One article of a generation.

    Attributes:
        version: which version of the article, counted from 1.
        text: `corpus.article.Article.reading`: its standfirst, then its text; offsets count in it.
        mentioned: days, months and years that the text speaks of, without repetition; some
            without a year, which no range of days finds.
        entities: persons, organisations and places, most mentioned first.
        mentions: in order of `start`, never overlapping.
        family_id: shared by near-identical reports; an article alone has its own id here.
        original_sha256: SHA-256 of the stored original.
        quotes: what it gives as said, and by whom, in order of `start`.
        roles: what it says that its persons are, in order of `start`.
        agencies: news agencies that it credits for its text.
        flags: doubts about the extraction: `corpus.article.Quality.flags`, and `repeated_text`.
    """

    article_id: str
    version: int = 1
    title: str
    text: str
    kind: Kind = Kind.ARTICLE
    medium: Medium = Medium.PAGE
    url: str | None = None
    outlet: str = ""
    section: str = ""
    language: str = "und"
    bylines: tuple[str, ...] = ()
    published: PartialDate | None = None
    modified: PartialDate | None = None
    collected: PartialDate
    mentioned: tuple[PartialDate, ...] = ()
    entities: tuple[ArticleEntity, ...] = ()
    mentions: tuple[MentionSpan, ...] = ()
    family_id: str
    original_sha256: str
    flags: tuple[str, ...] = ()
    quotes: tuple[SpokenBy, ...] = ()
    roles: tuple[HeldBy, ...] = ()
    agencies: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Ids of the entities that it quotes, each once."""
        named = (spoken.entity_id for spoken in self.quotes if spoken.entity_id)
        return tuple(dict.fromkeys(named))

    def values(self, facet: str) -> tuple[str, ...]:
        """The facet values of this document: ids of entities, or what stands in the field itself.

        Args:
            facet: a name in `indexer.schema.FACETS`.
        """
        source = FACET_FIELDS[facet].source
        if not source:
            return tuple(entity.entity_id for entity in self.entities if entity.kind == facet)
        values: str | tuple[str, ...] = getattr(self, source)
        if isinstance(values, str):
            return (values,) if values else ()
        return values


class NamesIn(NamedTuple):
    """Which of an article's names stands where, by their numbers in its `Recognition`: all that is
    under one number means one entity, or nothing that is shown, whatever people decide about names.

    Attributes:
        mentions: beginning, end and number of each, in order; a document has those of them that
            mean anything.
        quotes: the number of whom each quote of the document names; -1 of one that names nobody.
        roles: beginning, end and number of each, as `mentions`.
    """

    mentions: tuple[tuple[int, int, int], ...]
    quotes: tuple[int, ...]
    roles: tuple[tuple[int, int, int], ...]

    @classmethod
    def of_lists(cls, mentions: list[Any], quotes: list[int], roles: list[Any]) -> NamesIn:
        """The same, as it comes back from JSON."""
        return cls(tuple(map(tuple, mentions)), tuple(quotes), tuple(map(tuple, roles)))


class Meaning(NamedTuple):
    """Somebody or something that a name means, as documents show it."""

    entity_id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Renamed:
    """Articles of which nothing is other than in an earlier index but what their names mean.

    Attributes:
        article_ids: whose.
        meanings: the entities that they name.
        starts: where the entities of each article begin in the next two, and the last ones end.
        entities, counts: places in `meanings`, the most mentioned entity of an article first; and
            how often it is mentioned.
        name_starts: the same for their names, by the numbers of `NamesIn`.
        names: what each name means, a place in `meanings`; -1 for nothing that is shown.
    """

    article_ids: Sequence[str]
    meanings: Sequence[Meaning]
    starts: NDArray[Any]
    entities: NDArray[Any]
    counts: NDArray[Any]
    name_starts: NDArray[Any]
    names: NDArray[Any]
