"""Transliterations: which persons of the collection does a text in Cyrillic name? For names that no
list holds.

Only full names of persons whom the collection names in Latin letters are sought, so that nothing
unknown comes out. Case endings are undone word by word, and names are compared as romanizations are
when persons merge. A name that fits two persons is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.entities.names.cyrillic import nominatives
from indexer.entities.names.person_names import parts, same_given_name
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind

_NAME = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+(?: [А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+)+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ .'’\-]+")


class Named(NamedTuple):
    """A person named by `text[start:end]`: the one whom the collection calls `name`."""

    start: int
    end: int
    name: str


def may_name(text: str) -> bool:
    """Whether a text has anything that may be a full name in Cyrillic."""
    return _NAME.search(text) is not None


class Transliterations:
    """Finds persons by their full names in Cyrillic.

    Args:
        persons: (a full name, the id of the entity that it means).
    """

    def __init__(self, persons: Iterable[tuple[str, str]]) -> None:
        self._by_surname: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for name, entity_id in persons:
            found = parts(name)
            if len(found) > 1 and len(found[0]) > 1 and _LATIN.fullmatch(name):
                self._by_surname[found[-1]].append((found[0], name, entity_id))

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._by_surname)

    def named(self, text: str) -> Iterator[Named]:
        """The persons named in `text`, in order; never overlapping."""
        for run in _NAME.finditer(text):
            words = list(re.finditer(r"\S+", run.group()))
            at = 0
            while at < len(words) - 1:
                count, name = self._longest([word.group() for word in words[at:]])
                if count:
                    first, last = words[at].start(), words[at + count - 1].end()
                    yield Named(run.start() + first, run.start() + last, name)
                at += count or 1

    def added_to(self, recognition: Recognition, text: str) -> Recognition:
        """The recognition, with the persons named in `text` outside the names it has."""
        taken = {at for start, end, _ in recognition.spans for at in range(start, end)}
        found = [one for one in self.named(text) if taken.isdisjoint(range(one.start, one.end))]
        if not found:
            return recognition
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for one in found:
            forms[one.name][text[one.start : one.end]] += 1
        numbers = {name: len(recognition.names) + at for at, name in enumerate(forms)}
        names = (
            # The Latin name comes first, because the collection knows the person by it.
            ArticleName(EntityKind.PERSON, ((name, 0), *as_written.most_common()))
            for name, as_written in forms.items()
        )
        spans = ((one.start, one.end, numbers[one.name]) for one in found)
        return Recognition(
            (*recognition.names, *names), tuple(sorted((*recognition.spans, *spans)))
        )

    def _longest(self, words: list[str]) -> tuple[int, str]:
        """How many of the words, from the first on, name whom; a patronymic may stand between."""
        for count in (3, 2):
            if count <= len(words):
                name = self._person(words[0], words[count - 1])
                if name:
                    return count, name
        return 0, ""

    def _person(self, given: str, surname: str) -> str:
        fitting: dict[str, str] = {}
        for last in nominatives(surname):
            for first, name, entity_id in self._by_surname.get(last, ()):
                if any(same_given_name(first, one) for one in nominatives(given)):
                    fitting.setdefault(entity_id, name)
        return next(iter(fitting.values())) if len(fitting) == 1 else ""
