"""Cyrillic names: in what cases do they stand in a text, and of which names may a form be one?

Russian and Ukrainian declensions of names (Zaliznyak, A Grammatical Dictionary of Russian, 1977;
Ukrainian orthography, 2019). A name that a list has in the nominative is declined: a form that
nobody uses does no harm, it is sought and never found. A form in a text is led back to whatever
nominatives it may come from; who has none of these names is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import TypeAlias

from indexer.entities import lexicon
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.types import EntityKind

_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+(?: [А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+)?")
Endings: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Of a nominative → of other cases."""
_CAPITALS = frozenset("АБВГҐДЕЁЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ")
_ACCUSATIVE = re.compile("[ая]$")
_VOWELS = "аеёиоуыэюяіїє"
# Ending of the nominative → endings of genitive, dative, instrumental and locative, in Russian and
# in Ukrainian; the first that fits counts. In Ukrainian the dative has two.
_RUSSIAN = (
    ("ский", ("ского", "скому", "ским", "ском")),
    ("ская", ("ской", "ской", "ской", "ской")),
    ("ый", ("ого", "ому", "ым", "ом")),
    ("ова", ("овой", "овой", "овой", "овой")),
    ("ева", ("евой", "евой", "евой", "евой")),
    ("ий", ("ия", "ию", "ием", "ии")),
    ("й", ("я", "ю", "ем", "е")),
    ("ель", ("еля", "елю", "елем", "еле")),
    ("ь", ("я", "ю", "ем", "е")),
    ("ия", ("ии", "ии", "ией", "ии")),
    ("я", ("и", "е", "ей", "е")),
    ("га", ("ги", "ге", "гой", "ге")),
    ("ка", ("ки", "ке", "кой", "ке")),
    ("а", ("ы", "е", "ой", "е")),
    ("ов", ("ова", "ову", "овым", "ове")),
    ("ев", ("ева", "еву", "евым", "еве")),
    ("ёв", ("ёва", "ёву", "ёвым", "ёве")),
    ("вел", ("вла", "влу", "влом", "вле")),
)
_UKRAINIAN = (
    ("ський", ("ського", "ському", "ським", "ському")),
    ("ська", ("ської", "ській", "ською", "ській")),
    ("ий", ("ого", "ому", "им", "ому")),
    ("й", ("я", "ю", "єм", "єві")),
    ("енко", ("енка", "енку", "енком", "енкові")),
    ("ро", ("ра", "ру", "ром", "рові")),
    ("а", ("и", "і", "ою", "у")),
    ("ов", ("ова", "ову", "овим", "ові")),
    ("ін", ("іна", "іну", "іним", "інові")),
)
_SURNAMES_IN = ("ин", ("ина", "ину", "иным", "ине"))  # first names (Benjamin) decline otherwise
_CONSONANT = (("а", "у", "ом", "е"), ("а", "у", "ом", "ові"))
# Ending as it may stand → endings of the nominative that it may come from, longest first.
_ENDINGS = (
    (("ского", "скому", "ским", "ском"), ("ский",)),
    (("ського", "ському", "ським"), ("ський",)),
    (("ской", "скую"), ("ская",)),
    (("ка", "ку", "ком", "кові"), ("ко",)),
    (("вла", "влу", "влом", "вле"), ("вел",)),
    (("ого", "ому", "ым", "ом"), ("ый", "ой", "")),
    (("ой", "ою"), ("а", "ой")),
    (("овым", "еві", "ові"), ("ов", "й", "")),
    (("ем", "єм"), ("й", "ь", "")),
    (("ым", "им"), ("", "ий")),
    (("а",), ("", "а")),
    (("я",), ("й", "ь", "я")),
    (("у",), ("", "а")),
    (("ю",), ("й", "ь", "я")),
    (("ы",), ("а",)),
    (("и", "і"), ("а", "я", "й")),
    (("е", "є"), ("", "а", "й")),
)
_SHORTEST_STEM = 2
_CONSONANTS = "бвгґджзклмнпрстфхцчшщ"
_GREAT, _GREAT_AS_PERSON = 100, 500
"""Thousands of inhabitants of a town whose cases are sought; of one called like a person."""
_LIKE_SURNAME = re.compile("(?:ко|[оеё]в|ин|[иы]й)\\Z")
_SHORTEST_PLACE = 4
_MOST_WORDS = 3
_ADJECTIVES = (("ым", "ыи"), ("ым", "ои"), ("ом", "ои"), ("им", "ии"), ("ого", "ии"), ("ого", "ыи"))
# Endings of an adjective in a town's name of several words (Нової Каховки, Раві-Руській), plain, by
# the nominative's, in both languages: what `_ADJECTIVES` have not.
_IN_TOWN = (
    ("ии", ("его", "ему", "ем", "ому", "ом")),
    ("іи", ("ього", "ьому", "ім")),
    ("а", ("оі", "іи", "у", "ою")),
    ("я", ("ьоі", "іи", "ю", "ьою")),
    ("ая", ("ои", "ую", "ою")),
    ("яя", ("еи", "юю", "ею")),
    ("і", ("их", "им", "ими")),
    ("ие", ("их", "им", "ими")),
    ("ые", ("ых", "ым", "ыми")),
)
_CYRILLIC_WORD = re.compile("[а-яіїєґ]")
# What only names of places do: ending of the nominative → other cases, in both languages.
_PLACES = (
    ("ка", ("ку", "ці", "ке", "кою", "кои", "ки")),
    ("ів", ("ова", "ову", "овом", "ові", "єва", "єву", "євом", "єві")),
    ("и", ("ів",)),
    ("і", ("ів",)),
    ("ьк", ("ька", "ьку", "ьком", "ьке")),
    ("ия", ("ию", "ией", "ии")),
    ("ія", ("ію", "ією", "ії")),
    ("ои", ("оя", "ою", "оем", "оєм", "ое", "ої")),
    ("баи", ("бая", "баю", "баем", "баєм", "бае", "баї")),
    ("хаи", ("хая", "хаю", "хаем", "хаєм", "хае", "хаї")),
    ("раи", ("рая", "раю", "раем", "раєм", "рае", "раї")),
    ("ковь", ("кви", "ковью")),
    ("іг", ("озі",)),
    ("я", ("ю", "ею", "і", "ї")),
    ("поле", ("поля", "полю", "полем", "полі")),
    ("ль", ("лі", "ли", "ле", "лю", "лем", "лля")),
    ("нь", ("ні", "ни", "ню", "нем", "нню")),
    ("рь", ("рі", "ри", "рю", "рем")),
    ("ое", ("ого", "ому", "ым", "ом")),
    ("ы", ("", "ам", "ами", "ах")),
    ("и", ("", "ам", "ами", "ах")),
    ("а", ("у",)),
    ("жа", ("жею", "жі", "жу")),
    ("ча", ("чею", "чі", "чу")),
    ("ша", ("шею", "ші", "шу")),
    ("е", ("ого", "ому", "им")),
    ("ово", ("ова", "ову", "овым", "овом", "ове", "овим", "овому", "ові", "овім")),
    ("ове", ("ова", "ову", "овим", "овому", "ові", "овім", "ово")),
    ("ево", ("ева", "еву", "евым", "евом", "еве", "евим", "евому", "еві", "евім")),
    ("еве", ("ева", "еву", "евим", "евому", "еві", "евім", "ево")),
)


def cases(name: str) -> Iterator[str]:
    """The name, and what it is in the other cases; one word, or first name and surname. Nothing
    but the name itself where it is not of that kind.
    """
    yield name
    if not _CYRILLIC.fullmatch(name):
        return
    words = name.split()
    rules = (((_SURNAMES_IN, *_RUSSIAN), _CONSONANT[0]), (_UKRAINIAN, _CONSONANT[1]))
    for surname, consonant in rules:
        declined = [_declined(word, surname[-len(_RUSSIAN) :], consonant) for word in words[:-1]]
        declined.append(_declined(words[-1], surname, consonant))
        for forms in zip(*declined, strict=True):
            yield " ".join(forms)
            yield " ".join((*forms[:-1], words[-1]))  # Ангелы Меркель: a woman's often stays
    yield " ".join(_ACCUSATIVE.sub(lambda end: "у" if end[0] == "а" else "ю", one) for one in words)


@cache
def declined_persons() -> dict[str, str]:
    """The persons known beforehand: name in Cyrillic, in any case → label."""
    return {
        form: known.label
        for known in lexicon.known_names()
        if known.kind is EntityKind.PERSON
        for form in _declined_names(known.others)
    }


@cache
def declined_places() -> dict[str, str]:
    """Great places and those of ours: name in Cyrillic, in another case → label. The names
    themselves, and what is also another place's name, are left out.
    """
    great = [
        (place.weight, place, sort == "country" or place.weight >= _GREAT_AS_PERSON)
        for sort, place in lexicon.places()
        if sort == "country" or (sort == "city" and place.weight >= _GREAT)
    ]
    listed = {name for _, place in lexicon.places() for name in place.others}
    ours = [one for one in lexicon.known_names() if one.kind is EntityKind.PLACE]
    listed.update(name for one in ours for name in one.others)
    sought = [(one, sure) for _, one, sure in sorted(great, key=lambda place: place[0])]
    return {
        form: one.label
        for one, sure in (*sought, *((place, True) for place in ours))
        for name in one.others
        if len(name) >= _SHORTEST_PLACE and _CYRILLIC.fullmatch(name)
        if sure or not _LIKE_SURNAME.search(name)
        for form in (*cases(name), *_local_cases(name))
        if form not in listed
    }


def place_bases(key: str) -> Iterator[str]:
    """What the name of a place in Cyrillic (plain spelling) may be in the nominative."""
    parted = parted_bases(key)
    if len(parted) == 1:
        yield from parted[0]
    elif parted:
        yield from map(" ".join, product(*parted))


def parted_bases(key: str) -> list[tuple[str, ...]]:
    """The same word for word: of three words there are thousands of names. None of what may be no
    place in Cyrillic.
    """
    words = key.split()
    if not words or len(words) > _MOST_WORDS or not _CYRILLIC_WORD.match(key):
        return []
    return list(map(_place_bases if len(words) == 1 else _bases_beside_others, words))


@lru_cache(maxsize=1 << 14)
def _place_bases(word: str) -> tuple[str, ...]:
    forms = [*bases(word), *(plain(form) for form in _undone(word))]
    return tuple(dict.fromkeys(forms))


def cases_in_names(word: str) -> tuple[str, ...]:
    """What the first of several words may be; nothing in other letters."""
    return _bases_beside_others(word) if _CYRILLIC_WORD.match(word) else ()


@lru_cache(maxsize=1 << 14)
def _bases_beside_others(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_place_bases(word), *_with_endings(word, _IN_TOWN))))


def _with_endings(word: str, endings: Endings) -> Iterator[str]:
    """What a word is with the ending of a nominative in place of that of another case."""
    for nominative, others in endings:
        for ending in others:
            if ending and word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                yield word[: -len(ending)] + nominative


def _undone(word: str) -> Iterator[str]:
    yield from _with_endings(word, _PLACES)
    for ending, nominative in _ADJECTIVES:
        if word.endswith(ending):
            yield word[: -len(ending)] + nominative
    for ending in ("ом", "ові", "у", "а", "і", "и"):  # Ріг, Рогом
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem
            if stem[-2:-1] == "о":
                yield f"{stem[:-2]}і{stem[-1]}"


def _local_cases(name: str) -> Iterator[str]:
    """Where things are, and the cases that towns have and persons have not."""
    if name[-1] in _CONSONANTS:
        yield name + "і"
    for nominative, others in _PLACES:
        if name.endswith(nominative):
            yield from (name[: -len(nominative)] + ending for ending in others)


def _declined_names(names: Sequence[str]) -> Iterator[str]:
    """What the names are in all cases. Those that are a case of another are not declined again:
    out of Putina, his genitive, would come his wife.
    """
    others = {name: set(cases(name)) - {name} for name in names if _CYRILLIC.fullmatch(name)}
    oblique = set().union(*others.values())
    for name, forms in others.items():
        yield name
        if name not in oblique:
            yield from forms


def _declined(
    word: str,
    endings: Sequence[tuple[str, tuple[str, str, str, str]]],
    consonant: tuple[str, str, str, str],
) -> tuple[str, ...]:
    """Four cases of a word; it stays as it is where it ends in a vowel that does not change."""
    for nominative, others in endings:
        if word.endswith(nominative):
            stem = word[: -len(nominative)]
            return tuple(stem + ending for ending in others)
    if word[-1] in _VOWELS + "ьй":
        return (word,) * 4
    return tuple(word + ending for ending in consonant)


def is_cyrillic(word: str) -> bool:
    """Does a word begin with a capital of Russian or Ukrainian?"""
    return word[:1] in _CAPITALS


@lru_cache(maxsize=1 << 14)
def nominatives(word: str) -> tuple[str, ...]:
    """What a word of a name may be in the nominative, romanized; as it stands comes first."""
    forms = list(bases(word))
    forms += [form[:-2] + "иа" for form in forms if form.endswith("ия")]  # Maria, not Mariya
    return tuple(dict.fromkeys(skeleton(form) for form in forms))


@lru_cache(maxsize=1 << 14)
def bases(word: str) -> tuple[str, ...]:
    """What a word of a name in Cyrillic may be in the nominative; as it stands comes first."""
    forms = [word]
    lower = word.lower()
    for endings, origins in _ENDINGS:
        for ending in endings:
            if lower.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                forms += [word[: -len(ending)] + origin for origin in origins]
    return tuple(dict.fromkeys(forms))


def nominative_name(name: str) -> str:
    """The name of a body or a place in Cyrillic in the nominative, where its endings tell that it
    is in another case and what that comes from; else as it stands.

    >>> nominative_name("Генерального штабу"), nominative_name("Торецькому")
    ('Генеральний штаб', 'Торецьк')
    """
    words = name.split()
    if len(words) == 1:
        town = _TOWN_IN_CASE.fullmatch(name)
        return town[1] if town else name
    first = _ADJECTIVE_IN_CASE.fullmatch(words[0])
    if first is None or len(words) < _ADJECTIVE_AND_NOUN:
        return name
    stem, ending, noun = first[1], first[2], words[1]
    is_ukrainian = _UKRAINIAN_LETTER.search(name) is not None or noun.endswith("у")
    if ending in _FEMININE:
        found = next(
            (noun[: -len(one)] + base for one, base in _FEMININE_NOUNS if noun.endswith(one)), ""
        )
        adjective = stem + ("а" if ending == "ої" else "ая")
    elif noun.endswith(("ства", "ству")):
        found, adjective = noun[:-1] + "о", stem + ("е" if is_ukrainian else "ое")
    else:
        found = noun[:-1] if _MASCULINE_IN_CASE.fullmatch(noun) else ""
        adjective = stem + ("ий" if is_ukrainian or stem[-1] in _SOFTENING else "ый")
    return " ".join((adjective, found, *words[2:])) if found else name


_ADJECTIVE_AND_NOUN = 2
_TOWN_IN_CASE = re.compile("([А-ЯЁІЇЄҐ][а-яёіїєґ'’-]*(?:[сцз]ьк|ск))(?:ому|ого|им)")
_ADJECTIVE_IN_CASE = re.compile("([А-ЯЁІЇЄҐ][а-яёіїєґ'’-]+?)(ого|ому|ої|ой)")
_FEMININE = frozenset(["ої", "ой"])
_FEMININE_NOUNS = (
    ("ії", "ія"), ("ии", "ия"), ("ы", "а"), ("ади", "ада"), ("жби", "жба"), ("лиги", "лига"),
    ("ліги", "ліга"), ("армії", "армія"),
)  # fmt: skip
_MASCULINE_IN_CASE = re.compile("[А-ЯЁІЇЄҐа-яёіїєґ][а-яёіїєґ'’]+[бвгґджзклмнпрстфхцчшщ][ау]")
_SOFTENING = "гкхжчшщ"
_UKRAINIAN_LETTER = re.compile("[іїєґ]")
