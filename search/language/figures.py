"""Figures: how else is a number written? `3,000` is `3000` and *three thousand*, `2nd` is *second*.

English words alone. Numbers to ten are left as they are, since *2 May* and *Article 5* are no
*two* and *five* of anything; so are *first* to *tenth*, but of units (*second battalion*); and a
year has no words. What stands here only proposes, as other
spellings do: `20` finds *twenty* in *twenty-five*, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENTHS = {tens: f"{tens[:-1]}ieth" for tens in _TENS}
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, 2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_UNITS = frozenset(
    "airborne armored armoured army artillery battalion battery brigade cavalry company corp"
    " division fleet front guard infantry marine platoon regiment squad squadron wing".split()
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.'\u00a0\u202f]\d{3})+")
_PLAIN = re.compile(r"[1-9]\d{0,11}")
_ORDINAL = re.compile(r"([1-9]\d?)(?:st|nd|rd|th)")
_YEARS = range(1800, 2101)


def _ending(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number, "th")


_HYPHENED = {
    f"{tens}-{word}": f"{10 * at + number}{ending}"
    for at, tens in enumerate(_TENS, 2)
    for number in range(1, 10)
    for word, ending in (
        (_SMALL[number], ""),
        (_ORDINALS[number], _ending(number)),
    )
}
"""*Twenty-five* and *twenty-first*, which are typed as one word, in figures."""
_LEAST = 11
_LONGEST = 100  # numbers below this are written out to the last digit, greater ones when round
MOST_WORDS = 6
"""Words of a number that are read as one: *two hundred and fifty thousand*."""


@lru_cache(maxsize=1 << 10)
def figures(word: str) -> tuple[str, ...]:
    """The other spellings of a number as typed, in one word; empty for what is none."""
    typed = word.casefold()
    if found := _ORDINAL.fullmatch(typed):
        return tuple(_ordinal(int(found[1])))
    if typed in _ORDINALS[_LEAST:]:
        return (f"{_ORDINALS.index(typed)}th",)
    if _GROUPED.fullmatch(typed):
        value = int(re.sub(r"\D", "", typed))
        return tuple(one for one in _spelled(value) if one != typed)
    if _PLAIN.fullmatch(typed):
        value = int(typed)
        if value in _YEARS or value < _LEAST:
            return ()
        return tuple(one for one in _spelled(value) if one != typed)
    if typed in _HYPHENED:
        return (_HYPHENED[typed],)
    value = _VALUES.get(typed, 0)
    return (str(value),) if value >= _LEAST else ()


def numbered(ordinal: str, unit: str) -> str:
    """How the number of a unit is written in figures (`2nd`); empty for what is none."""
    number = _ORDINALS.index(ordinal) if ordinal in _ORDINALS else 0
    return f"{number}{_ending(number)}" if number and unit.removesuffix("s") in _UNITS else ""


def in_words(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that some words begin with, of two words and more, and how many they are."""
    for count in range(min(len(words), MOST_WORDS), 1, -1):
        value = _value([one.casefold() for one in words[:count]])
        if value is not None:
            return value, count
    return None


def spelled_otherwise(value: int, words: Sequence[str]) -> tuple[str, ...]:
    """The other spellings of a number that was typed as some words."""
    typed = " ".join(words).casefold()
    return tuple(one for one in dict.fromkeys((str(value), *_spelled(value))) if one != typed)


def _value(words: Sequence[str]) -> int | None:
    """What some words say, each of which must be one of a number: `3 million`, *forty five*."""
    total, part, last = 0, 0, 0
    for place, word in enumerate(words):
        if word == "and" and 0 < place < len(words) - 1 and last >= _SCALES["hundred"]:
            continue
        scale = _SCALES.get(word)
        if scale is None:
            value = _VALUES.get(word) or (int(word) if place == 0 and _PLAIN.fullmatch(word) else 0)
            fits = not part or (value < 10 <= last < 100 and last % 10 == 0) or last == 100
            if not value or not fits or (last == 100 and value >= 100):
                return None
            part, last = part + value, value
        elif scale == _SCALES["hundred"]:
            part = part or (place == 0)  # the words of a question have no *a*
            if not 0 < part < scale:
                return None
            part, last = part * scale, scale
        else:
            part = part or (place == 0)
            if not part or (total and scale >= _least_scale(total)):
                return None
            total, part, last = total + part * scale, 0, scale
    return total + part


def _least_scale(total: int) -> int:
    """The last scale that a number was made with: *thousand* of *two million three thousand*."""
    return max(scale for scale in _SCALES.values() if not total % scale)


def _spelled(value: int) -> Iterator[str]:
    """All spellings of a number, but for its digits in a row where it has no thousands."""
    if value >= 1000:
        yield str(value)
        yield f"{value:,}"
    if value < _LONGEST or not value % 10:
        yield from _in_words(value)
    if value >= 10**6 and not value % 10**5:
        millions, tenths = divmod(value // 10**5, 10)
        yield f"{millions}.{tenths} million" if tenths else f"{millions} million"


def _in_words(value: int) -> Iterator[str]:
    """A number in words, where it has at most three digits that are no zero: all ways to say it."""
    if not value:
        return
    if value < 20:
        yield _SMALL[value]
    elif value < 100:
        tens, ones = divmod(value, 10)
        yield f"{_TENS[tens - 2]} {_SMALL[ones]}" if ones else _TENS[tens - 2]
    elif value < 1000:
        yield from _with_rest(*divmod(value, 100), "hundred")
    else:
        if value < 10_000 and value % 1000 and not value % 100:
            yield f"{next(_in_words(value // 100))} hundred"
        scale, name = next(
            (scale, name) for name, scale in reversed(_SCALES.items()) if value >= scale
        )
        yield from _with_rest(*divmod(value, scale), name)


def _with_rest(times: int, rest: int, scale: str) -> Iterator[str]:
    before = next(_in_words(times))
    for begun in (before, "a") if times == 1 else (before,):
        if not rest:
            yield f"{begun} {scale}"
            continue
        for after in _in_words(rest):
            yield f"{begun} {scale} {after}"
            if scale == "hundred" or rest < 100:
                yield f"{begun} {scale} and {after}"


def _ordinal(number: int) -> Iterator[str]:
    if number < 20:
        yield _ORDINALS[number]
        return
    tens, ones = divmod(number, 10)
    yield f"{_TENS[tens - 2]} {_ORDINALS[ones]}" if ones else _TENTHS[_TENS[tens - 2]]
