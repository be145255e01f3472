"""Same words: when are two texts the same words? Compared without case, punctuation and spaces."""

from __future__ import annotations

import re
from functools import cached_property

WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of scripts that write a word with one or two of them, without spaces."""

SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։።။។][\"'”’»)\]]*$")
"""A full stop, in the scripts that have one."""

_WORDS = re.compile(r"\w+")
_MANY = 600  # words between spaces, beyond which nobody asks how many more there are


def count_words(text: str) -> int:
    """How many words a text has; in scripts without spaces, one for two signs."""
    words = len(text.split())
    if words > _MANY or text.isascii():
        return words
    return max(words, len(WIDE.findall(text)) // 2)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded for comparison."""
    return tuple(_WORDS.findall(text.casefold()))


class Caseless:
    """A pattern that is sought whatever the case, in a third of the time of `re.IGNORECASE`.

    A text is made small once, rather than each of its letters for each alternative.

    Args:
        pattern: in small letters, none of them Greek.
        flags: of `re`, `re.IGNORECASE` aside.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        if any(map(str.isupper, _ESCAPED.sub("", pattern))) or _PECULIAR.search(pattern):
            raise ValueError(f"a pattern that is sought whatever the case: {pattern}")
        self.pattern = pattern
        self.flags = flags
        self._small = re.compile(pattern.replace("ı", "i"), flags)

    @cached_property
    def _ignoring(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags | re.IGNORECASE)

    def _for(self, text: str) -> tuple[re.Pattern[str], str]:
        if not text.isascii() and _IRREGULAR.search(text):
            return self._ignoring, text
        return self._small, text.lower()

    def search(self, text: str) -> bool:
        """Whether it stands in a text."""
        pattern, folded = self._for(text)
        return pattern.search(folded) is not None

    def match(self, text: str) -> bool:
        """Whether a text begins with it."""
        pattern, folded = self._for(text)
        return pattern.match(folded) is not None

    def findall(self, text: str) -> list[str]:
        """What it finds in a text, one after the other, as it is written there."""
        pattern, folded = self._for(text)
        return [text[found.start() : found.end()] for found in pattern.finditer(folded)]


_ESCAPED = re.compile(r"\\.")
_IRREGULAR = re.compile("[ıİſ\u1c80-\u1c88]")
"""Letters that `re` takes for others than `str.lower` does, or that it makes two of."""
_PECULIAR = re.compile("[µſ\u0345-\u03ff\u1c80-\u1c88\ua64b\u1e61\u1e9b\u1f00-\u1fff\ufb05\ufb06]")
"""The same, of patterns: these have none of them, and need no answer to them."""
