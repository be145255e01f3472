"""Analyses asked for: what read arguments mean to a concordance, a timeline, a table of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.schema import ENTITY_FACETS
from search.analyses.concordance import Concordance, Order, concordance
from search.analyses.quotations import Manner, Quotations, quotations
from search.analyses.related import why_none
from search.analyses.together import DEFAULT_SIZE
from search.help.translation.lists import LanguageList, Lists, lists
from search.help.translation.translator import Translator
from search.request import Interval
from search.service import OpenIndex
from webui.answering import collection
from webui.arguments import Arguments, first
from webui.params import ASKED_IN, LEFT_OUT, LINES, how_many_related, search_request
from webui.view import chart
from webui.view.date_ranges import DateRanges, Range


def concordance_of(arguments: Arguments, index: OpenIndex) -> Concordance:
    """The page of lines that is asked for."""
    request = replace(search_request(arguments), limit=int(first(arguments, "limit", LINES)))
    return concordance(
        request,
        index,
        order=Order(str(first(arguments, "order", Order.ARTICLE.value))),
        offset=int(first(arguments, "offset", 0)),
    )


def quotes_of(arguments: Arguments, index: OpenIndex) -> Quotations:
    """The page of quotes that is asked for."""
    manner = str(first(arguments, "manner"))
    return quotations(
        replace(search_request(arguments), limit=int(first(arguments, "limit", LINES))),
        index,
        manner=Manner(manner) if manner else None,
        offset=int(first(arguments, "offset", 0)),
    )


@dataclass(frozen=True, slots=True)
class OtherLanguages:
    """What articles in other languages report.

    Attributes:
        asked_in: the code of the language that the question was read in.
        or_in: others that it may be in.
        problems: dictionaries that could not be read, and why.
        warnings: sentences for a person.
        more_by_dictionaries: has a list words that no dictionary was asked for, as none is here?
        more_by_vectors: is the collection without vectors of what articles are about?
    """

    lists: tuple[LanguageList, ...]
    asked_in: str
    or_in: tuple[str, ...]
    problems: Mapping[str, str]
    warnings: tuple[str, ...]
    more_by_dictionaries: bool
    more_by_vectors: bool


def lists_of(arguments: Arguments, index: OpenIndex) -> OtherLanguages:
    """The lists of other languages, and what would make them better."""
    translator = Translator(collection().dictionaries)
    left_out = [str(one) for one in arguments.get(LEFT_OUT.name, ())]
    request = replace(search_request(arguments), related=how_many_related(arguments))
    asked_in = str(first(arguments, ASKED_IN.name))
    found = Lists(asked_in, (), ())
    if request.text.strip():
        found = lists(request, index, translator, left_out, asked_in)
    has_vectors = len(index.vectors) > 0
    return OtherLanguages(
        found.lists,
        found.asked_in,
        found.or_in,
        translator.problems,
        why_none(index) if found.lists and has_vectors and request.related else (),
        any(
            one.unknown and translator.may_know_more(found.asked_in, one.language)
            for one in found.lists
        ),
        bool(found.lists) and not has_vectors,
    )


def one_question(arguments: Arguments) -> Arguments:
    """Without the queries, of which a timeline has several."""
    return {name: values for name, values in arguments.items() if name != "q"}


def interval_of(arguments: Arguments, index: OpenIndex, ranges: DateRanges) -> Interval:
    """The width of a step: as asked, else what suits the range of dates."""
    if asked := str(first(arguments, "interval")):
        return Interval(asked)
    dates = search_request(one_question(arguments)).dates
    known = ranges.of(index, dates.field)
    whole = None if known is None else Range(known.whole, known.whole)  # no step is left out
    return chart.window(dates, whole).interval


@dataclass(frozen=True, slots=True)
class NamesAsked:
    """Which names to look at."""

    facets: tuple[str, ...]
    size: int


def names_asked(arguments: Arguments) -> NamesAsked:
    """What `kind` and `size` ask for."""
    kinds = tuple(str(kind) for kind in arguments.get("kind", ()))
    return NamesAsked(kinds or ENTITY_FACETS, int(first(arguments, "size", DEFAULT_SIZE)))
