"""Which line sums the story up before it begins?

A standfirst (dek, subtitle, chapeau) is a field of its own: it is written by the desk, often
repeats the first paragraph, and is not part of the text that others quote.
"""

from __future__ import annotations

import re

from corpus.cleaner.blocks import RUN, Block
from corpus.cleaner.words import words_of

_MARKS = re.compile(
    r"(?:^| |-)(?:standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|article-summary|summary|"
    r"excerpt|sapo|bajada|copete|entradilla|chapeau|chapo|vorspann|teaser-?text|article-?intro|"
    r"article-?lead|"
    r"abstract|article-?description|underline|strapline|sommario|catenaccio|descripcion|"
    r"drop-?head)(?= |-|$)"
)
_LEAST, _MOST = 20, 700


def take_standfirst(top: Block, body: Block, *, title: str, description: str) -> str:
    """The standfirst, or ""; inside the body it is marked as dropped under that name."""
    said = words_of(description)
    after_title = False
    folded = words_of(title)
    for block in top.walk():
        if block.tag == RUN:
            words = words_of(block.text)
            after_title = after_title or (bool(folded) and words == folded)
            holder = _marked(block)
            inside = _is_within(block, body)
            if _LEAST <= block.size <= _MOST and words != folded and block.link_density < 0.5:
                if holder is not None and (not inside or _is_first(block, body)):
                    block.dropped = "standfirst"
                    return block.text
                if (
                    not inside
                    and said
                    and len(said) > 5
                    and words[: len(said) - 1] == said[: len(said) - 1]
                ):
                    block.dropped = "standfirst"
                    return block.text
            if inside and block.prose:
                break
    return ""


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
