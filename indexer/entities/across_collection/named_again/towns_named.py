"""Towns named: which places of the collection does a text in Arabic, Persian or Hebrew name? For
towns that no model finds there.

Lists of places have most towns in all letters, and most words in these letters are some town's name
as well: without capitals a list alone is wrong half of the time. What another text of the
collection names is seldom wrong. Of great towns, of ours, of names in two words, and of what no
dictionary has that is enough; any other must stand once where places stand: behind a preposition or
a verb that takes towns, or listed behind a place. One module: lists and places in the text are
asked of each word together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from indexer.analysis.analyzer import analyzer
from indexer.analysis.folding import fold
from indexer.analysis.forms.dictionaries import dictionary
from indexer.analysis.known_words import known_words
from indexer.entities import lexicon
from indexer.entities.across_collection.named_again.answers import keep
from indexer.entities.across_collection.romanized import TownSpellings, one_town
from indexer.entities.names.known import known_label
from indexer.entities.names.romanization.given_names import groups_of
from indexer.entities.names.romanization.spelled import town_bones, without_article
from indexer.entities.names.romanization.tables import ARABIC_KEYS, bones
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import Named, Recognition
from indexer.entities.tagging.foreign.listed_places import is_called_town
from indexer.entities.tagging.foreign.parts_of_names import is_part_of_name
from indexer.entities.types import EntityKind

LANGUAGES = frozenset(["ar", "fa", "he"])
_ARABIC, _HEBREW = "ar", "he"
_GREAT = 500  # thousands of inhabitants
_SHORTEST_SPELLED = 5  # letters of a town that no list has so
_SHORTEST = 3  # letters of a name; of one that needs no preposition one more
_LETTER = r"[\u0621-\u064a\u066e-\u06d3א-ת]"
_WORD = re.compile(rf"{_LETTER}+(?:['׳’]{_LETTER}*)*")
_JOINTS = frozenset([" ", "-", "־", "\u200c"])
_ATTACHED: Mapping[str, re.Pattern[str]] = {
    "ar": re.compile(r"[وف]?[بلك]?(?=..)"),
    "he": re.compile(r"ו?ש?[בלמהכ]?(?=..)"),
}
_ATTACHED_PREPOSITION: Mapping[str, frozenset[str]] = {
    "ar": frozenset("بل"),
    "he": frozenset("בלמ"),
}
_OF_STATES_TOO = frozenset("مطار ميناء معبر حاجز قصف قصفت".split())
"""Arabic words that adjectives stand behind as well as towns (a European airport)."""
_GERESH = re.compile("['׳’]")
_ARTICLE_JOINED = re.compile("[وف]?لل")
_AND: Mapping[str, frozenset[str]] = {
    "ar": frozenset(["و"]),
    "fa": frozenset(["و"]),
    "he": frozenset(["ו"]),
}
_BEFORE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "ar": (
            "في وفي من ومن إلى وإلى الى على قرب نحو باتجاه تجاه وسط شرق غرب شمال جنوب شرقي غربي"
            " شمالي جنوبي داخل خارج دخول محيط ريف ضواحي أهالي سكان مطار ميناء مدينتي مدن معبر"
            " دخلت دخل زار زارت غادر قصفت قصف استهدفت استهدف حاصرت هاجمت استعادت"
        ),
        "fa": "در از به تا سوی شمال جنوب شرق غرب شهرهای فرودگاه بندر وارد ترک حومه استان",
        "he": "אל ליד מול צפון דרום מזרח מערב העיר באזור נמל",
    }.items()
}

Key = tuple[str, ...]


class _Candidate(NamedTuple):
    named: Named
    key: Key
    is_placed: bool
    follows: int  # where the candidate ends that it stands behind with an and; -1 for none


class TownsNamed:
    """Finds the places that a collection names in texts without capitals.

    Args:
        places: (a name, the id of the entity that it means), the most usual names first.
    """

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        labels: dict[str, tuple[str, str]] = {}
        latin: dict[bool, list[tuple[str, str, str]]] = {False: [], True: []}
        for name, entity_id in places:
            spelled = plain(name)
            label = known_label(EntityKind.PLACE, spelled)
            if label is not None:
                labels.setdefault(label, (name, entity_id))
            for in_hebrew, some in latin.items() if spelled.isascii() else ():
                if label not in _labels(in_hebrew=in_hebrew):
                    some.append((spelled, town_bones(spelled), name))
        two = [spelled for some in latin.values() for spelled, _, _ in some if " " in spelled]
        self._firsts = {
            bones(words[0]) for key in two for words in (key.split(), without_article(key)) if words
        }
        self._spelled = {which: TownSpellings(some) for which, some in latin.items()}
        self._met: dict[str, str] = {}
        self._begun: dict[tuple[str, str], bool] = {}
        self._by_first: dict[str, list[tuple[Key, str, bool]]] = defaultdict(list)
        for key, label in chain(_in_their_letters().items(), _words_of_towns().items()):
            if label in labels:
                is_sure = len(key) > 1 or (label in _sure() and len(key[0]) > _SHORTEST)
                is_sure = is_sure and key not in _words_of_towns()
                self._by_first[key[0]].append((key, labels[label][0], is_sure))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._by_first)

    def added_to(self, recognition: Recognition, text: str, language: str) -> Recognition:
        """The recognition, with the places named in `text` outside the names it has."""
        if language not in LANGUAGES:
            return recognition
        found = self._named(recognition, text, language)
        return recognition.with_names(text, found, EntityKind.PLACE)

    def _named(self, recognition: Recognition, text: str, language: str) -> Sequence[Named]:
        places = {
            end
            for _, end, number in recognition.spans
            if recognition.names[number].kind is EntityKind.PLACE
        }
        persons = {
            word
            for name in recognition.names
            if name.kind is EntityKind.PERSON
            for form, _ in name.forms
            for word in _folded(form).split()
        }
        candidates = _together_placed(
            [
                one
                for one in self._candidates(text, language, places)
                if len(one.key) > 1 or one.key[0] not in persons
            ]
        )
        placed = {one.key for one in candidates if one.is_placed}
        found = [one.named for one in candidates if one.key in placed]
        return [
            one
            for one in recognition.room_for(found, EntityKind.PLACE)
            if " " in text[one.start : one.end] or not _is_taken(recognition, one)
        ]

    def _candidates(self, text: str, language: str, places: set[int]) -> Iterator[_Candidate]:
        """What may be a town; placed, where it needs nothing that says so, or has it."""
        words = [(one.start(), one.end(), _folded(one.group())) for one in _WORD.finditer(text)]
        at, behind = 0, ""
        before = -1
        ends = set(places)
        while at < len(words):
            start, end, word = words[at]
            found = None
            if self._may_begin(word, language) or _GERESH.search(text, start, end):
                found = next(self._at(words, at, text, language), None)
            if found is None:
                at, behind = at + 1, word
                continue
            front, key, name, is_sure = found
            last = words[at + len(key) - 1][1]
            attached = text[start : start + front]
            listed = (attached[:1] in _AND[language] or behind in _AND[language]) and _ends_before(
                ends, text, start - (0 if attached[:1] in _AND[language] else 2)
            )
            is_placed = (
                is_sure
                or _is_no_word(key, language)
                or behind in _before(language)
                or attached[-1:] in _ATTACHED_PREPOSITION.get(language, ())
                or listed
            )
            is_noun = language == _ARABIC and not is_sure and _is_noun(key)
            # verbal nouns are in no dictionary either
            if key not in _in_their_letters() or key in _words_of_towns() or is_noun:
                is_placed = not front and behind in _nouns(language) - _OF_STATES_TOO
                is_placed = is_placed or (
                    key not in _called()
                    and (len(key) > 1 or _is_foreign(key[0], language))
                    and (
                        attached[-1:] in _ATTACHED_PREPOSITION.get(language, ())
                        or listed
                        or (behind in _before(language) and attached[:1] not in _AND[language])
                    )
                )
            gap = text[before:start].strip(" ،,")
            is_joined = before >= 0 and (
                (not gap and attached[:1] in _AND[language]) or gap in _AND[language]
            )
            begins = start + front
            if (
                not is_part_of_name(text, start, language)
                and not is_part_of_name(text, begins, language)
                and is_called_town(text, begins, last, language)
            ):
                named = Named(_with_article(text, begins, language), last, name)
                yield _Candidate(named, key, is_placed, before if is_joined else -1)
                before = last
                if is_placed:
                    ends.add(last)
            at, behind = at + len(key), word

    def _may_begin(self, word: str, language: str) -> bool:
        """May some name begin with a word, whatever stands behind it?"""
        found = self._begun.get((word, language))
        if found is None:
            found = any(
                first in self._by_first
                or bones(first) in self._firsts
                or any(True for _ in self._spelled_so(front, (first,), language))
                for front, first in _bare(word, language)
            )
            keep(self._begun, (word, language), found)
        return found

    def _at(
        self, words: Sequence[tuple[int, int, str]], at: int, text: str, language: str
    ) -> Iterator[tuple[int, Key, str, bool]]:
        """The places whose names begin with a word: how many letters are attached before, ..."""
        start, _, word = words[at]
        for front, first in _bare(word, language):
            for key, name, is_sure in self._by_first.get(first, ()):
                rest = words[at + 1 : at + len(key)]
                is_whole = tuple(one for _, _, one in rest) == key[1:]
                if not is_whole or _folded(text[start : start + front]) != word[:front]:
                    continue
                ends = [end for _, end, _ in words[at : at + len(rest)]]
                if all(
                    text[end:begin] in _JOINTS
                    for end, (begin, _, _) in zip(ends, rest, strict=True)
                ):
                    yield front, key, name, is_sure
        written = _GERESH.sub("'", text[start : words[at][1]])
        for front, first in _bare(word, language):
            is_two = at + 1 < len(words) and text[words[at][1] : words[at + 1][0]] == " "
            if is_two and min(len(first), len(words[at + 1][2])) >= _SHORTEST:
                yield from self._spelled_so(front, (first, words[at + 1][2]), language)
            as_said = written[front:] if "'" in written else first
            yield from self._spelled_so(front, (first,), language, as_said)

    def _spelled_so(
        self, front: int, key: Key, language: str, written: str = ""
    ) -> Iterator[tuple[int, Key, str, bool]]:
        """The one place that words spell, which no list and no dictionary has.

        Args:
            written: how a word is written that `key` has without the marks of its letters.
        """
        word = " ".join(key)
        shortest = (
            _SHORTEST + 1
            if language == _HEBREW and _is_no_word(key, language)
            else _SHORTEST_SPELLED
        )
        if (
            len(word) < shortest
            or key[0] in _listed_words()
            or any(word in _nouns(language) for language in LANGUAGES)
            or key in _in_their_letters()
        ):
            return
        asked = written or word
        name = self._met.get(asked)
        if name is None:
            found = self._spelled[_is_hebrew(word)].meant([asked], shortest=shortest)
            found = {one for one in found if one.count(" ") >= len(key) - 1}
            name = keep(self._met, asked, one_town(found))
        if name:
            yield front, key, name, False


def _is_noun(key: Key) -> bool:
    """May it be an Arabic noun with its article (the structures), of one word?"""
    return len(key) == 1 and key[0].startswith("ال") and _stem(key[0]) in dictionary(_ARABIC)


def _together_placed(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates, of which two that stand together with an and between them are both placed:
    Marjayoun and Khiam are no two words that happen to be towns.
    """
    behind = {one.named.end: at for at, one in enumerate(candidates)}
    for at, one in enumerate(candidates):
        before = behind.get(one.follows)
        if (
            before is not None
            and one.key != candidates[before].key
            and _is_long(one.key)
            and _is_long(candidates[before].key)
        ):
            for which in (before, at):
                candidates[which] = candidates[which]._replace(is_placed=True)
    return candidates


def _is_long(key: Key) -> bool:
    """Is it what lists call a town, and too long for most words?"""
    return key in _in_their_letters() and len(key[0].removeprefix("ال")) >= _SHORTEST_SPELLED


def _with_article(text: str, start: int, language: str) -> int:
    """Where a name begins whose Hebrew article (*אל-*) is written before it with a hyphen."""
    found = _HEBREW_ARTICLE.search(text, max(0, start - _LONGEST_ARTICLE), start)
    return found.start(1) if language == "he" and found else start


_MADE = re.compile("(?:ال)?ت.{2,4}|.+(?:ها|هم|نا|ه)|(?:ال)?.{1,4}")
"""Verbal nouns, words with a pronoun behind them and short ones: dictionaries have not all."""
_HEBREW_ARTICLE = re.compile(r"(?<![א-ת])ו?ש?[בלמהכ]?(א[א-ת]?-)\Z")
_LONGEST_ARTICLE = 7  # characters, with what is attached and what stands before that


def _is_taken(recognition: Recognition, one: Named) -> bool:
    return any(start < one.end and end > one.start for start, end, _ in recognition.spans)


def _is_foreign(word: str, language: str) -> bool:
    """Is it a word that no dictionary has, made by no rule; a long one also where the dictionary
    has it only behind letters that it may begin with by itself (*بابنوسة*, with ebony)?
    """
    if _MADE.fullmatch(word) is not None:
        return False
    if _is_no_word((word,), language):
        return True
    stem = _stem(word)
    return (
        language == _ARABIC
        and len(word) > _SHORTEST_SPELLED
        and not word.startswith("ال")
        and not fold(word).startswith(stem[:_SHORTEST])
    )


@lru_cache(maxsize=1 << 12)
def _is_no_word(key: Key, language: str) -> bool:
    """Has the dictionary no word that may be this one, so that only the town is meant? That of
    Persian has too few to tell.
    """
    if language == _HEBREW:
        return len(key[0]) > _SHORTEST and not any(known_words(key[0], language))
    return (
        language == _ARABIC
        and len(key[0]) > _SHORTEST
        and _stem(key[0]) not in dictionary(language)
    )


def _stem(word: str) -> str:
    return analyzer().stem(fold(word))


def _ends_before(ends: set[int], text: str, start: int) -> bool:
    """Does a place end right before this, but for a blank or a comma?"""
    return any(
        end in ends and not text[end:start].strip(" ،,") for end in range(start - 2, start + 1)
    )


def _bare(word: str, language: str) -> Iterator[tuple[int, str]]:
    """A word as it stands, and without what is attached: how many letters, and the rest."""
    yield 0, word
    if language == "fa" and word[-1] == "ه":
        yield 0, word[:-1] + "ة"  # as Iran writes what is Arabic
    if language == "fa" and word[-1] == "ا":
        yield 0, word + "ء"
    pattern = _ATTACHED.get(language)
    attached = pattern.match(word) if pattern else None
    joined = _ARTICLE_JOINED.match(word) if language == "ar" else None
    if joined is not None:  # to al-Fashir is written together, without the alef
        yield joined.end() - 1, "ا" + word[joined.end() - 1 :]
    if attached is not None:
        for end in range(attached.end(), 0, -1):
            yield end, word[end:]


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return plain(word).translate(ARABIC_KEYS)


@cache
def _before(language: str) -> frozenset[str]:
    return frozenset(map(_folded, _BEFORE[language])) | _nouns(language)


@cache
def _nouns(language: str) -> frozenset[str]:
    return frozenset(map(_folded, lexicon.prepositions_of_place(language)))


@cache
def _in_their_letters() -> dict[Key, str]:
    """What towns are called in Arabic and Hebrew letters → the label that is known; what is mostly
    an ordinary word, or a given name, is left out.
    """
    return {key: label for key, label in _called().items() if not _is_ordinary(key)}


@cache
def _words_of_towns() -> dict[Key, str]:
    """The same of those that are mostly ordinary words (*الباب*, the door)."""
    return {
        key: label
        for key, label in _called().items()
        if _is_ordinary(key) and not groups_of(key[0]) and len(key[0]) > _SHORTEST
        if not any(key[0] in _nouns(language) for language in LANGUAGES)
    }


def _is_ordinary(key: Key) -> bool:
    return len(key) == 1 and (key[0] in _listed_words() or bool(groups_of(key[0])))


@cache
def _called() -> dict[Key, str]:
    """All that places are called in these letters → label."""
    ours = [one for one in lexicon.known_names() if one.kind is EntityKind.PLACE]
    listed = [place for _, place in lexicon.places()]
    names = {plain(name) for one in (*listed, *ours) for name in one.others if _WORD.match(name)}
    found: dict[Key, str] = {}
    for name in (*lexicon.place_variants(), *sorted(names)):
        key = tuple(_folded(name).split())
        if not key or not _WORD.match(key[0]) or len("".join(key)) < _SHORTEST:
            continue
        label = known_label(EntityKind.PLACE, name)
        if label is not None and not _is_told_twice(key, label):
            found[key] = label
    return found


def _is_told_twice(key: Key, label: str) -> bool:
    """Is it what an Arabic noun of place stands before (the city of Jerusalem)?"""
    if len(key) == 1 or key[0] not in _nouns(_ARABIC):
        return False
    return known_label(EntityKind.PLACE, " ".join(key[1:])) == label


def _is_hebrew(word: str) -> bool:
    return word[0] < "\u0600"


@cache
def _labels(*, in_hebrew: bool) -> frozenset[str]:
    """Labels of places that lists call something in some letters: none is looked for by how it
    may be spelled in them.
    """
    called = _in_their_letters().items()
    return frozenset(label for key, label in called if _is_hebrew(key[0]) is in_hebrew)


@cache
def _listed_words() -> frozenset[str]:
    """Words that lists of places know as words of a language written in these letters."""
    return frozenset(_folded(word) for one in LANGUAGES for word in lexicon.ordinary_words(one))


@cache
def _sure() -> frozenset[str]:
    """Labels of great towns, and of places of ours."""
    great = {place.label for _, place in lexicon.places() if place.weight >= _GREAT}
    ours = {one.label for one in lexicon.known_names() if one.kind is EntityKind.PLACE}
    return frozenset(great | ours)
