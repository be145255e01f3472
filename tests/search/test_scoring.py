"""What a match on a word is worth, whatever the counts."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from search.scoring import PRIOR, burstiness, worth

counts = st.integers(0, 10**6)


@st.composite
def words(draw: st.DrawFn) -> tuple[int, int, int]:
    """Articles, those having a word, and its occurrences: at least one in each."""
    having, others, more = draw(counts), draw(counts), draw(counts)
    return having + others, having, having + more if having else 0


@given(words())
def test_worth_is_positive_and_grows_with_the_occurrences(word: tuple[int, int, int]) -> None:
    articles, having, occurrences = word
    value = worth(articles, having, occurrences)
    assert math.isfinite(value)
    assert value > 0
    assert worth(articles, having, occurrences + 1) >= value


@given(st.integers(10, 10**6), st.floats(0, 20))
def test_a_word_strewn_at_random_has_no_burst(articles: int, mean: float) -> None:
    occurrences = round(articles * mean)
    having = round(-articles * math.expm1(-occurrences / articles))
    assert math.isclose(burstiness(articles, having, occurrences), 1, abs_tol=1 / PRIOR)
