"""Transliterations: which persons of the collection does a text in other letters name? For names
that no list holds and no model finds.

Only full names of persons whom the collection names in Latin letters are sought, so that nothing
unknown comes out, and then their surnames alone in the same text. Case endings and what is attached
in front are undone word by word, and names are compared as romanizations are when persons merge. A
name that fits two persons is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.analysis.known_words import known_words
from indexer.entities.across_collection.romanized import LatinNames
from indexer.entities.names.attached import ATTACHED, MOST_ATTACHED
from indexer.entities.names.person_names import KOREAN_SURNAMES, surname_last, words
from indexer.entities.names.romanization.given_names import groups_of, western_names_of
from indexer.entities.names.romanization.other_letters import in_one_part, in_other_letters
from indexer.entities.names.romanization.persons import are_one_in_arabic, are_one_of_both
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import Named, Recognition
from indexer.entities.tagging.foreign.given_names import is_given_name
from indexer.entities.tagging.foreign.persons_without_capitals import is_listed_given_name
from indexer.entities.types import EntityKind

_CYRILLIC = r"(?:[аэ][лднрстзш]ь?-)?[А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+(?:(?<=-)[А-ЯЁІЇЄҐ][а-яёіїєґ’']+)?"
_HEBREW = r"(?:א[א-ת]?-)?[א-ת]['׳’\u05d0-\u05ea]+(?:-['׳’\u05d0-\u05ea]{2,})?"
_ARABIC = "[\u0621-\u064a\u067e-\u06cc]"
_GOVERNING = "(?:де|да|ди|дю|ван|фон|бен|бин|ибн)"
_NO_CAPITALS = rf"(?:{_ARABIC}(?:\u200c?{_ARABIC})+|{_HEBREW})"
_NAME = re.compile(
    rf"{_CYRILLIC}(?: (?:{_GOVERNING} )?{_CYRILLIC})+"
    rf"|(?<![\w]){_NO_CAPITALS}(?: {_NO_CAPITALS})+(?![\w])"
)
_WORD = re.compile(r"\S+")
_ALONE = re.compile(rf"(?<![\w]){_CYRILLIC}(?![\w])|(?<![\w]){_NO_CAPITALS}(?![\w])")
_MOST_WORDS = 4
_SHORTEST = 3  # letters of a word where vowels are not written
_SHORTEST_ALONE = 4  # letters of a surname that stands alone


def may_name(text: str) -> bool:
    """Whether a text has anything that may be a full name in other letters."""
    return _NAME.search(text) is not None


class Transliterations:
    """Finds persons by their full names in Cyrillic, Arabic and Hebrew.

    Args:
        persons: (a full name, the id of the entity that it means).
    """

    def __init__(self, persons: Iterable[tuple[str, str]]) -> None:
        self._latin = LatinNames.of((name, (entity_id, name)) for name, entity_id in persons)

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._latin)

    def named(self, text: str) -> Iterator[Named]:
        """The persons named in `text`, in order; never overlapping."""
        for run in _NAME.finditer(text):
            spans = [(run.start() + one.start(), run.start() + one.end())
                     for one in _WORD.finditer(run.group())]  # fmt: skip
            at = 0
            while at < len(spans) - 1:
                several = spans[at : at + _MOST_WORDS]
                found = self._longest(text, several) if self._may_be_named(text, several) else None
                if found is not None:
                    yield found
                    at += sum(found.start <= start < found.end for start, _ in spans) or 1
                else:
                    at += 1

    def added_to(self, recognition: Recognition, text: str) -> Recognition:
        """The recognition, with the persons named in `text` that it has not, or not whole."""
        named = list(self.named(text))
        found = recognition.room_for(named, EntityKind.PERSON, attached=MOST_ATTACHED)
        found = sorted({*found, *_run_into(recognition, named, text)})
        if not found:
            return recognition
        taken = {at for start, end, _ in recognition.spans for at in range(start, end)}
        taken.update(at for one in found for at in range(one.start, one.end))
        found = sorted((*found, *_surnames_alone(text, found, taken)))
        return recognition.with_names(text, found, EntityKind.PERSON)

    def _may_be_named(self, text: str, words: list[tuple[int, int]]) -> bool:
        """May the words, from the first on, name somebody? Told word by word where vowels are not
        written, as every two words may be a name there.
        """
        written = [text[start:end] for start, end in words]
        whole = list(map(_in_one_part, written))
        if None in whole[1:]:
            return True
        attached = ATTACHED.match(written[0])
        firsts = [*_may_be_given(written[0])]
        if attached:
            firsts += _may_be_given(written[0][attached.end() :])
        return any(
            first is None or self._latin.may_be_named(first, last)
            for first in firsts
            for last in whole[1:_MOST_PARTS]
            if last is not None
        )

    def _longest(self, text: str, words: list[tuple[int, int]]) -> Named | None:
        """The person whom the words, from the first on, name; the longest name there is."""
        start = words[0][0]
        attached = ATTACHED.match(text, start)
        for begin in (start, *((attached.end(),) if attached else ())):
            for _, end in reversed(words[1:]):
                name = self._person(text[begin:end])
                if not name or _are_words(text[begin:end].split()):
                    continue
                behind = text.find(" ", begin, end) + 1
                if self._is_before_a_name(text[begin : behind - 1], text[behind:end]):
                    return Named(behind, end, self._person(text[behind:end]))
                return Named(begin, end, name)
        return None

    def _is_before_a_name(self, first: str, rest: str) -> bool:
        """Is a word of a dictionary, in letters without vowels, none of the name that stands behind
        it in full (أعلن إدوارد, announced Eduard, spells Alan Eduard)?
        """
        is_full = " " in rest and _VOWELLESS.match(first) is not None
        return (
            is_full and first not in _COMPOUNDS and _is_no_name(first) and self._person(rest) != ""
        )

    def _person(self, written: str) -> str:
        source = in_other_letters(surname_last(written))
        if not 2 <= len(source) <= _MOST_PARTS or _is_too_short(source):
            return ""
        fitting = dict(self._latin.named(source))
        are_one = are_one_of_both if _VOWELLESS.match(written) else are_one_in_arabic
        if not are_one(map(words, fitting.values())):
            return ""
        return next(iter(fitting.values()), "")


@lru_cache(maxsize=1 << 16)
def _in_one_part(word: str) -> str | None:
    """See `in_one_part`; a surname of Korea may also stand first."""
    return None if plain(word) in KOREAN_SURNAMES else in_one_part(word)


def _may_be_given(word: str) -> Iterator[str | None]:
    """The same of a first word, which may keep the l of its article (Larbi)."""
    found = _in_one_part(word)
    yield found
    if found is not None and word.startswith("ال"):
        yield "ل" + found


def _run_into(recognition: Recognition, named: Sequence[Named], text: str) -> Iterator[Named]:
    """The persons named who fill a name that was found, but for words that are nobody's name, where
    no capital tells: "visited Yoav Gallant Metula", "met Abdi Hashi Ali Gudlawe", as Arabic has it.
    """
    for start, end, _ in recognition.spans:
        within = [one for one in named if start <= one.start and one.end <= end]
        if not within:
            continue
        if _VOWELLESS.match(text, within[0].start) is None or (start, end) == within[0][:2]:
            continue
        before = text[start : within[0].start]
        left = (before if len(before) > MOST_ATTACHED else "") + text[within[-1].end : end]
        for one, other in pairwise(within):
            left += text[one.end : other.start]
        if all(_is_no_name(word) for word in left.split()):
            yield from within


def _is_no_name(word: str) -> bool:
    """Has a dictionary a word in letters without capitals, and no list a name?"""
    if groups_of(plain(word)) or western_names_of(plain(word)) or is_given_name(word):
        return False
    languages = _written_in(word)
    if any(is_listed_given_name(word, one) for one in languages):
        return False
    return _THE.match(word) is not None or any(known_words(word, one)[-1] for one in languages)


_THE = re.compile("ال(?=.{3}).*[^يى]\\Z")
"""With an article, and no surname that says from where somebody is."""


def _written_in(word: str) -> Sequence[str]:
    return ("he",) if word[0] < "\u0600" else ("ar", "fa")


def _surnames_alone(text: str, found: Sequence[Named], taken: set[int]) -> Iterator[Named]:
    """The persons found, where their surnames stand alone; of two who share one, neither."""
    surnames: dict[str, str] = {}
    for one in found:
        for base in in_other_letters(surname_last(text[one.start : one.end]))[-1]:
            if surnames.setdefault(base, one.name) != one.name:
                surnames[base] = ""
    for word in _ALONE.finditer(text):
        attached = ATTACHED.match(word.group())
        for begin in (0, *((attached.end(),) if attached else ())):
            written = word.group()[begin:]
            start = word.start() + begin
            if len(written) < _SHORTEST_ALONE or start in taken:
                continue
            parted = in_other_letters(written)
            names = {surnames.get(base, "") for base in parted[0]} if len(parted) == 1 else set()
            if len(names := names - {""}) == 1:
                yield Named(start, word.end(), names.pop())
                break


def _are_words(written: Sequence[str]) -> bool:
    """Is what may spell a name, in letters without vowels, a row of words that a dictionary has, of
    which the first is no given name (فرض حظر على, imposed a ban on, spells Fareez Ali)?
    """
    if _VOWELLESS.match(written[0]) is None:
        return False
    if written[0] in _COMPOUNDS or groups_of(plain(written[0])) or is_given_name(written[0]):
        return False
    if western_names_of(plain(written[0])):
        return False
    if sum(len(_bare(word)) for word in (written[0], written[-1])) >= _LONG:
        return False
    if any(word in _SERVANTS for word in written[1:-1]) or _WITH_ARTICLE.match(written[-1]):
        return False  # Fadel Abd al-Ghani, and Hebrew that says al-Hijri
    languages = _written_in(written[0])
    if any(is_listed_given_name(written[0], language) for language in languages):
        return False
    return all(
        any(known_words(word, language)[-1] for language in languages)
        for word in (written[0], written[-1])
    )


def _bare(word: str) -> str:
    return word.removeprefix("ال")


_LONG = 10  # letters of two words that hardly spell somebody by chance
_SERVANTS = frozenset(["عبد", "עבד"])
_WITH_ARTICLE = re.compile("א[א-ת]?-")
_COMPOUNDS = frozenset("عبد أبو ابو עבד אבו".split())
_VOWELLESS = re.compile(r"[\u05d0-\u06ff]")
_MOST_PARTS = 3


def _is_too_short(source: Sequence[Sequence[str]]) -> bool:
    return any(
        len(bases) == 1 and len(bases[0]) < _SHORTEST and not is_listed_given_name(bases[0], "he")
        for bases in source
    )
