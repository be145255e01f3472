"""Tagger of English: which words of an English text are names, after what was learned? The field
and the networks say so (`learned/field.py`); titles, loose ends and rules are told here.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from indexer.entities import lexicon
from indexer.entities.tagging.certain_names import with_certain_names
from indexer.entities.tagging.consistency import agree
from indexer.entities.tagging.extents import with_bodies_whole
from indexer.entities.tagging.learned.features import Features
from indexer.entities.tagging.learned.field import Field, Found
from indexer.entities.tagging.learned.network import Network, shipped_network
from indexer.entities.tagging.own_words import with_own_words
from indexer.entities.tagging.tokens import Token, sentences
from indexer.entities.tagging.word_lists import WordLists, shipped_lists
from indexer.entities.types import EntityKind, Mention

# Who speaks in a printed interview? Marks like `((Jane Doe))` at the start of a turn.
#
# A model takes them for bodies, brackets and all. A mark in full names a person; initials stand for
# whoever asks, and are no name.

_RULE = "speaker"
_CONFIDENCE = 0.95
_MARK = re.compile(r"^\(\(([^()\n]{1,60})\)\)", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,3}")


def with_speakers(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the persons whom marks name in place of whatever overlaps the marks; and
    with the same names elsewhere as persons.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return list(mentions)
    kept = [
        one
        for one in mentions
        if not any(mark.start() < one.end and one.start < mark.end() for mark in marks)
    ]
    speakers = [
        Mention(mark.start(1), mark.end(1), EntityKind.PERSON, mark.group(1), _CONFIDENCE, _RULE)
        for mark in marks
        if _NAME.fullmatch(mark.group(1)) and not mark.group(1).isupper()
    ]
    names = {one.text for one in speakers}
    kept = [
        replace(one, kind=EntityKind.PERSON, rule=_RULE) if one.text in names else one
        for one in kept
    ]
    return sorted((*kept, *speakers), key=lambda one: one.start)


KINDS = {
    "PER": EntityKind.PERSON,
    "ORG": EntityKind.ORG,
    "LOC": EntityKind.PLACE,
    "NORP": EntityKind.NORP,
    "EVT": EntityKind.EVENT,
}
_LONGEST_HONORIFIC = 3  # words
_LOOSE_ENDS = frozenset((*"-–—'’\"“”.,;:()[]/", "of", "and", "the", "for", "in", "'s", "’s"))
_LOOSE_BEGINNINGS = frozenset(
    """central east eastern north northeastern northern northwestern south southeastern southern
    southwestern the west western""".split()
)
# What places are called with, small as it is sometimes written.
_NATURAL = frozenset(
    """bank basin bay city coast county desert gulf heights island islands lake mountain mountains
    ocean peninsula plain plateau province region river sea state strait straits strip territory
    triangle valley""".split()
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff]")
_MONTHS = frozenset(
    """January February March April May June July August September October November December Jan.
    Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec.""".split()
)
_RULE = "crf"
SURE_WITHOUT = 0.7
"""How likely each word's label must be, for the network not to be asked of a sentence."""
_BEFORE_MONTHS = frozenset("After Before By During From In On Since Until".split())
_POSSESSIVES = frozenset(["'", "’", "'s", "’s"])
_BREAKS = frozenset(':;()[]"“”—')
_UNBROKEN = frozenset(["PER", "LOC"])


class CrfTagger:
    """A `Tagger` for English. One article at a time; threads wait for each other.

    Args:
        model: the bytes of a CRFsuite model.
        lists: the word lists that the model was trained with.
        networks: whose answers are averaged with the model's.
        sure: where the model is so sure of each word of a sentence, networks are not asked.
    """

    def __init__(
        self,
        model: bytes,
        lists: WordLists,
        networks: Sequence[Network] = (),
        *,
        sure: float | None = None,
    ) -> None:
        self._field = Field(model, networks, sure=sure)
        self.version = f"crf/{self._field.digest}"
        self._features = Features(lists)
        self._honorifics = lexicon.honorifics()

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in an English `text`."""
        del language, title
        tokens = list(sentences(text))
        words = [[word for _, _, word in sentence] for sentence in tokens]
        described = self._features.of_article(words)
        mentions = [
            mention
            for sentence, names in zip(tokens, self._field.names(words, described), strict=True)
            for found in names
            for mention in self._mention(text, sentence, found)
        ]
        mentions = with_bodies_whole(text, with_speakers(text, mentions))
        return with_own_words(text, with_certain_names(text, agree(text, tokens, mentions)))

    def _mention(self, text: str, sentence: list[Token], found: Found) -> Iterator[Mention]:
        (first, last, kind), confidence = found
        first, last = self._trimmed(sentence, first, last, kind)
        if first >= last:
            return
        start, end = sentence[first][0], sentence[last - 1][1]
        if _OTHER_SCRIPT.search(text, start, end):
            return  # a quotation in Hindi: the model knows English only
        honorific = self._honorific(sentence, first) if kind == "PER" else ""
        yield Mention(start, end, KINDS[kind], text[start:end], confidence, _RULE, honorific)

    def _trimmed(self, sentence: list[Token], first: int, last: int, kind: str) -> tuple[int, int]:
        """The words of a span without what is no part of the name: titles before it, `eastern`,
        a bracket or colon and all behind it, `of` at its end.
        """
        words = [word for _, _, word in sentence]
        if kind in _UNBROKEN:
            broken = (at for at in range(first + 1, last) if words[at] in _BREAKS)
            last = next(broken, last)
        while first < last and words[last - 1] in _LOOSE_ENDS:
            last -= 1
        if kind == "PER":
            owners = [at + 1 for at in range(first, last) if words[at] in _POSSESSIVES]
            first = owners[-1] if owners else first  # Reuters' Jane Doe
            return self._after_honorifics(sentence, first, last), last
        while first < last and words[first] in _LOOSE_ENDS:
            first += 1
        while first < last - 1 and words[first] in _LOOSE_BEGINNINGS:
            first += 1
        if kind == "LOC" and first < last - 1 and words[last - 1].islower():
            last -= words[last - 1] not in _NATURAL  # Izium hospital
        if first < last - 2 and words[first] in _BEFORE_MONTHS and words[first + 1] in _MONTHS:
            first += 2  # In May Rwanda
        elif (
            0 < first < last - 1
            and words[first] in _MONTHS
            and sentence[first - 1][2] in _BEFORE_MONTHS
        ):
            first += 1
        return first, last

    def _after_honorifics(self, sentence: list[Token], first: int, last: int) -> int:
        while first < last - 1 and _bare(sentence[first][2]) in self._honorifics:
            first += 1
        return first

    def _honorific(self, sentence: list[Token], first: int) -> str:
        """The longest title right before a name; empty when there is none."""
        for length in range(min(_LONGEST_HONORIFIC, first), 0, -1):
            words = " ".join(_bare(word) for _, _, word in sentence[first - length : first])
            words = words.replace(" - ", "-")
            if words in self._honorifics:
                return words
        return ""


def _bare(word: str) -> str:
    return word.lower().rstrip(".")


@cache
def shipped_tagger() -> CrfTagger:
    """The tagger of the model in `models/`; loaded once."""
    return _tagger(SURE_WITHOUT)


@cache
def careful_tagger() -> CrfTagger:
    """The same, which asks the network of each sentence; loaded once."""
    return _tagger(None)


def _tagger(sure: float | None) -> CrfTagger:
    model = resources.files("indexer.entities") / "models" / "english.crfsuite.gz"
    return CrfTagger(
        gzip.decompress(model.read_bytes()),
        shipped_lists(),
        [shipped_network("english")],
        sure=sure,
    )
