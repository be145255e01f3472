"""A pattern that is sought whatever the case finds what `re.IGNORECASE` finds, in any script."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaner import walls
from corpus.cleaner.body import offers
from corpus.cleaner.dates import datelines
from corpus.cleaner.dates.reading import FORMS
from corpus.cleaner.same_words import Caseless, count_words
from corpus.months import OTHER_FORMS

PATTERNS = tuple(
    value
    for module in (offers, walls, datelines)
    for value in vars(module).values()
    if isinstance(value, Caseless)
)
LETTERS = sorted(
    {
        letter
        for pattern in PATTERNS
        for letter in pattern.pattern
        if letter.isalpha() and not letter.isupper()
    }
)
CASED = [
    letter
    for letter in map(chr, range(sys.maxunicode + 1))
    if not letter.lower() == letter.upper() == letter.casefold() == letter
]
"""Every character that is another one in another case."""

WORDS = sorted(
    {word for pattern in PATTERNS for word in re.findall(r"[^\W\d_]{2,}", pattern.pattern)}
)
CASES = st.sampled_from((str, str.upper, str.title, str.swapcase))
PIECES = st.one_of(
    st.builds(lambda word, case: case(word), st.sampled_from(WORDS), CASES),
    st.sampled_from((" ", " ", " ", "-", ".", ": ", "\n", "’", "$ 5", "404", "20", "ı", "İ", "ſ", "ß")),
    st.sampled_from(("K", "Ω ΟΔΟΣ", "ᲀ", "ﬁ", "\u0301", "\ud83d")),
    st.text(max_size=3),
)  # fmt: skip


def ignoring(pattern: Caseless) -> re.Pattern[str]:
    return re.compile(pattern.pattern, pattern.flags | re.IGNORECASE)


def test_there_are_patterns_of_several_scripts() -> None:
    assert len(PATTERNS) > 12
    assert {"a", "ı", "я", "і", "ع", "ל"} <= set(LETTERS)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_the_same_ones_as_for_re(letter: str) -> None:
    pattern, all_cased = Caseless(letter), "".join(CASED)
    found = set(re.compile(letter, re.IGNORECASE).findall(all_cased))
    assert {other for other in CASED if pattern.search(other)} == found


@pytest.mark.parametrize(
    "kind", [r"\w", r"\W", r"\d", r"\s", r"[^\W\d_]", r"[^.]", "[а-я]", "[a-z]"]
)
def test_classes_of_characters_are_the_same_ones_as_for_re(kind: str) -> None:
    pattern, ignores = Caseless(kind), re.compile(kind, re.IGNORECASE)
    assert not [one for one in CASED if pattern.search(one) != bool(ignores.search(one))]


@given(st.sampled_from(PATTERNS), st.lists(PIECES, max_size=12).map("".join))
def test_a_pattern_finds_what_it_finds_for_re(pattern: Caseless, text: str) -> None:
    ignores = ignoring(pattern)
    assert pattern.search(text) == bool(ignores.search(text))
    assert pattern.match(text) == bool(ignores.match(text))
    assert pattern.findall(text) == [found[0] for found in ignores.finditer(text)]


def test_what_is_found_is_as_it_is_written() -> None:
    assert Caseless(r"кие\w").findall("КИЕВ, Kyiv, киев") == ["КИЕВ", "киев"]


@pytest.mark.parametrize("pattern", ["Kyiv", "στο", "ſ"])
def test_a_pattern_that_would_be_another_in_small_letters_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="whatever the case"):
        Caseless(pattern)


DATED = st.lists(
    st.one_of(
        st.sampled_from((*"   ,.-/:'T", "  ", "st", "TH", "Nd", "ſt", "at", "h", "年", "月", "日", "Mon")),
        st.sampled_from(("1", "3", "09", "24", "31", "2024", "1956", "20240506", "18:30", "६", "२")),
        st.sampled_from((*sorted(OTHER_FORMS)[::40], "May", "march", "мая", "آذار", "Sept", "août")),
    ),
    max_size=10,
).map("".join)  # fmt: skip


@given(DATED)
def test_no_date_lacks_what_its_form_needs(text: str) -> None:
    assert all(needed.search(text) for needed, form in FORMS if form.search(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2024-05-06", 0),
        ("6 May 2024", 1),
        ("May 6th , 2024", 2),
        ("2024, May 6", 3),
        ("May 6 18 H 30 2024", 4),
        ("2024年 5月 6日", 5),
        ("31/12/2024", 6),
        ("6-May-24", 7),
        ("Mon, 6 May 24 18:30", 8),
        ("6 May 24 18:30:00 GMT", 9),
        ("6 May ’24", 10),
        ("May 6, ’24", 11),
        ("31.12.24", 12),
        ("20240506T1830Z", 13),
        ("2024. gada 6. maijs", 14),
    ],
)
def test_each_form_and_what_it_needs_find_a_date(text: str, number: int) -> None:
    needed, form = FORMS[number]
    assert needed.search(text)
    assert form.search(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("two words", 2),
        ("два слова", 2),
        ("港湾当局によると", 4),
        ("항만청은 새벽에 밝혔다", 5),
        ("", 0),
        ("слово " * 700, 700),
    ],
)
def test_words_are_counted_by_signs_where_nothing_stands_between_them(
    text: str, words: int
) -> None:
    assert count_words(text) == words
