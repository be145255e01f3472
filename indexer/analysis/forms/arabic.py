"""Arabic: which words may be the plural of one by the letters inside it, and back? And which of the
forms that a dictionary has are of another word, by their consonants?

A noun of four consonants, and one of three with a long vowel, has one such plural (*محكمة*,
*محاكم*; *شارع*, *شوارع*; *قانون*, *قوانين*), whatever its meaning; dictionaries lack many. A noun
of three letters may have any of ten, so that those are left to dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHAPES = (
    ("1234ه?", "12ا34"),  # محكمه, منزل, قنبله
    ("1ا23ه?", "1وا23"),  # شارع, قاعده
    ("12ي3ه", "12اي3"),  # كتيبه
    ("12ا3ه", "12اي3"),  # رساله
    ("123و4", "12ا3ي4"),  # صندوق
    ("123ا4", "12ا3ي4"),  # مصباح
    ("1ا2و3", "1وا2ي3"),  # صاروخ
)
"""Folded: of one and of many; digits are letters of the root."""


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\d", "([^اه])", shape))


_MANY = tuple((_pattern(one), many) for one, many in _SHAPES)
_ONE = tuple((_pattern(many), one) for one, many in _SHAPES)


def plurals(surface: str) -> Iterator[str]:
    """The words that may be the plural of a noun, or what it may be the plural of."""
    for pattern, other in (*_MANY, *_ONE):
        found = pattern.fullmatch(surface)
        if found is None:
            continue
        word = re.sub(r"\d", lambda digit: found[int(digit[0])], other)  # noqa: B023 - used at once
        yield word.replace("?", "")
        if word.endswith("?"):
            yield word.removesuffix("ه?")


_WEAK = str.maketrans("", "", "اويءه")  # letters that come and go in the forms of a word
_AROUND = frozenset("متنسل")  # letters that forms have before and inside those of a word
_PREPOSITIONS = tuple("بلكف")
_LEAST_CONSONANTS = 2  # that say something
_LEAST_STEM = 3  # letters; of a shorter one the word itself says more


def may_be_form(surface: str, stem: str, form: str) -> bool:
    """May a stem be that of a form of a word, by its consonants?

    Many words have one stem, so that a dictionary of stems gives the forms of all: windows
    (*شبابيك*) of youth (*شباب*), of a hostage (*رهينة*) whatever begins with its two letters.
    """
    own = _consonants(stem if len(stem) >= _LEAST_STEM else surface)
    if len(own) < _LEAST_CONSONANTS or _has(form, own) or _has(form, _consonants(surface)):
        return True
    # The stemmer takes the first letter of *بلاد* for a preposition.
    return surface[:1] in _PREPOSITIONS and _has(surface[0] + form, _consonants(surface))


def _has(form: str, own: str) -> bool:
    """Has a form the consonants of a word, in this order, and no others but what forms have?"""
    left = list(own)
    for letter in _consonants(form):
        if left and letter == left[0]:
            left.pop(0)
        elif letter not in _AROUND:
            return False
    return not left or left == ["ن"]  # the stemmer takes *ون* off (*سجون*)


def _consonants(word: str) -> str:
    """Without weak letters, and a doubled one once."""
    return re.sub(r"(.)\1", r"\1", word.translate(_WEAK))
