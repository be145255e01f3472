"""One person has one entity, whatever language an article is in; two persons keep two."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clusters import Clusters
from indexer.entities.across_collection import romanized
from indexer.entities.across_collection.collection_names import CorpusName, CorpusNames
from indexer.entities.across_collection.romanized import (
    LatinNames,
    Spellings,
    join_polish_cases,
    join_spellings,
)
from indexer.entities.names.person_names import middles_agree, parts, words
from indexer.entities.names.romanization.given_names import given_names, same_given_name
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.persons import is_one_romanized
from indexer.entities.names.spelling import plain
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


_GIVEN = ("Volodymyr", "Wolodymyr", "Vladimir", "Tariq", "Tarek", "Ahmed", "Ahmad", "Karl", "Anna",
          "Sergei", "Serhiy", "Abdelrahman", "Robert", "Sergiusz", "John")  # fmt: skip
_SURNAMES = ("Zelensky", "Selenskyj", "Zelenskyy", "Salem", "Salim", "Maier", "Meier", "Mayer",
             "Haftar", "Hifter", "Chifter", "Tymoshenko", "Tymoschenko", "Li", "al-Birdan",
             "Berdan")  # fmt: skip
_full_names = st.tuples(
    st.sampled_from(_GIVEN), st.sampled_from(("", "", "A. ", "Ivan ")), st.sampled_from(_SURNAMES)
).map(lambda drawn: f"{drawn[0]} {drawn[1]}{drawn[2]}")


def _all_with_all(latin: LatinNames[int], names: CorpusNames, clusters: Clusters) -> None:
    """What `join_spellings` comes to where nothing tells it whom to leave out."""
    for group in latin.groups():
        romanized = [(found, number) for found, number in group if given_names(found[0])]
        for found, number in romanized:
            fitting = {
                clusters.root(other): theirs
                for theirs, other in romanized
                if not clusters.together(other, number)
                and is_one_romanized(found, theirs)
                and middles_agree(
                    parts(names.names[number].spelling), parts(names.names[other].spelling)
                )
            }
            if all(
                is_one_romanized(one, other)
                for one in fitting.values()
                for other in fitting.values()
            ):
                for root in fitting:
                    clusters.join(root, number)


def _named(full_names: list[str]) -> CorpusNames:
    """Persons whom one article has each."""
    keyed = {plain(one): one for one in full_names}
    return CorpusNames(
        CorpusName.counted(PERSON, key, one, articles=1, short_forms=None)
        for key, one in keyed.items()
    )


@given(
    st.lists(_full_names, min_size=2, max_size=40, unique=True),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=4),
)
def test_whom_nothing_may_join_is_left_out_and_nobody_else(
    full_names: list[str], apart: list[tuple[int, int]]
) -> None:
    names = _named(full_names)
    found, wanted = Clusters(len(names.names)), Clusters(len(names.names))
    for clusters in (found, wanted):
        for one, other in apart:
            if max(one, other) < len(names.names):
                clusters.keep_apart(one, other)
    latin = LatinNames.of((one.spelling, number) for number, one in enumerate(names.names))
    join_spellings(
        latin,
        lambda number: given_names(words(names.names[number].spelling)[0]),
        Spellings(),
        names,
        found,
    )
    _all_with_all(latin, names, wanted)
    assert found.groups() == wanted.groups()


@given(st.lists(st.tuples(_full_names, _full_names), min_size=1, max_size=20))
def test_what_was_asked_of_two_names_is_answered_as_before(pairs: list[tuple[str, str]]) -> None:
    worded = [(words(one), words(other)) for one, other in pairs]
    first = Spellings()
    answers = [first.are_one(*pair) for pair in worded]
    assert answers == [is_one_romanized(*pair) for pair in worded]
    again = Spellings(first.asked)
    assert [again.are_one(*pair) for pair in worded] == answers
    assert again.asked == first.asked


@given(st.lists(st.tuples(_full_names, _full_names), min_size=1, max_size=20))
def test_what_was_asked_of_a_case_is_answered_as_before(pairs: list[tuple[str, str]]) -> None:
    asked = [
        (mine[0], mine[-1], words(other)) for one, other in pairs if len(mine := words(one)) > 1
    ]
    first = Spellings()
    answers = [first.is_base(*one) for one in asked]
    assert answers == [
        (given_name == name[0] or bool(same_given_name(given_name, name[0])))
        and (surname == name[-1] or kin([surname], name[-1:]))
        for given_name, surname, name in asked
    ]
    again = Spellings(first.asked)
    assert [again.is_base(*one) for one in asked] == answers
    assert again.asked == first.asked


def test_what_was_asked_of_a_case_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    full_names = ["Kyrylo Budanov", "Kyryłem Budanowem", "Anna Kowalska"]
    names = _named(full_names)
    latin = LatinNames.of((one.spelling, number) for number, one in enumerate(names.names))
    first = Spellings()
    before = Clusters(len(full_names))
    join_polish_cases(range(len(full_names)), latin, first, names, before)
    assert before.together(0, 1)
    assert not before.together(0, 2)
    monkeypatch.setattr(romanized, "kin", _nothing_is_asked)
    monkeypatch.setattr(romanized, "same_given_name", _nothing_is_asked)
    after = Clusters(len(full_names))
    join_polish_cases(range(len(full_names)), latin, Spellings(first.asked), names, after)
    assert after.groups() == before.groups()


def _nothing_is_asked(*_names: object) -> bool:
    raise AssertionError("asked again")
