"""Extents in other languages: where does a name begin and end that a model found in part, or
together with a word beside it? What given names, particles and lists of towns tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities import lexicon
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.known import place_called
from indexer.entities.names.person_names import is_patronymic, is_slavic_surname
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.given_names import is_given_in, is_romanized_given_name
from indexer.entities.tagging.foreign.listed_places import (
    COMMON_NOUNS_HAVE_CAPITALS,
    is_country,
    may_be_town,
    opens,
)
from indexer.entities.tagging.foreign.places_told import towns_in_case
from indexer.entities.tagging.foreign.words import SLAVIC, WITHOUT_CAPITALS
from indexer.entities.types import EntityKind, Mention

_NEXT = re.compile(r" ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_SUFFIX = re.compile(r"['’]")  # Turkish: what has one behind it is no surname of what stands before
_GOVERNING = frozenset("Abu Abou Ebu Abul Ibn Bin Ben Ag Ould Umm Абу Ибн Бен".split())
_LEAST_WORDS = 3  # of a name with a word before it that is none


def whole(text: str, mentions: Sequence[Mention], language: str) -> Iterator[Mention]:
    """The mentions of a model, persons as far as their names go."""
    mentions = [_cut(text, part, language) for one in mentions for part in _apart(one, language)]
    mentions = list(_in_full([_bare(text, one, language) for one in mentions], text, language))
    taken = {at for one in mentions for at in range(one.start, one.end)}
    if language in SLAVIC:
        bare = [_with_initials(text, _without_noun(text, one, language)) for one in mentions]
        told = set(towns_in_case(text, language))
        bare = [_as_town(one, bare, language, told) for one in bare]
        mentions = list(_without_adjectives(text, bare))
    mentions = [_with_arabic_surname(text, _as_person(one, language), language) for one in mentions]
    for one in mentions:
        is_person = one.kind is EntityKind.PERSON and language not in WITHOUT_CAPITALS
        yield _with_surname(text, one, taken, language) if is_person else one


def _apart(mention: Mention, language: str) -> Iterator[Mention]:
    """The names of which a model made one, over the semicolon between two clauses."""
    if ";" not in mention.text:
        yield mention
        return
    for found in _CLAUSE.finditer(mention.text):
        name = found.group()
        first, _, rest = name.partition(" ")
        start = mention.start + found.start()
        kind = EntityKind.PERSON if rest and is_given_in(first, language) else mention.kind
        yield replace(mention, start=start, end=start + len(name), text=name, kind=kind)


def _cut(text: str, mention: Mention, language: str) -> Mention:
    """A person in full without what begins behind the name: with an article (*Esmaïl Qaani la Force
    Al-Qods*), an acronym (*Mazlum Abdi SDG'yi*), or a German noun, which its ending tells, or what
    it is of (*Abiy Ahmed Bruch des Abkommens*).
    """
    found = _BEHIND.match(mention.text) if mention.kind is EntityKind.PERSON else None
    if language == _GERMAN and found is None and mention.kind is EntityKind.PERSON:
        noun = _GERMAN_NOUN.fullmatch(mention.text)
        of_it = _OF_IT.match(text, mention.end)
        found = noun or (_THREE_WORDS.fullmatch(mention.text) if of_it else None)
    if found is None:
        return mention
    name = found.group(1)
    return replace(mention, end=mention.start + len(name), text=name)


_BEHIND = re.compile(
    r"(\S+(?: \S+)*? (?!(?i:de|da|van|von|y|e|of)\b)\S+)"
    r" (?:(?:la|les|los|las|aux?) .+|[B-DF-HJ-NP-TV-XZ]{3,4})\Z"
)
_GERMAN_NOUN = re.compile(
    r"([A-ZÄÖÜ]\S+(?: \S+)* [A-ZÄÖÜ]\S+)"
    r" [A-ZÄÖÜ][a-zäöüß]{2,}(?:ungen|ung|heit|keit|schaft|tionen|tion|ismus|tum|nisse?)"
)
_THREE_WORDS = re.compile(r"([A-ZÄÖÜ]\S+(?: \S+)* [A-ZÄÖÜ]\S+) [A-ZÄÖÜ][a-zäöüß]+")
_OF_IT = re.compile(r" des (?:[a-zäöü]+en )?[A-ZÄÖÜ]")
_CLAUSE = re.compile(r"[^\W_](?:[^;]*[^\W_])?")


def _bare(text: str, mention: Mention, language: str) -> Mention:
    """A country without the article of a language that opens a sentence (*La Turquie*), a body
    without what its people are (*Лидер «Хезболлы»*), what sort it is (*Guerilla ELN*), or an Arabic
    preposition that a line joins to it (*لـحزب الله*).
    """
    kind = mention.kind
    if kind is EntityKind.ORG and (article := _ARTICLE.match(mention.text)):
        rest = mention.text[article.end() :]
        found, kind = (article, EntityKind.PLACE) if is_country(rest) else (None, kind)
    elif kind is EntityKind.ORG and language == _GERMAN:
        found = _SORT_OF_BODY.match(mention.text)
    elif kind is EntityKind.ORG and language in SLAVIC:
        found = _PEOPLE_OF.match(mention.text)
    else:
        found = _JOINED.match(mention.text) if language == _ARABIC else None
    if found is None:
        return mention
    start = mention.start + found.end()
    end = mention.end - (mention.text[-1] in _CLOSING and found.re is _PEOPLE_OF)
    return replace(mention, start=start, end=end, text=text[start:end], kind=kind)


_ARABIC, _GERMAN = "ar", "de"
_ARTICLE = re.compile("(?:La|Le|Les|El|Los|L['’]) ?(?=[A-ZÀ-Þ])")
_SORT_OF_BODY = re.compile(
    r"(?i:\w*(?:guerilla|miliz|gruppe|partei|organisation)) (?=[A-ZÄÖÜ]{2,}[A-Z\d-]*\Z)"
)
_PEOPLE_OF = re.compile(
    "(?:Лидер|Глав|Боев|Бойц|Боец|Террорист|Командир|Сторонник|Представ|Член|Основат|Военн|Лідер"
    "|Терорист|Бойов|Бійц|Боєц|Ватаж|Очільн|Командув|Прихильн|Засновн|Речни|Спикер|Спікер|Актив)"
    r"[а-яіїє]{0,9} [«„“\"](?=[^«»„“”\"]+[»“”\"]?\Z)"
)
_CLOSING = '»“”"'
_JOINED = re.compile("[ولبك]{1,2}ـ+(?=..)")


def _in_full(mentions: Sequence[Mention], text: str, language: str) -> Iterator[Mention]:
    """The mentions, a lone given name together with the person right behind it (*Mohamed* and
    *Hamdane Daglo*), and a name in full with what a hyphen joins to it (*Косіняк-Камиш*).
    """
    last: Mention | None = None
    for one in mentions:
        if last is not None and _are_one(text, last, one, language):
            last = replace(last, end=one.end, text=text[last.start : one.end])
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _are_one(text: str, last: Mention, one: Mention, language: str) -> bool:
    if not last.kind is one.kind is EntityKind.PERSON or language in WITHOUT_CAPITALS:
        return False
    between = text[last.end : one.start]
    if between == "-":
        return " " in last.text and " " not in one.text
    return between == " " and last.text.isalpha() and is_given_in(last.text, language)


def _without_noun(text: str, mention: Mention, language: str) -> Mention:
    """A person without the noun that opens the sentence: a given name stands behind it, and it is
    no surname before given name and patronymic (Учительку Надію Головко).
    """
    words = mention.text.split()
    if len(words) < _LEAST_WORDS or mention.kind is EntityKind.PLACE:
        return mention
    if is_given_in(words[0], language) or not is_given_in(words[1], language):
        return mention
    if not opens(text, mention.start) or is_patronymic(plain(words[-1])):
        return mention
    start = mention.start + len(words[0]) + 1
    return replace(mention, start=start, text=text[start : mention.end], kind=EntityKind.PERSON)


def _with_initials(text: str, mention: Mention) -> Mention:
    """A surname with the initials before it, and a person where a model saw something else."""
    if mention.kind is not EntityKind.PERSON or " " in mention.text:
        found = _INITIALED.match(mention.text)
        if found is None or not (mention.text[found.end() :] or "a").islower():
            return mention
        end = mention.start + found.end()
        return replace(mention, kind=EntityKind.PERSON, end=end, text=found.group())
    before = _INITIALS.search(text, max(0, mention.start - _FARTHEST), mention.start)
    if before is None:
        return mention
    return replace(mention, start=before.start(), text=text[before.start() : mention.end])


def _as_person(mention: Mention, language: str) -> Mention:
    """A body of two words that are a Slavic given name and surname, as some language has them; or
    the given name is any, and the surname one of Armenia or Georgia (*Serge Sarkissian*).
    """
    first, _, last = mention.text.partition(" ")
    if mention.kind is not EntityKind.ORG or not last.isalpha():
        return mention
    is_person = (is_romanized_given_name(first) and is_slavic_surname(plain(last))) or (
        is_given_in(first, language) and _OF_CAUCASUS.search(last) is not None
    )
    return replace(mention, kind=EntityKind.PERSON) if is_person else mention


def _with_arabic_surname(text: str, mention: Mention, language: str) -> Mention:
    """A lone given name with the surname behind that begins with an Arabic article: Ahmed eş-Şara,
    but Erdoğan el-Cezire'ye.
    """
    name = mention.text
    if mention.kind is not EntityKind.PERSON or not name.isalpha():
        return mention
    if not (is_given_in(name, language) or is_romanized_given_name(name)):
        return mention
    behind = _ARABIC_SURNAME.match(text, mention.end)
    if behind is None:
        return mention
    end = behind.end()
    return replace(mention, end=end, text=text[mention.start : end])


_ARABIC_SURNAME = re.compile(
    r" (?:a[lnrstdz]|ash|asz|asch|e[lnrstdz]|eş|ech|esch)-[A-ZÇĞİÖŞÜŚŻ][^\W\d_]+(?:-[^\W\d_]+)?"
)

_OF_CAUCASUS = re.compile("[a-zà-ÿ](?:[iyj]an|shvili|schwili|chvili)\\Z")
_INITIALS = re.compile(r"(?<!\w)(?:[А-ЯЁІЇЄҐ]\. ?){1,2}\Z")
_INITIALED = re.compile(r"(?:[А-ЯЁІЇЄҐ]\. ?){1,2}[А-ЯЁІЇЄҐ][а-яёіїєґ’'-]+")
_FARTHEST = 6  # characters of initials


def _as_town(
    mention: Mention, mentions: Sequence[Mention], language: str, told: set[tuple[int, int]]
) -> Mention:
    """A lone word taken for a person that is a town and ends as no surname: Купянск.

    Args:
        told: where towns stand in a case that persons have not.
    """
    word = mention.text
    if (mention.start, mention.end) in told and mention.kind is not EntityKind.ORG:
        return replace(mention, kind=EntityKind.PLACE)
    if mention.kind is not EntityKind.PERSON or " " in word or is_slavic_surname(plain(word)):
        return mention
    persons = (one.text for one in mentions if one.kind is EntityKind.PERSON and " " in one.text)
    if any(one.rpartition(" ")[2][:_STEM] == word[:_STEM] for one in persons):
        return mention
    is_town = may_be_town(word, language)
    return replace(mention, kind=EntityKind.PLACE) if is_town else mention


_STEM = 4  # letters


def _without_adjectives(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions without adjectives taken for places (Индийской плиты), or with the noun of land
    behind one (Стамбульский канал); a town may be an adjective (Жуковский).
    """
    for one in mentions:
        if one.kind is not EntityKind.PLACE or not _ADJECTIVE.fullmatch(one.text):
            yield one
            continue
        land = _LAND.match(text, one.end)
        is_town = any(place_called(base) is not None for base in place_bases(plain(one.text)))
        if land is not None:
            yield replace(one, end=land.end(), text=text[one.start : land.end()])
        elif is_town or _SMALL.match(text, one.end) is None:
            yield one


_ADJECTIVE = re.compile(
    r"[А-ЯЁІЇЄҐ][\w’'-]*(?:[сц]к(?:ий|ая|ое|ого|ой|ому|им|ую|ие|их|ими)"
    r"|[сзц]ьк(?:ий|е|ого|ої|ому|ій|им|ою|і|их|ими))"
)
_LAND = re.compile(
    r" (?:канал|океан|мор[яею]|залив|пролив|полуостров|остров|област|район|кра[йяюе]|округ|хреб[ет]"
    r"|губерни|долин|равнин|республик|озер|водохранилищ|бухт|зато[кц]|проток|півостр[оі]в|остр[оі]в"
    r"|республі[кц]|водосховищ)\w{0,4}(?!\w)"
)
_SMALL = re.compile(r" [а-яёіїєґ]")


def _with_surname(text: str, mention: Mention, taken: set[int], language: str) -> Mention:
    """A person with the word behind a particle, and a lone given name with the surname behind."""
    for _ in range(2):
        last = mention.text.rpartition(" ")[2]
        goes_on = last in _GOVERNING or (
            " " not in mention.text
            and language not in COMMON_NOUNS_HAVE_CAPITALS
            and (is_given_in(last, language) or is_romanized_given_name(last))
        )
        behind = _NEXT.match(text, mention.end)
        if not goes_on or behind is None or behind.start(1) in taken:
            break
        word = behind.group(1)
        if not word[0].isupper() or word.isupper() or _SUFFIX.match(text, behind.end()):
            break
        if word.lower() in lexicon.function_words(language) or may_be_town(word, language):
            break
        mention = replace(mention, end=behind.end(), text=text[mention.start : behind.end()])
    return mention


def with_particles(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions by place, persons with the surname that a particle begins (Alexander Van der
    Bellen), without towns that are nothing but parts of one (Van, Berg).
    """
    end = 0
    for one in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if one.start < end:
            continue
        found = None
        if one.kind is EntityKind.PERSON:
            found = _SURNAME_BEHIND.match(text, one.end) or (
                _ENDS_IN_PARTICLE.search(one.text) and _SURNAME.match(text, one.end)
            )
        elif one.kind is EntityKind.PLACE and (
            (_IS_PARTICLE.match(one.text) and _MORE_BEHIND.match(text, one.end))
            or _PARTICLES_BEFORE.search(text, max(0, one.start - _LONGEST_PARTICLES), one.start)
        ):
            continue
        end = found.end() if found else one.end
        yield replace(one, end=end, text=text[one.start : end])


_SURNAME = re.compile(r" (?:de[nr]? )?[A-ZÀ-ÖØ-Þ][\w’'-]+")
_SURNAME_BEHIND = re.compile(rf" Van{_SURNAME.pattern}| Von de[nr] [A-ZÀ-ÖØ-Þ][\w’'-]+")
_ENDS_IN_PARTICLE = re.compile(r" V[ao]n\Z")
_MORE_BEHIND = re.compile(r" de[nr]? [A-ZÀ-ÖØ-Þ]")
_IS_PARTICLE = re.compile(r"V[ao]n\Z")
_PARTICLES_BEFORE = re.compile(r"\bV[ao]n de[nr]? \Z")
_LONGEST_PARTICLES = 8  # characters
