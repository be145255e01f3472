"""Translator: what is an English word in another language, by our own list and by dictionaries?

The list (`words.tsv`) is short and ours: words of war reporting. Dictionaries are those of dictd
that an operator puts into a collection's folder `dictionaries`, as files or links; their names tell
the languages: `freedict-eng-deu.index`, `mueller7.index`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from corpus.errors import StorageError
from search.help.terms import stems_of
from search.help.translation.dictd import opened, translations

Key = TypeVar("Key")

SISTERS: Mapping[str, str] = {"uk": "ru"}
"""A language that no dictionary leads to, and the one whose words are taken for its own, where
their letters agree."""
_MOST_OF_DICTIONARY = 6
"""What a dictionary says later of a word is seldom what was meant."""
_FROM_ENGLISH = re.compile(r"(?:^|.*[-_.])(?:eng|en)[-_]([a-z]{2,3})", re.I)
_CODES = {
    "ara": "ar", "bul": "bg", "ces": "cs", "deu": "de", "ell": "el", "fas": "fa", "fin": "fi",
    "fra": "fr", "ger": "de", "fre": "fr", "per": "fa", "heb": "he", "hrv": "hr", "hun": "hu",
    "ita": "it", "jpn": "ja", "kur": "ku", "lit": "lt", "nld": "nl", "nor": "no", "pol": "pl",
    "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "srp": "sr", "swe": "sv", "tur": "tr",
    "ukr": "uk",
}  # fmt: skip
_RUSSIAN = "mueller"  # V. K. Mueller's dictionary, whose name tells no language
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

    @property
    def languages(self) -> frozenset[str]:
        """Those that it has words of."""
        return frozenset(self._dictionaries) | frozenset(_languages())

    def may_know_more(self, language: str) -> bool:
        """Would a dictionary of a language help, where none is here?"""
        return not {language, SISTERS.get(language, language)} & self._dictionaries.keys()

    def options(self, words: str, language: str) -> tuple[str, ...]:
        """Translations of a word, or of a row of words; none where nobody knows it.

        Dictionaries are asked for what our list does not have: beside it, what else they say is
        seldom what a report of war means (docs/decisions/0127-words-of-other-languages.md).
        """
        plain = words.strip(_MARKS).casefold()
        ours = _as_written().get((plain, language)) or _listed().get((stems_of(plain), language))
        if ours:
            return ours
        said = (self._of(index, plain, language) for index in self._dictionaries.get(language, ()))
        return tuple(dict.fromkeys(one for each in said for one in each))

    def _of(self, index: Path, words: str, language: str) -> list[str]:
        try:
            dictionary = opened(index, index.stat().st_mtime_ns)
            for headword in _headwords(words):
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


def dictionaries(folder: Path) -> dict[str, tuple[Path, ...]]:
    """The indexes of the dictionaries in a folder that translate English, by language."""
    found: dict[str, tuple[Path, ...]] = {}
    for index in sorted(folder.glob("*.index")):
        if language := _language(index.stem):
            found[language] = (*found.get(language, ()), index)
    return found


def _language(name: str) -> str:
    if name.startswith(_RUSSIAN):
        return "ru"
    told = _FROM_ENGLISH.fullmatch(name)
    if told is None:
        return ""
    code = told[1].lower()
    return _CODES.get(code, code if len(code) == len("de") else "")


def _headwords(words: str) -> Iterator[str]:
    """Words as dictionaries list them: as typed, then without an English ending."""
    yield words
    for ending, instead in _ENDINGS:
        root = words.removesuffix(ending)
        if root != words and len(root) >= _LEAST:
            yield root + instead
            if root[-1] == root[-2]:
                yield root[:-1] + instead


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line[:1] not in ("", "#"))


def _languages() -> tuple[str, ...]:
    return _lines()[0][1:]


@cache
def _listed() -> Mapping[tuple[tuple[str, ...], str], tuple[str, ...]]:
    """By the stems of English words and a language, what these are in it."""
    return _by(stems_of)


@cache
def _as_written() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The same by the words as they are listed: soldiers in training sit in no train."""
    return _by(str.casefold)


def _by(key_of: Callable[[str], Key]) -> dict[tuple[Key, str], tuple[str, ...]]:
    found: dict[tuple[Key, str], tuple[str, ...]] = {}
    for english, *columns in _lines()[1:]:
        for words in english.split(","):
            for language, column in zip(_languages(), columns, strict=True):
                key = key_of(words), language
                others = [one.strip() for one in column.split(",") if one.strip()]
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *others)))
    return found
