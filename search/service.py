"""Search service: in which order is a question answered? Parse, resolve, match, fetch, highlight:
here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import repeat
from time import perf_counter

from corpus.errors import ArticleNotFound, GenerationGone
from indexer.document import IndexDocument
from search.analyses import related
from search.engine import FacetCounting, Matches, MatchRequest, PageStart
from search.facets import counting, shown
from search.filters import ChosenValues, choose
from search.help.named import named, with_names
from search.help.spelling import did_you_mean
from search.help.terms import also
from search.language.parser import parse
from search.language.query import And, DateRange, Keyword, Not, Query, Term, scores
from search.language.render import render
from search.language.resolve import Resolved
from search.passages.highlighter import Highlighter, leaves
from search.passages.snippets import snippets, spans
from search.request import Mode, SearchRequest, Sort
from search.result import Hit, Marks, Related, SearchResult, Snippet
from search.serving.cursor import generation_of, read_cursor, write_cursor
from search.serving.open_index import OpenIndex

__all__ = [
    "TIME_SPENT",
    "Highlights",
    "OpenIndex",
    "article",
    "as_match",
    "asked_of",
    "count",
    "highlights",
    "hits",
    "read",
    "search",
    "to_be_said",
    "understand",
]


NO_RELEVANCE = (
    "Without a word to look for, no article is more relevant than another: the newest come first"
)
TIME_SPENT = "The time allowed for one question was spent: there may be more than is shown"


@dataclass(frozen=True, slots=True)
class Highlights:
    """The matched places of a whole article: spans in order, never overlapping."""

    title: tuple[tuple[int, int], ...]
    text: tuple[tuple[int, int], ...]


def search(request: SearchRequest, index: OpenIndex) -> SearchResult:
    """Answers one question from one generation.

    Raises:
        QuerySyntaxError, QueryTooComplex: the text.
        InvalidParameter: a facet, or the cursor.
        GenerationGone: the cursor is bound to another generation than `index`.
    """
    started = perf_counter()
    parsed = read(request, index)
    resolved, chosen = understand(parsed, request, index)
    asked = asked_of(resolved.query, request, chosen, index)
    found = index.engine.match(replace(asked, limit=asked.limit + 1))
    page = found.hits[: request.limit]
    more = len(found.hits) > len(page) and bool(page)
    last = PageStart(page[-1].key, page[-1].doc_number) if page else PageStart(0.0, 0)
    read_hits = hits(replace(found, hits=page), resolved, request, index)
    # Where the time of one question is spent, none is left for what does not match.
    beside, why_none = (
        _related(parsed, resolved, request, asked, read_hits, index) if found.complete else _NONE
    )
    return SearchResult(
        text=request.text,
        query=resolved.query,
        clauses=_typed(resolved, chosen),
        parsed=render(parsed),
        hits=read_hits,
        total=found.total,
        families=found.families,
        facets=shown(found.facets, chosen, index),
        histogram=found.histogram,
        resolutions=(*resolved.resolutions, *chosen.resolutions),
        warnings=(*to_be_said(resolved, chosen, found, request), *why_none),
        forms=_forms(resolved, index),
        named=() if request.names or request.cursor else named(parsed, asked, index),
        also=() if request.cursor else also(parsed, asked, index),
        related=beside,
        did_you_mean=did_you_mean(request.text, found.total, index),
        sort=asked.sort,
        next_cursor=write_cursor(last, request, index.generation) if more else "",
        complete=found.complete,
        about=found.about,
        generation=index.generation.name,
        articles=index.engine.articles,
        built_at=index.generation.manifest.built_at,
        took_ms=(perf_counter() - started) * 1000,
    )


_NONE: tuple[tuple[Related, ...], tuple[str, ...]] = ((), ())


def _related(
    parsed: Query,
    resolved: Resolved,
    request: SearchRequest,
    asked: MatchRequest,
    page: tuple[Hit, ...],
    index: OpenIndex,
) -> tuple[tuple[Related, ...], tuple[str, ...]]:
    """What stands below the hits of a first page, and what must be said of it."""
    is_wanted = request.related and not request.cursor and len(index.vectors)
    if not is_wanted or not scores(parsed):
        return _NONE
    if warnings := related.why_none(index):
        return (), warnings
    held, _ = understand(related.beside(parsed), request, index)
    others = And((held.query, Not(resolved.query)))
    return related.Meaning(parsed, index).related(others, asked, page, wanted=request.related), ()


def count(request: SearchRequest, index: OpenIndex) -> int:
    """How many articles a request finds, and nothing else of `search`.

    Raises:
        QuerySyntaxError, QueryTooComplex, InvalidParameter: as `search`.
    """
    return index.engine.match(as_match(replace(request, collapse=False), index)).total


def as_match(
    request: SearchRequest, index: OpenIndex, *, facets: tuple[FacetCounting, ...] = ()
) -> MatchRequest:
    """What an engine is asked when only numbers are wanted: no hits, no facets but these.

    Facet counts of `search` leave a facet's own ANY filter out, for a second value to be added;
    here every filter holds.

    Raises:
        QuerySyntaxError, QueryTooComplex, InvalidParameter: as `search`.
    """
    resolved, chosen = understand(read(request, index), request, index)
    counted_ones = {one.facet for one in facets}
    left_out = [one for one in chosen.filters if one.mode is Mode.ANY and one.facet in counted_ones]
    query = resolved.query
    if left_out:
        holding = (Keyword(one.facet, frozenset(one.values)) for one in left_out)
        query = And((query, *holding))
        chosen.filters = [one for one in chosen.filters if one not in left_out]
    bare = replace(request, facets=(), histogram=None, cursor="", limit=0)
    asked = asked_of(query, bare, chosen, index)
    return replace(asked, facets=facets)


def read(request: SearchRequest, index: OpenIndex) -> Query:
    """The text of a request as a tree, its names asked for as such where the request says so.

    Raises:
        QuerySyntaxError, QueryTooComplex: the text.
    """
    parsed = parse(request.text)
    return with_names(parsed, index) if request.names else parsed


def understand(
    parsed: Query, request: SearchRequest, index: OpenIndex
) -> tuple[Resolved, ChosenValues]:
    """What the words, names and filters of a request stand for in this index."""
    resolved = index.resolve(parsed)
    chosen = choose(request.filters, index)
    clauses = list(chosen.clauses)
    if any(request.collected):
        clauses.append(DateRange("collected", *request.collected))
    if clauses:
        resolved = replace(resolved, query=And((resolved.query, *clauses)))
    return resolved, chosen


def article(article_id: str, index: OpenIndex) -> IndexDocument:
    """One article of the generation.

    Raises:
        ArticleNotFound: it is not in this generation.
    """
    doc_number = index.engine.doc_number(article_id)
    if doc_number is None:
        raise ArticleNotFound(
            f"No article {article_id} in generation {index.generation.name}",
            where="id",
            advice="Look at the address again; an article leaves the index when it is removed",
        )
    return index.engine.fetch([doc_number])[0]


def highlights(document: IndexDocument, text: str, index: OpenIndex) -> Highlights:
    """Every place of an article that a query text matches.

    Raises:
        QuerySyntaxError, QueryTooComplex: the text.
    """
    if not text.strip():
        return Highlights((), ())
    resolved = index.resolve(parse(text))
    highlighter = Highlighter(resolved, index.analyzer, index.engine.expand)
    (marks,) = highlighter.in_articles([document])
    return Highlights(spans(marks.title), spans(marks.text))


def order(query: Query, request: SearchRequest) -> Sort:
    """The order asked for, else relevance; where nothing scores, the newest first in its place."""
    if request.sort in (Sort.NEWEST, Sort.OLDEST):
        return request.sort
    return Sort.RELEVANCE if scores(query) else Sort.NEWEST


def _has_no_relevance(query: Query, request: SearchRequest) -> bool:
    return request.sort is Sort.RELEVANCE and not scores(query)


def asked_of(
    query: Query, request: SearchRequest, chosen: ChosenValues, index: OpenIndex
) -> MatchRequest:
    """What an engine is asked for a request, whose words and filters were understood.

    Raises:
        InvalidParameter, GenerationGone: the cursor.
    """
    after = None
    if request.cursor:
        if generation_of(request.cursor) != index.generation.name:
            raise GenerationGone(
                "This cursor belongs to another generation of the index",
                where="cursor",
                advice="Start again without a cursor: the index was rebuilt",
            )
        after = read_cursor(request.cursor, request, index.generation)
    return MatchRequest(
        query=query,
        filters=tuple(chosen.filters),
        holding=index.keeping().holding,
        dates=request.dates,
        facets=tuple(counting(facet, chosen, index) for facet in request.facets),
        histogram=request.histogram,
        collapse=request.collapse,
        sort=order(query, request),
        limit=request.limit,
        after=after,
    )


def hits(
    found: Matches, resolved: Resolved, request: SearchRequest, index: OpenIndex
) -> tuple[Hit, ...]:
    """What was found, read: documents, passages and marks."""
    documents = index.engine.fetch([match.doc_number for match in found.hits])
    shown: Iterable[tuple[tuple[Snippet, ...], Marks | None]] = repeat(((), None))
    if request.highlight:
        highlighter = Highlighter(resolved, index.analyzer, index.engine.expand)
        marks = highlighter.in_articles(documents)
        shown = zip(snippets(documents, marks), marks, strict=True)
    return tuple(
        Hit(document, match.score, passages, match.family_size, match.family_matches, marks_of)
        for match, document, (passages, marks_of) in zip(found.hits, documents, shown, strict=False)
    )


def _typed(resolved: Resolved, chosen: ChosenValues) -> tuple[Query, ...]:
    """The clauses of the text alone, as typed: `understand` puts those of filters behind them."""
    query = resolved.query
    own = query.clauses[0] if chosen.clauses and isinstance(query, And) else query
    return tuple([resolved.typed.get(leaf, leaf) for leaf in leaves(own)])


def _forms(resolved: Resolved, index: OpenIndex) -> dict[str, tuple[str, ...]]:
    """Of each word that stands for other stems too, the words of the index that these are of."""
    found = {}
    for leaf in leaves(resolved.query):
        if isinstance(leaf, Term) and leaf.forms:
            first, *others = leaf.forms
            words = index.engine.expand(Term(first, leaf.field, forms=tuple(others)))
            if words:
                found[render(resolved.typed.get(leaf, leaf))] = tuple(sorted(words))
    return found


def to_be_said(
    resolved: Resolved, chosen: ChosenValues, found: Matches, request: SearchRequest
) -> tuple[str, ...]:
    """What must be said of an answer: what could not be understood, and where it ends."""
    warnings = [*resolved.warnings, *chosen.warnings]
    if _has_no_relevance(resolved.query, request):
        warnings.append(NO_RELEVANCE)
    if not found.complete:
        warnings.append(TIME_SPENT)
    return tuple(dict.fromkeys(warnings))
