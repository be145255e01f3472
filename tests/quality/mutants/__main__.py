"""Report of mutants: the share of each policy's that its tests notice, and those that survive.

python -m tests.quality.mutants                  all of them (about twenty minutes)
python -m tests.quality.mutants clusters limits  those of two modules
python -m tests.quality.mutants --sample 12      twelve of each module, the same each time
"""

from __future__ import annotations

import argparse
import os
import sys

from tests.quality.mutants.policy import POLICIES
from tests.quality.mutants.report import Share, shares


def main() -> int:
    """Prints two lines for each survivor, and a table.

    Returns:
        1 when fewer are noticed than was asked for.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.quality.mutants")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(POLICIES))
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N of each module")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--at-least", type=float, default=0.0, metavar="SHARE")
    chosen = parser.parse_args()
    total, rows = Share(), []
    names = chosen.modules or list(POLICIES)
    for name, share in shares(names, sample=chosen.sample, at_once=chosen.at_once):
        for mutant in share.survivors:
            print(f"{POLICIES[name].path}:{mutant.line}\n- {mutant.was}\n+ {mutant.now}")  # noqa: T201
        rows.append(share.row(name))
        print(rows[-1], flush=True)  # noqa: T201
        total += share
    print("\n| module | tried | noticed | share | equivalent |\n|---|---|---|---|---|")  # noqa: T201
    print("\n".join([*rows, total.row("all")]))  # noqa: T201
    return int(total.noticed < chosen.at_least)


if __name__ == "__main__":
    sys.exit(main())
