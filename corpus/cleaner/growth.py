"""How far does the story reach beyond the seed?

From the block that holds most of it, the region grows over parents for as long as their other
children go on with the story; what only follows in the same region is left out.
"""

from __future__ import annotations

from corpus.cleaner.blocks import HEADINGS, RUN, Block, unnumbered
from corpus.cleaner.body import BODY_MARKS, PARAGRAPHS, is_named_body
from corpus.cleaner.teasers import is_card
from corpus.cleaner.words import words_of

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
