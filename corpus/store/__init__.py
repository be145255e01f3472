"""Store: the catalogue of one collection, what was taken in and where it is kept.

One SQLite file holds originals byte for byte, every version of every article read in them, where
and when each was seen, and what failed and why. It is the one file that must not be lost: indexes
are made from it and can be made again.
"""

from corpus.store.catalogue import Catalogue
from corpus.store.types import (
    Change,
    Counts,
    Failure,
    Intake,
    Known,
    Link,
    Original,
    Outcome,
    Sighting,
    StoredArticle,
    Trouble,
    Visit,
    VisitOutcome,
)

__all__ = [
    "Catalogue",
    "Change",
    "Counts",
    "Failure",
    "Intake",
    "Known",
    "Link",
    "Original",
    "Outcome",
    "Sighting",
    "StoredArticle",
    "Trouble",
    "Visit",
    "VisitOutcome",
]
