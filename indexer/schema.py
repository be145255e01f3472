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

ENTITY_FACETS = ("person", "org", "place")
FACETS = (*ENTITY_FACETS, "outlet", "language", "flag")
"""Multi-valued fields of whole values. Entity facets hold entity ids; `flag` the doubts about an
extraction, which few articles have (`corpus.article.Quality.flags`)."""

DATE_FIELDS = ("published", "mentioned", "collected")


def version() -> str:
    """Fingerprint of the table: an index made with another one is made anew, not read."""
    table = repr((TEXT_FIELDS, FACETS, DATE_FIELDS)).encode()
    return hashlib.sha256(table).hexdigest()[:12]
