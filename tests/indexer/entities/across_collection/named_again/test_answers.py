"""Answers are kept, and never more than a process should hold."""

from __future__ import annotations

import pytest

from indexer.entities.across_collection.named_again import answers


def test_of_very_many_answers_the_newest_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_MOST", 3)
    known: dict[str, int] = {}
    assert [answers.keep(known, word, len(word)) for word in ("a", "bb", "ccc")] == [1, 2, 3]
    assert known == {"a": 1, "bb": 2, "ccc": 3}
    answers.keep(known, "dddd", 4)
    assert known == {"dddd": 4}
