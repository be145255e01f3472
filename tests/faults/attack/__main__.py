"""The attack program: attacks of every kind, and a table of what held and what broke.

    python -m tests.faults.attack [--kind KIND …] [--attempts N] [--seed N] [--results FILE]

Each attempt is a line in a file of results, so that a run that was cut off goes on where it was.
The same seed makes the same attempts; `--only N` makes one of them again. A kind is a name of the
list (`--list`) or the beginning of some (`kill`). Ends with 1 when something broke.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.faults.attack.kinds import Attempt, Kind, NoAttempt, Unavailable
from tests.faults.attack.registry import KINDS
from tests.faults.attack.results import Result, Results, table


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    kinds = _chosen(options.kind)
    if options.list:
        print("\n".join(f"{kind.name:20}{kind.does}" for kind in kinds))
        return 0
    results = Results(options.results, options.seed)
    print(f"Seed {results.seed}; results in {options.results}.", flush=True)
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        for kind in kinds:
            wanted = options.attempts or (kind.few if options.few else kind.attempts)
            numbers = range(wanted) if options.only is None else [options.only]
            _attack(kind, results, numbers, Path(folder) / kind.name.replace(":", "-"))
    print(table(kinds, results))
    for result in results.broken({kind.name for kind in kinds}):
        print(f"\n{result.kind} {result.number} ({result.tried}): {result.why}")
    return 1 if results.broken({kind.name for kind in kinds}) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.attack")
    parser.add_argument("--kind", action="append", help="one kind, or the beginning of several")
    parser.add_argument("--attempts", type=int, help="how many of each kind")
    parser.add_argument("--few", action="store_true", help="as many as the slow tests make")
    parser.add_argument("--only", type=int, help="make this one attempt")
    parser.add_argument("--seed", type=int, help="chance [default: that of the results, or new]")
    parser.add_argument("--results", type=Path, default=Path("build/attack.jsonl"))
    parser.add_argument("--list", action="store_true", help="list the kinds and end")
    return parser.parse_args(arguments)


def _chosen(names: Iterable[str] | None) -> list[Kind]:
    if not names:
        return KINDS
    found = [kind for kind in KINDS if any(kind.name.startswith(name) for name in names)]
    if not found:
        sys.exit(f"There is no kind {', '.join(names)}; --list names all of them.")
    return found


def _attack(kind: Kind, results: Results, numbers: Iterable[int], folder: Path) -> None:
    left = [number for number in numbers if not results.has(kind.name, number)]
    if not left:
        return
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with kind.begin(folder) as attempt:
            for number in left:
                results.add(_attempted(kind, attempt, number, results.seed))
                _tell(kind, number + 1, results)
    except Unavailable as lacking:
        print(f"{kind.name}: not here: {lacking}")


def _attempted(kind: Kind, attempt: Attempt, number: int, seed: int) -> Result:
    begun = time.monotonic()
    tried, why = "", ""
    try:
        tried = attempt(random.Random(f"{seed}/{kind.name}/{number}"))
        outcome = "held"
    except NoAttempt:
        outcome = "none"
    except Exception as error:  # noqa: BLE001 - whatever it is, it broke, and is told
        where = traceback.extract_tb(error.__traceback__)[-1]
        outcome = "broke"
        why = f"{type(error).__name__}: {error} [{Path(where.filename).name}:{where.lineno}]"
    return Result(kind.name, number, outcome, tried, why, round(time.monotonic() - begun, 3))


def _tell(kind: Kind, done: int, results: Results) -> None:
    if sys.stderr.isatty():
        broke = len(results.broken({kind.name}))
        print(f"\r{kind.name}: {done} ({broke} broke)  ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message=".*fork.*", category=DeprecationWarning)
    sys.exit(main())
