"""Bodies are known by their parts: whose ministry, which brigade, in any language and case."""

from __future__ import annotations

import pytest

from indexer.entities.names.bodies import Unit, bodies_among, body_label, unit_of
from indexer.entities.names.known import known_label
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ukrainische Verteidigungsministerium", "Ministry of Defense of Ukraine"),
        ("ministère ukrainien de la Défense", "Ministry of Defense of Ukraine"),
        ("ministère de la Défense ukrainien", "Ministry of Defense of Ukraine"),
        ("Міністерства оборони України", "Ministry of Defense of Ukraine"),
        ("Минобороны Украины", "Ministry of Defense of Ukraine"),
        ("Ukrayna Savunma Bakanlığı", "Ministry of Defense of Ukraine"),
        ("Ministry of Defence of Ukraine", "Ministry of Defense of Ukraine"),
        ("Ukraine's Defense Ministry", "Ministry of Defense of Ukraine"),
        ("وزارة الدفاع الروسية", "Ministry of Defense of Russia"),
        ("Ministerio de Defensa ruso", "Ministry of Defense of Russia"),
        ("rosyjskie ministerstwo obrony", "Ministry of Defense of Russia"),
        ("משרד הביטחון הרוסי", "Ministry of Defense of Russia"),
        ("турецкий Минздрав", "Ministry of Health of Turkey"),
        ("وزارت دفاع اوکراین", "Ministry of Defense of Ukraine"),
        ("Силами быстрой поддержки", "Rapid Support Forces"),
        ("Врачей без границ", "Doctors Without Borders"),
        ("Белых касок", "White Helmets"),
        ("Сирійських демократичних сил", "Syrian Democratic Forces"),
        ("Міжнародної кризової групи", "International Crisis Group"),
    ],
)
def test_a_body_has_one_label_in_all_languages(name: str, label: str) -> None:
    assert known_label(EntityKind.ORG, plain(name)) == label


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Defense",  # whose?
        "министерство обороны",
        "Jordan Health Group",
        "U.S. Department of Defense School",
        "Ministry of Health of Kidal",
        "Georgian Defense Ministry",  # of the state or of the country
        "grand état-major",  # Granada is Grenada
        "силы",
    ],
)
def test_what_says_too_little_has_none(name: str) -> None:
    assert body_label(plain(name)) is None


def test_a_body_stands_among_other_words() -> None:
    words = plain("Как сообщили в Минобороны Украины в четверг").split()
    assert [(one.first, one.last) for one in bodies_among(words)] == [(3, 5)]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("93rd Mechanized Brigade", Unit("93", "brigade", "mechanized")),
        ("93-тя окрема механізована бригада", Unit("93", "brigade", "mechanized")),
        ("93-й бригады", Unit("93", "brigade", "")),
        ("93. Brigade", Unit("93", "brigade", "")),
        ("93e brigade mécanisée", Unit("93", "brigade", "mechanized")),
        ("brigada 93", Unit("93", "brigade", "")),
        ("اللواء 93", Unit("93", "brigade", "")),
        ("3-й штурмовой бригады", Unit("3", "brigade", "assault")),
        ("82nd Airborne Division", Unit("82", "division", "airborne")),
        ("Третьою штурмовою бригадою", Unit("3", "brigade", "assault")),
        ("3. Sturmbrigade", Unit("3", "brigade", "assault")),
        ("3e brigade d'assaut", Unit("3", "brigade", "assault")),
        ("Second Division", None),  # which plays football
        ("Second 3rd Assault Brigade", None),
        ("Brigade", None),
        ("1st Cavalry Division", None),  # no kind that other languages are known to tell
        ("3 of the 5 brigades", None),
    ],
)
def test_a_unit_is_known_by_its_number(name: str, unit: Unit | None) -> None:
    assert unit_of(plain(name)) == unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("63-ї механізованої бригади", Unit("63", "brigade", "mechanized")),
        ("63-ю бригаду", Unit("63", "brigade", "")),
        ("30-го полка", Unit("30", "regiment", "")),
        ("30-му полку", Unit("30", "regiment", "")),
        ("63-ї річниці бригади", None),
    ],
)
def test_a_unit_is_known_in_the_cases_of_its_number(name: str, unit: Unit | None) -> None:
    assert unit_of(plain(name)) == unit
