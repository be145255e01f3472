"""What was recognized in one article: its names, and where they stand.

A `Recognition` is the only thing that later steps read, and small, so that it can be cached: a
person's decision, or a better merging rule, never needs an article's text again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from indexer.entities.types import EntityKind

SHIPPED = "shipped"
"""The name of the tagger that needs nothing else installed."""


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


@dataclass(frozen=True, slots=True)
class Recognition:
    """The names of one article.

    Attributes:
        names: in order of first appearance; every kind, the internal ones too.
        spans: (start, end, index into `names`) of each mention in the text, in order.
    """

    names: tuple[ArticleName, ...]
    spans: tuple[tuple[int, int, int], ...]

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
