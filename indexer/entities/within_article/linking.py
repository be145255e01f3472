"""Which mentions inside one article mean the same? The fullest form claims its short forms.

Only what the article itself says is used here: a surname goes to the one person of that surname,
an acronym to the body whose initials it is. What could mean two stays itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.entities import lexicon
from indexer.entities.names.person_names import Parts, conflict, parts, shortens
from indexer.entities.names.spelling import skeleton
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.body_links import link_bodies
from indexer.entities.within_article.groups import Group, Key, by_form, join, key_of

# Titles that are a part of the name that a reader expects: Pope Francis, not Francis.
_REGNAL = frozenset("pope".split())


def link(title: str, mentions: Sequence[Mention]) -> Recognition:
    """Groups the mentions of one article into its names.

    Args:
        title: the headline; names of the text are counted in it, nothing else is sought there.
        mentions: in order of `start`.
    """
    groups = by_form(mentions)
    persons = [group for group in groups.values() if group.kind is EntityKind.PERSON]
    bodies = [group for group in groups.values() if group.kind is EntityKind.ORG]
    _crown(persons)
    _claim_persons(persons)
    link_bodies(bodies, mentions, groups)
    return _recognition(title, mentions, groups)


def _crown(persons: Iterable[Group]) -> None:
    """Gives a lone name that follows a title like Pope its full form, which is found nowhere."""
    for group in persons:
        titles = sorted(group.honorifics & _REGNAL)
        if titles and (titles == ["pope"] or len(parts(group.full)) == 1):
            group.forms[f"{titles[0].title()} {group.full}"] = 0


def _claim_persons(groups: list[Group]) -> None:
    """Joins each short form to the one longer name that it can shorten."""
    by_length = sorted(groups, key=lambda group: -len(parts(group.full)))
    for position, group in enumerate(by_length):
        mine = parts(group.full)
        owners = {
            id(owner.root()): owner.root()
            for owner in by_length[:position]
            if (_shortens(mine, owner) or mine == parts(owner.full))
            and not _genders_conflict(group, owner)
        }
        found = list(owners.values())
        if len(mine) == 1:
            surnames = [one for one in found if skeleton(parts(one.full)[-1]) == mine[0]]
            found = surnames or found
        if len(found) == 1 and not conflict(mine, parts(found[0].full)):
            join(group, found[0])


def _shortens(mine: Parts, owner: Group) -> bool:
    return " " in owner.full and shortens(mine, parts(owner.full))  # Biden-Harris is no full name


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
