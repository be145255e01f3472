"""Places told: does a preposition, a noun of place or a case beside a name say that a place is
meant?
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.entities import lexicon
from indexer.entities.tagging.foreign import turkish_places

_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*) \Z")
_FARTHEST = 40  # characters of the word before
_TURKISH = "tr"


def is_placed(text: str, start: int, end: int, language: str) -> bool:
    """Is a place meant, by what stands beside a name: a word before it, a Turkish case of where?"""
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    word = before.group(1).lower() if before else text[max(0, start - 2) : start].lower()
    return (
        word in lexicon.prepositions_of_place(language)
        or word in _PREPOSITIONS[language]
        or (language == _TURKISH and turkish_places.is_where(text, end))
    )


_PREPOSITIONS = {
    language: frozenset(words.split())
    for language, words in {
        "uk": "у в із зі з під до над біля на",
        "ru": "в во из под до над у около на",
        "pl": "w we z ze do pod nad koło na",
        "es": "en a desde hasta hacia",
        "fr": "à vers d' d’",
        "de": "in aus nach bei um vor",
        "tr": "",
    }.items()
}


@lru_cache(maxsize=4)  # two finders ask of a text, one after the other
def towns_in_case(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where a word stands behind a preposition in a case that towns alone have, on no list: до
    Сіверська, as a woman is Сіверської there, and a man Сіверського; and villages in -івка.
    """
    pattern = _IN_CASE.get(language)
    return tuple(found.span("town") for found in pattern.finditer(text)) if pattern else ()


_STEM = "[А-ЯЁІЇЄҐ][а-яёіїєґ’'-]{2,}"
_ALONE = r"(?![\w-]| [А-ЯЁІЇЄҐ])"
_IN_CASE = {
    "uk": re.compile(
        rf"(?<![\w-])(?:(?i:до|зі?|із|з-під|від|біля|коло|поблизу|довкола|навколо)"
        rf" (?={_STEM}(?:[сцз]ька|[ії]вки){_ALONE})"
        rf"|(?i:[ув]|на) (?={_STEM}[ії]вці{_ALONE})"
        # not into the region: у Київську область
        rf"|(?i:[ув]) (?={_STEM}[сцз]ьку{_ALONE}(?! [а-яіїєґ’']+[уюьі](?!\w))))"
        rf"(?P<town>[\w’'-]+)"
    ),
    "ru": re.compile(
        rf"(?<![\w-])(?:(?i:до|из|из-под|от|возле|около|близ|вокруг)"
        rf" (?={_STEM}(?:[цс]ка|[оеё]вки){_ALONE})"
        rf"|(?i:во?) (?={_STEM}(?:[цс]ке|[оеё]вке){_ALONE})|(?i:ко?) (?={_STEM}[цс]ку{_ALONE})"
        rf"|(?i:под|над|за|перед) (?={_STEM}[цс]ком{_ALONE}))(?P<town>[\w’'-]+)"
    ),
}
