"""Analyses asked for: what read arguments mean to a concordance, a timeline, a table of names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.schema import ENTITY_FACETS
from search.analyses.concordance import Concordance, Order, concordance
from search.analyses.quotations import Manner, Quotations, quotations
from search.analyses.together import DEFAULT_SIZE
from search.help.translation.lists import LanguageList, lists
from search.help.translation.translator import Translator
from search.request import Interval
from search.service import OpenIndex
from webui.answering import collection
from webui.arguments import Arguments, first
from webui.params import LEFT_OUT, LINES, search_request
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


def lists_of(
    arguments: Arguments, index: OpenIndex
) -> tuple[tuple[LanguageList, ...], dict[str, str]]:
    """The lists of other languages; dictionaries that could not be read, and why."""
    translator = Translator(collection().dictionaries)
    left_out = [str(one) for one in arguments.get(LEFT_OUT.name, ())]
    request = search_request(arguments)
    found = lists(request, index, translator, left_out) if request.text.strip() else ()
    return found, translator.problems


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
