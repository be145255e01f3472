"""Tables: what does each language write in Latin letters for one in Cyrillic, Arabic or Hebrew?

Each language that romanizes has a table (Duden 2020 and the press for German, French and Polish
usage, TDK for Turkish, BGN/PCGN and the press for English). Here too is what the comparisons of
words begin with: letters that no romanization changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TypeAlias

from indexer.entities import lexicon

Table: TypeAlias = dict[str, tuple[str, ...]]
"""One letter or two → what may be written for them; the empty string for nothing."""
Both: TypeAlias = dict[tuple[str, str], list[tuple[str, str]]]
"""The first letters of two spellings → what two languages may write for one letter."""
CYRILLIC, ARABIC, PROVED = "cyrillic", "arabic", "arabic, proved"
OWN = "cyrillic-own"
_VOWELLESS = "vowelless"
ROMANIZING = {
    CYRILLIC: tuple(
        f"cyrillic-{language}" for language in ("en", "de", "fr", "pl", "tr", "es", "south")
    ),
    ARABIC: tuple(f"arabic-{language}" for language in ("en", "fr", "de")),
    # In these, names are one that others part (Hatib, Khatib): only where more is known.
    PROVED: tuple(f"arabic-{language}" for language in ("en", "fr", "de", "tr", "es", "pl")),
}
ALL = (*ROMANIZING[CYRILLIC], OWN)
_SHORT_VOWEL = ("ou", "a", "e", "i", "o", "u", "y", "")
CONSONANTS_ONLY = re.compile(r"[\u0621-\u06cc\u05d0-\u05ea]")
ARABIC_KEYS = str.maketrans("یىک", "ييك")
"""Letters of Persian keyboards, and as Egypt writes → those of Arabic ones."""
ARTICLE = "\u0640"
"""Stands in a compound (Abd al-Rahman) where its second word has an article, however written."""
SUN_ARTICLE = tuple(
    (
        "|al|el|ul|ol|oul|il|l|as|es|us|ar|er|ur|an|en|un|ad|ed|ud|at|et|ut|az|ez|uz|ash|esh|ush"
        "|a|e|u|ou|r|s|n|d|t|z"
    ).split("|")
)
# Letters that are the same in every script and romanization; what is left of a word are its bones.
_BONES = str.maketrans(
    {
        "л": "l", "р": "r", "м": "m", "н": "n", "т": "t", "д": "t", "d": "t",
        "ل": "l", "ر": "r", "م": "m", "ن": "n", "ت": "t", "ط": "t", "د": "t", "ث": "t", "ض": "t",
        "ל": "l", "ר": "r", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ת": "t", "ט": "t", "ד": "t",
    }
)  # fmt: skip
_HISSED = re.compile(r"[tdдтدتטתד](?=[szcjсшчцжщسشצסשצז]|dsch)|[dд](?=h)|(?<=d)ж")
_NO_BONE = re.compile(r"[^lrmnt]")
TWICE = re.compile(r"(.)\1+")
_COMPOUND = re.compile("^abd[aeiou]*l?|^(?:عبد|עבד)\u0640?ل?")


@lru_cache(maxsize=1 << 17)
def bones(word: str) -> str:
    """The letters of a word that no romanization changes: its liquids, nasals and dentals. Words
    that may stand for each other have the same; most others have not.
    """
    letters = _COMPOUND.sub("t-", TWICE.sub(r"\1", word.lower()))
    return TWICE.sub(r"\1", _NO_BONE.sub("", _HISSED.sub("", letters).translate(_BONES)))


@cache
def table_of(language: str) -> Table:
    tables = lexicon.romanizations()
    return _read(tables[language.partition("-")[0]]) | _read(tables[language])


def _read(text: str) -> Table:
    pairs = (pair.partition("=") for pair in text.split())
    return {
        letters: tuple(sorted(latin.split("|"), key=len, reverse=True))
        for letters, _, latin in pairs
    }


@cache
def at_the_end() -> Table:
    return _read(lexicon.romanizations()[_VOWELLESS])


@cache
def _inside() -> Table:
    with_vowels = {
        letters: tuple(dict.fromkeys(one + vowel for one in latin for vowel in _SHORT_VOWEL))
        for letters, latin in at_the_end().items()
    }
    return with_vowels | {ARTICLE: SUN_ARTICLE}


@lru_cache(maxsize=1 << 17)
def letters_of(latin: str) -> int:
    """Which letters a word has, a bit each, from a to z. Most words that have the same bones are
    told apart by these, long before they are gone through letter by letter.
    """
    return sum(1 << ord(letter) - _A for letter in set(latin) if "a" <= letter <= "z")


_A = ord("a")
EVERY_LETTER, NO_LETTER = -1, 0
SILENT = frozenset("аоеэ")


def tables_of(language: str, *, is_without_vowels: bool) -> tuple[Table, Table]:
    """For the letters of a word, and for its last."""
    if is_without_vowels:
        return _inside(), at_the_end()
    return table_of(language), table_of(language)


def single(word: str) -> str:
    """A word without what repeats a letter, or two that stand for one (Kilinochchi)."""
    return _TWICE.sub(r"\1", word)


_TWICE = re.compile(r"([csktdgz]h|.)\1+")


def first_letters(letters: str, languages: Iterable[str]) -> set[str]:
    """What some languages may write first for a word without doubled letters; the letter it begins
    with is never left out.
    """
    is_without_vowels = has_no_vowels(letters)
    return {
        written[0]
        for language in languages
        for table in tables_of(language, is_without_vowels=is_without_vowels)
        for size in (1, 2)
        for written in table.get(letters[:size], ())
        if written
    }


def languages_for(name: str) -> tuple[str, ...]:
    """Those whose tables differ for it: what any language writes is one, where vowels are left
    out.
    """
    languages = ROMANIZING[CYRILLIC]
    return languages[:1] if has_no_vowels(name) else languages


def has_no_vowels(name: str) -> bool:
    return CONSONANTS_ONLY.search(name) is not None


ALEF = re.compile("^[اإ]")  # bare at the beginning it may be any vowel
