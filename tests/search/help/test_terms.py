"""Words of war reporting that say nearly the same are offered, with what they would find."""

from __future__ import annotations

import pytest

from search.request import SearchRequest
from search.result import SearchResult
from search.service import search
from tests.contract.made_up import document, made_up_index

TEXTS = (
    "Shelling went on all night.",
    "Artillery fire from the hills.",
    "A bombardment of the port; artillery fire too.",
    "A truce holds in the valley.",
    "The armistice of the valley.",
    "Drones over the port.",
)
INDEX = made_up_index([document("", text) for text in TEXTS])


def _ask(text: str) -> SearchResult:
    return search(SearchRequest(text=text), INDEX)


def _offered(text: str) -> dict[str, tuple[str, int]]:
    return {one.term: (one.typed, one.articles) for one in _ask(text).also}


@pytest.mark.parametrize(
    "text", ["shelling", "Shelling", "shellings", '"shelling"', "the shelling"]
)
def test_terms_that_articles_have_are_offered(text: str) -> None:
    found = _offered(text)
    assert {term: count for term, (_, count) in found.items()} == {
        "bombardment": 1,
        "artillery fire": 2,
    }


@pytest.mark.parametrize("text", ["artillery fire", '"artillery fire"', "Artillery fire hills"])
def test_terms_of_several_words_have_others(text: str) -> None:
    assert _offered(text)["shelling"] == (" ".join(text.strip('"').split()[:2]), 1)


@pytest.mark.parametrize(
    "text",
    ["valley", "exact:truce", "title:truce", "truc*", "truce~", "-truce", "person:truce", "", "*"],
)
def test_nothing_is_offered_for_other_words_or_where_asked_otherwise(text: str) -> None:
    assert _offered(text) == {}


def test_nothing_is_mixed_in_unasked() -> None:
    result = _ask("shelling")
    assert (result.total, result.parsed) == (1, "shelling")


def test_taking_one_finds_both() -> None:
    (armistice,) = _ask("truce valley").also
    assert armistice.query == "(truce OR armistice) AND valley"
    assert (_ask("truce valley").total, _ask(armistice.query).total) == (1, 2)
    (phrase,) = (one for one in _ask("shelling").also if one.term == "artillery fire")
    assert (phrase.query, _ask(phrase.query).total) == ('shelling OR "artillery fire"', 3)
    assert "artillery fire" not in _offered(phrase.query)
    further = _ask(phrase.query).also
    assert [one.term for one in further] == ["bombardment"]
    assert _ask(further[0].query).total == 3
    assert _offered('shelling OR "artillery fire" OR bombardment') == {}


def test_a_second_page_does_not_repeat_them() -> None:
    first = search(SearchRequest(text='shelling OR "artillery fire"', limit=1), INDEX)
    second = search(
        SearchRequest(text='shelling OR "artillery fire"', limit=1, cursor=first.next_cursor), INDEX
    )
    assert (len(first.also), second.also) == (1, ())
