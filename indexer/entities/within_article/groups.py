"""The mentions of one form in an article, and what it means when two forms are joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from indexer.entities import lexicon
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind, Mention

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
