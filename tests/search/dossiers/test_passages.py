"""Passages are found again in texts that changed, and are lost rather than found wrongly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DossierError
from search.dossiers.changes import Passage
from search.dossiers.passages import Found, Standing, find, passage_at, place_of

TEXT = (
    "The column left the depot before dawn. Two drivers said that they had seen the bridge fall at"
    " noon.\n\nOfficials gave another hour. The mayor said no. In the evening the mayor said yes,"
    " and nobody who had been at the bridge was asked."
)


def _passage(words: str, text: str = TEXT, nth: int = 0) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return passage_at(
        text, start, start + len(words), article="a", version=1, original_sha256="0" * 64
    )


def _at(found: Found, text: str) -> tuple[Standing, str]:
    return found.standing, text[found.start : found.end]


def test_in_an_unchanged_text_it_is_in_place() -> None:
    for words in ("bridge", "the mayor", TEXT, "d"):
        for nth in range(TEXT.count(words)):
            passage = _passage(words, nth=nth)
            found = find(passage, TEXT)
            assert found == Found(Standing.IN_PLACE, passage.start, passage.end)


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 200), st.integers(1, 40))
def test_text_put_before_and_after_moves_it_along(
    before: str, after: str, start: int, length: int
) -> None:
    start = min(start, len(TEXT) - length)
    passage = passage_at(
        TEXT, start, start + length, article="a", version=1, original_sha256="0" * 64
    )
    text = f"{before}\n\n{TEXT}\n\n{after}"
    found = find(passage, text)
    # Where the words and all around them stand twice, nobody can tell which were meant.
    if text.count(passage.prefix + passage.exact + passage.suffix) == 1:
        assert found.standing in {Standing.MOVED, Standing.IN_PLACE}
        assert found.start == len(before) + 2 + start


def test_of_the_same_words_twice_those_with_the_same_around_them_are_meant() -> None:
    text = TEXT.replace("The column left the depot before dawn. ", "")
    for nth in (0, 1):
        found = find(_passage("mayor said", nth=nth), text)
        assert found.standing is Standing.MOVED
        assert text[found.end :].startswith((" no", " yes")[nth])


def test_when_the_one_that_was_meant_is_gone_the_other_is_not_taken_for_it() -> None:
    text = TEXT.replace("The mayor said no. ", "")
    assert find(_passage("mayor said", nth=0), text).standing is Standing.LOST
    assert find(_passage("mayor said", nth=1), text).standing is Standing.MOVED


def test_an_edited_sentence_is_found_and_called_edited() -> None:
    text = TEXT.replace("had seen the bridge fall at noon", "had seen the bridge fall at eleven")
    words = "Two drivers said that they had seen the bridge fall at noon."
    standing, now = _at(find(_passage(words), text), text)
    assert standing is Standing.EDITED
    assert now.startswith("Two drivers said")
    assert "eleven" in now


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Another text altogether, about a harbor and its ships.",
        TEXT.replace("Two drivers said that they had seen the bridge fall at noon.", ""),
    ],
)
def test_what_is_not_there_any_more_is_lost(text: str) -> None:
    words = "Two drivers said that they had seen the bridge fall at noon."
    assert find(_passage(words), text) == Found(Standing.LOST)


def test_a_short_word_among_other_words_is_lost_though_it_occurs() -> None:
    assert find(_passage("noon"), "It was noon when the ship sailed.").standing is Standing.LOST
    assert find(_passage("noon"), "the bridge fall at noon. Yes").standing is Standing.MOVED


def test_words_that_a_person_copied_are_found_with_any_space_between() -> None:
    start, end = place_of("fall at noon. Officials", TEXT)
    assert TEXT[start:end] == "fall at noon.\n\nOfficials"
    with pytest.raises(DossierError, match="stand 2 times"):
        place_of("mayor said", TEXT)
    with pytest.raises(DossierError, match="do not stand"):
        place_of("the mayor sang", TEXT)
    with pytest.raises(DossierError, match="empty"):
        place_of("  ", TEXT)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5), (0, 10_000)])
def test_offsets_that_are_no_passage_are_refused(start: int, end: int) -> None:
    with pytest.raises(DossierError):
        passage_at(TEXT, start, end, article="a", version=1, original_sha256="0" * 64)
