"""How does Whoosh itself read our files? A codec behind its own interfaces.

With it, the stock Whoosh `Searcher`, `QueryParser`, spelling and sorting work on an index that a
`WhooshWriter` wrote: `ArrayIndex(folder, analyzer).searcher()`. What the fields are, `schema` says.
Whoosh writes through `WhooshWriter` only: its own posting pool is what the arrays replace.

The evaluator in `search.engines.whoosh` reads the same arrays without these classes.
"""

from indexer.writers.whoosh.codec.index import ArrayIndex
from indexer.writers.whoosh.schema import schema

__all__ = ["ArrayIndex", "schema"]
