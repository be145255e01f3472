"""Which entity does a person at the terminal mean, and how is a decision shown there?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click

from corpus.errors import EntityNotFound, InvalidParameter
from corpus.home import Home
from indexer.entities.across_collection.merging import FACET_KINDS
from indexer.entities.authority.decisions import Decision
from indexer.entities.directory.reader import Directory, open_directory
from indexer.entities.types import Entity
from indexer.generations.folder import Generations

KINDS = click.Choice([kind.value for kind in FACET_KINDS])
"""The kinds that a person can name."""


@contextmanager
def published_directory(home: Home) -> Iterator[Directory]:
    """The directory of the published generation. Raises NoIndex, IndexCorrupt."""
    directory = open_directory(Generations(home.index).current().path / "entities.sqlite")
    try:
        yield directory
    finally:
        directory.close()


def only_one(directory: Directory, name: str) -> Entity:
    """The one entity that `name` means.

    Raises:
        EntityNotFound: it means none. InvalidParameter: it may mean several.
    """
    found = directory.resolve(name)
    if not found:
        raise EntityNotFound(
            f"Nothing is called {name!r} in the published index",
            advice="`dispatches entities list TEXT` searches",
        )
    if len(found) > 1:
        choice = ", ".join(f"{one.entity_id} ({one.label}, {one.kind})" for one in found[:5])
        raise InvalidParameter(
            f"{name!r} may mean {len(found)} entities: {choice}",
            where="ENTITY",
            advice="Give an id",
        )
    return found[0]


def as_object(decision: Decision) -> dict[str, Any]:
    """A decision for a script."""
    return {"decision_id": decision.decision_id, **asdict(decision)}


def as_sentence(decision: Decision) -> str:
    """A decision on one line, for a person."""
    labels = ", ".join(decision.labels or decision.entities)
    named = decision.value or ", ".join(decision.names)
    change = " → ".join(part for part in (labels, named) if part)
    start = f"{decision.decision_id}  {decision.when[:16]}  {decision.who}"
    return f"{start}  {decision.action}  {change}{f': {decision.why}' if decision.why else ''}"
