"""Exports: a whole result as CSV, JSON Lines, BibTeX, RIS…, piece by piece.

Every export names its question and its generation, and its last line says that it is complete: a
file without that line was cut short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from corpus import soundness
from indexer.places.place_file import NoPlaces, Places
from search.language.render import in_full
from search.output import formats
from search.output.export_format import ExportFormat, Origin
from search.request import SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from search.serving.paging import whole


def _found() -> Iterator[ExportFormat]:
    for module in iter_modules(formats.__path__, f"{formats.__name__}."):
        found: ExportFormat = import_module(module.name).FORMAT
        yield found


FORMATS: Mapping[str, ExportFormat] = {
    form.name: form for form in sorted(_found(), key=lambda form: (form.place, form.name))
}
"""Every form of an export by its name: one for each module in `search.output.formats`."""
REFERENCES = {form.name: form.reference for form in FORMATS.values() if form.reference}
"""Those in which one article goes into a reference manager."""


_NOWHERE = NoPlaces()


def export(
    form: ExportFormat,
    request: SearchRequest,
    index: OpenIndex,
    *,
    asked: str = "",
    through: Callable[[Iterable[Hit]], Iterable[Hit]] = iter,
) -> Iterator[str]:
    """A whole result in one form, as pieces of text to write one after the other.

    The request is checked before the first piece is asked for.

    Args:
        asked: the question as a person can repeat it; the query and its filters when empty.
        through: what the hits go through before they are written.

    Raises:
        RequestError: as `service.search`.
    """
    found, every = whole(_bare(request), index)
    total = found.families if request.collapse else found.total
    origin = Origin(asked or in_full(request), index.generation.name, total, found.complete)
    hits = through(every)
    return map(soundness.replaced, pieces(form, hits, origin, index.places))


def pieces(
    form: ExportFormat, hits: Iterable[Hit], origin: Origin, places: Places = _NOWHERE
) -> Iterator[str]:
    """Some hits in one form, between its head and its tail."""
    if form.head:
        yield form.head
    count = 0
    for hit in hits:
        if form.numbered:
            yield form.numbered(hit, origin, count)
        else:
            yield form.placed(hit, places) if form.placed else form.article(hit)
        count += 1
    yield form.tail(origin, count)


def _bare(request: SearchRequest) -> SearchRequest:
    return SearchRequest(
        text=request.text,
        filters=request.filters,
        dates=request.dates,
        collapse=request.collapse,
        sort=request.sort,
        limit=1,
        highlight=False,
        names=request.names,
    )
