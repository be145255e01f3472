"""Listed places: where does a word that lists of places have mean the place?

Towns are called like ordinary words and like people. So a place counts where what stands before or
behind it says that a place is meant, and elsewhere when it is no word of the language, no given
name, and no part of a longer name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from indexer.entities import lexicon
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import declined_places
from indexer.entities.names.known import names_in, place_called
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.given_names import CYRILLIC, is_given_in, is_given_name
from indexer.entities.tagging.foreign.places_told import towns_in_case
from indexer.entities.tagging.foreign.words import SLAVIC, WITHOUT_CAPITALS
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

BESIDE = "beside"
"""The rule of a place that is one because of what stands before or behind it."""
_CONFIDENCE = 0.8
_SURE_CITY = 1_000  # thousands of inhabitants: nobody takes its name for a word
_SHORTEST_PLACE = 4
BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W\d_]\.) \Z")
AFTER = re.compile(r" ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_TWO_WORDS = re.compile(r" ([^\W\d_]{2,}(?:[-'’][^\W\d_]+)* [^\W\d_]{2,}(?:[-'’][^\W\d_]+)*)")
WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LAST = re.compile(WORD.pattern + r"\Z")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?…\n:;«“\"(–—]|[.!?]['’\"»”])\s*\Z")
WINDOW = 60  # characters before a name in which its given names stand
COMMON_NOUNS_HAVE_CAPITALS = frozenset(["de"])


def covered(mentions: Sequence[Mention]) -> set[int]:
    """The characters that mentions take up."""
    return {at for one in mentions for at in range(one.start, one.end)}


def places_beside(text: str, taken: set[int], language: str) -> list[Mention]:
    """Places that only the great lists know, where what stands before or behind them says that a
    place is meant, and what is listed behind a preposition's.
    """
    prepositions = lexicon.prepositions_of_place(language)
    verbs = lexicon.parted_verbs_of_place(language)
    found: list[Mention] = []
    end, ahead, ahead_ends = 0, "", 0
    for before in WORD.finditer(text) if prepositions else ():
        word = alone = before.group().lower()
        if text[ahead_ends : before.start()] == " " and f"{ahead}_{word}" in prepositions:
            word = f"{ahead}_{word}"
        ahead, ahead_ends = alone, before.end()
        if before.start() < end or (word not in prepositions and word not in verbs):
            continue
        town = _town_at(text, before.end(), taken, language)
        if town is not None and _is_noun(text[slice(*town)], word, language):
            continue
        if word not in prepositions and not _closes(text, town, verbs[word]):
            continue
        while town is not None:
            start, end = town
            if start not in taken:
                place = Mention(start, end, EntityKind.PLACE, text[start:end], _CONFIDENCE, BESIDE)
                found.append(place)
            joined = _LISTED_ON.match(text, end)
            town = None if joined is None else _town_at(text, joined.end(), taken, language)
    had = taken | covered(found)
    found += [
        Mention(start, end, EntityKind.PLACE, text[start:end], _CONFIDENCE, BESIDE)
        for start, end in towns_in_case(text, language)
        if had.isdisjoint(range(start, end))
    ]
    found += list(_from_town_to_town(text, taken | covered(found), language))
    found += list(_places_held(text, taken | covered(found), language))
    if language in WITHOUT_CAPITALS:
        found += list(_again(text, found, taken | covered(found)))
    return sorted(found, key=lambda one: one.start)


def _from_town_to_town(text: str, taken: set[int], language: str) -> Iterator[Mention]:
    """Towns that somebody goes from and to, where either word alone stands before anything."""
    pattern = _FROM_TO.get(language)
    for found in pattern.finditer(text) if pattern else ():
        towns = [found.span(1), found.span(2)]
        if all(may_be_town(text[slice(*one)], language) for one in towns):
            for start, end in towns:
                if start not in taken:
                    name = text[start:end]
                    yield Mention(start, end, EntityKind.PLACE, name, _CONFIDENCE, BESIDE)


_FROM_TO = {
    language: re.compile(rf"(?<!\w)(?:{before})({WORD.pattern}) (?:{between}) ({WORD.pattern})")
    for language, before, between in (
        ("es", "de |desde |entre ", "a|hasta|hacia|y"),
        ("fr", "de |d['’]|depuis |entre ", "à|vers|jusqu['’]à|et"),
        ("pl", "z |ze |między |od ", "do|ku|a|i"),
    )
}


def _places_held(text: str, taken: set[int], language: str) -> Iterator[Mention]:
    """Towns of the great lists of which is said what is said of towns: taken, under fire."""
    said = lexicon.behind_places(language)
    for behind in said.finditer(text) if said else ():
        word = _LAST.search(text, max(0, behind.start() - WINDOW), behind.start())
        if word is None or word.start() in taken or not may_be_town(word.group(), language):
            continue
        before = BEFORE.search(text, max(0, word.start() - WINDOW), word.start())
        if before is None or not before.group(1)[0].isupper() or opens(text, before.start(1)):
            yield Mention(*word.span(), EntityKind.PLACE, word.group(), _CONFIDENCE, BESIDE)


def _again(text: str, found: Sequence[Mention], taken: set[int]) -> Iterator[Mention]:
    """The towns found, wherever the text has them again."""
    towns = {one.text for one in found}
    for word in WORD.finditer(text) if towns else ():
        if word.group() in towns and word.start() not in taken:
            yield Mention(*word.span(), EntityKind.PLACE, word.group(), _CONFIDENCE, BESIDE)


def opens(text: str, start: int) -> bool:
    """Does a sentence begin here?"""
    return _SENTENCE_BEGINS.search(text, 0, start) is not None


def _town_at(text: str, end: int, taken: set[int], language: str) -> tuple[int, int] | None:
    """Where a town stands by itself right behind a word, on a list or in the great one."""
    word = AFTER.match(text, end)
    if word is None:
        return None
    whole = _TWO_WORDS.match(text, end)
    is_free = whole is not None and taken.isdisjoint(range(*whole.span(1)))
    if whole is not None and is_free and may_be_two_words(whole.group(1), language):
        return whole.span(1)
    if word.start(1) in taken:
        return word.span(1) if word.group(1) in _places_in(language) else None
    after = AFTER.match(text, word.end())
    is_alone = (
        after is None
        or not after.group(1)[0].isupper()
        or (CYRILLIC.match(after.group(1)) is not None and is_given_in(after.group(1), language))
    )  # житель Торецка Евгений Ткачук: cases part the two
    return word.span(1) if is_alone and may_be_town(word.group(1), language) else None


def _is_noun(town: str, before: str, language: str) -> bool:
    """May it be an Arabic noun with its article (the coast), where nothing calls it a town?"""
    return language == "ar" and town.startswith("ال") and _CALLS_TOWN.search(before) is None


_CALLS_TOWN = re.compile("(?:مدينة|بلدة|قرية)\\Z")


def _closes(text: str, town: tuple[int, int] | None, particle: str) -> bool:
    """Does the second part of a verb close the clause that a town stands in (nahmen … ein)?"""
    if town is None:
        return False
    clause = _CLAUSE.match(text, town[1])
    return clause is not None and clause.group().split()[-1:] == [particle]


_CLAUSE = re.compile(r"[^.!?…;:,\n]*?(?=[.!?…;:,\n]| und |\Z)")
_LISTED_ON = re.compile(r"(?:,| (?:i|oraz|lub|y|e|o|et|und|ve|та|і|й|и|или|або))(?= )")


def may_be_two_words(words: str, language: str) -> bool:
    """Is it what a town is called in two words, each written as a name?"""
    parted = words.split()
    return all(_is_written_as_name(word, language) for word in parted) and any(
        place_called(plain(" ".join(bases))) is not None
        for bases in product(*(_bases(word, language) for word in parted))
    )


def may_be_town(word: str, language: str) -> bool:
    """Is it, in some case, what a town is called, and nothing that people are?"""
    if len(word) < _SHORTEST_PLACE or not _is_written_as_name(word, language):
        return False
    if is_ordinary(word, language) or is_given_in(word, language):
        return False
    if plain(word) in shipped_lists().surnames or _SURNAME.search(word.lower()):
        return False
    if word.lower() in lexicon.function_words(language):
        return False
    return any(place_called(plain(base)) is not None for base in _bases(word, language))


def _is_written_as_name(word: str, language: str) -> bool:
    if language in WITHOUT_CAPITALS:
        return not word[0].islower() and not word[0].isupper()
    return word[0].isupper() and not word.isupper()


def _bases(word: str, language: str) -> Sequence[str]:
    """What a list may have a word as: in another case, or with the keys of Arabic."""
    if language == polish.LANGUAGE:
        return polish.bases(word, is_place=True)
    return (word, word.translate(_ARABIC_KEYS)) if language == _PERSIAN else (word,)


_PERSIAN = "fa"
_ARABIC_KEYS = str.maketrans("یک", "يك")


_SURNAME = re.compile(r"(?:[сц]ь?к(?:им|ого|ому)|енк(?:о|а|у|ом|ові)|[sc]ki(?:m|ego|emu)?)\Z")


def stands_as_place(text: str, place: Mention, language: str) -> bool:
    """Is a listed place meant: no word of the language, no given name, no part of a longer name?"""
    if place.text in _WORDS_TOO and language in WITHOUT_CAPITALS:
        return is_called_town(text, place.start, place.end, language)
    first = opens(text, place.start)
    if first and place.text.lower() in lexicon.function_words(language):
        return False
    if place.text in _places_in(language):
        return not (first and is_ordinary(place.text, language))
    if (first and _ARTICLE.match(place.text)) or place.text in _GIVEN_NAMES_ELSEWHERE:
        return False  # La Paz: peace, where nothing says that the town is meant
    if place.text in _sure_places():
        return not first or _opens_as_place(place.text, language)
    if " " in place.text or "-" in place.text:
        return True
    return _stands_alone(text, place, language)


_WORDS_TOO = frozenset("صور خفي الأبيض الابيض البيضاء السليمانية الهندية السويدية".split())
"""Towns of great lists that are Arabic nouns or adjectives (pictures, white), so that only what
stands right before one, and is no noun it belongs to, tells the town."""
_CALLED_TOWN = re.compile(
    r"(?<!\w)[وف]?(?:[بل]?(?:مدينة|بلدة|قضاء|محافظة|ولاية|مطار|ميناء)|في|إلى|الى|قرب|نحو|باتجاه) \Z"
)


def is_called_town(text: str, start: int, end: int, language: str) -> bool:
    """Is what is written there no Arabic word, or does what stands before it tell the town?"""
    if text[start:end] not in _WORDS_TOO or language not in WITHOUT_CAPITALS:
        return True
    return _CALLED_TOWN.search(text, max(0, start - WINDOW), start) is not None


def _opens_as_place(name: str, language: str) -> bool:
    """Is a sure place meant at the beginning of a sentence? In Russian and Ukrainian only one of
    ours: Мир is Miri, Герою a case of Gera; models know more.
    """
    if language in SLAVIC:
        return is_ours(name) or is_ours(declined_places().get(name, ""))
    return name in _own_places() or not is_ordinary(name, language)


def _stands_alone(text: str, place: Mention, language: str) -> bool:
    """Is what only the great list knows a word of its own, and nobody's name?"""
    if len(place.text) < _SHORTEST_PLACE or is_ordinary(place.text, language):
        return False
    if is_given_name(place.text) or place.text.lower() in shipped_lists().surnames:
        return False
    if not place.text[0].isupper():
        return True
    before = BEFORE.search(text, max(0, place.start - WINDOW), place.start)
    after = AFTER.match(text, place.end)
    if after is not None and after.group(1)[0].isupper():
        return False
    return (
        before is None
        or not before.group(1)[0].isupper()
        or language in COMMON_NOUNS_HAVE_CAPITALS
        or opens(text, before.start(1))
    )


def is_ordinary(word: str, language: str) -> bool:
    """Is the name of a place a word of the language as well?"""
    return word in lexicon.ordinary_words(language) and word not in lexicon.only_places(language)


_GIVEN_NAMES_ELSEWHERE = frozenset("Jordan Maurice Mauricio Dominique Salvador Guadalupe".split())
"""Countries of one language that are people in others (Jordanien, Mauritius, El Salvador)."""
_ARTICLE = re.compile(r"(?:La|El|Los|Las|Le|Les) ")


def is_sure_place(name: str, language: str = "") -> bool:
    """Is it a country, a place of ours, or a great city, by any of its names?"""
    return name in _sure_places() or name in _places_in(language)


def is_ours(name: str) -> bool:
    """Is it a country or a place of ours, by any of its names?"""
    return name in _own_places()


@cache
def _countries() -> frozenset[str]:
    countries = {place.label for sort, place in lexicon.places() if sort == "country"}
    return frozenset(
        plain(name)
        for language in lexicon.LISTED_LANGUAGES
        for one, name in names_in(language)
        if one.label in countries
    ) | frozenset(
        plain(name)
        for sort, place in lexicon.places()
        if sort == "country"
        for name in (place.label, *place.others)
    )


def is_country(name: str) -> bool:
    """Does some language call a country so?"""
    return plain(name) in _countries()


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
