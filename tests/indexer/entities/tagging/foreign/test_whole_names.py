"""Names of persons are found as far as they go, and no farther."""

from __future__ import annotations

import pytest

from indexer.entities.types import EntityKind
from indexer.entities.within_article.recogniser import tagger


@pytest.mark.parametrize(
    ("language", "text", "persons"),
    [
        ("es", "Juan Carlos de la Rosa fue detenido ayer.", ["Juan Carlos de la Rosa"]),
        (
            "es",
            "El general Miguel Ángel Rodríguez Torres calló.",
            ["Miguel Ángel Rodríguez Torres"],
        ),
        ("es", "Juan Carlos de Caracas no vino.", ["Juan Carlos"]),
        ("uk", "Владислав Косіняк-Камиш відвідав Білосток.", ["Владислав Косіняк-Камиш"]),
        ("ru", "Касим ар-Рейми бежал в горы.", ["Касим ар-Рейми"]),
        ("es", "Gabriela de los Santos habló en Lima.", ["Gabriela de los Santos"]),
        ("es", "Juan Carlos del Perú no vino.", ["Juan Carlos"]),
        ("de", "Gestern floh Jassir Abu Schabab in den Süden.", ["Jassir Abu Schabab"]),
        ("de", "Kirkuk fiel, als Qassim al-Raimi floh.", ["Qassim al-Raimi"]),
        ("de", "Reda warf Abiy Ahmed Bruch des Abkommens vor.", ["Abiy Ahmed"]),
        ("de", "Man hielt Mahmud Abbas Verletzung der Verfassung vor.", ["Mahmud Abbas"]),
        ("de", "Gestern sprach Hans Peter Koch im Bundestag.", ["Hans Peter Koch"]),
    ],
)
def test_a_person_is_found_whole(language: str, text: str, persons: list[str]) -> None:
    found = tagger().tag(text, language=language)
    names = [one.text for one in found if one.kind is EntityKind.PERSON and " " in one.text]
    assert names == persons


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("en", "He led al-Qaeda in the Arabian Peninsula.", "al-Qaeda in the Arabian Peninsula"),
        ("de", "Er sprach für al-Kaida im islamischen Maghreb.", "al-Kaida im islamischen Maghreb"),
    ],
)
def test_a_body_is_found_whole_behind_a_small_article(language: str, text: str, body: str) -> None:
    found = tagger().tag(text, language=language)
    assert [one.text for one in found] == [body]
