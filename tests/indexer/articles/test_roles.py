"""As what somebody is named: before a name, beside it, and what only looks like a role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.roles.finding import roles
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind

ANA, LENA, SPORAL = "Ana Petrel", "Lena Orlo", "Sporal"
KINDS = {ANA: EntityKind.PERSON, LENA: EntityKind.PERSON, SPORAL: EntityKind.PLACE}


def names(text: str) -> Recognition:
    """The names above, wherever they stand in a text."""
    spans = sorted(
        (at, at + len(name), place)
        for place, name in enumerate(KINDS)
        for at in range(len(text))
        if text.startswith(name, at)
    )
    return Recognition(
        tuple(ArticleName(kind, ((name, 1),)) for name, kind in KINDS.items()), tuple(spans)
    )


def told(text: str) -> list[tuple[str, str]]:
    """Each role with the name it belongs to."""
    recognition = names(text)
    ends = {start: end for start, end, _ in recognition.spans}
    return [
        (text[one.start : one.end], text[one.named : ends[one.named]])
        for one in roles(text, recognition, language="en")
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Defense Minister Ana Petrel spoke.", "Defense Minister"),
        ("Talks with the former deputy prime minister Ana Petrel.", "former deputy prime minister"),
        ("On Friday Sporal's foreign minister Ana Petrel left.", "Sporal's foreign minister"),
        ("He met Secretary of State Ana Petrel.", "Secretary of State"),
        ("He met army chief Lt. Gen. Ana Petrel.", "army chief"),
        ("Sporal Governor Ana Petrel spoke.", "Sporal Governor"),
        ("Then-Prime Minister Ana Petrel spoke.", "Then-Prime Minister"),
        (
            "Ana Petrel, the commander of the Northern Fleet, left.",
            "commander of the Northern Fleet",
        ),
        ("Ana Petrel (head of the harbor board) left.", "head of the harbor board"),
        ("Ana Petrel, 45, a spokeswoman for the port, left.", "spokeswoman for the port"),
        ("The head of the port authority, Ana Petrel, left.", "head of the port authority"),
        ("Ana Petrel, who was mayor of Sporal from 1997 to 2001, left.", "mayor of Sporal"),
        ("Ana Petrel was appointed as ambassador to Sporal in 2004.", "ambassador to Sporal"),
        ("Ana Petrel resigned as governor of Sporal on Monday.", "governor of Sporal"),
        ("The council named Ana Petrel as harbor commissioner.", "harbor commissioner"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert told(text) == [(role, ANA)]


@pytest.mark.parametrize(
    "text",
    [
        "According to Ana Petrel, the leader of the group was killed.",
        "Gen. Ana Petrel left.",
        "The wife of the president, Ana Petrel left.",
        "Ana Petrel met the president of Sporal.",
        "Ana Petrel named a new defense minister.",
        "Ana Petrel will be president.",
        "The vessel carried Ana Petrel, a lawyer's daughter, and others.",
        "A member of the Ana Petrel foundation left.",
        "Minister without a word. Ana Petrel left.",
    ],
)
def test_what_only_looks_like_a_role(text: str) -> None:
    assert told(text) == []


def test_each_role_belongs_to_its_own_name() -> None:
    text = (
        "President Ana Petrel and Lena Orlo, the mayor of Sporal, met. Lena Orlo, Judge Ana Petrel."
    )
    assert told(text) == [("President", ANA), ("mayor of Sporal", LENA), ("Judge", ANA)]
    assert told("A spokesman for President Ana Petrel left.") == [("President", ANA)]
    assert told("A list: Ana Petrel, the mayor, Lena Orlo, the governor.") == [("governor", LENA)]


def test_other_languages_are_left_alone() -> None:
    text = "President Ana Petrel left."
    assert roles(text, names(text), language="de") == ()
    assert roles(text, names(text), language="und") != ()


_PIECES = st.sampled_from(
    [
        *(ANA, LENA, SPORAL, "President", "the", "minister", "of", "defense", ",", ".", "(", ")"),
        *("was", "appointed", "as", "former", "Gen.", "\n\n", "  ", "who", "and", "'s", "to", "—"),
        *("member", "head", "chief executive", "Sporal's"),
    ]
)


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_a_role_lies_in_the_text_beside_a_person_and_names_nobody(text: str) -> None:
    recognition = names(text)
    persons = {start for start, _, name in recognition.spans if name < 2}
    found = roles(text, recognition, language="en")
    assert len(set(found)) == len(found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.named in persons
        assert not one.start <= one.named < one.end
