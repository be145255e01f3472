"""Random documents and random resolved questions, over few words so that they meet often.

Strategies are made once: making them at each draw took three quarters of the time of a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from hypothesis import strategies as st

from corpus.article import Medium
from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.articles.roles.types import HeldBy
from indexer.document import ArticleEntity, IndexDocument
from indexer.entities.types import EntityKind
from indexer.schema import DATE_FIELDS, FACETS
from search.engine import FacetCounting, MatchRequest
from search.language.query import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import DateFilter, Filter, Interval, Mode, Sort, Undated

_SURFACES = ("strike", "strikes", "striking", "drone", "drones", "the", "of", "война", "войны", "a")
_STEMS = tuple(dict.fromkeys(map(analyzer().stem, _SURFACES)))
_ENTITIES = tuple(
    (f"{kind}-{number}", kind)
    for kind in (EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE)
    for number in range(3)
)
_DATES = ("2021", "2021-12", "2022", "2022-01", "2022-01-03", "2022-01-09", "2022-02-28", "2023")
_DAYS = (date(2021, 12, 31), date(2022, 1, 3), date(2022, 2, 1), date(2023, 6, 1))
_VALUES = {
    "person": ("person-0", "person-1", "person-2", "nobody"),
    "org": ("org-0", "org-1"),
    "place": ("place-0", "place-2"),
    "outlet": ("Post", "Courier", "None Such"),
    "language": ("en", "ru"),
    "medium": ("page", "post", "none such"),
    "agency": ("Wire", "Press", "none such"),
    "flag": ("very_short", "garbled", "no_title"),
    "said_by": ("person-0", "org-1", "nobody"),
}
_HELD = {"dossier": ("d-1", "d-2", "none"), "tag": ("photo", "map")}
_ASKED = _VALUES | _HELD
"""Of all facets: those of the index, and those whose values the request tells."""
_FIELDS = st.sampled_from([None, None, "title", "text"])


@cache
def _few(values: tuple[str, ...], size: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=size).map(tuple)


@cache
def _dates(size: int) -> st.SearchStrategy[tuple[PartialDate, ...]]:
    made = st.sampled_from(_DATES).map(lambda iso: PartialDate(iso, "made-up"))
    return st.lists(made, max_size=size, unique=True).map(tuple)


_FAMILIES = st.sampled_from(["article-{}", "article-0", "article-1", "lost"])
_OUTLETS = st.sampled_from(["", "Post", "Courier"])
_LANGUAGES = st.sampled_from(["en", "ru"])
_MEDIA = st.sampled_from([Medium.PAGE, Medium.POST])
_NAMES = st.lists(st.sampled_from(_ENTITIES), max_size=4, unique=True)


@st.composite
def documents(draw: st.DrawFn) -> list[IndexDocument]:
    """Up to 12 documents; some are reprints of others."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        published = draw(_dates(1))
        made.append(
            IndexDocument(
                article_id=f"article-{number}",
                title=" ".join(draw(_few(_SURFACES, 4))),
                text=" ".join(draw(_few(_SURFACES, 25))),
                outlet=draw(_OUTLETS),
                language=draw(_LANGUAGES),
                medium=draw(_MEDIA),
                published=published[0] if published else None,
                collected=PartialDate("2022-03-01", "made-up"),
                mentioned=draw(_dates(3)),
                entities=tuple(
                    ArticleEntity(entity_id, kind, entity_id.title(), 1)
                    for entity_id, kind in draw(_NAMES)
                ),
                family_id=draw(_FAMILIES).format(number),
                original_sha256="0" * 64,
                agencies=tuple(sorted(set(draw(_few(("Wire", "Press"), 2))))),
                flags=tuple(sorted(set(draw(_few(("very_short", "garbled"), 2))))),
                roles=tuple(HeldBy(0, 1, one) for one in draw(_few(("person-0", "person-1"), 2))),
                quotes=tuple(
                    SpokenBy(Quote(0, 1, 0, 1, 0, 1, -1, is_direct=True), speaker)
                    for speaker in draw(_few(("person-0", "person-1", "org-1", ""), 2))
                ),
            )
        )
    return made


@cache
def _words(size: int) -> st.SearchStrategy[tuple[bool, tuple[str, ...]]]:
    """Exact or not, and words of that kind."""
    some = {
        exact: st.tuples(
            st.just(exact),
            st.lists(
                st.sampled_from((*(_SURFACES if exact else _STEMS), "zzz")),
                min_size=1,
                max_size=size,
            ).map(tuple),
        )
        for exact in (False, True)
    }
    return st.booleans().flatmap(some.__getitem__)


_DATE_RANGES = st.builds(
    DateRange,
    st.sampled_from(DATE_FIELDS),
    st.none() | st.sampled_from(_DAYS),
    st.none() | st.sampled_from(_DAYS),
)


@cache
def _keyword(facet: str) -> st.SearchStrategy[Query]:
    values = st.frozensets(st.sampled_from(_ASKED[facet]), max_size=2)
    return values.map(lambda some: Keyword(facet, some))


def _keywords(facets: Iterable[str]) -> st.SearchStrategy[Query]:
    return st.sampled_from(sorted(facets)).flatmap(_keyword)


_LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(lambda kind, field: Term(kind[1][0], field, kind[0]), _words(1), _FIELDS),
    st.builds(
        lambda word, field, forms: Term(word, field, forms=forms),
        st.sampled_from((*_STEMS, "zzz")),
        _FIELDS,
        st.sets(st.sampled_from((*_STEMS, "zzzz")), max_size=3).map(sorted).map(tuple),
    ),
    st.builds(lambda kind, field: Phrase(kind[1], field, kind[0]), _words(3), _FIELDS),
    st.builds(
        lambda kind, distance, field: Near(kind[1], distance, field, kind[0]),
        _words(3),
        st.integers(0, 4),
        _FIELDS,
    ),
    st.builds(Prefix, st.sampled_from(["", "s", "str", "drones", "вой", "q"]), _FIELDS),
    st.builds(Fuzzy, st.sampled_from([*_SURFACES, "dron", "от"]), st.integers(1, 2), _FIELDS),
    st.sampled_from([Everything(), Nothing()]),
    _keywords(FACETS),
    _DATE_RANGES,
)
queries: st.SearchStrategy[Query] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda clauses: And(tuple(clauses))),
        st.lists(inner, max_size=3).map(lambda clauses: Or(tuple(clauses))),
        inner.map(Not),
    ),
    max_leaves=6,
)


@cache
def _parts(values: tuple[str, ...]) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """Values that others lie in, one of which no article has."""
    some = st.lists(st.sampled_from(values), max_size=3).map(tuple)
    return st.dictionaries(st.sampled_from([*values, "nowhere"]), some, max_size=3)


_Holding = dict[str, dict[str, frozenset[str]]]


def _holding() -> st.SearchStrategy[_Holding]:
    """Who has the values of facets that no index holds; some articles are in no index either."""
    articles = st.frozensets(st.integers(0, 12).map(lambda number: f"article-{number}"))
    return st.fixed_dictionaries(
        {
            facet: st.dictionaries(st.sampled_from(values[:2]), articles)
            for facet, values in _HELD.items()
        }
    )


@cache
def _counted(facet: str) -> st.SearchStrategy[FacetCounting]:
    values = _ASKED[facet]
    return st.builds(
        FacetCounting,
        st.just(facet),
        st.integers(1, 3),
        st.integers(0, 1),
        among=st.none() | st.just(frozenset(values)),
        also=st.just(frozenset[str]()) | st.just(frozenset(values[-1:])),
        parts=st.just({}) | _parts(values) if facet in _VALUES else st.just({}),
    )


_CHOSEN = st.lists(
    st.tuples(st.sampled_from(sorted(_ASKED)), st.sampled_from(Mode)), max_size=3, unique=True
)
_COUNTED = st.lists(st.sampled_from(sorted(_ASKED)), max_size=3, unique=True)
_SOME_HELD: st.SearchStrategy[_Holding] = st.just(_Holding()) | _holding()
_BESIDE = st.booleans()
_KEYWORDS = _keywords(_HELD)
_JOINED = st.integers(0, 2)
_ALSO = st.none() | _keywords(FACETS) | _LEAVES
_DATE_FILTERS = st.builds(
    DateFilter,
    st.sampled_from(DATE_FIELDS),
    st.none() | st.sampled_from(_DAYS),
    st.none() | st.sampled_from(_DAYS),
    st.sampled_from(Undated),
)
_HISTOGRAMS = st.none() | st.sampled_from(Interval)
_SORTS = st.sampled_from(Sort)
_LIMITS = st.integers(1, 8)


@st.composite
def requests(draw: st.DrawFn) -> MatchRequest:
    """A question with filters, counts and an order; the first page."""
    chosen = draw(_CHOSEN)
    held = draw(_SOME_HELD)
    query = draw(queries)
    if draw(_BESIDE):
        keyword = draw(_KEYWORDS)
        joined: list[Query] = [And((query, keyword)), Or((keyword, query)), Not(keyword)]
        query = joined[draw(_JOINED)]
    return MatchRequest(
        query=query,
        also=draw(_ALSO),
        filters=tuple(Filter(facet, mode, draw(_few(_ASKED[facet], 2))) for facet, mode in chosen),
        holding=held,
        dates=draw(_DATE_FILTERS),
        facets=tuple(draw(_counted(facet)) for facet in draw(_COUNTED)),
        histogram=draw(_HISTOGRAMS),
        collapse=draw(_BESIDE),
        sort=draw(_SORTS),
        limit=draw(_LIMITS),
    )
