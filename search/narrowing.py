"""Narrowing options: which options narrow a search at the command line? The same for every command
that searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from corpus.dates import PartialDate
from corpus.errors import InvalidDate, InvalidParameter
from indexer.schema import DATE_FIELDS, FACETS
from search.request import DateFilter, Filter, Mode, SearchRequest, Sort, Undated

Command = TypeVar("Command", bound=Callable[..., Any])
_SUFFIXES = {Mode.ANY: "", Mode.ALL: "-all", Mode.NOT: "-not"}
_MODE_HELP = {
    Mode.ANY: "Keep articles with any of these; an id or a name. May be repeated.",
    Mode.ALL: "Keep articles with all of these.",
    Mode.NOT: "Leave out articles with any of these.",
}


def narrowing(command: Command) -> Command:
    """Adds the options that narrow a search; `request_of` reads what they were given."""
    options = [
        click.option(
            f"--{facet}{suffix}",
            f"{facet}_{mode.value}",
            multiple=True,
            metavar="NAME",
            help=_MODE_HELP[mode] if facet == FACETS[0] else f"The same for {facet}.",
        )
        for facet in FACETS
        for mode, suffix in _SUFFIXES.items()
    ]
    options += [
        click.option("--from", "date_from", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--to", "date_to", metavar="DATE", help="The last day, month or year."),
        click.option(
            "--date-field", type=click.Choice(DATE_FIELDS), default="published", show_default=True
        ),
        click.option(
            "--undated",
            type=click.Choice([choice.value for choice in Undated]),
            help="Articles without a date.  [default: include; with a range of dates, exclude]",
        ),
        click.option("--sort", type=click.Choice([sort.value for sort in Sort])),
        click.option(
            "--collapse", is_flag=True, help="One hit a family of near-identical reports."
        ),
        click.option(
            "--generation", metavar="NAME", help="An older generation of the index, by its name."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def request_of(text: str, given: Mapping[str, Any]) -> SearchRequest:
    """The request of a command.

    Args:
        given: the values of the options of `narrowing`, by name; an empty one is as none.

    Raises:
        InvalidParameter: a date has another form, or the range runs backwards.
    """
    filters = tuple(
        Filter(facet, mode, values)
        for facet in FACETS
        for mode in Mode
        if (values := tuple(filter(str.strip, given[f"{facet}_{mode.value}"])))
    )
    start, end = _day(given, "date_from"), _day(given, "date_to")
    if start and end and start.earliest > end.latest:
        raise InvalidParameter("The range of dates runs backwards", where="--from")
    ranged = Undated.EXCLUDE if start or end else Undated.INCLUDE
    return SearchRequest(
        text=text,
        filters=filters,
        dates=DateFilter(
            given["date_field"],
            start.earliest if start else None,
            end.latest if end else None,
            Undated(given["undated"]) if given["undated"] else ranged,
        ),
        collapse=given["collapse"],
        sort=Sort(given["sort"]) if given["sort"] else None,
    )


def _day(given: Mapping[str, Any], name: str) -> PartialDate | None:
    typed = given[name]
    if not typed:
        return None
    option = "--" + name.removeprefix("date_")
    try:
        return PartialDate(typed, option)
    except InvalidDate as error:
        raise InvalidParameter(
            error.what, where=option, advice="Write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None
