"""A number is found in figures and in English words, whichever of them was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.figures import figures, in_words, spelled_otherwise
from tests.contract.made_up import document, made_up_index, texts_found

TEXTS = (
    "Three thousand conscripts refused.",
    "There were 3,000 conscripts.",
    "All 3000 conscripts left.",
    "Twenty-five miners dug.",
    "25 miners sang.",
    "A hundred and forty hostages ran.",
    "The 2nd Battalion slept.",
    "The second battalion woke.",
    "Seventeen buses burned.",
    "Fifteen hundred men marched.",
    "Some 2.5 million people fled.",
    "On 2 May two men met.",
    "In 1995 it rained.",
    "Twenty trains stopped; twenty-five trains left.",
    "Twenty-five trains left.",
)
INDEX = made_up_index([document("", text) for text in TEXTS])


def _found(text: str) -> set[int]:
    return texts_found(text, TEXTS, INDEX)


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        (("3,000 conscripts", "3000 conscripts", "three thousand conscripts"), {0, 1, 2}),
        (("25 miners", "twenty-five miners", "Twenty five miners"), {3, 4}),
        (("140 hostages", "a hundred and forty hostages", "hundred forty hostages"), {5}),
        (("2nd battalion", "second battalion"), {6, 7}),
        (("second men", "2 battalion"), set()),
        (("17 buses", "seventeen buses"), {8}),
        (("1500 men", "1,500 men", "fifteen hundred men"), {9}),
        (("2,500,000 people", "2500000 people"), {10}),
        (("two men", "2 men"), {11}),
        (("20 trains", "twenty trains"), {13, 14}),  # rather one too many than one missed
        (("exact:3000", "exact:3000 conscripts"), {2}),
        (("300 conscripts", "30 conscripts", "12 May", "exact:17", "nineteen rained"), set()),
    ],
)
def test_figures_and_words(questions: tuple[str, ...], found: set[int]) -> None:
    for question in questions:
        assert _found(question) == found, question


@pytest.mark.parametrize(
    "typed", ["10", "ten", "two", "7", "1995", "0", "12,00", "x", "hundred", "tenth"]
)
def test_what_has_no_other_spelling(typed: str) -> None:
    assert figures(typed) == ()


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("11", "eleven"), ("99", "ninety nine"), ("101", None), ("110", "one hundred and ten"),
        ("1799", "1,799"), ("1800", None), ("2100", None), ("2101", "2,101"), ("20th", "twentieth"),
        ("nineteenth", "19th"), ("third", None), ("eleventh", "11th"), ("11th", "eleventh"),
        ("42nd", "forty second"),
        ("twenty-first", "21st"), ("ninety-nine", "99"), ("ten-five", None),
        ("1,000", "a thousand"), ("12.000", "12000"), ("2,000", "two thousand"),
        ("3000000", "3 million"), ("123456700000", "123456.7 million"),
    ],
)  # fmt: skip
def test_spellings(typed: str, spelled: str | None) -> None:
    assert figures(typed) == () if spelled is None else spelled in figures(typed)


@pytest.mark.parametrize(
    "words",
    ["five two", "five and six", "and five", "hundred", "thousand men", "hundred thousand hundred",
     "twenty eleven", "hundred hundred", "two and thousand", "one thousand two thousand"],
)  # fmt: skip
def test_words_that_are_no_one_number(words: str) -> None:
    assert in_words(words.split()) is None or in_words(words.split())[1] < len(words.split())  # type: ignore[index]


@given(st.integers(11, 999_999))
def test_a_number_is_read_as_it_is_spelled(value: int) -> None:
    for spelled in figures(f"{value:,}" if value >= 1000 else str(value)):
        words = spelled.split()
        if len(words) > 1 and words[0] != "a":
            found = in_words(words)
            assert found is not None
            assert found[0] == value or len(words) > found[1]  # of seven words six are read
            assert str(value) in spelled_otherwise(value, words)
