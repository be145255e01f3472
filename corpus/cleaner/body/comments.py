"""Comments: where do readers speak, on pages whose elements do not say so?

A heading such as "12 comments" tells. Before the story is looked for, only where what follows it is
a list of like-built parts below enough of a story; inside the story, wherever it ends the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from corpus.cleaner.body.phrases import COMMENTS_HEADING, COUNTED_COMMENTS
from corpus.cleaner.tree.blocks import HEADINGS, Block, add_up, kind_of, unnumbered

_MOST_HEADINGS = 200  # of comments in one page: each looks at its siblings
_HEADING = 60  # characters
_STORY = 300  # characters of prose before the comments
_LEAST, _LOOKED_AT = 3, 50  # comments alike, and blocks looked at for them


def drop_listed_comments(top: Block) -> None:
    """Drops the comments that a heading counts, so that they cannot outweigh a short story."""
    headings = []
    before = 0
    for run in top.runs():
        if (
            before >= _STORY
            and run.size <= _HEADING
            and kind_of(run) in HEADINGS
            and COUNTED_COMMENTS.fullmatch(run.text)
        ):
            headings.append(run)
        before += run.prose
    for run in islice(headings, _MOST_HEADINGS):
        following = _following(run, top)
        if not following or following[0].dropped:
            continue
        first = following[:_LOOKED_AT]
        if any(_are_alike(block.children[:_LOOKED_AT]) for block in first) or _are_alike(first):
            for block in following:
                block.dropped = block.dropped or "comments"
    if headings:
        add_up(top)


def drop_comments(body: Block) -> None:
    """From a heading such as "12 comments" to the end of its parent, where the story is over."""
    headings = (
        run
        for run in list(body.runs())
        if run.size <= _HEADING and COMMENTS_HEADING.fullmatch(run.text)
    )
    for run in islice(headings, _MOST_HEADINGS):
        if kind_of(run) == "li":
            continue
        following = _following(run, body)
        if sum(block.prose for block in following) < 0.5 * body.prose:
            for block in following:
                block.dropped = block.dropped or "comments"


def holder_of(run: Block, body: Block) -> Block | None:
    """The largest block inside `body` that holds little more than this run."""
    holder = run
    for block in run.ancestors():
        if block is body or block.size > run.size * 1.2 + 10:
            break
        holder = block
    return holder


def _following(run: Block, body: Block) -> list[Block]:
    """A heading's block and its siblings after it."""
    holder = holder_of(run, body)
    if holder is None or holder.parent is None:
        return []
    return [holder, *holder.following()]


def _are_alike(blocks: Sequence[Block]) -> bool:
    """Whether most of some blocks are built alike, and say something."""
    told = [block for block in blocks if block.prose and not block.dropped and block.children]
    built = Counter((block.tag, unnumbered(block.marks)) for block in told)
    return bool(told) and built.most_common(1)[0][1] >= max(_LEAST, 0.6 * len(told))
