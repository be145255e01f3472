"""OpenSearch engine: a question becomes a request to a cluster, its answer our own values.

Where to look:

    engine      `OpenSearchEngine`: the order of things
    words       the dictionary of the generation: words, stems, values and their counts
    clauses     our query tree → clauses of a request, which score as `search.scoring` says
    counting    facets and bars: what is asked, and what is read from the answer

What may be approximate says docs/cluster.md.
"""

from __future__ import annotations

from search.engines.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
