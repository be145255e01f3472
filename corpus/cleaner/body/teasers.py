"""Teasers: which parts of a page only lead to other stories, or show other articles below?

Told by shape alone, before anything is weighed: like-built siblings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

from corpus.cleaner.body.furniture import rule_for
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import RUN, Block, add_up, kind_of

_LINES = frozenset((RUN, "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr"))
_ARTICLE = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:h?entry|(?:news|blog)?(?:article|story|post)|news|news-item|artikel|"
    r"beitrag|meldung|nachricht|art[ií]culo|articolo|artigo|artyku[lł]|noticia|notizia|nota|materia|"
    r"publication|statya|stattya|haber|makale)"
    r"(?:-(?:item|block|body|wrap|wrapper|container|page|section|card|\d+))*-?(?= |$)"
)
_TELLS_WHICH = re.compile(
    r"data-(?:(?:article|story|post|news|content|page|history|next|node|entry|item)-?)?"
    r"(?:url|uri|href|permalink|slug|path|(?:article|story|post|news|content|entry)-?id)"
)
"""Attributes with which endless pages say whose address the reader's browser is to show."""
_ADDED = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:infinite(?:-?scroll)?|jscroll|auto-?load(?:ed|er)?|load(?:ed)?-more|"
    r"endless|ajax-load|next-?(?:post|article|story|page)s?|nachgeladen|siguiente|suivant)"
    r"(?:-\w+)*(?= |$)"
)
"""What endless pages call that into which they load."""
_MAX_CARD_PROSE = 450
_MAX_LISTED_PROSE = 900  # where at least `_LONG_LIST` like siblings are cards
_LONG_LIST = 6
_MAX_CARD_RUNS = 12
_LEAST_CARDS = 3
_LEAST_ELSEWHERE = 150  # characters of prose outside the cards, without which they are the page
_LEAST_STORY = 200  # characters of prose below a headline, with which it is an article
_HEADED = 5  # runs of an article, among which its headline is
_RANKS = ("h1", "h2")  # of a page's headline
_LINKED = 0.8  # of a headline: one that leads to the story is not above it
_MOST_SHOWN = 20  # times that a page shows its headline
_MOST_OTHERS = 200  # headings of the headline's rank that are looked at
_PAGES = frozenset(("html", "body", "main"))  # and not one article of several
_SHARED = 0.5  # of the headline's words


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
    return (
        block.tag == "article"
        or bool(_ARTICLE.search(block.marks))
        or block.attributes.get("itemtype", "").rstrip("/").endswith(("Article", "BlogPosting"))
        or any(map(_TELLS_WHICH.fullmatch, block.attributes))
    )


def drop_other_articles(top: Block, *, title: str) -> None:
    """Drops what a page that never ends shows after its article: other articles.

    Each of them has a headline of the same rank as the article's own, wherever it hangs, and both
    stand in blocks that the page calls articles.
    """
    headlines = _headlines(top, words_of(title))
    if not headlines:
        return
    around = {id(block) for run in headlines for block in run.ancestors()}
    told = ((run, next(filter(_is_story, run.ancestors()), None)) for run in headlines)
    headline, story = max(told, key=lambda pair: pair[1].prose if pair[1] is not None else 0)
    rank = kind_of(headline)
    runs = iter(list(top.runs()))
    for run in runs:
        if run is headline:
            break
    found = []
    for run in islice((run for run in runs if kind_of(run) == rank), _MOST_OTHERS):
        other = _called_article(run, around)
        if other is None or not any(one is run for one in islice(other.runs(), _HEADED)):
            continue
        if _is_apart(other, story, rank):
            found.append(other)
    for other in found:
        other.dropped = "other_article"
    if found:
        add_up(top)


def _is_apart(other: Block, story: Block | None, rank: str) -> bool:
    """Whether another article is no part of the story, around which the page may put both."""
    if story is None:
        return bool(_ADDED.search(other.marks))
    if all(block is not story for block in other.ancestors()):
        return True
    alone = rank == "h1" and other.tag == "article"
    return alone and story.prose - other.prose >= _LEAST_STORY


def _headlines(top: Block, folded: tuple[str, ...]) -> list[Block]:
    """Where a page shows its headline; else its first of rank one that says most of it."""
    said = set(folded)
    found: list[Block] = []
    near = None
    for run in top.runs():
        if not said or kind_of(run) not in _RANKS or run.link_density > _LINKED:
            continue
        words = words_of(run.text)
        if words == folded and len(found) < _MOST_SHOWN:
            found.append(run)
        elif near is None and kind_of(run) == "h1":
            near = run if len(said.intersection(words)) > _SHARED * len(said) else None
    return found or ([near] if near is not None else [])


def _is_story(block: Block) -> bool:
    return block.tag not in _PAGES and block.prose >= _LEAST_STORY and _is_called_article(block)


def _called_article(run: Block, around: set[int]) -> Block | None:
    """The outermost block around a run, inside those around the headline, that is an article.

    Args:
        around: the blocks around the page's headline, by identity.
    """
    found = None
    for block in run.ancestors():
        if id(block) in around or block.tag in _PAGES:
            break
        if _is_called_article(block) or _ADDED.search(block.marks):
            found = block
    return found
