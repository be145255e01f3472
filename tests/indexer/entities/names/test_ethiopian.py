"""Ethiopian names are one, written together or apart; the first word alone is none."""

from __future__ import annotations

import pytest

from indexer.entities.names.person_names import parts, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tadele Gebremichael", "Tadele Gebre-Michael"),
        ("Tadele Gebremichael", "Tadele Ghebre Mikael"),
        ("Almaz Haile Mariam", "Almaz Hailemaryam"),
        ("Haile Mariam Tsegaye", "Hailemariam Tsegaye"),
        ("Sisay Wolde Giorgis", "Sisay Weldegiyorgis"),
        ("Sisay Tekle Selassie", "Sisay Teklesellassie"),
    ],
)
def test_they_are_one(one: str, other: str) -> None:
    assert parts(one) == parts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tadele Gebremichael", "Tadele Gebremariam"),
        ("Tadele Gebremichael", "Tadele Woldemichael"),
        ("Tadele Gebre", "Tadele Gebremichael"),
        ("Tadele Gebre Mikalu", "Tadele Gebremichael"),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert parts(one) != parts(other)


def test_an_emperor_has_two_names() -> None:
    assert words("Haile Selassie") == ("haile", "selassie")
