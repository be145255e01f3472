"""Which addresses have the analyses of a result? Rows of the table in `webui.api.endpoints`."""

from __future__ import annotations

from dataclasses import replace

from indexer.schema import ENTITY_FACETS
from search.analyses.concordance import MAX_OCCURRENCES, Order
from search.analyses.coverage import DEFAULT_OUTLETS
from search.analyses.timeline import MAX_SERIES
from search.analyses.together import DEFAULT_SIZE, MAX_SIZE
from search.request import Interval
from webui.api.endpoint import Endpoint
from webui.arguments import Parameter
from webui.params import COLLAPSE, NARROWING, QUERY

LINES = 50
_MOST_OUTLETS = 200

ORDER = Parameter(
    "order",
    {"type": "string", "enum": [order.value for order in Order], "default": Order.ARTICLE.value},
    "What the lines are sorted by: the words before (left) or after (right) the match, the match"
    " itself, date or outlet; else as the articles are ranked",
)
_LINES = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": 500, "default": LINES},
    "Lines on one page",
)
_SKIPPED = Parameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": MAX_OCCURRENCES, "default": 0},
    "Lines to skip",
)
INTERVAL = Parameter(
    "interval",
    {"type": "string", "enum": [interval.value for interval in Interval]},
    "Width of one step of the time axis; as wide as the range asks for when left out",
)
_OTHERS = tuple(parameter for parameter in NARROWING if parameter.name != "q")
_QUERIES = replace(
    QUERY,
    about=f"A query; repeat it for up to {MAX_SERIES}, which share the filters; none asks for"
    " everything",
    many=True,
    most=MAX_SERIES,
)
_KIND = Parameter(
    "kind",
    {"type": "string", "enum": list(ENTITY_FACETS)},
    "Kinds of names to look at; all when left out",
    many=True,
    commas=True,
)
_SIZE = Parameter(
    "size",
    {"type": "integer", "minimum": 2, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
    "How many of the most frequent names to look at",
)
_OUTLETS = Parameter(
    "outlets",
    {"type": "integer", "minimum": 1, "maximum": _MOST_OUTLETS, "default": DEFAULT_OUTLETS},
    "How many outlets to show, those with the most articles first",
)
_DATES = {"date_from", "date_to", "undated"}

CONCORDANCE = Endpoint(
    name="concordance",
    path="/concordance",
    summary="Every occurrence of a query in its context, and the words beside it counted",
    parameters=(*NARROWING, COLLAPSE, ORDER, _LINES, _SKIPPED),
    answer="Concordance",
)
CONCORDANCE_CSV = Endpoint(
    name="concordance_csv",
    path="/concordance.csv",
    summary="The whole concordance as CSV; the last row says whether it is complete",
    parameters=(*NARROWING, COLLAPSE, ORDER),
    media_type="text/csv",
)
TIMELINE = Endpoint(
    name="timeline",
    path="/timeline",
    summary="Up to five queries along one time axis, as counts and as shares of what was collected",
    parameters=(_QUERIES, *_OTHERS, INTERVAL),
    answer="Timeline",
)
TOGETHER = Endpoint(
    name="together",
    path="/together",
    summary="Who is named with whom in the articles of a query, and how much more than by chance",
    parameters=(*NARROWING, _KIND, _SIZE),
    answer="Together",
)
COVERAGE = Endpoint(
    name="coverage",
    path="/coverage",
    summary="Articles by outlet and time, gaps named; what the catalogue could not take in",
    parameters=(
        *(parameter for parameter in NARROWING if parameter.name not in _DATES),
        INTERVAL,
        _OUTLETS,
    ),
    answer="Coverage",
)
ANALYSES = (CONCORDANCE, CONCORDANCE_CSV, TIMELINE, TOGETHER, COVERAGE)
