"""Filters: those that hold on a page, those that could, and the address of each change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from search.request import PLACE_EXACT, Mode, SearchRequest, Undated
from search.result import Facet, FacetCount
from search.service import OpenIndex
from webui.locale import languages
from webui.locale.languages import number, sentence
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
            label = wording.value_called(chosen.facet, value, index.label(chosen.facet, value))
            if chosen.facet == PLACE_EXACT:
                label = sentence("%(name)s, the name alone", name=label)
            yield Chip(label, str(view.removing(name, value)), mode)
    dates = request.dates
    if dates.start or dates.end:
        label = wording.date_range(dates.start, dates.end)
        if dates.field != "published":
            label = f"{sentence(dates.field)} {label}"
        yield Chip(label, str(view.without("date_from", "date_to", "undated", "cursor")))
    elif dates.undated is not Undated.INCLUDE:
        label = sentence("undated") if dates.undated is Undated.ONLY else sentence("dated")
        yield Chip(label, str(view.without("undated", "cursor")), "")
    if any(request.collected):
        label = f"{sentence('collected')} {wording.date_range(*request.collected)}"
        yield Chip(label, str(view.without("collected_from", "collected_to", "cursor")))
    if request.collapse:
        yield Chip(sentence("one hit a family"), str(view.without("collapse", "cursor")))


def nested(counts: Sequence[FacetCount]) -> Iterator[tuple[int, FacetCount]]:
    """The values of a facet, a place's parts below it, each with how deep it lies."""
    shown = {count.value for count in counts}
    below: dict[str, list[FacetCount]] = {}
    for count in counts:
        whole = next((one for one in count.around if one in shown), "")
        below.setdefault(whole, []).append(count)
    left = [(0, count) for count in reversed(below.get("", ()))]
    while left:
        depth, count = left.pop()
        yield depth, count
        left += [(depth + 1, part) for part in reversed(below.get(count.value, ()))]


def rows(facet: Facet, tick: str, view: View) -> Markup:
    """The values of a facet as items of a list, in HTML: a box, what leaves it out, a count.

    Not a template, because a page has a hundred of them, and each of their parts would be escaped
    and handed on by itself.

    Args:
        tick: the parameter that a box sets.
        view: the search to change.
    """
    language, written = languages.current().code, []
    for depth, (value, known, count, mode, _) in nested(facet.counts):
        label = wording.value_called(facet.facet, value, known)
        if mode == Mode.NOT:
            control = _taken_back(str(view.removing(f"{facet.facet}_not", value)), label)
        else:
            control = _choice(language, facet.facet, tick, value, label, bool(mode))
        marks = [f"is-{mode}"] * bool(mode) + [f"in-{min(depth, 3)}"] * bool(depth)
        marked = f' class="{" ".join(marks)}"' if marks else ""
        written.append(
            f"      <li{marked}>\n        {control}\n"
            f'        <data value="{count}">{number(count)}</data>\n      </li>\n'
        )
    return Markup("".join(written))  # noqa: S704  # what is no number was escaped


def _taken_back(url: str, label: str) -> str:
    said = escape(sentence(", left out; take back"))
    return (
        f'<a class="undo" href="{escape(url)}" rel="nofollow"><bdi>{escape(label)}</bdi>'
        f'<span class="unseen">{said}</span></a>'
    )


@lru_cache(maxsize=1 << 14)
def _choice(_language: str, facet: str, tick: str, value: str, label: str, checked: bool) -> str:
    """Remembered in a language: most values of a page were on the page before."""
    said, mark = escape(sentence("Not %(label)s", label=label)), " checked" if checked else ""
    given = f'value="{escape(value)}"'
    return (
        f'<label><input type="checkbox" name="{tick}" {given}{mark}>'
        f"<bdi>{escape(label)}</bdi></label>\n"
        f'        <button class="not" name="{facet}_not" {given} aria-label="{said}">'
        f"{escape(sentence('not'))}</button>"
    )


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
