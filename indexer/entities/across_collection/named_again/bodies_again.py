"""Bodies again: which bodies that other articles name does a text name as well, in its language?

What the words of a name say is compared, whatever the language (`names.body_words`): *Armée
nationale libyenne* is the Libyan National Army of another article, found by a tagger or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from indexer.entities.across_collection.named_again.answers import keep
from indexer.entities.across_collection.named_again.places_again import LANGUAGES
from indexer.entities.across_collection.named_again.towns_named import (
    LANGUAGES as WITHOUT_CAPITALS,
)
from indexer.entities.names.body_words import Said, is_english, said_by
from indexer.entities.names.cyrillic import place_bases
from indexer.entities.names.known import known_label
from indexer.entities.names.romanization.spelled import spell, without_article
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.recognition import Named, Recognition
from indexer.entities.tagging.foreign.bodies import named_by_words, named_units
from indexer.entities.types import EntityKind

_SHORTEST = 5  # letters of a name that is compared as others spell it
_LANGUAGES = LANGUAGES | WITHOUT_CAPITALS


class BodiesAgain:
    """Finds the bodies that a collection names in texts that are not English.

    Args:
        bodies: their names, the most usual first.
    """

    def __init__(self, bodies: Iterable[str]) -> None:
        bodies = list(bodies)
        self._called: dict[Said, str] = {}
        others: dict[Said, str] = {}
        for name in bodies:
            key = plain(name)
            said = said_by(key)
            if said is not None:  # an English text is not read again: its name stays
                (self._called if is_english(key) else others).setdefault(said, name)
        for said, name in others.items():
            self._called.setdefault(said, name)
        self._met: dict[tuple[str, str], str] = {}
        self._units: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in bodies:
            for start, end, sort, own in named_units(name):
                if (start, end) == (0, len(name)):
                    self._units[sort].append((own, name))

    @property
    def finds(self) -> bool:
        """Whether there is any to find."""
        return bool(self._called) or bool(self._units)

    def added_to(self, recognition: Recognition, text: str, language: str) -> Recognition:
        """The recognition, with the bodies named in `text`, by the names that others have."""
        if language not in _LANGUAGES or not self.finds:
            return recognition
        again = self._found_before(recognition)
        taken = {at for one in again for at in range(one.start, one.end)}
        found: list[Named] = []
        end = 0
        for start, last, said in named_by_words(text):
            name = self._called.get(said)
            if start >= end and name is not None and taken.isdisjoint(range(start, last)):
                found.append(Named(start, last, name))
                end = last
        taken.update(at for one in found for at in range(one.start, one.end))
        for start, last, sort, own in named_units(text) if self._units else ():
            name = self._unit(sort, own)
            if name and taken.isdisjoint(range(start, last)):
                found.append(Named(start, last, name))
                taken.update(range(start, last))
        found = recognition.room_for(found, EntityKind.ORG)
        return recognition.with_names(text, sorted((*again, *found)), EntityKind.ORG)

    def _unit(self, sort: str, own: str) -> str:
        """The unit of a sort that is called so, in any case and letters."""
        key = plain(own)
        known = self._met.get((sort, key))
        if known is not None:
            return known
        forms = {key, *place_bases(key)}
        found = next(
            (
                name
                for theirs, name in self._units.get(sort, ())
                if (other := plain(theirs)) in forms
                or (skeleton(other) == skeleton(key) and len(key) >= _SHORTEST)
                or any(
                    spell(without_article(one), without_article(other))
                    for one in forms
                    if not one.isascii()
                )
            ),
            "",
        )
        return keep(self._met, (sort, key), found)

    def _found_before(self, recognition: Recognition) -> list[Named]:
        """What the recognition has under another name."""
        called: dict[int, str] = {}
        for number, name in enumerate(recognition.names):
            if name.kind is EntityKind.ORG:
                key = plain(name.full)
                said = said_by(key)
                meant = self._called.get(said, "") if said is not None else ""
                if meant and meant != name.full and known_label(name.kind, key) is None:
                    called[number] = meant
        return [
            Named(start, end, called[number])
            for start, end, number in recognition.spans
            if number in called
        ]
