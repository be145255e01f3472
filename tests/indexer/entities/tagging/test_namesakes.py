"""What is said of a name tells a river and a person, whatever a model took them for."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.namesakes import told
from indexer.entities.types import EntityKind, Mention


def kinds(text: str, name: str, kind: EntityKind, confidence: float = 0.6) -> list[tuple[str, str]]:
    """What is told of one name, found by a model as of some kind."""
    start = text.index(name)
    mention = Mention(start, start + len(name), kind, name, confidence, "crf")
    return [(one.text, one.kind.value) for one in told(text, [mention])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ubangi carried the bodies downstream.", "Ubangi"),
        ("Boats lay at the mouth of the Ubangi.", "Ubangi"),
        ("The Narew burst its banks in May.", "Narew"),
        ("Engineers threw bridges over the Narew.", "Narew"),
        ("The Lukuga, which flows past the camp, is mined.", "Lukuga"),
    ],
)
@pytest.mark.parametrize("kind", [EntityKind.ORG, EntityKind.PERSON, EntityKind.EVENT])
def test_a_river_is_a_place(text: str, name: str, kind: EntityKind) -> None:
    assert kinds(text, name, kind) == [(name, "place")]


def test_a_river_that_no_model_finds_is_found_wherever_it_is_named() -> None:
    text = "They slept on the banks of the Ubangi. The Ubangi was quiet; Ubangi Street was not."
    found = told(text, [])
    assert [text[one.start : one.end] for one in found] == ["Ubangi", "Ubangi"]
    assert {one.kind for one in found} == {EntityKind.PLACE}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Guardian carried the story.", "Guardian"),
        ("The Bundestag flooded the office with letters.", "Bundestag"),
        ("They crossed the Bundeswehr.", "Bundeswehr"),
        ("on the banks of the Niger Delta", "Niger"),
    ],
)
def test_a_body_is_no_river(text: str, name: str) -> None:
    assert kinds(text, name, EntityKind.ORG) == [(name, "org")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The square, named after Ketlyn Moreau, is closed.", "Ketlyn Moreau"),
        ("Hla Saw, with 126, becomes first vice president.", "Hla Saw"),
        ("Zin Tharr was sworn in as deputy speaker.", "Zin Tharr"),
    ],
)
def test_somebody_is_a_person(text: str, name: str) -> None:
    assert kinds(text, name, EntityKind.ORG) == [(name, "person")]
    assert kinds(text, name, EntityKind.PLACE) == [(name, "person")]
    assert kinds(text, name, EntityKind.ORG, confidence=0.9) == [(name, "org")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Deutsche Bank became adviser to the fund.", "Deutsche Bank"),
        ("Media Group, with two partners, was named speaker.", "Media Group"),
        ("The road named after Ketlyn is closed.", "Ketlyn"),
        ("Zin Tharr became rich.", "Zin Tharr"),
    ],
)
def test_another_name_stays(text: str, name: str) -> None:
    assert kinds(text, name, EntityKind.ORG) == [(name, "org")]
