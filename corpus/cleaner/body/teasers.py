"""Teasers: which parts of a page only lead to other stories, or show other articles below?

Told by shape alone, before anything is weighed: like-built siblings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

from corpus.cleaner.body.furniture import rule_for
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, add_up, kind_of, unnumbered

_LINES = frozenset((RUN, "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr"))
_ARTICLE = re.compile(r"(?:^| )(?:[\w-]+-)?(?:article|story|post|entry|hentry)(?:-\d+)?(?= |$)")
_MAX_CARD_PROSE = 450
_MAX_LISTED_PROSE = 900  # where at least `_LONG_LIST` like siblings are cards
_LONG_LIST = 6
_MAX_CARD_RUNS = 12
_LEAST_CARDS = 3
_LEAST_ELSEWHERE = 150  # characters of prose outside the cards, without which they are the page
_LEAST_STORY = 200  # characters of prose below a headline, with which it is an article
_HEADED = 3  # runs of an article, among which its headline is


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
    for block in top.walk():
        if block.tag == RUN or len(block.children) < _LEAST_CARDS:
            continue
        groups: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
        for child in block.children:
            if child.tag not in _LINES and child.size and not child.dropped:
                groups[(child.tag, child.marks.partition(" ")[0])].append(child)
        for group in groups.values():
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


def _is_called_article(block: Block) -> bool:
    return block.tag == "article" or bool(_ARTICLE.search(block.marks))


def drop_other_articles(top: Block, *, title: str) -> None:
    """Drops what a page that never ends shows after its article: like-built siblings of it.

    Each of them has a headline of the same rank as the article's own.
    """
    folded = words_of(title)
    headline = next((run for run in top.runs() if words_of(run.text) == folded), None)
    rank = kind_of(headline) if headline is not None and folded else ""
    if headline is None or rank not in HEADINGS:
        return
    for block in headline.ancestors():
        parent = block.parent
        if parent is None or block.prose < _LEAST_STORY or not _is_called_article(block):
            continue
        name = unnumbered(block.marks)
        others = [
            sibling
            for sibling in parent.children
            if sibling is not block
            and sibling.tag == block.tag
            and unnumbered(sibling.marks) == name
            and any(kind_of(run) == rank for run in islice(sibling.runs(), _HEADED))
        ]
        if others:
            for other in others:
                other.dropped = "other_article"
            add_up(top)
            return
