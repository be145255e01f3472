"""How is a question answered at array speed? Plans over segments, compiled loops below.

Where to look:

    engine      `WhooshEngine`: the order of things
    plan        query tree → plan; its leaves, joins, near (phrases), words (terms)
    matched     what a part of a plan matches in one segment
    filters, columns, counting, histogram, ranking   what is made of the matches
    index, segments, postings                        what is read
    bitmaps, lists, scores, dense, tallies, positions, rows, fuzzy   the compiled loops
"""

from search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
