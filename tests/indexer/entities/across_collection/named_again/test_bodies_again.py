"""A text in another language names bodies that other articles name, by what their words say."""

from __future__ import annotations

import pytest

from indexer.entities.across_collection.named_again.bodies_again import BodiesAgain
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind

BODIES = [
    "National Salvation Front",
    "Ruritanian People's Liberation Army",
    "Somali National Army",
    "Supreme Revolutionary Council",
    "Kalkan Battalion",
    "Sidorov Network",
]


def named(text: str, language: str, found: Recognition | None = None) -> list[tuple[str, str]]:
    recognition = BodiesAgain(BODIES).added_to(found or Recognition((), ()), text, language)
    return [
        (text[start:end], recognition.names[number].full)
        for start, end, number in recognition.spans
    ]


@pytest.mark.parametrize(
    ("language", "text", "written", "name"),
    [
        ("fr", "L'Armée nationale somalienne recule.", "Armée nationale somalienne", 2),
        ("de", "Die Somalische Nationalarmee wich.", "Somalische Nationalarmee", 2),
        ("ru", "с Сомалийской национальной армией", "Сомалийской национальной армией", 2),
        ("ar", "قال الجيش الوطني الصومالي إن", "الجيش الوطني الصومالي", 2),
        ("es", "El Consejo Supremo Revolucionario dijo", "Consejo Supremo Revolucionario", 3),
        ("ar", "وقال المجلس الثوري الأعلى إن", "المجلس الثوري الأعلى", 3),
        ("pl", "Najwyższej Rady Rewolucyjnej nie ma", "Najwyższej Rady Rewolucyjnej", 3),
        ("de", "Das Bataillon Kalkan kam.", "Bataillon Kalkan", 4),
        ("uk", "бійці батальйону «Калкан» пішли", "батальйону «Калкан»", 4),
        ("fr", "le réseau Sidorov est tombé", "réseau Sidorov", 5),
    ],
)
def test_a_body_is_known_by_what_its_words_say(
    language: str, text: str, written: str, name: int
) -> None:
    assert named(text, language) == [(written, BODIES[name])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "une armée nationale somalienne"),  # no name: nothing has a capital
        ("fr", "L'Armée nationale kényane recule."),
        ("ru", "Совет безопасности"),  # two words are those of many
        ("de", "Das Bataillon Falkan kam."),
        ("en", "The National Army of Somalia"),
    ],
)
def test_others_are_not(language: str, text: str) -> None:
    assert named(text, language) == []


def test_a_body_that_a_tagger_found_has_the_name_that_others_have() -> None:
    text = "Fuerzas: el Ejército Nacional Somalí avanza."
    start = text.index("Ejército")
    written = "Ejército Nacional Somalí"
    found = Recognition(
        (ArticleName(EntityKind.ORG, ((written, 1),)),), ((start, start + len(written), 0),)
    )
    assert named(text, "es", found) == [(written, "Somali National Army")]
