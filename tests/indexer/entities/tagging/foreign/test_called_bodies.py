"""Bodies are told by what they are called, in languages that no model reads."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.called_bodies import called_bodies
from indexer.entities.tagging.foreign.listed import ForeignTagger
from indexer.entities.types import EntityKind


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("es", "El Frente Popular de Liberación se rindió.", ["Frente Popular de Liberación"]),
        ("es", "Según la Guardia Civil, el ELN huyó.", ["Guardia Civil", "ELN"]),
        ("es", "Frente a Madrid, el consejo calló y la Corte durmió.", []),
        ("es", "Cayó la URSS y el ADN no mintió.", []),  # a country, and no body
        ("es", "La Unión Soviética atacó.", []),
        ("es", "Ministerio de Salud Rosa Prieto", ["Ministerio de Salud"]),  # a person behind it
        ("pl", "Rada Ministrów i Gwardia Narodowa", ["Rada Ministrów", "Gwardia Narodowa"]),
        ("pl", "W Parlamencie Europejskim i w armii", ["Parlamencie Europejskim"]),
        ("pl", "Związek Radziecki upadł.", []),
        ("he", "במשרד החינוך ובפיקוד הדרום", ["משרד החינוך", "פיקוד הדרום"]),
        ("he", "דובר הליגה הערבית אמר", ["הליגה הערבית"]),
        ("he", "צבא השחרור העממי ברח", ["צבא השחרור העממי"]),
        ("he", "במשרד היה שקט", []),
        ("fa", "وزارت نفت و نیروی دریایی", ["وزارت نفت", "نیروی دریایی"]),
        ("fa", "در شورا نشستند", []),
        ("de", "Das Verteidigungsministerium schwieg.", []),  # a model reads it
    ],
)
def test_a_body_is_what_it_is_called(language: str, text: str, bodies: list[str]) -> None:
    assert [one.text for one in called_bodies(text, language)] == bodies


def test_a_place_in_its_name_is_no_place() -> None:
    text = "El Banco de Bogotá cerró en Cali."
    found = ForeignTagger().tag(text, language="es")
    assert [(one.text, one.kind) for one in found] == [
        ("Banco de Bogotá", EntityKind.ORG),
        ("Cali", EntityKind.PLACE),
    ]


def test_a_listed_body_is_found_once() -> None:
    found = ForeignTagger().tag("Hablaron las FARC y la OTAN.", language="es")
    assert [one.text for one in found] == ["FARC", "OTAN"]
