"""Which engine answers? One folder an engine; the contract suite runs against each."""

from __future__ import annotations

from indexer.generations.folder import Generation
from search.engine import Engine


def open_engine(generation: Generation) -> Engine:
    """Opens the index of a generation.

    Raises:
        IndexCorrupt: a file is missing or damaged.
    """
    # Imported here: numba takes a quarter of a second, which a command without a question saves.
    from search.engines.whoosh import WhooshEngine  # noqa: PLC0415

    return WhooshEngine(generation.path / "whoosh", generation.name)
