"""Authority: what have people decided? The file of decisions, replayed; automation never overrides
it.

The file is one of `corpus.store.lines`: taking a decision back adds an `undo`. Its lines can be
read, compared and merged by git, because none depends on its place except that an undo follows what
it undoes. A line that is damaged, or is no decision, is named and set aside; the others count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.errors import DecisionError
from corpus.store import lines
from corpus.store.lines import DamagedLine
from indexer.entities.authority.decisions import Action, Decision

_DIGITS = 16


class Authority:
    """The decisions that count now. A value: `with_decision` makes another.

    Args:
        decisions: in the order they were made, undone ones and undos too.
        set_aside: lines of the file that are no decisions.

    Raises:
        DecisionError: an undo names no decision, or one that was already undone.
    """

    def __init__(
        self, decisions: Iterable[Decision] = (), *, set_aside: Sequence[DamagedLine] = ()
    ) -> None:
        self.log: tuple[Decision, ...] = tuple(decisions)
        self.set_aside = tuple(set_aside)
        standing: dict[str, Decision] = {}
        for decision in self.log:
            if not _counts(decision, standing):
                raise DecisionError(
                    f"There is no decision {decision.value} to undo",
                    advice="`dispatches entities log` lists them",
                )
        self._standing = standing

    @classmethod
    def load(cls, path: Path) -> Authority:
        """Reads the decisions file; a missing one is empty.

        Raises:
            StorageError: the file is there and cannot be read.
        """
        found, damaged = lines.read(path, bare=True)
        log: list[Decision] = []
        standing: dict[str, Decision] = {}
        for line in found:
            try:
                decision = Decision.read(line.body)
            except DecisionError as error:
                damaged.append(DamagedLine.of(line, f"is no decision ({error.what})"))
                continue
            if _counts(decision, standing):
                log.append(decision)
            else:
                damaged.append(DamagedLine.of(line, "takes back what does not stand"))
        return cls(log, set_aside=sorted(damaged, key=lambda one: one.number))

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

    @property
    def outlets(self) -> dict[str, str]:
        """Names of outlets, without case → the name that people decided they have."""
        names: dict[str, str] = {}
        for decision in self.of(Action.OUTLET):
            for name in decision.names:
                names[name.casefold()] = decision.value
        return {name: _followed(value, names) for name, value in names.items()}

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
        return Authority((*self.log, decision), set_aside=self.set_aside)

    def _refuse_contradiction(self, decision: Decision) -> None:
        if decision.action is Action.OUTLET:
            kept = self.outlets.get(decision.value.casefold(), decision.value)
            if kept.casefold() in {name.casefold() for name in decision.names}:
                raise DecisionError(
                    f"{decision.value} is called {kept} by another decision",
                    advice="Undo that first: `dispatches entities log` lists it",
                )
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


def _followed(name: str, names: Mapping[str, str]) -> str:
    """What an outlet is called in the end; a circle, which files joined by hand may hold, ends."""
    seen = {name.casefold()}
    while (further := names.get(name.casefold())) and further.casefold() not in seen:
        name = further
        seen.add(name.casefold())
    return name


def _counts(decision: Decision, standing: dict[str, Decision]) -> bool:
    """Replays one more decision; False for an undo of what does not stand."""
    if decision.action is Action.UNDO:
        return standing.pop(decision.value, None) is not None
    standing[decision.decision_id] = decision
    return True
