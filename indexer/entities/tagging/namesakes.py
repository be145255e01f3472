"""Namesakes: which names of persons name something else here? Ships, storms and scales called after
people, and lone words that only ever stand like `the Sun`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.entities.types import EntityKind, Mention

_WINDOW = 30  # characters
_SHIPS = (
    r"(?:aircraft |bulk )carriers?|frigates?|destroyers?|cruisers?|tankers?|submarines?|warships?"
    r"|(?:cargo |container |hospital )ships?|freighters?|trawlers?"
)
_CALLED = r"USS|USNS|HMS|INS|MV|M/V|MT|Hurricane|Typhoon|Cyclone|(?:Tropical )?Storm"
_BEFORE_A_THING = re.compile(rf"\b(?:{_CALLED}|{_SHIPS}) (?:the )?$")
_CARRIER = re.compile(r"\bcarriers? (?:the )?$")  # before a body it is an airline
# Of two words, or one that goes on: sailors of the Galaxy Leader, but not of the Royal Navy.
_OF_A_SHIP = re.compile(r"\b(?:sailors|crew|crewmen|hijackers|hijacking|sinking) of the $")
_MORE = re.compile(r" [A-Z][a-z]+\b")
_A_SHIP = re.compile(rf", an? (?:[\w.-]+ ){{0,3}}(?:{_SHIPS})\b")
_CALLED_THING = re.compile(rf"(?:{_CALLED}) (?!Cent|Hunter|Commission)[A-Z]")
_SCALES = r" (?:[a-z]+ )?(?:scale|index|test|effect|theorem|disease|syndrome)\b"
_SCALE = re.compile(rf"[-–][A-Z]\w+{_SCALES}")
_SCALE_AFTER = re.compile(_SCALES)
_PAIRED = re.compile(r"[A-Z]\w+[-–]$")
_THE = re.compile(r"\b[Tt]he $")
_NOTHING_OWNED = re.compile(r"(?:['’]s)?(?:[.,;:!?)]| (?:and|or|is|was|are|in|as|that)\b|$)")


def is_thing(text: str, mention: Mention) -> bool:
    """Does a name stand as that of a ship, a storm or a scale?"""
    if mention.kind not in {EntityKind.PERSON, EntityKind.ORG}:
        return False
    start, end = mention.start, mention.end
    before = text[max(0, start - _WINDOW) : start]
    if mention.kind is EntityKind.PERSON and _CARRIER.search(before):
        return True
    if _CALLED_THING.match(mention.text) or _BEFORE_A_THING.search(before):
        return True
    if _OF_A_SHIP.search(before) and _is_of_two_words(text, mention):
        return True
    if _A_SHIP.match(text, end) or _SCALE.match(text, end):
        return True
    return _PAIRED.search(before) is not None and _SCALE_AFTER.match(text, end) is not None


def _is_of_two_words(text: str, mention: Mention) -> bool:
    """Is it two words, or one that another goes on with, and nothing that has sailors itself?"""
    behind = _MORE.match(text, mention.end)
    name = mention.text + (behind.group() if behind else "")
    return " " in name and name.rpartition(" ")[2] not in _WITH_SAILORS


_WITH_SAILORS = frozenset(
    """Navy Fleet Guard Force Forces Army Marines Corps Republic Company Line Lines Airlines
    Flotilla Squadron Group States Kingdom Union Shipping""".split()
)


def called_after_persons(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """The names that are a thing's in all of the article: somewhere one, and nowhere somebody
    with a title.
    """
    votes: Counter[str] = Counter()
    for mention in mentions:
        if is_thing(text, mention):
            votes[mention.text] += 1
            if _CALLED_THING.match(mention.text):
                votes[mention.text.rpartition(" ")[2]] += 1
        elif mention.honorific:
            votes[mention.text] -= len(mentions)
    return frozenset(name for name, count in votes.items() if count > 0)


def only_with_article(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Lone words tagged as persons that only ever stand like `the Sun`; but not the first word of
    `the Clinton campaign`.
    """
    alone: dict[str, bool] = {}
    for mention in mentions:
        if mention.kind is EntityKind.PERSON and " " not in mention.text:
            the = _THE.search(text, max(0, mention.start - _WINDOW), mention.start)
            thing = the is not None and _NOTHING_OWNED.match(text, mention.end) is not None
            alone[mention.text] = alone.get(mention.text, True) and thing
    return frozenset(name for name, thing in alone.items() if thing)
