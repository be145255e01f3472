"""Features of other languages: what does a model see of a word that is not English?

The same kind as in English, of letters that the languages of a model share. What a list says of a
word is made once for each word type; what an article says of it, once for each article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.entities import lexicon
from indexer.entities.names.attached import ARABIC_ATTACHED, HEBREW_ATTACHED, MOST_ATTACHED
from indexer.entities.names.cyrillic import declined_persons, declined_places
from indexer.entities.tagging.foreign.network import Network
from indexer.entities.tagging.foreign.words import ARABIC, WITHOUT_CAPITALS, folded
from indexer.entities.tagging.gazetteer import foreign_gazetteer
from indexer.entities.tagging.learned.features import shape_of
from indexer.entities.tagging.tokens import Token
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind

_CACHED_WORDS = 200_000
_ATTACHED = re.compile(rf"{ARABIC_ATTACHED}(?=\w{{3}})|{HEBREW_ATTACHED}(?=\w{{2}})")
_ARTICLE = re.compile(r"(?:ال|لل)(?=\w{2})")
_LETTERS = {EntityKind.PERSON: "PER", EntityKind.ORG: "ORG", EntityKind.PLACE: "LOC"}
_CITY, _TOWN = 1_000, 100  # thousands of inhabitants


class _Word(NamedTuple):
    here: list[str]
    before: list[str]
    after: list[str]
    before2: list[str]
    after2: list[str]
    lower: str
    shape: str
    lists: str
    class_: str
    capital: bool


_EDGE = _Word([], ["-1#"], ["+1#"], [], [], "#", "#", "#", "#", capital=False)
_NOTHING: list[str] = []


class ForeignFeatures:
    """Makes the features of an article's sentences in one language. Caches by word.

    Args:
        language: ISO 639-1 code.
        network: what it says of a word is a feature too.
    """

    def __init__(self, language: str, network: Network | None = None) -> None:
        self._language = language
        self._network = network
        self._words: dict[str, _Word] = {}

    def of_article(self, text: str, sentences: Sequence[Sequence[Token]]) -> list[list[list[str]]]:
        """For each sentence of an article's text, for each word, its features."""
        listed = self._listed(text)
        typed = [[self._word(word) for _, _, word in sentence] for sentence in sentences]
        seen = self._seen(sentences, typed)
        found = [
            self._of_sentence(sentence, words, seen, listed)
            for sentence, words in zip(sentences, typed, strict=True)
        ]
        if self._network is not None:
            words = [[word for _, _, word in sentence] for sentence in sentences]
            marks = self._network.marks(words, self._language)
            for features, of_sentence in zip(found, marks, strict=True):
                _add(features, of_sentence)
        return found

    def _of_sentence(
        self,
        sentence: Sequence[Token],
        words: list[_Word],
        seen: Mapping[str, list[str]],
        listed: Mapping[int, str],
    ) -> list[list[str]]:
        length = len(words)
        found: list[list[str]] = []
        for position, word in enumerate(words):
            before = words[position - 1] if position else _EDGE
            after = words[position + 1] if position + 1 < length else _EDGE
            features = word.here + before.before + after.after
            if position > 1:
                features += words[position - 2].before2
            if position + 2 < length:
                features += words[position + 2].after2
            features.append(f"s:{before.shape}|{word.shape}|{after.shape}")
            features.append(f"g:{before.lists}|{word.lists}|{after.lists}")
            features.append(f"b:{before.lower}|{word.shape}")
            features.append(f"a:{word.shape}|{after.lower}")
            if word.class_:
                features.append(f"k:{before.class_}|{word.class_}")
                features.append(f"j:{word.class_}|{after.class_}")
            if word.capital or self._language in WITHOUT_CAPITALS:
                features.append(f"v:{before.lower}|{word.lower}")
                features.append(f"n:{word.lower}|{after.lower}")
                features += seen.get(word.lower, _NOTHING)
            if position == 0:
                features.append("first")
            mark = listed.get(sentence[position][0])
            if mark is not None:
                features.append(mark)
                features.append(f"{mark}|{word.shape}|{'1' if position == 0 else ''}")
            found.append(features)
        return found

    def _word(self, text: str) -> _Word:
        word = self._words.get(text)
        if word is None:
            if len(self._words) > _CACHED_WORDS:
                self._words.clear()
            word = self._words[text] = self._make(text)
        return word

    def _make(self, text: str) -> _Word:
        lower = folded(text, self._language)
        shape = shape_of(text) if text[0].isascii() or text[0].isupper() else _shape(text)
        lists = lists_of(text, lower, self._language)
        stem = bare(lower, self._language)
        classes = self._network.classes(text, self._language) if self._network else ()
        middle, fine = (classes[1], classes[2]) if classes else ("", "")
        here = ["w=" + lower, "s=" + shape]
        if text[0].isalpha():
            here += [f"p{count}={lower[:count]}" for count in (1, 2, 3, 4)]
            here += [f"x{count}={lower[-count:]}" for count in (1, 2, 3, 4, 5)]
            if stem != lower:
                here += ["t=" + stem, "tp=" + stem[:4], "ta=" + lower[: -len(stem)]]
        here += [f"c{number}={one}" for number, one in enumerate(classes)]
        here += ["l=" + one for one in lists]
        return _Word(
            here=[*here, "l*" + lists],
            before=_seen_from("-1", lower, shape, middle, fine, lists),
            after=_seen_from("+1", lower, shape, middle, fine, lists),
            before2=["-2w=" + lower, "-2s=" + shape, "-2c=" + middle, "-2l=" + lists],
            after2=["+2w=" + lower, "+2s=" + shape, "+2c=" + middle, "+2l=" + lists],
            lower=lower,
            shape=shape,
            lists=lists or "-",
            class_=middle,
            capital=text[0].isupper(),
        )

    def _seen(
        self, sentences: Sequence[Sequence[Token]], typed: Sequence[Sequence[_Word]]
    ) -> dict[str, list[str]]:
        """Word as folded → what the rest of the article says of it."""
        evidence: dict[str, set[str]] = {}
        for sentence, words in zip(sentences, typed, strict=True):
            previous = _EDGE
            for position, ((_, _, text), word) in enumerate(zip(sentence, words, strict=True)):
                if text[0].isalpha():
                    marks = evidence.setdefault(word.lower, set())
                    if word.capital and position:
                        marks.add("d:mid")
                    if text[0].islower():
                        marks.add("d:low")
                    if "G" in previous.lists:
                        marks.add("d:given")
                previous = word
        return {text: sorted(marks) for text, marks in evidence.items() if marks}

    def _listed(self, text: str) -> dict[int, str]:
        """Offset of a word → feature, for names that the lexicon lists."""
        found: dict[int, str] = {}
        for one in foreign_gazetteer().tag(text, language=self._language):
            kind = _LETTERS[one.kind]
            found[one.start] = "m=B" + kind
            for inside in _WORD.finditer(one.text):
                if inside.start():
                    found[one.start + inside.start()] = "m=I" + kind
        return found


def _add(features: list[list[str]], marks: Sequence[str]) -> None:
    """Adds what the network says of a sentence's words to their features."""
    edged = ["#", *marks, "#"]
    for at, found in enumerate(features):
        before, here, after = edged[at : at + 3]
        found += [f"e={here}", f"-1e={before}", f"+1e={after}"]
        found += [f"eb={before}|{here}", f"ea={here}|{after}", f"en={before}|{here}|{after}"]


_WORD = re.compile(r"\w+")


def _seen_from(where: str, lower: str, shape: str, middle: str, fine: str, lists: str) -> list[str]:
    return [
        f"{where}w={lower}",
        f"{where}s={shape}",
        f"{where}x={lower[-3:]}",
        f"{where}l={lists}",
        f"{where}c={middle}",
        f"{where}f={fine}",
    ]


def _shape(text: str) -> str:
    if text[0].isalpha():
        return "xx" if len(text) > 3 else "x" * len(text)
    return "99" if text[0].isdigit() else text


def attached(word: str) -> int:
    """How many letters of a word are attached to the front of a listed name; 0 where no list knows
    the rest.
    """
    known = foreign_gazetteer().tag(word, language="ar")
    start = known[0].start if known else 0
    return start if start <= MOST_ATTACHED else 0


def bare(lower: str, language: str) -> str:
    """A folded word of Arabic or Hebrew without what is attached to its front."""
    if language in ARABIC or language == "he":
        attached = _ATTACHED.match(lower)
        stem = lower[attached.end() :] if attached else lower
        article = _ARTICLE.match(stem)
        return stem[article.end() :] if article else stem
    return lower


def lists_of(text: str, lower: str, language: str) -> str:
    """One letter for each list that a word is on."""
    found = ""
    for letter, names in _lists(language).items():
        if text in names or lower in names:
            found += letter
    if language in WITHOUT_CAPITALS:
        attached = _ATTACHED.match(text)
        if attached and not found:
            rest = text[attached.end() :]
            found = "".join(
                letter.lower() for letter, names in _lists(language).items() if rest in names
            )
    elif not text[0].isupper():
        found = found.replace("C", "").replace("L", "").replace("T", "").replace("G", "")
    if text in lexicon.ordinary_words(language):
        found += "W"
    return found


@cache
def _lists(language: str) -> dict[str, frozenset[str]]:
    """Letter → names: countries, cities, towns, given names, surnames, words of bodies."""
    groups: dict[str, set[str]] = {letter: set() for letter in "CLTGSKO"}
    for sort, place in lexicon.places():
        if sort in {"country", "continent"}:
            letter = "C"
        elif sort == "city" and place.weight >= _CITY:
            letter = "L"
        elif place.weight >= _TOWN or place.others:
            letter = "T"
        else:
            continue
        groups[letter].update(_single((place.label, *place.others)))
    for known in lexicon.known_names():
        letter = {EntityKind.PERSON: "K", EntityKind.ORG: "O"}.get(known.kind, "C")
        groups[letter].update(_single((known.label, *known.others)))
    groups["L"].update(declined_places())
    groups["K"].update(form.rpartition(" ")[2] for form in declined_persons())
    groups["G"].update(lexicon.own_given_names())
    groups["G"].update(folded(name, language) for name in lexicon.own_given_names())
    if language not in WITHOUT_CAPITALS:
        english = shipped_lists().given - lexicon.ordinary_words("en")
        groups["G"].update(name for name in english if len(name) > 2)
        groups["S"].update(name for name in shipped_lists().surnames if len(name) > 3)
    return {letter: frozenset(names) for letter, names in groups.items()}


def _single(names: Iterable[str]) -> list[str]:
    return [name for name in names if " " not in name]
