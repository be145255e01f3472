"""How does a reference manager take an article in? BibTeX and RIS records.

Each names the outlet, the date no more exactly than it is known, the address, when the copy was
collected, and the SHA-256 of the original.
"""

from __future__ import annotations

import re

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(document: IndexDocument) -> str:
    """The article as one BibTeX entry."""
    fields = {
        "title": f"{{{_tex(document.title)}}}",
        "author": " and ".join(_tex(name) for name in document.bylines),
        "journal": _tex(document.outlet),
        "year": document.published.iso[:4] if document.published else "",
        "month": _month(document.published),
        "day": _day(document.published),
        "url": document.url or "",
        "urldate": document.collected.iso[:10],
        "langid": document.language if document.language != "und" else "",
        "note": f"SHA-256 of the copy: {document.original_sha256}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{document.article_id},\n{lines}\n}}\n"


def ris(document: IndexDocument) -> str:
    """The article as one RIS record."""
    published = document.published
    tags = [
        ("TY", "NEWS"),
        ("ID", document.article_id),
        ("TI", document.title),
        *(("AU", name) for name in document.bylines),
        ("T2", document.outlet),
        ("PY", published.iso[:4] if published else ""),
        ("DA", published.iso[:10].replace("-", "/") if published else ""),
        ("UR", document.url or ""),
        ("Y2", document.collected.iso[:10].replace("-", "/")),
        ("LA", document.language if document.language != "und" else ""),
        ("N1", f"SHA-256 of the copy: {document.original_sha256}"),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags if value or tag == "ER"
    )


def _month(value: PartialDate | None) -> str:
    known = value is not None and value.precision is not Precision.YEAR
    return str(value.earliest.month) if value and known else ""


def _day(value: PartialDate | None) -> str:
    known = value is not None and value.precision in {Precision.DAY, Precision.MINUTE}
    return str(value.earliest.day) if value and known else ""


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(char, char) for char in _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
