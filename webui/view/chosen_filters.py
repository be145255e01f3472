"""Filters: those that hold on a page, those that could, and the address of each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.request import Mode, SearchRequest, Undated
from search.result import Facet, FacetCount
from search.service import OpenIndex
from webui.params import filter_name
from webui.view import wording
from webui.view.links import View


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter, and the address without it."""

    label: str
    url: str
    mode: str = ""


def chips(request: SearchRequest, view: View, index: OpenIndex) -> Iterator[Chip]:
    """A chip for each value of each filter, for the dates, and for collapsing."""
    for chosen in request.filters:
        name = filter_name(chosen.facet, chosen.mode)
        mode = "" if chosen.mode is Mode.ANY else chosen.mode.value
        for value in chosen.values:
            yield Chip(index.label(chosen.facet, value), str(view.removing(name, value)), mode)
    dates = request.dates
    if dates.start or dates.end:
        field = "" if dates.field == "published" else f"{dates.field} "
        label = field + wording.date_range(dates.start, dates.end)
        yield Chip(label, str(view.without("date_from", "date_to", "undated", "cursor")))
    elif dates.undated is not Undated.INCLUDE:
        label = "undated" if dates.undated is Undated.ONLY else "dated"
        yield Chip(label, str(view.without("undated", "cursor")), "")
    if request.collapse:
        yield Chip("one hit a family", str(view.without("collapse", "cursor")))


def toggles(facet: Facet, view: View) -> Iterator[tuple[FacetCount, str]]:
    """The counted values of a facet, each with the address that adds or removes it.

    Args:
        view: the search to change.
    """
    address = view.adder()
    for count in facet.counts:
        if count.mode:
            yield count, str(view.removing(filter_name(facet.facet, count.mode), count.value))
        else:
            yield count, address(facet.facet, count.value)
