"""Linking: which mentions inside one article mean the same? The fullest form claims its short
forms.

Only what the article itself says is used here: a surname goes to the one person of that surname,
an acronym to the body whose initials it is. What could mean two stays itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from indexer.entities import lexicon
from indexer.entities.names import polish
from indexer.entities.names.cyrillic import is_cyrillic, nominatives
from indexer.entities.names.known import body_names, known_kind, known_label
from indexer.entities.names.person_names import Parts, conflict, parts, shortens
from indexer.entities.names.person_names import words as spelled
from indexer.entities.names.romanization.given_names import own_spelling
from indexer.entities.names.spelling import initials, plain, skeleton
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind, Mention

# The mentions of one form in an article, and what it means when two forms are joined.

Key: TypeAlias = tuple[EntityKind, str, str]
"""Kind, plain spelling, gender of the title."""


@dataclass(slots=True)
class Group:
    """The mentions of one form, or later of one name."""

    kind: EntityKind
    forms: Counter[str] = field(default_factory=Counter)
    honorifics: set[str] = field(default_factory=set)
    into: Group | None = None
    number: int = -1

    @property
    def full(self) -> str:
        return max(self.forms, key=lambda form: (len(plain(form).split()), self.forms[form]))

    def root(self) -> Group:
        return self if self.into is None else self.into.root()


def by_form(mentions: Iterable[Mention]) -> dict[Key, Group]:
    groups: dict[Key, Group] = {}
    for mention in mentions:
        key = key_of(mention)
        group = groups.setdefault(key, Group(mention.kind))
        group.forms[mention.text] += 1
        if mention.honorific:
            group.honorifics.add(mention.honorific)
    return groups


def key_of(mention: Mention) -> Key:
    """Kind, plain spelling, and the gender of the title: Mr. and Mrs. Clinton are two."""
    gender = lexicon.honorifics().get(mention.honorific, "-")
    return mention.kind, plain(mention.text) or mention.text, gender


def join(short: Group, full: Group) -> None:
    source, target = short.root(), full.root()
    if source is target:
        return
    source.into = target
    target.forms.update(source.forms)
    target.honorifics |= source.honorifics


# Which bodies inside one article are the same? Acronyms, short forms, and `the Department`.

_BRACKET_GAP = 2  # " (" between a name and its acronym
# What a body may drop from the end of its name: Wagner Group → Wagner, never Gazprom Neft → Gazprom
_DROPPED = frozenset(
    """
    ag battalion brigade co company corp corporation force forces foundation group inc ltd llc
    militia movement network organisation organization party plc regiment
    """.split()
)
# What names no body by itself: the one of the article that is called so, or none.
_COMMON_NOUNS = frozenset(
    """
    agency board bureau commission committee company consulate council court delegation department
    embassy foundation government institute legation ministry mission office organisation
    organization party university
    """.split()
)


def link_bodies(
    bodies: Sequence[Group], mentions: Sequence[Mention], groups: Mapping[Key, Group]
) -> None:
    """Joins the short forms of the bodies of an article to their full names.

    Args:
        mentions, groups: all of the article.
    """
    _claim_acronyms(bodies, mentions, groups)
    _claim_bodies(bodies)
    _claim_common_nouns(bodies)


def _claim_acronyms(
    bodies: Sequence[Group],
    mentions: Sequence[Mention],
    groups: Mapping[Key, Group],
) -> None:
    """Joins an acronym to the body whose initials it is: in brackets first, else the only one."""
    for before, after in pairwise(mentions):
        if (
            after.start - before.end == _BRACKET_GAP
            and {
                before.kind,
                after.kind,
            }
            <= _KINDS_OF_BODIES
        ):
            for short, full in ((after, before), (before, after)):
                is_short = short.kind is EntityKind.ORG and _is_acronym(short.text)
                if is_short and (_abbreviates(short.text, full.text) or _glosses(short, full)):
                    join(groups[key_of(short)], groups[key_of(full)])
    for group in bodies:
        if group.into is None and _is_acronym(group.full):
            owners = {
                id(body.root()): body.root()
                for body in bodies
                if body is not group and plain(group.full) in _all_initials(body.full)
            }
            if len(owners) == 1:
                join(group, next(iter(owners.values())))


# A law or a product in full makes its acronym one: Digital Millennium Copyright Act (DMCA).
_KINDS_OF_BODIES = frozenset({EntityKind.ORG, EntityKind.EVENT})
_ACRONYM = re.compile(r"[A-Z](?:[A-Za-z&/-]?[A-Z.]){1,9}s?")


def _all_initials(name: str) -> set[str]:
    """The initials of a body's name, and of what else the lexicon calls it."""
    label = known_label(EntityKind.ORG, plain(name))
    others = body_names().get(label, ()) if label else ()
    return {initials(one) for one in (name, *others) if " " in one}


def _is_acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None


def _glosses(short: Mention, full: Mention) -> bool:
    """Is it an acronym in brackets behind a body's full name? Its own, whatever its letters: the
    Japan Self-Defense Forces are the SDF of their article.
    """
    if full.kind is not EntityKind.ORG or len(plain(full.text).split()) < 2:
        return False
    mine, theirs = (known_label(EntityKind.ORG, plain(one.text)) for one in (short, full))
    if mine and theirs and mine != theirs:  # the World Bank (NATO) are two
        return plain(short.text) in _all_initials(full.text)
    return short.start > full.start and short.text.isupper() and short.text.isalpha()


def _abbreviates(short: str, full: str) -> bool:
    """Are the letters of `short` the initials of `full`, at least in order and mostly?"""
    letters = plain(short).replace(" ", "")
    if len(plain(full).split()) < 2 or _is_acronym(full):
        return False
    if letters == initials(full):
        return True
    wanted = iter(plain(full).replace(" ", ""))
    return letters[0] == plain(full)[0] and all(letter in wanted for letter in letters)


def _claim_bodies(bodies: Sequence[Group]) -> None:
    """Joins `Wagner` to `Wagner Group`, `the Taliban` to `Taliban`, and `Security Council` to the
    one `U.N. Security Council` of the article.
    """
    by_words = {_without_article(group.full): group for group in bodies if group.into is None}
    for words, group in list(by_words.items()):
        if len(words) > 1 and words[-1] in _DROPPED:
            short = by_words.get(words[:-1])
            if short is not None:
                join(short, group)
    for words, group in by_words.items():
        if len(words) > 1:
            longer = [
                other
                for long, other in by_words.items()
                if long[-len(words) :] == words and _is_whose(long[: -len(words)])
            ]
            if len({id(other.root()) for other in longer}) == 1:
                join(group, longer[0])


def _claim_common_nouns(bodies: Sequence[Group]) -> None:
    """Joins `the Department` to the one body of the article that is called so; elsewhere it is no
    name.
    """
    longer: dict[str, dict[int, Group]] = {}
    for group in bodies:
        words = _without_article(group.full)
        if len(words) > 1:
            for word in {words[0], words[-1]} & _COMMON_NOUNS:
                longer.setdefault(word, {})[id(group.root())] = group.root()
    for group in bodies:
        words = _without_article(group.full)
        if len(words) == 1 and words[0] in _COMMON_NOUNS and group.into is None:
            owners = list(longer.get(words[0], {}).values())
            if len(owners) == 1:
                join(group, owners[0])
            else:
                group.kind = EntityKind.EVENT


def _is_whose(words: tuple[str, ...]) -> bool:
    """Do these words say whose body it is: a country, a people, the United Nations?"""
    name = " ".join(words)
    return bool(name) and (known_kind(name) is not None or name in _peoples())


@cache
def _peoples() -> frozenset[str]:
    return frozenset(plain(people) for people in lexicon.peoples())


def _without_article(name: str) -> tuple[str, ...]:
    words = plain(name).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


# Titles that are a part of the name that a reader expects: Pope Francis, not Francis.
_REGNAL = frozenset("pope".split())


def link(title: str, mentions: Sequence[Mention], language: str = "en") -> Recognition:
    """Groups the mentions of one article into its names.

    Args:
        title: the headline; names of the text are counted in it, nothing else is sought there.
        mentions: in order of `start`.
        language: ISO 639-1 code of the text; which cases its names may stand in.
    """
    groups = by_form(mentions)
    persons = [group for group in groups.values() if group.kind is EntityKind.PERSON]
    bodies = [group for group in groups.values() if group.kind is EntityKind.ORG]
    _crown(persons)
    _claim_persons(persons, language)
    link_bodies(bodies, mentions, groups)
    return _recognition(title, mentions, groups)


def _crown(persons: Iterable[Group]) -> None:
    """Gives a lone name that follows a title like Pope its full form, which is found nowhere."""
    for group in persons:
        titles = sorted(group.honorifics & _REGNAL)
        if titles and (titles == ["pope"] or len(parts(group.full)) == 1):
            group.forms[f"{titles[0].title()} {group.full}"] = 0


def _claim_persons(groups: list[Group], language: str) -> None:
    """Joins each short form to the one longer name that it can shorten."""
    by_length = sorted(groups, key=lambda group: -len(parts(group.full)))
    for position, group in enumerate(by_length):
        mine = parts(group.full)
        owners = {
            id(owner.root()): owner.root()
            for owner in by_length[:position]
            if (
                _shortens(mine, owner)
                or mine == parts(owner.full)
                or _is_case(group, owner, language)
            )
            and not _genders_conflict(group, owner)
            and not _is_namesake(group.full, owner.full, language)
        }
        found = list(owners.values())
        if len(mine) == 1:
            word = plain(group.full)
            spelled_so = [one for one in found if plain(one.full).rpartition(" ")[2] == word]
            surnames = [one for one in found if skeleton(parts(one.full)[-1]) == mine[0]]
            found = spelled_so or surnames or found
        if len(found) == 1 and not conflict(mine, parts(found[0].full)):
            join(group, found[0])


def _shortens(mine: Parts, owner: Group) -> bool:
    return " " in owner.full and shortens(mine, parts(owner.full))  # Biden-Harris is no full name


def _is_case(group: Group, owner: Group, language: str) -> bool:
    """Is it, in Cyrillic or Polish, another case of the owner's name, or of the surname alone?"""
    mine, theirs = group.full.split(), owner.full.split()
    if len(theirs) < 2 or len(mine) not in {1, len(theirs)}:
        return False
    return all(
        not _nominatives(one, language).isdisjoint(_nominatives(other, language))
        for one, other in zip(mine, theirs[-len(mine) :], strict=True)
    )


def _nominatives(word: str, language: str) -> frozenset[str]:
    """What a word of a name may be in the nominative; nothing where names have no cases."""
    if is_cyrillic(word):
        return frozenset(nominatives(word))
    return frozenset(polish.bases(word)) if language == polish.LANGUAGE else frozenset()


def _is_namesake(one: str, other: str, language: str) -> bool:
    """Do two full names of one article stand for two, however alike: Robert Mayer and Robert Maier;
    in Polish Jana Nowaka, who is Jan, and Jana Nowak?
    """
    mine, theirs = (own_spelling(" ".join(spelled(name))) for name in (one, other))
    if mine and theirs and mine != theirs:
        return True
    return language == polish.LANGUAGE and polish.is_namesake(one, other)


def _genders_conflict(one: Group, other: Group) -> bool:
    genders = lexicon.honorifics()
    mine = {genders.get(title, "-") for title in one.honorifics} - {"-"}
    theirs = {genders.get(title, "-") for title in other.root().honorifics} - {"-"}
    return bool(mine and theirs) and not mine & theirs


def _recognition(title: str, mentions: Sequence[Mention], groups: dict[Key, Group]) -> Recognition:
    roots: list[Group] = []
    spans: list[tuple[int, int, int]] = []
    for mention in mentions:
        root = groups[key_of(mention)].root()
        if root.number < 0:
            root.number = len(roots)
            roots.append(root)
        spans.append((mention.start, mention.end, root.number))
    in_title = _count_in_title(title, roots)
    return Recognition(
        tuple(
            ArticleName(
                root.kind,
                _fullest_first(root),
                in_title[number],
                tuple(sorted(root.honorifics)),
            )
            for number, root in enumerate(roots)
        ),
        tuple(spans),
    )


def _fullest_first(group: Group) -> tuple[tuple[str, int], ...]:
    full = group.full
    others = [(form, count) for form, count in group.forms.most_common() if form != full]
    return ((full, group.forms[full]), *others)


def _count_in_title(title: str, roots: list[Group]) -> Counter[int]:
    """How often the headline has a form of each name; at one place only the longest counts."""
    owners = {form: root.number for root in reversed(roots) for form in root.forms}
    counts: Counter[int] = Counter()
    if title and owners:
        longest_first = sorted(owners, key=len, reverse=True)
        pattern = "|".join(re.escape(form) for form in longest_first)
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", title):
            counts[owners[match.group()]] += 1
    return counts
