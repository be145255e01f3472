"""Region: which part of the page is the story?

Every paragraph votes for the blocks around it, the nearest most (after readability.js, where a
paragraph scores its parent and, by half, its grandparent); a block that the page names the body
counts for more, one inside furniture for less. The winner is the *seed*, from which the region of
the story grows (`growth`).
"""

from __future__ import annotations

import re
from collections import defaultdict

from corpus.cleaner.body.furniture import rule_for
from corpus.cleaner.body.teasers import is_card
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, unnumbered

# How far does the story reach beyond the seed?
#
# From the block that holds most of it, the region grows over parents for as long as their other
# children go on with the story; what only follows in the same region is left out.

_APART = HEADINGS | {"article", "aside", "header"}  # never a reason to take the parent
_REACH = 7  # ancestors above the seed that may be the region
_LINKED = 0.3
_SAME = 0.8  # of a block's prose stands in its child: the way down to its paragraphs goes on
_AFTER = 0.1  # of the story's prose: the least that goes on with it under another name
_PLAIN, _HALF = 0.8, 0.3


def grow(seed: Block, *, title: str = "") -> Block:
    """The region of the story: the seed, or an ancestor whose other children go on with it.

    What follows the story in that region and does not go on with it is dropped as `outside_body`.
    """
    region = block = seed
    beside: list[Block] = []
    leading = _below_headline(seed, title)
    for height, parent in enumerate(seed.ancestors()):
        if is_named_body(block) and not _names_another(parent, block):
            break
        if block.tag in ("article", "main") and parent.tag in ("body", "html", "[document]"):
            break
        parts = _parts(block, parent, leading)
        following = block.following()
        last = max(
            (place for place, child in enumerate(following) if id(child) in parts), default=-1
        )
        beside += [child for child in following[last + 1 :] if child.prose]
        if parts:
            region = parent
            for child in beside:
                child.dropped = child.dropped or "outside_body"
            beside.clear()
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


def _parts(block: Block, parent: Block, leading: set[int]) -> set[int]:
    """The siblings of `block` that are other parts of the same story, by identity."""
    inside = _is_story(parent) or any(_is_story(ancestor) for ancestor in parent.ancestors())
    name = unnumbered(block.marks)
    way = _way(block)
    after = False
    parts = set()
    for sibling in parent.children:
        if sibling is block:
            after = True
            continue
        if sibling.dropped or not sibling.prose:
            continue
        if sibling.tag in _APART or sibling.link_density > _LINKED:
            continue
        if sibling.tag == RUN or sibling.tag in PARAGRAPHS:
            parts.add(id(sibling))
            continue
        if is_card(sibling):
            continue
        alike = sibling.tag == block.tag and unnumbered(sibling.marks) == name
        if (
            (alike and (inside or name or is_named_body(sibling)))
            or (any(mark for _, mark in way) and len(way) > 1 and _way(sibling) == way)
            or (inside and (not after or sibling.prose > _AFTER * block.prose))
            or (id(sibling) in leading and _is_plain(sibling, 2))
            or (after and sibling.prose > _HALF * block.prose and _is_plain(sibling, 3))
        ):
            parts.add(id(sibling))
    return parts


def _below_headline(seed: Block, title: str) -> set[int]:
    """The blocks that begin between the headline and the seed, by identity."""
    folded = words_of(title)
    found: set[int] = set()
    headed = False
    for block in seed.root().walk():
        if block is seed:
            return found
        if folded and block.tag == RUN and words_of(block.text) == folded:
            headed = True
            found.clear()
        elif headed:
            found.add(id(block))
    return set()


def _is_plain(block: Block, least: int) -> bool:
    """Whether a block is at least so many paragraphs and next to nothing else."""
    return (
        sum(run.prose > 0 for run in block.runs()) >= least
        and block.prose >= _PLAIN * block.size
        and not any(run.prose == 0 and run.linked for run in block.runs())
    )


def _way(block: Block) -> list[tuple[str, str]]:
    """The way from a block down to where its paragraphs stand."""
    way = []
    while block.tag != RUN and block.tag not in PARAGRAPHS:
        way.append((block.tag, unnumbered(block.attributes.get("class", ""))))
        inner = max(
            (child for child in block.children if not child.dropped),
            key=lambda child: child.prose,
            default=None,
        )
        if inner is None or inner.prose < _SAME * block.prose:
            break
        block = inner
    return way


def _is_story(block: Block) -> bool:
    return (
        block.tag == "article"
        or is_named_body(block)
        or bool(
            block.marks and block.tag not in ("body", "html") and BODY_MARKS.search(block.marks)
        )
    )


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
