"""Which places are shown: those that a model was sure of once in an article, or that lists know."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.listed_places import BESIDE
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.recogniser import shown

PLACE = EntityKind.PLACE


def mention(text: str, confidence: float, rule: str = "model", kind: EntityKind = PLACE) -> Mention:
    return Mention(0, len(text), kind, text, confidence, rule)


@pytest.mark.parametrize(
    ("language", "doubtful", "sure"),
    [
        ("ar", 0.59, 0.61),
        ("en", 0.59, 0.61),
        ("de", 0.69, 0.71),
        ("fr", 0.79, 0.81),
        ("tr", 0.84, 0.86),
    ],
)
def test_a_place_is_shown_where_the_model_was_sure_once(
    language: str, doubtful: float, sure: float
) -> None:
    less, more = mention("Zwischenmoor", doubtful), mention("Zwischenmoor", sure)
    assert shown("", [less], language) == []
    assert shown("", [less, more], language) == [less, more]


def test_what_lists_know_and_other_kinds_are_shown_always() -> None:
    known = mention("Zwischenmoor", 0.1, LISTED)
    beside = mention("Zwischenmoor", 0.1, BESIDE)
    person = mention("Zwischenmoor", 0.1, kind=EntityKind.PERSON)
    assert shown("", [known], "de") == [known]
    assert shown("", [beside], "de") == [beside]
    assert shown("", [person], "de") == [person]


def test_a_word_or_given_name_is_no_place_however_sure_the_model_is() -> None:
    assert shown("", [mention("Martin", 0.99)], "de") == []
    assert shown("", [mention("Travemünde", 0.99)], "de") == [mention("Travemünde", 0.99)]


def test_of_a_town_that_lists_know_less_is_enough() -> None:
    assert shown("", [mention("Mossoul", 0.75)], "de") != []  # in the great list
    assert shown("", [mention("Saporischschja", 0.45)], "de") != []  # in the German one
    assert shown("", [mention("Saporischschja", 0.35)], "de") == []
    assert shown("", [mention("Zwischenmoor", 0.65)], "de") == []
    assert shown("", [mention("Ankara'da", 0.75)], "tr") != []


@pytest.mark.parametrize(
    ("text", "confidence", "rule", "is_shown"),
    [
        ("Fransa genel seçimleri", 0.97, "model", False),
        ("Fransa genel seçimleri", 0.99, "model", True),
        ("Fransa'da genel seçimler", 0.97, "model", True),
        ("Fransa, genel seçimler", 0.97, "model", True),
        ("Fransa genel seçimleri", 0.99, LISTED, False),
        ("Fransa, genel seçimler", 0.99, LISTED, True),
        ("Fransa'da genel seçimler", 0.99, LISTED, True),
    ],
)
def test_a_turkish_place_that_a_noun_is_called_after_is_shown_where_the_model_is_sure(
    text: str, confidence: float, rule: str, *, is_shown: bool
) -> None:
    place = mention("Fransa", confidence, rule)
    assert (shown(text, [place], "tr") == [place]) is is_shown
    assert shown(text, [place], "uk") == [place]


def test_a_german_or_french_text_may_call_a_town_as_english_does() -> None:
    assert shown("", [mention("Baghdad", 0.45)], "de") != []  # great
    assert shown("", [mention("Jenin", 0.45)], "de") == []
    assert shown("", [mention("Jenin", 0.75)], "de") != []
    assert shown("", [mention("Jenin", 0.75)], "fr") != []


@pytest.mark.parametrize(
    ("name", "is_shown"),
    [
        ("Republic of Artsakh", True),
        ("Strait of Messer", True),
        ("Velsk Oblast", True),
        ("North Kestrel Governorate", True),
        ("Artsakh Republic Day", False),
        ("Oblast", False),
        ("Republic of", False),
    ],
)
def test_a_name_that_says_what_it_is_needs_no_certainty(name: str, is_shown: bool) -> None:
    unsure = mention(name, 0.5)
    assert shown("", [unsure], "en") == ([unsure] if is_shown else [])
