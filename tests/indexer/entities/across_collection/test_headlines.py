"""A headline's names are those that texts of the collection know; it makes none of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities import ArticleName, Authority, Canonicaliser, Recognition
from indexer.entities.across_collection.headlines import counted
from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import ORG, PLACE, article

TEXTS = (
    article(["Gunnar Jarring", "Jarring"]),
    article(["Gunnar Jarring"]),
    article(["Milena Kovrin"]),
    article(["Anna Petrosyan"]),
    article(["Boris Petrosyan"]),
    article(["Condor Rice"]),
    article(["Richard"]),
    article(["Kharkiv", "Paris"], kind=PLACE),
    article(["Kharkiv"], kind=PLACE),
    article(["Rural Students Federation", "NATO", "National Security"], kind=ORG),
)
NOBODY = article([])


def named(
    title: str,
    *,
    own: Recognition = NOBODY,
    texts: Iterable[Recognition] = TEXTS,
    language: str = "en",
) -> dict[str, int]:
    """Label → count, of an article with this headline."""
    canonicaliser = Canonicaliser(Authority())
    for number, one in enumerate((*texts, own)):
        canonicaliser.observe(str(number), one)
    canonicaliser.settle()
    entities, _ = canonicaliser.resolve("own", own, title=title, language=language)
    return {one.label: one.count for one in entities}


@pytest.mark.parametrize(
    "title",
    [
        "Gunnar Jarring arrives for talks",
        "Gunnar Jarring Arrives for Talks",
        "GUNNAR JARRING ARRIVES FOR TALKS",
        "Talks with Jarring break down",
        "JARRING MISSION FAILS",
        "Letter to the special envoy (Jarring)",
        "Ambassador Jarring's last journey",
    ],
)
def test_a_headline_names_whom_texts_know(title: str) -> None:
    assert named(title) == {"Gunnar Jarring": 1}


@pytest.mark.parametrize(
    "title",
    [
        "Whatever jarring news",
        "Hassan Survive",
        "Peter Jarring Leaves",
        "Jarring Foundation gives to schools",
        "Jarring University Opens",
        "Rice prices rise",
        "RICE EXPORTS FALL",
        "Petrosyan resigns",  # two bear it
        "Richard Doe resigns",
        "National Security Advisor resigns",
        "Paris Doe resigns",
        "Ambassador resigns",
        "who will pay for it",
    ],
)
def test_a_headline_names_nobody_else(title: str) -> None:
    assert named(title) == {}


def test_whom_the_text_names_comes_before_the_collection() -> None:
    own = article(["Anna Petrosyan"])
    assert named("PETROSYAN RESIGNS", own=own) == {"Anna Petrosyan": 2}


def test_what_is_counted_already_is_counted_once() -> None:
    own = article(["Gunnar Jarring", "Jarring"], title="Jarring in Cairo")
    assert named("Jarring in Cairo", own=own) == {"Gunnar Jarring": 3}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Shells fall on Kharkiv", {"Kharkiv"}),
        ("SHELLS FALL ON KHARKIV", {"Kharkiv"}),
        ("Milena Kovrin leaves Kharkiv", {"Milena Kovrin", "Kharkiv"}),
        ("Rural Students Federation to meet NATO", {"Rural Students Federation", "NATO"}),
        ("Rice in Kharkiv", {"Kharkiv"}),
        ("Secretary Rice in Kharkiv", {"Condor Rice", "Kharkiv"}),
        ("Ковалёв в Харькове", set()),
    ],
)
def test_places_and_bodies(title: str, found: set[str]) -> None:
    assert set(named(title)) == found


@pytest.mark.parametrize("body_is_last", [True, False])
def test_a_word_that_is_a_place_and_a_body_is_what_most_articles_say(*, body_is_last: bool) -> None:
    places = [article(["Kovrin"], kind=PLACE) for _ in range(3)]
    bodies = [article(["Kovrin"], kind=ORG) for _ in range(2)]
    canonicaliser = Canonicaliser(Authority())
    for number, one in enumerate([*places, *bodies] if body_is_last else [*bodies, *places]):
        canonicaliser.observe(str(number), one)
    canonicaliser.observe("own", NOBODY)
    canonicaliser.settle()
    entities, _ = canonicaliser.resolve("own", NOBODY, title="Fighting near Kovrin goes on")
    assert [one.kind for one in entities] == [PLACE]


def test_headlines_of_other_languages() -> None:
    texts = (*TEXTS, article(["Марина Ковтун"]))
    assert named("Что сказала Марина Ковтун", texts=texts, language="ru")
    assert named("Суд: Ковтун ждёт решения", texts=texts, language="ru")
    assert named("Der Jarring kommt", language="de") == {}


def test_whom_no_text_names_is_nobody() -> None:
    assert named("JARRING MISSION FAILS", texts=TEXTS[2:]) == {}


def _by_pattern(title: str, names: Sequence[ArticleName]) -> set[int]:
    """What `counted` says, in the words of a regular expression."""
    forms = sorted({form for one in names if one.in_title for form, _ in one.forms}, key=len)
    if not forms:
        return set()
    pattern = "|".join(map(re.escape, reversed(forms)))
    spans = (one.span() for one in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", title))
    return {at for start, end in spans for at in range(start, end)}


_letters = st.text("ab _-.é'", max_size=5)


@given(
    st.text("ab _-.é'", max_size=14),
    st.lists(st.tuples(_letters, st.lists(_letters, max_size=2), st.integers(0, 1)), max_size=4),
)
def test_what_is_counted_already_is_found_as_a_pattern_would(
    title: str, drawn: list[tuple[str, list[str], int]]
) -> None:
    names = [
        ArticleName(EntityKind.PERSON, tuple((form, 1) for form in (first, *others)), in_title)
        for first, others, in_title in drawn
    ]
    assert counted(title, names) == _by_pattern(title, names)
