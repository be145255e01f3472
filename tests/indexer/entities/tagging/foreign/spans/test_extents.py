"""Names that a model finds in part, or with a word beside them, are whole."""

from __future__ import annotations

import pytest

from indexer.entities import tagger
from indexer.entities.tagging.foreign.spans.extents import whole
from indexer.entities.types import EntityKind, Mention


def named(text: str, language: str) -> list[str]:
    found = tagger().tag(text, language=language)
    return [f"{one.kind} {one.text}" for one in found]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("uk", "Лікарку Олену Петрівну Ткач вивезли із міста.", "person Олену Петрівну Ткач"),
        ("ru", "Журналистка Лейла аль-Хури вела репортаж.", "person Лейла аль-Хури"),
        ("ru", "Гиркин Игорь Всеволодович арестован.", "person Гиркин Игорь Всеволодович"),
        ("ru", "Глава разведки говорил о боях за Купянск.", "place Купянск"),
        ("fr", "Le général Mikhaïl Teplinski commande.", "person Mikhaïl Teplinski"),
        ("de", "Michail Teplinski führt die Truppen.", "person Michail Teplinski"),
        ("es", "Mazlum Abdi estuvo en Kobane.", "person Mazlum Abdi"),
        ("pl", "Rozmawiano z Kyryłem Budanowem o wojnie.", "person Kyryłem Budanowem"),
        ("de", "Die Ärzte flohen aus Beit Lahia.", "place Beit Lahia"),
        ("fr", "L'infirmière Halyna Dmytrenko a été blessée.", "person Halyna Dmytrenko"),
        ("uk", "Водій Т. Дмитренко загинув.", "person Т. Дмитренко"),
        ("ru", "Генерал А. П. Лапин командовал.", "person А. П. Лапин"),
        ("de", "In Graz sprach auch Alexander Van der Bellen.", "person Alexander Van der Bellen"),
        ("fr", "Anna Van den Bossche a quitté Goma.", "person Anna Van den Bossche"),
        ("de", "Das Beben traf die Stadt Van.", "place Van"),
        ("es", "Voló de Derna a Sabha.", "place Derna"),
        ("es", "Llegaron desde Khan Yunis.", "place Khan Yunis"),
        ("tr", "Hasan el-Beyruti dün konuştu.", "person Hasan el-Beyruti"),
        ("ru", "Отряд взял Талль-Афар; Абдул-Гани аль-Асади уехал.", "place Талль-Афар"),
        ("fr", "Mahmoud al-Khatib est parti hier.", "person Mahmoud al-Khatib"),
        ("tr", "Mazlum Abdi SDG'yi yönetiyor.", "person Mazlum Abdi"),
        ("ru", "Лидер «Хезболлы» Хасан Насралла убит при ударе.", "org Хезболлы"),
        ("uk", "Терористів «Ісламської держави» вибили з Мосула.", "org Ісламської держави"),
        ("fr", "La Turquie a bombardé des positions près de Kobané.", "place Turquie"),
        ("ar", "قتل الأمين العام لـحزب الله حسن نصر الله في غارة على بيروت.", "org حزب الله"),
        (
            "fr",
            "Serge Sarkissian a démissionné après des manifestations.",
            "person Serge Sarkissian",
        ),
        (
            "fr",
            "Le général Mohamed Hamdane Daglo, chef de la milice, a rejeté la trêve à Khartoum.",
            "person Mohamed Hamdane Daglo",
        ),
        (
            "de",
            "Präsident Gustavo Petro kündigte neue Gespräche mit der Guerilla ELN an.",
            "org ELN",
        ),
    ],
)
def test_a_name_is_whole(language: str, text: str, name: str) -> None:
    assert name in named(text, language)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fethi Başağa Sirte'de kaldı.", ["person Fethi Başağa", "place Sirte"]),
        ("Kırılo Budanov Kupyansk'ta konuştu.", ["person Kırılo Budanov", "place Kupyansk"]),
    ],
)
def test_a_turkish_town_behind_a_person_is_its_own(text: str, names: list[str]) -> None:
    assert named(text, "tr") == names


def test_no_surname_is_parted_from_a_turk() -> None:
    assert named("Mustafa Kemal Atatürk'e mektup yazdı.", "tr") == ["person Mustafa Kemal Atatürk"]


def test_towns_that_are_parts_of_a_surname_are_none() -> None:
    found = named("Der Generalmajor Kristof Van den Berg besuchte Mali.", "de")
    assert "place Van" not in found
    assert "place Berg" not in found
    assert "place Mali" in found


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Esmaïl Qaani la Force Al-Qods", "Esmaïl Qaani"),
        ("Mazlum Abdi SDG", "Mazlum Abdi"),
        ("Jean de la Croix", "Jean de la Croix"),
        ("María de los Santos", "María de los Santos"),
        ("Juan Carlos de la Rosa", "Juan Carlos de la Rosa"),
        ("Abdi SDG", "Abdi SDG"),
        ("Emmanuel Jean MACRON", "Emmanuel Jean MACRON"),
        ("Peter Wai NG", "Peter Wai NG"),
        ("George Bush III", "George Bush III"),
    ],
)
def test_what_begins_behind_a_name_is_no_part_of_it(said: str, name: str) -> None:
    (found,) = whole(said, [Mention(0, len(said), EntityKind.PERSON, said, 1.0, "a model")], "fr")
    assert (found.text, found.end) == (name, len(name))
