"""Word lists: what did training learn from open text about words? Read without the model."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec


@dataclass(frozen=True, slots=True)
class WordLists:
    """What training learned from open text about words.

    Attributes:
        clusters: word in lower case → cluster, coarse and fine, as two short strings.
        written: word as written → its clusters by close and by wider neighbors.
        given, surnames: parts of persons' names, in lower case.
    """

    clusters: dict[str, tuple[str, str]]
    written: dict[str, tuple[str, str]]
    given: frozenset[str]
    surnames: frozenset[str]


@cache
def shipped_lists() -> WordLists:
    """Those beside the model in `models/`; read once."""
    file = resources.files("indexer.entities") / "models" / "word_lists.json.gz"
    return msgspec.json.decode(gzip.decompress(file.read_bytes()), type=WordLists)


def is_ordinary(word: str) -> bool:
    """Is this (in lower case) a word that English texts write small, besides whom it may name?"""
    return word in shipped_lists().written
