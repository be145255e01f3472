"""Answers: what was asked of a word before, so that it is worked out once for many texts."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

_MOST = 1 << 16

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


def keep(answers: dict[Key, Answer], key: Key, answer: Answer) -> Answer:
    """Keeps an answer, and returns it. Where there are very many, the others are let go: a word
    that is frequent comes again soon.
    """
    if len(answers) >= _MOST:
        answers.clear()
    answers[key] = answer
    return answer
