"""What the model sees of a word: the whole run of capitalized words that it stands in."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.learned.features import Features
from indexer.entities.tagging.word_lists import WordLists


def seen(sentence: str, word: str) -> list[str]:
    words = sentence.split()
    lists = WordLists({}, {"Affairs": ("7", "9")}, frozenset(), frozenset())
    [described] = Features(lists).of_article([words])
    return described[words.index(word)]


SENTENCE = "Yesterday the Ministry of Foreign Affairs said nothing"


@pytest.mark.parametrize("word", ["Ministry", "of", "Foreign", "Affairs"])
def test_each_word_of_a_run_sees_how_the_run_begins_ends_and_stands(word: str) -> None:
    assert {"rf=ministry", "rl=affairs", "rb=the", "ra=said", "rn=4"} <= set(seen(SENTENCE, word))


@pytest.mark.parametrize("word", ["the", "said", "nothing"])
def test_a_word_outside_sees_no_run(word: str) -> None:
    assert not [one for one in seen(SENTENCE, word) if one.startswith("rf=")]


def test_a_run_ends_where_no_capitalized_word_follows_its_link() -> None:
    assert "rl=police" in seen("Police of several towns met", "Police")


def test_a_word_has_its_clusters_as_written_and_lends_them_to_its_neighbors() -> None:
    assert {"u=7", "t=9"} <= set(seen(SENTENCE, "Affairs"))
    assert {"+1u=7", "+1t=9"} <= set(seen(SENTENCE, "Foreign"))
    assert {"-1u=7", "-1t=9"} <= set(seen(SENTENCE, "said"))


def test_what_stands_beside_a_name_once_is_seen_wherever_it_stands() -> None:
    lists = WordLists({}, {}, frozenset(), frozenset())
    sentences = ["Troops left near Larka city".split(), "Larka fell".split()]
    _, [again, _] = Features(lists).of_article(sentences)
    assert {"d:near", "d:+city"} <= set(again)
