"""Authority: what have people decided? The file of decisions, replayed; automation never overrides
it.

The file is append-only: taking a decision back appends an `undo`. Its lines can be read, compared
and merged by git, because none depends on its place except that an undo follows what it undoes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import DecisionError
from indexer.entities.authority.decisions import Action, Decision

_DIGITS = 16


class Authority:
    """The decisions that count now. A value: `with_decision` makes another.

    Args:
        decisions: in the order they were made, undone ones and undos too.

    Raises:
        DecisionError: an undo names no decision, or one that was already undone.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.log: tuple[Decision, ...] = tuple(decisions)
        standing: dict[str, Decision] = {}
        for decision in self.log:
            if decision.action is not Action.UNDO:
                standing[decision.decision_id] = decision
            elif standing.pop(decision.value, None) is None:
                raise DecisionError(
                    f"There is no decision {decision.value} to undo",
                    advice="`dispatches entities log` lists them",
                )
        self._standing = standing

    @classmethod
    def load(cls, path: Path) -> Authority:
        """Reads the decisions file; a missing one is empty.

        Raises:
            DecisionsCorrupt: a line is no decision; `where` is its file and line.
            DecisionError: an undo names no decision.
        """
        if not path.exists():
            return cls()
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(
            Decision.read(line, where=f"{path}:{number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        )

    @property
    def version(self) -> str:
        """A digest of everything decided; part of a generation's manifest."""
        lines = "\n".join(decision.line() for decision in self.log)
        return hashlib.sha256(lines.encode()).hexdigest()[:_DIGITS]

    @property
    def standing(self) -> tuple[Decision, ...]:
        """The decisions that count, in the order they were made."""
        return tuple(self._standing.values())

    def of(self, action: Action) -> list[Decision]:
        """The standing decisions of one kind, in the order they were made."""
        return [decision for decision in self._standing.values() if decision.action is action]

    def about(self, entity_id: str) -> list[Decision]:
        """The standing decisions that concern an entity, in the order they were made."""
        return [decision for decision in self.standing if entity_id in decision.entities]

    def since(self, version: str) -> tuple[Decision, ...]:
        """The standing decisions that an index built with `version` does not know yet.

        All of them when no beginning of the log has that version: the file was rewritten.
        """
        place = self._place(version)
        if place is None:
            return self.standing
        return tuple(one for one in self.log[place:] if one in self.standing)

    def taken_back_since(self, version: str) -> tuple[Decision, ...]:
        """The decisions that an index built with `version` still follows, though they were undone.

        None when no beginning of the log has that version: nobody knows what it follows.
        """
        place = self._place(version)
        if place is None:
            return ()
        undone = {one.value for one in self.log[place:] if one.action is Action.UNDO}
        return tuple(one for one in self.log[:place] if one.decision_id in undone)

    def _place(self, version: str) -> int | None:
        """How many lines the log had when it had this version; None when it never had."""
        digest = hashlib.sha256()
        for place in range(len(self.log) + 1):
            if digest.hexdigest()[:_DIGITS] == version:
                return place
            if place < len(self.log):
                digest.update((b"\n" if place else b"") + self.log[place].line().encode())
        return None

    def with_decision(self, decision: Decision) -> Authority:
        """The authority after one more decision.

        Raises:
            DecisionError: it contradicts one that stands: merging what is distinct, or the
                reverse, or undoing what does not stand.
        """
        self._refuse_contradiction(decision)
        return Authority((*self.log, decision))

    def _refuse_contradiction(self, decision: Decision) -> None:
        opposite = {Action.MERGE: Action.DISTINCT, Action.DISTINCT: Action.MERGE}.get(
            decision.action
        )
        if opposite is None:
            return
        for earlier in self.of(opposite):
            if len(set(earlier.entities) & set(decision.entities)) > 1:
                raise DecisionError(
                    f"Decision {earlier.decision_id} ({earlier.action}, by {earlier.who}) says the "
                    "opposite of these entities",
                    advice=f"Undo it first: dispatches entities undo {earlier.decision_id}",
                )


def append(path: Path, decision: Decision) -> None:
    """Adds one line to the decisions file, made if need be, and waits until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        unfinished = file.tell() > 0 and not _ends_in_newline(path)
        file.write((b"\n" if unfinished else b"") + decision.line().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _ends_in_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
