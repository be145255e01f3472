"""What does the model see of a word? Strings, made once for each word type and then only joined.

Feature extraction is what tagging costs, so everything that depends on a word alone is cached by
word, and everything that depends on an article is computed once for each of its word types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from indexer.entities import lexicon
from indexer.entities.name_lists import listed_words, multiword_names
from indexer.entities.runs import run_features
from indexer.entities.word_types import EDGE, Word, seen_from, shape_of

VERSION = 3

Sentence: TypeAlias = Sequence[str]
"""The words of a sentence, as written."""

_CACHED_WORDS = 200_000
_BODY = frozenset(
    """academy agency airlines airways alliance army assembly association authority bank battalion
    board brigade brigades bureau centre center club coalition college command commission committee
    company conference congress corp corporation corps council court department directorate
    federation force forces foundation front fund group guard guards hospital inc institute league
    ltd ministry movement navy network news office organisation organization parliament party
    police press regiment secretariat senate service services society studies times tribunal
    union university""".split()
)


class WordLists(NamedTuple):
    """What training learned from open text about words.

    Attributes:
        clusters: word in lower case → cluster, coarse and fine, as two short strings.
        written: word as written → its clusters by close and by wider neighbors.
        given, surnames: parts of persons' names, in lower case.
    """

    clusters: Mapping[str, tuple[str, str]]
    written: Mapping[str, tuple[str, str]]
    given: frozenset[str]
    surnames: frozenset[str]


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
        if lower in _BODY:
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
                    if previous.lower == "in":
                        marks.add("d:in")
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
