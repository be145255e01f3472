"""In other languages, what is found is a name: no word, no town called like a person, no half."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.listed import ForeignTagger
from indexer.entities.types import EntityKind


def found(text: str, language: str, kind: EntityKind) -> list[str]:
    mentions = ForeignTagger().tag(text, language=language)
    assert all(text[one.start : one.end] == one.text for one in mentions)
    return [one.text for one in mentions if one.kind is kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une école a brûlé. Sur le pont, on attend. Son père est là."),
        ("de", "Man wartet. Die Mitte des Saales blieb leer. Dass Essen fehlt, ist bekannt."),
        ("uk", "Час тікати. Усі кричали. Тамара чекала на сина."),
        ("ru", "Марка машины неизвестна. Константин молчал, Хасан тоже."),
        ("es", "Javier Ortega llegó tarde. González no vino."),
        ("tr", "Son gelen Güney rüzgarı. Orta yaşlı bir adam."),
        ("ar", "هذا هو الباب الجديد. كانت العين باردة."),
    ],
)
def test_words_and_people_are_no_places(language: str, text: str) -> None:
    assert found(text, language, EntityKind.PLACE) == []


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("fr", "Il vit à Paris, puis à Marseille.", ["Paris", "Marseille"]),
        ("de", "Sie fuhr nach Berlin und Hamburg.", ["Berlin", "Hamburg"]),
        (
            "uk",
            "Обстріл Харкова тривав. Колона вийшла з Києва до Одеси.",
            ["Харкова", "Києва", "Одеси"],
        ),
        ("ru", "Самолёт летел из Италии над Бахмутом.", ["Италии", "Бахмутом"]),
        ("tr", "Uçak Ankara'dan kalktı.", ["Ankara"]),
        ("ar", "وصلت القافلة وبغزة جرحى.", ["غزة"]),
    ],
)
def test_places_are_found_in_their_cases(language: str, text: str, places: list[str]) -> None:
    assert found(text, language, EntityKind.PLACE) == places


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("ru", "Вчера Лариса Герасимова и Антон Шойгу ушли.", "Антон Шойгу"),
        ("ru", "Певец Антон Путин выступил в зале.", "Антон Путин"),
        ("uk", "Учора Мирослав Зеленський захворів.", "Мирослав Зеленський"),
        ("ar", "وقال هانتر بايدن إنه بريء.", "هانتر بايدن"),
        ("he", "אתמול אבנר דיבר עם יאיר נתניהו.", "יאיר נתניהו"),
        ("fr", "La chanteuse Brigitte Macron est venue.", "Brigitte Macron"),
        ("de", "Gestern sprach Hunter Biden.", "Hunter Biden"),
    ],
)
def test_a_given_name_belongs_to_the_surname(language: str, text: str, person: str) -> None:
    assert person in found(text, language, EntityKind.PERSON)


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("ru", "Президент Путин уехал.", "Путин"),
        ("uk", "Президент Зеленський приїхав.", "Зеленський"),
        ("ar", "وقال بوتين إن الحرب مستمرة.", "بوتين"),
        ("fr", "Le président Macron parle.", "Macron"),
    ],
)
def test_a_title_or_a_verb_is_no_given_name(language: str, text: str, person: str) -> None:
    assert found(text, language, EntityKind.PERSON) == [person]


def test_a_surname_is_found_wherever_its_bearer_was_named() -> None:
    text = "Тамара Лопухина ушла. Говорят, Лопухину ждали, но Лопухиной не было."
    assert found(text, "ru", EntityKind.PERSON) == ["Тамара Лопухина", "Лопухину", "Лопухиной"]


def test_a_composer_is_no_company_of_mercenaries() -> None:
    tagger = ForeignTagger()
    played = tagger.tag("In der Oper wurde Wagner gespielt.", language="de")
    assert played == []
    fought = tagger.tag("Бойцы ЧВК «Вагнер» ушли.", language="ru")
    assert [one.kind for one in fought] == [EntityKind.ORG]


@pytest.mark.parametrize(
    ("language", "text", "persons"),
    [
        ("fr", "Le soldat Vsevolod Tchornenko dort.", ["Vsevolod Tchornenko"]),
        ("fr", "Hier Ievhenii Doroch a parlé.", ["Ievhenii Doroch"]),
        ("de", "Der Lehrer Jewhenij Dorosch schwieg.", ["Jewhenij Dorosch"]),
        ("es", "Ayer Hryhori Doroshenko habló.", ["Hryhori Doroshenko"]),
        ("pl", "Sierżant Hryhorij Doroszenko milczał.", ["Hryhorij Doroszenko"]),
        ("tr", "Öğretmen Yevheniy Doroşenko sustu.", ["Yevheniy Doroşenko"]),
        ("de", "Der Roman Ulysses lag auf dem Sommer Tisch.", []),
        ("tr", "Kupayı German Open turnuvasında aldı.", []),
    ],
)
def test_a_slavic_given_name_is_one_as_any_language_writes_it(
    language: str, text: str, persons: list[str]
) -> None:
    assert found(text, language, EntityKind.PERSON) == persons
