"""Spelled given names: may a word in Arabic or Hebrew letters, that no list of its language has, be
a given name that lists have in Latin letters (אלבין, Albin)?

Vowels are not written, so that most short words may be some name: only longer ones count, and
whoever asks must know that no dictionary has the word.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from indexer.entities.names.romanization.spelled import beginnings, skeleton, skeletons, spell
from indexer.entities.tagging.word_lists import shipped_lists

_SHORTEST = 4  # letters


@lru_cache(maxsize=1 << 14)
def spells_given_name(key: str) -> bool:
    """May a word (plain spelling) be a given name of the lists?"""
    written = skeletons(key) if len(key) >= _SHORTEST else None
    if written is None:
        return False
    first = beginnings(key)
    return any(
        name[0] in first and spell([key], [name])
        for one in written
        for name in _by_skeleton().get(one, ())
    )


@cache
def _by_skeleton() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(shipped_lists().given):
        found[skeleton(name)].append(name)
    return found
