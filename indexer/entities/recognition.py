"""What was recognized in one article: its names, and where they stand.

A `Recognition` is the only thing that later steps read, and small, so that it can be cached: a
person's decision, or a better merging rule, never needs an article's text again.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.entities.types import EntityKind

SHIPPED = "shipped"
"""The name of the tagger that needs nothing else installed."""
CAREFUL = "careful"
"""The name of the one that is slower and more often right, in English."""


@dataclass(frozen=True, slots=True)
class ArticleName:
    """Someone or something that one article names, in all the forms it uses.

    Attributes:
        forms: (as written, how often in the text), the fullest form first; never empty.
        in_title: how often the headline names it.
        honorifics: titles before it, in lower case: evidence, not part of the name.
    """

    kind: EntityKind
    forms: tuple[tuple[str, int], ...]
    in_title: int = 0
    honorifics: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The fullest form."""
        return self.forms[0][0]

    @property
    def count(self) -> int:
        """Mentions in text and title."""
        return self.in_title + sum(count for _, count in self.forms)


class Named(NamedTuple):
    """Somebody or something that other articles call `name`, named by `text[start:end]`."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """The names of one article.

    Attributes:
        names: in order of first appearance; every kind, the internal ones too.
        spans: (start, end, index into `names`) of each mention in the text, in order.
    """

    names: tuple[ArticleName, ...]
    spans: tuple[tuple[int, int, int], ...]

    def room_for(
        self, found: Iterable[Named], kind: EntityKind, *, attached: int = 0
    ) -> list[Named]:
        """Those of the names found that stand where this has none, or but a part of them, or the
        same words as something else.

        Args:
            attached: how many letters before a name may have been taken for a part of it.
        """
        found = list(found)
        if not found:
            return []
        taken = {at: one for one in self.spans for at in range(one[0], one[1])}
        return [
            one
            for one in found
            if all(
                one.start <= start + attached and end <= one.end
                and ((start, end) != (one.start, one.end) or self.names[name].kind is not kind)
                for start, end, name in {
                    taken[at] for at in range(one.start, one.end) if at in taken
                }
            )
        ]  # fmt: skip

    def with_names(self, text: str, found: Sequence[Named], kind: EntityKind) -> Recognition:
        """This, with names found later, instead of what it has inside them."""
        if not found:
            return self
        covered = {at for one in found for at in range(one.start, one.end)}
        left = self._without(covered, text)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for one in found:
            forms[one.name][text[one.start : one.end]] += 1
        numbers = {name: len(left.names) + at for at, name in enumerate(forms)}
        names = (
            # The name that the collection has comes first, because it knows the entity by it.
            ArticleName(kind, ((name, 0), *as_written.most_common()))
            for name, as_written in forms.items()
        )
        spans = ((one.start, one.end, numbers[one.name]) for one in found)
        return Recognition((*left.names, *names), tuple(sorted((*left.spans, *spans))))

    def _without(self, taken: set[int], text: str) -> Recognition:
        """This, without the mentions that stand at some places."""
        gone = [one for one in self.spans if not taken.isdisjoint(range(one[0], one[1]))]
        if not gone:
            return self
        lost: dict[int, Counter[str]] = defaultdict(Counter)
        for start, end, number in gone:
            lost[number][text[start:end]] += 1
        kept: dict[int, ArticleName] = {}
        for number, name in enumerate(self.names):
            forms = tuple((form, count - lost[number][form]) for form, count in name.forms)
            if number not in lost or name.in_title or any(count > 0 for _, count in forms):
                kept[number] = replace(name, forms=forms) if number in lost else name
        numbers = {number: at for at, number in enumerate(kept)}
        spans = (one for one in self.spans if one not in gone and one[2] in numbers)
        return Recognition(
            tuple(kept.values()), tuple((start, end, numbers[name]) for start, end, name in spans)
        )

    def to_json(self) -> str:
        """One line of JSON, for a cache."""
        names = [[name.kind, name.forms, name.in_title, name.honorifics] for name in self.names]
        return json.dumps([names, self.spans], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> Recognition:
        """What `to_json` wrote."""
        names, spans = json.loads(line)
        return cls(
            tuple(
                ArticleName(
                    EntityKind(kind),
                    tuple((form, count) for form, count in forms),
                    in_title,
                    tuple(honorifics),
                )
                for kind, forms, in_title, honorifics in names
            ),
            tuple((start, end, index) for start, end, index in spans),
        )
