"""Entities: who, which body, where? Finds names, says which entity each means, and obeys people.

`recognise` finds the names of one article (slow, cached by content). A `Canonicaliser` says which
entity each means, across the whole collection (fast), after the decisions in an `Authority`. What
it found is written into a generation and read back through `open_directory`.

What is imported from here is loaded when it is asked for: the lexicon and the models take a while,
and who reads decisions, or looks whether anything changed, needs neither.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.entities.across_collection.canonicaliser import Canonicaliser
    from indexer.entities.authority.record import Authority
    from indexer.entities.directory.reader import Directory, open_directory
    from indexer.entities.recognition import SHIPPED, ArticleName, Recognition
    from indexer.entities.types import NameCount
    from indexer.entities.within_article.recogniser import (
        recognise,
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
    "tagger",
]

_HOMES = {
    "Authority": "authority.record",
    "Canonicaliser": "across_collection.canonicaliser",
    "Directory": "directory.reader",
    "open_directory": "directory.reader",
    "ArticleName": "recognition",
    "Recognition": "recognition",
    "SHIPPED": "recognition",
    "NameCount": "types",
    "recognise": "within_article.recogniser",
    "tagger": "within_article.recogniser",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
