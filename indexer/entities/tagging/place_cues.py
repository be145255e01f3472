"""Which names stand where only places stand?

A lone word that the article puts `in` or `near`, calls a town, lists with places or says to lie in
one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from indexer.entities.names.known import known_bearers, known_kind
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.types import EntityKind, Mention

_CUE_WINDOW = 30  # characters
_TOWN = re.compile(r"\b(?:city|towns?|villages?|settlement|district|kibbutz|camp) of (?:the )?$")
_LOCATION = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|around|outside|into|(?:city|towns?|villages?|settlement|district|kibbutz"
    r"|camp|capture|north|south|east|west|outskirts|residents) of|captured|seized|reached|entered"
    r"|County)"
    r" (?:the )?$"
)
_A_TOWN = re.compile(
    r",? (?:is )?an? (?:[a-z-]+ ){0,2}(?:town|village|city|district|suburb|port|island)\b"
    r"| (?:island|township|village|peninsula)\b"
)
_IN = re.compile(r",? (?:also )?in (?:the )?(?:[a-z]+ (?:of )?)?")
_TAKEN = re.compile(r"\b(?:capture|fall|outskirts|residents|towns?|villages?|city) of $")
_LIST = re.compile(r",? (?:and )?")
_DOUBTFUL = 0.98
_SPEAKS = re.compile(r",? (?:said|says|told|added|wrote|who)\b")


def standing_as_places(
    text: str, mentions: Sequence[Mention], surnames: Container[str]
) -> frozenset[str]:
    """Names tagged as persons or bodies that stand where places stand, and never where persons
    do.

    Args:
        surnames: of persons whom the article names in full; these are no places.
    """
    cued: set[str] = set()
    human: set[str] = set()
    for number, mention in enumerate(mentions):
        if mention.text in surnames:
            continue
        if mention.kind is EntityKind.PERSON:
            if mention.honorific or _SPEAKS.match(text, mention.end):
                human.add(mention.text)
            elif (
                _stands_as_place(text, mention)
                or _listed_with_place(text, mentions, number)
                or _lies_in(text, mentions, number)
            ):
                cued.add(mention.text)
        elif mention.kind is EntityKind.ORG and _is_taken(text, mention):
            cued.add(mention.text)
        elif mention.kind is EntityKind.PLACE and _is_called_town(text, mention):
            cued.add(mention.text)  # and where the model takes it for a person
    return frozenset(cued - human)


def _stands_as_place(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    lone = " " not in mention.text and _LOCATION.search(before) is not None
    return lone or _is_called_town(text, mention)


def _is_called_town(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return _TOWN.search(before) is not None or _A_TOWN.match(text, mention.end) is not None


def _lies_in(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Is it a lone word as in `Ramree in Rakhine State`, and nobody's whom one knows?"""
    mention = mentions[number]
    return (
        number + 1 < len(mentions)
        and mentions[number + 1].kind is EntityKind.PLACE
        and " " not in mention.text
        and _IN.fullmatch(text, mention.end, mentions[number + 1].start) is not None
        and not known_bearers(skeleton(mention.text))
    )


def _is_taken(text: str, mention: Mention) -> bool:
    """Is it a lone word as in `the capture of Minova`, and no body that one knows?"""
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return (
        mention.text.isalpha()
        and not mention.text.isupper()
        and _TAKEN.search(before) is not None
        and known_kind(plain(mention.text)) is None
    )


def _listed_with_place(text: str, mentions: Sequence[Mention], number: int) -> bool:
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
