"""Entities: who, which body, where? Finds names, says which entity each means, and obeys people.

`recognise` finds the names of one article (slow, cached by content). A `Canonicaliser` says which
entity each means, across the whole collection (fast), after the decisions in an `Authority`. What
it found is written into a generation and read back through `open_directory`.
"""

from indexer.entities.across_collection.canonicaliser import Canonicaliser
from indexer.entities.authority.record import Authority
from indexer.entities.directory.reader import Directory, open_directory
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import NameCount
from indexer.entities.within_article.recogniser import (
    SHIPPED,
    recognise,
    recogniser_version,
    tagger,
)

__all__ = [
    "SHIPPED",
    "ArticleName",
    "Authority",
    "Canonicaliser",
    "Directory",
    "NameCount",
    "Recognition",
    "open_directory",
    "recognise",
    "recogniser_version",
    "tagger",
]
