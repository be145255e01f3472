"""Standfirst: which line sums the story up before it begins?

A standfirst (dek, subtitle, chapeau) is a field of its own: it is written by the desk, often
repeats the first paragraph, and is not part of the text that others quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import RUN, Block

_MARKS = re.compile(
    r"(?:^| |-)(?:standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|article-summary|summary|"
    r"excerpt|sapo|bajada|copete|entradilla|chapeau|chapo|vorspann|teaser-?text|article-?intro|"
    r"article-?lead|"
    r"abstract|article-?description|underline|strapline|sommario|catenaccio|descripcion|"
    r"drop-?head)(?= |-|$)"
)
_LEAST, _MOST = 20, 700
_TELLING = 5  # words; fewer are a label
_LINKED = 0.5
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", "“", '"', "؟", "。")


def take_standfirst(top: Block, seed: Block, *, title: str, description: str) -> str:
    """The standfirst, or ""; its block is marked as dropped under that name.

    The first line before the story that the page names so, or that its description repeats; else
    the only paragraph between headline and story.

    Args:
        seed: the block where most of the story stands; the story's region may begin above it.
    """
    said, folded = words_of(description), words_of(title)
    after_title = False
    between: list[Block] = []
    for run in _runs_before(top, seed):
        words = words_of(run.text)
        if folded and words == folded:
            after_title = True
            between.clear()
            continue
        inside = _is_within(run, seed)
        if not _LEAST <= run.size <= _MOST or run.link_density >= _LINKED:
            continue
        if _marked(run) is not None and (not inside or _is_first(run, seed)):
            return _taken(run)
        if inside:
            continue
        if len(said) > _TELLING and words[: len(said) - 1] == said[: len(said) - 1]:
            return _taken(run)
        sentence = run.text.rstrip().endswith(_SENTENCE_ENDS)
        if after_title and run.prose and sentence and len(words) > _TELLING:
            between.append(run)
    if len(between) != 1 or _is_like(between[0], seed):
        return ""
    return _taken(between[0])


def _runs_before(top: Block, seed: Block) -> Iterator[Block]:
    """The runs of a page up to the story's first paragraph, itself included."""
    for block in top.walk():
        if block.tag == RUN:
            yield block
            if block.prose and _is_within(block, seed):
                return


def _is_like(run: Block, seed: Block) -> bool:
    """Whether a line stands in a part of the story that is built like the part of the seed."""
    around = {id(block) for block in (seed, *seed.ancestors())}
    part = run
    for block in run.ancestors():
        if id(block) in around:
            return any(
                id(other) in around and (other.tag, other.marks) == (part.tag, part.marks)
                for other in block.children
            )
        part = block
    return False


def _taken(run: Block) -> str:
    run.dropped = "standfirst"
    return run.text


def _marked(run: Block) -> Block | None:
    for count, block in enumerate(run.ancestors()):
        if count > 3:
            break
        if block.marks and _MARKS.search(block.marks) and block.size <= _MOST:
            return block
    return None


def _is_within(block: Block, body: Block) -> bool:
    return any(parent is body for parent in block.ancestors())


def _is_first(run: Block, body: Block) -> bool:
    """Whether nothing but headings and short lines stand before it in the body."""
    for other in body.runs():
        if other is run:
            return True
        if other.prose:
            return False
    return False
