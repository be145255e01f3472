"""Which names could be one person's, each rule from both of its sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.names.person_names import (
    begins_small,
    conflict,
    is_by_child,
    is_double_surname,
    may_be,
    middles_agree,
    parts,
    run_together,
    same_given_name,
    same_given_names,
    shortens,
    words,
)
from tests.indexer.entities.articles import article, canonicalize


def given_name(name: str) -> str:
    (only,) = parts(name)
    return only


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Daniel", "Daniel", True),
        ("Jo", "Jo", True),
        ("Jo", "Joanna", False),
        ("Daniel", "Daniela", False),
        ("Daniela", "Daniel", False),
        ("Ivan", "Ivana", False),
        ("Alexander", "Alexandra", False),
        ("Win", "Winthrop", True),
        ("Winthrop", "Win", True),
        ("Wi", "Winthrop", False),
        ("W", "Winthrop", True),
        ("V", "Winthrop", True),
        ("T", "Winthrop", False),
        ("throp", "Winthrop", False),
        ("Bill", "William", True),
        ("Bill", "Billy", True),
        ("Bill", "Bob", False),
        ("Vladimir", "Volodymyr", True),
        ("Tom", "Sue", False),
        ("Nadia", "Ferit", False),
        ("Al", "Albert", False),
        ("Sami", "Samir", False),  # both are names
        ("Vlad", "Vladimir", True),
        ("Chip", "Charles", True),
        ("Chet", "Chester", True),
        ("Chet", "Charles", False),
    ],
)
def test_given_names(one: str, other: str, same: bool) -> None:
    assert same_given_name(given_name(one), given_name(other)) is same
    assert same_given_name(given_name(other), given_name(one)) is same


_GIVEN = """win winthrop w william bill billy bob robert vladimir volodymyr vlad sami samir daniel
daniela jo joanna alexander alexandra sasha chip charles chet chester al albert""".split()


@given(st.sets(st.one_of(st.sampled_from(_GIVEN), st.text("abij", min_size=1, max_size=4))))
def test_the_same_among_many_are_those_of_each_pair(names: set[str]) -> None:
    found = same_given_names(names)
    assert {one: set(others) for one, others in found.items()} == {
        one: {other for other in names if same_given_name(one, other)} for one in names
    }


@pytest.mark.parametrize(
    ("name", "familiar"),
    [
        pair.split()
        for pair in (
            "William Will", "Robert Bob", "Richard Dick", "James Jim", "John Jack", "Joseph Joe",
            "Thomas Tom", "Michael Mike", "Edward Ted", "Charles Chuck", "Anthony Tony",
            "Antony Tony", "Daniel Danny", "David Dave", "Donald Don", "Stephen Steve",
            "Lawrence Larry", "Gerald Jerry", "Henry Harry", "Francis Frank", "Frederick Fred",
            "Nicholas Nick", "Andrew Andy", "Jeffrey Jeff", "Zbigniew Zbig", "Elizabeth Beth",
            "Margaret Maggie", "Katherine Kate", "Deborah Debbie", "Susan Sue", "Leonard Len",
            "Theodore Ted", "Philip Phil", "Alexander Oleksandr", "Alexei Oleksiy", "Sergei Serhiy",
            "Nikolai Mykola", "Dmitry Dmytro", "Andrei Andriy", "Mikhail Mykhailo",
            "Yevgeny Yevhen", "Konstantin Kostiantyn", "Pavel Pavlo", "Yelena Olena", "Anna Hanna",
            "Igor Ihor", "Oleg Oleh", "Kirill Kyrylo", "Grigory Hryhoriy", "Daniil Danylo",
            "Pyotr Petro",
        )
    ],
)  # fmt: skip
def test_names_of_one_family_of_names(name: str, familiar: str) -> None:
    assert same_given_name(given_name(name), given_name(familiar))


def test_daniel_is_not_daniela_in_a_collection(tmp_path: Path) -> None:
    articles = {"he": article(["Daniel Morar"]), "she": article(["Daniela Morar"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert entities["he"][0].entity_id != entities["she"][0].entity_id


def test_win_is_winthrop_in_a_collection(tmp_path: Path) -> None:
    articles = {"short": article(["Win Morar"]), "full": article(["Winthrop Morar"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert entities["short"][0].entity_id == entities["full"][0].entity_id


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Martin Luther King Jr.", "Martin Luther King"),
        ("John Paul II", "John Paul"),
        ("Harold Jr. Morar", "Harold Morar"),
        ("J.F. Kennedy", "J. F. Kennedy"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Bashar el Assad", "Bashar Assad"),
        ("Abdel-Fattah Sisi", "Abdel Fattah Sisi"),
    ],
)
def test_what_is_no_part_of_a_name(name: str, same: str) -> None:
    assert parts(name) == parts(same)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Osama bin Laden", 2),
        ("Abdel Fattah al-Sisi", 2),
        ("Ludwig van der Rohe", 2),
        ("Al Gore", 2),
        ("Jon van", 2),
        ("Jr.", 0),
    ],
)
def test_a_particle_belongs_to_the_word_it_governs(name: str, count: int) -> None:
    assert len(parts(name)) == count


def test_a_particle_stands_before_its_word() -> None:
    assert parts("Osama bin Laden")[1].split(" ")[0] == parts("bin")[0]
    assert parts("Jon van")[1] == parts("van")[0]


@pytest.mark.parametrize(
    ("short", "full", "shorter"),
    [
        ("Kennedy", "John Fitzgerald Kennedy", True),
        ("John", "John Fitzgerald Kennedy", True),
        ("Fitzgerald", "John Fitzgerald Kennedy", False),
        ("Kennedy", "Kennedy", False),
        ("Laden", "Osama bin Laden", True),
        ("Osama Laden", "Osama bin Laden", True),
        ("Abu Laden", "Osama bin Laden", False),
        ("John Kennedy", "John Fitzgerald Kennedy", True),
        ("Fitzgerald Kennedy", "John Fitzgerald Kennedy", True),
        ("F. Kennedy", "John Fitzgerald Kennedy", True),
        ("J. Kennedy", "John Fitzgerald Kennedy", True),
        ("K. Kennedy", "John Fitzgerald Kennedy", False),
        ("Fitzgerald John Kennedy", "John Fitzgerald Kennedy", False),
        ("John John Kennedy", "John Fitzgerald Kennedy", False),
        ("John Fitzgerald", "John Fitzgerald Kennedy", False),
        ("John Fitzgerald Kennedy", "John Fitzgerald Kennedy", True),
        ("John Fitzgerald Kennedy", "John Kennedy", False),
        ("", "John Kennedy", False),
        ("John John", "John John Kennedy", False),
        ("DeGaulle", "Charles De Gaulle", True),
        ("DeGaulle", "Charles", False),
        ("Charles DeGaulle", "Charles Louis De Gaulle", True),
        ("Charles DelToro", "Charles Louis DelToro", True),
        ("Ben Deltoro", "Ben Luis del Toro", True),
        ("Gaul", "Charles De Gaulle", False),
        ("Charles Rommel", "Charles Louis De Gaulle", False),
    ],
)
def test_ways_to_name_somebody_again(short: str, full: str, shorter: bool) -> None:
    assert shortens(parts(short), parts(full)) is shorter


def test_a_name_shortens_none_of_no_parts() -> None:
    assert not shortens(parts("Kennedy"), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("de Gaulle", "DeGaulle", True),
        ("del Toro", "Deltoro", True),
        ("von Braun", "Vonbraun", True),
        ("von Braun", "Braun", False),
        ("van der Berg", "Vanderborg", False),
    ],
)
def test_surnames_run_together(one: str, other: str, same: bool) -> None:
    assert (
        run_together(parts(f"Ann {one}")[-1]) == run_together(parts(f"Ann {other}")[-1])
    ) is same


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Nadia Murad", "Ferit Murad", True),
        ("Nadia Murad", "Nadia Basee Murad", False),
        ("N. Murad", "Nadia Murad", False),
        ("Nadia Murad", "Ferit Harlow", False),
        ("Murad", "Ferit Murad", False),
        ("Ferit Murad", "Murad", False),
        ("Paul DeGaulle", "Charles De Gaulle", True),
    ],
)
def test_given_names_tell_bearers_of_a_surname_apart(one: str, other: str, apart: bool) -> None:
    assert conflict(parts(one), parts(other)) is apart


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("George W. Bush", "George Walker Bush", True),
        ("George Walker Bush", "George W. Bush", True),
        ("George W. Bush", "George H. Bush", False),
        ("George W. Bush", "George H. W. Bush", False),
        ("George Walker Bush", "George Wesley Bush", False),
        ("George Bush", "George Herbert Bush", True),
        ("George H. Bush", "George Herbert Walker Bush", True),
        ("Anna Maria Bush", "George Maria Clinton", True),
    ],
)
def test_middle_names_agree_as_far_as_both_have_them(one: str, other: str, agree: bool) -> None:
    assert middles_agree(parts(one), parts(other)) is agree


NAMES = st.lists(
    st.sampled_from(["Anna", "A.", "Anne", "Bob", "Robert", "bin", "Murad", "Al", "Jr."]),
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES)
def test_comparisons_do_not_mind_which_name_comes_first(one: str, other: str) -> None:
    assert conflict(parts(one), parts(other)) is conflict(parts(other), parts(one))
    assert middles_agree(parts(one), parts(other)) is middles_agree(parts(other), parts(one))
    assert not conflict(parts(one), parts(one))


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Chung Il-kwon", "chung"),
        ("Chung Il Kwon", "chung"),
        ("Il-kwon Chung", "chung"),
        ("Chiang Kai-shek", "chiang"),
        ("Пак Чон Хи", "пак"),
        ("Zaw Min Tun", "tun"),  # Burma has no surnames
        ("Kim Novak", "novak"),
        ("Nasir Al-masri", "masri"),
        ("Syngman Rhee", "rhee"),
        ("Shin Bet Karlsson", "karlsson"),
    ],
)
def test_the_surname_stands_first_in_korea_and_china(name: str, surname: str) -> None:
    assert words(name)[-1] == surname


def test_a_burmese_title_is_no_part_of_a_name() -> None:
    assert parts("U Khine Thu Kha") == parts("Khine Thu Kha")
    assert parts("Daw Aung San Suu Kyi") == parts("Aung San Suu Kyi")
    assert len(parts("U Nu")) == 2


@pytest.mark.parametrize(
    ("typed", "is_small"),
    [
        ("al-Burhan", False), ("Burhan", False), ("burhan", True), ("al-burhan", True),
        ("asch-Schischani", False), ("аль-Бурхан", False), ("almaz", True), ("x-Burhan", True),
    ],
)  # fmt: skip
def test_a_name_begins_behind_its_article(typed: str, is_small: bool) -> None:
    assert begins_small(typed) is is_small


@pytest.mark.parametrize(
    ("typed", "is_double"),
    [
        ("Kosin-Kamysz", True), ("Kos-Lis", True), ("Ko-Kamysz", False), ("Kosin-kamysz", False),
        ("Kosin", False), ("Magda Kosin-Kamysz", False), ("Kosin-Kamysz-Lisin", False),
    ],
)  # fmt: skip
def test_a_surname_of_two(typed: str, is_double: bool) -> None:
    assert is_double_surname(typed) is is_double


@pytest.mark.parametrize(
    ("typed", "is_so"),
    [
        ("Абу Шабаб", True), ("أبو شباب", True), ("ابو شباب", True), ("אבו שבאב", True),
        ("Абу Ша", False), ("Ясир Абу Шабаб", False), ("Абу", False), ("Иван Шабаб", False),
    ],
)  # fmt: skip
def test_who_is_called_by_a_child(typed: str, is_so: bool) -> None:
    assert is_by_child(typed) is is_so


@pytest.mark.parametrize(
    ("typed", "name", "may"),
    [
        ("Косін-Камиш", "Magda Kosin-Kamysz", True),
        ("Камиш-Косін", "Magda Kosin-Kamysz", False),
        ("Косін-Камиш", "Magda Kosin", False),
        ("Косін-Камиш", "Kosin-Kamysz", False),
        ("Косін-Рудий", "Magda Kosin-Kamysz", False),
    ],
)
def test_whose_surname_of_two_it_may_be(typed: str, name: str, may: bool) -> None:
    assert may_be(typed, name) is may


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Omar asch-Schihri", ("omar", "schihri")), ("Omar ach-Chehri", ("omar", "chehri")),
        ("Omar esch-Schihri", ("omar", "schihri")), ("Omar asz-Szihri", ("omar", "szihri")),
        ("Omar eş-Şihri", ("omar", "sihri")), ("Chou En-lai", ("en", "lai", "chou")),
        ("Tadele Gebre-Mikael", ("tadele", "gebremichael")),
    ],
)  # fmt: skip
def test_articles_and_parts_of_names(name: str, bare: tuple[str, ...]) -> None:
    assert words(name) == bare
