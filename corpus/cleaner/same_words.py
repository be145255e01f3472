"""Same words: when are two texts the same words? Compared without case, punctuation and spaces."""

from __future__ import annotations

import re

WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of scripts that write a word with one or two of them, without spaces."""

SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։።။។][\"'”’»)\]]*$")
"""A full stop, in the scripts that have one."""

_WORDS = re.compile(r"\w+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded for comparison."""
    return tuple(_WORDS.findall(text.casefold()))
