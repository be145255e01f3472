"""Korean names: which spellings in Latin letters may be one name? Its surname, and two syllables.

Korea is romanized after McCune and Reischauer, by the ministry's own rules of 1984 and 2000, and as
each family likes: Park Chung Hee and Pak Chŏng-hŭi, Kim Dae-jung and Kim Tae-chung. A name is a
surname, of which there are few, and two syllables that nothing else allows, so that what it is
spelled like proves that it was romanized at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SURNAMES = (
    "kim gim", "lee yi rhee ri yee", "park pak bak", "choi choe chwe", "chung chong jung jeong",
    "kang gang", "cho jo", "yoon yun", "chang jang", "lim im rim yim", "oh", "han", "shin sin",
    "suh seo", "kwon gwon", "hwang", "ahn an", "song", "yoo yu ryu you", "hong", "chun chon jeon",
    "ko koh go", "moon mun", "yang", "son sohn", "paik paek baek baik", "bae pae", "hur huh heo ho",
    "noh roh no", "nam", "shim sim", "ha", "kwak gwak", "sung seong", "cha", "chu joo ju choo",
    "koo ku gu", "woo u", "min", "chin jin", "na ra", "um eom om", "won", "hahm ham",
    "pyon byun byon pyun byeon", "kil gil", "chae", "bang pang", "hyun hyon", "kong gong", "kye",
    "ok ock", "tak", "to doh do", "pong bong", "so", "ki",
)  # fmt: skip
"""Those that are one, in each line."""
_NUMBERS = {name: group.split()[0] for group in _SURNAMES for name in group.split()}
_SPELLINGS = {name: group.split() for group in _SURNAMES for name in group.split()}
_SYLLABLE = re.compile(
    r"(?P<onset>kk|k|g|tt|t|d|pp|p|b|tch|ch|j|ss|sh|s|l|r|m|n|h)?(?P<glide>[yw])?"
    r"(?P<vowel>eui|eou|eo|eu|ae|ai|ay|oo|ou|oi|oe|ui|uh|oh|ah|ee|ey|[aeiou])"
    r"(?P<coda>ng|n|m|ck|k|g|p|b|l|r|t|d|s|h)?"
)
_ONSETS = {
    "kk": "k", "g": "k", "tt": "t", "d": "t", "pp": "p", "b": "p", "tch": "c", "ch": "c", "j": "c",
    "ss": "s", "sh": "s", "r": "l",
}  # fmt: skip
_VOWELS = {
    "a": "A", "ah": "A", "ae": "E", "ai": "E", "ay": "E", "e": "E", "ey": "E", "oe": "E", "oi": "E",
    "i": "I", "ee": "I", "ui": "I", "eui": "I",
}  # fmt: skip
_ROUND = "O"  # all others: Chŏng is Chung and Chong, Hun is Hoon
_CODAS = {"ck": "k", "g": "k", "b": "p", "r": "l", "d": "t", "s": "t", "h": ""}
_WORDS = 3


def spellings(surname: str) -> Sequence[str]:
    """All spellings of a surname of Korea (plain), which some families write so and papers another
    way; none of another word.

    >>> spellings("park")
    ['park', 'pak', 'bak']
    """
    return _SPELLINGS.get(surname, ())


def is_surname_first(words: Sequence[str]) -> bool:
    """Are these words (as `plain` makes them) a surname of Korea and two syllables?"""
    return len(words) == _WORDS and words[0] in _NUMBERS and all(map(_sound, words[1:]))


@lru_cache(maxsize=1 << 15)
def person(words: tuple[str, ...]) -> tuple[str, str] | None:
    """What stands for the given name and for the surname of a Korean name in Latin letters; the
    same for all its spellings. None of another name.

    Args:
        words: as `plain` makes them, the surname first or last.

    >>> person(("pak", "chong", "hui")) == person(("chung", "hee", "park"))
    True
    """
    if is_surname_first(words):
        surname, given = words[0], words[1:]
    elif is_surname_first((*words[-1:], *words[:-1])):
        surname, given = words[-1], words[:-1]
    else:
        return None
    return "-".join((*map(_sound, given), "")), _NUMBERS[surname]


def _sound(word: str) -> str:
    """What a syllable of Korean sounds like, as far as all spellings say so; empty for none."""
    found = _SYLLABLE.fullmatch(word)
    if found is None:
        return ""
    onset, coda = found["onset"] or "", found["coda"] or ""
    return (
        _ONSETS.get(onset, onset)
        + (found["glide"] or "")
        + _VOWELS.get(found["vowel"], _ROUND)
        + _CODAS.get(coda, coda)
    )
