"""Known names: what is known of them before any article is read? The lexicon, asked by spelling.

One module, because all that it is asked goes through the same tables of aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from indexer.entities import lexicon
from indexer.entities.across_collection.collection_names import CorpusName
from indexer.entities.lexicon.tables import kept, mapped
from indexer.entities.names import polish
from indexer.entities.names.bodies import body_label
from indexer.entities.names.body_words import known_body, said_by
from indexer.entities.names.cyrillic import (
    bases,
    declined_persons,
    declined_places,
    nominative_name,
    nominatives,
    place_bases,
)
from indexer.entities.names.person_names import Parts, parts, same_given_name, words
from indexer.entities.names.romanization.given_names import given_names
from indexer.entities.names.romanization.persons import is_one_romanized
from indexer.entities.names.romanization.spelled import beginnings, spell
from indexer.entities.names.romanization.tables import bones
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.types import EntityKind

_WITH_MIDDLE = 3
_ARABIC_KEYS = str.maketrans("یک", "يك")  # of Persian keyboards
# What is written together with an article before it (for the, by the, and the), and ends in it.
_ATTACHED = re.compile(r"\A[وف]?(?:لل|[بك]?ال)(?=\w{2})")
_FATHERS = re.compile(r"\w|\w+(?:vich|vic|vna)")  # as skeletons
_LATIN_NAME = re.compile(r"[A-Z][a-zà-ɏ]+(?: [A-ZÀ-Ž][a-zà-ɏ]+){1,2}")
_LATIN = re.compile(r"(?:\d+\W?)?[^\W\d_]*[A-Za-zÀ-ɏ]")


def known_label(kind: EntityKind, key: str, *, is_town: bool = True) -> str | None:
    """The label of the one entity known beforehand that a plain spelling means; a person also
    by any romanization of the full name, and with an initial or a patronymic in it; a place by
    its name in any language; a body in any case, and by its country.

    Args:
        is_town: False where towns are not meant, whose romanizations take long to be found.
    """
    label = _known_aliases()[kind].get(key)
    if label is None and kind is EntityKind.PERSON and " " in key:
        found = parts(key)
        label = _known_persons().get(found)
        if label is None and len(found) == _WITH_MIDDLE and _FATHERS.fullmatch(found[1]):
            label = _known_persons().get((found[0], found[2]))
        if label is None:
            label = _romanized_person(key)
    if label is None and kind is EntityKind.ORG:
        return (
            _known_aliases()[kind].get(_ATTACHED.sub("ال", key))
            or body_label(key)
            or known_body(said_by(key))
            or _body_in_case(key)
        )
    if kind is EntityKind.PLACE and label not in _our_labels():
        label = lexicon.place_variants().get(key, label) or _town(
            key.translate(_ARABIC_KEYS), is_romanized=is_town
        )
        if label is not None:  # what lists of places call Turkey, we call Türkiye
            label = _known_aliases()[kind].get(plain(label), label)
    return label


def _body_in_case(key: str) -> str | None:
    """The body of whose name, a word in Cyrillic, this is a case: *Хезболли*."""
    if " " in key or not _CYRILLIC.fullmatch(key):
        return None
    aliases = _known_aliases()[EntityKind.ORG]
    return next((aliases[base] for base in bases(key) if base in aliases), None)


def place_spellings(label: str) -> frozenset[str]:
    """All that a place is called, in any language (plain spellings)."""
    as_listed = (label, *_our_others().get(label, ()))
    found = (key for one in as_listed for key in _spelled().get(one, ()))
    return frozenset((plain(label), *found))


@cache
def _our_others() -> dict[str, tuple[str, ...]]:
    places = (one for one in lexicon.known_names() if one.kind is EntityKind.PLACE)
    return {known.label: known.others for known in places}


@mapped
def _spelled() -> Mapping[str, list[str]]:
    """Label in any list of places → plain spellings."""
    found: dict[str, list[str]] = {}
    for key, label in chain(
        lexicon.place_variants().items(), _known_aliases()[EntityKind.PLACE].items()
    ):
        found.setdefault(label, []).append(key)
    return found


@lru_cache(maxsize=1 << 16)
def _town(key: str, *, is_romanized: bool) -> str | None:
    """The town of whose name this may be a case in Cyrillic, or one that only Polish has."""
    variants, aliases = lexicon.place_variants(), _known_aliases()[EntityKind.PLACE]
    bases = (key, *place_bases(key), *polish.town_bases(key))
    labels = (variants.get(name) or aliases.get(name) for name in bases)
    found = next(filter(None, labels), None)
    return found or (romanized_town(key) if is_romanized else None)


def place_called(key: str) -> str | None:
    """The town that is called so (plain spelling), in any language, or in a case in Cyrillic."""
    variants = lexicon.place_variants()  # these alone: a process that only tags loads no more
    label = next((variants[name] for name in (key, *place_bases(key)) if name in variants), None)
    return label or romanized_town(key)


@lru_cache(maxsize=1 << 14)
def romanized_town(key: str) -> str | None:
    """The one town of Ukraine, Russia or Belarus whose name some language spells so (Wowtschansk);
    for what no list has.
    """
    mine = key.split()
    if len(key) < _SHORTEST_ROMANIZED or not key.isascii() or len(mine) > _MOST_WORDS:
        return None
    called = _towns_beginning(bones("".join(mine))).get((key[0], len(mine)), ())
    found = {label for theirs, label in called if spell(theirs, mine)}
    return found.pop() if len(found) == 1 else None


_SHORTEST_ROMANIZED, _MOST_WORDS = 6, 2  # letters and words


@lru_cache(maxsize=1 << 12)
def _towns_beginning(its_bones: str) -> Mapping[tuple[str, int], Sequence[tuple[list[str], str]]]:
    """The first letter that may be written for it, and how many words → names in Cyrillic of some
    bones, parted into words, with their labels.
    """
    found: dict[tuple[str, int], list[tuple[list[str], str]]] = {}
    for name, label in _slavic_towns().get(its_bones, ()):
        words_of_it = name.split()
        for first in beginnings(words_of_it[0]):
            found.setdefault((first, len(words_of_it)), []).append((words_of_it, label))
    return found


@mapped
def _slavic_towns() -> Mapping[str, list[tuple[str, str]]]:
    """Bones → names in Cyrillic of towns where Cyrillic is their own, with their labels."""
    labels = _slavic_labels()
    found: dict[str, list[tuple[str, str]]] = {}
    for name, label in lexicon.place_variants().items():
        if label in labels and len(name) >= _SHORTEST_ROMANIZED - 1 and _CYRILLIC.fullmatch(name):
            found.setdefault(bones(name.replace(" ", "")), []).append((name, label))
    return found


@kept
def _slavic_labels() -> frozenset[str]:
    places = lexicon.places()
    return frozenset(place.label for _, place in places if place.country in _SLAVIC_COUNTRIES)


_SLAVIC_COUNTRIES = frozenset(["UA", "RU", "BY"])
_CYRILLIC = re.compile("[а-яёіїєґ' -]+")


@lru_cache(maxsize=1 << 16)
def _romanized_person(key: str) -> str | None:
    """The one person known beforehand of whose full name this is another romanization."""
    mine = words(key)
    if len(mine) < 2 or not given_names(mine[0]):
        return None
    fitting = {
        label
        for theirs, label in _romanized_persons().get(bones(mine[-1]), ())
        if is_one_romanized(mine, theirs)
    }
    return fitting.pop() if len(fitting) == 1 else None


@cache
def _romanized_persons() -> dict[str, list[tuple[Parts, str]]]:
    found: dict[str, list[tuple[Parts, str]]] = {}
    for known in lexicon.known_names():
        mine = words(known.label) if known.kind is EntityKind.PERSON else ()
        if len(mine) > 1 and given_names(mine[0]):
            found.setdefault(bones(mine[-1]), []).append((mine, known.label))
    return found


def names_in(language: str) -> Iterator[tuple[lexicon.KnownName, str]]:
    """What a language calls great places and known people, each with its forms."""
    for one in lexicon.names_in(language):
        is_place = one.kind is EntityKind.PLACE
        for name in one.others:
            yield one, name
            if language == polish.LANGUAGE and not (is_place and name in _oblique(one)):
                yield from ((one, form) for form in polish.cases(name, is_place=is_place))
    if language == polish.LANGUAGE:  # people who are called in Polish as they are in English
        for one in lexicon.known_names():
            if one.kind is EntityKind.PERSON and _LATIN_NAME.fullmatch(one.label):
                yield from ((one, form) for form in polish.cases(one.label))


def known_as(name: str) -> frozenset[str]:
    """The labels of those whom our lists, of all languages and of single ones, call so, by the
    surname alone as well; in Cyrillic in any case. Letters count as they are written: Şam is
    Damascus, and no Sam.
    """
    found: set[str] = set()
    for word in (name, *(bases(name) if " " not in name and not name.isascii() else ())):
        found |= _labels_as_written().get(word.casefold(), frozenset())
    return frozenset(found)


@cache
def _labels_as_written() -> dict[str, frozenset[str]]:
    written = [(one, name) for one in lexicon.known_names() for name in (one.label, *one.others)]
    for language in lexicon.LISTED_LANGUAGES:
        written += [(one, name) for one in lexicon.names_in(language) for name in one.others]
    found: dict[str, set[str]] = {}
    for one, name in written:
        found.setdefault(name.casefold(), set()).add(one.label)
        surname = _ARABIC_ARTICLE.sub("", name.rpartition(" ")[2].casefold())
        if one.kind is EntityKind.PERSON and len(surname) >= _SHORTEST_SURNAME:
            found.setdefault(surname, set()).add(one.label)
    return {name: frozenset(labels) for name, labels in found.items()}


_ARABIC_ARTICLE = re.compile(r"(?:al|el|ال)-?(?=\w{3})")
_SHORTEST_SURNAME = 4


@cache
def called_in_languages() -> dict[tuple[EntityKind, str], frozenset[str]]:
    """What single languages call bodies and people known beforehand (plain spellings), by kind and
    label.
    """
    found: dict[tuple[EntityKind, str], set[str]] = {}
    for language in lexicon.LISTED_LANGUAGES:
        for one in lexicon.names_in(language):
            if one.kind is not EntityKind.PLACE:
                found.setdefault((one.kind, one.label), set()).update(map(plain, one.others))
    return {key: frozenset(names) for key, names in found.items()}


def _oblique(place: lexicon.KnownName) -> Sequence[str]:
    """Of several Polish names the further ones: cases that no rule makes, or other names of it."""
    return [name for name in place.others[1:] if name[:3] == place.others[0][:3]]


@cache
def _our_labels() -> frozenset[str]:
    return frozenset(known.label for known in lexicon.known_names())


@cache
def _known_aliases() -> Mapping[EntityKind, Mapping[str, str]]:
    """By kind, plain spelling → label."""
    return {**_other_aliases(), EntityKind.PLACE: _aliases_of_places()}


@kept
def _other_aliases() -> dict[EntityKind, dict[str, str]]:
    """Those of what is no place."""
    return {kind: own for kind, own in _all_aliases().items() if kind is not EntityKind.PLACE}


@mapped
def _aliases_of_places() -> Mapping[str, str]:
    return _all_aliases()[EntityKind.PLACE]


@cache
def _all_aliases() -> dict[EntityKind, dict[str, str]]:
    """Ours come first; of two places the one with more inhabitants."""
    by_weight = sorted((place for _, place in lexicon.places()), key=lambda one: one.weight)
    aliases: dict[EntityKind, dict[str, str]] = {kind: {} for kind in EntityKind}
    for known in (*by_weight, *lexicon.known_names()):
        for name in (*known.others, known.label):
            aliases[known.kind][plain(name)] = known.label
    for form, label in declined_persons().items():
        aliases[EntityKind.PERSON].setdefault(plain(form), label)
    for form, label in declined_places().items():
        aliases[EntityKind.PLACE].setdefault(plain(form), label)
    for kind, key, label in _in_languages():
        aliases[kind].setdefault(key, label)
    return aliases


def _in_languages() -> Iterator[tuple[EntityKind, str, str]]:
    """What single languages call great places and known people, where no list of all languages
    says otherwise and no other name is of the same form: kind, plain spelling, label.
    """
    for language in lexicon.LISTED_LANGUAGES:
        for known, form in names_in(language):
            key = plain(form)
            is_place = known.kind is EntityKind.PLACE
            if is_place and (key in lexicon.place_variants() or _is_cut(form, known.others)):
                continue
            if is_place or " " in key or not _WOMANS.search(key):
                yield known.kind, key, known.label
            if is_place:  # seas and regions that no other list has, as English calls them
                yield known.kind, plain(known.label), known.label


def _is_cut(form: str, names: Sequence[str]) -> bool:
    """Is it made, and a beginning of a name? Of Chiny is made Chin, which is elsewhere."""
    return form not in names and any(name.startswith(form) for name in names)


_WOMANS = re.compile(r"(?:in|ow|ew)a\Z")  # Putina is also his wife


@kept
def _known_persons() -> dict[Parts, str]:
    return {
        parts(name): known.label
        for known in lexicon.known_names()
        if known.kind is EntityKind.PERSON
        for name in (known.label, *known.others)
        if len(parts(name)) > 1
    }


@kept
def _known_kinds() -> dict[str, EntityKind]:
    kinds = {
        plain(place.label): EntityKind.PLACE
        for sort, place in lexicon.places()
        if sort in {"country", "continent"}
    }
    for known in lexicon.known_names():
        kinds.update((plain(name), known.kind) for name in (known.label, *known.others))
    return kinds


@cache
def body_names() -> dict[str, tuple[str, ...]]:
    """Label of a body known beforehand → its other names."""
    bodies = (known for known in lexicon.known_names() if known.kind is EntityKind.ORG)
    return {known.label: known.others for known in bodies}


def famous_surname(key: str) -> str | None:
    """The label of the person known beforehand whose surname alone this is (plain spelling), in any
    case; None for names in full, and for what means nobody else (Hemedti).
    """
    label = None if " " in key else _known_aliases()[EntityKind.PERSON].get(key)
    if label is None:
        return None
    surnames = _surnames().get(label, frozenset())
    in_polish = polish.bases(key)
    forms = {*nominatives(key), *in_polish, *map(skeleton, in_polish)}
    is_one = key in surnames or not surnames.isdisjoint(forms)
    return label if is_one else None


@cache
def _surnames() -> dict[str, frozenset[str]]:
    return {
        known.label: frozenset(
            form
            for name in (known.label, *known.others)
            if len(parts(name)) > 1
            for form in (parts(name)[-1], plain(name).rpartition(" ")[2])
        )
        for known in lexicon.known_names()
        if known.kind is EntityKind.PERSON
    }


def known_bearers(surname: str) -> Sequence[Parts]:
    """The full names, known beforehand, whose last word this is (romanized)."""
    return _bearers().get(surname, ())


@cache
def _bearers() -> dict[str, list[Parts]]:
    bearers: dict[str, list[Parts]] = {}
    for name in _known_persons():
        bearers.setdefault(name[-1].rpartition(" ")[2], []).append(name)
    return bearers


class Called(NamedTuple):
    """A name, and what the lexicon says of its letters.

    Attributes:
        ours: its `known_label`, but not of places of GeoNames, whose spelling is not the usual one;
            empty for none.
        is_english: is it what a list calls a place, and not what other languages do?
    """

    name: CorpusName
    ours: str
    is_english: bool


def called(name: CorpusName) -> Called:
    """What the lexicon says of a name."""
    label = known_label(name.kind, name.key) or ""
    return Called(
        name,
        label if label in _our_labels() else "",
        name.kind is EntityKind.PLACE and plain(label) == name.key,
    )


def label_of(names: Sequence[Called], kind: EntityKind) -> str:
    """The name a reader expects: the one known beforehand, else the most usual full name, in
    Latin letters where there is one.
    """
    all_names = [one.name for one in names]
    for one in sorted(names, key=lambda one: -one.name.articles):
        if one.ours and not one.name.nobodys and not _is_anothers(one.name.key, all_names):
            return one.ours
    names = [one for one in names if _LATIN.match(one.name.spelling)] or names
    if kind is EntityKind.PERSON:
        names = [one for one in names if len(parts(one.name.spelling)) > 1] or names
    best = max(
        names,
        key=lambda one: (
            one.name.articles,
            one.is_english,
            not one.name.spelling[0].islower(),
            len(one.name.key),
            one.name.key,
        ),
    )
    is_person = kind is EntityKind.PERSON
    if is_person:
        return best.name.spelling
    spelling = nominative_name(best.name.spelling)
    return _as_called(spelling) if kind is EntityKind.PLACE else spelling


def _as_called(spelling: str) -> str:
    """A place as it is called in the nominative, if it stands in a Polish case, and towns of Slavs
    without the sign by which French keeps letters apart (*Avdiïvka*).
    """
    variants = lexicon.place_variants()
    key = plain(spelling)
    if "ï" in spelling and variants.get(key) in _slavic_labels():
        return spelling.replace("ï", "i")
    if key in variants or spelling.count(" ") >= _MOST_WORDS or not _LATIN.match(spelling):
        return spelling
    label = known_label(EntityKind.PLACE, key)
    forms = polish.town_nominatives(spelling) if label else ()
    return next((one for one in forms if _is_listed_as(plain(one), label)), spelling)


def _is_listed_as(key: str, label: str | None) -> bool:
    listed = lexicon.place_variants().get(key)
    return listed is not None and known_label(EntityKind.PLACE, key) == label


def _is_anothers(surname: str, names: Sequence[CorpusName]) -> bool:
    """Is this the surname alone of somebody known beforehand, and borne here by others in full?
    Then Kissinger of an article on Walter Kissinger is Walter.
    """
    famous = famous_surname(surname)
    full = [name for name in names if len(parts(name.spelling)) > 1]
    return bool(famous and full) and not any(
        known_label(EntityKind.PERSON, name.key) == famous
        or same_given_name(parts(name.spelling)[0], parts(famous or "")[0])
        for name in full
    )


def kind_of(names: Sequence[CorpusName], chief: CorpusName) -> EntityKind:
    """The kind of an entity with these names: the known one, else that of its chief name; but a
    person of whom nothing is known but the name of a foreign place is that place.
    """
    known = None if is_namesake(chief) else known_kind(chief.key)
    if known is not None and (certain_kind(chief.key) or known in {name.kind for name in names}):
        return known
    if chief.kind is EntityKind.PERSON and all(
        " " not in name.key and is_foreign_place(name.key) for name in names
    ):
        return EntityKind.PLACE
    return chief.kind


def certain_kind(key: str) -> EntityKind | None:
    """The known kind of a name that can be nothing else; a lone word that is a place can also be
    a person (Jordan, Chad).
    """
    known = known_kind(key)
    return known if known is not EntityKind.PLACE or " " in key else None


def is_namesake(name: CorpusName) -> bool:
    """Is this a thing that is called like a person known beforehand: a ship, a storm?"""
    return name.kind is EntityKind.EVENT and known_kind(name.key) is EntityKind.PERSON


def known_kind(key: str) -> EntityKind | None:
    """The kind that a name (plain spelling) is known to have, whatever a tagger says."""
    return _known_kinds().get(key)


@mapped
def _known_places() -> Mapping[str, bool]:
    """Plain spelling → is one of these places outside the countries that speak English?"""
    known: dict[str, bool] = {}
    for _, place in lexicon.places():
        foreign = place.country not in _ENGLISH_SPEAKING
        for key in map(plain, (place.label, *place.spellings)):
            known[key] = known.get(key, True) and foreign
    return known


_ENGLISH_SPEAKING = frozenset(["US", "GB", "AU", "CA", "NZ", "IE", "ZA", "JM", ""])


def is_known_place(key: str) -> bool:
    """Is this the plain spelling of a place in the lexicon?"""
    return key in _known_places()


def is_foreign_place(key: str) -> bool:
    """Is it one whose namesakes all lie where places are not called after English surnames?"""
    return _known_places().get(key, False)
