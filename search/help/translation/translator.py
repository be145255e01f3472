"""Translator: what is a word in another language, by our own list and by dictionaries?

Dictionaries are those of dictd that an operator puts into a collection's folder `dictionaries`, as
files or links; their names tell the languages: `freedict-eng-deu.index`, `mueller7.index`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.errors import StorageError
from search.help.translation import listed
from search.help.translation.dictd import opened, translations
from search.help.translation.listed import ENGLISH

SISTERS: Mapping[str, str] = {"uk": "ru"}
"""A language that no dictionary leads to, and the one whose words are taken for its own, where
their letters agree."""
_MOST_OF_DICTIONARY = 6
"""What a dictionary says later of a word is seldom what was meant."""
_FROM_TO = re.compile(r"(?:^|.*[-_.])([a-z]{2,3})[-_]([a-z]{2,3})", re.I)
_CODES = {
    "ara": "ar", "bul": "bg", "ces": "cs", "deu": "de", "ell": "el", "eng": "en", "fas": "fa",
    "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "heb": "he", "hrv": "hr", "hun": "hu",
    "ita": "it", "jpn": "ja", "kur": "ku", "lit": "lt", "nld": "nl", "nor": "no", "per": "fa",
    "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "srp": "sr", "swe": "sv",
    "tur": "tr", "ukr": "uk",
}  # fmt: skip
_RUSSIAN = "mueller"  # V. K. Mueller's dictionary from English, whose name tells no language
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("er", ""),
)  # fmt: skip
_MARKS = '.,;:!?"“”„«»()'  # that somebody wrote behind a word
_LEAST = 3  # letters of a word without its ending


class Translator:
    """Our list, and the dictionaries of a folder, which need not be there.

    Attributes:
        problems: dictionaries that could not be read, and why.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._dictionaries = dictionaries(folder) if folder is not None else {}
        self.problems: dict[str, str] = {}

    def may_know_more(self, source: str, language: str) -> bool:
        """Would a dictionary from one language to another help, where none is here?"""
        targets = {language, SISTERS.get(language, language)}
        return not {(source, target) for target in targets} & self._dictionaries.keys()

    def options(self, words: str, language: str, source: str = ENGLISH) -> tuple[str, ...]:
        """Translations of a word, or of a row of words; none where nobody knows it.

        Dictionaries are asked for what our list does not have: beside it, what else they say is
        seldom what a report of war means (docs/decisions/0127-words-of-other-languages.md).

        Args:
            language: the one to translate into.
            source: the one that the words are in.
        """
        plain = words.strip(_MARKS)
        if ours := listed.translations(plain, source, language):
            return ours
        indexes = self._dictionaries.get((source, language), ())
        headwords = list(_headwords(plain.lower(), source))
        said = (self._of(index, headwords, language) for index in indexes)
        return tuple(dict.fromkeys(one for each in said for one in each))

    def _of(self, index: Path, headwords: list[str], language: str) -> list[str]:
        try:
            dictionary = opened(index, index.stat().st_mtime_ns)
            for headword in headwords:
                said = (
                    one
                    for entry in dictionary.entries(headword)
                    for one in translations(entry, headword, language)
                )
                if found := list(dict.fromkeys(said)):
                    return found[:_MOST_OF_DICTIONARY]
        except OSError as error:
            self.problems[index.stem] = error.strerror or str(error)
        except StorageError as error:
            self.problems[index.stem] = error.what
        return []


def dictionaries(folder: Path) -> dict[tuple[str, str], tuple[Path, ...]]:
    """The indexes of the dictionaries in a folder, by the languages they lead from and to."""
    found: dict[tuple[str, str], tuple[Path, ...]] = {}
    for index in sorted(folder.glob("*.index")):
        if pair := _from_to(index.stem):
            found[pair] = (*found.get(pair, ()), index)
    return found


def _from_to(name: str) -> tuple[str, str] | None:
    if name.startswith(_RUSSIAN):
        return ENGLISH, "ru"
    told = _FROM_TO.fullmatch(name)
    if told is None:
        return None
    source, target = (_CODES.get(code.lower(), code.lower()) for code in told.groups())
    return (source, target) if len(source) == len(target) == len(ENGLISH) else None


def _headwords(words: str, language: str) -> Iterator[str]:
    """Words as dictionaries list them: as typed; English ones then without an ending."""
    yield words
    for ending, instead in _ENDINGS if language == ENGLISH else ():
        root = words.removesuffix(ending)
        if root != words and len(root) >= _LEAST:
            yield root + instead
            if root[-1] == root[-2]:
                yield root[:-1] + instead
