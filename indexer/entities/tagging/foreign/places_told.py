"""Places told: does a preposition, a noun of place or a case beside a name say that a place is
meant?
"""

from __future__ import annotations

import re

from indexer.entities import lexicon
from indexer.entities.tagging.foreign import turkish_places

_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*) \Z")
_FARTHEST = 40  # characters of the word before
_TURKISH = "tr"


def is_placed(text: str, start: int, end: int, language: str) -> bool:
    """Is a place meant, by what stands beside a name: a word before it, a Turkish case of where?"""
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    word = before.group(1).lower() if before else text[max(0, start - 2) : start].lower()
    return (
        word in lexicon.prepositions_of_place(language)
        or word in _PREPOSITIONS[language]
        or (language == _TURKISH and turkish_places.is_where(text, end))
    )


_PREPOSITIONS = {
    language: frozenset(words.split())
    for language, words in {
        "uk": "у в із зі з під до над біля на",
        "ru": "в во из под до над у около на",
        "pl": "w we z ze do pod nad koło na",
        "es": "en a desde hasta hacia",
        "fr": "à vers d' d’",
        "de": "in aus nach bei um vor",
        "tr": "",
    }.items()
}
