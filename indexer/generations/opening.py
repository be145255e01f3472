"""Opening of generations: which can this program read, and what may the next one take over?

What does not hold is refused, never read in part: a damaged index is one reason to rebuild it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import IndexCorrupt, StorageError
from corpus.home import Home
from indexer import schema, versions
from indexer.entities import Directory, open_directory
from indexer.generations.manifest import FileRecord, measured
from indexer.generations.publishing import ENTITIES, WHOOSH, Generation, Generations


def made_with() -> dict[str, str]:
    """What an index depends on that this program makes: fields, words, and how it is written."""
    return {**_read_as(), "writer": versions.writer()}


def check_versions(generation: Generation) -> None:
    """Was a generation made with the fields and the words of this program?

    Raises:
        IndexCorrupt: it was not.
    """
    for what, here in _read_as().items():
        made = generation.manifest.versions.get(what, "unknown")
        if made != here:
            raise IndexCorrupt(
                f"it was made with the {what} {made}, this program has {here}",
                where=str(generation.path),
                advice="Run `dispatches rebuild`",
            )


@contextmanager
def published_entities(home: Home) -> Iterator[Directory]:
    """The entities of the published generation, whatever program made it.

    Raises:
        NoIndex, IndexCorrupt: see `Generations.current` and `checked`.
    """
    entities = checked(Generations(home.index).current(), ENTITIES)
    with closing(open_directory(entities)) as directory:
        yield directory


def checked(generation: Generation, file: str) -> Path:
    """The path of a file that is read without looking at sums of its blocks, as arrays are.

    Its whole content is compared with the manifest, before anything of it is believed. A file that
    the manifest does not name is not there: an earlier release made the generation.

    Raises:
        IndexCorrupt: it is missing, or is not what was published.
    """
    path = generation.path / file
    recorded = generation.manifest.files.get(file)
    if recorded is None and not path.exists():
        return path
    if not path.exists():
        reason = "is missing"
    elif recorded is None:
        reason = "does not belong here"
    elif measured(path) != recorded:
        reason = "is not what was written"
    else:
        return path
    raise IndexCorrupt(
        f"the file {file} of generation {generation.name} {reason}",
        where=str(path),
        advice="Run `dispatches rebuild`",
    )


def known_entities(generations: Generations, *, trusting: bool = False) -> Directory | None:
    """The entities of the generation in use, whose ids are to be kept; None without whole ones."""
    try:
        generation = generations.current()
        if _whole(generation, ENTITIES, trusting):
            return open_directory(generation.path / ENTITIES)
    except StorageError:
        pass
    return None


def reusable_index(generations: Generations, *, trusting: bool = False) -> Path | None:
    """The index in use, where it is whole and this program would have written it just so.

    Args:
        trusting: believe sizes; else every byte is read.
    """
    try:
        generation = generations.current()
        if _holds(generation.manifest.versions) and _whole(generation, WHOOSH, trusting):
            return generation.path / WHOOSH
    except StorageError:
        pass
    return None


def reusable_entities(generations: Generations, program: Mapping[str, str]) -> Path | None:
    """The directory of entities in use, where this program wrote it, and just so.

    Every byte is read: what is copied into the next generation would be damaged there too, and the
    next manifest would not know it.
    """
    try:
        generation = generations.current()
        is_ours = program.items() <= generation.manifest.versions.items()
        if is_ours and _whole(generation, ENTITIES, trusting=False):
            return generation.path / ENTITIES
    except StorageError:
        pass
    return None


def is_whole(generation: Generation, *, trusting: bool = False) -> bool:
    """Whether a generation has exactly the files that were published, byte for byte.

    Args:
        trusting: believe sizes.
    """
    return _are_as_published(generation, generation.manifest.files, trusting)


def _read_as() -> dict[str, str]:
    return {"schema": schema.version(), "analyzer": versions.words()}


def _holds(recorded: Mapping[str, str]) -> bool:
    return made_with().items() <= recorded.items()


def _whole(generation: Generation, part: str, trusting: bool) -> bool:
    """Whether a part has exactly the files that were published, byte for byte."""
    recorded = {
        name: record
        for name, record in generation.manifest.files.items()
        if name.partition("/")[0] == part
    }
    return _are_as_published(generation, recorded, trusting)


def _are_as_published(
    generation: Generation, recorded: Mapping[str, FileRecord], trusting: bool
) -> bool:
    def is_same(path: Path, record: FileRecord) -> bool:
        if trusting:
            return path.is_file() and path.stat().st_size == record.bytes
        return measured(path) == record

    try:
        return bool(recorded) and all(
            is_same(generation.path / name, record) for name, record in recorded.items()
        )
    except StorageError:  # one is missing, or cannot be read
        return False
