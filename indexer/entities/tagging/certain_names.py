"""Certain names: which names need no model? Full names that the lexicon lists, wherever they stand.

A model that saw `Israel` ten thousand times takes `Israel Katz` for a country and somebody. Names
of several words in `known.tsv`, of countries, and of bodies like NATO mean what they say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache

from indexer.entities import lexicon
from indexer.entities.tagging.gazetteer import GazetteerTagger, with_small_article
from indexer.entities.tagging.namesakes import is_thing
from indexer.entities.types import EntityKind, Mention

_RULE = "known-name"
_CONFIDENCE = 0.95
_REACHES_OUT = re.compile(r" (?:for|in) ")  # the United Nations for Palestine refugees
_MONEY = re.compile(r" ?(?:[$€£]|dollars?\b)")
_LATIN = re.compile(r"[A-Za-z][\x20-\u024f’]*\Z")
# Countries that are also given names or surnames: only the model can tell.
_DOUBTFUL = frozenset("Chad Georgia Jordan Israel Guinea America Kenya India Paris".split())
# Short names of bodies that are also words, persons, peoples, roads or others' initials.
_DOUBTFUL_BODIES = frozenset("AP DW Houthi ICC JCS M23 RSF SDF WHO Wagner".split())


def with_certain_names(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with listed names in place of whatever overlaps them and is not larger."""
    starts = [one.start for one in mentions]
    dropped: set[int] = set()
    added: list[Mention] = []
    for name in _certain().tag(text, language="en"):
        if is_thing(text, name) or _MONEY.match(text, name.end):
            continue  # the aircraft carrier Harry S. Truman, US$ 15 million
        first = max(0, bisect_right(starts, name.start) - 1)
        last = bisect_left(starts, name.end)
        overlapping = [at for at in range(first, last) if mentions[at].end > name.start]
        if any(_stays(mentions[at], name) for at in overlapping):
            continue
        honorific = next(
            (mentions[at].honorific for at in overlapping if mentions[at].start == name.start), ""
        )
        dropped.update(overlapping)
        added.append(replace(name, confidence=_CONFIDENCE, rule=_RULE, honorific=honorific))
    kept = [one for at, one in enumerate(mentions) if at not in dropped]
    return sorted((*kept, *added), key=lambda one: one.start)


def _stays(mention: Mention, name: Mention) -> bool:
    """Is a mention larger than the listed name, a ship called after it, or a person called like
    a country?
    """
    larger = mention.text != name.text and _contains(mention, name)
    if larger and mention.start == name.start and name.kind is EntityKind.ORG:
        larger = _REACHES_OUT.match(mention.text, len(name.text)) is None
    if larger or (mention.text == name.text and mention.kind is EntityKind.EVENT):
        return True
    if " " in name.text or mention.kind is not EntityKind.PERSON:
        return False
    return name.kind is not EntityKind.ORG or mention.text != name.text


def _contains(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_certain(word: str, kind: EntityKind) -> bool:
    """Does a listed name of one word always mean what is listed?"""
    if kind is EntityKind.PLACE:
        return word not in _DOUBTFUL
    return kind is EntityKind.ORG and word not in _DOUBTFUL_BODIES


@cache
def _certain() -> GazetteerTagger:
    names: dict[str, tuple[EntityKind, str]] = {}
    for sort, place in lexicon.places():
        if sort == "country" and place.label not in _DOUBTFUL:
            names[place.label] = (EntityKind.PLACE, place.label)
    for known in lexicon.known_names():
        for name in with_small_article(known):
            if _LATIN.match(name) and (" " in name or _is_certain(name, known.kind)):
                names[name] = (known.kind, known.label)
    return GazetteerTagger(names)
