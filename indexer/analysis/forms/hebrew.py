"""Hebrew verbs: which words are forms of one, by the letters that stand between those of its root?

Dictionaries have a verb's infinitive and past mostly, and seldom what somebody does now (*כותב*) or
will do. Only simple verbs are told, of three letters, or of two and a last *ה*; and only where the
infinitive is a word of the dictionary or of some article, as a noun has the same letters (*ספר*).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_LETTERS = "אבגדהזחטכלמנסעפצקרשת"  # neither vav nor yod, which stand between
_AT_END = str.maketrans("כמנפצ", "ךםןףץ")
_INSIDE = str.maketrans("ךםןףץ", "כמנפצ")
_STRONG = (
    "{0}{1}{2} {0}{1}{2}ה {0}{1}{2}ו {0}{1}{2}תי {0}{1}{2}נו {0}{1}{2}תם"
    " {0}ו{1}{2} {0}ו{1}{2}ת {0}ו{1}{2}ים {0}ו{1}{2}ות"
    " י{0}{1}ו{2} ת{0}{1}ו{2} נ{0}{1}ו{2} י{0}{1}{2}ו ל{0}{1}ו{2}"
    " {0}{1}ו{2} {0}{1}ו{2}ה {0}{1}ו{2}ים {0}{1}ו{2}ות"
).split()
_WEAK = (
    "{0}{1}ה {0}{1}תה {0}{1}ו {0}{1}יתי {0}{1}ינו {0}ו{1}ה {0}ו{1}ים {0}ו{1}ות י{0}{1}ה ת{0}{1}ה"
    " י{0}{1}ו ל{0}{1}ות"
).split()
_INFINITIVES = {3: "ל{0}{1}ו{2}", 2: "ל{0}{1}ות"}


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{\d\}", f"([{_LETTERS}])", shape))


BEFORE_VERBS = tuple("ה ו ש כש וה שה וש".split())
"""What is written together with a verb in front."""
_SHAPES = tuple((_pattern(shape), shapes) for shapes in (_STRONG, _WEAK) for shape in shapes)


def verb_forms(surface: str, is_word: Callable[[str], bool]) -> Iterator[str]:
    """The forms of the verbs that a word may be one of.

    Args:
        surface: folded; its last letter may be written as at an end.
        is_word: whether the dictionary or some article has a word.
    """
    word = surface.translate(_INSIDE)
    for pattern, shapes in _SHAPES:
        found = pattern.fullmatch(word)
        if found is None or not is_word(
            _written(_INFINITIVES[len(found.groups())], found.groups())
        ):
            continue
        for shape in shapes:
            yield _written(shape, found.groups())


def _written(shape: str, root: Sequence[str]) -> str:
    word = shape.format(*root)
    return word[:-1] + word[-1].translate(_AT_END)
