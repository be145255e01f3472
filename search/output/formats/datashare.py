"""Datashare: a table with the columns in which Datashare gives what a batch search found.

Its header is that of `/api/batch/search/result/csv` in github.com/ICIJ/datashare. A document here
is an article as it was read: its length is that of its text, its path the collected address.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.output.export_format import ExportFormat, Origin
from search.output.formats.csv import csv_row, harmless
from search.result import Hit

COLUMNS = (
    "query", "documentUrl", "documentId", "rootId", "contentType", "contentLength", "documentPath",
    "documentDirname", "creationDate", "documentNumber",
)  # fmt: skip
_TYPE = "text/plain; charset=UTF-8"


def _row(hit: Hit, origin: Origin, number: int) -> str:
    document = hit.document
    address = document.url or ""
    cells = (
        " ".join(origin.asked.split()),
        address,
        document.article_id,
        document.article_id,
        _TYPE,
        str(len(document.text.encode("utf-8", "replace"))),
        address or document.article_id,
        address.rpartition("/")[0],
        document.published.iso if document.published else "",
        str(number),
    )
    return csv_row([harmless(cell) for cell in cells])


def _closing(origin: Origin, written: int) -> str:
    rest: Iterator[str] = ("" for _ in COLUMNS[1:])
    return csv_row([origin.closing(written), *rest])


FORMAT = ExportFormat(
    name="datashare",
    label="Datashare",
    summary="CSV with the columns of Datashare",
    media_type="text/csv; charset=utf-8; header=present",
    place=9,
    suffix="datashare.csv",
    head=csv_row(COLUMNS),
    columns=COLUMNS,
    numbered=_row,
    tail=_closing,
)
