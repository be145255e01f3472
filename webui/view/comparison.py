"""What differs between two texts? Word by word, as runs that are kept, taken out or put in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_WORDS = re.compile(r"\n\n|\s*\S+")
_LONG = 5_000  # words from which on frequent ones are not looked at, or it would take minutes


class Change(StrEnum):
    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighboring words with the same fate."""

    change: Change
    text: str

    @property
    def words(self) -> str:
        """The text without the space before it, which is neither taken out nor put in."""
        return self.text.lstrip()

    @property
    def space(self) -> str:
        return " " if self.text[:1].isspace() else ""


def compare(old: str, new: str) -> list[list[Stretch]]:
    """The new text by paragraphs, with what the old one had otherwise.

    Words are matched by the algorithm of Ratcliff and Obershelp (1988), see `difflib`. The kept and
    put in stretches make the new text, the kept and taken out ones the old, paragraph breaks aside.
    """
    paragraphs: list[list[Stretch]] = [[]]
    for stretch in _stretches(old, new):
        for place, part in enumerate(stretch.text.split("\n\n")):
            if place and stretch.change is not Change.OUT:
                paragraphs.append([])
            if part.strip():
                paragraphs[-1].append(Stretch(stretch.change, part))
    return [paragraph for paragraph in paragraphs if paragraph]


def kept_share(paragraphs: list[list[Stretch]]) -> float:
    """How much of both texts is the same, in [0, 1]."""
    lengths = dict.fromkeys(Change, 0)
    for stretch in (stretch for paragraph in paragraphs for stretch in paragraph):
        lengths[stretch.change] += len(stretch.text)
    whole = 2 * lengths[Change.KEPT] + lengths[Change.OUT] + lengths[Change.IN]
    return 2 * lengths[Change.KEPT] / whole if whole else 1.0


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    long = max(len(before), len(after)) > _LONG
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=long)
    for tag, left, right, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Change.KEPT, "".join(after[start:end]))
            continue
        if right > left:
            yield Stretch(Change.OUT, "".join(before[left:right]))
        if end > start:
            yield Stretch(Change.IN, "".join(after[start:end]))
