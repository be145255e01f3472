"""Models of languages: which words of a text are names, after what was learned of its language?

One conditional random field a family of letters, as for English; what lists are sure of is added,
and what only lists can know is asked of them: a given name before a lone surname belongs to it.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from indexer.entities import lexicon
from indexer.entities.names.known import known_bearers, place_called
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.foreign.extents import whole
from indexer.entities.tagging.foreign.features import ForeignFeatures, attached
from indexer.entities.tagging.foreign.given_names import is_given_name, is_romanized_given_name
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
    is_own_place,
    is_sure_place,
    may_be_town,
)
from indexer.entities.tagging.foreign.network import shipped_network
from indexer.entities.tagging.foreign.words import SLAVIC, WITHOUT_CAPITALS, sentences
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.tagging.learned.field import Field
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
    """

    def __init__(
        self, model: bytes, languages: Sequence[str], networks: Sequence[Network] = ()
    ) -> None:
        self._field = Field(model, networks)
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
        return [
            mention
            for sentence, names in zip(tokens, self._field.names(words, described), strict=True)
            for (first, last, kind), confidence in names
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
    if is_turkish and (begins := _behind_title(inside[first:last], kind)):
        first, kind = first + begins, "PER"
    if is_turkish and (kind == "PER" or _begins_with_person(words[first:last])):
        for part, part_kind in turkish_parts(words[first:last]):
            sure = max(confidence, _SPLIT) if part_kind == "LOC" else confidence
            yield from _whole(text, part, part_kind, sure, language)
        return
    if is_turkish and last - first > 1 and words[last - 1][2][0] in "'’":
        last -= 1
    yield from _whole(text, words[first:last], kind, confidence, language)


def _behind_title(words: Sequence[str], kind: str) -> int:
    """Where a person begins in a span of words that a title stands in (Ankara Valisi Vasip Şahin);
    0 where none does. A rank stands before persons alone.
    """
    for at in range(len(words) - 2, -1, -1):
        is_rank = kind == "PER" and words[at] in _RANKS
        behind = [one for one in words[at + 1 :] if one[0] not in "'’"]
        if is_rank or (words[at] in _OFFICES and (kind == "PER" or len(behind) > 1)):
            return at + 1
    return 0


_OFFICES = frozenset(
    """Valisi Başkanı Bakanı Başbakanı Cumhurbaşkanı Müdürü Kaymakamı Milletvekili Komutanı Sözcüsü
    Büyükelçisi Kralı Kraliçesi İmparatoru Yardımcısı Danışmanı Temsilcisi Başsavcısı""".split()
)
_RANKS = frozenset(
    """Er Pilot Doktor Gazeteci Asteğmen Teğmen Üsteğmen Yüzbaşı Binbaşı Yarbay Albay Tuğgeneral
    Tümgeneral Korgeneral Orgeneral General Amiral Mareşal Onbaşı Çavuş Başçavuş Astsubay Komutan
    Başkan Bakan Savcı Avukat Profesör Polis Muhtar""".split()
)


def turkish_parts(words: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
    """What a Turkish person is, found together with what stands beside it: a suffix behind an
    apostrophe ends a name, and a place behind a person is a name of its own.
    """
    begin = 0
    for at in range(len(words) + 1):
        is_suffix = at < len(words) and words[at][2][0] in "'’"
        if (at == len(words) or is_suffix) and at > begin:
            part = words[begin:at]
            suffix = words[at][2][1:] if is_suffix else ""
            if _ends_in_place(part, suffix):
                yield part[:-1], "PER"
                yield part[-1:], "LOC"
            else:
                yield part, "PER"
        if is_suffix:
            begin = at + 1


def _begins_with_person(words: Sequence[Token]) -> bool:
    """Is what was found as a place or a body a person and the town where something happens to
    them (Fethi Başağa Sirte'de)?
    """
    if len(words) < _LEAST_WITH_TOWN or words[-1][2][0] not in "'’":
        return False
    first, town, suffix = words[0][2], words[-2][2], words[-1][2][1:]
    is_given = is_given_name(first) or is_romanized_given_name(first)
    return is_given and _WHERE.match(suffix) is not None and is_turkish_town(town)


def is_turkish_town(name: str) -> bool:
    """Does some list have a town of this name?"""
    return is_sure_place(name, "tr") or place_called(plain(name)) is not None


_LEAST_WITH_TOWN = 4  # words: given name, surname, town, and its suffix
_IN = re.compile(r"[dt][ae]n?(?:ki\w*)?\Z")
_TITLES_BEHIND = frozenset("Ağa Bey Efendi Han Hanım Hatun Hoca Paşa Sultan".split())
_WHERE = re.compile(r"(?:[dt][ae]n?|y?[ae])(?:ki\w*)?\Z")


def _ends_in_place(part: Sequence[Token], suffix: str) -> bool:
    """Does a place stand behind a person? Behind a full name, or a surname and the Turkish name of
    the place: Jack London is whole.
    """
    last = part[-1][2]
    if len(part) < 2 or last in _TITLES_BEHIND:
        return False
    if is_sure_place(last, "tr"):
        return len(part) > 2 or (_WHERE.match(suffix) is not None and is_own_place(last, "tr"))
    if len(part) < _LEAST_WITH_TOWN - 1:
        return False
    if is_given_name(part[0][2]) or is_romanized_given_name(part[0][2]):
        is_in = _IN.match(suffix) is not None and is_turkish_town(last)
        return is_in or (_WHERE.match(suffix) is not None and may_be_town(last, "tr"))
    return _IN.match(suffix) is not None and may_be_town(last, "tr")


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
    mentions = [
        with_article(text, with_given_names(text, one, language))
        for one in whole(text, list(_one_kind(learned)), language)
    ]
    known = [one for one in listed if one.rule in {LISTED, BESIDE} and _is_sure(one, language)]
    mentions = [one for one in _apart(mentions) if not _is_somebody(one, language)]
    if language in SLAVIC:
        mentions = [one for one in mentions if stands(one, language)]
    mentions = [
        one
        for one in mentions
        if not any(_yields(one, better) or _swallows(text, one, better) for better in known)
    ]
    taken = {at for one in mentions for at in range(one.start, one.end)}
    for one in listed:
        if not taken.isdisjoint(range(one.start, one.end)) or not _is_sure(one, language):
            continue
        if one.rule != LISTED or not is_part(text, one, language):
            mentions.append(one)
            taken.update(range(one.start, one.end))
    if language == "de":
        mentions = list(german_whole(text, sorted(mentions, key=lambda one: one.start)))
        taken = {at for one in mentions for at in range(one.start, one.end)}
    persons = [one for one in mentions if one.kind is EntityKind.PERSON]
    mentions += surnames_alone(text, persons, taken, language)
    return sorted(mentions, key=lambda one: one.start)


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
    """A `Tagger` for all languages that have a model; each is loaded when a text first needs it."""

    version = _RULE

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in a `text` in one of the languages of `MODELS`."""
        return _shipped(MODELS[language]).tag(text, language=language, title=title)


@cache
def _shipped(name: str) -> ModelTagger:
    file = resources.files("indexer.entities") / "models" / f"{name}.crfsuite.gz"
    languages = [language for language, of in MODELS.items() if of == name]
    networks = [learned_network(name)] if name in WITH_NETWORKS else []
    return ModelTagger(gzip.decompress(file.read_bytes()), languages, networks)
