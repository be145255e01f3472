"""One person has one entity, whatever language an article is in; two persons keep two."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import PERSON, PLACE, article, canonicalize, labels


def entities_of(folder: Path, *names: str, kind: EntityKind = PERSON) -> list[str]:
    """The labels that names of articles of their own come to."""
    articles = {str(number): article([name], kind=kind) for number, name in enumerate(names)}
    entities, _ = canonicalize(articles, folder)
    return [labels(entities[number])[0] for number in articles]


@pytest.mark.parametrize(
    "names",
    [
        "Pavlo Tymoshchuk|Павлу Тимощуку|Pawlo Tymoschtschuk|Pavlo Tymochtchouk",
        "Тимощук Павло Іванович|Pavlo Tymoshchuk",
        "Владимир Тимощук|Володимир Тимощук|Volodymyr Tymoshchuk",
        "Tariq al-Shehri|طارق الشهري|Tarek Shehri",
        "Yoav Shitrit|יואב שטרית",
        "Ismail Qattani|اسماعیل قاتانی|إسماعيل قاتاني",
        "Abdel Fattah al-Mandur|Абдель Фаттах аль-Мандур|Абдель Фаттаха аль-Мандура",
        "Mazloum Birdan|Maslum Birdan|Mazlum Birdan|مظلوم بردان",
        "Ismail Talniyeh|Исмаил Талния",
        "Robert Tymoshenko|Robert Tymoschenko",
    ],
)
def test_a_person_is_one_in_all_languages(names: str, tmp_path: Path) -> None:
    assert len(set(entities_of(tmp_path, *names.split("|")))) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Kurt Kiesinger|Henry Kissinger",
        "Pavlo Tymoshchuk|Петро Тимощук|Anna Tymoshchuk",
        "Ahmed Hassan|أحمد حسين",
        "Hafez al-Birdan|Bashar al-Birdan|صدام البردان",
        "Michael Meier|Michael Mayer",
        "Karl Maier|Karl Meier",
        "Robert Hansing|Robert Hensing",
        "Saddam Talfar|Khalifa Talfar",
    ],
)
def test_persons_of_other_given_names_are_several(names: str, tmp_path: Path) -> None:
    several = names.split("|")
    assert len(set(entities_of(tmp_path, *several))) == len(several)


def test_what_fits_two_in_full_joins_neither(tmp_path: Path) -> None:
    names = entities_of(tmp_path, "Ahmed Salem", "Ahmed Salim", "أحمد سالم")
    assert len(set(names)) == 3


def test_a_surname_alone_in_other_letters_is_its_one_bearers(tmp_path: Path) -> None:
    assert entities_of(tmp_path, "Tariq Shehri", "الشهري")[1] == "Tariq Shehri"
    assert entities_of(tmp_path, "Pavlo Tymoshchuk", "Тимощука")[1] == "Pavlo Tymoshchuk"
    two = entities_of(tmp_path, "Tariq Shehri", "Omar Shehri", "الشهري")
    assert two == ["Tariq Shehri", "Omar Shehri", "الشهري"]
    assert entities_of(tmp_path, "Tariq Khaled", "خالد")[1] == "خالد"  # a given name


@pytest.mark.parametrize("name", ["Wolodymyr Selenskyj", "Volodimir Zelenskiy"])
def test_somebody_known_is_known_by_a_spelling_that_no_list_has(name: str, tmp_path: Path) -> None:
    assert entities_of(tmp_path, name) == ["Volodymyr Zelenskyy"]


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Varsovie", "Warsaw"),
        ("Warschau", "Warsaw"),
        ("Moskova", "Moscow"),
        ("Макеевки", "Makiivka"),
        ("Миколаєвом", "Mykolaiv"),
        ("Кривим Рогом", "Kryvyi Rih"),
        ("Угледаром", "Vuhledar"),
        ("الحديدة", "Hodeidah"),
        ("Hudaida", "Hodeidah"),
        ("Köln", "Cologne"),
        ("القامشلي", "Qamishli"),
        ("Афинами", "Athens"),
    ],
)
def test_a_town_is_one_in_all_languages_and_cases(name: str, town: str, tmp_path: Path) -> None:
    assert entities_of(tmp_path, name, town, kind=PLACE) == [town, town]


@pytest.mark.parametrize(
    "names",
    [
        "Moscow|Mosul",
        "Tripoli|Tripolis Square",
        "Georgia|Georgetown",
        "Niger|Nigeria",
        "Mexico|Mexico City",
        "India|Inđija",
        "Ariel|Jerusalem",
    ],
)
def test_towns_that_no_list_makes_one_are_two(names: str, tmp_path: Path) -> None:
    assert len(set(entities_of(tmp_path, *names.split("|"), kind=PLACE))) == 2


def test_a_small_town_keeps_its_name_beside_one_of_its_size(tmp_path: Path) -> None:
    assert entities_of(tmp_path, "Springfield", "Samara", kind=PLACE) == ["Springfield", "Samara"]
