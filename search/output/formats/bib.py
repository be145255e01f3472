"""BibTeX: one entry an article; the last line is a comment, as all outside of entries is one."""

from __future__ import annotations

from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from search.output.authors import author
from search.output.export_format import ExportFormat
from search.output.reference_notes import notes, one_line

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
        "author": " and ".join(_author(name, document.language) for name in document.bylines),
        "journal": _tex(document.outlet),
        "year": document.published.iso[:4] if document.published else "",
        "month": _month(document.published),
        "day": _day(document.published),
        "url": (document.url or "").translate(_BRACES),
        "urldate": document.collected.iso[:10],
        "langid": document.language if document.language != "und" else "",
        "note": "; ".join(notes(document)),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{document.article_id},\n{lines}\n}}\n"


def _author(name: str, language: str) -> str:
    """Turned round; what is no person's name in braces, which keep its words together."""
    known = author(name, language)
    whole = not known.family and " " in known.whole
    return f"{{{_tex(known.whole)}}}" if whole else _tex(known.turned)


def _month(value: PartialDate | None) -> str:
    if value is None or value.precision is Precision.YEAR:
        return ""
    return str(value.earliest.month)


def _day(value: PartialDate | None) -> str:
    if value is None or value.precision in {Precision.YEAR, Precision.MONTH}:
        return ""
    return str(value.earliest.day)


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(char, char) for char in one_line(text))


FORMAT = ExportFormat(
    name="bib",
    label="BibTeX",
    summary="BibTeX",
    media_type="application/x-bibtex; charset=utf-8",
    place=3,
    article=lambda hit: bibtex(hit.document) + "\n",
    tail=lambda origin, written: f"% {origin.closing(written).replace('@', '(at)')}\n",
    reference=bibtex,
)
