"""Akin: which words of Ukrainian articles are Russian ones, by their letters?

No dictionary of dictd that is packaged leads from English to Ukrainian. A Russian translation does,
where both languages have the word (*концерт*, *підвал* and *подвал*); others are lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from indexer.analysis import Analyzer
from indexer.entities import lexicon
from search.engine import Engine

_RUSSIAN = str.maketrans({"ы": "и", "э": "е", "й": "и", "ъ": None, "ь": None})
_UKRAINIAN = str.maketrans({"ї": "и", "є": "е", "й": "и", "ь": None, "'": None})
_ISLETS = ("и", "о", "е")
"""What і may be in Russian: *піст* may be *пост*, *міст* *мест*, *міна* *мина*."""
_BEGINNINGS = {"и": "иії", "о": "оі", "е": "еєі", "э": "е", "ы": "и"}
_START = 3  # letters by which words are looked up
_LEAST, _ENDING = 4, 2  # letters of a stem that an ending may follow, and of the ending
_MOST_WORDS = 400  # with one beginning


def akin(russian: str, engine: Engine, analyzer: Analyzer) -> Iterator[str]:
    """Words of the index that are a Russian one in Ukrainian, one a stem, the most frequent."""
    surfaces = analyzer.surfaces(russian)
    if len(surfaces) != 1:
        return
    (surface,) = surfaces
    yield from _listed().get(surface, ())
    key = analyzer.stem(surface).translate(_RUSSIAN)
    found: dict[str, tuple[int, str]] = {}
    for beginning in product(*(_BEGINNINGS.get(sign, sign) for sign in surface[:_START])):
        for word in engine.words("".join(beginning), limit=_MOST_WORDS):
            stem = analyzer.stem(word.word)
            if any(_agree(key, other) for other in _keys(stem)):
                found[stem] = max(found.get(stem, (0, "")), (word.articles, word.word))
    yield from (word for _, word in sorted(found.values(), reverse=True))


def _agree(russian: str, ukrainian: str) -> bool:
    """Are two stems one? The stemmer is one for Russian, and leaves Ukrainian endings in і."""
    more = len(ukrainian) - len(russian)
    return russian == ukrainian or (
        len(russian) >= _LEAST and 0 < more <= _ENDING and ukrainian.startswith(russian)
    )


def _keys(stem: str) -> set[str]:
    plain = stem.translate(_UKRAINIAN)
    return {plain.replace("і", other) for other in _ISLETS}


@cache
def _listed() -> Mapping[str, tuple[str, ...]]:
    """By a Russian word, the Ukrainian ones that are written otherwise."""
    found: dict[str, tuple[str, ...]] = {}
    for ukrainian, russian in lexicon.ukrainian_words().items():
        found[russian] = (*found.get(russian, ()), ukrainian)
    return found
