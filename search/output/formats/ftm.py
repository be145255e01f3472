"""FollowTheMoney: articles, and whom and what they name, as entities for OpenAleph and its like.

One entity a line, with the properties of the schemata `Article`, `Person`, `Organization`,
`Address` and `Mention` (github.com/opensanctions/followthemoney, version 4). Who is named in many
articles comes with each: those programs join entities of one id. The last line, a `Folder`, says
whether the export is complete, and what it answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal

from corpus.dates import PartialDate
from indexer.document import ArticleEntity, IndexDocument
from indexer.entities.types import EntityKind
from indexer.places.place_file import Places
from search.help.doubts import doubt
from search.output.answers import Answer
from search.output.export_format import ExportFormat, Origin
from search.result import Hit


class FtmEntity(Answer, frozen=True):
    """An entity of FollowTheMoney, each of its properties with a list of values."""

    id: str
    schema: Literal["Article", "Person", "Organization", "Address", "Mention", "Folder"]
    properties: dict[str, list[str]]


_SCHEMATA = {
    EntityKind.PERSON: "Person",
    EntityKind.ORG: "Organization",
    EntityKind.PLACE: "Address",
}
_MENTIONED = {
    EntityKind.PERSON: "peopleMentioned",
    EntityKind.ORG: "companiesMentioned",
    EntityKind.PLACE: "locationMentioned",
}
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu "
        "el:ell en:eng es:spa et:est fa:fas fi:fin fr:fra he:heb hi:hin hr:hrv hu:hun hy:hye "
        "id:ind it:ita ja:jpn ka:kat kk:kaz km:khm ko:kor lt:lit lv:lav mk:mkd ms:msa my:mya "
        "nb:nor nl:nld no:nor pl:pol ps:pus pt:por ro:ron ru:rus sk:slk sl:slv sq:sqi sr:srp "
        "sv:swe sw:swa ta:tam th:tha tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho"
    ).split()
)
"""ISO 639-1 to the codes of ISO 639-2 that the schema knows."""


def _entities(hit: Hit, places: Places) -> str:
    document = hit.document
    named = [one for one in document.entities if one.kind in _SCHEMATA]
    lines = [_article(document, named)]
    for one in named:
        lines.append(_named(one, places))
        if one.kind is not EntityKind.PLACE:
            lines.append(
                _line(
                    f"{document.article_id}-{one.entity_id}",
                    "Mention",
                    document=document.article_id,
                    resolved=one.entity_id,
                    name=one.label,
                    detectedSchema=_SCHEMATA[one.kind],
                )
            )
    return "".join(lines)


def _article(document: IndexDocument, named: list[ArticleEntity]) -> str:
    return _line(
        document.article_id,
        "Article",
        fileName=document.article_id,
        title=document.title,
        author=document.bylines,
        publisher=document.outlet,
        publishedAt=_day(document.published),
        modifiedAt=_day(document.modified),
        retrievedAt=_day(document.collected),
        language=_LANGUAGES.get(document.language, ""),
        sourceUrl=document.url or "",
        bodyText=document.text,
        addressEntity=[one.entity_id for one in named if one.kind is EntityKind.PLACE],
        notes=(
            f"SHA-256 of the original: {document.original_sha256}",
            *(f"read with care: {doubt(flag)}" for flag in document.flags),
        ),
        **{
            mentioned: [one.label for one in named if one.kind is kind]
            for kind, mentioned in _MENTIONED.items()
        },
    )


def _named(one: ArticleEntity, places: Places) -> str:
    if one.kind is not EntityKind.PLACE:
        return _line(one.entity_id, _SCHEMATA[one.kind], name=one.label)
    at = places.position(one.entity_id)
    return _line(
        one.entity_id,
        "Address",
        full=one.label,
        latitude=f"{at.latitude}" if at else "",
        longitude=f"{at.longitude}" if at else "",
    )


def _line(entity_id: str, schema: str, **given: str | tuple[str, ...] | list[str]) -> str:
    """One entity; each of its properties has a list of values, and none that are empty."""
    properties = dict(_values(given))
    entity = {"id": entity_id, "schema": schema, "properties": properties}
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def _values(
    given: Mapping[str, str | tuple[str, ...] | list[str]],
) -> Iterator[tuple[str, list[str]]]:
    for name, value in given.items():
        if values := [one for one in ([value] if isinstance(value, str) else value) if one]:
            yield name, values


def _day(date: PartialDate | None) -> str:
    """A date as far as it is known; hours, whose zone the schema has no place for, are left out."""
    return date.iso[:10] if date else ""


def _closing(origin: Origin, written: int) -> str:
    told = origin.closing(written).removeprefix("# ")
    return _line("dispatches-export", "Folder", fileName="dispatches-export", title=told)


FORMAT = ExportFormat(
    name="ftm",
    label="FollowTheMoney",
    summary="entities of FollowTheMoney, for OpenAleph",
    media_type="application/x-ftm+jsonl",
    place=7,
    placed=_entities,
    tail=_closing,
    lines=(FtmEntity,),
)
