"""Namesakes: which names name something else here than a model took them for? Ships, storms and
scales called after people, and lone words that only ever stand like `the Sun`; rivers and people,
by what only they do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities.tagging.word_lists import is_ordinary
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


# What only a river or a sea has or does, beside its name with an article.
_OF_WATER = re.compile(
    r"(?:\b(?:[Bb]anks?|mouth|[Ss]hores?|headwaters|estuary|confluence|tributar(?:y|ies)|delta"
    r"|waters) of"
    r"|\b[Bb]ridges? (?:over|across)|\b(?:flow|empt|drain)(?:s|ed|ing|ies|ied)? into"
    r"|\b(?:floated|drifted|swept|sailed|rafted) (?:down|up|across)) [Tt]he "
    r"(?P<name>[A-Z][a-z]{2,})(?![\w-]| [A-Z])"
)
_DOES_AS_WATER = re.compile(
    r"\b[Tt]he (?P<name>[A-Z][a-z]{2,})"
    r",?(?: which| that)? (?:flow(?:s|ed|ing)?\b|(?:has |had )?burst its banks|overflowed its"
    r"|froze (?:over|in|solid)|(?:has |had )?flooded (?:fields|villages|homes|farm)"
    r"|carri(?:es|ed) [^.;]{1,40}\b(?:downstream|upstream|out to sea)\b|empties into)"
)
_WATERS = 0.85  # how sure they are
_NAMED_AFTER = re.compile(r"\b(?:re)?(?:named|christened) (?:after|for|in hono(?:u)?r of) \Z")
_OFFICE = re.compile(
    r"(?:, [^,.;]{1,40},)? (?:becomes|became|(?:was|is|has been|will be) (?:re-?)?(?:elected"
    r"|appointed|chosen|named|sworn in))(?: as)? (?:[a-z]+ ){0,3}(?:president|premier|speaker"
    r"|chair(?:man|woman)|governor|mayor|spokes(?:man|woman)|minister)\b"
)
_FULL_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_UNSURE = 0.75  # below, a model may be wrong of somebody
_SHORT = 3  # letters of a surname that is a word as well (Saw, Win)


def told(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and rivers that no model found; rivers and persons told by what is said of
    them.
    """
    waters = {
        found["name"]
        for pattern in (_OF_WATER, _DOES_AS_WATER)
        for found in pattern.finditer(text)
        if not is_ordinary(found["name"].lower())
    }
    kinds = [_told(text, one, waters) for one in mentions]
    missed = _missed(text, kinds, waters) if waters else ()
    return sorted((*kinds, *missed), key=lambda one: one.start)


def _told(text: str, mention: Mention, waters: set[str]) -> Mention:
    if mention.text in waters and mention.kind is not EntityKind.NORP:
        sure = max(mention.confidence, _WATERS)
        return replace(mention, kind=EntityKind.PLACE, confidence=sure, rule=_RULE)
    is_unsure = mention.confidence < _UNSURE and mention.kind in _DOUBTED
    if is_unsure and _is_somebody(text, mention):
        return replace(mention, kind=EntityKind.PERSON, rule=_RULE)
    return mention


_RULE = "told"
_DOUBTED = frozenset([EntityKind.PLACE, EntityKind.ORG])


def _is_somebody(text: str, mention: Mention) -> bool:
    """Is it a name of several words, after which something is named, or who takes an office?"""
    if _FULL_NAME.fullmatch(mention.text) is None:
        return False
    first, *others = mention.text.lower().split()
    if is_ordinary(first) or any(map(is_ordinary, (one for one in others if len(one) > _SHORT))):
        return False
    before = text[max(0, mention.start - _WINDOW) : mention.start]
    return _NAMED_AFTER.search(before) is not None or _OFFICE.match(text, mention.end) is not None


def _missed(text: str, mentions: Sequence[Mention], waters: set[str]) -> Iterator[Mention]:
    """Where waters are named, with an article, in no mention."""
    taken = {at for one in mentions for at in range(one.start, one.end)}
    names = "|".join(sorted(map(re.escape, waters)))
    for found in re.finditer(rf"\b[Tt]he ({names})(?![\w-]| [A-Z])", text):
        start, end = found.span(1)
        if taken.isdisjoint(range(start, end)):
            yield Mention(start, end, EntityKind.PLACE, found[1], _WATERS, _RULE)
