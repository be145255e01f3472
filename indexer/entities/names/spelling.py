"""Spelling of names: when are two spellings the same name? Pure functions from a name to its keys.

Two keys, the second coarser than the first:

* `plain`: case, accents, punctuation and possessives gone. Public ids are made from it, so it must
  never change.
* `skeleton`: romanizations of Cyrillic and Arabic made one (Zelenskyy, Zelenskiy, Zelensky;
  Gaddafi, Qaddafi, Kadhafi). Names are merged by it; it may be improved at any time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ı": "i", "ə": "a", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'",
    }
)  # fmt: skip

_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh",
        "з": "z", "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz",
    }
)  # fmt: skip

# What the romanizations below make of a first letter, so that an initial still fits its name.
_INITIALS = str.maketrans("jgqxweo", "ykkkvau")

_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_NOT_WORD = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|ad|an|ar|at|az)[- ](?=\w{3})", re.IGNORECASE)

_ROMANIZATIONS = tuple(
    (always, re.compile(pattern), replacement)
    for always, pattern, replacement in (
        ("ch", r"shch|sch", "sh"),
        ("c", r"tch|cz|tsch", "ch"),
        ("t", r"tz|ts", "c"),
        ("d", r"dzh|dj", "j"),
        ("ph", r"ph", "f"),
        ("ck", r"ck", "k"),
        ("x", r"^x", "ks"),
        ("x", r"x", "ks"),
        ("dh", r"dh", "d"),
        ("th", r"th", "t"),
        ("", r"gh|kh|q|g", "k"),
        ("w", r"(?<=[aeiou])w|^w|w$|(?<=[^aeiou])w", "v"),
        ("o", r"ou|oo", "u"),
        ("e", r"ee|ie(?=[^aeiou]|$)", "i"),
        ("", r"[iy]+[jy]+[aeou]?$|i[jy]$|[iyj]+$", "i"),
        ("e", r"^[iyj]e|(?<=[aeiouj])ye", "e"),
        ("", r"[iyj](?=[aou])", "y"),
        ("ye", r"ye", "e"),
        ("y", r"y(?![aou])", "i"),
        ("h", r"h$", ""),
        ("", r"(.)\1+", r"\1"),
        ("e", r"e", "a"),
        ("o", r"o", "u"),
    )
)
"""Letters without which a pattern is not looked for, as that is slower; the pattern; and what
stands for it.
"""


@lru_cache(maxsize=1 << 18)
def plain(name: str) -> str:
    """The name in lower case, accents, punctuation and possessives gone; words by single spaces.

    Full stops between single letters vanish (`U.N.` and `UN` are one), hyphens part words. Never
    empty unless the name holds no letter or digit.
    """
    if name.isascii() and name.isalpha():
        return name.lower()  # most names of places: nothing else to fold
    folded = name.casefold() if name.isascii() else _unaccented(name)
    bare = _POSSESSIVE.sub("", folded).replace("'", "").replace("`", "")
    return _NOT_WORD.sub(" ", re.sub(r"(?<=\b\w)\.(?=\w?\b)", "", bare)).strip()


def _unaccented(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 18)
def skeleton(name: str) -> str:
    """The name with every romanization of the same letters made one.

    Cyrillic is romanised first. Words keep their order; an Arabic article (al-, el-) is dropped.
    After the tables of BGN/PCGN (Russian 1947, Ukrainian 2019, Arabic 1956) and the press
    spellings that depart from them.
    """
    dropped = _ARTICLE.sub("", name)
    dropped = re.sub(
        r"(?<=\s)(?:al|el|ul|as|ash|ad|an|ar|at|az)[- ](?=\w{3})", "", dropped, flags=re.I
    )
    return " ".join(_skeleton_of_word(word) for word in plain(dropped).split())


@lru_cache(maxsize=1 << 18)
def _skeleton_of_word(word: str) -> str:
    key = word.translate(_CYRILLIC)
    if len(key) == 1:
        return key.translate(_INITIALS)
    if len(key) == 2:
        return key
    for always, pattern, replacement in _ROMANIZATIONS:
        if always in key:
            key = pattern.sub(replacement, key)
    return key or word


def initials(name: str) -> str:
    """The letters that an acronym of the name would take, small words skipped; lower case."""
    words = plain(name).split()
    return "".join(word[0] for word in words if word not in _SMALL_WORDS)


_SMALL_WORDS = frozenset(
    """
    a an and de del des di do du for in la le of on the to und y
    """.split()
)
