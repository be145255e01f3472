"""Search page: the answer to a question, prepared for its template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup

from corpus.errors import QuerySyntaxError, RequestError
from indexer.document import ArticleEntity, IndexDocument
from indexer.schema import ENTITY_FACETS, FACET_FIELDS, ID_FACETS, FacetField
from search import service
from search.help.explanations import Part, PartKind, Reason, explain_empty, reasons
from search.help.translation.lists import lists
from search.help.translation.translator import Translator
from search.language.parser import parse
from search.language.query import And, scores
from search.language.render import render
from search.output.exports import FORMATS
from search.request import COUNTED, KEPT_FACETS, FacetRequest, Interval, SearchRequest
from search.result import Facet, Hit, SearchResult
from search.service import OpenIndex
from webui.answering import collection
from webui.arguments import Arguments
from webui.locale.languages import marked, plural, sentence
from webui.pages.passages import Passage, RelatedView, passages_of, related_view, title_of
from webui.params import filter_name, how_many_related, search_request
from webui.view import chart, marks, wording
from webui.view.chosen_filters import Chip, chips, rows
from webui.view.coins import coins
from webui.view.date_ranges import DateRanges
from webui.view.links import API, View, twin_of

NAMES_PER_HIT = 6
_ONE_PAGE = ("cursor", "limit")
_CLUES = 6
"""More than these are no help."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entity of a hit, and the address that keeps only articles naming it."""

    entity: ArticleEntity
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit, prepared.

    Attributes:
        coins: what Zotero reads of it.
    """

    hit: Hit
    document: IndexDocument
    url: str
    title: tuple[marks.Run, ...]
    passages: tuple[Passage, ...]
    names: tuple[Name, ...]
    family: tuple[IndexDocument, ...]
    reasons: tuple[Reason, ...]
    coins: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet column: what it counts, and how a tick in it combines with the others.

    Attributes:
        mode: `any` or `all`; a tick selects in this mode.
        turned: the address where the selected values combine the other way; empty when fewer
            than two are selected.
    """

    facet: Facet
    mode: str
    turned: str
    all_values: str

    @property
    def title(self) -> str:
        return wording.FACET_TITLES[self.facet.facet]

    @property
    def tick(self) -> str:
        """The parameter that a tick in this column sets."""
        return filter_name(self.facet.facet, self.mode)

    def rows(self, view: View) -> Markup:
        """Its values, in HTML."""
        return rows(self.facet, self.tick, view)


@dataclass(frozen=True, slots=True)
class Clue:
    """What emptied the result, and a way out."""

    text: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultLinks:
    """Addresses that answer the question of a search page in another form.

    Attributes:
        analyses: names and addresses of the pages that look at the same articles otherwise.
        exports: names and addresses of files.
        again: where the same question is asked again: its feed, and keeping it.
        evidence: where a package of all of it is made.
    """

    analyses: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]
    feed: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the template shows."""

    view: View
    request: SearchRequest
    result: SearchResult
    chart: chart.Chart | None
    chips: tuple[Chip, ...]
    facets: tuple[FacetView, ...]
    hits: tuple[HitView, ...]
    related: tuple[RelatedView, ...]
    following: str
    permalink: str
    twin: str
    clues: tuple[Clue, ...]
    result_links: ResultLinks

    @property
    def article_ids(self) -> list[str]:
        """Ids of the hits, in order."""
        return [seen.document.article_id for seen in self.hits]

    @property
    def scored(self) -> bool:
        """Can one article be more relevant than another? Names and filters alone hold or do not."""
        return scores(self.result.query)

    @property
    def form_names(self) -> tuple[str, ...]:
        """Parameters that the column of facets sets itself: no hidden field repeats them."""
        return (
            "cursor",
            "collected_from",
            "collected_to",
            *(column.tick for column in self.facets if column.facet.counts),
        )


def prepare(arguments: Arguments, view: View, index: OpenIndex, ranges: DateRanges) -> SearchPage:
    """Asks the question and prepares its answer.

    Raises:
        RequestError: the question is badly put.
    """
    asked = search_request(arguments)
    frame = chart.window(asked.dates, ranges.of(index, asked.dates.field))
    counted = _counted(asked, index)
    request = replace(
        asked,
        facets=tuple(FacetRequest(field.name, size=field.shown) for field in counted.values()),
        histogram=frame.interval,
        related=how_many_related(arguments),
    )
    result = service.search(request, index)
    drawn = chart.draw(result.histogram, frame, request.dates, view) if result.histogram else None
    cursor = result.next_cursor
    return SearchPage(
        view=view,
        request=request,
        result=result,
        chart=drawn,
        chips=tuple(chips(request, view, index)),
        facets=tuple(_facet(one, view) for one in result.facets.values() if _narrows(one)),
        hits=_hits(result, view, index),
        related=tuple(related_view(one, view) for one in result.related),
        following=str(view.following(cursor)) if cursor else "",
        permalink=str(view.setting(generation=result.generation)),
        twin=str(_twin(view, tuple(counted), frame.interval)),
        clues=() if result.total else _clues(request, view, index),
        result_links=_result_links(view),
    )


def _counted(asked: SearchRequest, index: OpenIndex) -> Mapping[str, FacetField]:
    """The facets beside the hits; which articles wait to be read only where a dossier is asked for.

    Another list of the dossiers would cost each page a fiftieth.
    """
    if not index.keeping().holding:
        return {name: field for name, field in FACET_FIELDS.items() if field.shown}
    counted = {name: field for name, field in COUNTED.items() if field.shown}
    if any(one.facet in KEPT_FACETS for one in asked.filters):
        return counted
    return {name: field for name, field in counted.items() if name != "unread"}


def _twin(view: View, counted: tuple[str, ...], interval: Interval) -> View:
    """The JSON that answers the same question with the same counts."""
    facets = ",".join((*counted, f"date:{interval}"))
    twin = twin_of(view)
    return View(twin.path, (*twin.pairs, ("facet", facets)))


def _narrows(facet: Facet) -> bool:
    """Whether a column is of use: all articles of most collections were published in one way."""
    return facet.facet != "medium" or facet.distinct > 1 or any(one.mode for one in facet.counts)


def _facet(facet: Facet, view: View) -> FacetView:
    name = facet.facet
    selected = view.all(name), view.all(f"{name}_all")
    mode = "all" if selected[1] else "any"
    values = (*selected[0], *selected[1])
    turned = ""
    if len(values) > 1 and name in (*ID_FACETS, *KEPT_FACETS):
        target = (name, f"{name}_all") if mode == "all" else (f"{name}_all", name)
        turned = str(view.setting(**{target[0]: values, target[1]: None}))
    return FacetView(facet, mode, turned, str(view.without("cursor").at(f"/facets/{name}")))


def _hits(result: SearchResult, view: View, index: OpenIndex) -> tuple[HitView, ...]:
    address, why = view.adder(), reasons(result)
    return tuple(
        _hit(hit, view, address, index, ways) for hit, ways in zip(result.hits, why, strict=True)
    )


def _hit(
    hit: Hit,
    view: View,
    address: Callable[[str, str], str],
    index: OpenIndex,
    why: tuple[Reason, ...],
) -> HitView:
    document = hit.document
    context = view.at(f"/articles/{document.article_id}")  # whole, so that it leads back here
    family: tuple[IndexDocument, ...] = ()
    if hit.family_size > 1:
        family = tuple(index.engine.fetch(index.engine.family(document.family_id)))
    return HitView(
        hit,
        document,
        url=str(context),
        title=title_of(hit),
        passages=passages_of(hit),
        names=tuple(
            Name(entity, address(entity.kind.value, entity.entity_id))
            for entity in document.entities[:NAMES_PER_HIT]
            if entity.kind in ENTITY_FACETS
        ),
        family=family,
        reasons=why,
        coins=coins(document),
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """A question without an answer: what to say, and where in the query reading stopped."""

    what: str
    advice: str
    title: str = marked("This question cannot be read")
    before: str = ""
    at: str = ""
    after: str = ""

    @property
    def said(self) -> str:
        """Both as sentences of the page's language."""
        return wording.ended(self.what, self.advice)


def trouble(error: RequestError, text: str) -> Trouble:
    """An error prepared for the line under the box."""
    if not isinstance(error, QuerySyntaxError):
        return Trouble(error.what, error.advice)
    place = min(max(error.position, 0), len(text))
    return Trouble(
        error.what,
        error.advice,
        before=text[:place],
        at=text[place : place + 1] or "⟩",
        after=text[place + 1 :],
    )


def _result_links(view: View) -> ResultLinks:
    """The ways on from a search page."""
    whole = view.without(*_ONE_PAGE)
    feed = str(whole.without("sort").at("/feed.atom"))
    files = ((form.label, str(whole.at(f"{API}/export.{form.name}"))) for form in FORMATS.values())
    asked = view.without(*_ONE_PAGE, "sort", "collapse")
    covered = asked.without("date_from", "date_to", "undated")
    analyses = (
        (marked("Concordance"), str(view.without(*_ONE_PAGE, "sort").at("/concordance"))),
        (marked("Timeline"), str(asked.at("/timeline"))),
        (marked("Together"), str(asked.at("/together"))),
        (marked("Map"), str(asked.at("/map"))),
        (marked("Quotes"), str(asked.at("/quotes"))),
        (marked("Coverage"), str(covered.at("/coverage"))),
        (marked("Also in other languages"), str(asked.without("names").at("/languages"))),
    )
    kept = str(whole.without("generation").at("/watch"))
    again = (
        (marked("Atom feed"), feed),
        (marked("Keep this question"), kept),
        (marked("Many questions"), "/batch"),
    )
    return ResultLinks(analyses, tuple(files), again, feed, str(whole.at("/evidence")))


def _clues(request: SearchRequest, view: View, index: OpenIndex) -> tuple[Clue, ...]:
    """Ways to find something after all, those of one language at most six."""
    found = (_clue(part, request, view) for part in explain_empty(request, index) if part.without)
    return (*_in_other_languages(request, view, index), *islice(found, _CLUES))


def _in_other_languages(request: SearchRequest, view: View, index: OpenIndex) -> Iterator[Clue]:
    """What is found where the words of a question are translated, if anything is."""
    if not request.text.strip():
        return
    asked = replace(request, limit=0, cursor="", highlight=False, facets=(), histogram=None)
    found = lists(replace(asked, related=0), index, Translator(collection().dictionaries))
    if total := sum(one.total for one in found.lists):
        url = view.without(*_ONE_PAGE, "sort", "collapse", "names").at("/languages")
        yield Clue(
            sentence("In other languages, with one of the words:"),
            wording.articles(total),
            str(url),
        )


def _clue(part: Part, request: SearchRequest, view: View) -> Clue:
    action = wording.articles(part.without)
    if part.kind is PartKind.DATES:
        url = view.without("date_from", "date_to", "undated", "cursor")
        return Clue(sentence("At any date:"), action, str(url))
    if part.kind is PartKind.COLLECTED:
        url = view.without("collected_from", "collected_to", "cursor")
        return Clue(sentence("Collected at any time:"), action, str(url))
    if part.kind is PartKind.FILTER:
        name = filter_name(part.facet, part.mode)
        url = view.removing(name, part.value) if part.value else view.without(name, "cursor")
        return Clue(sentence("Without the filter on %(text)s:", text=part.text), action, str(url))
    text = (
        plural(
            "Without %(text)s, which %(num)s has:",
            "Without %(text)s, which %(num)s have:",
            part.alone,
            text=part.text,
        )
        if part.alone
        else sentence("Without %(text)s, which no article has:", text=part.text)
    )
    return Clue(text, action, str(view.setting(q=_less(part, request))))


def _less(part: Part, request: SearchRequest) -> str:
    """The query text without one of its clauses."""
    tree = parse(request.text)
    clauses = tree.clauses if isinstance(tree, And) else (tree,)
    return " ".join(render(clause) for clause in clauses if render(clause) != part.text)
