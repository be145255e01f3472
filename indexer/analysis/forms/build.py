"""Compiler of forms: makes the lists beside it: which stems are those of forms of one word.

Forms and their base forms are those of simplemma (see `SOURCE`), pinned in the Makefile (`make
forms`). Kept are words whose forms have several stems, and of those the stems alone; of English the
stems of all words.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import simplemma.strategies.dictionaries as lists

from indexer.analysis.analyzer import analyzer
from indexer.analysis.forms.dictionaries import ENGLISH, LANGUAGES, packed

SOURCE = (
    "Which stems are those of one word. Compiled from the lists of simplemma {} (MIT,"
    " https://github.com/adbar/simplemma), which derive from those of Michal Měchura (ODbL),"
    " Wiktionary by Kaikki (CC BY-SA), FreeLing, spaCy, UniMorph and Wikinflection (CC BY 4.0)"
)
_MOST = 1000  # stems: what has more is no word but a heap of them


def entries(language: str) -> Iterator[tuple[str, str]]:
    """Forms and their base forms, folded."""
    surface = analyzer().surface
    for form, base in lists.DefaultDictionaryFactory().get_dictionary(language).items():
        folded = surface(form), surface(base)
        if all(map(str.isalpha, folded)):
            yield folded


def words(language: str) -> list[list[str]]:
    """The stems of each word that has several, sorted."""
    forms: dict[str, set[str]] = {}
    stem = analyzer().stem
    for form, base in entries(language):
        forms.setdefault(base, {stem(base)}).add(stem(form))
    kept = {tuple(sorted(stems)) for stems in forms.values()}
    return [list(stems) for stems in sorted(kept) if 1 < len(stems) <= _MOST]


def main(folder: Path) -> None:
    """Writes one file a language."""
    stem = analyzer().stem
    english = {stem(word) for entry in entries(ENGLISH) for word in entry}
    write(folder, ENGLISH, [[one] for one in english])
    for language in LANGUAGES:
        write(folder, language, words(language))


def write(folder: Path, language: str, found: Iterable[Sequence[str]]) -> None:
    """Writes one file."""
    source = SOURCE.format(version("simplemma"))
    (folder / f"{language}.gz").write_bytes(gzip.compress(packed(found, source), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
