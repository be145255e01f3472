"""What does a page say twice, and which of the two is the story's?"""

from __future__ import annotations

from collections import defaultdict

from corpus.cleaner.blocks import HEADINGS, Block, kind_of
from corpus.cleaner.words import words_of

_ENTRIES = frozenset(("td", "th", "li", "dt"))
_SHOWN_AGAIN = 0.9  # of a region's prose was read before


def drop_repeats(body: Block) -> None:
    """What is said twice stays once: pull quotes, lines, and regions shown again whole.

    A paragraph that comes again among others that are new was written so: a refrain, an oath.
    """
    runs = list(body.runs())
    seen: set[tuple[str, ...]] = set()
    again: defaultdict[int, list[Block]] = defaultdict(list)
    whole = "\n".join(" ".join(words_of(run.text)) for run in runs)
    for run in runs:
        words = words_of(run.text)
        if len(words) < 5:
            continue
        if words in seen:
            again[id(_region(run))].append(run)
            continue
        seen.add(words)
        quoted = kind_of(run) in ("blockquote", *HEADINGS) or run.emphasised > 0.9 * run.size
        if quoted and run.size < 400 and whole.count(" ".join(words)) > 1:
            run.dropped = "pull_quote"
    for repeats in again.values():
        prose = sum(run.prose for run in repeats)
        shown_again = 0 < prose >= _SHOWN_AGAIN * _region(repeats[0]).prose
        for run in repeats:
            if shown_again or not (run.prose or kind_of(run) in _ENTRIES):
                run.dropped = "repeated"


def _region(run: Block) -> Block:
    """The nearest block around a run that holds more than it."""
    return next((block for block in run.ancestors() if block.size > run.size), run)
