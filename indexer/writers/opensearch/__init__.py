"""OpenSearch writer: articles into one index of a cluster, their words into a file beside it.

Where to look:

    client       asking a cluster: any of its nodes, again where that helps
    mapping      the fields of an index, and how a document fills them
    dictionary   the words of all articles and their counts, a file of the generation
    writer       `OpenSearchWriter`: the order of things
"""

from __future__ import annotations

from indexer.writers.opensearch.writer import (
    OpenSearchWriter,
    missing,
    place_of,
    remove,
    remove_others,
)

__all__ = ["OpenSearchWriter", "missing", "place_of", "remove", "remove_others"]
