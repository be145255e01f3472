"""Who said what: direct and reported speech, its speakers, and what looks like it and is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.quotes.finding import quotes
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind


def names(text: str, *given: str, kind: EntityKind = EntityKind.PERSON) -> Recognition:
    """Names wherever they stand in a text."""
    spans = sorted(
        (at, at + len(name), place)
        for place, name in enumerate(given)
        for at in range(len(text))
        if text.startswith(name, at)
    )
    return Recognition(tuple(ArticleName(kind, ((name, 1),)) for name in given), tuple(spans))


def told(text: str, *given: str, kind: EntityKind = EntityKind.PERSON) -> list[tuple[str, ...]]:
    """Manner, speaker, verb, words and name of each quote."""
    recognition = names(text, *given, kind=kind)
    ends = {start: end for start, end, _ in recognition.spans}
    return [
        (
            "direct" if one.is_direct else "reported",
            text[one.speaker_start : one.speaker_end],
            text[one.verb_start : one.verb_end],
            text[one.start : one.end],
            text[one.named : ends[one.named]] if one.named >= 0 else "",
        )
        for one in quotes(text, recognition, language="en")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Harbour Master Ana Petrel said that the ferry would sail at noon.",
            ("reported", "Harbour Master Ana Petrel", "said", "the ferry would sail at noon"),
        ),
        (
            "Ana Petrel, the harbour master, said on Tuesday the ferry would sail.",
            ("reported", "Ana Petrel", "said", "the ferry would sail"),
        ),
        (
            "The ferry would sail at noon, Ana Petrel said.",
            ("reported", "Ana Petrel", "said", "The ferry would sail at noon"),
        ),
        (
            "The ferry will sail at noon, according to the port authority.",
            ("reported", "the port authority", "according to", "The ferry will sail at noon"),
        ),
        (
            "According to Ana Petrel, who runs the port, the ferry will sail.",
            ("reported", "Ana Petrel", "According to", "the ferry will sail"),
        ),
        (
            "“We sail at noon,” Ana Petrel said.",
            ("direct", "Ana Petrel", "said", "We sail at noon"),
        ),
        ('"We sail," said Ana Petrel.', ("direct", "Ana Petrel", "said", "We sail")),
        (
            'Ana Petrel told reporters: "We sail."',
            ("direct", "Ana Petrel", "told", "We sail."),
        ),
        (
            "Ana Petrel welcomed the crew, adding that nobody was hurt.",
            ("reported", "Ana Petrel", "adding", "nobody was hurt"),
        ),
        (
            "Ana Petrel called the blockade “a slow siege”.",
            ("direct", "Ana Petrel", "called", "a slow siege"),
        ),
        (
            "Ana Petrel said the strike was “a crime” against the port.",
            ("reported", "Ana Petrel", "said", "the strike was “a crime” against the port"),
        ),
        (
            "Ana Petrel told the Harbour Post the ferry had sailed.",
            ("reported", "Ana Petrel", "told", "the ferry had sailed"),
        ),
    ],
)
def test_the_ways_of_saying_something(text: str, expected: tuple[str, ...]) -> None:
    (found,) = told(text, "Ana Petrel")
    assert found[:4] == expected
    assert found[4] == ("Ana Petrel" if "Ana Petrel" in expected[1] else "")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Petrel declined to say whether the ferry would sail.",
        "Ana Petrel was told that the ferry would not sail.",
        "Ana Petrel did not say that the ferry would sail.",
        "The so-called “ferry of peace” sailed at noon.",
        "Everything went according to plan, and the ferry sailed.",
        "The United States sent a ferry.",
        "Ana Petrel announced plans to sell the ferry.",
        "A thunderstorm warning put a damper on the day.",
        "The ferry “Hope” sank.",
    ],
)
def test_what_only_looks_like_speech(text: str) -> None:
    assert told(text, "Ana Petrel") == []


def test_a_quote_goes_on_after_its_speaker_and_in_the_next_paragraph() -> None:
    text = "“We sail at noon,” Ana Petrel said. “The sea is calm.\n\n“Nobody will stop us.”"
    found = told(text, "Ana Petrel")
    assert [one[3] for one in found] == [
        "We sail at noon",
        "The sea is calm.",
        "Nobody will stop us.",
    ]
    assert {one[4] for one in found} == {"Ana Petrel"}


def test_she_is_who_spoke_last_and_nobody_after_one_without_a_name() -> None:
    text = "Ana Petrel said the ferry would sail. She added that the sea was calm."
    assert [one[4] for one in told(text, "Ana Petrel")] == ["Ana Petrel", "Ana Petrel"]
    text = "Ana Petrel left. The captain said the ferry would sail. He added that it was calm."
    assert [one[4] for one in told(text, "Ana Petrel")] == ["", ""]


@pytest.mark.parametrize(
    ("speaker", "named"),
    [
        ("Sea Watch", "Sea Watch"),
        ("A Sea Watch spokeswoman", "Sea Watch"),
        ("A critic of Sea Watch", ""),
        ("The crew", ""),
    ],
)
def test_who_speaks_for_a_body(speaker: str, named: str) -> None:
    text = f"{speaker} said the ferry would sail at noon."
    (found,) = told(text, "Sea Watch", kind=EntityKind.ORG)
    assert found[1] == speaker
    assert found[4] == named


def test_a_name_inside_another_ones_title_does_not_speak() -> None:
    (found,) = told("The Petrel administration said the ferry would sail.", "Petrel")
    assert found[1] == "The Petrel administration"
    assert found[4] == ""


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "The pumps could run for two days, Ana Petrel said Wednesday, and a flood was near.",
            "Ana Petrel",
            "The pumps could run for two days",
        ),
        (
            "Ana Petrel said a day later that the ferry would sail.",
            "Ana Petrel",
            "the ferry would sail",
        ),
        (
            "A week later Ana Petrel said the ferry would sail.",
            "Ana Petrel",
            "the ferry would sail",
        ),
        (
            "PORT SEL: The ferry would sail at noon, Ana Petrel said.",
            "Ana Petrel",
            "The ferry would sail at noon",
        ),
        (
            "The captain fled to the hills and the harbor board announced the ferry would sail.",
            "the harbor board",
            "the ferry would sail",
        ),
    ],
)
def test_where_words_and_speakers_begin(text: str, speaker: str, words: str) -> None:
    ((_, said_by, _, said, _),) = told(text, "Ana Petrel")
    assert (said_by, said) == (speaker, words)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Petrel said the same on Tuesday.",
        "The rebels claimed the harbor; the board still spoke of its pilots there.",
        "“ ” Ana Petrel said",
        "After a wave, known as the big one, sank one ferry, Ana Petrel urged calm.",
    ],
)
def test_what_a_verb_of_speech_has_beside_it_and_nobody_said(text: str) -> None:
    assert told(text, "Ana Petrel") == []


def test_other_languages_are_left_alone() -> None:
    text = "Ana Petrel said the ferry would sail."
    assert quotes(text, names(text), language="de") == ()
    assert quotes(text, names(text), language="und") != ()


_PIECES = st.sampled_from(
    [
        *("Ana Petrel", "said", "told", "that", "according to", "she", ",", ".", ":", "\n\n"),
        *("“", "”", '"', "‘", "’", "(", ")", "«", "»", "the ferry was late", "adding", "called it"),
        *("in", "Monday"),
    ]
)


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_offsets_lie_in_the_text_and_no_two_quotes_overlap(text: str) -> None:
    found = quotes(text, names(text, "Ana Petrel"), language="en")
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.speaker_start < one.speaker_end <= len(text)
        assert 0 <= one.verb_start < one.verb_end <= len(text)
        assert one.named == -1 or text.startswith("Ana Petrel", one.named)
    for one, other in pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "“We sail,” said Ana Petrel. "), ("uk", "«Ми вийдемо», — сказала Ana Petrel. ")],
)
def test_a_paragraph_of_any_length_is_read_whole(language: str, sentence: str) -> None:
    text = sentence * 3_000
    found = quotes(text, names(text, "Ana Petrel"), language=language)
    assert [one.start for one in found] == [1 + at * len(sentence) for at in range(3_000)]
    assert all(one.named >= 0 for one in found)
