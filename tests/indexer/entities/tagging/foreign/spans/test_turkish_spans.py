"""Turkish names that a model finds as one are parted: office, person, body, town."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.spans.turkish_spans import (
    before_office,
    behind_title,
    town_behind,
    turkish_parts,
)
from indexer.entities.tagging.tokens import Token


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    for word in text.split():
        found.append((at, at + len(word), word))
        at += len(word) + 1
    return found


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Sağlık Bakanlığı Sözcüsü Deniz", "Sağlık Bakanlığı"),
        ("Ankara Valisi Deniz Ak", ""),  # a town, which owns nothing
        ("Dünya Sağlık Örgütü", ""),
    ],
)
def test_a_body_ends_before_somebodys_office(words: str, body: str) -> None:
    parted = words.split()
    assert " ".join(parted[: before_office(parted)]) == body


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Özgür Suriye Ordusu Kobani 'de", "Kobani"),
        ("Halk Kurtuluş Cephesi Nowhereville 'den", "Nowhereville"),
        ("Özgür Suriye Ordusu 'na", ""),  # the suffix is the body's own
        ("Boğaziçi Üniversitesi Vakfı 'nın", ""),
        ("Koç Holding Kobani 'de", ""),  # nothing says that the body ends
    ],
)
def test_a_town_is_no_part_of_the_body_before_it(words: str, place: str) -> None:
    parted = _tokens(words)
    at = town_behind(parted)
    assert (parted[at][2] if at else "") == place


def test_a_person_ends_before_the_town_they_go_to() -> None:
    parts = [
        (" ".join(word for _, _, word in part), kind)
        for part, kind in turkish_parts(_tokens("Mustafa Kemal Samsun 'a"))
    ]
    assert parts == [("Mustafa Kemal", "PER"), ("Samsun", "LOC")]


def test_a_person_begins_behind_a_title() -> None:
    assert behind_title("Ankara Valisi Vasip Şahin".split(), "PER") == 2
    assert behind_title("Dünya Sağlık Örgütü".split(), "ORG") == 0
