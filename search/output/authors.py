"""Authors: which part of a byline is the family name, and which byline is nobody's name?

Citations turn names round. A wrong turn is worse than none: agencies, desks and names of which it
is not known how they are built (family names first, single names, other scripts) stay as written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PARTICLES = frozenset(
    """
    van von der den de del della da di do dos das du le la les ten ter zu zum bin ibn al el abu ben
    abd abdel st. san mac af av y
    """.split()
)
_NOBODY = frozenset(
    """
    agence agencia agencies agency agentur associated associates association authors board bureau
    center centre channel commission committee contributors correspondents council daily department
    desk editor editorial editors foundation gazette group herald institute international
    journal magazine media ministry monitor network networks news newspaper newsroom observatory
    office online organization post press project radio redaktion reporters report review service
    services society staff telegraph television team times today tribune tv union university watch
    weekly wikinews wire wires world writers
    агентство новости редакция служба
    """.split()
)
_SUFFIXES = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d&/@(){}\[\]<>:;|#“”\"]")
_FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
_TURNED = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article.

    Attributes:
        family, given: both empty where only the whole is known. suffix: Jr., III.
        whole: as the byline has it.
    """

    whole: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def turned(self) -> str:
        """`Oliveri, Marta`; the whole where it cannot be turned."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) or self.whole

    @property
    def initials(self) -> str:
        """`Oliveri, M.`; of Jean-Luc, J.-L."""
        if not self.family:
            return self.whole
        short = " ".join(
            "-".join(f"{part[0]}." for part in word.split("-") if part)
            for word in self.given.split()
        )
        return ", ".join(filter(None, (self.family, short, self.suffix)))


def author(name: str, language: str = "und") -> Author:
    """One author of an article in some language."""
    name = " ".join(name.split())
    if _NO_NAME.search(name) or language.partition("-")[0] in _FAMILY_FIRST:
        return Author(name)
    before, comma, after = name.partition(", ")
    suffix = ""
    if comma and _SUFFIXES.fullmatch(after):
        name, suffix = before, after
    elif comma:
        turned = "," not in after and len(before.split()) <= 2 and len(after.split()) <= 2
        if turned and not _is_nobody(f"{after} {before}".split()):
            return Author(name, before, after)
        return Author(name)
    words = name.split()
    if len(words) > 2 and _SUFFIXES.fullmatch(words[-1]):
        suffix = words.pop()
    if _is_nobody(words):
        return Author(name)
    first = len(words) - 1
    if language.partition("-")[0] == "es" and len(words) in (3, 4):
        first = len(words) - 2
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return Author(
        " ".join(filter(None, (*words, suffix))),
        " ".join(words[first:]),
        " ".join(words[:first]),
        suffix,
    )


def _is_nobody(words: list[str]) -> bool:
    """Whether these are a name that cannot be turned round."""
    if not 2 <= len(words) <= _MOST_WORDS or words[0].casefold() in {"the", "from", "by"}:
        return True
    if any(word.casefold().removesuffix("'s").strip(".'’") in _NOBODY for word in words):
        return True
    shouted = [word for word in words if len(word) > 1 and word.isalpha() and word.isupper()]
    if shouted and len(shouted) < len(words):
        return True
    small = (word for word in words if word[0].islower() and word.casefold() not in _PARTICLES)
    return any("-" not in word for word in small) or not all(map(_is_turned, words))


def _is_turned(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(
        unicodedata.name(letter, "").startswith(_TURNED) for letter in letters
    )
