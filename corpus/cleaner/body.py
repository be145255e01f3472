"""Which part of the page is the story?

Every paragraph votes for the blocks around it, the nearest most (after readability.js, where a
paragraph scores its parent and, by half, its grandparent); a block that the page names the body
counts for more, one inside furniture for less. The winner is the *seed*. From it the region grows
over parents for as long as their other children look like parts of the same story.
"""

from __future__ import annotations

import re
from collections import defaultdict

from corpus.cleaner.blocks import HEADINGS, RUN, Block
from corpus.cleaner.furniture import rule_for
from corpus.cleaner.words import words_of

_BODY_MARKS = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:article|story|entry|post|news|page|blog|text|main|single|node|"
    r"body|content|artikel|artigo|articulo|nota|detail|field-name)-{0,2}(?:body|content|text|copy|"
    r"inner-content|contents|main|paragraphs|detail|full|articlebody|inhalt|cuerpo|corps|richtext|"
    r"-field-body)(?:-[\w-]+)?(?= |$)|(?:^| )(?:articlebody|storybody|body-copy|rich-?text|prose|"
    r"td-post-content|available-content|mw-parser-output|instapaper-body|e-content|cuerpo|"
    r"texto)(?= |$)"
)
_PARAGRAPHS = frozenset("p blockquote li pre dd dt h1 h2 h3 h4 h5 h6".split())
_LINES = frozenset((RUN, "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr"))
_VOTES = (1.0, 0.7, 0.45, 0.3, 0.2, 0.1)  # by distance, nearest first
_NAMED_WEIGHT = 2.0
_ARTICLE_WEIGHT = 1.25
_MARKED_WEIGHT = 1.25
_HEADED_WEIGHT = 1.5
_MOST_HEADED = 1000  # blocks below a headline, however often a page repeats it
_FURNITURE_WEIGHT = 0.5
_COMMENTS_WEIGHT = 0.15
_APART = HEADINGS | {"article", "aside", "header"}  # never a reason to take the parent
_DIGITS = re.compile(r"\d+")
_REACH = 7  # ancestors above the seed that may be the region
_MAX_CARD_PROSE = 450
_MAX_LISTED_PROSE = 900  # where at least `_LONG_LIST` like siblings are cards
_LONG_LIST = 6
_LIST_WEIGHT = 0.6
_MAX_CARD_RUNS = 12
_LEAST_CARDS = 3
_LEAST_ELSEWHERE = 400  # characters of prose outside the cards, without which they are the page


def is_named_body(block: Block) -> bool:
    """Whether the page itself calls this block the article's body."""
    attributes = block.attributes
    return (
        "articlebody" in (attributes.get("itemprop", "") + attributes.get("property", "")).lower()
    )


def drop_cards(top: Block) -> None:
    """Drops lists of teasers: like-built siblings, each a linked headline with little prose."""
    total = top.prose
    for block in top.walk():
        if block.tag == RUN or len(block.children) < _LEAST_CARDS:
            continue
        groups: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
        for child in block.children:
            if child.tag not in _LINES and child.size and not child.dropped:
                groups[(child.tag, child.marks.partition(" ")[0])].append(child)
        for group in groups.values():
            most = _MAX_LISTED_PROSE if len(group) >= _LONG_LIST else _MAX_CARD_PROSE
            cards = [child for child in group if _is_card(child, most)]
            prose = sum(card.prose for card in cards)
            if len(cards) < _LEAST_CARDS or len(cards) < 0.6 * len(group):
                continue
            if total - prose >= _LEAST_ELSEWHERE or not prose:
                for card in group if len(cards) == len(group) else cards:
                    card.dropped = "teasers"
                total -= prose


def find_seed(top: Block, *, title: str = "") -> Block:
    """The block with the most votes; the root when nothing is prose.

    Args:
        title: the headline; what begins below it counts for more.
    """
    headline = words_of(title)
    votes: defaultdict[int, float] = defaultdict(float)
    blocks: dict[int, Block] = {}
    known: dict[int, float] = {}
    follows: set[int] = set()
    headed = False
    for run in top.runs():
        if not run.prose:
            headed = headed or (bool(headline) and words_of(run.text) == headline)
            continue
        if headed and len(follows) < _MOST_HEADED:
            follows.update(id(block) for block in run.ancestors())
            headed = False
        said = run.prose * _trust(run, known)
        for weight, block in zip(_VOTES, _containers(run), strict=False):
            votes[id(block)] += weight * said
            blocks[id(block)] = block
    if not blocks:
        return top
    return max(
        blocks.values(),
        key=lambda block: (
            votes[id(block)] * _weight(block) * (_HEADED_WEIGHT if id(block) in follows else 1)
        ),
    )


def grow(seed: Block) -> Block:
    """The region of the story: the seed, or an ancestor whose other children go on with it."""
    region = block = seed
    for height, parent in enumerate(seed.ancestors()):
        if is_named_body(block) and not _names_another(parent, block):
            break
        if block.tag in ("article", "main") and parent.tag in ("body", "html", "[document]"):
            break
        if _goes_on(block, parent):
            region = parent
        block = parent
        if height >= _REACH:
            break
    return region


def _names_another(parent: Block, block: Block) -> bool:
    """Whether the page names more than one block the body, close to each other."""
    for count, ancestor in enumerate((parent, *parent.ancestors())):
        if count >= _REACH // 2:
            break
        for child in ancestor.walk():
            if child is not block and is_named_body(child):
                return True
    return False


def _goes_on(block: Block, parent: Block) -> bool:
    """Whether a sibling of `block` is another part of the same story."""
    inside = _is_story(parent) or any(_is_story(ancestor) for ancestor in parent.ancestors())
    name = _DIGITS.sub("", block.marks)
    for sibling in parent.children:
        if sibling is block or sibling.dropped or not sibling.prose:
            continue
        if sibling.tag in _APART or sibling.link_density > 0.3:
            continue
        if sibling.tag == RUN or sibling.tag in _PARAGRAPHS:
            return True
        alike = sibling.tag == block.tag and _DIGITS.sub("", sibling.marks) == name
        if alike and (inside or name) and not _is_card(sibling):
            return True
        if inside and not _is_card(sibling):
            return True
    return False


def _is_story(block: Block) -> bool:
    return (
        block.tag == "article"
        or is_named_body(block)
        or bool(
            block.marks and block.tag not in ("body", "html") and _BODY_MARKS.search(block.marks)
        )
    )


def _containers(run: Block) -> list[Block]:
    """The blocks a run votes for, nearest first."""
    found: list[Block] = []
    for block in run.ancestors():
        if block.tag in _PARAGRAPHS or (not found and len(block.children) == 1):
            continue
        found.append(block)
        if len(found) == len(_VOTES):
            break
    return found


def _trust(run: Block, known: dict[int, float]) -> float:
    """How much a paragraph's vote counts: less inside furniture, least inside comments."""
    chain = []
    current = run.parent
    while current is not None and id(current) not in known:
        chain.append(current)
        current = current.parent
    trust = known[id(current)] if current is not None else 1.0
    for block in reversed(chain):
        rule = rule_for(block.tag, block.marks)
        if rule is not None:
            trust *= _COMMENTS_WEIGHT if rule.name == "comments" else _FURNITURE_WEIGHT
        known[id(block)] = trust
    return trust


def _weight(block: Block) -> float:
    """How much the page's own words speak for a block."""
    weight = _LIST_WEIGHT if block.tag in ("ul", "ol", "dl") else 1.0
    if is_named_body(block):
        weight *= _NAMED_WEIGHT
    elif block.tag == "article":
        weight *= _ARTICLE_WEIGHT
    elif block.marks and _BODY_MARKS.search(block.marks):
        weight *= _MARKED_WEIGHT
    return weight


def _is_card(block: Block, most: int = _MAX_CARD_PROSE) -> bool:
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
