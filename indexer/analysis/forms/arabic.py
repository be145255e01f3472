"""Arabic plurals: which words may be the plural of one by the letters inside it, and back?

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
