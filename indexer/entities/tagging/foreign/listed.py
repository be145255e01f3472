"""Listed names: which words of a text that is not English are names? What is listed, as far as it
stands like a name, and persons with a known given name.

A list alone is wrong half of the time: towns are called like ordinary words and like people
(`listed_places.py`), and the surname of somebody famous follows other given names. So a given name
before a surname belongs to it, whoever else the surname may be famous for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities import lexicon
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import nominatives
from indexer.entities.names.known import place_called
from indexer.entities.names.romanization.given_names import given_names
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.bodies import bodies_in
from indexer.entities.tagging.foreign.called_bodies import called_bodies
from indexer.entities.tagging.foreign.given_names import (
    CYRILLIC,
    is_given_in,
    is_given_name,
    is_romanized_given_name,
)
from indexer.entities.tagging.foreign.listed_places import (
    AFTER,
    BEFORE,
    BESIDE,
    COMMON_NOUNS_HAVE_CAPITALS,
    WINDOW,
    WORD,
    covered,
    is_country,
    is_sure_place,
    opens,
    places_beside,
    stands_as_place,
)
from indexer.entities.tagging.foreign.persons_without_capitals import LANGUAGES as NO_CAPITALS
from indexer.entities.tagging.foreign.persons_without_capitals import persons as persons_in
from indexer.entities.tagging.gazetteer import LISTED, foreign_gazetteer, gazetteer_of
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

_RULE = "foreign"
_CONFIDENCE = 0.8
_WITH_ARTICLE = re.compile(
    r" (?:a[dlnrstz]|e[dlnrstzş]|a?sh|asch|ech|ach)-[A-ZÀ-Þ][\w’'-]+"
    r"|[ -](?:[аэ][лднрстзш]ь?)-[А-ЯЁІЇЄҐ][\w’'-]+"
)
"""An Arabic surname with its article, as English, German, French and Cyrillic write it."""
_CALLED_BY_CHILD = re.compile(r"(?:Ab[uo]u?|Ebu|Абу) [^\W\d_]+")
_ARTICLE_BEFORE = re.compile(
    r"(?<![\w-])(?:a[dlnrstz]|e[dlnrstzş]|a?sh|asch|[ae]ch|[аэе][лднрстзш]ь?)-\Z"
)
_ARTICLE = 6  # characters of it
_ATTACHED = "وفبلكשובלמהכ"
_WITH_SUFFIX = re.compile(r"(\w+)['’][a-zçğıöşü]+")
_MOST_GIVEN = 2
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
        bodies = [one for one in bodies_in(text) if not _is_within(one, listed)]
        within = covered(bodies)
        bodies = [
            *bodies,
            *(
                one
                for one in called_bodies(text, language)
                if within.isdisjoint(range(one.start, one.end)) and not _is_within(one, listed)
            ),
        ]
        in_bodies = covered(bodies)
        listed = [one for one in listed if one.start not in in_bodies] + bodies
        mentions = [with_given_names(text, one, language) for one in listed]
        held = [one for one in mentions if one.kind is not EntityKind.PLACE or " " in one.text]
        beside = places_beside(text, covered(held), language)
        surer = covered(beside)
        mentions = [one for one in mentions if surer.isdisjoint((one.start, one.end - 1))] + beside
        if language in NO_CAPITALS:
            lone = (
                one for one in mentions if one.kind is not EntityKind.ORG and " " not in one.text
            )
            found = persons_in(text, covered(mentions) - covered(list(lone)), language)
            return _whole(text, mentions, found, language)
        doubtful = [one for one in mentions if _may_be_surname(text, one, language)]
        found = _persons(text, covered(mentions) - covered(doubtful), language)
        taken = covered(mentions)
        persons = [one for one in mentions if one.kind is EntityKind.PERSON] + found
        taken.update(at for one in found for at in range(one.start, one.end))
        found += surnames_alone(text, persons, taken, language)
        return _whole(text, mentions, found, language)


def _whole(
    text: str, mentions: Sequence[Mention], found: Sequence[Mention], language: str
) -> list[Mention]:
    """The mentions outside the persons found, and these; places where they stand as such."""
    whole = sorted((*_not_inside(mentions, found), *found), key=lambda one: one.start)
    return [
        one
        for one in whole
        if one.kind is not EntityKind.PLACE
        or one.rule == BESIDE
        or stands_as_place(text, one, language)
    ]


def _not_inside(mentions: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions that no person found later covers (a town that is somebody's surname)."""
    inside = covered(found)
    return (one for one in mentions if inside.isdisjoint((one.start, one.end - 1)))


def _is_within(body: Mention, listed: Sequence[Mention]) -> bool:
    """Is a body part of a longer listed one?"""
    return any(
        one.start <= body.start and body.end <= one.end and one.end - one.start > len(body.text)
        for one in listed
    )


def _may_be_surname(text: str, mention: Mention, language: str) -> bool:
    """Is it a listed place that is somebody's surname behind a given name: a small one, or a town
    in a language that puts no town right behind a name (Carlos Córdoba)?
    """
    if mention.kind is not EntityKind.PLACE or mention.rule != LISTED or " " in mention.text:
        return False
    if not is_sure_place(mention.text, language):
        return True
    before = BEFORE.search(text, max(0, mention.start - WINDOW), mention.start)
    return (
        language in _TOWNS_ARE_SURNAMES
        and before is not None
        and before.group(1)[0].isupper()
        and is_given_in(before.group(1), language)
        and not is_country(mention.text)
    )


_TOWNS_ARE_SURNAMES = frozenset(["es", "pl"])


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
    """A lone surname of somebody known, or one with *Abu*, with the given names that stand before
    it.
    """
    if mention.kind is not EntityKind.PERSON:
        return mention
    if " " in mention.text and not _CALLED_BY_CHILD.fullmatch(mention.text):
        return mention
    article = _ARTICLE_BEFORE.search(text, max(0, mention.start - _ARTICLE), mention.start)
    begin = article.start() if article else mention.start
    start = _given_from(text, begin, language)
    if start == begin:
        return mention
    return replace(mention, start=start, text=text[start : mention.end], rule=_RULE)


def _given_from(text: str, start: int, language: str) -> int:
    """Where the given names before a surname begin."""
    for _ in range(_MOST_GIVEN):
        before = BEFORE.search(text, max(0, start - WINDOW), start)
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
    if is_given_in(word, language) or plain(word) in shipped_lists().given:
        return True
    if is_romanized_given_name(word):
        return True
    if word.isupper() and len(word) > 1:
        return False
    if language in _TITLES_HAVE_CAPITALS or _is_listed(word):
        return False
    return not opens(text, before.start(1))


def _is_listed(word: str) -> bool:
    return bool(foreign_gazetteer().tag(word, language="und"))


def _persons(text: str, taken: set[int], language: str) -> list[Mention]:
    """Persons nobody lists: a given name, and the capitalized words after it."""
    found: list[Mention] = []
    end = 0
    for word in WORD.finditer(text):
        inside = word.start() in taken and not taken.isdisjoint((word.start() - 1, word.end()))
        if word.start() < end or inside:
            continue
        if not _begins_a_person(word.group(), language) and not _has_article_behind(text, word):
            continue
        end = _last_capitalized(text, word.end(), taken, language)
        if end > word.end():
            name = text[word.start() : end]
            found.append(Mention(word.start(), end, EntityKind.PERSON, name, _CONFIDENCE, _RULE))
    return found


def _begins_a_person(word: str, language: str) -> bool:
    if not word[0].isupper() or word.isupper() or word in _NO_GIVEN:
        return False
    if word.lower() in lexicon.function_words(language):
        return False
    if is_romanized_given_name(word):
        return True
    if language in COMMON_NOUNS_HAVE_CAPITALS:
        return word in lexicon.foreign_given_names()
    return is_given_in(word, language)


def _has_article_behind(text: str, word: re.Match[str]) -> bool:
    """Is it a given name before a surname with an Arabic article: Qassim al-Raimi?"""
    name = word.group()
    if not name[0].isupper() or name.isupper() or _WITH_ARTICLE.match(text, word.end()) is None:
        return False
    return name not in _NO_GIVEN and is_given_name(name)


def _last_capitalized(text: str, end: int, taken: set[int], language: str) -> int:
    """Where the capitalized words end that stand behind a given name; in Turkish before a town with
    a suffix, in Spanish behind all given names and two surnames.
    """
    if language == _SPANISH:
        return _last_in_spanish(text, end, taken)
    for behind in range(_MOST_GIVEN):
        with_article = _WITH_ARTICLE.match(text, end)
        if with_article is not None:
            return with_article.end()
        after = AFTER.match(text, end)
        if after is None or after.start(1) in taken:
            break
        if not after.group(1)[0].isupper() or after.group(1).isupper():
            break
        if language in COMMON_NOUNS_HAVE_CAPITALS and behind:
            last = text[:end].rpartition(" ")[2]
            if not _goes_on_in_german(last, after.group(1)):
                break
        town = _WITH_SUFFIX.fullmatch(after.group(1)) if language == "tr" and behind else None
        if town is not None and place_called(plain(town.group(1))) is not None:
            break
        end = after.end()
    return end


def _goes_on_in_german(last: str, word: str) -> bool:
    """Does a name of two words go on with a third, where nouns have capitals? Behind a second
    given name alone; and behind one of the East with another only (Abiy Ahmed Bruch).
    """
    if not is_given_in(last, _GERMAN):
        return False
    return is_given_in(word, _GERMAN) or not given_names(plain(last))


_GERMAN = "de"


def _last_in_spanish(text: str, end: int, taken: set[int]) -> int:
    """The same, with what particles join to given names alone: Juan Carlos de la Rosa."""
    surnames = 0
    while surnames < _SPANISH_SURNAMES:
        with_article = _WITH_ARTICLE.match(text, end)
        if with_article is not None:
            return with_article.end()
        after = AFTER.match(text, end)
        if (not after or not after.group(1)[0].isupper()) and not surnames:
            after = _BEHIND_PARTICLE.match(text, end)
            if after is not None and _is_from(after):
                break  # Miguel de Caracas
        if after is None or after.start(1) in taken:
            break
        word = after.group(1)
        if not word[0].isupper() or word.isupper():
            break
        surnames += not is_given_in(word, _SPANISH)
        end = after.end()
    return end


def _is_from(particle: re.Match[str]) -> bool:
    """Does a particle say where somebody is from? With an article only before a country."""
    town = particle.group(1)
    return is_country(town) or (
        particle.group().startswith(" de ")
        and not particle.group().startswith((" de la ", " de los ", " de las "))
        and place_called(plain(town)) is not None
    )


_SPANISH, _SPANISH_SURNAMES = "es", 2
_BEHIND_PARTICLE = re.compile(r" (?:de(?: la| los| las)?|del) ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")


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
        for word in WORD.finditer(text)
        if word.start() not in taken
        and not word.group()[0].islower()
        and not surnames.isdisjoint(bases_in(word.group(), language))
    ]


def bases_in(word: str, language: str) -> tuple[str, ...]:
    """What a surname may be in the nominative, in Polish and in Cyrillic."""
    if language == polish.LANGUAGE:
        return polish.bases(word)
    return nominatives(word) if CYRILLIC.match(word) else (word,)
