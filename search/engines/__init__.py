"""Engines: one folder each; the contract suite runs against all of them."""

from __future__ import annotations

from corpus.errors import IndexCorrupt
from indexer.generations.engine_choice import Cluster
from indexer.generations.opening import check_versions
from indexer.generations.publishing import OPENSEARCH, Generation
from search.engine import Engine


def in_cluster(generation: Generation) -> bool:
    """Whether the articles of a generation are in a cluster."""
    return (generation.path / OPENSEARCH).is_dir()


def open_engine(generation: Generation, cluster: Cluster | None = None) -> Engine:
    """Opens the index of a generation.

    Args:
        cluster: which holds its articles, if it was written to one.

    Raises:
        IndexCorrupt: a file is missing or damaged, or it was made with other fields or words than
            those of this program.
        ClusterUnavailable: no node of the cluster answers.
    """
    check_versions(generation)
    if in_cluster(generation):
        if cluster is None:
            raise IndexCorrupt(
                "its articles are in a cluster, and none is named",
                where=str(generation.path),
                advice="Name it with --index, or run `dispatches --index whoosh rebuild`",
            )
        from search.engines.opensearch import OpenSearchEngine  # noqa: PLC0415 - as below

        return OpenSearchEngine(generation.path / OPENSEARCH, generation.name, cluster)
    # Imported here: numba takes a quarter of a second, which a command without a question saves.
    from search.engines.whoosh import WhooshEngine  # noqa: PLC0415

    return WhooshEngine(generation.path / "whoosh", generation.name)
