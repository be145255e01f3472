"""ProQuest: which stories are in a text that its databases hand out, and what is said of each?

A rule of underscores parts them; what is said stands behind labels, the text behind "Full text:".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.errors import UnsafeInput
from corpus.readers.dumps.lines import paragraphs_in, parts_of

RULE = re.compile(r"[ \t]*_{20,}[ \t]*$")
COUNTED = re.compile(r"\s*Document \d[\d,]* of \d[\d,]*\s*$")
_RULED = re.compile(rf"^{RULE.pattern}", re.MULTILINE)
_SUCH = re.compile(r"^(?:ProQuest document ID|Full text|Publication title): ", re.MULTILINE)
_LABEL = re.compile(r"([A-Z][A-Za-z /()-]{2,45}):(?:\s+|$)(.*)")
_FIELDS = frozenset(
    (
        "author", "publication info", "abstract", "links", "full text", "subject", "location",
        "people", "title",
        "company", "company / organization", "publication title", "alternate title", "pages",
        "page count", "number of pages", "publication year", "publication date", "year", "section",
        "publisher", "place of publication", "country of publication", "publication subject",
        "issn", "e-issn", "source type", "language of publication", "document type",
        "document feature", "proquest document id", "document url", "copyright", "last updated",
        "database", "volume", "issue", "first page", "identifier / keyword", "dateline", "column",
        "edition", "product name", "source attribution", "classification", "accession number",
        "credit", "doi", "correspondence author", "notes", "illustration", "caption",
    )
)  # fmt: skip
_TEXTS = ("full text", "abstract")
_NONE = frozenset(("none available.", "not available.", "none.", ""))


def is_such(text: str) -> bool:
    """Whether a text that begins so is one of these files."""
    return len(set(_SUCH.findall(text))) >= 2 and _RULED.search(text) is not None


def parts(lines: Iterable[str], where: str) -> Iterator[tuple[int, list[str] | UnsafeInput]]:
    """The lines of each story."""
    return parts_of(lines, where=where, begin=RULE)


_PRINTED = re.compile(r"^\s*ProQuest document (?:ID: |link\s*$)", re.MULTILINE)
_HEADS = {"full text": "Full text: ", "abstract": "Abstract: ", "details": "Notes: "}


def is_printed(text: str) -> bool:
    """Whether the text of a PDF is of such a file."""
    return _PRINTED.search(text) is not None and "Publication title:" in text


def is_told(line: str) -> bool:
    """Whether a line of a PDF stands by itself: a label and what it labels, or what parts them."""
    found = _LABEL.match(line)
    is_label = found is not None and found[1].lower() in _FIELDS
    is_text = found is not None and found[1].lower() in _TEXTS
    return (is_label and not is_text) or any(one.match(line) for one in (RULE, COUNTED, _PRINTED))


def labeled(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a PDF, with the labels that headings stand for; a text begins a paragraph."""
    for line in lines:
        told = _HEADS.get(line.strip().lower(), line)
        if _LABEL.match(told):
            yield ""
        yield told


def story(lines: list[str]) -> dict[str, Any] | None:
    """What is said in the lines of one story; None where they hold none."""
    said: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = _LABEL.match(line)
        if found and found[1].lower() in _FIELDS:
            name = found[1].lower()
            said.setdefault(name, []).append(found[2])
        elif name and (name in _TEXTS or line.strip()):
            said[name].append(line)
        elif not line.strip():
            name = ""
    if not {"publication title", "proquest document id", "full text"} & set(said):
        return None
    told = {name: " ".join(" ".join(part).split()) for name, part in said.items()}
    text = _text(said.get("full text", ())) or _text(said.get("abstract", ()))
    return {
        "id": told.get("proquest document id", ""),
        "title": told.get("title", "") or _first_line(lines),
        "text": text,
        "date": told.get("publication date", "") or told.get("publication year", ""),
        "bylines": told.get("author", ""),
        "outlet": told.get("publication title", ""),
        "url": told.get("document url", ""),
        "section": told.get("section", ""),
        "language": told.get("language of publication", ""),
        "print_page": told.get("pages", "") or told.get("first page", ""),
        "dateline": told.get("dateline", ""),
        "copyright": told.get("copyright", ""),
        "subjects": told.get("subject", ""),
        "location": told.get("location", ""),
    }


def _first_line(lines: Iterable[str]) -> str:
    """What stands above the labels."""
    told = (line.strip() for line in lines if line.strip())
    first = next((one for one in told if not (RULE.match(one) or COUNTED.match(one))), "")
    return "" if _LABEL.match(first) else first


def _text(lines: Iterable[str]) -> str:
    text = "\n\n".join(paragraphs_in(lines))
    return "" if text.lower() in _NONE else text
