"""CSL-JSON: one item an article, as citeproc and Zotero read it; the last one says what it is."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from corpus.dates import PartialDate
from indexer.document import IndexDocument
from search.output.answers import Answer, about
from search.output.authors import Author, author
from search.output.export_format import ExportFormat, Origin
from search.output.reference_notes import notes, one_line


class CslName(Answer, frozen=True):
    """An author: in parts, or whole."""

    family: str | UnsetType = UNSET
    given: str | UnsetType = UNSET
    suffix: str | UnsetType = UNSET
    literal: str | UnsetType = UNSET


class CslDate(Answer, frozen=True):
    """A date as far as it is known."""

    parts: Annotated[list[list[int]], about("One list: the year, the month, the day")] = (
        msgspec.field(name="date-parts")
    )


class CslItem(Answer, frozen=True, kw_only=True):
    """An item of CSL-JSON; the last one, a document, says whether the export is complete."""

    id: str
    type: Literal["article-newspaper", "document"]
    title: str | UnsetType = UNSET
    author: list[CslName] | UnsetType = UNSET
    outlet: str | UnsetType = msgspec.field(name="container-title", default=UNSET)
    issued: CslDate | UnsetType = UNSET
    accessed: CslDate | UnsetType = UNSET
    url: str | UnsetType = msgspec.field(name="URL", default=UNSET)
    language: str | UnsetType = UNSET
    note: str | UnsetType = UNSET


def csl_item(document: IndexDocument) -> dict[str, Any]:
    """The article as one CSL item, without empty fields."""
    item = {
        "id": document.article_id,
        "type": "article-newspaper",
        "title": one_line(document.title),
        "author": [_name(author(name, document.language)) for name in document.bylines],
        "container-title": one_line(document.outlet),
        "issued": _date(document.published),
        "accessed": _date(document.collected),
        "URL": document.url or "",
        "language": document.language if document.language != "und" else "",
        "note": "\n".join(notes(document)),
    }
    return {name: value for name, value in item.items() if value}


def _name(one: Author) -> dict[str, str]:
    if not one.family:
        return {"literal": one.whole}
    parts = {"family": one.family, "given": one.given, "suffix": one.suffix}
    return {name: value for name, value in parts.items() if value}


def _date(value: PartialDate | None) -> dict[str, Any] | None:
    """No more exactly than it is known."""
    if value is None:
        return None
    return {"date-parts": [[int(part) for part in value.iso[:10].split("-")]]}


def _tail(origin: Origin, written: int) -> str:
    last = {"id": "dispatches-export", "type": "document", "title": origin.closing(written)}
    return f"{json.dumps(last, ensure_ascii=False)}\n]\n"


def _reference(document: IndexDocument) -> str:
    return json.dumps([csl_item(document)], ensure_ascii=False, indent=1) + "\n"


FORMAT = ExportFormat(
    name="csl",
    label="CSL-JSON",
    summary="CSL-JSON",
    media_type="application/vnd.citationstyles.csl+json",
    suffix="json",
    place=5,
    head="[\n",
    article=lambda hit: json.dumps(csl_item(hit.document), ensure_ascii=False) + ",\n",
    tail=_tail,
    reference=_reference,
    whole=list[CslItem],
)
