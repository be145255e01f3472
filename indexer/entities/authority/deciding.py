"""Taking down decisions: how is a decision taken down? Checked against the others and appended, one
writer at a time.

The terminal and the browser come here alike.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.record import Authority, append
from indexer.entities.types import Entity


def decide(
    path: Path, action: Action, entities: Sequence[Entity], *, who: str, why: str, **values: Any
) -> Decision:
    """Adds a decision to a decisions file; it counts from the next rebuild on.

    Args:
        path: the decisions file; made if need be.
        entities: whom it concerns, in the order that `Action` states.
        values: the other fields of `Decision`: `value`, `names`, `articles`, `evidence`.

    Raises:
        DecisionError: it is no possible decision, contradicts one that stands, or the file is
            damaged. Nothing was written.
    """
    decision = Decision(
        action=action,
        entities=tuple(entity.entity_id for entity in entities),
        labels=tuple(entity.label for entity in entities),
        who=who,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=why,
        **values,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # what is checked must hold when the line is written
        Authority.load(path).with_decision(decision)
        append(path, decision)
    finally:
        os.close(folder)
    return decision
