"""Given names: is a word one, in a language, in any case and romanization?"""

from __future__ import annotations

import re
from functools import cache

from indexer.entities import lexicon
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import nominatives
from indexer.entities.names.romanization.given_names import (
    is_slavic_given_name,
    needs_no_romanization,
)
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind


def is_given_in(word: str, language: str) -> bool:
    """Is this a given name in a text of a language, in any case?"""
    own = lexicon.given_names_in(language)
    if language == polish.LANGUAGE:
        in_case = polish.bases(word)
        if not own.isdisjoint(in_case) or any(map(is_romanized_given_name, in_case)):
            return True
    return word in own or is_given_name(word)


def is_given_name(word: str) -> bool:
    """Is this a given name, in any case and romanization?"""
    if word in lexicon.foreign_given_names() or plain(word) in _english_given_names():
        return True
    if CYRILLIC.match(word):
        return not _given_skeletons().isdisjoint(nominatives(word))
    return word[0].isupper() and skeleton(word) in _given_skeletons()


def is_romanized_given_name(word: str) -> bool:
    """Is this a Slavic given name as some language romanizes it, and in no other way a name or a
    word of the West (Hryhoriï, Jewhenij; not Roman)?
    """
    key = plain(word)
    if len(word) < _SHORTEST or CYRILLIC.match(word) or needs_no_romanization(key, ""):
        return False
    if word in lexicon.peoples() or word in lexicon.ordinary_words("en"):
        return False  # German, Roman
    return is_slavic_given_name(key)


_SHORTEST = 4
CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ]")


@cache
def _english_given_names() -> frozenset[str]:
    """Those of the shipped lists that are no word of English (Will, Sun, New)."""
    return shipped_lists().given - lexicon.ordinary_words("en")


@cache
def _given_skeletons() -> frozenset[str]:
    own = (name for name in lexicon.foreign_given_names() if name[0].isupper())
    latin = (name for name in _english_given_names() if len(name) > 3)
    known = (
        one.label.split()[0]
        for one in lexicon.known_names()
        if one.kind is EntityKind.PERSON and " " in one.label
    )
    return frozenset(skeleton(name) for name in (*own, *latin, *known))
