"""Share of the mutants that the tests notice, of one module and of all.

Mutants that change nothing anybody could notice are named in `equivalent.toml`, each with the
reason, and are not tried.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.quality.mutants.making import Mutant, mutants
from tests.quality.mutants.policy import POLICIES, ROOT
from tests.quality.mutants.running import survivors

_EQUIVALENT = Path(__file__).with_name("equivalent.toml")
_AT_A_TIME = 40  # mutants that one process tries


@dataclass(frozen=True, slots=True)
class Share:
    """How many were tried, which of them survived, and how many are known to change nothing."""

    tried: int = 0
    survivors: tuple[Mutant, ...] = ()
    equivalent: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.tried + other.tried,
            self.survivors + other.survivors,
            self.equivalent + other.equivalent,
        )

    @property
    def noticed(self) -> float:
        """The share that failed a test."""
        return 1 - len(self.survivors) / self.tried if self.tried else 1.0

    def row(self, name: str) -> str:
        """A row of the table in docs/testing.md."""
        noticed = self.tried - len(self.survivors)
        return f"| {name} | {self.tried} | {noticed} | {self.noticed:.1%} | {self.equivalent} |"


@lru_cache(maxsize=1)
def equivalents() -> dict[tuple[str, str, str], str]:
    """(Module, line before, line after) → why nobody could notice."""
    entries = tomllib.loads(_EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    return {
        (entry["module"], entry["was"], now): entry["reason"]
        for entry in entries
        for now in entry["now"]
    }


def mutants_of(name: str) -> list[Mutant]:
    """All mutants of a module, equivalent ones too."""
    return mutants((ROOT / POLICIES[name].path).read_text(encoding="utf-8"))


def shares(
    names: Iterable[str], *, sample: int = 0, at_once: int = 1
) -> Iterator[tuple[str, Share]]:
    """Tries the mutants of modules; yields each module's share, in order.

    Args:
        sample: how many of each to try, the same ones as long as their lines do not change; 0: all.
        at_once: processes.
    """
    tasks: list[tuple[str, list[Mutant], int]] = []
    for name in names:
        made = mutants_of(name)
        worth = [one for one in made if (name, one.was, one.now) not in equivalents()]
        chosen = sorted(worth, key=_drawn)[:sample] if sample else worth
        equivalent = len(made) - len(worth)
        tasks.extend(
            (name, chosen[start : start + _AT_A_TIME], 0 if start else equivalent)
            for start in range(0, len(chosen), _AT_A_TIME)
        )
    with multiprocessing.get_context("fork").Pool(at_once, maxtasksperchild=1) as pool:
        total, of = Share(), ""
        for name, share in pool.imap(_share, tasks, chunksize=1):
            if of and of != name:
                yield of, total
                total = Share()
            of, total = name, total + share
        if of:
            yield of, total


def _share(task: tuple[str, list[Mutant], int]) -> tuple[str, Share]:
    name, chosen, equivalent = task
    left = sorted(survivors(POLICIES[name], chosen), key=lambda one: one.number)
    return name, Share(len(chosen), tuple(left), equivalent)


def _drawn(mutant: Mutant) -> str:
    """A place in the order of drawing lots that other lines of the module do not change."""
    return hashlib.sha256(f"{mutant.was}\n{mutant.now}".encode()).hexdigest()
