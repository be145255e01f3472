"""Spellings of one name get one key; names of different people do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.names.person_names import conflict, parts, shortens
from indexer.entities.names.spelling import initials, plain, skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelenskyy Zelenskiy Zelensky Zelenskyi Зеленский",
        "Yevgeny Evgeny Yevgeniy Evgenii Евгений",
        "Gaddafi Qaddafi Kadhafi al-Qaddafi Gadhafi Khadafy El-Gadhafi",
        "Mohammed Muhammad Mohamed Mohamad",
        "Muammar Moammar Mu'ammar",
        "Dmitry Dmitri Dmitriy Дмитрий",
        "Medvedev Medvedyev Медведев",
        "Assad al-Assad el-Assad",
        "Shoigu Shoygu Шойгу",
    ],
)
def test_romanizations_of_a_name_have_one_skeleton(spellings: str) -> None:
    assert len({skeleton(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan", "Hussein"),
        ("Iran", "Iraq"),
        ("Slovakia", "Slovenia"),
        ("Ivanov", "Ivanova"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
    ],
)
def test_different_names_keep_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_plain_drops_case_accents_points_and_possessives() -> None:
    assert plain("U.N.") == plain("UN")
    assert plain("Erdoğan’s") == "erdogan"
    assert plain("Kim Jong-un") == "kim jong un"
    assert plain("RFE/RL") == "rfe rl"


@given(st.text(max_size=40))
def test_plain_is_a_fixed_point(name: str) -> None:
    assert plain(plain(name)) == plain(name)


def test_initials_skip_small_words() -> None:
    assert initials("Ministry of Defence of the Russian Federation") == "mdrf"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Putin", "Vladimir Putin"),
        ("V. Putin", "Vladimir Vladimirovich Putin"),
        ("Kennedy", "John F. Kennedy"),
        ("J.F. Kennedy", "John Fitzgerald Kennedy"),
        ("Xi", "Xi Jinping"),
        ("al-Sisi", "Abdel Fattah el-Sisi"),
        ("bin Laden", "Osama bin Laden"),
    ],
)
def test_a_short_form_shortens_its_name(short: str, full: str) -> None:
    assert shortens(parts(short), parts(full))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Hillary Clinton", "Bill Clinton"),
        ("Sergei Ivanov", "Viktor Ivanov"),
        ("Vladimir", "Putin"),
        ("Ivanova", "Sergei Ivanov"),
        ("Sergei Petrov", "Sergei Viktorovich Ivanov"),
    ],
)
def test_another_name_does_not(short: str, full: str) -> None:
    assert not shortens(parts(short), parts(full))


def test_given_names_tell_namesakes_apart_but_nicknames_do_not() -> None:
    assert conflict(parts("Bill Clinton"), parts("Hillary Clinton"))
    assert not conflict(parts("Bill Clinton"), parts("William Clinton"))
    assert not conflict(parts("V. Ivanov"), parts("Viktor Ivanov"))
