"""What the name of a body says, word for word, is the same in all languages."""

from __future__ import annotations

import pytest

from indexer.entities.names.body_words import known_body, said_by
from indexer.entities.names.known import known_label
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind


@pytest.mark.parametrize(
    "names",
    [
        "European Court of Human Rights|Europäischer Gerichtshof für Menschenrechte",
        "Cour européenne des droits de l'homme|Europejski Trybunał Praw Człowieka",
        "المحكمة الأوروبية لحقوق الإنسان|Європейський суд з прав людини",
        "National Congress for the Defence of the People|المؤتمر الوطني للدفاع عن الشعب",
        "Alliance of Sahel States|Alliance des États du Sahel|تحالف دول الساحل",
        "United Tajik Opposition|Vereinigte Tadschikische Opposition",
        "Special Court for Sierra Leone|Sondergerichtshof für Sierra Leone",
        "Kurdistan Democratic Party|Demokratische Partei Kurdistans|Kürdistan Demokrat Partisi",
        "Congolese Liberation Movement|Mouvement de libération du Congo",
        "Kosovo Liberation Army|Визвольна армія Косова|צבא שחרור קוסובו",
        "Justice and Equality Movement|Движения за справедливость и равенство",
        "Economic Community of West African States|المجموعة الاقتصادية لدول غرب أفريقيا",
        "United Nations Protection Force|Force de protection des Nations unies",
        "Palestinian Islamic Jihad|Palästinensischer Islamischer Dschihad",
        "Prosecutor General's Office|Офіс генерального прокурора",
        "National Liberation Front of Angola|Национальный фронт освобождения Анголы",
    ],
)
def test_names_in_other_languages_say_the_same(names: str) -> None:
    first, *others = (said_by(plain(name)) for name in names.split("|"))
    assert first is not None
    assert all(one == first for one in others)


@pytest.mark.parametrize("name", ["National Army", "Gazprom Bank", "Zelensky", "the of", ""])
def test_too_little_or_other_words_say_nothing(name: str) -> None:
    assert said_by(plain(name)) is None


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Casques blancs", "White Helmets"),
        ("Volksmobilisierungskräfte", "Popular Mobilization Forces"),
        ("Міжнародна амністія", "Amnesty International"),
        ("Ärzte ohne Grenzen", "Doctors Without Borders"),
    ],
)
def test_a_listed_body_is_known_in_languages_that_no_list_has(name: str, label: str) -> None:
    assert known_label(EntityKind.ORG, plain(name)) == label


def test_a_government_of_unity_is_nobodys() -> None:
    assert known_body(said_by("government of national unity")) is None
