"""Own words: what does an article itself say that a name is? Names spelled out before their
acronym, sites called by their domain, channels, groups whose fighters are spoken of, and what
stands in apposition (*a radio station, Dimtsi Weyane,*; *the Sounion, a Greek-flagged tanker*).

What the text says outranks every model and list: `Reporters Without Borders (RSF)` is no army, and
`Militants of Abu Sayyaf` have no man of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities.names.known import known_bearers, known_kind
from indexer.entities.names.spelling import initials, plain, skeleton
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

_RULE = "own-words"
_CONFIDENCE = 0.95
_CORRECTED = frozenset([EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE])
_LONGEST = 9  # words of a name that is spelled out before its acronym
_ACRONYM = re.compile(r" \(([A-Z]{2,8})\)")
_WORDS = re.compile(r"[\w’'&-]+")
_DOMAIN = re.compile(
    r"(?<![\w.@/-])[A-Z][\w-]{2,}\.(?:org|com|net|info|media|news|press|io|[a-z]{2})"
    r"(?![\w@/-]|\.\w)"
)
# Words of up to 60 letters: a text may have one of a million.
_NAME = r"(?<![\w’'-])[A-Z][\w’'-]{0,59}(?: [A-Z][\w’'-]{0,59}){0,3}"
_CHANNELS = (
    re.compile(rf"({_NAME}) Telegram channels?\b"),
    re.compile(rf"\bTelegram channels? (?:called )?[\"“«]?({_NAME})"),
    re.compile(rf"({_NAME})(?: ?,| [–—-]) (?:an?|the) (?:[\w-]{{1,30}} ){{0,4}}Telegram channel\b"),
)
_NO_CHANNEL = frozenset("A An The Its His Her Their Our My This That Russian Ukrainian".split())
_OF_FIGHTERS = re.compile(
    r"\b(?:[Mm]ilitants|[Ff]ighters|[Rr]ebels|[Gg]unmen|[Ii]nsurgents|[Jj]ihadists)"
    r" (?:of|from) (?:the )?\Z"
)
_FIGHTERS = re.compile(r"['’]?s? (?:fighters|militants|rebels|gunmen|insurgents|jihadists)\b")
# What armed groups are called in Arabic, Persian and Urdu: army, front, helpers, brigade, party.
_GROUP_WORDS = frozenset(
    """ahrar ansar asaib faylaq harakat hizb jabhat jaish jamaat jaysh jund katibat kataib lashkar
    liwa saraya sipah suqour suqur tehrik""".split()
)
_WINDOW = 40
_APPOSITION = 80

# Nouns in apposition, by what they say that a name is. A vessel or a weapon is none of the kinds.
_VESSEL = (
    "(?:ship|vessel|warship|flagship|tanker|freighter|frigate|destroyer|cruiser|corvette|submarine"
    "|boat|minesweeper|trawler|ferry|yacht|carrier)"
)
_PLACE = (
    "(?:town|township|village|hamlet|city|suburb|neighbou?rhood|settlement|district|region|province"
    "|kibbutz|moshav|island|peninsula|reservoir|river|lake|mountain|valley|oasis|port|airport"
    "|airfield|airbase|air base)"
)
_BODY = (
    "(?:radio station|television station|broadcaster|newspaper|daily|weekly|news site|news outlet"
    "|(?:television|TV|news) channel"
    "|magazine|news agency|news website|company|firm|airline|bank|charity|nonprofit|watchdog"
    "|organi[sz]ation|militia|think tank|university|political party"
    "|(?:rebel|armed|rights|aid|advocacy) group)"
)
_NOUNS = ((EntityKind.EVENT, _VESSEL), (EntityKind.PLACE, _PLACE), (EntityKind.ORG, _BODY))
_ATTRIBUTE = r"(?!(?:an?|and|at|by|for|from|in|of|on|the|who|with)\b)[\w-]+"
_BEFORE = tuple(
    (kind, re.compile(rf"(?:\A|[\s(“\"])(?:[Aa]n?|[Aa]nother) (?:[a-z-]+ ){{0,3}}{noun} ?, \Z"))
    for kind, noun in _NOUNS
)
_BEHIND = tuple(
    (
        kind,
        re.compile(
            rf" ?, (?:which is )?an? (?:{_ATTRIBUTE} ){{0,4}}{noun}"
            r"(?= ?[,.;)]| (?:in|of|near|on|for|from|with|that|which|carrying|belonging|based)\b)"
        ),
    )
    for kind, noun in _NOUNS
)
_VESSEL_BEFORE = re.compile(
    rf"(?:\b[Tt]he|\b[Aa]n?|\b[Ii]ts|\b[Tt]heir|['’]s) (?:[\w-]+ ){{0,3}}{_VESSEL}"
    r" (?:called |named )?\Z"
)
_ABOARD = re.compile(r"\b[Tt]he \Z")
_ENDS = re.compile(r" ?[,.;:)\n]|\Z")
# Whose arms they are, a possessive or an adjective says; before them stands what they are called.
_ARMS = re.compile(
    r" (?:(?:anti-\w+|air-to-\w+|surface-to-\w+|cruise|ballistic|guided|rocket|attack|combat"
    r"|suicide|kamikaze|battle|multiple|long-range|short-range) ){0,2}"
    r"(?:missiles?|rockets?|drones?|howitzers?|tanks?|torpedo(?:e?s)?|launchers?|warplanes?"
    r"|fighter jets?|helicopters?|munitions?|rifles?)\b"
)
# Of these no article has to say what they are.
_WEAPONS = frozenset(
    """ATACMS ATGM Buk Geran-2 Grad HIMARS IRIS-T Iskander Iskander-M Kalashnikov Kalibr Kinzhal
    MANPADS MLRS NASAMS NLAW Oreshnik S-300 S-400 Shahed Shahed-131 Shahed-136 Stinger THAAD
    Tochka-U""".split()
)


def with_own_words(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with what the article says of itself in place of what overlaps it."""
    channels = list(_channels(text))
    found = [
        *(one for one in _spelled_out(text) if not any(_is_longer(body, one) for body in mentions)),
        *_sites(text),
        *channels,
    ]
    if found:
        covered = {at for one in found for at in range(one.start, one.end)}
        mentions = [one for one in mentions if covered.isdisjoint(range(one.start, one.end))]
    groups = {one.text for one in mentions if _is_group(text, one)}
    called = _called(text, mentions) | {one.text: EntityKind.ORG for one in channels}
    kept = [
        replace(one, kind=EntityKind.ORG, rule=_RULE)
        if one.text in groups and one.kind is EntityKind.PERSON
        else replace(one, kind=called[one.text], rule=_RULE)
        if one.text in called and one.kind in _CORRECTED
        else one
        for one in mentions
    ]
    return sorted((*kept, *_apart(found)), key=lambda one: one.start)


def _called(text: str, mentions: Sequence[Mention]) -> dict[str, EntityKind]:
    """Name → what stands in apposition to it, or behind it, says that it is."""
    called: dict[str, EntityKind] = {}
    for one in mentions:
        if one.kind in _CORRECTED and one.text not in called:
            kind = _in_apposition(text, one)
            if kind is not None and kind is not one.kind and not _is_somebody(one):
                called[one.text] = kind
    return called


def _in_apposition(text: str, mention: Mention) -> EntityKind | None:
    before = text[max(0, mention.start - _APPOSITION) : mention.start]
    is_weapon = mention.kind is EntityKind.ORG and mention.text in _WEAPONS
    if is_weapon or _VESSEL_BEFORE.search(before):
        return EntityKind.EVENT
    if mention.kind is EntityKind.PLACE:
        is_vessel = _ABOARD.search(before) and _BEHIND[0][1].match(text, mention.end)
        return EntityKind.EVENT if is_vessel else None
    if mention.kind is EntityKind.PERSON and _ARMS.match(text, mention.end):
        return EntityKind.EVENT
    before = before if _ENDS.match(text, mention.end) else ""
    for (kind, behind), (_, opening) in zip(_BEHIND, _BEFORE, strict=True):
        if behind.match(text, mention.end) or opening.search(before):
            return kind
    return None


def _is_somebody(mention: Mention) -> bool:
    """Is it a person in full, or one or a body that lists know?"""
    if mention.kind is not EntityKind.PERSON:
        return known_kind(plain(mention.text)) is not None
    words = mention.text.lower().split()
    return bool(
        mention.honorific
        or (len(words) > 1 and words[0] in shipped_lists().given)
        or known_bearers(skeleton(words[-1]))
    )


def _is_longer(body: Mention, found: Mention) -> bool:
    """Is it a body whose name ends like one found and begins before it (Japan SDF)?"""
    return body.kind is EntityKind.ORG and body.start < found.start and body.end == found.end


def _apart(found: Sequence[Mention]) -> Iterator[Mention]:
    end = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _body(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, _RULE)


def _spelled_out(text: str) -> Iterator[Mention]:
    """Names whose initials stand behind them in brackets, and these."""
    for acronym in _ACRONYM.finditer(text):
        before = text[max(0, acronym.start() - 120) : acronym.start()]
        offset = acronym.start() - len(before)
        line = max(before.rfind(mark) for mark in "\n.;:()") + 1
        words = list(_WORDS.finditer(before, line))[-_LONGEST:]
        for first in range(len(words) - 1, -1, -1):
            start = words[first].start()
            name = before[start:]
            if len(words) - first < 2 or not name[0].isupper():
                continue
            if initials(name) == acronym.group(1).lower():
                yield _body(text, offset + start, acronym.start())
                yield _body(text, acronym.start(1), acronym.end(1))
                break


def _sites(text: str) -> Iterator[Mention]:
    for site in _DOMAIN.finditer(text):
        yield _body(text, site.start(), site.end())


def _channels(text: str) -> Iterator[Mention]:
    for pattern in _CHANNELS:
        for channel in pattern.finditer(text):
            first, _, rest = channel.group(1).partition(" ")
            no_name = first in _NO_CHANNEL
            start = channel.start(1) + (len(first) + 1 if no_name else 0)
            if rest or not no_name:
                yield _body(text, start, channel.end(1))


def _is_group(text: str, mention: Mention) -> bool:
    """Is it spoken of as a group that people fight for, and nobody's surname?"""
    if mention.kind is not EntityKind.PERSON or mention.honorific:
        return False
    words = plain(mention.text).split()
    if words and words[0] in _GROUP_WORDS and len(words) > 1:
        return True
    if known_bearers(skeleton(words[-1] if words else "")):
        return False
    before = text[max(0, mention.start - _WINDOW) : mention.start]
    return _OF_FIGHTERS.search(before) is not None or (
        _FIGHTERS.match(text, mention.end) is not None
    )
