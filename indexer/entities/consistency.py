"""Does an article agree with itself? What its clear mentions say about its doubtful ones.

A word that is the surname of a person named in full is that person wherever it is capitalized,
and one name has one kind in one article (one sense per discourse: Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

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


def agree(
    text: str, sentences: Sequence[Sequence[Token]], mentions: list[Mention]
) -> list[Mention]:
    """The mentions of an article, completed and corrected by each other.

    Args:
        sentences: the article's tokens.
        mentions: what a model found, in order.
    """
    surnames = _surnames(mentions)
    corrected = [_corrected(mention, surnames) for mention in _one_kind(mentions)]
    added = _missed(text, sentences, corrected, surnames)
    return sorted((*corrected, *added), key=lambda mention: mention.start)


def _surnames(mentions: list[Mention]) -> dict[str, float]:
    """Last word of a person's full name → how sure the model was of that person."""
    known: dict[str, float] = {}
    for mention in mentions:
        words = mention.text.split()
        if mention.kind is EntityKind.PERSON and len(words) > 1 and mention.confidence >= _SURE:
            last = words[-1]
            if len(last) >= _SHORTEST_SURNAME and last[0].isupper() and last not in _common():
                known[last] = max(known.get(last, 0.0), mention.confidence)
    return known


@cache
def _common() -> frozenset[str]:
    """Words that name a people or a country even where a person is named so."""
    return lexicon.peoples() | frozenset(
        place.label for sort, place in lexicon.places() if sort in {"country", "continent"}
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


def _corrected(mention: Mention, surnames: dict[str, float]) -> Mention:
    if (
        mention.kind is not EntityKind.PERSON
        and mention.text in surnames
        and mention.confidence < surnames[mention.text]
    ):
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
