"""Which names does the whole collection use, and how? What the first pass over it gathers."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.entities.recognition import ArticleName
from indexer.entities.spelling import plain
from indexer.entities.types import EntityKind

_ID_CHARACTERS = 12  # 60 bits: a chance of 4e-7 that any two of a million names collide


def entity_id_for(kind: EntityKind, name: str) -> str:
    """The public id that a name would give an entity: 12 characters of lower-case base32."""
    digest = hashlib.sha256(f"{kind}:{plain(name) or name}".encode()).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_ID_CHARACTERS]


@dataclass(slots=True)
class CorpusName:
    """One name of one kind, wherever it is the fullest form of an article.

    Attributes:
        key: its plain spelling.
        spellings: as written → articles where it is the fullest form.
        short_forms: plain spelling of a short form → articles where this name claimed it.
    """

    kind: EntityKind
    key: str
    articles: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    short_forms: Counter[str] = field(default_factory=Counter)
    _entity_id: str = ""

    @property
    def entity_id(self) -> str:
        """The id that this name would give an entity; asked for several times a rebuild."""
        if not self._entity_id:
            self._entity_id = entity_id_for(self.kind, self.key)
        return self._entity_id

    @property
    def is_in_full(self) -> bool:
        """Is it more than a surname? Biden-Harris and Ben-Gurion are not."""
        return " " in self.spelling

    @property
    def spelling(self) -> str:
        """Its most usual spelling; shouted ones only when there is no other."""
        return max(
            self.spellings,
            key=lambda form: (not (form.isupper() and " " in form), self.spellings[form], form),
        )


class CorpusNames:
    """Every name observed, numbered in the order of first sight."""

    def __init__(self) -> None:
        self.names: list[CorpusName] = []
        self._numbers: dict[tuple[EntityKind, str], int] = {}
        self._of_surface: dict[tuple[EntityKind, str], int] = {}

    def observe(self, names: Iterable[ArticleName]) -> None:
        """Counts the names of one article."""
        for name in names:
            record = self.names[self._number_or_new(name.kind, name.full)]
            record.articles += 1
            record.spellings[name.full] += 1
            for form, _ in name.forms[1:]:
                key = plain(form)
                if key != record.key:
                    record.short_forms[key] += 1

    def number(self, kind: EntityKind, name: str) -> int | None:
        """The number of a name of this kind; None when it was never observed."""
        found = self._of_surface.get((kind, name))
        return found if found is not None else self._numbers.get((kind, plain(name) or name))

    def add(self, kind: EntityKind, key: str, spelling: str) -> int:
        """Adds a name that no article has, for a decision that needs one."""
        number = self._numbers.setdefault((kind, key), len(self.names))
        if number == len(self.names):
            self.names.append(CorpusName(kind, key, spellings=Counter({spelling: 0})))
        return number

    def _number_or_new(self, kind: EntityKind, name: str) -> int:
        surface = (kind, name)
        number = self._of_surface.get(surface)
        if number is None:
            key = (kind, plain(name) or name)
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self.names)
                self.names.append(CorpusName(kind, key[1]))
            self._of_surface[surface] = number
        return number
