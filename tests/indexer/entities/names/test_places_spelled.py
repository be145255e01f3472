"""A place that no list has is found in other letters, and none that is another."""

from __future__ import annotations

import pytest

from indexer.entities.names.places_spelled import may_be_place, place_bones


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Kordofan", "كردفان"),
        ("Ras al-Ain", "رأس العين"),  # an article inside
        ("Kafr Nabl", "كفرنبل"),  # two words or one
        ("Haret Hreik", "حارة حريك"),  # a t that is spoken before what follows
        ("Umm Rawaba", "أم روابة"),  # a vowel that its plain spelling does not tell
        ("Tasnim", "تسنيم"),  # a vowel that nobody writes between t and s
        ("Awdijiwka", "Авдіївки"),
        ("Robotyne", "Роботиному"),
        ("Sderot", "שדרות"),
    ],
)
def test_spellings_of_one_are_found_by_each_other(latin: str, other: str) -> None:
    assert may_be_place(latin, other)
    assert may_be_place(other, latin)
    assert place_bones(latin) & place_bones(other)


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Kordofan", "كرواتيا"),
        ("Toretsk", "Торжок"),
        ("Sarmin", "سامراء"),
        ("Ufa", "Уфа"),  # too short: spelled like too many others
        ("Robotyne", "Robotyne"),
        ("", "Роботине"),
        ("Union of the peoples of the north", "Юнион"),
    ],
)
def test_others_are_not(latin: str, other: str) -> None:
    assert not may_be_place(latin, other)


@pytest.mark.parametrize("form", ["Галушкова", "Галушковым", "Галушковим", "Галушкове"])
def test_a_town_in_ovo_is_one_in_two_languages_in_all_cases(form: str) -> None:
    assert may_be_place("Galushkovo", form)
    assert not may_be_place("Galushkino", form)
