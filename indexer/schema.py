"""Field table: which fields has an index? ONE table, from which every engine's schema is made.

Text fields are searched by words; facets hold whole values; dates are ranges of days.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of words with positions.

    Attributes:
        weight: its weight in BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to
            multiple weighted fields").
        b: how much its length counts, from 0 (not at all) to 1.
    """

    name: str
    weight: float
    b: float


TEXT_FIELDS = (TextField("title", 2.0, b=0.75), TextField("text", 1.0, b=0.75))
"""What an unqualified word searches, with weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetField:
    """A field of whole values, of which an article may have several.

    Its name stands before the colon in a query, in parameters (`outlet_not`) and options
    (`--outlet-not`), and in the counts of an answer.

    Attributes:
        title: the heading over its values.
        source: the attribute of an `IndexDocument` with its value or values; empty for the ids of
            the document's entities of the kind that the facet is named for.
        shown: how many of its values stand beside a page of hits; with 0 it is only chosen.
        are_ids: whether its values are ids of entities of any kind, where a source gives them.
        mistaken: what people type for its name, who are then told it.
    """

    name: str
    title: str
    source: str = ""
    shown: int = 8
    are_ids: bool = False
    mistaken: tuple[str, ...] = ()


FACET_FIELDS = {
    field.name: field
    for field in (
        FacetField(name="person", title="People", mistaken=("people", "name", "who")),
        FacetField(name="org", title="Organizations", mistaken=("organisation", "organization")),
        FacetField(name="place", title="Places", mistaken=("location", "country", "city")),
        FacetField(
            name="outlet",
            title="Outlets",
            source="outlet",
            mistaken=("source", "newspaper", "site", "publisher"),
        ),
        FacetField(
            name="agency",
            title="Agencies",
            source="agencies",
            shown=5,
            mistaken=("agencies", "wire", "credit", "newswire"),
        ),
        FacetField(
            name="language", title="Languages", source="language", shown=5, mistaken=("lang",)
        ),
        FacetField(
            name="medium",
            title="Published as",
            source="medium",
            shown=4,
            mistaken=("type", "form", "format"),
        ),
        FacetField(
            name="flag", title="Doubts", source="flags", shown=5, mistaken=("doubt", "quality")
        ),
        FacetField(
            name="said_by",
            title="Quoted",
            source="speakers",
            shown=0,
            are_ids=True,
            mistaken=("speaker", "quoted", "said", "quote"),
        ),
    )
}
"""Every facet; one more line here is one more facet everywhere. `flag` holds the doubts about an
extraction, which few articles have (`corpus.article.Quality.flags`)."""
FACETS = tuple(FACET_FIELDS)
ENTITY_FACETS = tuple(field.name for field in FACET_FIELDS.values() if not field.source)
"""Those that are named for a kind of entity."""
ID_FACETS = (*ENTITY_FACETS, *(field.name for field in FACET_FIELDS.values() if field.are_ids))
"""Those whose values are ids of entities."""

SHOWN_FACETS = tuple(field.name for field in FACET_FIELDS.values() if field.shown)
"""Those whose values are counted for a page of hits."""

DATE_FIELDS = ("published", "mentioned", "collected")


def version() -> str:
    """Fingerprint of the table: an index made with another one is made anew, not read."""
    facets = [(field.name, field.source) for field in FACET_FIELDS.values()]
    table = repr((TEXT_FIELDS, facets, DATE_FIELDS)).encode()
    return hashlib.sha256(table).hexdigest()[:12]
