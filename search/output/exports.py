"""How does a whole result leave the house? As CSV, JSON Lines, BibTeX or RIS, piece by piece.

Every export names its question and its generation, and its last line says that it is complete: a
file without that line was cut short.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus import surrogates
from indexer.document import IndexDocument
from search import service
from search.language.full_query import in_full
from search.output.answers import PLURALS, ExportEnd, exported, line
from search.output.references import bibtex, ris
from search.request import SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit

COLUMNS = (
    "id", "title", "outlet", "published", "published_precision", "published_basis", "collected",
    "flags", "language", "persons", "orgs", "places", "family", "score", "url", "original_sha256",
)  # fmt: skip
"""Columns of a CSV export."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATOR = "; "


class Format(StrEnum):
    """Forms of an export; the value is the file's suffix."""

    CSV = "csv"
    JSONL = "jsonl"
    BIB = "bib"
    RIS = "ris"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.JSONL: "application/jsonl",
    Format.BIB: "application/x-bibtex; charset=utf-8",
    Format.RIS: "application/x-research-info-systems; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What an export answers, written into it.

    Attributes:
        asked: the question as a person can repeat it: an address, or the query text.
        total: how many articles there are to write.
        known: False when the time allowed was not enough to know all of them.
    """

    asked: str
    generation: str
    total: int
    known: bool = True


def export(
    form: Format, request: SearchRequest, index: OpenIndex, *, asked: str = ""
) -> Iterator[str]:
    """A whole result in one form, as pieces of text to write one after the other.

    The request is checked before the first piece is asked for.

    Args:
        asked: the question as a person can repeat it; the query and its filters when empty.

    Raises:
        RequestError: as `service.search`.
    """
    if request.collapse:
        first = service.search(_bare(request), index)
        total, known = first.families, first.complete
    else:
        counted = service.counted(request, index)
        total, known = counted.total, counted.complete
    origin = Origin(asked or in_full(request), index.generation.name, total, known)
    bare = _bare(request)
    return map(surrogates.replaced, _WRITERS[form](every_hit(bare, index), origin))


def csv_lines(hits: Iterable[Hit], origin: Origin) -> Iterator[str]:
    """CSV with a header, as RFC 4180 has it; the last row begins with `# complete`.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    yield csv_row(COLUMNS)
    written = 0
    for hit in hits:
        yield csv_row(csv_cells(hit))
        written += 1
    yield csv_row([_closing(origin, written)])


def jsonl_lines(hits: Iterable[Hit], origin: Origin) -> Iterator[str]:
    """One JSON object an article, with its text; the last line has the key `complete`."""
    written = 0
    for hit in hits:
        yield line(exported(hit))
        written += 1
    complete = _is_complete(origin, written)
    yield line(ExportEnd(complete, written, origin.asked, origin.generation))


def bibtex_entries(hits: Iterable[Hit], origin: Origin) -> Iterator[str]:
    """BibTeX entries; the last line is a comment, as BibTeX ignores what is in no entry."""
    written = 0
    for hit in hits:
        yield bibtex(hit.document) + "\n"
        written += 1
    yield f"% {_closing(origin, written).replace('@', '(at)')}\n"


def ris_records(hits: Iterable[Hit], origin: Origin) -> Iterator[str]:
    """RIS records; the last line is in no record, where readers pass over it."""
    written = 0
    for hit in hits:
        yield ris(hit.document)
        written += 1
    yield f"{_closing(origin, written)}\r\n"


_WRITERS = {
    Format.CSV: csv_lines,
    Format.JSONL: jsonl_lines,
    Format.BIB: bibtex_entries,
    Format.RIS: ris_records,
}


def _bare(request: SearchRequest) -> SearchRequest:
    return SearchRequest(
        text=request.text,
        filters=request.filters,
        dates=request.dates,
        collapse=request.collapse,
        sort=request.sort,
        limit=1,
        highlight=False,
    )


def csv_cells(hit: Hit) -> list[str]:
    """The cells of one article, under `COLUMNS`."""
    document = hit.document
    published = document.published
    cells = [
        document.article_id,
        document.title,
        document.outlet,
        published.iso if published else "",
        published.precision.value if published else "",
        published.basis if published else "",
        document.collected.iso,
        _SEPARATOR.join(document.flags),
        document.language,
        *(_names(document, kind) for kind in PLURALS),
        document.family_id,
        f"{hit.score:.4f}",
        document.url or "",
        document.original_sha256,
    ]
    return [harmless(cell) for cell in cells]


def _names(document: IndexDocument, kind: str) -> str:
    return _SEPARATOR.join(found.label for found in document.entities if found.kind == kind)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def csv_row(cells: Iterable[str]) -> str:
    """One line of a CSV file."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _is_complete(origin: Origin, written: int) -> bool:
    return origin.known and written == origin.total


def _closing(origin: Origin, written: int) -> str:
    state = "complete" if _is_complete(origin, written) else "INCOMPLETE"
    asked = " ".join(origin.asked.split()) or "everything"
    return (
        f"# {state}: {written} of {origin.total} articles; query: {asked}; "
        f"generation: {origin.generation}"
    )
