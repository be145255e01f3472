"""Facts: do two texts say the same? Many words in common are no reprint when the figures differ.

A daily toll, a communiqué, a list entry are filled into one sentence after the other: two such
texts share most of their words and tell of two days. So a reprint must agree in what such
sentences are filled with: figures, names (the places among them), and the day. How strictly is a
matter of length: where hardly anything is said, one other word is another report. A long communiqué
tells small figures, most of which stand somewhere in the one of the day before too: there it counts
whether the same words have the same figures among them.

Nothing here knows a language but for the words of `counted.toml`: numbers, and days of the week.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

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
_LEAST_FILLED = 4  # figures that stand between the same words of both texts, to tell by them
_BEFORE, _AFTER = 3, 2  # words around a figure, which say what it counts
AND = ("و", "ו")
"""Written together with the word that follows."""
_JOINING: Mapping[int, Sequence[str]] = {100: ("and", "et", "y", "و"), 10: ("et", "y", "و")}
"""What stands between words of a number, by what is less than the part that was said."""
_IN_WORDS = (" ", "-", "\u2010", "\u2011", "\u00a0", " \n")
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
        weekdays: the days of the week that it names, Monday being 0.
    """

    words: tuple[str, ...]
    figures: frozenset[str]
    names: frozenset[str]
    heading: frozenset[str] = frozenset()
    day: int | None = None
    weekdays: frozenset[int] = frozenset()


def facts(text: str, *, title: str = "", day: int | None = None, language: str = "en") -> Facts:
    """The facts of a text.

    Args:
        language: whose number words are read, of those in `counted.toml`; else English ones.
    """
    words, spans, found = numbers(text, language)
    names = frozenset(
        word
        for at, (word, (start, end)) in enumerate(zip(words, spans, strict=True))
        if text[start].isupper() and at and not _ENDS_SENTENCE.search(text, spans[at - 1][1], start)
    )
    counted = words[:]
    for figure, start, end in reversed(found):
        counted[start:end] = [figure]
    return Facts(
        tuple(counted),
        frozenset(figure for figure, _, _ in found),
        names,
        frozenset(figure for figure, _, _ in numbers(title, language).found),
        day,
        frozenset(_weekdays(words)),
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
            and not _of_other_days(shorter.weekdays, longer.weekdays)
        )
    least = _FIGURES_NEAR if near else _FIGURES_FAR
    return (
        _shared(shorter.figures, longer.figures) >= least
        and _shared(shorter.names, longer.names) >= _NAMES
        and _filled_alike(shorter.words, longer.words) >= least
    )


def _filled_alike(some: Sequence[str], others: Sequence[str]) -> float:
    """Of the figures that stand between the same words in both: the share that is the same."""
    here, there = _filled(some), _filled(others)
    pairs = [
        pair
        for between, figures in here.items()
        if len(figures) == len(there.get(between, ()))
        for pair in zip(figures, there[between], strict=True)
    ]
    if len(pairs) < _LEAST_FILLED:
        return 1.0
    return sum(one == other for one, other in pairs) / len(pairs)


def _filled(words: Sequence[str]) -> Mapping[tuple[str, ...], list[str]]:
    """Figures by the words around them, in the order of the text."""
    masked = ["" if word.isdecimal() else word for word in words]
    found = defaultdict(list)
    for at, word in enumerate(words):
        if not masked[at]:
            found[tuple(masked[max(at - _BEFORE, 0) : at + _AFTER + 1])].append(word)
    return found


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


def _of_other_days(some: frozenset[int], others: frozenset[int]) -> bool:
    """Does each name a day of the week, and none that the other one names?"""
    return bool(some and others) and not some & others


def _weekdays(words: Sequence[str]) -> Iterator[int]:
    days = _counted().weekdays
    for before, word in pairwise(["", *words]):
        day = days.get(f"{before} {word}", days.get(word))
        if day is not None:
            yield day


def _says(words: Sequence[str]) -> bool:
    return not all(map(analyzer().is_stop_word, words))


def _respelled(here: Sequence[str], there: Sequence[str]) -> bool:
    one, other = "".join(here), "".join(there)
    if any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _RESPELLED


class Numbers(NamedTuple):
    """The numbers of a text.

    Attributes:
        words, spans: surfaces of the text and where they stand in it.
        found: the figure of each number, its first word and the one after its last.
    """

    words: list[str]
    spans: list[tuple[int, int]]
    found: list[tuple[str, int, int]]


def numbers(text: str, language: str) -> Numbers:
    """The numbers of a text: `1,106` is one, `twenty-three` is 23, `3rd` and `F-16` are none.

    Args:
        language: whose number words are read, of those in `counted.toml`; else English ones.
    """
    words, span_of = analyzer().located(text)
    spans = [span_of(at) for at in range(len(words))]
    return Numbers(words, spans, list(_numbers(text, words, spans, language)))


def _numbers(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], language: str
) -> Iterator[tuple[str, int, int]]:
    counting = _counted().of(language)
    between = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    at = 0
    while at < len(words):
        if words[at].isdecimal():
            end = _end_of_figure(words, between, at)
            attached = at and between[at - 1].endswith("-")
            if not attached or _is_prefix(words[at - 1]):
                figure = "".join(str(int(digit)) for word in words[at:end] for digit in word)
                yield figure, at - 1 if attached else at, end
        else:
            end = at + 1
            if counting.begins(words[at]):
                value, end = _said(words, between, at, counting)
                if value > 1:
                    yield str(value), at, end
        at = end


def _end_of_figure(words: Sequence[str], between: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(words) and words[end].isdecimal() and between[end - 1] in _IN_NUMBER:
        end += 1
    return end


def _is_prefix(word: str) -> bool:
    """One that Hebrew writes together with what follows, before figures with a hyphen."""
    return len(word) == 1 and "א" <= word <= "ת"


def _said(
    words: Sequence[str], between: Sequence[str], at: int, counting: _Counting
) -> tuple[int, int]:
    """The number that words say from some place on, and where it ends.

    It goes on as long as what follows is smaller than what was said last: hundreds, tens, units.
    Nothing was said where the number is 0.
    """
    total, least, end = 0, 1000, at
    while end < len(words) and (end == at or between[end - 1] in _IN_WORDS):
        start = end + (words[end] in _JOINING.get(least, ()))
        value, length = counting.value(words, start)
        if least == 10 and words[start].startswith("و") and start == end:
            break  # in Arabic units go before tens: another number
        if value == 100 and 1 < total < 10:  # two hundred
            total, least = 100 * total, 100
        elif 0 < value < least and (not total or least > 9):
            total, least = total + value, _size(value)
        elif total < 10 and 20 <= value < 100 and words[start].startswith(AND):
            return total + value, start + length
        else:
            break
        end = start + length
    return total, max(end, at + 1)


def _size(value: int) -> int:
    """What is less than this may follow a number word: three after twenty, nothing after twelve.

    After ten too, as Turkish says.
    """
    return 100 if value >= 100 else 10 if value >= 20 or value == 10 else 1


class _Counting:
    """Number words of a language, folded.

    Args:
        values: by one word or several.
    """

    def __init__(self, values: Mapping[str, int]) -> None:
        self._values = values
        self._longest = max(len(words.split()) for words in values)
        self._first = {words.split()[0] for words in values}

    def begins(self, word: str) -> bool:
        """Whether a number word may begin with it."""
        return word in self._first or (word.startswith(AND) and word[1:] in self._first)

    def value(self, words: Sequence[str], at: int) -> tuple[int, int]:
        """The value of the longest number word at some place, and of how many words it is, or 0."""
        if at >= len(words) or not self.begins(words[at]):
            return 0, 0
        for length in range(self._longest, 0, -1):
            said = " ".join(words[at : at + length])
            value = self._values.get(said) or (
                self._values.get(said[1:]) if said.startswith(AND) else None
            )
            if value:
                return value, min(length, len(words) - at)
        return 0, 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """`counted.toml`, folded: number words by language, days by their names."""

    numbers: Mapping[str, _Counting]
    weekdays: Mapping[str, int]

    def of(self, language: str) -> _Counting:
        """Number words of a language; English ones where it has no list or is not known."""
        return self.numbers.get(language, self.numbers["en"])


@cache
def _counted() -> _Counted:
    lists = tomllib.loads(files(__package__).joinpath("counted.toml").read_text(encoding="utf-8"))
    return _Counted(
        {
            language: _Counting(
                {
                    _folded(form): int(value)
                    for value, said in forms.items()
                    for form in said.split()
                }
            )
            for language, forms in lists["numbers"].items()
        },
        {_folded(form): int(day) for day, forms in lists["weekdays"].items() for form in forms},
    )


def _folded(form: str) -> str:
    return " ".join(analyzer().surfaces(form))
