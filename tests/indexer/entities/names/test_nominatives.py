"""A name in a case is shown in the nominative, where its endings tell what that is."""

from __future__ import annotations

import pytest

from indexer.entities.names.cyrillic import nominative_name


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Конституційного суду", "Конституційний суд"),
        ("Верховного суда", "Верховный суд"),
        ("Національного агентства", "Національне агентство"),
        ("Національної гвардії", "Національна гвардія"),
        ("Национальной гвардии", "Национальная гвардия"),
        ("Красного Полумесяца", "Красный Полумесяц"),
        ("Соледарському", "Соледарськ"),
        ("Торецькому", "Торецьк"),
        ("Генеральний штаб", "Генеральний штаб"),
        ("Покровск", "Покровск"),
        ("Курской области", "Курской области"),  # nothing tells what it comes from
    ],
)
def test_a_name_in_a_case_is_shown_in_the_nominative(name: str, nominative: str) -> None:
    assert nominative_name(name) == nominative
