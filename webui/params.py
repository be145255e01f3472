"""Parameters of a question: one table, and the `SearchRequest` that arguments make.

Pages and endpoints read their arguments by it, and the OpenAPI document prints it. One file, as
what a parameter means is said once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.dates import PartialDate
from corpus.errors import InvalidDate, InvalidParameter, QueryTooComplex
from indexer.schema import DATE_FIELDS, ENTITY_FACETS
from search.analyses.concordance import MAX_OCCURRENCES, Order
from search.analyses.coverage import DEFAULT_OUTLETS
from search.analyses.quotations import MAX_QUOTES, Manner
from search.analyses.timeline import MAX_SERIES
from search.analyses.together import DEFAULT_SIZE, MAX_SIZE
from search.help.translation.asked import ASKED_LANGUAGES
from search.language.parser import MAX_LENGTH
from search.output.answers import ITEM_FIELDS
from search.request import (
    CHOICES,
    COUNTED,
    DEFAULT_LIMIT,
    DEFAULT_RELATED,
    MAX_FACET_SIZE,
    MAX_LIMIT,
    MAX_RELATED,
    PLACE_EXACT,
    DateFilter,
    FacetRequest,
    Filter,
    Interval,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from webui.arguments import Arguments, Parameter, first

_SUFFIXES = {Mode.ANY: "", Mode.ALL: "_all", Mode.NOT: "_not"}
_MODE_TEXT = {
    Mode.ANY: "Keep articles having any of these values of {}; an entity id, or a name",
    Mode.ALL: "Keep articles having all of these values of {}",
    Mode.NOT: "Leave out articles having any of these values of {}",
}
_CHOSEN = {
    "place": "place, or places that lie in them",
    PLACE_EXACT: "place, by their own names, without what lies in them",
    "said_by": "speaker, whose words they give",
    "dossier": "dossier, which changes without a new generation",
    "tag": "tag, in whichever dossier",
    "unread": "unread, which are dossiers: what nobody has read there",
}
_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def filter_name(facet: str, mode: Mode | str) -> str:
    """The parameter that selects values of a facet in one mode: `person_not`."""
    return facet + _SUFFIXES[Mode(mode)]


_FILTER_NAMES = [(filter_name(choice, mode), choice, mode) for choice in CHOICES for mode in Mode]


def _filters() -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            filter_name(choice, mode),
            {"type": "string", "maxLength": 300},
            _MODE_TEXT[mode].format(_CHOSEN.get(choice, choice)),
            many=True,
        )
        for choice in CHOICES
        for mode in Mode
    )


QUERY = Parameter(
    "q",
    {"type": "string", "maxLength": MAX_LENGTH, "examples": ['"air raid" OR shelling']},
    "The query, in the query language; empty asks for everything",
    too_long=QueryTooComplex,
)
NAMES = Parameter(
    "names",
    {"type": "string", "enum": ["include"]},
    "Find articles too that name in another spelling or script what plain words of the query name",
)
GENERATION = Parameter(
    "generation",
    {"type": "string", "maxLength": 100, "pattern": r"^[A-Za-z0-9._-]+$"},
    "Answer from this generation of the index, as a citation does; the current one when left out",
)
STANDING = Parameter(
    "name", {"type": "string", "maxLength": 200}, "The name of a kept question", needed=True
)
SINCE = Parameter(
    "since",
    {
        "type": "string",
        "maxLength": 100,
        "pattern": r"^[A-Za-z0-9._:-]+$",
        "examples": ["2026-11-29", "2026-11-29T08:30"],
    },
    "What to compare with, instead of the last look: an earlier generation that is still kept, or a"
    " time in UTC (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM). Since a time, new is what was"
    " taken in from then on",
)
NARROWING = (
    QUERY,
    NAMES,
    *_filters(),
    Parameter(
        "date_from",
        {"type": "string", "pattern": _DATE_PATTERN, "maxLength": 10, "examples": ["2022-02"]},
        "First day, inclusive: YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    Parameter(
        "date_to",
        {"type": "string", "pattern": _DATE_PATTERN, "maxLength": 10, "examples": ["2022-03-31"]},
        "Last day, inclusive: YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    Parameter(
        "collected_from",
        {"type": "string", "pattern": _DATE_PATTERN, "maxLength": 10},
        "First day on which it was collected, whatever the other dates say",
    ),
    Parameter(
        "collected_to",
        {"type": "string", "pattern": _DATE_PATTERN, "maxLength": 10},
        "Last day on which it was collected",
    ),
    Parameter(
        "undated",
        {"type": "string", "enum": [value.value for value in Undated]},
        "Articles without a date: included unless a range of dates is given",
    ),
    Parameter(
        "date_field",
        {"type": "string", "enum": list(DATE_FIELDS), "default": "published"},
        "Which date the range and the histogram speak of",
    ),
    GENERATION,
)
"""What decides which articles are found."""

COUNTING = (
    Parameter(
        "facet_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_FACET_SIZE, "default": 20},
        "How many values of each facet, most frequent first",
    ),
    Parameter(
        "facet_q",
        {"type": "string", "maxLength": 100},
        "Count only values with a word that starts so",
    ),
)
FACET = Parameter(
    "facet",
    {"type": "string", "enum": [*COUNTED, *(f"date:{interval}" for interval in Interval)]},
    "Facets to count, and the width of the bars of the date histogram",
    many=True,
    commas=True,
)
COLLAPSE = Parameter(
    "collapse",
    {"type": "string", "enum": ["family"]},
    "Show one hit for each family of near-identical reports",
)
LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    "Hits on one page",
)
ORDERING = (
    COLLAPSE,
    Parameter(
        "sort",
        {"type": "string", "enum": [value.value for value in Sort]},
        "Relevance where there is a query, newest first where there is none",
    ),
)
PAGING = (
    LIMIT,
    Parameter(
        "cursor",
        {"type": "string", "maxLength": 500},
        "`next_cursor` of the page before; good as long as its generation is kept",
    ),
)
SHAPING = (
    Parameter(
        "fields",
        {"type": "string", "enum": list(ITEM_FIELDS)},
        "Keys of each item to give; all when left out",
        many=True,
        commas=True,
    ),
    Parameter(
        "highlight",
        {"type": "boolean", "default": True},
        "Whether to give the passages that match",
    ),
)
RELATED = Parameter(
    "related",
    {"type": "integer", "minimum": 0, "maximum": MAX_RELATED, "default": DEFAULT_RELATED},
    "How many articles to give below the hits, of a search those of a first page, that are about"
    " the same and are none of them, where the collection has vectors",
)
SEARCH = (*NARROWING, FACET, *COUNTING, *ORDERING, *PAGING, RELATED, *SHAPING)
"""Every parameter of a search."""

FIELD = Parameter("field", {"type": "string", "enum": list(COUNTED)}, "The facet", place="path")
FACET_VALUES = (
    *NARROWING,
    *COUNTING,
    Parameter(
        "offset",
        {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
        "How many of the most frequent values to skip",
    ),
)
"""What decides which values of one facet are given."""

LINES = 50
"""Lines of a concordance on one page."""
_MOST_OUTLETS = 200
_ORDER = Parameter(
    "order",
    {"type": "string", "enum": [order.value for order in Order], "default": Order.ARTICLE.value},
    "What the lines are sorted by: the words before (left) or after (right) the match, the match"
    " itself, date or outlet; else as the articles are ranked",
)


def _page_of(lines: str, most: int) -> tuple[Parameter, Parameter]:
    """What chooses a page of an analysis that has so many lines at most."""
    return (
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 500, "default": LINES},
            f"{lines} on one page",
        ),
        Parameter(
            "offset",
            {"type": "integer", "minimum": 0, "maximum": most, "default": 0},
            f"{lines} to skip",
        ),
    )


CONCORDANCE_WHOLE = (*NARROWING, COLLAPSE, _ORDER)
CONCORDANCE = (*CONCORDANCE_WHOLE, *_page_of("Lines", MAX_OCCURRENCES))
QUOTES_WHOLE = (
    *NARROWING,
    COLLAPSE,
    Parameter(
        "manner",
        {"type": "string", "enum": [manner.value for manner in Manner]},
        "Only what stands in quotation marks, or only what is reported; both when left out",
    ),
)
LEFT_OUT = Parameter(
    "left_out",
    {"type": "string", "maxLength": 100, "pattern": r"^[a-z]{2,3}:.+$", "examples": ["de:Zug"]},
    "A translation not to look for, behind the code of its language",
    many=True,
)
ASKED_IN = Parameter(
    "asked_in",
    {"type": "string", "enum": list(ASKED_LANGUAGES)},
    "The language of the query; its words and letters tell when left out",
)
LANGUAGES = (*NARROWING, COLLAPSE, ASKED_IN, LEFT_OUT, LIMIT, RELATED)
QUOTES = (*QUOTES_WHOLE, *_page_of("Quotes", MAX_QUOTES))
_INTERVAL = Parameter(
    "interval",
    {"type": "string", "enum": [interval.value for interval in Interval]},
    "Width of one step of the time axis; as wide as the range asks for when left out",
)
TIMELINE = (
    replace(
        QUERY,
        about=f"A query; repeat it for up to {MAX_SERIES}, which share the filters; none asks for"
        " everything",
        many=True,
        most=MAX_SERIES,
    ),
    *(parameter for parameter in NARROWING if parameter.name != "q"),
    _INTERVAL,
)
TOGETHER = (
    *NARROWING,
    Parameter(
        "kind",
        {"type": "string", "enum": list(ENTITY_FACETS)},
        "Kinds of names to look at; all when left out",
        many=True,
        commas=True,
    ),
    Parameter(
        "size",
        {"type": "integer", "minimum": 2, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        "How many of the most frequent names to look at",
    ),
)
_DATES = {"date_from", "date_to", "undated"}
COVERAGE = (
    *(parameter for parameter in NARROWING if parameter.name not in _DATES),
    _INTERVAL,
    Parameter(
        "outlets",
        {"type": "integer", "minimum": 1, "maximum": _MOST_OUTLETS, "default": DEFAULT_OUTLETS},
        "How many outlets to show, those with the most articles first",
    ),
)


def search_request(arguments: Arguments) -> SearchRequest:
    """The question that read arguments ask.

    Raises:
        InvalidParameter: a date names no day, the range is empty, or two histograms are asked for.
    """
    widths = [
        str(facet)[5:] for facet in arguments.get("facet", ()) if str(facet).startswith("date:")
    ]
    if len(widths) > 1:
        raise InvalidParameter(
            "two date histograms are asked for", where="facet", advice="Ask for one width of bars"
        )
    sort = first(arguments, "sort")
    return SearchRequest(
        text=str(first(arguments, "q")),
        filters=filters(arguments),
        dates=_dates(arguments),
        facets=tuple(
            FacetRequest(
                facet=str(facet),
                size=int(first(arguments, "facet_size", 20)),
                contains=str(first(arguments, "facet_q")),
            )
            for facet in arguments.get("facet", ())
            if facet in COUNTED
        ),
        histogram=Interval(widths[0]) if widths else None,
        collapse=bool(first(arguments, "collapse")),
        sort=Sort(str(sort)) if sort else None,
        limit=int(first(arguments, "limit", DEFAULT_LIMIT)),
        cursor=str(first(arguments, "cursor")),
        highlight=bool(first(arguments, "highlight", True)),
        names=bool(first(arguments, "names")),
        collected=_days(arguments, "collected_from", "collected_to"),
    )


def how_many_related(arguments: Arguments) -> int:
    """How many articles that do not match are wanted below the hits."""
    return int(first(arguments, "related", DEFAULT_RELATED))


def filters(arguments: Arguments) -> tuple[Filter, ...]:
    """The filters that read arguments select."""
    return tuple(
        Filter(facet, mode, tuple(map(str, arguments[name])))
        for name, facet, mode in _FILTER_NAMES
        if arguments.get(name)
    )


def _dates(arguments: Arguments) -> DateFilter:
    start, end = _days(arguments, "date_from", "date_to")
    default = Undated.EXCLUDE if start or end else Undated.INCLUDE
    return DateFilter(
        field=str(first(arguments, "date_field", "published")),
        start=start,
        end=end,
        undated=Undated(str(first(arguments, "undated", default))),
    )


def _days(arguments: Arguments, first_name: str, last_name: str) -> tuple[date | None, date | None]:
    """The first and the last day of a range, as far as they are given."""
    start, end = _day(arguments, first_name), _day(arguments, last_name)
    if start and end and start > end:
        raise InvalidParameter(
            f"the range ends ({end}) before it begins ({start})",
            where=last_name,
            advice=f"Exchange {first_name} and {last_name}",
        )
    return start, end


def _day(arguments: Arguments, name: str) -> date | None:
    text = first(arguments, name)
    if not text:
        return None
    try:
        read = PartialDate(str(text), basis=name)
    except InvalidDate as error:
        raise InvalidParameter(error.what, where=name, advice=error.advice) from None
    return read.earliest if name.endswith("_from") else read.latest
