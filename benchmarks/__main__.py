"""Everything in its short form, under ten minutes: `make bench`."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.articles import SHARED

RUNS = (
    ("search", "--articles", "10000", "--each", "20"),
    ("index", "--articles", "5000"),
    ("growth", "--sizes", "3000,10000,30000", "--each", "20"),
    ("server", "--articles", "10000", "--seconds", "4"),
    ("keeping", "--articles", "5000", "--documents", "300", "--rounds", "3"),
    ("families", "--articles", "3000"),
    ("relevance",),
    ("extraction",),
    ("entities", str(SHARED)),
)
NEED_TEXT = {"relevance", "extraction", "entities"}
"""What measures quality has nothing to measure without texts that people judged."""


def main() -> None:
    """Runs them one after the other; what fails costs itself alone, what lacks its text says so."""
    failed = []
    for name, *options in RUNS:
        print(f"\n## {name}: python -m benchmarks.{name} {' '.join(options)}\n", flush=True)
        if name in NEED_TEXT and not SHARED.is_dir():
            print(f"Left out: it needs the text in {SHARED}, which is not on this machine.")
            continue
        started = time.perf_counter()
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
        print(f"\n({time.perf_counter() - started:.0f} s)", flush=True)
    if failed:
        sys.exit(f"did not run to their end: {', '.join(failed)}")


if __name__ == "__main__":
    main()
