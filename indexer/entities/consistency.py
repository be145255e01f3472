"""Does an article agree with itself? What its clear mentions say about its doubtful ones.

A word that is the surname of a person named in full is that person wherever it is capitalized,
and one name has one kind in one article (one sense per discourse: Gale, Church and Yarowsky 1992).
A lone word that the article puts `in` or `near`, or calls a town, is a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from indexer.entities import lexicon
from indexer.entities.tokens import Token
from indexer.entities.types import EntityKind, Mention

_RULE = "same-name"
_SHORTEST_SURNAME = 3
_SURE = 0.6
_CUE_WINDOW = 30  # characters
_TOWN = re.compile(r"\b(?:city|towns?|villages?|settlement|district|kibbutz|camp) of (?:the )?$")
_LOCATION = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|around|outside|into|(?:city|towns?|villages?|settlement|district|kibbutz"
    r"|camp|capture|north|south|east|west|outskirts|residents) of|captured|seized|reached|entered)"
    r" (?:the )?$"
)
_A_TOWN = re.compile(
    r",? (?:is )?an? (?:[a-z-]+ ){0,2}(?:town|village|city|district|suburb|port)\b"
)
_LIST = re.compile(r",? (?:and )?")
_DOUBTFUL = 0.98
_COMMON_NOUN = re.compile(r"[A-Z][a-z]+-[a-z]+s")
_SPEAKS = re.compile(r",? (?:said|says|told|added|wrote|who)\b")
_VESSEL = re.compile(r"\b(?:USS|HMS|INS|carrier|frigate|destroyer|tanker|submarine) (?:the )?$")
_SHIP = re.compile(r"(?:USS|HMS|INS|MV) ")
# Days, months, and what stands before the credit of a picture.
_NO_NAMES = frozenset(
    """Image Photo Photograph Video File Map Source Credit Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday January February March April May June July August September October
    November December""".split()
)
_FACILITIES = frozenset("Airport Bridge Dam Highway Square Street Airfield Crossing".split())
# What ends in these is no person, and what ends in the latter is no body either.
_BODIES = frozenset(
    """Agency Association Commission Committee Company Corp Corporation Council Foundation Group Inc
    Institute Ltd Ministry Party University""".split()
)
_PRODUCTS = frozenset("Linux OS Windows Phone App".split())
_THE = re.compile(r"\b[Tt]he $")
_NOTHING_OWNED = re.compile(r"(?:['’]s)?(?:[.,;:!?)]| (?:and|or|is|was|are|in|as|that)\b|$)")


def agree(
    text: str, sentences: Sequence[Sequence[Token]], mentions: list[Mention]
) -> list[Mention]:
    """The mentions of an article, completed and corrected by each other.

    Args:
        sentences: the article's tokens.
        mentions: what a model found, in order.
    """
    surnames = _surnames(mentions)
    places = _places(text, mentions, surnames)
    things = _things(text, mentions, surnames)
    corrected = [
        _corrected(text, mention, surnames, places)
        if mention.text not in things
        else replace(mention, kind=EntityKind.EVENT, rule=_RULE)
        for mention in _one_kind(mentions)
        if mention.text not in _NO_NAMES and not _COMMON_NOUN.fullmatch(mention.text)
    ]
    added = _missed(text, sentences, corrected, surnames)
    return sorted((*corrected, *added), key=lambda mention: mention.start)


def _places(text: str, mentions: list[Mention], surnames: dict[str, float]) -> frozenset[str]:
    """Names tagged as persons that stand where places stand, and never where persons do."""
    cues: dict[str, bool] = {}
    for number, mention in enumerate(mentions):
        if mention.kind is EntityKind.PERSON and mention.text not in surnames:
            human = bool(mention.honorific) or _SPEAKS.match(text, mention.end) is not None
            here = _stands_as_place(text, mention) or _listed_with_place(text, mentions, number)
            cues[mention.text] = (cues.get(mention.text, False) or here) and not human
    return frozenset(name for name, place in cues.items() if place)


def _things(text: str, mentions: list[Mention], surnames: dict[str, float]) -> frozenset[str]:
    """Lone words tagged as persons that only ever stand like `the Sun`; but not the first word of
    `the Clinton campaign`.
    """
    alone: dict[str, bool] = {}
    for mention in mentions:
        if mention.kind is EntityKind.PERSON and " " not in mention.text:
            the = _THE.search(text, max(0, mention.start - _CUE_WINDOW), mention.start)
            thing = the is not None and _NOTHING_OWNED.match(text, mention.end) is not None
            alone[mention.text] = alone.get(mention.text, True) and thing
    return frozenset(name for name, thing in alone.items() if thing and name not in surnames)


def _stands_as_place(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    cue = _TOWN if " " in mention.text else _LOCATION
    return cue.search(before) is not None or _A_TOWN.match(text, mention.end) is not None


def _listed_with_place(text: str, mentions: list[Mention], number: int) -> bool:
    """Is a doubtful name one of a list, `A, B and C`, whose next item is a place?"""
    doubtful = mentions[number]
    if doubtful.confidence > _DOUBTFUL:
        return False
    pairs = [(number - 1, number)] if number else []
    pairs += [(number, number + 1)] if number + 1 < len(mentions) else []
    return any(
        _LIST.fullmatch(text, mentions[one].end, mentions[other].start) is not None
        and EntityKind.PLACE in (mentions[one].kind, mentions[other].kind)
        for one, other in pairs
    )


def _surnames(mentions: list[Mention]) -> dict[str, float]:
    """Last word of a person's full name → how sure the model was of that person."""
    known: dict[str, float] = {}
    for mention in mentions:
        words = mention.text.split()
        if mention.kind is EntityKind.PERSON and len(words) > 1 and mention.confidence >= _SURE:
            last = words[-1]
            if len(last) >= _SHORTEST_SURNAME and last[0].isupper() and last not in _no_surnames():
                known[last] = max(known.get(last, 0.0), mention.confidence)
    return known


@cache
def _no_surnames() -> frozenset[str]:
    """Words that name a people, a country, a body or a product even where a person is named so."""
    return (
        lexicon.peoples()
        | _BODIES
        | _PRODUCTS
        | frozenset(
            place.label for sort, place in lexicon.places() if sort in {"country", "continent"}
        )
    )


def _one_kind(mentions: list[Mention]) -> list[Mention]:
    """Gives each text that was found as several kinds the kind that the model was surest of."""
    weights: dict[str, dict[EntityKind, float]] = defaultdict(dict)
    for mention in mentions:
        kinds = weights[mention.text]
        kinds[mention.kind] = kinds.get(mention.kind, 0.0) + mention.confidence
    return [
        mention
        if len(weights[mention.text]) == 1
        else replace(mention, kind=_heaviest(weights[mention.text]))
        for mention in mentions
    ]


def _heaviest(weights: dict[EntityKind, float]) -> EntityKind:
    return max(weights, key=lambda kind: weights[kind])


def _corrected(
    text: str, mention: Mention, surnames: dict[str, float], places: frozenset[str]
) -> Mention:
    _, space, last = mention.text.rpartition(" ")
    if last in _PRODUCTS and mention.kind in {EntityKind.PERSON, EntityKind.ORG}:
        return replace(mention, kind=EntityKind.EVENT, rule=_RULE)
    if mention.kind is EntityKind.PERSON:
        if space and last in _BODIES:
            return replace(mention, kind=EntityKind.ORG, rule=_RULE)
        if mention.text in places:
            return replace(mention, kind=EntityKind.PLACE, rule=_RULE)
        if _VESSEL.search(text, max(0, mention.start - _CUE_WINDOW), mention.start):
            return replace(mention, kind=EntityKind.EVENT)
        return mention
    if _SHIP.match(mention.text):
        return replace(mention, kind=EntityKind.EVENT)
    if mention.kind is EntityKind.ORG and mention.text.rpartition(" ")[2] in _FACILITIES:
        return replace(mention, kind=EntityKind.PLACE)
    if mention.confidence < surnames.get(mention.text, 0.0):
        return replace(mention, kind=EntityKind.PERSON, rule=_RULE)
    return mention


def _missed(
    text: str,
    sentences: Sequence[Sequence[Token]],
    mentions: list[Mention],
    surnames: dict[str, float],
) -> list[Mention]:
    """Surnames that stand alone in no mention."""
    if not surnames:
        return []
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    return [
        Mention(start, end, EntityKind.PERSON, text[start:end], surnames[word], _RULE)
        for sentence in sentences
        for start, end, word in sentence
        if word in surnames and start not in covered
    ]
