"""How do a page and a build grow with the collection?

    python -m benchmarks.growth [--sizes 10000,30000,100000] [--each 30] [--clock cpu]

Fits time = c · articles^exponent by least squares on logarithms, and prints the exponents. Each
size is built and asked in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.index import build
from benchmarks.peers import PEERS
from benchmarks.questions import questions
from benchmarks.search import CLOCKS

_RATES = {"wall": "articles_a_second", "cpu": "articles_a_cpu_second"}
_PAGES = ("faceted page, OR", "faceted page, AND")


def measure(articles: int, each: int, folder: Path, clock: str) -> dict[str, float]:
    """One size: the build, opening, and the pages.

    Args:
        clock: a name in `benchmarks.search.CLOCKS`.
    """
    now = CLOCKS[clock]
    built = build("dispatches", articles, folder)
    peer = PEERS["dispatches"]()
    started = now()
    peer.open(folder)
    opened = now() - started
    sample = list(islice(documents(articles), 4000))
    found = {
        "build, s": articles / built[_RATES[clock]],
        "peak memory of build, MB": built["peak_bytes"] / 1e6,
        "opening, ms": opened * 1000,
        "index bytes / text bytes": built["size_ratio"],
    }
    asked = questions(sample, each)
    for kind in _PAGES:
        times = []
        for question in asked:
            if question.kind == kind:
                started = now()
                peer.page(question)
                times.append((now() - started) * 1000)
        found[f"{kind}, p50 ms"], found[f"{kind}, p95 ms"] = np.percentile(times[3:], (50, 95))
    peer.close()
    return found


def print_growth(sizes: Sequence[int], rows: Sequence[Mapping[str, float]]) -> None:
    """Prints a table of what was measured of each size, with the exponents of growth."""
    print(f"| | {' | '.join(f'{size:,}' for size in sizes)} | exponent |")
    print(f"|---|{'---|' * len(sizes)}---|")
    for what in rows[0]:
        values = [row[what] for row in rows]
        exponent = (
            f"{np.polyfit(np.log(sizes), np.log(values), 1)[0]:.2f}" if len(sizes) > 1 else "–"
        )
        print(f"| {what} | {' | '.join(f'{value:,.2f}' for value in values)} | {exponent} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--each", type=int, default=30, help="questions a kind of page")
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall", help="as of search")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            print(json.dumps(measure(options.one, options.each, index, options.clock)))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{options.clock} time; {machine.describe()}\n")
    rows: list[dict[str, float]] = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
        done = subprocess.run(
            [*command, "--each", str(options.each), "--clock", options.clock],
            check=True,
            capture_output=True,
        )
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{size:,}: {rows[-1]}", file=sys.stderr, flush=True)
    print_growth(sizes, rows)


if __name__ == "__main__":
    main()
