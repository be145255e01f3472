"""Own surnames: what do the full names of an article that is not English tell of its other names?

A lone surname that a model takes for a place or a body is the person's. In Russian and Ukrainian a
word that opens a sentence is no given name of hers (*Листа Прокопенка*), and before a given name
with a patronymic stands the surname, as officials write it (*Гиркин Игорь Всеволодович*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities.names.person_names import is_patronymic, is_slavic_surname
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.given_names import is_given_name
from indexer.entities.tagging.foreign.listed import bases_in
from indexer.entities.tagging.foreign.listed_places import is_sure_place
from indexer.entities.tagging.foreign.words import SLAVIC
from indexer.entities.types import EntityKind, Mention

_SHORTEST = 4  # letters of a surname
_BEFORE = re.compile(r"(?<![\w.])([А-ЯЁІЇЄҐ][а-яёіїєґ’'\-]+) \Z")
_WINDOW = 40  # characters before a name in which its surname stands


def with_own_surnames(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions of a text, corrected by its own full names."""
    whole = list(_with_surnames_first(text, mentions))
    owners: dict[str, set[str]] = {}
    for one in whole:
        if one.kind is EntityKind.PERSON and " " in one.text:
            given, _, last = one.text.rpartition(" ")
            for base in bases_in(last, language) if len(last) >= _SHORTEST else ():
                owners.setdefault(base, set()).add(given)
    return [_corrected(one, owners, language) for one in whole] if owners else whole


def _corrected(mention: Mention, owners: dict[str, set[str]], language: str) -> Mention:
    given, _, last = mention.text.rpartition(" ")
    borne = {one for base in bases_in(last, language) for one in owners.get(base, ())}
    if not borne:
        return mention
    if mention.kind is not EntityKind.PERSON:
        sure = is_sure_place(mention.text, language)
        return mention if given or sure else replace(mention, kind=EntityKind.PERSON)
    is_name = not given or " " in given or is_given_name(given) or len(given) < _SHORTEST
    if language not in SLAVIC or is_name or not any(map(is_given_name, borne - {given})):
        return mention
    return replace(mention, start=mention.end - len(last), text=last)


def _with_surnames_first(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    end = 0
    for one in mentions:
        words = one.text.split()
        if (
            one.kind is EntityKind.PERSON
            and len(words) == 2
            and is_patronymic(plain(words[1]))
            and is_given_name(words[0])
        ):
            before = _BEFORE.search(text, max(end, one.start - _WINDOW), one.start)
            if before is not None and is_slavic_surname(plain(before[1])):
                start = before.start(1)
                yield replace(one, start=start, text=text[start : one.end])
                end = one.end
                continue
        yield one
        end = one.end
