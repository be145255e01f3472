"""Answers: one class for each object that scripts get; its JSON and its schema are made of it.

A key is a field here, with what it means, and nowhere else. The command line and the interface
for scripts write the same item in the same way; what the web alone adds stands in `webui.api`.
They are one file because most are parts of one answer, and read in its order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar, cast

import msgspec
from msgspec import UNSET, Meta, UnsetType

from corpus import dates, soundness
from corpus.dates import Precision
from indexer.document import IndexDocument
from indexer.entities.types import EntityKind
from indexer.places.place_file import Places
from search.engine import Histogram
from search.result import Facet, FacetCount, Hit, Related, SearchResult

PLURALS = {EntityKind.PERSON: "persons", EntityKind.ORG: "orgs", EntityKind.PLACE: "places"}

MAX_BARS = 4000
"""Ten years of days and more: an answer of half a megabyte."""

SCHEMAS = "#/components/schemas/{name}"
"""Where a document keeps the schema of each class."""

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Amount: TypeAlias = Annotated[float, Meta(ge=0)]
Day: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date"})]


def about(text: str) -> Meta:
    """What a key means."""
    return Meta(description=text)


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object with these keys and no others."""


class PartialDate(Answer, frozen=True):
    """A date as far as it is known."""

    date: Annotated[
        str,
        about("YYYY, YYYY-MM, YYYY-MM-DD, or with a time; --MM or --MM-DD where no year is known"),
    ]
    precision: Precision
    basis: Annotated[str, about("Where it was read")]

    @classmethod
    def of(cls, value: dates.PartialDate) -> PartialDate:
        return cls(value.iso, value.precision, value.basis)

    @classmethod
    def maybe(cls, value: dates.PartialDate | None) -> PartialDate | None:
        """None where there is none."""
        return None if value is None else cls(value.iso, value.precision, value.basis)


class Named(Answer, frozen=True):
    """An entity or an outlet."""

    id: str
    label: str
    count: Annotated[Count, about("How often an article names it, or how many articles do")]


class Highlight(Answer, frozen=True):
    """A passage with the matched words marked."""

    field: Literal["title", "text"]
    text: str
    spans: Annotated[
        tuple[tuple[Count, Count], ...],
        about("Offsets of the matches in `text`, in characters: start included, end excluded"),
    ]


class HitFamily(Answer, frozen=True):
    """The near-identical reports that a hit is one of."""

    id: str
    size: Annotated[Count, about("Reports in the generation")]
    matches: Annotated[Count, about("Reports that match")]


_AGENCIES = "News agencies that it credits for its text"


class Item(Answer, frozen=True, kw_only=True):
    """One hit; `fields` chooses among its keys."""

    id: str | UnsetType = UNSET
    url: str | UnsetType | None = UNSET
    title: str | UnsetType = UNSET
    outlet: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    agencies: Annotated[tuple[str, ...], about(_AGENCIES)] | UnsetType = UNSET
    published: PartialDate | UnsetType | None = UNSET
    flags: Annotated[tuple[str, ...], about("Doubts about the reading of the page")] | UnsetType = (
        UNSET
    )
    score: float | UnsetType = UNSET
    persons: list[Named] | UnsetType = UNSET
    orgs: list[Named] | UnsetType = UNSET
    places: list[Named] | UnsetType = UNSET
    family: HitFamily | UnsetType = UNSET
    highlights: list[Highlight] | UnsetType = UNSET


ITEM_FIELDS = Item.__struct_fields__
"""Keys of one item of an answer."""


def item(hit: Hit, fields: Collection[str] = ITEM_FIELDS) -> Item:
    """One hit.

    Args:
        fields: the keys to give.
    """
    document = hit.document
    named = entities_of(document)
    whole = Item(
        id=document.article_id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        language=document.language,
        agencies=document.agencies,
        published=PartialDate.maybe(document.published),
        flags=document.flags,
        score=round(hit.score, 6),
        persons=named[EntityKind.PERSON],
        orgs=named[EntityKind.ORG],
        places=named[EntityKind.PLACE],
        family=HitFamily(document.family_id, hit.family_size, hit.family_matches),
        highlights=[
            Highlight(cast(Any, snippet.field), snippet.text, snippet.spans)
            for snippet in hit.snippets
        ],
    )
    left_out = {name: UNSET for name in ITEM_FIELDS if name not in fields}
    return msgspec.structs.replace(whole, **left_out) if left_out else whole


def entities_of(document: IndexDocument) -> dict[EntityKind, list[Named]]:
    """The entities of one article by kind, most mentioned first."""
    named: dict[EntityKind, list[Named]] = {kind: [] for kind in PLURALS}
    for found in document.entities:
        if found.kind in named:
            named[found.kind].append(Named(found.entity_id, found.label, found.count))
    return named


class PlacePosition(Answer, frozen=True):
    """Where a place of an article lies; of areas, their middle."""

    id: str
    sort: Annotated[str, about("region, country or city")]
    country: Annotated[str, about("ISO 3166 code; empty for what lies in several")]
    latitude: float
    longitude: float


class ExportedArticle(Item, frozen=True, kw_only=True):
    """One article of JSON Lines: the item of a search without highlights, and the text."""

    collected: str
    bylines: tuple[str, ...]
    text: str
    mentions: Annotated[list[TextMention], about("Names in `text`; those of its title are not")]
    positions: Annotated[list[PlacePosition], about("Of its places that the gazetteer knows")]
    original_sha256: str


_EXPORTED = frozenset(ITEM_FIELDS) - {"highlights"}


def exported(hit: Hit, places: Places) -> ExportedArticle:
    """One article with all of its text."""
    document = hit.document
    positions = [
        PlacePosition(one.entity_id, at.sort, at.country, at.latitude, at.longitude)
        for one in document.entities
        if one.kind is EntityKind.PLACE and (at := places.position(one.entity_id))
    ]
    return ExportedArticle(
        **msgspec.structs.asdict(item(hit, _EXPORTED)),
        collected=document.collected.iso,
        bylines=document.bylines,
        text=document.text,
        mentions=_mentions(document),
        positions=positions,
        original_sha256=document.original_sha256,
    )


class ExportEnd(Answer, frozen=True):
    """The last line of JSON Lines: a file without it was cut short."""

    complete: bool
    articles: Count
    query: str
    generation: str


class Bar(Answer, frozen=True):
    """One bar of a date histogram, both days included."""

    start: Day = msgspec.field(name="from")
    end: Day = msgspec.field(name="to")
    count: Count
    collected: Annotated[Count, about("Articles of the generation, whatever they are about")]


def bars(histogram: Histogram) -> list[Bar]:
    """The bars of a date histogram, without a gap between them.

    Where they would be more than `MAX_BARS`, as days are when one article speaks of 1848, those in
    which nothing was collected are left out.
    """
    columns = histogram.columns
    whole = len(columns.days) <= MAX_BARS
    return [
        Bar(start, end, count, collected)
        for (start, end), count, collected in zip(
            columns.written, histogram.counts, columns.collected, strict=True
        )
        if whole or collected
    ]


class FacetValue(Answer, frozen=True):
    """One value of a facet."""

    id: str
    label: str
    count: Count
    selected: Annotated[
        Literal["any", "all", "not"] | None, about("How the question selects it, if it does")
    ]
    within: Annotated[
        str | UnsetType,
        about("Of a place, the smallest other one it lies in, whose articles include its own"),
    ] = UNSET

    @classmethod
    def of(cls, count: FacetCount) -> FacetValue:
        return cls(count.value, count.label, count.count, selected(count), within(count))


def selected(count: FacetCount) -> Literal["any", "all", "not"] | None:
    """How the question selects a value."""
    return cast("Literal['any', 'all', 'not'] | None", count.mode or None)


def within(count: FacetCount) -> str | UnsetType:
    """The id of the place that a place lies in."""
    return count.around[0] if count.around else UNSET


def facet_values(facet: Facet) -> list[FacetValue]:
    """The counted values of a facet."""
    return [FacetValue.of(count) for count in facet.counts]


class ResolvedName(Answer, frozen=True):
    """How a name of the query was understood."""

    facet: str
    typed: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]


class NamedByWords(Answer, frozen=True):
    """Words of the query that name somebody or something, whom more articles name."""

    typed: str
    kind: EntityKind
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    articles: Annotated[Count, about("Articles that name it, in any spelling")]
    otherwise: Annotated[
        Count, about("Those of them that the words do not find; `names=include` does")
    ]


class AlsoSaid(Answer, frozen=True):
    """A term of war reporting that says nearly the same as words of the query."""

    typed: str
    term: str
    articles: Annotated[Count, about("Articles that have it, whether or not they were found")]
    query: Annotated[str, about("The query with it beside the words, to be asked instead")]


class Question(Answer, frozen=True):
    """The query as it was read."""

    text: str
    parsed: Annotated[str, about("The text with its operators spelled out")]
    warnings: tuple[str, ...]
    did_you_mean: str | None
    names: list[ResolvedName]
    named: list[NamedByWords]
    also: Annotated[
        list[AlsoSaid], about("What reports also say for words of it; not looked for unasked")
    ]
    forms: Annotated[
        dict[str, tuple[str, ...]],
        about("Words of other stems that count as a word of the query: its forms, its spellings"),
    ]


class AnsweringIndex(Answer, frozen=True):
    """The generation that answered."""

    generation: str
    articles: Count
    built_at: str


class HistogramDates(Answer, frozen=True):
    """What the bars in `facets.date` are, and what is in none of them."""

    interval: str
    imprecise: Annotated[Count, about("Matches dated less exactly than a bar is wide")]
    undated: Count


class RelatedArticle(Answer, frozen=True):
    """An article that does not match the query and is about the same, as far as vectors tell."""

    id: str
    url: str | None
    title: str
    outlet: str
    language: str
    published: PartialDate | None
    nearness: Annotated[float, about("Of its vector to that of the words; 1 at most")]
    beginning: Annotated[str, about("How its text begins; nothing in it is claimed to match")]

    @classmethod
    def of(cls, one: Related) -> RelatedArticle:
        document = one.document
        return cls(
            document.article_id,
            document.url,
            document.title,
            document.outlet,
            document.language,
            PartialDate.maybe(document.published),
            round(one.nearness, 4),
            one.beginning.text,
        )


V = TypeVar("V", bound=FacetValue)


class SearchAnswer(Answer, Generic[V], frozen=True, kw_only=True):
    """One page of hits, with counts."""

    query: Question
    index: AnsweringIndex
    total: Annotated[Count, about("Articles that match")]
    families: Count
    complete: Annotated[bool, about("False where the time allowed was spent: counts are then low")]
    about: Annotated[
        list[str],
        about("Which numbers are estimated, in a cluster alone: `families`, facets by their names"),
    ]
    took_ms: Amount
    items: list[Item]
    related: Annotated[
        list[RelatedArticle],
        about(
            "On a first page, articles related by meaning that are no items; none where the"
            " collection is without vectors"
        ),
    ]
    facets: Annotated[
        dict[str, list[V]],
        Meta(
            description="Values of each facet asked for; bars of the histogram under `date`",
            extra_json_schema={
                "properties": {
                    "date": {"type": "array", "items": {"$ref": SCHEMAS.format(name="Bar")}}
                }
            },
        ),
    ]
    facet_distinct: Annotated[dict[str, Count], about("How many values each facet has in all")]
    next_cursor: str | None
    dates: HistogramDates | UnsetType = UNSET


def search_answer(
    result: SearchResult,
    fields: Collection[str] = ITEM_FIELDS,
    *,
    values: Callable[[Facet], list[V]],
) -> SearchAnswer[V]:
    """A whole answer.

    Args:
        fields: the keys of an item to give.
        values: how the values of a facet are written.
    """
    histogram = result.histogram
    facets: dict[str, Any] = {name: values(facet) for name, facet in result.facets.items()}
    if histogram is not None:
        facets["date"] = bars(histogram)
    return SearchAnswer(
        query=Question(
            result.text,
            result.parsed,
            result.warnings,
            result.did_you_mean or None,
            [
                ResolvedName(found.facet, found.typed, found.entity_ids, found.labels)
                for found in result.resolutions
            ],
            [
                NamedByWords(
                    one.typed,
                    EntityKind(one.kind),
                    one.ids,
                    one.labels,
                    one.articles,
                    one.otherwise,
                )
                for one in result.named
            ],
            [AlsoSaid(one.typed, one.term, one.articles, one.query) for one in result.also],
            dict(result.forms),
        ),
        index=AnsweringIndex(result.generation, result.articles, result.built_at),
        total=result.total,
        families=result.families,
        complete=result.complete,
        about=sorted(result.about),
        took_ms=round(result.took_ms, 2),
        items=[item(hit, fields) for hit in result.hits],
        related=[RelatedArticle.of(one) for one in result.related],
        facets=facets,
        facet_distinct={name: facet.distinct for name, facet in result.facets.items()},
        next_cursor=result.next_cursor or None,
        dates=UNSET
        if histogram is None
        else HistogramDates(histogram.interval, histogram.imprecise, histogram.undated),
    )


class TextMention(Answer, frozen=True):
    """A name in the text: offsets in characters, start included, end excluded."""

    start: Count
    end: Count
    id: str


class ArticleFamily(Answer, frozen=True):
    """The near-identical reports that an article is one of."""

    id: str


class ArticleOriginal(Answer, frozen=True):
    """The bytes as they were collected."""

    sha256: str


class Generation(Answer, frozen=True):
    """The generation that answered."""

    generation: str


F = TypeVar("F", bound=ArticleFamily)
O_ = TypeVar("O_", bound=ArticleOriginal)


class Article(Answer, Generic[F, O_], frozen=True, kw_only=True):
    """One article as it was indexed."""

    id: str
    version: Count
    kind: str
    url: str | None
    title: str
    text: Annotated[str, about("Standfirst and text; every offset counts in it")]
    outlet: str
    section: str
    language: str
    bylines: tuple[str, ...]
    agencies: Annotated[tuple[str, ...], about(_AGENCIES)]
    published: PartialDate | None
    modified: PartialDate | None
    collected: PartialDate
    mentioned: Annotated[list[PartialDate], about("Dates that the text speaks of")]
    persons: list[Named]
    orgs: list[Named]
    places: list[Named]
    mentions: list[TextMention]
    family: F
    flags: Annotated[tuple[str, ...], about("Doubts about the reading of the page")]
    original: O_
    index: Generation


def article(document: IndexDocument, *, generation: str) -> Article[ArticleFamily, ArticleOriginal]:
    """One article as it was indexed."""
    named = entities_of(document)
    return Article(
        id=document.article_id,
        version=document.version,
        kind=document.kind,
        url=document.url,
        title=document.title,
        text=document.text,
        outlet=document.outlet,
        section=document.section,
        language=document.language,
        bylines=document.bylines,
        agencies=document.agencies,
        published=PartialDate.maybe(document.published),
        modified=PartialDate.maybe(document.modified),
        collected=PartialDate.of(document.collected),
        mentioned=[PartialDate.of(value) for value in document.mentioned],
        persons=named[EntityKind.PERSON],
        orgs=named[EntityKind.ORG],
        places=named[EntityKind.PLACE],
        mentions=_mentions(document),
        family=ArticleFamily(document.family_id),
        flags=document.flags,
        original=ArticleOriginal(document.original_sha256),
        index=Generation(generation),
    )


def _mentions(document: IndexDocument) -> list[TextMention]:
    return [TextMention(found.start, found.end, found.entity_id) for found in document.mentions]


_ENCODER = msgspec.json.Encoder()


def encoded(answer: object) -> bytes:
    """An answer as JSON in UTF-8, without white space."""
    try:
        return _ENCODER.encode(answer)
    except UnicodeEncodeError:  # half a surrogate pair, which no UTF-8 holds
        text = json.dumps(plain(answer), ensure_ascii=False, separators=(",", ":"))
        return soundness.utf8(text)


def spaced(answer: object) -> bytes:
    """An answer as JSON on one line, with spaces for who reads it."""
    return msgspec.json.format(encoded(answer), indent=0)


def line(answer: object) -> str:
    """An answer as one line of a file."""
    return f"{spaced(answer).decode()}\n"


def plain(answer: object) -> Any:
    """An answer as dictionaries and lists."""
    return msgspec.to_builtins(answer)
