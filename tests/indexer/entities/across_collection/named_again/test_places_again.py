"""A text in another language names towns, persons and bodies that other articles introduced."""

from __future__ import annotations

import pytest

from indexer.entities.across_collection.named_again.places_again import PlacesAgain
from indexer.entities.across_collection.named_again.written_alike import WrittenAlike
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind

PLACES = [
    "Kidal",
    "Adigrat",
    "El Obeid",
    "Avdiivka",
    "Babanusa",
    "Srebrenica",
    "France",
    "Lincoln",
    "Maanshan",
    "Amazon",
    "San Juan",
    "Seoul",
    "Rubizhne",
    "Budyonnovsk",
    "Tahtarun",
    "Masar-i-Scharif",
    "Ganja",
    "מטולה",
    "Metula",
]
NAMES = [
    ("Zaw Min Tun", EntityKind.PERSON, "Zaw Min Tun"),
    ("Volodymyr Chernyak", EntityKind.PERSON, "Volodymyr Chernyak"),
    ("Kadyr Barsukov", EntityKind.PERSON, "Kadyr Barsukov"),
    ("Tun", EntityKind.PERSON, "Tun"),
    ("Ziad al-Nakhalah", EntityKind.PERSON, "one"),
    ("Ziad al-Nakhala", EntityKind.PERSON, "one"),
    ("Monte Melkonian", EntityKind.PERSON, "Monte Melkonian"),
    ("M23", EntityKind.ORG, "M23"),
    ("Arakan Army", EntityKind.ORG, "Arakan Army"),
    ("Army", EntityKind.ORG, "Army"),
]
NOTHING = Recognition((), ())


def places(text: str, language: str, recognition: Recognition = NOTHING) -> list[str]:
    found = PlacesAgain((name, name) for name in PLACES).added_to(recognition, text, language)
    return [f"{text[start:end]}={found.names[name].full}" for start, end, name in found.spans]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Elle a écrit à sa sœur Adigrat."),
        ("ru", "Письмо написал господин Кидаль."),
        ("es", "Llamó a su hermana Adigrat por teléfono."),
        ("tr", "Dün arkadaşı Kidal geldi."),
        ("pl", "Spotkał tam pana Kidal w ogrodzie."),
    ],
)
def test_who_is_kin_or_addressed_is_no_town(language: str, text: str) -> None:
    assert places(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Il a promis de reprendre Adigrat.", ["Adigrat=Adigrat"]),
        ("de", "Während Adigrat beschossen wurde", ["Adigrat=Adigrat"]),
        ("pl", "ostrzał El-Obeid", ["El-Obeid=El Obeid"]),
        ("ru", "Об обстреле Эль-Обейда", ["Эль-Обейда=El Obeid"]),
        ("uk", "За його словами, Авдіївку залишили", ["Авдіївку=Avdiivka"]),
        ("fr", "a été vu à Babanoussa", ["Babanoussa=Babanusa"]),
        ("pl", "Odpowiadał za Srebrenicę", ["Srebrenicę=Srebrenica"]),
        ("pl", "Joaw odwiedził Metulę", ["Metulę=מטולה"]),  # which most call so in other letters
        ("tr", "Srebrenitsa'da yargılandı", ["Srebrenitsa=Srebrenica"]),
        ("tr", "uçak San Juan kentine indi", ["San Juan=San Juan"]),
        ("fr", "le retrait d'Adigrat", ["Adigrat=Adigrat"]),
        ("ru", "был замечен в Бабанусе", ["Бабанусе=Babanusa"]),
        # behind an and, and another town
        ("de", "zwischen Adigrat und Babanussa", ["Adigrat=Adigrat", "Babanussa=Babanusa"]),
        ("de", "sie nannte Rubischne Trümmer", ["Rubischne=Rubizhne"]),
        ("pl", "mówił o Rubiżnem cicho", ["Rubiżnem=Rubizhne"]),
        ("de", "er überfiel Budjonnowsk", ["Budjonnowsk=Budyonnovsk"]),
        ("fr", "a attaqué Boudionnovsk", ["Boudionnovsk=Budyonnovsk"]),
        ("fr", "il parlait de Tahtaroun", ["Tahtaroun=Tahtarun"]),
        ("ru", "он обстрелял Бабанусу", ["Бабанусу=Babanusa"]),  # as several do: обстреляли
        ("uk", "вона захопила Бабанусу", ["Бабанусу=Babanusa"]),
        ("de", "die Brücke von Adigrat", ["Adigrat=Adigrat"]),
        ("uk", "пообіцяв залишити Бабанусу", ["Бабанусу=Babanusa"]),
        ("ru", "она удерживала Бабанусу", ["Бабанусу=Babanusa"]),
        ("de", "der Zug nach Gandscha", ["Gandscha=Ganja"]),  # short, as others spell it
    ],
)
def test_a_town_of_the_collection_is_found(language: str, text: str, found: list[str]) -> None:
    assert places(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le ministre Kidal Diallo parle"),  # part of a longer name
        ("fr", "La France accuse"),  # a tagger knows countries, and where they are none
        ("de", "Die Städte und ihre Menschen leiden."),  # spells Maanshan
        ("ru", "Выставка Бабануса открыта"),  # a spelling, and nothing says that it is a place
        ("ru", "Он слушает Голос Кидаля."),
        ("de", "Kidalische Truppen"),
        ("en", "They took Kidal."),
        ("ar", "Kidal"),
        ("fr", "Il a écrit à M. Kidal hier"),  # a person, by what stands before
        ("fr", "Kidal, ouvrier, dort"),  # what opens a sentence has a capital in any case
        ("fr", "Il parle. Seul, il part"),
        ("tr", "uçak San Juan Havalimanı üzerinden geçti"),  # an airport
        ("tr", "O, 1988 Adigrat ve 1992 Kidal oyunlarına gitti"),  # games of a year
        ("tr", "kitap Kidal tarafından yazıldı"),  # somebody, who did it
        ("tr", "bunu amazon.com ve Amazon.com yazdı"),
        ("tr", "Bu, Lincoln'in konuşması"),  # whose a thing is tells no place of a surname
        ("fr", "Winand et Lincoln"),  # borne as a surname, and nothing says that the town is meant
    ],
)
def test_what_may_be_something_else_is_not(language: str, text: str) -> None:
    assert places(text, language) == []


def test_what_a_person_of_the_article_is_called_is_no_town() -> None:
    text = "Amadou Kidal est venu. Kidal parle."
    person = ArticleName(EntityKind.PERSON, (("Amadou Kidal", 1),))
    found = places(text, "fr", Recognition((person,), ((0, 12, 0),)))
    assert found == ["Amadou Kidal=Amadou Kidal"]


def test_what_is_listed_with_bodies_is_none() -> None:
    text = "kârı Google, Amazon ve Yahoo gibi"
    body = ArticleName(EntityKind.ORG, (("Google", 1),))
    assert places(text, "tr", Recognition((body,), ((5, 11, 0),))) == ["Google=Google"]
    assert places(text, "tr") == ["Amazon=Amazon"]


def test_a_place_that_no_list_has_is_called_as_others_call_it() -> None:
    place = ArticleName(EntityKind.PLACE, (("Tahtaroun", 1),))
    assert places("Puis Tahtaroun !", "fr", Recognition((place,), ((5, 14, 0),))) == [
        "Tahtaroun=Tahtarun"
    ]


def test_a_town_in_several_parts_is_no_body() -> None:
    body = ArticleName(EntityKind.ORG, (("Мазари-Шариф", 1),))
    found = places("покинул Мазари-Шариф", "ru", Recognition((body,), ((8, 20, 0),)))
    assert found == ["Мазари-Шариф=Masar-i-Scharif"]


def test_a_lone_word_taken_for_a_person_is_the_town_and_a_surname_is_not() -> None:
    text = "Ушли под Кидаль"
    person = ArticleName(EntityKind.PERSON, (("Кидаль", 1),))
    assert places(text, "ru", Recognition((person,), ((9, 15, 0),))) == ["Кидаль=Kidal"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Juntasprecher Zaw Min Tun bestritt", ["Zaw Min Tun"]),
        ("es", "portavoz del M23, dijo", ["M23"]),
        ("fr", "selon l'Arakan Army elle-même", ["Arakan Army"]),
        ("fr", "Zaw Mïn Tun nie", ["Zaw Mïn Tun"]),
        ("fr", "Volodymyr Tchernyak parle", ["Volodymyr Tchernyak"]),
        ("de", "Wolodymyr Tschernjak sprach", ["Wolodymyr Tschernjak"]),
        ("de", "Petro Tschernjak sprach", []),
        ("de", "Kadyr Barsukow sprach", ["Kadyr Barsukow"]),  # his surname alone differs
        ("fr", "Kadira Barsoukova parle", []),
        ("de", "Siad al-Nachala führt", ["Siad al-Nachala"]),  # one, whom two articles spell
        ("de", "Monte Melkonjan fiel", ["Monte Melkonjan"]),
        ("de", "Marte Melkonjan fiel", []),
        ("fr", "Tun et Army", []),  # one word says too little
        ("fr", "les M23-1 et M235", []),
        ("en", "Zaw Min Tun denied", []),
        ("tr", "2006 M23 Dünya Kupası", []),  # a part of what the capitals go on with
        ("tr", "M23 bunu açıkladı", ["M23"]),
    ],
)
def test_who_is_written_as_elsewhere_is_found(language: str, text: str, found: list[str]) -> None:
    added = WrittenAlike(NAMES).added_to(NOTHING, text, language)
    assert [text[start:end] for start, end, _ in added.spans] == found


def test_a_whole_name_takes_the_place_of_its_part() -> None:
    text = "El portavoz Zaw Min Tun lo negó"
    part = ArticleName(EntityKind.PERSON, (("Min Tun", 1),))
    added = WrittenAlike(NAMES).added_to(Recognition((part,), ((16, 23, 0),)), text, "es")
    assert [text[start:end] for start, end, _ in added.spans] == ["Zaw Min Tun"]


@pytest.mark.parametrize(
    ("language", "text", "taken", "found"),
    [
        ("ru", "был замечен в Бабанусе", "Бабанусе", ["Бабанусе=Babanusa"]),
        ("ru", "звали его Бабанусе", "Бабанусе", []),  # nothing says that the town is meant
        ("fr", "les combats à Adigrat", "Adigrat", ["Adigrat=Adigrat"]),
        ("fr", "a parlé avec Adigrat", "Adigrat", []),
    ],
)
def test_a_town_behind_a_preposition_is_no_body(
    language: str, text: str, taken: str, found: list[str]
) -> None:
    start = text.index(taken)
    name = ArticleName(EntityKind.ORG, ((taken, 1),))
    recognition = Recognition((name,), ((start, start + len(taken), 0),))
    result = PlacesAgain((one, one) for one in PLACES).added_to(recognition, text, language)
    assert [
        f"{text[begin:end]}={result.names[number].full}"
        for begin, end, number in result.spans
        if result.names[number].kind is EntityKind.PLACE
    ] == found
