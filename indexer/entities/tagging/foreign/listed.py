"""Listed names: which words of a text that is not English are names? What is listed, as far as it
stands like a name, and persons with a known given name.

A list alone is wrong half of the time: towns are called like ordinary words and like people, and
the surname of somebody famous follows other given names. So a place counts when it is no word of
the language, no given name, and no part of a longer name; and a given name before a surname belongs
to it, whoever else the surname may be famous for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from indexer.entities import lexicon
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import declined_places, nominatives
from indexer.entities.names.known import names_in, place_called
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.gazetteer import foreign_gazetteer, gazetteer_of
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

_RULE = "foreign"
BESIDE = "beside"
"""The rule of a place that is one because of the preposition before it."""
_CONFIDENCE = 0.8
_SURE_CITY = 1_000  # thousands of inhabitants: nobody takes its name for a word
_SHORTEST_PLACE = 4
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W\d_]\.) \Z")
_AFTER = re.compile(r" ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_WITH_ARTICLE = re.compile(
    r" (?:a[dlnrstz]|el|a?sh|asch|ech|ach)-[A-ZÀ-Þ][\w’'-]+"
    r"|[ -](?:[аэ][лднрстзш]ь?)-[А-ЯЁІЇЄҐ][\w’'-]+"
)
"""An Arabic surname with its article, as English, German, French and Cyrillic write it."""
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?…\n:;«“\"(–—]|[.!?]['’\"»”])\s*\Z")
_ATTACHED = "وفبلكשובלמהכ"
_MOST_GIVEN = 2
_WINDOW = 60  # characters before a name in which its given names stand
# Bodies called like a person: only after one of these words, or in quotation marks.
_CALLED_LIKE_PERSONS = frozenset(["Wagner", "Вагнер", "Вагнера", "Вагнером", "فاغنر"])
_BODY_BEFORE = re.compile(
    r"(?:\b(?:groupe|gruppe|söldner\w*|milice|grupo|grupa|grupy|grubu|pmc|чвк|пвк|групп\w*|груп\w*"
    r"|milices|miliz|truppe|force)\b|مجموعة|قوات|ميليشيا|[«„“\"'])\s*[«„“\"']?\Z",
    re.IGNORECASE,
)
# Titles, which some languages write with a capital, and what else stands before a surname.
_NO_GIVEN = frozenset(
    """Президент Премьер Генерал Канцлер Министр Глава Прем’єр Міністр Пан Господин Le La Les El Der
    Die Das Den Dem Des Président Presidente Prezydent Minister General Général Kanzler Herr Frau
    Monsieur Madame Señor Señora Pan Pani Premier Ministre Cumhurbaşkanı Başkan Bakan Bay
    Bayan Sayın Lider Papa Papst Pape Para Por Con Von Mit Und Que Avec""".split()
)
_COMMON_NOUNS_HAVE_CAPITALS = frozenset(["de"])
_TITLES_HAVE_CAPITALS = frozenset(["de", "tr"])


class ForeignTagger:
    """A `Tagger` for the languages that no model reads, and a help where one does. Pure."""

    version = _RULE

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in `text`: listed ones, persons by their given names, and their surnames
        wherever they stand alone.
        """
        del title
        listed = [
            one
            for one in gazetteer_of(language).tag(text, language=language)
            if not _is_like_a_person(text, one)
        ]
        mentions = [with_given_names(text, one, language) for one in listed]
        taken = {at for one in mentions for at in range(one.start, one.end)}
        beside = _places_beside(text, taken, language)
        taken.update(at for one in beside for at in range(one.start, one.end))
        mentions += beside
        found = _persons(text, taken, language)
        persons = [one for one in mentions if one.kind is EntityKind.PERSON] + found
        taken.update(at for one in found for at in range(one.start, one.end))
        found += surnames_alone(text, persons, taken, language)
        whole = sorted((*_not_inside(mentions, found), *found), key=lambda one: one.start)
        return [
            one
            for one in whole
            if one.kind is not EntityKind.PLACE
            or one.rule == BESIDE
            or _stands_as_place(text, one, language)
        ]


def _not_inside(mentions: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions that no person found later covers (a town that is somebody's surname)."""
    covered = {at for one in found for at in range(one.start, one.end)}
    return (one for one in mentions if one.start not in covered)


def _is_like_a_person(text: str, mention: Mention) -> bool:
    if mention.text not in _CALLED_LIKE_PERSONS:
        return False
    return _BODY_BEFORE.search(text[max(0, mention.start - 30) : mention.start]) is None


def with_article(text: str, mention: Mention) -> Mention:
    """A person with the surname behind an article that stands after it: Tarek al-Hamdani."""
    found = _WITH_ARTICLE.match(text, mention.end)
    if found is None or mention.kind is not EntityKind.PERSON:
        return mention
    return replace(mention, end=found.end(), text=text[mention.start : found.end()])


def with_given_names(text: str, mention: Mention, language: str) -> Mention:
    """A lone surname of somebody known, with the given names that stand before it."""
    if mention.kind is not EntityKind.PERSON or " " in mention.text:
        return mention
    start = _given_from(text, mention.start, language)
    if start == mention.start:
        return mention
    return replace(mention, start=start, text=text[start : mention.end], rule=_RULE)


def _given_from(text: str, start: int, language: str) -> int:
    """Where the given names before a surname begin."""
    for _ in range(_MOST_GIVEN):
        before = _BEFORE.search(text, max(0, start - _WINDOW), start)
        if before is None or not _may_be_given(text, before, language):
            break
        start = before.start(1)
        word = before.group(1)
        if not word[0].isupper() and word[0] in _ATTACHED and not is_given_name(word):
            return start + 1
    return start


def _may_be_given(text: str, before: re.Match[str], language: str) -> bool:
    word = before.group(1)
    if word.lower() in lexicon.function_words(language):
        return False
    if not (word[0].isupper() or word[0].islower()):  # a script without capitals
        return is_given_name(word) or (
            len(word) > 1 and word[0] in _ATTACHED and is_given_name(word[1:])
        )
    if word[0].islower() or word in _NO_GIVEN or plain(word) in lexicon.honorifics():
        return False
    if _is_given_in(word, language) or plain(word) in shipped_lists().given:
        return True
    if word.isupper() and len(word) > 1:
        return False
    if language in _TITLES_HAVE_CAPITALS or _is_listed(word):
        return False
    return _SENTENCE_BEGINS.search(text, 0, before.start(1)) is None


def _is_listed(word: str) -> bool:
    return bool(foreign_gazetteer().tag(word, language="und"))


def _is_given_in(word: str, language: str) -> bool:
    """Is this a given name in a text of a language, in any case?"""
    own = lexicon.given_names_in(language)
    if word in own or (language == polish.LANGUAGE and not own.isdisjoint(polish.bases(word))):
        return True
    return is_given_name(word)


def is_given_name(word: str) -> bool:
    """Is this a given name, in any case and romanization?"""
    if word in lexicon.foreign_given_names() or plain(word) in _english_given_names():
        return True
    if _CYRILLIC.match(word):
        return not _given_skeletons().isdisjoint(nominatives(word))
    return word[0].isupper() and skeleton(word) in _given_skeletons()


_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ]")


@cache
def _english_given_names() -> frozenset[str]:
    """Those of the shipped lists that are no word of English (Will, Sun, New)."""
    return shipped_lists().given - lexicon.ordinary_words("en")


@cache
def _given_skeletons() -> frozenset[str]:
    own = (name for name in lexicon.foreign_given_names() if name[0].isupper())
    latin = (name for name in _english_given_names() if len(name) > 3)
    known = (
        one.label.split()[0]
        for one in lexicon.known_names()
        if one.kind is EntityKind.PERSON and " " in one.label
    )
    return frozenset(skeleton(name) for name in (*own, *latin, *known))


def _persons(text: str, taken: set[int], language: str) -> list[Mention]:
    """Persons nobody lists: a given name, and the capitalized words after it."""
    found: list[Mention] = []
    end = 0
    for word in _WORD.finditer(text):
        inside = word.start() in taken and not taken.isdisjoint((word.start() - 1, word.end()))
        if word.start() < end or inside or not _begins_a_person(word.group(), language):
            continue
        end = _last_capitalized(text, word.end(), taken)
        if end > word.end():
            name = text[word.start() : end]
            found.append(Mention(word.start(), end, EntityKind.PERSON, name, _CONFIDENCE, _RULE))
    return found


def _begins_a_person(word: str, language: str) -> bool:
    if not word[0].isupper() or word.isupper() or word in _NO_GIVEN:
        return False
    if word.lower() in lexicon.function_words(language):
        return False
    if language in _COMMON_NOUNS_HAVE_CAPITALS:
        return word in lexicon.foreign_given_names()
    return _is_given_in(word, language)


def _last_capitalized(text: str, end: int, taken: set[int]) -> int:
    """Where the capitalized words end that stand behind a given name."""
    for _ in range(_MOST_GIVEN):
        with_article = _WITH_ARTICLE.match(text, end)
        if with_article is not None:
            return with_article.end()
        after = _AFTER.match(text, end)
        if after is None or after.start(1) in taken:
            break
        if not after.group(1)[0].isupper() or after.group(1).isupper():
            break
        end = after.end()
    return end


def _places_beside(text: str, taken: set[int], language: str) -> list[Mention]:
    """Places that only the great lists know, where a preposition says that a place is meant, and
    what is listed behind them.
    """
    prepositions = lexicon.prepositions_of_place(language)
    found: list[Mention] = []
    end = 0
    for before in _WORD.finditer(text) if prepositions else ():
        if before.start() < end or before.group().lower() not in prepositions:
            continue
        word = _AFTER.match(text, before.end())
        while word is not None and _is_town(text, word, taken, language):
            start, end = word.span(1)
            if start not in taken:
                place = Mention(start, end, EntityKind.PLACE, text[start:end], _CONFIDENCE, BESIDE)
                found.append(place)
            word = _LISTED_ON.match(text, end)
    return found


def _is_town(text: str, word: re.Match[str], taken: set[int], language: str) -> bool:
    """Does a town stand here by itself, on a list or in the great one?"""
    if word.start(1) in taken:
        return word.group(1) in _places_in(language)
    after = _AFTER.match(text, word.end())
    is_alone = after is None or not after.group(1)[0].isupper()
    return is_alone and may_be_town(word.group(1), language)


_LISTED_ON = re.compile(r"(?:,| (?:i|oraz|lub|y|e|o|та|і|й|и|или|або))" + _AFTER.pattern)


def may_be_town(word: str, language: str) -> bool:
    """Is it, in some case, what a town is called, and nothing that people are?"""
    if not word[0].isupper() or word.isupper() or len(word) < _SHORTEST_PLACE:
        return False
    if word in lexicon.ordinary_words(language) or _is_given_in(word, language):
        return False
    if plain(word) in shipped_lists().surnames or _SURNAME.search(word.lower()):
        return False
    if word.lower() in lexicon.function_words(language):
        return False
    bases = polish.bases(word, is_place=True) if language == polish.LANGUAGE else (word,)
    return any(place_called(plain(base)) is not None for base in bases)


_SURNAME = re.compile(r"(?:[сц]ь?к(?:им|ого|ому)|енк(?:о|а|у|ом|ові)|[sc]ki(?:m|ego|emu)?)\Z")


def surnames_alone(
    text: str, persons: Sequence[Mention], taken: set[int], language: str
) -> list[Mention]:
    """Surnames of persons named in full, where they stand alone, in any case."""
    surnames: set[str] = set()
    for one in persons:
        last = one.text.rpartition(" ")[2]
        if " " in one.text and len(last) > 3:
            surnames.update(bases_in(last, language))
    if not surnames:
        return []
    return [
        Mention(word.start(), word.end(), EntityKind.PERSON, word.group(), _CONFIDENCE, _RULE)
        for word in _WORD.finditer(text)
        if word.start() not in taken
        and not word.group()[0].islower()
        and not surnames.isdisjoint(bases_in(word.group(), language))
    ]


def bases_in(word: str, language: str) -> tuple[str, ...]:
    """What a surname may be in the nominative, in Polish and in Cyrillic."""
    if language == polish.LANGUAGE:
        return polish.bases(word)
    return nominatives(word) if _CYRILLIC.match(word) else (word,)


def _stands_as_place(text: str, place: Mention, language: str) -> bool:
    """Is a listed place meant: no word of the language, no given name, no part of a longer name?"""
    opens = _SENTENCE_BEGINS.search(text, 0, place.start) is not None
    ordinary = place.text in lexicon.ordinary_words(language)
    if opens and place.text.lower() in lexicon.function_words(language):
        return False
    if place.text in _places_in(language):
        return not (ordinary and opens)
    if opens and _ARTICLE.match(place.text):
        return False  # La Paz: peace, where nothing says that the town is meant
    if place.text in _sure_places():
        return place.text in _own_places() or not (ordinary and opens)
    if " " in place.text or "-" in place.text:
        return True
    if len(place.text) < _SHORTEST_PLACE or ordinary:
        return False
    if is_given_name(place.text) or place.text.lower() in shipped_lists().surnames:
        return False
    if not place.text[0].isupper():
        return True
    before = _BEFORE.search(text, max(0, place.start - _WINDOW), place.start)
    after = _AFTER.match(text, place.end)
    if after is not None and after.group(1)[0].isupper():
        return False
    return (
        before is None
        or not before.group(1)[0].isupper()
        or language in _COMMON_NOUNS_HAVE_CAPITALS
        or _SENTENCE_BEGINS.search(text, 0, before.start(1)) is not None
    )


_ARTICLE = re.compile(r"(?:La|El|Los|Las|Le|Les) ")


def is_sure_place(name: str, language: str = "") -> bool:
    """Is it a country, a place of ours, or a great city, by any of its names?"""
    return name in _sure_places() or name in _places_in(language)


def is_own_place(name: str, language: str) -> bool:
    """Is it what one language, and no list of all, calls a great place?"""
    return name in _places_in(language)


@cache
def _places_in(language: str) -> frozenset[str]:
    """What the lists of a language call great places, in every case."""
    return frozenset(form for one, form in names_in(language) if one.kind is EntityKind.PLACE)


@cache
def _sure_places() -> frozenset[str]:
    """Countries, places of ours, and great cities, by all of their names."""
    sure = {
        name
        for sort, place in lexicon.places()
        if sort in {"country", "continent"} or (sort == "city" and place.weight >= _SURE_CITY)
        for name in (place.label, *place.others)
    }
    return frozenset(
        (sure - lexicon.ordinary_words("ar")) | _own_places() | declined_places().keys()
    )


@cache
def _own_places() -> frozenset[str]:
    ours = (one for one in lexicon.known_names() if one.kind is EntityKind.PLACE)
    countries = (place for sort, place in lexicon.places() if sort == "country")
    return frozenset(name for one in (*ours, *countries) for name in (one.label, *one.others))
