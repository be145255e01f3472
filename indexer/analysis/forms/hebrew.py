"""Hebrew verbs: which words are forms of one, by the letters that stand between those of its root?

Dictionaries have a verb's infinitive and past mostly, and seldom what somebody does now (*כותב*) or
will do. Only simple verbs are told, of three letters, or of two and a last *ה* or a first *י*; and
only where the infinitive is a word of the dictionary or of some article, as a noun has the same
letters (*ספר*), or the verb is listed.
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
_FIRST_YOD = (
    "י{0}{1} י{0}{1}ה י{0}{1}ו י{0}{1}תי י{0}{1}נו יו{0}{1} יו{0}{1}ת יו{0}{1}ים יו{0}{1}ות ת{0}{1}"
    " נ{0}{1} ל{0}{1}ת"
).split()
_WITH_YOD = frozenset("שב רד צא דע לד רש".split())
"""What follows the first yod of those verbs: their infinitives are in no dictionary (לשבת)."""
_FAMILIES = ((_STRONG, "ל{0}{1}ו{2}"), (_WEAK, "ל{0}{1}ות"), (_FIRST_YOD, ""))
"""The shapes of each kind of verb, and its infinitive."""


def _pattern(shape: str) -> re.Pattern[str]:
    first = shape.replace("{0}", f"([{_LETTERS}י])") if shape in _WEAK else shape  # ירה
    return re.compile(re.sub(r"\{\d\}", f"([{_LETTERS}])", first))


MAYBE_NOUN = re.compile("ת..ו.|.{2}ו.ה")
"""What somebody will do, and what was done to her: nouns have these shapes as well."""
BEFORE_VERBS = tuple("ה ו ש כש וה שה וש".split())
"""What is written together with a verb in front."""
_SHAPES = tuple(
    (_pattern(shape), shapes, infinitive) for shapes, infinitive in _FAMILIES for shape in shapes
)


def verb_forms(surface: str, is_word: Callable[[str], bool]) -> Iterator[str]:
    """The forms of the verbs that a word may be one of.

    Args:
        surface: folded; its last letter may be written as at an end.
        is_word: whether the dictionary or some article has a word.
    """
    word = surface.translate(_INSIDE)
    for pattern, shapes, infinitive in _SHAPES:
        found = pattern.fullmatch(word)
        if found is None:
            continue
        root = "".join(found.groups())
        if not (is_word(_written(infinitive, root)) if infinitive else root in _WITH_YOD):
            continue
        for shape in shapes:
            yield _written(shape, found.groups())


def _written(shape: str, root: Sequence[str]) -> str:
    word = shape.format(*root)
    return word[:-1] + word[-1].translate(_AT_END)
