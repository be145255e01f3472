"""Offices: which words of a text in another language than English say what its persons are?

One way to read for all, with the words of each language as data (`offices.toml`): a noun of an
office with what belongs to it, right before a name, before a comma and the name, behind the name
between commas, or behind a verb that says what somebody is. Whose son or deputy somebody is does
not make it the office of that one, and neither does a rank alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

_WINDOW = 140  # characters before a name
_MOST = 110
_NEVER = "(?!)"
_COMMA = "[,،]"
_CLOSES = "(?=[,،.;:)]|\\Z)"
_CLOSING = ",،."
_BEFORE_NOUN = 40  # characters that say whose office it is
_UNTIL = (
    "ernannt|gewählt|quand|lorsque|pendant|depuis|jusqu|cuando|durante|desde|hasta|als|до|с|з|після"
    "|под|під"
)
"""What ends an office behind a verb, besides a mark."""

Place = tuple[int, int]


class Offices:
    """What one language says of offices.

    Args:
        words: its table in `offices.toml`.
        has_capitals: are all of its nouns written with a capital? Then a noun must have it.
    """

    def __init__(self, words: dict[str, str], *, has_capitals: bool) -> None:
        noun = words["noun"] if has_capitals else f"(?i:{words['noun']})"
        before = f"(?i:(?:(?:{words.get('before', _NEVER)}) ){{0,2}})"
        behind = f"(?: (?:{words.get('behind', _NEVER)})(?!\\w))?"
        more = (
            f"{behind}(?: {words['of']}{words['word']}){{0,3}}{behind}"
            if "of" in words
            else f"(?: {words['word']}){{0,5}}"
        )
        office = f"(?P<office>(?<![\\w-]){before}{noun}(?!\\w){more})"
        article = f"(?i:{words.get('article', '')})"
        self._right_before = re.compile(f"{office} {words.get('title', '')}\\Z")
        self._before_comma = re.compile(f"{office}{_COMMA} \\Z")
        self._behind = re.compile(f"{words.get('age', '')}{_COMMA} {article}{office}{_CLOSES}")
        self._is = re.compile(
            f"(?:{words.get('is', _NEVER)}){office}(?= (?:{_UNTIL}|\\d)|{_CLOSES[3:]}"
        )
        self._nobody = re.compile(f"(?i:{words['nobody']})\\Z")
        self._several = re.compile(words.get("several", _NEVER))
        self._several_before = re.compile(f"{words.get('several_before', _NEVER)}\\Z")
        self._rank = re.compile(words.get("rank", _NEVER), re.IGNORECASE)

    def found(self, text: str, persons: Sequence[Place]) -> Iterator[tuple[int, int, int]]:
        """From where to where an office stands, and where the name of whoever has it begins."""
        for start, end in persons:
            for pattern in (self._right_before, self._before_comma):
                if pattern is self._before_comma and text[end : end + 1] not in _CLOSING:
                    continue
                place = self._leading(pattern, text, start, persons)
                if place is not None and not self._rank.fullmatch(text[slice(*place)]):
                    yield *place, start
            for pattern in (self._behind, self._is):
                behind = pattern.match(text, end)
                if behind is None or len(behind["office"]) > _MOST:
                    continue
                first, last = behind.span("office")
                if not any(first <= other < last for other, _ in persons):
                    yield first, last, start

    def _leading(
        self, pattern: re.Pattern[str], text: str, name: int, persons: Sequence[Place]
    ) -> Place | None:
        """The office before a name, the longest one, if it is this one's."""
        opening = max(text.rfind("\n", 0, name) + 1, text.rfind(". ", 0, name) + 1)
        at = max(opening, name - _WINDOW)
        found = pattern.search(text[:name], at)
        if found is None:
            return None
        start, end = found.span("office")
        lead = text[max(0, start - _BEFORE_NOUN) : start]
        is_several = self._several_before.search(lead) and self._several.match(text, start)
        of_another = any(
            start <= other < name or (last + 2 == start and text[last:start] == ", ")
            for other, last in persons
        )
        if is_several or of_another or self._nobody.search(lead):
            return None
        return start, end


@cache
def offices(language: str) -> Offices | None:
    """Those of a language; None for one that has none."""
    words = _tables().get(language)
    return None if words is None else Offices(words, has_capitals=language == "de")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("offices.toml").read_text(encoding="utf-8"))
