"""Whoosh engine: a question is answered at array speed, plans over segments, compiled loops below.

Where to look:

    engine                       `WhooshEngine`: the order of things
    index, postings              what is read of a generation and its segments
    planner, plans, words        query tree → plan; its leaves and how they are put together
    matched                      what a part of a plan matches in one segment
    filters, counting, histogram, ranking: what is made of the matches
    loops/                       compiled: bitmaps, lists, scores, tallies, positions and others
"""

from search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
