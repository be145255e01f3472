"""Redaction: names that are withheld from what people read in a package.

A list has one name a line; `#` begins a remark. A name is found whatever its case and accents,
and whatever stands between its words, so that it is found in addresses too (`ivan-petrov`).
`Petrov*` stands for every word that begins so. It is found as it is written: other spellings,
other scripts and what people would guess from the rest are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.errors import EvidenceError

WITHHELD = "[name withheld]"


class Redaction:
    """Withholds some names.

    Args:
        names: those of a list.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        patterns = [pattern for name in names if (pattern := _pattern(name))]
        patterns.sort(key=len, reverse=True)
        self._names = re.compile("|".join(patterns)) if patterns else None
        self.count = 0
        """How many places were withheld so far."""

    def __bool__(self) -> bool:
        return self._names is not None

    @classmethod
    def of(cls, path: Path) -> Redaction:
        """Those of a file.

        Raises:
            EvidenceError: it holds none.
        """
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise EvidenceError(
                "the list of names is not UTF-8", where=str(path), advice="Save it as UTF-8"
            ) from error
        made = cls(line.partition("#")[0] for line in lines)
        if not made:
            raise EvidenceError(
                "the list of names is empty", where=str(path), advice="Write one name a line"
            )
        return made

    def text(self, text: str) -> str:
        """A text without the names."""
        if self._names is None:
            return text
        folded, places = _folded(text)
        parts, last = [], 0
        for match in self._names.finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            parts += [text[last:start], WITHHELD]
            last = end
            self.count += 1
        return "".join([*parts, text[last:]])

    def value(self, value: Any) -> Any:
        """The same for every text in an object of JSON, keys included."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(one) for one in value]
        return value


def _pattern(name: str) -> str:
    whole = not name.strip().endswith("*")
    words = re.findall(r"\w+", _folded(name)[0].replace("_", " "))
    if not words:
        return ""
    between = r"(?:[\W_]|%[0-9a-f]{2}){0,6}?" if len(words) > 1 else ""
    end = r"(?![^\W_])" if whole else r"[^\W_]*"
    return r"(?<![^\W_])" + between.join(map(re.escape, words)) + end


def _folded(text: str) -> tuple[str, list[int]]:
    """A text without case and accents, and where each of its characters came from."""
    characters, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part):
                characters.append(part)
                places.append(place)
    return "".join(characters), places
