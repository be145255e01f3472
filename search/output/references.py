"""How does a reference manager take an article in? BibTeX and RIS records.

Each names the outlet, the date no more exactly than it is known, the address, when the copy was
collected, the SHA-256 of the original, and what is doubtful about it.
"""

from __future__ import annotations

import re

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from search.help.doubts import read_with_care

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_BRACES = {ord(char): f"%{ord(char):02X}" for char in "{}\\\n\r"}
"""What would end an address too early, as an address writes it."""


def bibtex(document: IndexDocument) -> str:
    """The article as one BibTeX entry."""
    fields = {
        "title": f"{{{_tex(document.title)}}}" if document.title else "",
        "author": " and ".join(_tex(name) for name in document.bylines),
        "journal": _tex(document.outlet),
        "year": document.published.iso[:4] if document.published else "",
        "month": _month(document.published),
        "day": _day(document.published),
        "url": (document.url or "").translate(_BRACES),
        "urldate": document.collected.iso[:10],
        "langid": document.language if document.language != "und" else "",
        "note": "; ".join(_notes(document)),
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
        *(("N1", note) for note in _notes(document)),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags if value or tag == "ER"
    )


def _notes(document: IndexDocument) -> list[str]:
    doubts = read_with_care(document.flags)
    return [f"SHA-256 of the copy: {document.original_sha256}", *([doubts] if doubts else [])]


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
