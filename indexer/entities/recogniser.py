"""How is one article's text turned into names? The tagger first, then linking inside it."""

from __future__ import annotations

import re
from functools import cache

from indexer.entities import linking
from indexer.entities.crf import shipped_tagger
from indexer.entities.gazetteer import foreign_gazetteer
from indexer.entities.recognition import Recognition
from indexer.entities.types import Mention, Tagger

_UNTOLD = "und"  # too short to tell the language
_NOT_ENGLISH = re.compile(r"[^\W\d_a-zA-Z]")
_MOST_FOREIGN_LETTERS = 0.05


class LanguageTagger:
    """A `Tagger` that hands English to one tagger and every other language to another."""

    def __init__(self, english: Tagger, foreign: Tagger) -> None:
        self._english = english
        self._foreign = foreign
        self.version = f"{english.version}+{foreign.version}"

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The mentions in `text`, by the tagger of its language."""
        chosen = self._english if _is_english(text, language) else self._foreign
        return chosen.tag(text, language=language, title=title)


def _is_english(text: str, language: str) -> bool:
    if language != _UNTOLD:
        return language == "en"
    return len(_NOT_ENGLISH.findall(text)) <= _MOST_FOREIGN_LETTERS * len(text)


@cache
def tagger() -> Tagger:
    """The tagger that ships with the product; loaded once."""
    return LanguageTagger(shipped_tagger(), foreign_gazetteer())


def recogniser_version() -> str:
    """Changes whenever any article could be recognized otherwise; part of every cache key."""
    return f"{tagger().version}+{linking.VERSION}"


def recognise(title: str, text: str, language: str) -> Recognition:
    """The names of one article. Pure, and the only slow step of this room.

    Args:
        language: ISO 639-1 code of the text.
    """
    return linking.link(title, tagger().tag(text, language=language, title=title))
