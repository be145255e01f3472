"""RIS: one record an article; the last line is in no record, where readers pass over it."""

from __future__ import annotations

from indexer.document import IndexDocument
from search.output.authors import author
from search.output.export_format import ExportFormat
from search.output.reference_notes import notes, one_line


def ris(document: IndexDocument) -> str:
    """The article as one RIS record."""
    published = document.published
    tags = [
        ("TY", "NEWS"),
        ("ID", document.article_id),
        ("TI", document.title),
        *(("AU", author(name, document.language).turned) for name in document.bylines),
        ("T2", document.outlet),
        ("PY", published.iso[:4] if published else ""),
        ("DA", published.iso[:10].replace("-", "/") if published else ""),
        ("UR", document.url or ""),
        ("Y2", document.collected.iso[:10].replace("-", "/")),
        ("LA", document.language if document.language != "und" else ""),
        *(("N1", note) for note in notes(document)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in tags if value or tag == "ER")


FORMAT = ExportFormat(
    name="ris",
    label="RIS",
    summary="RIS",
    media_type="application/x-research-info-systems; charset=utf-8",
    place=4,
    article=lambda hit: ris(hit.document),
    tail=lambda origin, written: f"{origin.closing(written)}\r\n",
    reference=ris,
)
