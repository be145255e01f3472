"""Where in a text are the words that begin so? Told without cutting all of it into words.

A page marks a dozen words in three thousand. Their beginnings are looked for in the text in small
letters, which is a search for bytes; only where the neighborhood could make a difference to where
a word ends or how it is folded (apostrophes, dots, letters beyond ASCII) is the tokenizer asked.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Sequence

from indexer.analysis.folding import APOSTROPHES
from indexer.analysis.types import Place

_PLAIN = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
          "\u2026": ";", "\u00a0": " "}  # fmt: skip
"""Typography by signs of ASCII that do the same to the words around them."""

_PARTING = frozenset(string.whitespace + string.punctuation) - {*APOSTROPHES, "."}
_LETTERS = frozenset(string.ascii_lowercase + string.digits)
_ODD = re.compile(r"[^\x00-\x7f]|\.(?=[0-9a-z])")
_DOTTED = re.compile(r"\.(?=[0-9a-z])")
_ODD_SHARE = 24  # with one odd place in fewer characters, cutting the whole text is faster
_RUN = re.compile(r"[0-9a-z]*")


def words_beginning(
    text: str, beginnings: Sequence[str], cut: Callable[[str], list[Place]]
) -> list[Place]:
    """The words whose surface begins with any of some folded strings, in order.

    Equal to choosing them from all words of the text, because words never hold white space and no
    rule of the tokenizer looks past it.

    Args:
        cut: every word of a text.
    """
    lowered = _lowered(text)
    odd = list((_DOTTED if lowered.isascii() else _ODD).finditer(lowered))
    if len(lowered) != len(text) or len(odd) * _ODD_SHARE > len(text) or "" in beginnings:
        return [place for place in cut(text) if place[0].startswith(tuple(beginnings))]
    found: dict[int, Place] = {}
    unsure = [match.start() for match in odd]
    find = lowered.find
    for beginning in beginnings:
        at = find(beginning)
        while at >= 0:
            before = lowered[at - 1] if at else " "
            if before in _PARTING:
                end = _plain_end(lowered, at)
                if end:
                    found[at] = lowered[at:end], at, end
                else:
                    unsure.append(at)
            elif before not in _LETTERS:
                unsure.append(at)
            at = find(beginning, at + 1)
    for start, end in _chunks(text, unsure) if unsure else ():
        for surface, first, last in cut(text[start:end]):
            if surface.startswith(tuple(beginnings)):
                found[start + first] = surface, start + first, start + last
    return [found[start] for start in sorted(found)]


def _lowered(text: str) -> str:
    """In small letters, with plain typography; as long as the text, but for rare letters."""
    if not text.isascii():  # replacing a character that is not there costs next to nothing
        for sign, plain in _PLAIN.items():
            text = text.replace(sign, plain)
    return text.lower()


def _plain_end(lowered: str, at: int) -> int:
    """Where the plain word that begins at `at` ends; 0 where that is not sure."""
    run = _RUN.match(lowered, at)
    assert run is not None
    end = run.end()
    after = lowered[end : end + 2]
    plain = not after or after[0] in _PARTING or _is_stop(after)
    return end if plain and end > at else 0


def _is_stop(after: str) -> bool:
    """A dot that ends a sentence, not a part of an acronym."""
    return after[0] == "." and (len(after) == 1 or after[1] in _PARTING)


def _chunks(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """The parts between white space that hold some places, each once."""
    done = 0
    for place in sorted(places):
        if place < done:
            continue
        start = text.rfind(" ", done, place) + 1 or done
        start = max(start, text.rfind("\n", start, place) + 1)
        end = text.find(" ", place)
        end = len(text) if end < 0 else end
        line = text.find("\n", place, end)
        done = end if line < 0 else line
        yield start, done
