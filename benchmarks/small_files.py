"""How long does a ZIP of very many small files take to read, and to take in?

    python -m benchmarks.small_files [--files 60000]

Pages of one story each, all different, in one ZIP. CPU time, all in one process: the machine may
have other work.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks import machine
from corpus.intake.ingest import ingest
from corpus.readers.reading import read
from corpus.store import Catalogue

PAGE = (
    "<!doctype html><html lang=en><head><title>Shelling in district {number}</title></head><body>"
    "<article><h1>Shelling in district {number}</h1><time datetime=2024-05-06>6 May 2024</time>"
    "<p>Shells hit district {number} before dawn on Monday, and the windows of {number} houses"
    " broke, the mayor said. Engineers closed the road to the river for repairs, and buses went"
    " another way until the evening.</p><p>Nobody was hurt in house {number}, where a family had"
    " slept in the cellar. Water came back in the afternoon, and power on the next day, a"
    " spokesman of the works said.</p></article></body></html>"
)


def zipped(path: Path, files: int) -> None:
    """Writes a ZIP of so many pages, in folders of a thousand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"{number // 1000}/{number}.html", PAGE.format(number=number))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=60_000)
    files: int = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.zip"
        zipped(path, files)
        print(f"{files:,} files, {path.stat().st_size:,} bytes packed\n{machine.describe()}\n")
        started = time.process_time()
        count = sum(1 for _ in read(path))
        took = time.process_time() - started
        print(f"read: {count:,} documents in {took:.1f} s of CPU time")
        with Catalogue.open(Path(folder) / "catalogue.sqlite") as catalogue:
            started = time.process_time()
            report = ingest([path], catalogue, processes=1)  # so that all of it is counted
            took = time.process_time() - started
            print(f"taken in: {report.articles:,} articles in {took:.1f} s of CPU time")


if __name__ == "__main__":
    main()
