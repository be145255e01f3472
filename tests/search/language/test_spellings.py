"""English words that are written in several ways are found in all of them."""

from __future__ import annotations

from itertools import permutations

import pytest

from indexer.analysis import analyzer
from search.language.spellings import in_one_word, in_two_words, spelled_alike
from search.request import SearchRequest
from search.service import highlights, search
from tests.contract.made_up import document, made_up_index, texts_found

TEXTS = (
    "The ministry of defence denied it.",
    "A defense pact held.",
    "An airstrike hit the mill.",
    "Air strikes went on.",
    "An air-strike missed.",
    "The air was clear before the strike.",
    "They mobilise and organise.",
    "Mobilized men, organized by name.",
    "The programme of colours ended.",
    "A program in color began.",
    "A prize for him; they prise it open.",
    "Analysts analysed it.",
    "They analyze maps.",
)
INDEX = made_up_index([document("", text) for text in TEXTS])


def _found(text: str) -> set[int]:
    return texts_found(text, TEXTS, INDEX)


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        (("defence", "defense", "Defence"), {0, 1}),
        (("airstrike", "air-strike", "airstrikes", "air-strikes"), {2, 3, 4}),
        (("air strike",), {2, 3, 4, 5}),
        (('"air strike"', '"air-strike"'), {3, 4}),
        (('"airstrike"', "exact:airstrike"), {2}),
        (("mobilise", "mobilized", "mobilizing"), {6, 7}),
        (("organised", "organize"), {6, 7}),
        (("color programme", "colour program"), {8, 9}),
        (("analyse", "analyzed"), {11, 12}),
        (('"defence"',), {0}),
        (("exact:defense",), {1}),
    ],
)
def test_what_is_found(questions: tuple[str, ...], found: set[int]) -> None:
    for text in questions:
        assert _found(text) == found, text


def test_what_is_marked() -> None:
    for number, text, marked in (
        (1, "defence", ["defense"]),
        (2, "air-strikes", ["airstrike"]),
        (3, "airstrike", ["Air strikes"]),
        (2, "air strike", ["airstrike"]),
    ):
        whole = document("", TEXTS[number])
        spans = highlights(whole, text, INDEX).text
        assert [TEXTS[number][start:end] for start, end in spans] == marked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("discoloured", "discolored"),
        ("dishonourable", "dishonorable"),
        ("labourers", "laborers"),
        ("rumours", "rumors"),
        ("colourised", "colorized"),
        ("unrecognisable", "unrecognizable"),
        ("fuelling", "fueling"),
        ("counsellors", "counselors"),
        ("travelled", "traveled"),
        ("monologues", "monologs"),
        ("epicentre", "epicenter"),
        ("centred", "centered"),
        ("kilometres", "kilometers"),
        ("haemorrhaging", "hemorrhaging"),
        ("paediatricians", "pediatricians"),
        ("manoeuvrable", "maneuverable"),
        ("scepticism", "skepticism"),
        ("guerillas", "guerrillas"),
        ("tsarist", "czarist"),
        ("licences", "licenses"),
    ],
)
def test_classes_of_words(one: str, other: str) -> None:
    stem = analyzer().stem
    assert stem(one) == stem(other) or stem(other) in spelled_alike(one)
    assert stem(one) == stem(other) or stem(one) in spelled_alike(other)


@pytest.mark.parametrize(
    "compound",
    ["air strikes", "mine fields", "gun boats", "peace keeping", "spokes woman", "road side",
     "counter offensives", "cyber attack", "anti tank", "non lethal", "post war"],
)  # fmt: skip
def test_compounds_have_all_forms_of_their_second_word(compound: str) -> None:
    first, second = compound.split()
    assert in_one_word(first, second) == first + second
    assert in_two_words(first + second) == (first, second)


@pytest.mark.parametrize("word", ["drone", "republic", "country", "antic", "report", "airy"])
def test_what_is_no_compound(word: str) -> None:
    assert in_two_words(word) is None


NO_OTHERS = (
    "prize", "prise", "size", "rise", "wise", "iss", "four", "hour", "flour", "filled", "filed",
    "refilled", "refiled", "door", "terror", "mayor", "major", "actor", "sector", "killed", "dog",
)  # fmt: skip


@pytest.mark.parametrize("word", NO_OTHERS)
def test_words_that_a_rule_must_not_touch(word: str) -> None:
    assert spelled_alike(word) == ()


def test_compounds_go_both_ways() -> None:
    assert in_two_words("airstrike") == ("air", "strike")
    assert in_one_word("air", "strike") == "airstrike"
    assert in_two_words("strike") is None
    assert [in_one_word(*pair) for pair in permutations(("strike", "drone"), 2)] == ["", ""]


def test_spanish_acronyms_of_plurals_have_a_gap_or_none() -> None:
    assert in_two_words("eeuu") == ("ee", "uu")
    assert in_one_word("ff", "aa") == "ffaa"
    assert in_two_words("eeu") is None
    assert in_one_word("e", "euu") == ""


_OF_PARTS = (
    "An S-300PMU-2 battery.",
    "Two S300PMU2s burned.",
    "A 2S-19 fired.",
    "2S19s fired.",
    "A Mi8AMTSh fell.",
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("S-300PMU-2", {0, 1}),
        ("S300PMU2", {0, 1}),
        ("2S19", {2, 3}),
        ("2S-19s", {2, 3}),
        ("S-300PMU-1", set()),
        ("2S9", set()),
        ("exact:2S19s", {3}),
        ("Mi-8AMTSh", {4}),
    ],
)
def test_a_designation_of_several_parts_is_found_in_each_spelling(
    typed: str, found: set[int]
) -> None:
    index = made_up_index([document("", text) for text in _OF_PARTS])
    hits = search(SearchRequest(text=typed), index).hits
    assert {_OF_PARTS.index(hit.document.text) for hit in hits} == found
