"""Whoosh engine: a question is answered at array speed, plans over segments, compiled loops below.

`open_index(home)` gives a collection's index to your own Whoosh code: see docs/whoosh.md.

Where to look:

    engine                       `WhooshEngine`: the order of things
    index, postings              what is read of a generation and its segments
    nodes                        our query tree → nodes of `whoosh.query`
    searcher, planner            a node → a plan, or Whoosh's own matchers
    plans, words, matched        the parts of a plan, and what they match in one segment
    filters, counting, histogram, ranking: what is made of the matches
    loops/                       compiled: bitmaps, lists, scores, tallies, positions and others
"""

from __future__ import annotations

from pathlib import Path

from corpus.home import Home
from indexer.generations.opening import check_versions
from indexer.generations.publishing import WHOOSH, Generations
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.index import Index

__all__ = ["Index", "WhooshEngine", "open_index"]


def open_index(home: Path | str) -> Index:
    """The published index of a collection, as a `whoosh.index.Index`. It is read only.

    Args:
        home: the folder of the collection, as `--home` names it.

    Raises:
        NoIndex: nothing was published yet.
        IndexCorrupt: a file is missing or damaged, or the index is one of another version.
    """
    generation = Generations(Home(Path(home)).index).current()
    check_versions(generation)
    return Index(generation.path / WHOOSH)
