"""Engines: one folder each; the contract suite runs against all of them."""

from __future__ import annotations

from indexer.generations.opening import check_versions
from indexer.generations.publishing import Generation
from search.engine import Engine


def open_engine(generation: Generation) -> Engine:
    """Opens the index of a generation.

    Raises:
        IndexCorrupt: a file is missing or damaged, or it was made with other fields or words than
            those of this program.
    """
    check_versions(generation)
    # Imported here: numba takes a quarter of a second, which a command without a question saves.
    from search.engines.whoosh import WhooshEngine  # noqa: PLC0415

    return WhooshEngine(generation.path / "whoosh", generation.name)
