"""Features: what does the model see of a word? Strings, made once for each word type and then only
joined.

Feature extraction is what tagging costs, so everything that depends on a word alone is cached by
word, and everything that depends on an article is computed once for each of its word types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from indexer.entities import lexicon
from indexer.entities.tagging.word_lists import WordLists
from indexer.entities.types import EntityKind

# What does one word type contribute to the features of the words around it, and to its own?

_SHAPES = ((re.compile(r"[^\W\d_a-z]"), "X"), (re.compile(r"[a-z]"), "x"), (re.compile(r"\d"), "9"))
_REPEATED = re.compile(r"(.)\1{2,}")


class Word(NamedTuple):
    """What one word type contributes, by where it stands from the word that is labeled."""

    here: list[str]
    before: list[str]
    after: list[str]
    before2: list[str]
    after2: list[str]
    lower: str
    shape: str
    lists: str
    coarse: str
    fine: str
    capital: bool


def seen_from(where: str, lower: str, shape: str, cluster: str, lists: str) -> list[str]:
    return [
        f"{where}w={lower}",
        f"{where}s={shape}",
        f"{where}k={cluster}",
        f"{where}l={lists}",
        f"{where}x={lower[-3:]}",
    ]


def shape_of(text: str) -> str:
    shape = text
    for pattern, letter in _SHAPES:
        shape = pattern.sub(letter, shape)
    return _REPEATED.sub(r"\1\1", shape)[:8]


EDGE = Word([], ["-1#"], ["+1#"], [], [], "#", "#", "#", "#", "#", capital=False)


# Which names does the lexicon list, in the form that the model's features look them up?


@cache
def listed_words() -> dict[str, frozenset[str]]:
    """Letter → names: countries, regions, large and small cities, villages, known bodies."""
    groups: dict[str, set[str]] = {letter: set() for letter in "CRLTVO"}
    letters = {"country": "C", "continent": "C", "region": "R", "village": "V"}
    for sort, place in lexicon.places():
        letter = letters.get(sort, "L" if place.weight >= 100 else "T")
        groups[letter].add(place.label)
        groups["V"].update(place.spellings)
    for known in lexicon.known_names():
        listed = {EntityKind.PLACE: "C", EntityKind.ORG: "O"}.get(known.kind)
        if listed:
            groups[listed].update((known.label, *known.others))
    return {letter: frozenset(names) for letter, names in groups.items()}


@cache
def multiword_names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word → listed names of several words that begin with it, longest first."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    entries: Iterable[tuple[str, str]] = [
        *((name, "L") for _, place in lexicon.places() for name in (place.label, *place.spellings)),
        *(
            (name, {"person": "P", "org": "O", "place": "L"}[known.kind])
            for known in lexicon.known_names()
            for name in (known.label, *known.others)
        ),
    ]
    for name, kind in entries:
        if name.isalpha():
            continue
        words = tuple(re.findall(r"[^\W_]+(?:\.[^\W_]+)*\.?|-", name))
        if len(words) > 1:
            names.setdefault(words[0], []).append((words, kind))
    return {first: sorted(listed, key=lambda one: -len(one[0])) for first, listed in names.items()}


# Which words may be one name together? Runs of capitalized words, and what each says as a whole.
#
# `Ministry of Foreign Affairs` is one run: every word of it sees how the run begins and ends, how
# long it is, and what stands before and behind it. So its first word knows what body it is of.

_LINKS = frozenset("of for and de del la al & ' ’s 's du des el on".split())
_ARTICLE = "the"  # only behind a link: `University of the Pacific`, not `Yesterday the Pentagon`
_MOST_LINKS = 2
_LONGEST = 5  # longer ones are not told apart
_FURTHEST = 3


def run_features(words: Sequence[Word]) -> Iterator[tuple[int, list[str]]]:
    """Position → features, for each word of each run of a sentence."""
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        first, at = at, _end(words, at)
        shared = _shared(words, first, at)
        for position in range(first, at):
            before, behind = position - first, at - 1 - position
            yield position, [*shared, f"rp={min(before, _FURTHEST)}|{min(behind, _FURTHEST)}"]


def _end(words: Sequence[Word], first: int) -> int:
    """Where the run that begins at `first` ends: capitalized words, up to two others between."""
    end = first + 1
    for position in range(end, len(words)):
        if words[position].capital:
            end = position + 1
        elif position - end == _MOST_LINKS or not (
            words[position].lower in _LINKS
            or (position > end and words[position].lower == _ARTICLE)
        ):
            break
    return end


def _shared(words: Sequence[Word], first: int, end: int) -> list[str]:
    begins, ends = words[first], words[end - 1]
    before = words[first - 1].lower if first else EDGE.lower
    after = words[end].lower if end < len(words) else EDGE.lower
    length = min(end - first, _LONGEST)
    names_body = any("B" in word.lists for word in words[first:end])
    return [
        f"rf={begins.lower}",
        f"rl={ends.lower}",
        f"rb={before}",
        f"ra={after}",
        f"rn={length}",
        f"rk={ends.fine}",
        f"rx={names_body}|{ends.lists}",
        f"rg={begins.lists}|{ends.lists}|{length}",
    ]


# What stands beside a name somewhere in the article, and so says of what kind it is everywhere.
_TELLING_BEFORE = frozenset("in the at from to near of by with against across between".split())
_TELLING_AFTER = frozenset(
    """said says told added was is has had who which where ’s 's ( , - province district city
    region state town village island river party""".split()
)

Sentence: TypeAlias = Sequence[str]
"""The words of a sentence, as written."""

_CACHED_WORDS = 200_000
BODY_WORDS = frozenset(
    """academy agency airlines airways alliance army assembly association authority bank battalion
    board brigade brigades bureau centre center club coalition college command commission committee
    company conference congress corp corporation corps council court department directorate
    federation force forces foundation front fund group guard guards hospital inc institute league
    ltd ministry movement navy network news office organisation organization parliament party
    police press regiment secretariat senate service services society studies times tribunal
    union university""".split()
)
"""What the names of bodies begin or end with."""


class Features:
    """Makes the features of an article's sentences. Caches by word; not thread-safe to build,
    but safe to share: a race only computes a word twice.
    """

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._words: dict[str, Word] = {}
        self._names = multiword_names()

    def of_article(self, sentences: Sequence[Sentence]) -> list[list[list[str]]]:
        """For each sentence, for each word, its features."""
        typed = [[self._word(word) for word in sentence] for sentence in sentences]
        seen = self._seen(sentences, typed)
        return [
            self._of_sentence(sentence, words, seen)
            for sentence, words in zip(sentences, typed, strict=True)
        ]

    def _of_sentence(
        self, sentence: Sentence, words: list[Word], seen: dict[str, list[str]]
    ) -> list[list[str]]:
        length = len(words)
        edge = EDGE
        shouted = sum(word.shape.startswith("XX") for word in words) * 2 > length > 3
        listed = self._listed(sentence, words)
        found: list[list[str]] = []
        for position, word in enumerate(words):
            before = words[position - 1] if position else edge
            after = words[position + 1] if position + 1 < length else edge
            features = word.here + before.before + after.after
            if position > 1:
                features += words[position - 2].before2
            if position + 2 < length:
                features += words[position + 2].after2
            features.append(f"s:{before.shape}|{word.shape}|{after.shape}")
            features.append(f"g:{before.lists}|{word.lists}|{after.lists}")
            features.append(f"c:{before.coarse}|{word.coarse}|{after.coarse}")
            if word.capital:
                features.append(f"b:{before.lower}|{word.shape}")
                features.append(f"a:{word.shape}|{after.lower}")
                features.append(f"v:{before.lower}|{word.lower}")
                if position > 1:
                    features.append(f"y:{words[position - 2].lower}|{before.lower}")
                features.append(f"n:{word.lower}|{after.lower}")
                features.append(f"h:{before.fine}|{word.lists}{word.coarse}|{after.fine}")
                features += seen.get(sentence[position], _NOTHING)
                if position == 0:
                    features.append("first")
                if shouted:
                    features.append("shouted")
            if position in listed:
                features.append(listed[position])
            found.append(features)
        for position, of_run in run_features(words):
            found[position] += of_run
        return found

    def _word(self, text: str) -> Word:
        word = self._words.get(text)
        if word is None:
            if len(self._words) > _CACHED_WORDS:
                self._words.clear()
            word = self._words[text] = self._make(text)
        return word

    def _make(self, text: str) -> Word:
        lower = text.lower()
        shape = shape_of(text)
        coarse, fine = self._lists.clusters.get(lower, ("", ""))
        near, topic = self._written(text, lower)
        lists = self._lists_of(text, lower)
        here = ["w=" + lower, "s=" + shape]
        if text[0].isalpha():
            here += ["p2=" + lower[:2], "p3=" + lower[:3], "p4=" + lower[:4]]
            here += ["x2=" + lower[-2:], "x3=" + lower[-3:], "x4=" + lower[-4:]]
        if fine:
            here += ["c=" + coarse, "k=" + fine]
        if near:
            here += ["u=" + near, "t=" + topic]
        here += ["l=" + one for one in lists]
        joined = "".join(lists)
        return Word(
            here=[*here, "l*" + joined],
            before=[*seen_from("-1", lower, shape, fine, joined), "-1u=" + near, "-1t=" + topic],
            after=[*seen_from("+1", lower, shape, fine, joined), "+1u=" + near, "+1t=" + topic],
            before2=["-2w=" + lower, "-2k=" + fine, "-2s=" + shape],
            after2=["+2w=" + lower, "+2k=" + fine, "+2s=" + shape],
            lower=lower,
            shape=shape,
            lists=joined or "-",
            coarse=coarse,
            fine=fine,
            capital=text[0].isupper(),
        )

    def _written(self, text: str, lower: str) -> tuple[str, str]:
        """The clusters of a word as written; of one that is rare so, of it in lower case."""
        written = self._lists.written
        return written.get(text) or written.get(lower) or _NONE

    def _lists_of(self, text: str, lower: str) -> list[str]:
        """One letter for each list that the word is on."""
        found = []
        if text[0].isupper():
            found = [letter for letter, names in listed_words().items() if text in names]
            if lower in self._lists.given:
                found.append("G")
            if lower in self._lists.surnames:
                found.append("S")
            if text in lexicon.peoples():
                found.append("N")
        if lower in BODY_WORDS:
            found.append("B")
        if lower.rstrip(".") in lexicon.honorifics():
            found.append("H")
        return found

    def _seen(self, sentences: Sequence[Sentence], typed: list[list[Word]]) -> dict[str, list[str]]:
        """Word as written → what the rest of the article says of it; capitalized words only."""
        evidence: dict[str, set[str]] = {}
        lowered: set[str] = set()
        for sentence, words in zip(sentences, typed, strict=True):
            previous = EDGE
            for position, (text, word) in enumerate(zip(sentence, words, strict=True)):
                if word.capital:
                    marks = evidence.setdefault(text, set())
                    if position:
                        marks.add("d:mid")
                        if "H" in previous.lists:
                            marks.add("d:title")
                        if "G" in previous.lists:
                            marks.add("d:given")
                    following = words[position + 1] if position + 1 < len(words) else EDGE
                    if "B" in following.lists and following.capital:
                        marks.add("d:body")
                    if previous.lower in _TELLING_BEFORE:
                        marks.add("d:" + previous.lower)
                    if following.lower in _TELLING_AFTER:
                        marks.add("d:+" + following.lower)
                else:
                    lowered.add(text)
                previous = word
        return {
            text: [*sorted(marks), *(["d:low"] if text.lower() in lowered else [])]
            for text, marks in evidence.items()
        }

    def _listed(self, sentence: Sentence, words: list[Word]) -> dict[int, str]:
        """Position → feature, for names of several words that the lexicon lists."""
        found: dict[int, str] = {}
        for position, word in enumerate(words):
            longest = self._names.get(sentence[position]) if word.capital else None
            if not longest:
                continue
            for name, kind in longest:
                end = position + len(name)
                if tuple(sentence[position:end]) == name:
                    found[position] = "m=B" + kind
                    found.update((inside, "m=I" + kind) for inside in range(position + 1, end))
                    break
        return found


_NOTHING: list[str] = []
_NONE = ("", "")
