"""Places spelled: which name of a place or body, that no list has, may be one in other letters?

Lists know Kharkiv in every script; villages, regions and brigades they do not. What a text calls
كردفان is found by *Kordofan*, and *Robotyne* by Роботиному, if the letters say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.romanization.spelled import is_romanized, spell
from indexer.entities.names.romanization.tables import bones
from indexer.entities.names.spelling import plain

_SHORTEST = 5  # letters in Latin, without articles: shorter names are spelled like too many others
_MOST_WORDS = 4  # a longer name is translated, and not spelled
_MARKS = re.compile(r"[\u0300-\u036f\u05b0-\u05c7\u0640\u064b-\u065f\u0670]")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?:a[dlnrstz]|e[dlnrstz]|[iu]l|[ae]sh)")
_ARABIC_ARTICLE = re.compile(r"\Aال(?=\w{2})")
_VOWEL_BETWEEN = re.compile(r"([دتطدט])(?=[زسشصجזסשצ])")


def place_bones(name: str) -> frozenset[str]:
    """By which bones a name is found in other letters (see `bones`); none for one that is long."""
    if is_romanized(name):
        keys = {"".join(words) for words in _sources(name)}
        # Where no vowels are written, a dental before a sibilant need not be one sound with it.
        keys |= {_VOWEL_BETWEEN.sub(r"\1ا", key) for key in keys}
        return frozenset(map(bones, keys))
    latin = _latin(name)
    return frozenset({bones("".join(latin))} if latin else ())


def may_be_place(typed: str, name: str) -> bool:
    """May two names, one in Latin letters and one in others, be spellings of one?

    >>> may_be_place("Kordofan", "كردفان"), may_be_place("Роботиному", "Robotyne")
    (True, True)
    >>> may_be_place("Kordofan", "Kurdufan"), may_be_place("Kordofan", "Кременчук")
    (False, False)
    """
    if is_romanized(typed) == is_romanized(name):
        return False
    source, latin = (typed, _latin(name)) if is_romanized(typed) else (name, _latin(typed))
    if sum(map(len, latin)) < _SHORTEST:
        return False
    return any(
        spell(words, latin)
        if len(words) == len(latin)
        else spell(["".join(words)], ["".join(latin)])
        for words in _sources(source)
    )


def _latin(name: str) -> list[str]:
    """The words of a name in Latin letters, without articles; none if there are too many."""
    words = plain(name).split()
    words = [word for word in words if not _ARTICLE.fullmatch(word)] or words
    return words if len(words) <= _MOST_WORDS else []


def _sources(name: str) -> Iterator[list[str]]:
    """The words of a name in other letters in all that it may be, without articles.

    Some letters tell more than their plain spelling does (ї, أ), so both are asked.
    """
    letters = _MARKS.sub("", unicodedata.normalize("NFC", name.lower()))
    for key in dict.fromkeys((" ".join(_WORD.findall(letters)), plain(name))):
        words = [_ARABIC_ARTICLE.sub("", word) for word in key.split()]
        if len(words) > _MOST_WORDS:
            continue
        yield words
        if any(word.endswith("ة") for word in words[:-1]):  # spoken before what follows
            yield [*(word.removesuffix("ة") + "ت" for word in words[:-1]), words[-1]]
        for base in place_bases(key):
            yield base.split()
