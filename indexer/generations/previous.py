"""What can the next generation use of the one before? The ids of its entities, and its index.

Either only where its files are as they were written: a damaged index is one reason to rebuild it.
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import StorageError
from indexer import schema
from indexer.analysis import analyzer
from indexer.entities import Directory, open_directory
from indexer.generations.durable import measured
from indexer.generations.folder import ENTITIES, WHOOSH, Generation, Generations


def known_entities(generations: Generations) -> Directory | None:
    """The entities of the generation in use, whose ids are to be kept; None without whole ones."""
    try:
        generation = generations.current()
        if _whole(generation, ENTITIES):
            return open_directory(generation.path / ENTITIES)
    except StorageError:
        pass
    return None


def reusable_index(generations: Generations) -> Path | None:
    """The index in use, where it is whole and has the fields and the words of this program."""
    try:
        generation = generations.current()
        made_with = generation.manifest.versions
        if (
            made_with.get("schema") == schema.version()
            and made_with.get("analyzer") == analyzer().version
            and _whole(generation, WHOOSH)
        ):
            return generation.path / WHOOSH
    except StorageError:
        pass
    return None


def _whole(generation: Generation, part: str) -> bool:
    """Whether a part has exactly the files that were published, byte for byte."""
    recorded = {
        name: record
        for name, record in generation.manifest.files.items()
        if name.partition("/")[0] == part
    }
    return bool(recorded) and all(
        measured(generation.path / name) == record for name, record in recorded.items()
    )
