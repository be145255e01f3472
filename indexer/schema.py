"""Which fields has an index? ONE table, from which every engine's schema is made.

Text fields are searched by words; facets hold whole values; dates are ranges of days.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 1


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
FACETS = (*ENTITY_FACETS, "outlet", "language")
"""Multi-valued fields of whole values; entity facets hold entity ids."""

DATE_FIELDS = ("published", "mentioned", "collected")
