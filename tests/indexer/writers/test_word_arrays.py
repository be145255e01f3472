"""Sorted words as arrays: put together, looked up and taken as texts would be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.writers.whoosh.files.word_arrays import merged, words_from

_words = st.lists(
    st.text(
        st.sampled_from("ab\0éя\ud83d\uffff\U0001f600"), max_size=4
    ),  # half a character too, as broken pages have
    unique=True,
    max_size=12,
).map(sorted)


@given(_words, _words)
def test_words_of_both_are_those_of_both(one: list[str], other: list[str]) -> None:
    together, of_one, of_other = merged(words_from(one), words_from(other))
    texts = together.texts(np.arange(together.size))
    assert texts == sorted({*one, *other})
    assert [texts[place] for place in of_one] == one
    assert [texts[place] for place in of_other] == other


@given(_words, st.data())
def test_some_are_taken(words: list[str], data: st.DataObject) -> None:
    chosen = sorted(data.draw(st.sets(st.sampled_from(range(len(words))))) if words else ())
    taken = words_from(words).taken(np.array(chosen, np.int64))
    assert taken.texts(np.arange(taken.size)) == [words[number] for number in chosen]
