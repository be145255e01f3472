"""Acronyms: when is a word one because of its capitals?

`NGOs` is NGO, as `NGO's` is: the plural s behind capitals goes, before a stemmer could take it for
a part of the word. And a few acronyms are words too (`IT`, `US`, `WHO`): those written in capitals
stay so, so that a question in capitals finds the acronym alone. A question in small letters finds
both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from indexer.analysis.folding import APOSTROPHES, fold

CASED = frozenset("AIDS CAR ICE IS IT MOD PM POW SAM US WHO".split())
"""Acronyms of war reporting that are ordinary words or times of day in small letters."""

_CAPITALS = re.compile(rf"([A-Z]{{2,}})(?:[{re.escape(APOSTROPHES)}]?s)?")
_MIXED = re.compile(rf"([A-Z][A-Za-z]*[A-Z])(?:[{re.escape(APOSTROPHES)}]?s)?")
"""`PoWs` and `MoD` are acronyms as well, whose small letters are those of small words."""


def surface_of(word: str) -> str:
    """What is indexed and compared of one word of a text: folded, unless its capitals tell."""
    capitals = _CAPITALS.fullmatch(word.replace(".", "") if "." in word else word)
    if capitals is None:
        mixed = _MIXED.fullmatch(word)
        return mixed[1].upper() if mixed and mixed[1].upper() in CASED else fold(word)
    return capitals[1] if capitals[1] in CASED else fold(capitals[1])


def cased_stems(stem: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    """By the stem of a word in small letters, the acronyms that it is in capitals."""
    found: dict[str, tuple[str, ...]] = {}
    for acronym in sorted(CASED):
        own = stem(fold(acronym))
        found[own] = (*found.get(own, ()), acronym)
    return found


_LETTERS = re.compile(r"[^\W\d_]{1,8}")
_NUMBER = re.compile(r"\d{1,3}(?:[^\W\d_][^\W_]{0,2})??s?")  # those of four digits are years
_DESIGNATION = re.compile(r"([^\W\d_]{1,8})-?(\d{1,4}[^\W_]{0,3}?)(s?)")


_MEASURE = re.compile(r"(\d{1,5})-?(mm|cm|km|kg|kt|kw|mw|mph)", re.IGNORECASE)


def designations(word: str) -> tuple[str, ...]:
    """How else a designation is written: `MiG29` and `MiG-29s` as `MiG-29`; empty for others.

    Four spellings: with a hyphen or without, alone or in the plural. A measure has two, `155mm`
    and `155-mm`, which is `155 mm` as well.
    """
    measure = _MEASURE.fullmatch(word)
    if measure is not None:
        return ("".join(measure.groups()), "-".join(measure.groups()))
    found = _DESIGNATION.fullmatch(word)
    if found is None:
        return ()
    letters, number, _ = found.groups()
    joints, plurals = ("-", ""), ("", "s")
    return tuple(f"{letters}{joint}{number}{plural}" for joint in joints for plural in plurals)


def designated(letters: str, number: str) -> tuple[str, ...]:
    """The other spellings of a designation in two words, `MiG 29` or `155 mm`; empty for others."""
    if _MEASURE.fullmatch(f"{letters}{number}"):
        return (f"{letters}{number}",)
    if not (_LETTERS.fullmatch(letters) and _NUMBER.fullmatch(number)):
        return ()
    typed = f"{letters}-{number}"
    return tuple(one for one in designations(typed) if one != typed)
