"""Kills: an operation in a process that is killed, at a chosen call or at any moment."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.faults.attack.dying import dying
from tests.faults.attack.kinds import Attempt, Kind, NoAttempt
from tests.faults.attack.operations import OPERATIONS, LaidOut, Operation

_TRIES = 4
_ATTEMPTS = {
    "add": 120,
    "add-while-read": 40,
    "rebuild": 140,
    "update": 140,
    "publish": 120,
    "decisions": 90,
    "dossiers": 90,
    "questions": 40,
    "restrictions": 40,
    "backup": 60,
    "restore": 60,
    "people": 80,
    "keys": 40,
    "unrestrict": 60,
}


@contextmanager
def killing(operation: Operation, folder: Path) -> Iterator[Attempt]:
    """Attempts to kill one operation, after it was done once without."""
    laid_out = LaidOut(folder)
    tried = laid_out.copy(operation)
    begun = time.monotonic()
    alone = dying(partial(operation.work, tried), writes=True)
    seconds = time.monotonic() - begun
    operation.check(tried, alone.said)
    shutil.rmtree(tried)

    def attempt(chance: random.Random) -> str:
        for _ in range(_TRIES):
            tried = laid_out.copy(operation)
            at, after = chance.randint(1, alone.operations), chance.uniform(0, seconds)
            work = partial(operation.work, tried)
            by_call = chance.random() < 0.5
            ended = dying(work, at=at, writes=True) if by_call else dying(work, after=after)
            how = f"before call {at} of {alone.operations}" if by_call else f"after {after:.3f} s"
            if ended.killed:
                operation.check(tried, ended.said)
                shutil.rmtree(tried)
                return how
            shutil.rmtree(tried)
        raise NoAttempt

    yield attempt


KINDS = [
    Kind(
        f"kill:{operation.name}",
        f"SIGKILL during `{operation.name}`",
        _ATTEMPTS[operation.name],
        partial(killing, operation),
    )
    for operation in OPERATIONS.values()
]
