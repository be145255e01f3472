"""How does Whoosh itself read our files? A codec behind its own interfaces.

With it, the stock Whoosh `Searcher`, `QueryParser`, spelling and sorting work on an index that a
`WhooshWriter` wrote: `ArrayIndex(folder, analyzer).searcher()`. The words of `title` and `text` are
folded surfaces; the facets and `article_id` are whole values; `published` is a column of day
ordinals; stored fields are those of `schema`. Whoosh writes through `WhooshWriter` only: its own
posting pool is what the arrays replace.

The evaluator in `search.engines.whoosh` reads the same arrays without these classes.
"""

from indexer.writers.whoosh.codec.index import ArrayIndex
from indexer.writers.whoosh.schema import schema

__all__ = ["ArrayIndex", "schema"]
