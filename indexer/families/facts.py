"""Facts: do two texts say the same? Many words in common are no reprint when the figures differ.

A daily toll, a communiqué, a list entry are filled into one sentence after the other: two such
texts share most of their words and tell of two days. So a reprint must agree in what such
sentences are filled with: figures, names (the places among them), and the day. How strictly is a
matter of length: where hardly anything is said, one other word is another report.

Nothing here knows a language but for the number words of English, and the days of the week in some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from indexer.analysis import analyzer
from indexer.families.shingles import WORDS

LEAST = 16
"""Words a text must have to be a reprint or to have one: "Secret. 2 pp." is what papers share."""
SHORT = 100
"""Words below which a text and its reprint may say nothing in place of another."""
NEAR = 2
"""Days within which the reprint of a short text appears, or an edited version of a long one."""

_FIGURES_NEAR = 0.5  # of the shorter text's, in the longer one
_FIGURES_FAR = 0.9  # likewise, where the texts are of different days
_NAMES = 0.35  # likewise; they are spelled otherwise more often
_RESPELLED = 0.75  # likeness of letters from which a small word is the other one spelled otherwise
_NUMBER_WORDS = dict(
    zip(
        (
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
            " ninety"
        ).split(),
        map(str, (*range(2, 21), *range(30, 100, 10))),
        strict=True,
    )
)
_WEEKDAYS = {
    word: day
    for day, words in enumerate(
        (
            "monday montag lundi lunes понедельник понедельника понеділок понеділка الاثنين",
            "tuesday dienstag mardi martes вторник вторника вівторок вівторка الثلاثاء",
            "wednesday mittwoch mercredi miercoles среда среду среды середа середу الاربعاء",
            "thursday donnerstag jeudi jueves четверг четверга четвер четверга الخميس",
            "friday freitag vendredi viernes пятница пятницу пятницы пятниця пятницю الجمعة",
            "saturday samstag samedi sabado суббота субботу субботы субота суботу السبت",
            "sunday sonntag dimanche domingo воскресенье воскресенья неділя неділю الاحد",
        )
    )
    for word in words.split()
}
_IN_NUMBER = (",", ".", "’", "\u202f")
_ENDS_SENTENCE = re.compile(r"[.!?…:;«“\"\n—]\s*\Z")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says, as far as it can be compared.

    Attributes:
        words: its words, folded, in order; number words as figures.
        figures: numbers, however they are grouped or written out.
        names: words with a capital inside a sentence, folded.
        heading: figures of its headline.
        day: when it was published, as an ordinal; None where nobody knows to the day.
    """

    words: tuple[str, ...]
    figures: frozenset[str]
    names: frozenset[str]
    heading: frozenset[str] = frozenset()
    day: int | None = None


def facts(text: str, *, title: str = "", day: int | None = None) -> Facts:
    """The facts of a text."""
    words, span_of = analyzer().located(text)
    spans = [span_of(at) for at in range(len(words))]
    names = frozenset(
        word
        for at, (word, (start, end)) in enumerate(zip(words, spans, strict=True))
        if text[start].isupper() and at and not _ENDS_SENTENCE.search(text, spans[at - 1][1], start)
    )
    return Facts(
        tuple(_NUMBER_WORDS.get(word, word) for word in words),
        frozenset(_figures(text, words, spans)),
        names,
        frozenset(_figures_of(title)),
        day,
    )


def agree(one: Facts, other: Facts) -> bool:
    """May the two be one report, as far as facts go? Their likeness is another question."""
    shorter, longer = sorted((one, other), key=lambda facts: len(facts.words))
    if len(shorter.words) < LEAST:
        return False
    near = one.day is None or other.day is None or abs(one.day - other.day) <= NEAR
    if len(shorter.words) < SHORT:
        return (
            near
            and shorter.figures <= longer.figures
            and (one.heading <= other.heading or other.heading <= one.heading)
            and not _contradict(shorter.words, longer.words)
            and not _of_other_days(shorter.words, longer.words)
        )
    least = _FIGURES_NEAR if near else _FIGURES_FAR
    return _shared(shorter.figures, longer.figures) >= least and (
        _shared(shorter.names, longer.names) >= _NAMES
    )


def _shared(some: frozenset[str], others: frozenset[str]) -> float:
    """The share of some facts that the other text has too; one more makes few say less."""
    return (len(some & others) + 1) / (len(some) + 1)


def _contradict(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Does one text say another word where the other one says its own, before words they share?

    What only one of them says there is no contradiction, nor is another spelling; ends are credits.
    """
    matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
    shared = [block for block in matcher.get_matching_blocks() if block.size >= WORDS]
    for before, after in pairwise([Match(0, 0, 0), *shared]):
        here = shorter[before.a + before.size : after.a]
        there = longer[before.b + before.size : after.b]
        if _says(here) and _says(there) and not _respelled(here, there):
            return True
    return False


def _of_other_days(some: Sequence[str], others: Sequence[str]) -> bool:
    """Does each name a day of the week, and none that the other one names?"""
    here, there = (
        {_WEEKDAYS[word] for word in said if word in _WEEKDAYS} for said in (some, others)
    )
    return bool(here and there) and not here & there


def _says(words: Sequence[str]) -> bool:
    return not all(map(analyzer().is_stop_word, words))


def _respelled(here: Sequence[str], there: Sequence[str]) -> bool:
    one, other = "".join(here), "".join(there)
    if any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _RESPELLED


def _figures_of(text: str) -> Iterator[str]:
    words, span_of = analyzer().located(text)
    return _figures(text, words, [span_of(at) for at in range(len(words))])


def _figures(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    return (figure for figure, _, _ in numbers(text, words, spans))


def numbers(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, int, int]]:
    """The numbers of a text: `1,106` is one, `nineteen` is 19, `3rd` and `F-16` are none.

    Args:
        words, spans: surfaces of the text and where they stand in it.

    Returns:
        The figure of each, and its first word and the one after its last.
    """
    so_far, start = "", 0
    for at, word in enumerate(words):
        between = text[spans[at - 1][1] : spans[at][0]] if at else ""
        decimal = word.isdecimal() and not between.endswith("-")
        grouped = so_far and decimal and between in _IN_NUMBER
        if so_far and not grouped:
            yield so_far, start, at
            so_far = ""
        if decimal:
            start = start if grouped else at
            so_far += "".join(str(int(digit)) for digit in word)
        elif word in _NUMBER_WORDS:
            yield _NUMBER_WORDS[word], at, at + 1
    if so_far:
        yield so_far, start, len(words)
