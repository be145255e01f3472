"""Names of a collection: which names does the whole collection use, and how? What the first pass
over it gathers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind

ID_CHARACTERS = 12  # 60 bits: a chance of 4e-7 that any two of a million names collide


def entity_id_for(kind: EntityKind, name: str) -> str:
    """The public id that a name would give an entity: 12 characters of lower-case base32."""
    digest = hashlib.sha256(f"{kind}:{plain(name) or name}".encode()).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:ID_CHARACTERS]


ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_DIGITS = "0123456789abcdefghijklmnopqrstuv"  # of Python, in base 32
_AS_DIGITS = str.maketrans(ID_LETTERS, _DIGITS)
_ID = re.compile(rf"[{ID_LETTERS}]{{{ID_CHARACTERS}}}")


def number_of_id(entity_id: str) -> int | None:
    """The number that an id writes down; None of what can be no id.

    >>> id_of_number(number_of_id("aaaaaaaaaab7"))
    'aaaaaaaaaab7'
    """
    return int(entity_id.translate(_AS_DIGITS), 32) if _ID.fullmatch(entity_id) else None


def id_of_number(number: int) -> str:
    """The id that writes a number down."""
    return "".join(ID_LETTERS[number >> 5 * at & 31] for at in range(ID_CHARACTERS - 1, -1, -1))


class CorpusName:
    """One name of one kind, wherever it is the fullest form of an article.

    Attributes:
        key: its plain spelling.
        spelling: its most usual one; a shouted one only when there is no other.
        articles: how many have it.
        nobodys: is it the surname of several, so that it means none of them?
    """

    __slots__ = (
        "_entity_id", "_short_forms", "articles", "key", "kind", "nobodys", "spelling",
    )  # fmt: skip

    def __init__(self, kind: EntityKind, key: str, spelling: str) -> None:
        self.kind = kind
        self.key = key
        self.articles = 0
        self.nobodys = False
        self.spelling = spelling
        self._short_forms: Counter[str] | None = None
        self._entity_id = ""

    @classmethod
    def counted(
        cls,
        kind: EntityKind,
        key: str,
        spelling: str,
        articles: int,
        short_forms: Counter[str] | None,
    ) -> CorpusName:
        """A name that is counted over all articles.

        Args:
            short_forms: see there; None where there are none.
        """
        name = cls(kind, key, spelling)
        name.articles, name._short_forms = articles, short_forms
        return name

    @property
    def short_forms(self) -> Counter[str]:
        """Plain spelling of a short form → articles where this name claimed it."""
        return _NONE if self._short_forms is None else self._short_forms

    @property
    def entity_id(self) -> str:
        """The id that this name would give an entity; asked for several times a rebuild."""
        if not self._entity_id:
            self._entity_id = entity_id_for(self.kind, self.key)
        return self._entity_id

    def take_id(self, entity_id: str) -> None:
        """Takes the id over from where it was asked for before."""
        self._entity_id = entity_id

    @property
    def is_in_full(self) -> bool:
        """Is it more than a surname? Biden-Harris and Ben-Gurion are not."""
        return " " in self.spelling


_NONE: Counter[str] = Counter()


class CorpusNames:
    """Every name, numbered in the order of first sight.

    Args:
        names: those counted already, in this order.
    """

    def __init__(self, names: Iterable[CorpusName] = ()) -> None:
        self.names = list(names)
        self._numbers: dict[EntityKind, dict[str, int]] = {kind: {} for kind in EntityKind}
        for number, name in enumerate(self.names):
            self._numbers[name.kind][name.key] = number

    def number(self, kind: EntityKind, name: str) -> int | None:
        """The number of a name of this kind; None when it has none."""
        return self._numbers[kind].get(plain(name) or name)

    def add(self, kind: EntityKind, key: str, spelling: str) -> int:
        """The number of a name; a new one when no article has it, for a decision that needs one."""
        number = self._numbers[kind].setdefault(key, len(self.names))
        if number == len(self.names):
            self.names.append(CorpusName(kind, key, spelling))
        return number
