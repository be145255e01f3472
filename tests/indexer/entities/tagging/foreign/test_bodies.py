"""Bodies are found in other languages in any case, by their country, and by their number."""

from __future__ import annotations

import pytest

from indexer.entities import tagger
from indexer.entities.tagging.foreign.bodies import bodies_in
from indexer.entities.types import EntityKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Das ukrainische Verteidigungsministerium teilte mit",
            ["ukrainische Verteidigungsministerium"],
        ),
        ("il ministero", []),
        ("Генштаб ВСУ заявил, что 93-я бригада держится.", ["Генштаб ВСУ", "93-я бригада"]),
        ("с Силами быстрой поддержки", ["Силами быстрой поддержки"]),
        ("La 47ª Brigada Mecanizada avanzó", ["47ª Brigada Mecanizada"]),
        ("Le 24, brigade et police", []),  # a comma parts them
        ("قال اللواء 93 إن", ["اللواء 93"]),
        ("Минобороны. Украина", []),
        ("кремля", []),  # a listed body of one word has a capital
    ],
)
def test_bodies_are_found(text: str, found: list[str]) -> None:
    assert sorted(one.text for one in bodies_in(text)) == sorted(found)


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        (
            "ru",
            "Заместитель командующего Силами быстрой поддержки приехал.",
            "Силами быстрой поддержки",
        ),
        ("fr", "Selon l'armée israélienne, il est mort.", "armée israélienne"),
        (
            "es",
            "El Frente de Liberación del Pueblo de Tigray firmó.",
            "Frente de Liberación del Pueblo de Tigray",
        ),
    ],
)
def test_a_listed_body_takes_the_place_of_what_a_model_found(
    language: str, text: str, body: str
) -> None:
    found = [
        one.text for one in tagger().tag(text, language=language) if one.kind is EntityKind.ORG
    ]
    assert found == [body]
