"""JSON Lines: one object an article, with its text; the last line has the key `complete`."""

from __future__ import annotations

from search.output.answers import ExportedArticle, ExportEnd, exported, line
from search.output.export_format import ExportFormat, Origin


def _closing(origin: Origin, written: int) -> str:
    complete = origin.is_complete(written)
    return line(ExportEnd(complete, written, origin.asked, origin.generation))


FORMAT = ExportFormat(
    name="jsonl",
    label="JSON Lines",
    summary="JSON Lines, texts included",
    media_type="application/jsonl",
    place=2,
    placed=lambda hit, places: line(exported(hit, places)),
    lines=(ExportedArticle, ExportEnd),
    tail=_closing,
)
