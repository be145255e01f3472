"""Quotes as CSV: one row a quote, with who said it and where it stands in the article's text."""

from __future__ import annotations

from search.analyses.quotations import Quotation
from search.output.export_format import ExportFormat
from search.output.formats.csv import csv_row, harmless
from search.result import Hit

COLUMNS = (
    "article", "outlet", "published", "manner", "speaker", "speaker_id", "verb", "quote", "start",
    "end", "speaker_start", "speaker_end", "url",
)  # fmt: skip


def quote_row(one: Quotation) -> str:
    """One quote, under `COLUMNS`."""
    document, quote = one.document, one.quote
    texts = (
        document.article_id,
        document.outlet,
        document.published.iso if document.published else "",
        one.manner.value,
        one.speaker,
        one.entity_id,
        one.verb,
        one.text,
    )
    numbers = (quote.start, quote.end, quote.speaker_start, quote.speaker_end)
    return csv_row([*map(harmless, texts), *map(str, numbers), harmless(document.url or "")])


def _rows(hit: Hit) -> str:
    return "".join(
        quote_row(Quotation(hit, spoken.quote, spoken.entity_id, ""))
        for spoken in hit.document.quotes
    )


FORMAT = ExportFormat(
    name="quotes",
    label="Quotes",
    summary="CSV with a row for each quote",
    media_type="text/csv; charset=utf-8; header=present",
    suffix="csv",
    place=8,
    head=csv_row(COLUMNS),
    columns=COLUMNS,
    article=_rows,
    tail=lambda origin, written: csv_row([origin.closing(written)]),
)
