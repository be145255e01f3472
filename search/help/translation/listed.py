"""Listed: which lines of our list of words has a word, and what are these in another language?

The list (`words.tsv`) is short and ours: words of war reporting, a line each, with what they are in
ten other languages. A question may be in any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product

from indexer.analysis import analyzer
from indexer.analysis.forms import forms
from search.help.terms import stems_of

ENGLISH = "en"
_GERMAN, _JOINTS = "de", ("", "s", "es", "n", "en", "e")
_LEAST_PART = 4  # letters of each part of a German compound
_MOST_READINGS = 64  # of a row of words, each of which may be a form of several


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language: a `forms.Index`, as if the list were all its articles.

    Attributes:
        written, stemmed: the lines that have a word, or a row of them, as it is written there, and
            by its stems.
        stems, surfaces: of single words.
    """

    language: str
    written: Mapping[str, tuple[int, ...]]
    stemmed: Mapping[tuple[str, ...], tuple[int, ...]]
    stems: frozenset[str]
    surfaces: frozenset[str]

    @property
    def languages(self) -> Collection[str]:
        return (self.language,)

    def has_stem(self, stem: str, language: str | None) -> bool:  # noqa: ARG002 - all are of one
        return stem in self.stems

    def has_word(self, surface: str, language: str | None) -> bool:  # noqa: ARG002 - all are of one
        return surface in self.surfaces

    def beginning(self, surface: str) -> Collection[str]:  # noqa: ARG002 - a longer word is another
        return ()

    def having(self, part: str) -> Collection[str]:  # noqa: ARG002 - a longer word is another
        return ()

    def lines(self, words: str) -> tuple[int, ...]:
        """The lines that have some words: as written (soldiers in *training* sit in no *train*),
        else by their stems, else, but of English, in another form.
        """
        found = self.written.get(words.casefold()) or self.stemmed.get(stems_of(words), ())
        if found or self.language == ENGLISH:
            return found
        each = (self._readings(word) for word in words.split())
        readings = islice(product(*each), _MOST_READINGS)
        lines = (line for one in readings for line in self.stemmed.get(one, ()))
        return tuple(dict.fromkeys(lines))

    def _readings(self, word: str) -> tuple[str, ...]:
        return (*stems_of(word), *forms(word, analyzer(), self, self.language))


def languages() -> tuple[str, ...]:
    """Those of the list, English first."""
    return tuple(_rows()[0])


def is_listed(words: str, language: str) -> bool:
    """Has the list a word, or a row of them, in a language, in some form?"""
    return language in languages() and bool(_lines(words, language))


def translations(words: str, source: str, language: str) -> tuple[str, ...]:
    """What some words are in another language; none that the list has not.

    Args:
        source: the code of their language.
    """
    if not {source, language} <= set(languages()):
        return ()
    lines = _lines(words, source)
    return tuple(dict.fromkeys(one for line in lines for one in _rows()[line][language]))


def parts(word: str, language: str) -> tuple[str, str] | None:
    """The two words of the list that a word is made of: *дітей-солдатів*, *Brotpreise*."""
    first, hyphen, last = word.partition("-")
    cuts = [(first, last)] if hyphen else _german_cuts(word) if language == _GERMAN else ()
    return next((cut for cut in cuts if all(is_listed(one, language) for one in cut)), None)


def _german_cuts(word: str) -> Iterator[tuple[str, str]]:
    """The longest first part first."""
    for at in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
        for joint in _JOINTS:
            first = word[:at].removesuffix(joint) if joint else word[:at]
            if len(first) >= _LEAST_PART and (not joint or len(first) < at):
                yield first, word[at:]


@lru_cache(1 << 12)  # of a question: each is asked for once a language
def _lines(words: str, language: str) -> tuple[int, ...]:
    return _words(language).lines(words)


@cache
def _rows() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """The lines of the list: by language, its words."""
    text = files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    first, *lines = (line for line in text.splitlines() if line[:1] not in ("", "#"))
    codes = [ENGLISH, *first.split("\t")[1:]]
    return tuple(
        {
            code: tuple(one.strip() for one in column.split(",") if one.strip())
            for code, column in zip(codes, line.split("\t"), strict=True)
        }
        for line in lines
    )


@cache
def _words(language: str) -> _Words:
    written: dict[str, dict[int, None]] = defaultdict(dict)
    stemmed: dict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
    surfaces: set[str] = set()
    for line, row in enumerate(_rows()):
        for words in row[language]:
            written[words.casefold()][line] = None
            stemmed[stems_of(words)][line] = None
            if len(own := analyzer().surfaces(words)) == 1:
                surfaces.update(own)
    return _Words(
        language,
        {key: tuple(lines) for key, lines in written.items()},
        {key: tuple(lines) for key, lines in stemmed.items()},
        frozenset(key[0] for key in stemmed if len(key) == 1),
        frozenset(surfaces),
    )
