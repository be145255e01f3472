"""Teasers: which parts of a page only lead to other stories?

Told by shape alone, before anything is weighed: like-built siblings.
"""

from __future__ import annotations

from collections import defaultdict

from corpus.cleaner.body.furniture import rule_for
from corpus.cleaner.tree.blocks import RUN, Block, add_up

_LINES = frozenset((RUN, "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr"))
_MAX_CARD_PROSE = 450
_MAX_LISTED_PROSE = 900  # where at least `_LONG_LIST` like siblings are cards
_LONG_LIST = 6
_MAX_CARD_RUNS = 12
_LEAST_CARDS = 3
_LEAST_ELSEWHERE = 150  # characters of prose outside the cards, without which they are the page


def drop_cards(top: Block) -> None:
    """Drops lists of teasers: like-built siblings, each a linked headline with little prose.

    The smallest list goes first; the last stays when nothing else would.
    """
    lists = sorted(_lists_of_cards(top), key=lambda cards: sum(card.prose for card in cards))
    left = _told(top, top) if lists else 0
    for cards in lists:
        prose = sum(card.prose for card in cards if not card.dropped)
        told = sum(_told(card, top) for card in cards)
        if left - told >= _LEAST_ELSEWHERE or not prose:
            for card in cards:
                card.dropped = card.dropped or "teasers"
            left -= told
    add_up(top)


def _lists_of_cards(top: Block) -> list[list[Block]]:
    found = []
    stack = [top]
    while stack:
        block = stack.pop()
        if block.dropped or not block.children:
            continue
        stack += block.children[::-1]
        if len(block.children) < _LEAST_CARDS:
            continue
        groups: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
        for child in block.children:
            if child.size and child.tag not in _LINES and not child.dropped:
                groups[(child.tag, child.marks.partition(" ")[0])].append(child)
        for group in groups.values():
            if len(group) < _LEAST_CARDS:
                continue
            most = _MAX_LISTED_PROSE if len(group) >= _LONG_LIST else _MAX_CARD_PROSE
            cards = [child for child in group if is_card(child, most)]
            if len(cards) >= _LEAST_CARDS and len(cards) >= 0.6 * len(group):
                found.append(group if len(cards) == len(group) else cards)
    return found


def _told(block: Block, top: Block) -> int:
    """The prose in and below a block that no furniture holds."""
    told = 0
    stack = [block]
    while stack:
        block = stack.pop()
        if block.dropped or not block.prose:
            continue
        if block.tag == RUN:
            told += block.prose
            continue
        rule = rule_for(block.tag, block.marks)
        if rule is None or block.prose > rule.share * top.prose:
            stack.extend(block.children)
    return told


def is_card(block: Block, most: int = _MAX_CARD_PROSE) -> bool:
    """Whether a block is a teaser: few lines, little prose, and a linked line above it."""
    if block.prose > most:
        return False
    headed = said = False
    for count, run in enumerate(block.runs(), 1):
        if count > _MAX_CARD_RUNS:
            return False
        said = said or run.prose > 0
        headed = headed or (not said and run.link_density > 0.8 and run.size >= 15)
    return headed
