"""Which names need no model? Full names that the lexicon lists, wherever they stand.

A model that saw `Israel` ten thousand times takes `Israel Katz` for a country and somebody. Names
of several words in `known.tsv`, and the names of countries, mean what they say.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.entities import lexicon
from indexer.entities.gazetteer import GazetteerTagger
from indexer.entities.types import EntityKind, Mention

_RULE = "known-name"
_CONFIDENCE = 0.95
_LATIN = re.compile(r"[A-Z][\x20-\u024f’]*\Z")
# Countries that are also given names or surnames: only the model can tell.
_DOUBTFUL = frozenset("Chad Georgia Jordan Israel Guinea America Kenya India Paris".split())


def with_certain_names(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with listed names in place of whatever overlaps them and is not larger."""
    listed = _certain().tag(text, language="en")
    if not listed:
        return mentions
    kept = list(mentions)
    for name in listed:
        overlapping = [one for one in kept if one.start < name.end and name.start < one.end]
        several = " " in name.text
        if any(_contains(one, name) and (one.text != name.text) for one in overlapping):
            continue
        if overlapping and not several and overlapping[0].kind is EntityKind.PERSON:
            continue
        honorific = next((one.honorific for one in overlapping if one.start == name.start), "")
        kept = [one for one in kept if one not in overlapping]
        kept.append(
            Mention(name.start, name.end, name.kind, name.text, _CONFIDENCE, _RULE, honorific)
        )
    return sorted(kept, key=lambda one: one.start)


def _contains(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@cache
def _certain() -> GazetteerTagger:
    names: dict[str, tuple[EntityKind, str]] = {}
    for sort, place in lexicon.places():
        if sort == "country" and place.label not in _DOUBTFUL:
            names[place.label] = (EntityKind.PLACE, place.label)
    for known in lexicon.known_names():
        for name in (known.label, *known.others):
            certain = " " in name or (known.kind is EntityKind.PLACE and name not in _DOUBTFUL)
            if certain and _LATIN.match(name):
                names[name] = (known.kind, known.label)
    return GazetteerTagger(names)
