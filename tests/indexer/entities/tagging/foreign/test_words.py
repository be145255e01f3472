"""Words of other languages: where they begin and end, and which of their letters are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.tagging.foreign.words import folded, sentences


def words(text: str, language: str) -> list[list[str]]:
    return [[word for _, _, word in sentence] for sentence in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "l'armée d’Alger", [["l'", "armée", "d’", "Alger"]]),
        ("de", "Rock'n'Roll in Köln", [["Rock'n'Roll", "in", "Köln"]]),
        ("tr", "Sivas'tan geldi", [["Sivas", "'tan", "geldi"]]),
        ("uk", "Лук’янівка, В'ячеслав", [["Лук’янівка", ",", "В'ячеслав"]]),
        ("he", 'דובר צה"ל אמר', [["דובר", 'צה"ל', "אמר"]]),
        ("ru", "Пришёл А. Громов. Сел.", [["Пришёл", "А.", "Громов", "."], ["Сел", "."]]),
        ("de", "Dr. Weber kam. Er ging.", [["Dr", ".", "Weber", "kam", "."], ["Er", "ging", "."]]),
        ("ar", "وصل. غادر", [["وصل", "."], ["غادر"]]),
    ],
)
def test_words_and_sentences(language: str, text: str, expected: list[list[str]]) -> None:
    assert words(text, language) == expected


@given(st.text(), st.sampled_from(["ru", "uk", "fr", "tr", "de", "ar", "he"]))
def test_words_are_where_they_say_in_order_and_nothing_is_lost(text: str, language: str) -> None:
    end = 0
    for sentence in sentences(text, language):
        assert sentence
        for start, stop, word in sentence:
            assert text[start:stop] == word
            assert not any(char.isalnum() for char in text[end:start])
            assert start >= end
            end = stop
    assert not any(char.isalnum() for char in text[end:])


@pytest.mark.parametrize(
    ("one", "language", "other"),
    [
        ("Зелёный", "ru", "зеленый"),
        ("міністр", "uk", "министр"),
        ("від", "uk", "от"),
        ("Львівського", "uk", "львивского"),
    ],
)
def test_slavic_letters_are_one(one: str, language: str, other: str) -> None:
    assert folded(one, language) == folded(other, "ru")


def test_letters_that_tell_words_apart_stay() -> None:
    assert folded("город", "ru") != folded("горад", "ru")
    assert folded("ISPARTA", "tr") == "ısparta"
    assert folded("Straße", "de") == "straße"
