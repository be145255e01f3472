"""The directory finds an entity by id, by any name or romanization, and by the start of a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt
from indexer.entities import Directory, open_directory
from tests.indexer.entities.articles import ORG, PERSON, PLACE, article, canonicalize


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    articles = {
        "1": article(["Volodymyr Zelensky", "Pavel Filatyev", "Filatyev"]),
        "2": article(["Pavel Filatyev", "Muammar Gaddafi"]),
        "3": article(["Kherson", "Mykolaiv"], kind=PLACE),
        "4": article(["International Criminal Court", "ICC"], kind=ORG, gap=2),
    }
    return canonicalize(articles, tmp_path)[1]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("pavel filatyev", "Pavel Filatyev"),
        ("Filatyev", "Pavel Filatyev"),
        ("Павел Филатьев", "Pavel Filatyev"),
        ("Pavel Filatyef", "Pavel Filatyev"),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ("Moammar Qadhafi", "Muammar Gaddafi"),
        ("P. Filatyev", "Pavel Filatyev"),
        ("ICC", "International Criminal Court"),
        ("Херсон", "Kherson"),
        ("Nikolayev", "Mykolaiv"),
    ],
)
def test_resolve(directory: Directory, name: str, label: str) -> None:
    assert [entity.label for entity in directory.resolve(name)] == [label]


def test_resolve_takes_an_id_and_obeys_the_kind(directory: Directory) -> None:
    (person,) = directory.resolve("Filatyev", kind=PERSON)
    assert directory.resolve(person.entity_id) == [person]
    assert directory.get(person.entity_id) == person
    assert directory.resolve("Filatyev", kind=PLACE) == []
    assert directory.resolve("Nobody Known") == []
    assert directory.get("aaaaaaaaaaaa") is None


def test_search_finds_by_the_start_of_every_word(directory: Directory) -> None:
    assert [entity.label for entity in directory.search("fil pav")] == ["Pavel Filatyev"]
    assert [entity.label for entity in directory.search("zel", kind=PERSON)] == [
        "Volodymyr Zelenskyy"
    ]
    assert directory.search("zel", kind=PLACE) == []
    assert len(directory.search("", limit=3)) == 3
    assert directory.search("%") == directory.search("")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt, match=r"missing\.sqlite"):
        open_directory(tmp_path / "missing.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(IndexCorrupt, match=r"broken\.sqlite"):
        open_directory(broken)


@pytest.mark.parametrize("text", ["\ud800", "Pavel \udfff", "a " * 1_000, "\x00", "%", "'; --"])
def test_any_text_may_be_looked_up(directory: Directory, text: str) -> None:
    assert directory.resolve(text) == []
    assert directory.get(text) is None
    assert len(directory.search(text)) <= 20


def test_labels_of_several_entities_at_once(directory: Directory) -> None:
    found = {entity.entity_id: entity.label for entity in directory.entities()}
    assert len(found) == 6
    assert directory.labels([*found, "unknown"]) == found
    assert directory.labels([]) == {}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Directory:
    """Of a collection that names nobody and nothing as English does."""
    articles = {
        "1": article(["Varsovie", "Türkei", "Харьков", "Bari"], kind=PLACE),
        "2": article(["Wolodymyr Selenskyj", "Денис Пушилин", "Gerda Kiesinger"]),
        "6": article(["Magda Kosin-Kamysz", "Fuad al-Birhan"]),
        "3": article(["خليفة حفتر", "سامي أبو رشيد", "Семён Абу Рашид"]),
        "4": article(["كردفان", "Роботиному", "Verbove", "بلدة مرجعيون"], kind=PLACE),
        "5": article(["«Алмаз-Антей»", "Kraken"], kind=ORG),
    }
    return canonicalize(articles, tmp_path)[1]


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Warsaw", "Varsovie"),
        ("Warszawa", "Varsovie"),
        ("Варшаве", "Varsovie"),
        ("وارسو", "Varsovie"),
        ("Türkiye", "Türkei"),
        ("Turkey", "Türkei"),
        ("Kharkiv", "Харьков"),
        ("Харкові", "Харьков"),
        ("Zelenskyy", "Wolodymyr Selenskyj"),
        ("Зеленский", "Wolodymyr Selenskyj"),
        ("Volodymyr Zelensky", "Wolodymyr Selenskyj"),
        ("Puschilin", "Денис Пушилин"),
        ("Denys Pushylin", "Денис Пушилин"),
        ("Hifter", "خليفة حفتر"),
        ("Khalifa Haftar", "خليفة حفتر"),
        ("Kiesinger", "Gerda Kiesinger"),
        ("Пушилину", "Денис Пушилин"),
        ("Kosin-Kamysz", "Magda Kosin-Kamysz"),
        ("Косін-Камиш", "Magda Kosin-Kamysz"),
        ("Kiesinger Gerda", "Gerda Kiesinger"),
        ("al-Birhan", "Fuad al-Birhan"),
        ("أبو رشيد", "سامي أبو رشيد"),
        ("Абу Рашид", "Семён Абу Рашид"),
        ("Kordofan", "كردفان"),
        ("kordofan", "كردفان"),
        ("Robotyne", "Роботиному"),
        ("Вербовому", "Verbove"),
        ("Almaz-Antey", "«Алмаз-Антей»"),
        ("Кракен", "Kraken"),
    ],
)
def test_what_is_spelled_otherwise_only_is_found(
    elsewhere: Directory, name: str, spelled: str
) -> None:
    (found,) = elsewhere.resolve(name)
    assert spelled in (found.label, *found.aliases)


@pytest.mark.parametrize(
    "name",
    [
        "Kissinger",
        "Vilnius",
        "bar",
        "water",
        "ceasefire",
        "Pushkin",
        "Kardoun",
        "Вербова Лоза",
        "Kosin-Kamil",
        "Kamysz-Kosin",
        "kosin-kamysz",
        "al-birhan",
        "Gerd Kiesinger Gerda",
        "",
        "’",
    ],
)
def test_what_no_spelling_explains_is_not(elsewhere: Directory, name: str) -> None:
    assert elsewhere.resolve(name) == []


def test_a_word_without_a_capital_is_a_person_only_where_persons_are_asked_for(
    elsewhere: Directory,
) -> None:
    assert elsewhere.resolve("puschilin") == []
    assert elsewhere.resolve("kiesinger") == []
    assert [one.label for one in elsewhere.resolve("kiesinger", kind=PERSON)] == ["Gerda Kiesinger"]
    assert len(elsewhere.resolve("puschilin", kind=PERSON)) == 1


def test_a_case_of_a_name_is_surer_than_a_surname_in_other_letters(tmp_path: Path) -> None:
    articles = {
        "1": article(["Anna Wagner"]),
        "2": article(["Wagner Group"], kind=ORG),
    }
    directory = canonicalize(articles, tmp_path)[1]
    for name in ("Вагнер", "Вагнера", "Вагнером"):
        assert [one.label for one in directory.resolve(name)] == ["Wagner Group"]
    assert [one.label for one in directory.resolve("Вагнера", kind=PERSON)] == ["Anna Wagner"]
