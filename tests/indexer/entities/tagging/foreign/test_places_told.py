"""A case that towns alone have tells a town that no list has."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.places_told import towns_in_case


def towns(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in towns_in_case(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("uk", "Потяг ішов до Білоярська дві доби.", ["Білоярська"]),
        ("uk", "З Мирноградівки вийшли всі.", ["Мирноградівки"]),
        (
            "uk",
            "У Зеленогорську чути постріли, у Степанівці тихо.",
            ["Зеленогорську", "Степанівці"],
        ),
        ("ru", "Поезд шёл из Белоярска до Кедровска.", ["Белоярска", "Кедровска"]),
        (
            "ru",
            "В Кедровске, под Белоярском и к Мирноуральску",
            ["Кедровске", "Белоярском", "Мирноуральску"],
        ),
    ],
)
def test_a_town_is_told_by_its_case(language: str, text: str, found: list[str]) -> None:
    assert towns(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Він приїхав до Білоярської у гості."),  # a woman
        ("uk", "лист від Білоярського"),
        ("uk", "у Білоярську область"),  # an adjective
        ("uk", "Розмова про Білоярську"),
        ("uk", "до Білоярська-Нового"),
        ("ru", "письмо от Белоярской и от Белоярского"),
        ("ru", "в Белоярском районе"),
        ("ru", "он любит Белоярска"),
        ("pl", "do Białojarska"),
    ],
)
def test_whom_another_case_means_is_no_town(language: str, text: str) -> None:
    assert towns(text, language) == []
