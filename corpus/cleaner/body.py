"""Which part of the page is the story?

Every paragraph votes for the blocks around it, the nearest most (after readability.js, where a
paragraph scores its parent and, by half, its grandparent); a block that the page names the body
counts for more, one inside furniture for less. The winner is the *seed*, from which the region of
the story grows (`growth`).
"""

from __future__ import annotations

import re
from collections import defaultdict

from corpus.cleaner.blocks import Block
from corpus.cleaner.furniture import rule_for
from corpus.cleaner.words import words_of

BODY_MARKS = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:article|story|entry|post|news|page|blog|text|main|single|node|"
    r"body|content|artikel|artigo|articulo|nota|detail|field-name)-{0,2}(?:body|content|text|copy|"
    r"inner-content|contents|main|paragraphs|detail|full|articlebody|inhalt|cuerpo|corps|richtext|"
    r"-field-body)(?:-[\w-]+)?(?= |$)|(?:^| )(?:articlebody|storybody|body-copy|rich-?text|prose|"
    r"td-post-content|available-content|mw-parser-output|instapaper-body|e-content|cuerpo|"
    r"texto)(?= |$)"
)
PARAGRAPHS = frozenset("p blockquote li pre dd dt h1 h2 h3 h4 h5 h6".split())
_VOTES = (1.0, 0.7, 0.45, 0.3, 0.2, 0.1)  # by distance, nearest first
_NAMED_WEIGHT = 2.0
_ARTICLE_WEIGHT = 1.25
_MARKED_WEIGHT = 1.25
_HEADED_WEIGHT = 1.5
_MOST_HEADED = 1000  # blocks below a headline, however often a page repeats it
_FURNITURE_WEIGHT = 0.5
_COMMENTS_WEIGHT = 0.15
_LIST_WEIGHT = 0.6


def is_named_body(block: Block) -> bool:
    """Whether the page itself calls this block the article's body."""
    attributes = block.attributes
    return (
        "articlebody" in (attributes.get("itemprop", "") + attributes.get("property", "")).lower()
    )


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


def _containers(run: Block) -> list[Block]:
    """The blocks a run votes for, nearest first."""
    found: list[Block] = []
    for block in run.ancestors():
        if block.tag in PARAGRAPHS or (not found and len(block.children) == 1):
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
    elif block.marks and BODY_MARKS.search(block.marks):
        weight *= _MARKED_WEIGHT
    return weight
