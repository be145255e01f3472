"""Codec: how Whoosh itself reads our files.

Its `Searcher`, `QueryParser`, matchers, spelling, sorting and grouping work on an index that a
`WhooshWriter` wrote: `ArrayIndex(folder, analyzer).searcher()`. What the fields are, `schema` says.
Whoosh writes through `WhooshWriter` only: its own posting pool is what the arrays replace.

`search.engines.whoosh` opens the same index, and evaluates over the segments of its readers.
"""

from indexer.writers.whoosh.codec.index import ArrayIndex
from indexer.writers.whoosh.schema import schema

__all__ = ["ArrayIndex", "schema"]
