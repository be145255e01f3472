"""Polish names: in what cases do they stand in a text, and of which names may a form be one?

Declensions of names (Saloni et al., Słownik gramatyczny języka polskiego, 2015). As in Cyrillic, a
listed name is declined, and a form that nobody uses does no harm; a form in a text is led back to
whatever nominatives it may come from, and who has none of these names is not meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import TypeAlias

LANGUAGE = "pl"
Cases: TypeAlias = tuple[str, str, str, str, str]
"""Endings of genitive, dative, accusative, instrumental and locative; several joined by |."""

# Ending of the nominative → the other cases; the longest that fits counts.
_NOUNS: dict[str, Cases] = {
    "a": ("y", "ie", "ę", "ą", "ie"),
    "ra": ("ry", "rze", "rę", "rą", "rze"),
    "ta": ("ty", "cie", "tę", "tą", "cie"),
    "sta": ("sty", "ście", "stę", "stą", "ście"),
    "da": ("dy", "dzie", "dę", "dą", "dzie"),
    "ła": ("ły", "le", "łę", "łą", "le"),
    "la": ("li", "li", "lę", "lą", "li"),
    "ka": ("ki", "ce", "kę", "ką", "ce"),
    "ga": ("gi", "dze", "gę", "gą", "dze"),
    "cha": ("chy", "sze", "chę", "chą", "sze"),
    "ja": ("ji", "ji", "ję", "ją", "ji"),
    "ia": ("i|ii", "i|ii", "ię", "ią", "i|ii"),
    "ca": ("cy", "cy", "cę", "cą", "cy"),
    "sza": ("szy", "szy", "szę", "szą", "szy"),
    "cza": ("czy", "czy", "czę", "czą", "czy"),
    "rza": ("rzy", "rzy", "rzę", "rzą", "rzy"),
    "ża": ("ży", "ży", "żę", "żą", "ży"),
    "o": ("a", "u", "o", "em", "ie"),
    "ko": ("ka", "ku", "ko", "kiem", "ku"),
    "enko": ("enki", "ence", "enkę", "enką", "ence"),
    "to": ("ta", "tu", "to", "tem", "cie"),
    "ro": ("ra", "ru", "ro", "rem", "rze"),
    "lo": ("la", "lu", "lo", "lem", "lu"),
    "e": ("a", "u", "e", "em", "u"),
    "ów": ("owa", "owowi", "ów|owa", "owem", "owie"),
    "ń": ("nia", "niowi", "ń|nia", "niem", "niu"),
    "ec": ("ca|cu", "cowi", "ec|ca", "cem", "cu"),
    "iec": ("ca|cu", "cowi", "iec|ca", "cem", "cu"),
    "ek": ("ka|ku", "kowi", "ek|ka", "kiem", "ku"),
    "eł": ("ła|łu", "łowi", "eł|ła", "łem", "le"),
    "der": ("dra|dru", "drowi", "der|dra", "drem", "drze"),
    "t": ("ta|tu", "towi", "t|ta", "tem", "cie"),
    "st": ("sta|stu", "stowi", "st|sta", "stem", "ście"),
    "d": ("da|du", "dowi", "d|da", "dem", "dzie"),
    "r": ("ra|ru", "rowi", "r|ra", "rem", "rze"),
    "ł": ("ła|łu", "łowi", "ł|ła", "łem", "le"),
    "k": ("ka|ku", "kowi", "k|ka", "kiem", "ku"),
    "g": ("ga|gu", "gowi", "g|ga", "giem", "gu"),
    **{
        hard: (f"{hard}a|{hard}u", f"{hard}owi", f"{hard}|{hard}a", f"{hard}em", f"{hard}ie")
        for hard in ("b", "f", "m", "n", "p", "s", "v", "w", "z")
    },
    **{
        soft: (f"{soft}a|{soft}u", f"{soft}owi", f"{soft}|{soft}a", f"{soft}em", f"{soft}u")
        for soft in ("c", "ch", "cz", "h", "j", "l", "rz", "sz", "ż")
    },
}
_SURNAMES: dict[str, Cases] = {
    "ki": ("kiego", "kiemu", "kiego", "kim", "kim"),
    "y": ("ego", "emu", "ego", "ym", "ym"),
    "ska": ("skiej", "skiej", "ską", "ską", "skiej"),
    "cka": ("ckiej", "ckiej", "cką", "cką", "ckiej"),
}
_TOWNS: dict[str, Cases] = {"y": ("", "om", "y", "ami", "ach")}
_VOWELS = "aąeęioóuy"
_SHORTEST_STEM = 2
_SHORTEST_NAME = 3
_LONGEST_ENDING, _LONGEST_CASE = 4, 6


def cases(name: str, *, is_place: bool = False) -> Iterator[str]:
    """The name, and what its words are together in the other cases.

    >>> sorted(cases("Charków", is_place=True))
    ['Charkowa', 'Charkowem', 'Charkowie', 'Charkowowi', 'Charków']
    """
    words = name.split()
    declined = [_declined(word, is_place=is_place) for word in words]
    is_woman = not is_place and len(words) > 1 and words[0].endswith("a")
    if is_woman and not words[-1].endswith("a"):
        declined[-1] = ((words[-1],),) * 5  # Angeli Merkel
    rows = (" ".join(row) for forms in zip(*declined, strict=True) for row in product(*forms))
    yield from dict.fromkeys((name, *rows))


def _declined(word: str, *, is_place: bool) -> tuple[Sequence[str], ...]:
    """Five cases of a word, each with what it may be; as it stands where none is known."""
    nominative = _ending(word, is_place=is_place)
    if not nominative or len(word) < _SHORTEST_NAME:
        return ((word,),) * 5
    stem = word[: -len(nominative)]
    endings = _rules(is_place=is_place)[nominative]
    return tuple([stem + one for one in ending.split("|")] for ending in endings)


def _ending(word: str, *, is_place: bool) -> str:
    """The longest ending of a nominative that has rules; nothing where none has."""
    rules = _rules(is_place=is_place)
    sizes = range(min(_LONGEST_ENDING, len(word) - 1), 0, -1)
    return next((word[-size:] for size in sizes if word[-size:] in rules), "")


@cache
def _rules(*, is_place: bool) -> dict[str, Cases]:
    return _NOUNS | (_TOWNS if is_place else _SURNAMES)


@cache
def _origins(*, is_place: bool) -> dict[str, tuple[str, ...]]:
    """Ending of a case → the nominatives it may come from."""
    found: dict[str, dict[str, None]] = {}
    for nominative, endings in _rules(is_place=is_place).items():
        for ending in "|".join(endings).split("|"):
            if ending and ending != nominative:
                found.setdefault(ending, {})[nominative] = None
    return {ending: tuple(nominatives) for ending, nominatives in found.items()}


@lru_cache(maxsize=1 << 14)
def bases(word: str, *, is_place: bool = False) -> tuple[str, ...]:
    """What a word of a name may be in the nominative; as it stands comes first.

    >>> "Kowalski" in bases("Kowalskiego"), "Lwów" in bases("Lwowie", is_place=True)
    (True, True)
    """
    forms = [word]
    origins = _origins(is_place=is_place)
    for size in range(min(_LONGEST_CASE, len(word) - _SHORTEST_STEM), 0, -1):
        for nominative in origins.get(word[-size:], ()):
            form = word[:-size] + nominative
            if _ending(form, is_place=is_place) == nominative:  # Kowalski is no Kowalska's
                forms.append(form)
    return tuple(dict.fromkeys(forms))


def is_namesake(one: str, other: str) -> bool:
    """Are two full names those of two, though one looks like a case of the other? The surname of a
    woman that ends in a consonant has no cases.

    >>> is_namesake("Jana Nowaka", "Jana Nowak"), is_namesake("Jana Nowaka", "Jan Nowak")
    (True, False)
    """
    (given, _, last), (same, _, other_last) = one.rpartition(" "), other.rpartition(" ")
    if given != same or not given.endswith("a") or last == other_last:
        return False
    return min(last, other_last, key=len)[-1] not in _VOWELS


# Cases of towns as they are compared, without accents, that no other language has: ending →
# the nominatives.
_TOWN_CASES = (
    ("skiem", ("sk",)), ("sku", ("sk",)), ("ski", ("ska",)), ("wce", ("wka",)), ("wki", ("wka",)),
    ("nej", ("na",)), ("kiej", ("ka",)),
    ("ego", ("e", "y")), ("emu", ("e", "y")), ("owem", ("ow", "owo", "owe")),
    ("owie", ("ow", "owo")),
    ("iec", ("ce",)), ("ny", ("na",)), ("by", ("ba",)), ("dy", ("da",)), ("ty", ("ta",)),
    ("em", ("", "o", "e")), ("owi", ("",)), ("ach", ("y", "e")), ("ami", ("y", "e")),
)  # fmt: skip
_SHORTEST_TOWN = 4  # letters of its stem


def town_bases(key: str) -> Iterator[str]:
    """What a town (plain spelling) of one word may be in the nominative, when it is in Polish, or
    of two, of which each may have any case.

    >>> list(town_bases("pokrowskiem"))[0], "port sudan" in town_bases("port sudanu")
    ('pokrowsk', True)
    """
    words = key.split()
    if len(words) == _TWO and key.isascii() and all(map(str.isalpha, words)):
        yield from town_nominatives(key)
    for case, nominatives in _TOWN_CASES:
        if key.isascii() and key.isalpha() and key.endswith(case):
            stem = key[: -len(case)]
            if len(stem) >= _SHORTEST_TOWN - 1:
                yield from (stem + nominative for nominative in nominatives)


def town_nominatives(name: str) -> Iterator[str]:
    """What the words of a town, in whatever case, may be together in the nominative."""
    each = [bases(word, is_place=True) for word in name.split()]
    rows = (" ".join(row) for row in product(*each))
    yield from (row for row in rows if row != name)


_TWO = 2  # words
