"""Models of languages: which words of a text are names, after what was learned of its language?

One conditional random field a family of letters, as for English; what lists are sure of is added,
and what only lists can know is asked of them: a given name before a lone surname belongs to it.
"""

from __future__ import annotations

import lzma
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from indexer.entities import lexicon
from indexer.entities.names.known import known_bearers
from indexer.entities.names.spelling import skeleton
from indexer.entities.tagging.foreign.features import ForeignFeatures, attached
from indexer.entities.tagging.foreign.given_names import is_given_name
from indexer.entities.tagging.foreign.listed import (
    ForeignTagger,
    surnames_alone,
    with_article,
    with_given_names,
)
from indexer.entities.tagging.foreign.listed_places import (
    BESIDE,
    is_ordinary,
    is_ours,
    is_sure_place,
)
from indexer.entities.tagging.foreign.network import shipped_network
from indexer.entities.tagging.foreign.spans.arabic_spans import arabic_spans, with_lone_names
from indexer.entities.tagging.foreign.spans.extents import whole, with_particles
from indexer.entities.tagging.foreign.spans.turkish_spans import (
    before_office,
    begins_with_person,
    behind_title,
    is_turkish_town,
    town_behind,
    turkish_parts,
)
from indexer.entities.tagging.foreign.words import SLAVIC, WITHOUT_CAPITALS, sentences
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.tagging.learned.field import Field, Found
from indexer.entities.tagging.learned.network import Network
from indexer.entities.tagging.learned.network import shipped_network as learned_network
from indexer.entities.tagging.tokens import Token
from indexer.entities.types import EntityKind, Mention

MODELS: Mapping[str, str] = {
    "ru": "russian", "uk": "russian", "ar": "arabic", "de": "german", "fr": "french",
    "tr": "turkish",
}  # fmt: skip
"""Language → the file of its model; Ukrainian is read by the Russian one."""

WITH_NETWORKS = frozenset(["german", "turkish"])
"""Models whose answers are averaged with those of a network of the language."""

DOUBTED: Mapping[str, tuple[float, int]] = {"french": (0.8, 8)}
"""Models beside which the network with an encoder is asked only in doubt: how likely a label is
that leaves none, and of how many words around each other word it is asked. Beside others, doubt
misses what the network alone knows.
"""
_KINDS = {"PER": EntityKind.PERSON, "ORG": EntityKind.ORG, "LOC": EntityKind.PLACE}
_RULE = "model"
_LOOSE = frozenset("-–—'’\"“”„«».,;:()[]/…")
_CERTAIN = 0.9  # of confidence: not even a preposition makes a place of what a model finds so
_SPLIT = 0.9  # in a place that was parted from the person before it
_LEAST = 0.5  # of confidence in a place that no list knows


class ModelTagger:
    """A `Tagger` for the languages of one model. One article at a time; threads wait.

    Args:
        model: the bytes of a CRFsuite model.
        languages: what it reads.
        networks: whose answers are averaged with the model's.
        doubt: when they are asked only, and of how many words around (`DOUBTED`).
    """

    def __init__(
        self,
        model: bytes,
        languages: Sequence[str],
        networks: Sequence[Network] = (),
        doubt: tuple[float, int] | None = None,
    ) -> None:
        sure, around = doubt or (None, None)
        self._field = Field(model, networks, sure=sure, around=around)
        self.version = f"foreign-crf/{self._field.digest}"
        self._features = {
            language: ForeignFeatures(language, shipped_network() if language in SLAVIC else None)
            for language in languages
        }
        self._listed = ForeignTagger()
        self._lock = threading.Lock()

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in a `text` in one of the languages."""
        learned = self.learned(text, language)
        listed = self._listed.tag(text, language=language, title=title)
        return _together(text, learned, listed, language)

    def learned(self, text: str, language: str) -> list[Mention]:
        """What the model alone finds."""
        tokens = list(sentences(text, language))
        words = [[word for _, _, word in sentence] for sentence in tokens]
        with self._lock:
            described = self._features[language].of_article(text, tokens)
        return mentions_of(text, tokens, self._field.names(words, described), language)


def mentions_of(
    text: str,
    tokens: Sequence[Sequence[Token]],
    found: Iterable[Sequence[Found]],
    language: str,
) -> list[Mention]:
    """The people, bodies and places among the names that were found in each sentence of a text."""
    return [
        mention
        for sentence, names in zip(tokens, found, strict=True)
        for (first, last, kind), confidence in names
        if kind in _KINDS
        for mention in _mention(text, sentence[first:last], kind, confidence, language)
    ]


def _mention(
    text: str, words: Sequence[Token], kind: str, confidence: float, language: str
) -> Iterator[Mention]:
    """The name in a span of words, without what is attached or stands loose at its ends."""
    capitals = language not in WITHOUT_CAPITALS
    inside = [word for _, _, word in words]
    no_names = lexicon.function_words(language) | lexicon.prepositions_of_place(language)
    first, last = _trimmed(inside, kind if capitals else "", no_names)
    is_turkish = language == "tr"
    if is_turkish and (begins := behind_title(inside[first:last], kind)):
        first, kind = first + begins, "PER"
    if is_turkish and kind == "ORG" and (office := before_office(inside[first:last])):
        last = first + office
    if is_turkish and kind == "ORG" and (town := town_behind(words[first:last])):
        place = words[first + town]
        sure = _SPLIT if is_turkish_town(place[2]) else min(confidence, _LEAST)
        yield from _whole(text, words[first : first + town], kind, confidence, language)
        yield from _whole(text, [place], "LOC", sure, language)
        return
    if is_turkish and (kind == "PER" or begins_with_person(words[first:last])):
        for part, part_kind in turkish_parts(words[first:last]):
            sure = max(confidence, _SPLIT) if part_kind == "LOC" else confidence
            yield from _whole(text, part, part_kind, sure, language)
        return
    if is_turkish and last - first > 1 and words[last - 1][2][0] in "'’":
        last -= 1
    yield from _whole(text, words[first:last], kind, confidence, language)


def _whole(
    text: str, words: Sequence[Token], kind: str, confidence: float, language: str
) -> Iterator[Mention]:
    """The mention of a span that is all name."""
    if not words:
        return
    capitals = language not in WITHOUT_CAPITALS
    start, end = words[0][0], words[-1][1]
    if text[end : end + 1] == "»" and text.rfind("«", start, end) >= 0:
        end += 1
    if capitals and text[start:end].islower():
        return
    if not capitals:
        start += attached(text[start:end])
    yield Mention(start, end, _KINDS[kind], text[start:end], confidence, _RULE)


def _trimmed(words: Sequence[str], kind: str, no_names: frozenset[str]) -> tuple[int, int]:
    """The words of a span without marks at its ends; where there are capitals, a person's name has
    nothing else at them, and a place begins with one that is no preposition or the like.
    """
    first, last = 0, len(words)
    while first < last and (
        words[first] in _LOOSE
        or (
            kind in {"PER", "LOC"}
            and (words[first][0].islower() or words[first].lower() in no_names)
        )
    ):
        first += 1
    while first < last and (
        words[last - 1] in _LOOSE or (words[last - 1][0].islower() and kind == "PER")
    ):
        last -= 1
    return first, last


def _together(
    text: str, learned: Sequence[Mention], listed: Sequence[Mention], language: str
) -> list[Mention]:
    """What the model found, what lists are sure of beside it, and surnames of persons named."""
    mentions = _with_listed(text, _mended(text, learned, language), listed, language)
    if language == "de":
        mentions = list(german_whole(text, _in_order(mentions)))
    if language in _WITH_PARTICLES:
        mentions = list(with_particles(text, mentions))
    return _with_surnames(text, mentions, language)


def _mended(text: str, learned: Sequence[Mention], language: str) -> list[Mention]:
    """What the model found, each name whole and of one kind, without what is no name."""
    mentions = [
        with_article(text, with_given_names(text, one, language))
        for one in whole(text, list(_one_kind(learned)), language)
    ]
    if language == "ar":
        mentions = list(arabic_spans(text, _in_order(mentions)))
    mentions = [one for one in _apart(mentions) if not _is_somebody(one, language)]
    if language in SLAVIC:
        mentions = [one for one in mentions if stands(one, language)]
    return mentions


def _with_listed(
    text: str, mentions: Sequence[Mention], listed: Sequence[Mention], language: str
) -> list[Mention]:
    """What the model found, and what lists are sure of in its place or beside it."""
    listed = [one for one in listed if _is_sure(one, language)]
    known = [one for one in listed if one.rule in {LISTED, BESIDE}]
    together = [
        one
        for one in mentions
        if not any(_yields(one, better) or _swallows(text, one, better) for better in known)
    ]
    taken = _characters(together)
    for one in listed:
        if not taken.isdisjoint(range(one.start, one.end)):
            continue
        if one.rule != LISTED or not is_part(text, one, language):
            together.append(one)
            taken.update(range(one.start, one.end))
    return together


def _with_surnames(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions in order, and surnames of persons among them that stand alone."""
    persons = [one for one in mentions if one.kind is EntityKind.PERSON]
    alone = surnames_alone(text, persons, _characters(mentions), language)
    if language == "ar":
        return with_lone_names(text, mentions, alone)
    return _in_order((*mentions, *alone))


def _characters(mentions: Iterable[Mention]) -> set[int]:
    return {at for one in mentions for at in range(one.start, one.end)}


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda one: one.start)


_WITH_PARTICLES = frozenset(["de", "fr"])
_OF = re.compile(r" (?:von|vom|zu|v\.|van)(?: (?:und zu|de[rnm]))? \Z")
_BAD = re.compile(r"\b(?:Bad|Sankt|St\.) \Z")
_FARTHEST = 12  # characters of a particle


def german_whole(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """German names whole that a model parts: Anton Günther von Oldenburg, and Bad Segeberg."""
    at = 0
    while at < len(mentions):
        one = mentions[at]
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        if one.kind is EntityKind.PERSON and following is not None:
            between = text[one.end : following.start]
            if following.kind is not EntityKind.ORG and _OF.fullmatch(between):
                name = text[one.start : following.end]
                one = replace(one, end=following.end, text=name)
                at += 1
        before = _BAD.search(text, max(0, one.start - _FARTHEST), one.start)
        if before is not None and one.kind is EntityKind.PLACE and one.rule == _RULE:
            one = replace(one, start=before.start(), text=text[before.start() : one.end])
        yield one
        at += 1


def is_part(text: str, mention: Mention, language: str) -> bool:
    """Is a listed place that the model took for none part of a longer name (Irak Devrimi), or what
    somebody is called after it (ABD'li)?
    """
    if mention.kind is not EntityKind.PLACE or language not in _CAPITALS_MAKE_NAMES:
        return False
    return bool(_GOES_ON.match(text, mention.end) or _AFTER_IT.search(mention.text))


_CAPITALS_MAKE_NAMES = frozenset(["fr", "tr"])  # not where common nouns have capitals
_GOES_ON = re.compile(r"(?:['’]\w+)?(?: [A-ZÀ-ÖØ-ÞĞİŞ]|['’]l[ıiuü])")
_AFTER_IT = re.compile(r"['’]l[ıiuü]\w*\Z")


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions that begin behind the end of the one before."""
    end = 0
    for one in mentions:
        if one.start >= end:
            yield one
            end = one.end


def _one_kind(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Gives each text that was found as several kinds the kind the model was surest of."""
    weights: dict[str, dict[EntityKind, float]] = defaultdict(lambda: defaultdict(float))
    for one in mentions:
        weights[one.text][one.kind] += one.confidence
    for one in mentions:
        kinds = weights[one.text]
        yield replace(one, kind=max(kinds, key=lambda kind: kinds[kind]))


def _yields(mention: Mention, known: Mention) -> bool:
    """Does what a list is sure of take the place of what the model found inside it?"""
    if not (known.start <= mention.start and mention.end <= known.end):
        return False
    return (
        known.kind is not EntityKind.PLACE
        or mention.kind is EntityKind.PERSON
        or (known.rule == BESIDE and mention.confidence < _CERTAIN)
        or (" " in known.text and (known.text == mention.text or is_ours(known.text)))
    )


def _swallows(text: str, mention: Mention, known: Mention) -> bool:
    """Did the model take a listed body, or its beginning, together with the noun before it, or with
    the name behind it (командующего Силами быстрой поддержки)?
    """
    if known.kind is not EntityKind.ORG or mention.text == known.text:
        return False
    if mention.end <= known.start or known.end <= mention.start:
        return False
    before, behind = text[mention.start : known.start], text[known.end : mention.end]
    return (not before or before.islower()) and (not behind or behind[1:2].isupper())


def _is_sure(mention: Mention, language: str) -> bool:
    """Does a list alone say enough: a body, a full name, a country?"""
    if mention.kind is EntityKind.PLACE:
        return mention.rule == BESIDE or is_sure_place(mention.text, language)
    return mention.kind is EntityKind.ORG or " " in mention.text


def stands(mention: Mention, language: str) -> bool:
    """Is what a model found no doubtful place: a word of the language, a given name, hardly found?

    Only Slavic ones are left out for it; others stay mentions, and are not shown.
    """
    if mention.kind is not EntityKind.PLACE or mention.rule != _RULE:
        return True
    if is_sure_place(mention.text, language):
        return True
    word = is_ordinary(mention.text, language)
    return mention.confidence >= _LEAST and not word and not is_given_name(mention.text)


def _is_somebody(mention: Mention, language: str) -> bool:
    """Is what a model took for a place the surname of somebody known?"""
    return (
        mention.kind is EntityKind.PLACE
        and not is_sure_place(mention.text, language)
        and bool(known_bearers(skeleton(mention.text)))
    )


class LanguageModels:
    """A `Tagger` for all languages that have a model; each is loaded when a text first needs it.

    Args:
        beside: the network that is asked beside all of them.
    """

    def __init__(self, beside: Network | None = None) -> None:
        self._beside = beside
        self.version = f"{_RULE}/{beside.digest.hex()[:8]}" if beside else _RULE

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in a `text` in one of the languages of `MODELS`."""
        model = _shipped(MODELS[language], self._beside)
        return model.tag(text, language=language, title=title)


@cache
def _shipped(name: str, beside: Network | None) -> ModelTagger:
    file = resources.files("indexer.entities") / "models" / f"{name}.crfsuite.xz"
    languages = [language for language, of in MODELS.items() if of == name]
    networks = [learned_network(name)] if name in WITH_NETWORKS else []
    if beside:
        networks.append(beside)
    doubt = DOUBTED.get(name) if beside else None
    return ModelTagger(lzma.decompress(file.read_bytes()), languages, networks, doubt)
