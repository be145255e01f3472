"""Forms: which stems of an index are those of forms of a word, where its own stem does not tell?

Four things tell. A dictionary does (`dictionaries`). Endings do, of words that no dictionary has:
names of people and towns (`endings`). What is written together with a word in Arabic, Hebrew,
Persian and Turkish does: articles, prepositions, possessives (`attached`). And so does what belongs
to a word though a dictionary has it as another one (`verbs`, and modules of single languages). All
are asked when a question is. Of English words stems are enough, but for irregular ones (a list).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

from indexer.analysis.folding import fold
from indexer.analysis.forms.arabic import may_be_form, plurals
from indexer.analysis.forms.attached import ATTACHED, SHORT, Attached
from indexer.analysis.forms.dictionaries import (
    ENGLISH,
    LATIN,
    NO_WORDS,
    Dictionary,
    dictionary,
)
from indexer.analysis.forms.endings import (
    IRREGULAR,
    OF_ACRONYMS,
    OF_BASES,
    OF_INFINITIVES,
    PARADIGMS,
    SURE,
    SURNAMES,
)
from indexer.analysis.forms.german import JOINTS, LEAST_LAST, compounds_ending
from indexer.analysis.forms.hebrew import BEFORE_VERBS, MAYBE_NOUN, verb_forms
from indexer.analysis.forms.persian import persian_verb
from indexer.analysis.forms.turkish import is_whole, of_short_noun, of_short_verb
from indexer.analysis.forms.verbs import (
    PAST,
    compared,
    participles,
    partners,
    with_pronouns,
    without_pronouns,
)
from indexer.analysis.irregular import irregular
from indexer.analysis.types import Analyzer

MOST_BEGINNING = 200
"""Words that begin so; where there are more, the beginning says too little."""
MOST_HAVING = 1000
"""Words that have some letters in them."""
_LEAST_ROOT = 3  # letters of a word without its ending; or two, and two of an ending
_SHORT = 2  # letters of Arabic stems that are those of too many words
_COMPOUND = 5  # letters of each part of a compound
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_TRANSCRIBED = ("ae", "oe", "ue")
_LEAST_TRANSCRIBED = 6  # letters: shorter words with ue, oe or ae are mostly just that
_UKRAINIAN, _RUSSIAN = frozenset("іїє"), frozenset("ыэъё")
_ACRONYM = re.compile("[бвгджзклмнпрстфхцчшщ]{3}")
"""Acronyms without a vowel, whose endings the stemmer leaves (БТРов)."""
_LATIN = "\u024f"  # the last letter
_PERSIAN = frozenset("پچژگ")
TURKISH = "tr"


class Index(Protocol):
    """What must be known of an index."""

    @property
    def languages(self) -> Collection[str]:
        """Those of its articles."""
        ...

    def has_stem(self, stem: str, language: str | None) -> bool:
        """Has some article a word with this stem? One that may be in a language, if it is given."""
        ...

    def has_word(self, surface: str, language: str | None) -> bool:
        """Has some article this word? One that may be in a language, if it is given."""
        ...

    def beginning(self, surface: str) -> Collection[str]:
        """The words that begin so; none, where they are more than `MOST_BEGINNING`."""
        ...

    def having(self, part: str) -> Collection[str]:
        """The words that have this in them, behind other letters; those of most articles, where
        they are more than `MOST_HAVING`.
        """
        ...


def forms(word: str, analyzer: Analyzer, index: Index, language: str = "") -> tuple[str, ...]:
    """The stems of other forms of a word that some article has, sorted.

    A word of Latin letters may be of each language in which articles are written, and a form of it
    counts where an article in that language has it. What is an English word, and is in English
    articles, has none of another language and is none; but names among them, as Ankara, have those
    that endings tell.

    Args:
        word: one word, as typed.
        language: the one it is of, where that is known; then it is none of another, nor English.
    """
    surfaces = analyzer.surfaces(word)
    if len(surfaces) != 1:
        return ()
    (surface,) = surfaces
    if surface[0].isdecimal() or surface[-1].isdecimal():
        return _of_number(surface, analyzer, index)
    if not surface.replace("'", "").isalpha():
        return ()
    found: set[str] = set()
    languages = _languages(surface, index.languages)
    latin = bool(languages) and LATIN.issuperset(languages)
    if language in languages:
        languages, latin = (language,), False
    english = latin and word.isascii() and is_english(analyzer.stem(surface))
    english = english and index.has_word(surface, ENGLISH)  # *général* is no general
    for each in languages:
        where = each if each in LATIN else None
        known = NO_WORDS if english else dictionary(each)
        asked = _Word(
            surface,
            each,
            where,
            analyzer.stem,
            index,
            known,
            ordinary=english and not word[0].isupper(),
            capital=word[0].isupper(),
            shouted=word[:2].isupper(),
        )
        stems = (stem for stem in set(asked.forms()) if index.has_stem(stem, where))
        found.update(
            stem
            for stem in stems
            if not (latin and is_english(stem) and index.has_stem(stem, ENGLISH))
        )
    if (transcribed := _transcribed(word)) != fold(word):
        stem = analyzer.stem(transcribed)
        found.update([stem] if index.has_stem(stem, None) else [])
    if language in ("", ENGLISH):
        found.update(stem for stem in irregular(surface) if index.has_stem(stem, ENGLISH))
    return tuple(sorted(found.difference([analyzer.stem(surface)])))


def _of_number(surface: str, analyzer: Analyzer, index: Index) -> tuple[str, ...]:
    """Turkish endings behind an apostrophe: `16'lar` of `16`, in *F-16'lar*."""
    if TURKISH not in index.languages:
        return ()
    return tuple(sorted({analyzer.stem(one) for one in index.beginning(f"{surface}'")}))


def is_english(stem: str) -> bool:
    """Has an English word this stem?"""
    return stem in dictionary(ENGLISH)


def _languages(surface: str, articles: Collection[str]) -> Collection[str]:
    """The languages that a word may be of, told by its letters."""
    first = surface[0]
    if "\u0400" <= first <= "\u052f":
        if not _UKRAINIAN.isdisjoint(surface):
            return ("uk",)
        return ("ru", "uk") if _RUSSIAN.isdisjoint(surface) else ("ru",)
    if "\u0600" <= first <= "\u06ff":
        return ("ar", "fa") if _PERSIAN.isdisjoint(surface) else ("fa",)
    if "\u05d0" <= first <= "\u05ea":
        return ("he",)
    return sorted(LATIN.intersection(articles)) if first <= _LATIN else ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word taken for one of some language.

    Attributes:
        where: the language in which articles must have its forms; None: any.
        known: the dictionary of the language.
        ordinary: is it an English word, and no name? Then it is one of another language only where
            an apostrophe shows it.
        capital: is it typed as a name is?
        shouted: does it begin with two capitals, as an acronym?
    """

    surface: str
    language: str
    where: str | None
    stem: Callable[[str], str]
    index: Index
    known: Dictionary
    ordinary: bool
    capital: bool
    shouted: bool

    def forms(self) -> Iterator[str]:
        """The stems that its forms may have, its own among them."""
        yield from self.in_dictionary(self.surface)
        yield from self.of_listed()
        yield from self.of_bases()
        if not self.ordinary:
            yield from self.by_ending()
            yield from partners(self.surface, self.language, self.known, self.stem)
            yield from participles(self.surface, self.language, self.stem)
            yield from compared(self.surface, self.language, self.stem)
        yield from map(self.stem, self.of_verbs())
        if self.language == "es":
            yield from self.with_pronouns()
        if self.language == "de":
            yield from map(self.stem, self.compounds())
            yield from map(self.stem, self.compounds_ending())
            yield from map(self.stem, _untranscribed(self.surface))

    def in_dictionary(self, surface: str) -> Iterator[str]:
        """Those of a word that the dictionary tells; in Arabic as far as consonants allow."""
        own = self.stem(surface)
        known = self.known.forms(own)
        if self.language != "ar":
            return iter(known)
        return (one for one in known if len(one) > _SHORT and may_be_form(surface, own, one))

    def with_pronouns(self) -> Iterator[str]:
        """Those of a Spanish infinitive without the pronouns behind it (*rendirse*), and with them
        (*entregarles*), behind a gerund too (*entregándolas*).
        """
        bare = without_pronouns(self.surface)
        if bare != self.surface and self.is_word(bare):
            yield from replace(self, surface=bare).forms()
        yield from map(self.stem, filter(self.has, with_pronouns(self.surface)))

    def of_listed(self) -> Iterator[str]:
        """Those of listed words; what English articles have too has none of another language."""
        for word in () if self.known is NO_WORDS else IRREGULAR.get(self.language, ()):
            if self.surface in word:
                yield from map(self.stem, word)
                for attached in ATTACHED.get(self.language, ()):
                    for one in word:
                        yield from map(self.stem, self.written_together(one, attached))

    def of_bases(self) -> Iterator[str]:
        """Those of the word without what is written together with it, and with other things."""
        for attached in ATTACHED.get(self.language, ()):
            if self.ordinary and not attached.parted:
                continue
            for base in self.bases(attached):
                yield self.stem(base)
                yield from self.in_dictionary(base)
                yield from map(self.stem, self.written_together(base, attached))
                for one in plurals(base) if self.language == "ar" else ():
                    yield self.stem(one)
                    yield from map(self.stem, self.written_together(one, attached))

    def bases(self, attached: Attached) -> Iterator[str]:
        """The word itself, and what it may be without what is written together with it; a word
        that a dictionary has whole is nothing but itself (*מנהרה*, a tunnel, no river), and so is a
        Turkish infinitive.
        """
        yield self.surface
        if self.is_whole():
            return
        for base in attached.bases(self.surface):
            if self.stem(base) in self.known or self.has(base):
                yield base

    def is_whole(self) -> bool:
        if self.language == TURKISH:
            return is_whole(self.surface)
        return self.language == "he" and self.stem(self.surface) in self.known

    def written_together(self, base: str, attached: Attached) -> Iterator[str]:
        if len(base) == SHORT:
            yield from filter(self.has, (before + base for before in attached.short))
        for start, more in attached.beginnings(base):
            for word in self.index.beginning(start):
                if attached.may_follow(start, word[len(start) :], more) and self.has(word):
                    yield word

    def by_ending(self) -> Iterator[str]:
        """Those of words that no dictionary has, by the endings of a declension; and of surnames,
        which may be words as well, and the like.
        """
        infinitives = OF_INFINITIVES.get(self.language, ())
        of_verbs = [(own, *others) for own, others in infinitives if self.surface.endswith(own)]
        for endings in (*PARADIGMS.get(self.language, ()), *of_verbs):
            for word in self.with_other_ending(endings):
                if (stem := self.stem(word)) not in self.known:
                    yield stem
        surnames = SURNAMES.get(self.language, ()) if self.capital else ()
        is_acronym = self.shouted and _ACRONYM.match(self.surface) is not None
        acronyms = OF_ACRONYMS.get(self.language, ()) if is_acronym else ()
        bases = (
            (own, *others)
            for own, others in OF_BASES.get(self.language, ())
            if self.surface.endswith(own)
        )
        for endings in (*SURE.get(self.language, ()), *surnames, *acronyms, *bases):
            yield from map(self.stem, self.with_other_ending(endings))

    def of_verbs(self) -> Iterator[str]:
        """What somebody did, of an infinitive whose vowel changes, and back (везти, віз), and what
        Hebrew ones have between the letters of their root.
        """
        if self.language == "fa":
            yield from filter(self.has, persian_verb(self.surface))
        if self.language == TURKISH:
            yield from filter(self.has, of_short_verb(self.surface))
            yield from filter(self.has, of_short_noun(self.surface))
        if self.language == "he":
            bases = (self.surface, *(self.surface.removeprefix(one) for one in BEFORE_VERBS))
            for form in {one for base in bases for one in verb_forms(base, self.is_word)}:
                if self.is_another(form):
                    continue
                yield form
                yield from filter(self.has, (before + form for before in BEFORE_VERBS))
        for own, other in PAST.get(self.language, ()):
            if self.surface.endswith(own):
                yield self.surface.removesuffix(own) + other
            if self.surface.endswith(other):
                yield self.surface.removesuffix(other) + own

    def is_another(self, form: str) -> bool:
        """Is what might be a form of a Hebrew verb a noun that a dictionary has? *תקופה* is no
        feminine of *תקוף*, and *תשלום* does not say what somebody will do.
        """
        if not MAYBE_NOUN.fullmatch(form):
            return False
        forms = self.known.forms(self.stem(form))
        return bool(forms) and form.removesuffix("ה") not in forms - {form}

    def is_word(self, surface: str) -> bool:
        """Has the dictionary, or some article, a word?"""
        return self.stem(surface) in self.known or self.has(surface)

    def with_other_ending(self, endings: Sequence[str]) -> Iterator[str]:
        """The words of articles that this one is with another of some endings."""
        for ending in endings:
            root = self.surface.removesuffix(ending)
            letters = len(root) + (len(ending) > 1)
            if letters >= _LEAST_ROOT and self.surface.endswith(ending):
                yield from filter(self.has, (root + other for other in endings))

    def compounds(self) -> Iterator[str]:
        """German words that begin with this one and go on with another."""
        if len(self.surface) < _COMPOUND or not (self.capital or self.is_word(self.surface)):
            return
        for word in self.index.beginning(self.surface):
            rest = word[len(self.surface) :]
            parts = {rest.removeprefix(joint) for joint in JOINTS if rest.startswith(joint)}
            if any(
                len(part) >= _COMPOUND and (self.stem(part) in self.known or self.has(part))
                for part in parts
            ):
                yield word

    def compounds_ending(self) -> Iterator[str]:
        """German words whose last part is a form of this noun; an infinitive is none in small
        letters, as verbs have more beginnings than nouns.
        """
        if len(self.surface) < LEAST_LAST or not (self.capital or not self.surface.endswith("n")):
            return
        known = dictionary(self.language)  # though English has the word: a Front is one
        stems = {self.stem(self.surface), *known.forms(self.stem(self.surface))}
        alike = [one for one in stems if one.startswith(self.surface[:LEAST_LAST])]
        shared = _beginning_of(self.surface, *alike)
        yield from compounds_ending(
            shared,
            self.index.having(shared),
            lambda last: last == self.surface or self.stem(last) in stems,
            lambda first: self.stem(first) in known or self.has(first),
        )

    def has(self, surface: str) -> bool:
        """Has some article this word, in the language where that must be?"""
        return self.index.has_word(surface, self.where)


def _beginning_of(*words: str) -> str:
    """What all of some words begin with."""
    first, last = min(words), max(words)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return first[: sum(1 for _ in same)]


def _transcribed(word: str) -> str:
    """A word with umlauts as it is written without."""
    return fold(unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS))


def _untranscribed(surface: str) -> Iterator[str]:
    """A word as it may be written with umlauts, which folding makes plain letters."""
    if len(surface) >= _LEAST_TRANSCRIBED:
        for two in _TRANSCRIBED:
            if two in surface:
                yield surface.replace(two, two[0])
