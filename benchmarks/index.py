"""How fast is an index built, in how much memory, and how large is it? Against peers.

    python -m benchmarks.index [--articles 20000] [--peers dispatches,tantivy,…]

Every builder has a process of its own, on one core. The time is that of analysis and writing: the
time taken to make the articles up is measured and left out. No names are tagged. CPU time is that
of all threads of the builder: on a busy machine it can be compared when the other cannot.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.peers import BUILDERS
from indexer.document import IndexDocument


class Supply:
    """Articles one after the other, and how long making them took."""

    def __init__(self, articles: int) -> None:
        self._articles = articles
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        self.text_bytes = 0

    def __iter__(self) -> Iterator[IndexDocument]:
        source = documents(self._articles)
        while True:
            started, started_cpu = time.perf_counter(), time.process_time()
            document = next(source, None)
            if document is not None:
                self.text_bytes += len(document.title.encode()) + len(document.text.encode())
            self.seconds += time.perf_counter() - started
            self.cpu_seconds += time.process_time() - started_cpu
            if document is None:
                return
            yield document


def build(name: str, articles: int, folder: Path) -> dict[str, float]:
    """Builds one index in this process and measures it."""
    machine.use_one_core()
    supply = Supply(articles)
    started, started_cpu = time.perf_counter(), time.process_time()
    BUILDERS[name]().build(folder, supply)
    seconds = time.perf_counter() - started - supply.seconds
    cpu_seconds = time.process_time() - started_cpu - supply.cpu_seconds
    return {
        "articles_a_second": articles / seconds,
        "articles_a_cpu_second": articles / cpu_seconds,
        "peak_bytes": machine.peak_memory(),
        "size_ratio": machine.size_of(folder) / supply.text_bytes,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--peers", default=";".join(BUILDERS), help="who takes part, by `;`")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(build(options.one, options.articles, Path(folder) / "index")))
        return
    print(f"{options.articles:,} articles, one core\n{machine.describe()}\n")
    print("| | articles/s | articles/s of CPU time | peak memory, MB | index bytes / text bytes |")
    print("|---|---|---|---|---|")
    for name in options.peers.split(";"):
        command = [sys.executable, "-m", "benchmarks.index", "--one", name]
        done = subprocess.run(
            [*command, "--articles", str(options.articles)], check=True, capture_output=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        print(
            f"| {name} | {found['articles_a_second']:,.0f} |"
            f" {found['articles_a_cpu_second']:,.0f} |"
            f" {found['peak_bytes'] / 1e6:,.0f} | {found['size_ratio']:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
