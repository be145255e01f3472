"""CSV: one row an article and a header, as RFC 4180 has it; the last row begins `# complete`.

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from indexer.document import IndexDocument
from indexer.schema import FACET_FIELDS
from search.output.answers import PLURALS
from search.output.export_format import ExportFormat
from search.result import Hit

_COLUMNS = (
    "id", "title", "outlet", "published", "published_precision", "published_basis", "collected",
    "flags", "language", "persons", "orgs", "places", "family", "score", "url", "original_sha256",
)  # fmt: skip
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide signs where Excel is Japanese
_SEPARATOR = "; "
_LATER = tuple(
    field
    for field in FACET_FIELDS.values()
    if field.source and not field.are_ids and field.source not in _COLUMNS
)
COLUMNS = (*_COLUMNS, *(field.name for field in _LATER))
"""Every facet of the article itself has a column; those without a place of their own come last."""


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
        *(_SEPARATOR.join(document.values(field.name)) for field in _LATER),
    ]
    return [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def csv_row(cells: Iterable[str]) -> str:
    """One line of a CSV file."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _names(document: IndexDocument, kind: str) -> str:
    return _SEPARATOR.join(found.label for found in document.entities if found.kind == kind)


FORMAT = ExportFormat(
    name="csv",
    label="CSV",
    summary="CSV with a header",
    media_type="text/csv; charset=utf-8; header=present",
    place=1,
    head=csv_row(COLUMNS),
    columns=COLUMNS,
    article=lambda hit: csv_row(csv_cells(hit)),
    tail=lambda origin, written: csv_row([origin.closing(written)]),
)
