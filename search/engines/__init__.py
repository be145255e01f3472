"""Engines: one folder each; the contract suite runs against all of them."""

from __future__ import annotations

from corpus.errors import IndexCorrupt
from indexer import schema
from indexer.analysis import analyzer
from indexer.generations.folder import Generation
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


def check_versions(generation: Generation) -> None:
    """Was a generation made with the fields and the words of this program?

    Raises:
        IndexCorrupt: it was not.
    """
    for what, here in (("schema", schema.version()), ("analyzer", analyzer().version)):
        made_with = generation.manifest.versions.get(what, "unknown")
        if made_with != here:
            raise IndexCorrupt(
                f"it was made with the {what} {made_with}, this program has {here}",
                where=str(generation.path),
                advice="Run `dispatches rebuild`",
            )
