"""How do a page and a build grow with the collection?

    python -m benchmarks.growth [--sizes 10000,30000,100000] [--each 30]

Fits time = c · articles^exponent by least squares on logarithms, and prints the exponents. Each
size is built and asked in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.index import build
from benchmarks.peers import PEERS
from benchmarks.questions import questions

_PAGES = ("faceted page, OR", "faceted page, AND")


def measure(articles: int, each: int, folder: Path) -> dict[str, float]:
    """One size: the build, opening, and the pages."""
    built = build("dispatches", articles, folder)
    peer = PEERS["dispatches"]()
    started = time.perf_counter()
    peer.open(folder)
    opened = time.perf_counter() - started
    sample = list(islice(documents(articles), 4000))
    found = {
        "build, s": articles / built["articles_a_second"],
        "peak memory of build, MB": built["peak_bytes"] / 1e6,
        "opening, ms": opened * 1000,
        "index bytes / text bytes": built["size_ratio"],
    }
    asked = questions(sample, each)
    for kind in _PAGES:
        times = []
        for question in asked:
            if question.kind == kind:
                started = time.perf_counter()
                peer.page(question)
                times.append((time.perf_counter() - started) * 1000)
        found[f"{kind}, p50 ms"], found[f"{kind}, p95 ms"] = np.percentile(times[3:], (50, 95))
    peer.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--each", type=int, default=30, help="questions a kind of page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(options.one, options.each, Path(folder) / "index")))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{machine.describe()}\n")
    rows: list[dict[str, float]] = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
        done = subprocess.run(
            [*command, "--each", str(options.each)], check=True, capture_output=True
        )
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{size:,}: {rows[-1]}", file=sys.stderr, flush=True)
    print(f"| | {' | '.join(f'{size:,}' for size in sizes)} | exponent |")
    print(f"|---|{'---|' * len(sizes)}---|")
    for what in rows[0]:
        values = [row[what] for row in rows]
        exponent = (
            f"{np.polyfit(np.log(sizes), np.log(values), 1)[0]:.2f}" if len(sizes) > 1 else "–"
        )
        print(f"| {what} | {' | '.join(f'{value:,.2f}' for value in values)} | {exponent} |")


if __name__ == "__main__":
    main()
