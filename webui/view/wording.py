"""Wording: dates, languages and counts as a person reads them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from urllib.parse import urlsplit

from corpus import months
from corpus.dates import PartialDate, Precision
from corpus.terminal import counted as counted  # noqa: PLC0414 - for the templates too
from indexer.document import IndexDocument
from indexer.entities.authority.decisions import Action, Decision
from search.help.doubts import date_is_doubtful as date_is_doubtful  # noqa: PLC0414 - for the templates
from search.help.named import naming as naming  # noqa: PLC0414 - for the templates too
from search.passages.highlighter import Why
from search.request import COUNTED, Interval
from search.service import TIME_SPENT as TIME_SPENT  # noqa: PLC0414 - for the templates

MONTHS = ("", *months.ENGLISH)
"""From 1 on."""
FACET_TITLES = {field.name: field.title for field in COUNTED.values()}
RULES = {
    Why.EXACT: "as asked",
    Why.STEM: "by another form of the word",
    Why.FORM: "by a form or spelling of it that a dictionary tells",
    Why.PREFIX: "by its beginning",
    Why.FUZZY: "by a spelling near it",
    Why.ALIAS: "by a name of the same",
}
UNTITLED = "Untitled"
OUTLET_UNKNOWN = "Outlet unknown"
KIND_TITLES = {
    "person": "Person",
    "org": "Organization",
    "place": "Place",
    "norp": "People or faith",
    "event": "Event",
}


def title(document: IndexDocument) -> str:
    """The title; what stands in its place where the page gives none."""
    return document.title or UNTITLED


def is_on_the_web(url: str | None) -> bool:
    """Whether an address may be a link: what a page declares may be `javascript:`, or nonsense."""
    return (url or "").lower().startswith(("https://", "http://"))


def ran(family: Sequence[IndexDocument]) -> str:
    """How often a report was run: `3 outlets ran this`; by one outlet, `Ran in 2 versions`.

    An outlet that the page does not name is told by the host of its address.
    """
    outlets = {member.outlet or urlsplit(member.url or "").hostname or "" for member in family}
    if len(outlets) > 1:
        return f"{counted(len(outlets), 'outlet')} ran this"
    return f"Ran in {counted(len(family), 'version')}"


def day(value: date) -> str:
    """`3 March 2023`."""
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def partial(value: PartialDate | None) -> str:
    """A date no more exactly than it is known: `3 March 2023`, `March 2023`, `2023`, `undated`."""
    if value is None:
        return "undated"
    start = value.earliest
    if not value.has_year:
        named = MONTHS[start.month]
        return named if value.precision is Precision.MONTH else f"{start.day} {named}"
    if value.precision is Precision.YEAR:
        return str(start.year)
    if value.precision is Precision.MONTH:
        return f"{MONTHS[start.month]} {start.year}"
    return day(start)


def partial_with_time(value: PartialDate) -> str:
    """The same with the time and zone that were read, when they were."""
    if value.precision is not Precision.MINUTE:
        return partial(value)
    time, zone = value.iso[11:16], value.iso[16:]
    return f"{day(value.earliest)}, {time} {'UTC' if zone == 'Z' else zone}".rstrip()


def period(start: date, interval: Interval) -> str:
    """The name of a bar of a histogram: `2023`, `March 2023`, `3 March 2023`."""
    if interval is Interval.YEAR:
        return str(start.year)
    if interval is Interval.MONTH:
        return f"{MONTHS[start.month]} {start.year}"
    if interval is Interval.WEEK:
        return f"week of {day(start)}"
    return day(start)


def date_range(start: date | None, end: date | None) -> str:
    """A range of days, as shortly as it can be said: `March 2023`, `since 3 March 2022`."""
    if start is None or end is None:
        if start is not None:
            return f"since {day(start)}"
        return f"until {day(end)}" if end is not None else "any date"
    if start == end:
        return day(start)
    last = calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and end.day == last:
        if (start.month, end.month) == (1, 12):
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        first, final = period(start, Interval.MONTH), period(end, Interval.MONTH)
        return first if first == final else f"{first} to {final}"
    return f"{day(start)} to {day(end)}"


def decided(decision: Decision, entity_id: str) -> str:
    """A decision from the side of one entity: `The same as Gen. Burhan`."""
    others = ", ".join(
        label
        for other, label in zip_longest(decision.entities, decision.labels, fillvalue="")
        if other != entity_id
    )
    named = decision.value or ", ".join(decision.names)
    return _DECIDED[decision.action].format(others=others, named=named)


_DECIDED = {
    Action.MERGE: "The same as {others}",
    Action.SPLIT: "Not to be called {named}",
    Action.RENAME: "Shown as {named}",
    Action.DISTINCT: "Not the same as {others}",
    Action.KIND: "Is of the kind {named}",
    Action.HIDE: "Left out of facets and pages",
    Action.ALIAS: "Also written {named}",
    Action.WIKIDATA: "Linked to {named} of Wikidata",
    Action.NOTE: "Remarked upon",
    Action.UNDO: "{named} taken back",
}
