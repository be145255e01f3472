"""Taking down decisions: how is a decision taken down? Checked against the others and added as a
line, one writer at a time; what is acknowledged was read back from the disk.

The terminal and the browser come here alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from corpus.errors import DecisionError
from corpus.soundness import sound
from corpus.store import lines
from corpus.store.lines import DamagedLine
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity


def decide(
    path: Path, action: Action, entities: Sequence[Entity], *, who: str, why: str, **values: Any
) -> Decision:
    """Adds a decision to a decisions file; it counts from the next update on.

    Args:
        path: the decisions file; made if need be.
        entities: whom it concerns, in the order that `Action` states.
        values: the other fields of `Decision`: `value`, `names`, `articles`, `evidence`.

    Raises:
        DecisionError: it is no possible decision, or contradicts one that stands. Nothing was
            written.
        StorageError: it could not be written, and does not count.
    """
    if not sound(who).strip():
        raise DecisionError("nobody is named who decides", advice="Say who, with --who")
    decision = Decision(
        action=action,
        entities=tuple(entity.entity_id for entity in entities),
        labels=tuple(entity.label for entity in entities),
        who=sound(who),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=sound(why),
        **{name: _sound(value) for name, value in values.items()},
    )
    with lines.alone(path):  # what is checked must hold when the line is written
        authority = Authority.load(path)
        ids = {one.decision_id for one in authority.log}
        while decision.decision_id in ids:  # made, taken back and made again in one second
            later = datetime.fromisoformat(decision.when) + timedelta(seconds=1)
            decision = replace(decision, when=later.isoformat(timespec="seconds"))
        authority.with_decision(decision)
        lines.add(path, [decision.line()])
    return decision


def bring_in(path: Path, content: bytes) -> lines.BroughtIn:
    """Adds the decisions of another file that are not here yet; a bad line costs itself.

    Raises:
        StorageError: they could not be written.
    """
    found, damaged = lines.sorted_out(content, bare=True)
    refused = [*damaged]
    new: list[str] = []
    known = 0
    with lines.alone(path):
        authority = Authority.load(path)
        here = {one.decision_id for one in authority.log}
        for line in found:
            try:
                decision = Decision.read(line.body)
                if decision.decision_id in here:
                    known += 1
                    continue
                authority = authority.with_decision(decision)
            except DecisionError as error:
                refused.append(DamagedLine.of(line, f"is not taken in: {error.what}"))
                continue
            here.add(decision.decision_id)
            new.append(decision.line())
        if new:
            lines.add(path, new)
    refused.sort(key=lambda one: one.number)
    return lines.BroughtIn(len(new), known, tuple(refused))


def _sound(value: str | Sequence[str]) -> Any:
    return sound(value) if isinstance(value, str) else tuple(map(sound, value))
