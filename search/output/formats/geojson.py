"""GeoJSON (RFC 7946): one point an article and place that it names, for maps.

What the gazetteer does not know has no point. The last feature has no geometry: it says whether the
export is complete, and what it answers.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from msgspec import Meta

from indexer.entities.types import EntityKind
from indexer.places.place_file import Places
from search.output.answers import SCHEMAS, Answer, Count, ExportEnd, about
from search.output.export_format import ExportFormat, Origin
from search.result import Hit


class GeoPoint(Answer, frozen=True):
    """A point, as RFC 7946 has it."""

    type: Literal["Point"]
    coordinates: Annotated[tuple[float, float], about("Longitude and latitude")]


class GeoNamed(Answer, frozen=True):
    """That an article names a place."""

    article: str
    title: str
    outlet: str
    published: str | None
    url: str | None
    place: str
    label: str
    mentions: Count
    sort: Annotated[str, about("region, country or city")]


class GeoFeature(Answer, frozen=True):
    """An article and a place that it names; the last feature is no point."""

    type: Literal["Feature"]
    geometry: GeoPoint | None
    properties: Annotated[
        dict[str, Any],
        Meta(
            extra_json_schema={
                "anyOf": [
                    {"$ref": SCHEMAS.format(name="GeoNamed")},
                    {"$ref": SCHEMAS.format(name="ExportEnd")},
                ]
            }
        ),
    ]


class GeoFeatures(Answer, frozen=True):
    """All of them; the last says whether the export is complete, and what it answers."""

    type: Literal["FeatureCollection"]
    features: list[GeoFeature]


def _points(hit: Hit, places: Places) -> str:
    document = hit.document
    lines = []
    for entity in document.entities:
        at = places.position(entity.entity_id) if entity.kind is EntityKind.PLACE else None
        if at is not None:
            said: dict[str, object] = {
                "article": document.article_id,
                "title": document.title,
                "outlet": document.outlet,
                "published": document.published.iso if document.published else None,
                "url": document.url,
                "place": entity.entity_id,
                "label": entity.label,
                "mentions": entity.count,
                "sort": at.sort,
            }
            lines.append(_feature(said, [at.longitude, at.latitude]) + ",\n")
    return "".join(lines)


def _feature(said: dict[str, object], at: list[float] | None) -> str:
    geometry = {"type": "Point", "coordinates": at} if at else None
    feature = {"type": "Feature", "geometry": geometry, "properties": said}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _closing(origin: Origin, written: int) -> str:
    said: dict[str, object] = {
        "complete": origin.is_complete(written),
        "articles": written,
        "query": origin.asked,
        "generation": origin.generation,
    }
    return f"{_feature(said, None)}\n]}}\n"


FORMAT = ExportFormat(
    name="geojson",
    label="GeoJSON",
    summary="GeoJSON, a point an article and place",
    media_type="application/geo+json",
    place=6,
    head='{"type":"FeatureCollection","features":[\n',
    placed=_points,
    tail=_closing,
    whole=GeoFeatures,
    lines=(GeoNamed, ExportEnd),
)
