"""The words of a text: what they are, and the laws that indexing and highlighting rest on."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import analyzer, fold
from indexer.analysis.acronyms import surface_of
from indexer.analysis.tokenizer import WordTokenizer, _full_pattern

_PIECES = [
    "U.S.-led", "O’Neill's", "don't", "qu'à", "l'Ukraine", "В.В.Путин", "Зеле\u0301нский", "ёлка",
    "п\u02bcять", "İstanbul", "Straße", "ﬁne", "e\u0301tat", "مُحَمَّد", "أحمد", "مـدينة", "日本語",
    "မြန်မာ", "ประเทศ", "½", "⑴", "a_b", "3.5", "1,000", "F-16", "''", "\u0301", "\ud800", "\u00ad",
    "\n\n", " ", "drone`s", "ŉ", "Ⱦa", "\U0001d400a", "\U0001f600a", "État’s", "‘un’",
    'צה"ל', "ג׳ירפה", "דו״ח", "об’єкт", "ґвалт", "مدرسة",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join))


@given(texts)
def test_surfaces_are_those_of_the_tokens(text: str) -> None:
    tokens = analyzer().tokens(text)
    assert analyzer().stems(token.surface for token in tokens) == [one.stem for one in tokens]
    assert analyzer().surfaces(text) == [token.surface for token in tokens]
    surfaces, span_of = analyzer().located(text)
    assert surfaces == [token.surface for token in tokens]
    assert [span_of(number) for number in range(len(tokens))] == [
        (token.start, token.end) for token in tokens
    ]


_WORDS = [
    "drone",
    "Drones",
    "drone's",
    "DRONE’S",
    "O’Neill",
    "U.N.",
    "u.n",
    "end.Start",
    "dr-one",
    "I",
]
prose = st.lists(
    st.tuples(
        st.sampled_from([*_WORDS, *_PIECES]), st.sampled_from([" ", "", "\n", "’", ".", ", ", "“"])
    )
).map(lambda pairs: "".join(word + mark for word, mark in pairs))


@given(
    st.one_of(prose, texts),
    st.lists(
        st.sampled_from(
            [
                "drone",
                "o'",
                "o'neill",
                "un",
                "u",
                "s",
                "лк",
                "i",
                "état",
                "etat",
                "q'",
                "\u2c66",
                "צה",
                "об",
            ]
        ),
        max_size=4,
    ),
    st.data(),
)
def test_finding_words_by_their_beginning_is_choosing_them_from_all(
    text: str, beginnings: list[str], data: st.DataObject
) -> None:
    tokens = analyzer().tokens(text)
    if tokens:
        surface = data.draw(st.sampled_from(tokens)).surface
        beginnings.append(surface[: data.draw(st.integers(0, len(surface)))])
    padded = text + " then the plain words of a long text follow" * 20
    whole = [text, padded, "", text]
    assert analyzer().beginning(whole, beginnings) == [
        [
            (token.surface, token.start, token.end)
            for token in analyzer().tokens(one)
            if token.surface.startswith(tuple(beginnings))
        ]
        for one in whole
    ]


@given(texts)
def test_offsets_are_ordered_and_point_at_the_word_itself(text: str) -> None:
    tokens = analyzer().tokens(text)

    assert [token.position for token in tokens] == list(range(len(tokens)))
    bounds = [bound for token in tokens for bound in (token.start, token.end)]
    assert bounds == sorted(bounds)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert surface_of(text[token.start : token.end]) == token.surface != ""
        assert analyzer().stem(token.surface) == token.stem != ""


@given(texts)
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    for surface in analyzer().surfaces(text):
        assert surface_of(surface) == surface
        assert fold(fold(surface)) == fold(surface)


@given(texts)
def test_every_letter_and_digit_is_in_some_word(text: str) -> None:
    inside = {i for token in analyzer().tokens(text) for i in range(token.start, token.end)}

    letters = (i for i, character in enumerate(text) if character.isalnum())
    assert [text[i] for i in letters if i not in inside and text[i] not in "\u02bb\u02bc"] == []


def test_the_quick_pattern_differs_from_the_full_one_at_no_character() -> None:
    tokenizer, full = WordTokenizer(), _full_pattern()

    for start in range(0, sys.maxunicode + 1, 256):  # asked about one by one where all may be quick
        some = [f"ab{c}cd {c} d{c}xy e.{c}.f" for c in map(chr, range(start, start + 256))]
        together = "\n".join(some)
        for text in [together] if tokenizer._pattern(together) is tokenizer._plain else some:
            if tokenizer._pattern(text) is tokenizer._plain:
                assert tokenizer._plain.findall(text) == full.findall(text)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("The U.N. and the UN", ["the", "un", "and", "the", "un"]),
        ("O’Neill's men don't", ["o'neill", "men", "don't"]),
        ("coup d'état en l’Ukraine", ["coup", "d", "etat", "en", "l", "ukraine"]),
        ("F-16s hit in 2022-23", ["f", "16s", "hit", "in", "2022", "23"]),
        ("Зеле\u0301нский, ёлка и Їжак", ["зеленский", "елка", "и", "їжак"]),
        ("п’ять п\u02bcять п'ять пять", ["пять"] * 4),
        ("ґанок ганок, об'їзд объезд", ["ганок", "ганок", "обїзд", "объезд"]),
        ("O'Hara and п'єса's", ["o'hara", "and", "пєса"]),
        ('דו"ח דו״ח דו”ח "דוח" צ׳ק', ["דוח", "דוח", "דוח", "דוח", "צק"]),
        ('say "no"to "all"', ["say", "no", "to", "all"]),
        ("قرية قريه، فتوى فتوي، أُمّ إم آم ٱم", ["قريه"] * 2 + ["فتوي"] * 2 + ["ام"] * 4),
        ("کتاب كتاب یک يك کــتاب", ["كتاب", "كتاب", "يك", "يك", "كتاب"]),
        ("DİYARBAKIR Diyarbakır, Preußen PREUSSEN", ["diyarbakir"] * 2 + ["preussen"] * 2),
        ("Erdoğan, Łódź, Straße, ﬁn", ["erdogan", "lodz", "strasse", "fin"]),
        ("مُحَمَّد أحمد", ["محمد", "احمد"]),
        ("東京2020", ["東", "京", "2020"]),
        ("J.K. Rowling met V.V.Petrov", ["jk", "rowling", "met", "v", "v", "petrov"]),
    ],
)
def test_words_of_many_kinds(text: str, surfaces: list[str]) -> None:
    assert analyzer().surfaces(text) == surfaces


@pytest.mark.parametrize(
    ("one", "other"),
    [("strikes", "striking"), ("mobilised", "mobilisation"), ("войска", "войсками")],
)
def test_forms_of_a_word_share_its_stem(one: str, other: str) -> None:
    assert analyzer().stem(one) == analyzer().stem(other)


def test_a_stem_depends_on_no_other_word() -> None:
    words = ["القوات", "strikes", "الحكومة", "войсками", "قوات"]

    forwards = {word: analyzer().stem(word) for word in words}
    assert forwards == {word: type(analyzer())().stem(word) for word in reversed(words)}


@pytest.mark.parametrize("word", ["the", "и", "في", "les"])
def test_stop_words_of_four_languages(word: str) -> None:
    assert analyzer().is_stop_word(word)


@pytest.mark.parametrize("word", ["us", "who", "un", "may", "war"])
def test_words_that_people_search_for_are_no_stop_words(word: str) -> None:
    assert not analyzer().is_stop_word(word)


@pytest.mark.parametrize("digits", ["۱۹۸۸", "١٩٨٨"])
def test_digits_of_arabic_and_persian_are_ours(digits: str) -> None:
    assert analyzer().surfaces(digits) == ["1988"]


def test_a_name_keeps_an_s_that_tells_it_from_another() -> None:
    assert analyzer().stem("hamas") != analyzer().stem("hama")
    assert analyzer().surfaces("Hamas's") == ["hamas"]
    assert analyzer().stem("towns") == analyzer().stem("town")
