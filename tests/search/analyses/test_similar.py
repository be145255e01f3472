"""Which words tell an article apart, and how many must be shared to be alike."""

from __future__ import annotations

import pytest

from search.analyses.similar import TERMS, similar, telling_terms
from tests.contract.made_up import document, made_up_index

FILLER = [document(f"Other {number}", f"unrelated{number} ballast{number}") for number in range(8)]
ASKED = document("", "harbor crane cargo ferry")


def alike(*texts: str, asked: str = "harbor crane cargo ferry") -> list[str]:
    """Texts of the articles that are like one, among others."""
    one = document("", asked)
    others = [document(f"Article {at}", text) for at, text in enumerate(texts)]
    found = similar(one, made_up_index([one, *others, *FILLER]), limit=9)
    return [text for text, other in zip(texts, others, strict=True) if other in found]


def test_one_shared_word_is_not_alike_and_two_are() -> None:
    one, two, three = "harbor alone", "harbor crane", "harbor crane cargo"
    assert alike(one, two, three) == [two, three]


def test_a_word_repeated_is_one_word() -> None:
    assert alike("harbor harbor harbors", "crane harbor", "crane cargo") == [
        "crane harbor",
        "crane cargo",
    ]


def test_an_article_with_one_telling_word_is_like_none() -> None:
    assert alike("harbor harbor", "harbor town", asked="harbor") == []
    assert alike("harbor crane", "harbor crane town", asked="harbor crane") == [
        "harbor crane",
        "harbor crane town",
    ]


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    texts = ("harbor crane x2 y2", "ferry cargo crane harbor", "harbor crane cargo x3")
    others = [document("", text) for text in texts]
    index = made_up_index([ASKED, *others, *FILLER])
    assert [one.text for one in similar(ASKED, index)] == [texts[1], texts[2], texts[0]]
    assert [one.text for one in similar(ASKED, index, limit=2)] == [texts[1], texts[2]]


@pytest.mark.parametrize(("single", "given"), [(3, 3), (4, 2)])
def test_twice_as_many_are_looked_at_as_asked_for(single: int, given: int) -> None:
    loud = [document(f"Loud {at}", "harbor " * 60) for at in range(single)]  # first, and not alike
    quiet = [document(f"Quiet {at}", f"harbor crane {'town ' * 400}") for at in range(3)]
    index = made_up_index([ASKED, *loud, *quiet, *FILLER])
    assert len(similar(ASKED, index, limit=3)) == given


def test_five_are_given_unless_asked_otherwise() -> None:
    others = [document(f"{at}", "harbor crane cargo") for at in range(9)]
    index = made_up_index([ASKED, *others, *FILLER])
    assert len(similar(ASKED, index)) == 5
    assert len(similar(ASKED, index, limit=7)) == 7


def test_reprints_are_not_similar_and_of_another_family_there_is_one() -> None:
    own = document("own", "harbor crane cargo ferry", family="f")
    reprint = document("reprint", "harbor crane cargo ferry dock", family="f")
    others = [document(f"other {at}", "harbor crane cargo", family="g") for at in range(3)]
    found = similar(own, made_up_index([own, reprint, *others, *FILLER]))
    assert len(found) == 1
    assert found[0] in others


@pytest.mark.parametrize(("word", "tells"), [("abc", True), ("ab", False), ("the", False)])
def test_a_telling_word_has_three_letters_and_is_no_stop_word(word: str, tells: bool) -> None:
    one, other = document("", f"{word} harbor"), document("", f"{word} crane")
    assert (word in telling_terms(one, made_up_index([one, other, *FILLER]))) is tells


def test_a_word_of_this_article_alone_or_of_every_article_tells_nothing() -> None:
    one, other = document("", "harbor crane town"), document("", "harbor cargo town")
    assert telling_terms(one, made_up_index([one, other, document("", "town")])) == ["harbor"]


def test_rare_words_come_first_and_frequent_ones_of_the_article_before_others() -> None:
    one = document("", "harbor crane crane ferry")
    others = [document("", "harbor crane"), document("", "harbor ferry"), *FILLER]
    assert telling_terms(one, made_up_index([one, *others])) == ["crane", "ferri", "harbor"]


def test_words_of_the_title_weigh_three_times() -> None:
    def first(repeated: int) -> str:
        one = document("harbor", "crane " * repeated)
        other = document("", "harbor crane")
        return telling_terms(one, made_up_index([one, other, *FILLER]))[0]

    # Of words that weigh the same the first in the alphabet comes first.
    assert [first(2), first(3), first(4)] == ["harbor", "crane", "crane"]


def test_the_forty_most_frequent_words_are_looked_at() -> None:
    ours = " ".join(f"word{number}x word{number}x" for number in range(39))
    one, other = document("", f"{ours} harbor crane"), document("", "harbor crane")
    assert telling_terms(one, made_up_index([one, other, *FILLER])) == ["harbor"]


def test_at_most_twelve_words_tell() -> None:
    words = [f"word{letter}x" for letter in "abcdefghijklmnop"]
    for count in (TERMS - 1, TERMS, TERMS + 1):
        one, other = document("", " ".join(words[:count])), document("", " ".join(words))
        assert len(telling_terms(one, made_up_index([one, other, *FILLER]))) == min(count, 12)
