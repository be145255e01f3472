"""Run together: which names of persons go on with a place that stands behind them, as where Turkish
puts whom and where side by side ("Yoav Gallant Metula'yı gezdi")?

A name is parted where a collection names somebody by its first words and a place by the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.entities.names.spelling import plain
from indexer.entities.recognition import Named, Recognition
from indexer.entities.types import EntityKind

_FEWEST = 2  # words of a full name


class RunTogether:
    """Parts the names of persons that run into places.

    Args:
        persons, places: names that a collection has.
    """

    def __init__(self, persons: Iterable[str], places: Iterable[str]) -> None:
        self._persons = {plain(name): name for name in persons if " " in name}
        self._places = {plain(name) for name in places}

    def person(self, name: str) -> str:
        """The person by whose full name one begins that goes on with a place; else nothing."""
        words = plain(name).split()
        for size in range(_FEWEST, len(words)):
            if " ".join(words[size:]) in self._places:
                found = self._persons.get(" ".join(words[:size]))
                if found is not None:
                    return found
        return ""

    def parted_in(self, recognition: Recognition, text: str) -> Recognition:
        """The recognition, without the places in its names of persons."""
        found: list[Named] = []
        for start, end, number in recognition.spans:
            written = text[start:end]
            if recognition.names[number].kind is EntityKind.PERSON and written.count(" ") > 1:
                person = self.person(written)
                size = len(plain(person).split())
                if person:
                    whole = " ".join(written.split()[:size])
                    if text.startswith(whole, start):
                        found.append(Named(start, start + len(whole), person))
        return recognition.with_names(text, found, EntityKind.PERSON)
