"""What do the names and families of a million articles weigh while an index is rebuilt?

    python -m benchmarks.entities.memory HOME [--articles 1000000]

Takes the analyses that a collection keeps (one of `benchmarks.pile --folder`), again and again with
new names: of those that one article alone has, two of three get another ending in each copy, and
signatures differ between copies, so that names go on to grow as in the collection itself. No text
is read and no index written: what the writer holds, `benchmarks.growth` measures.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import machine
from corpus.home import Home
from indexer.articles.analysis import Analysis, decode
from indexer.entities import Authority, Canonicaliser, open_directory
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import ArticleName
from indexer.families.facts import SHORT, Facts
from indexer.families.grouping import FamilyFinder
from indexer.families.shingles import PLACES, Shingles

_ENDINGS = ["", *(a + b for a in "bdgklmnprt" for b in "aeiou")]
_CHANGED = 3  # of so many names that one article has, all but one

SAME = Facts(("said",) * SHORT, frozenset(), frozenset())
"""Facts are read from texts, which are not at hand: all that look alike agree."""


class Copies:
    """The analyses of a collection, packed, and copies of them under new names."""

    def __init__(self, home: Home) -> None:
        with sqlite3.connect(home.analysis_cache) as kept:
            self._packed = [found for (found,) in kept.execute("SELECT found FROM analyses")]
        names: Counter[int] = Counter()
        for packed in self._packed:
            names.update(map(_key, decode(packed).recognition.names))
        self._rare = {key for key, articles in names.items() if articles == 1}

    def articles(self) -> Iterator[tuple[str, Analysis]]:
        """Without end, the same at each call."""
        for copy in count():
            random = np.random.Generator(np.random.PCG64(copy))
            mask = random.integers(1 << 32, size=PLACES, dtype=np.uint64).astype(np.uint32)
            for number, packed in enumerate(self._packed):
                found = decode(packed)
                names = tuple(self._named(name, copy) for name in found.recognition.names)
                recognition = replace(found.recognition, names=names)
                signature = found.signature ^ mask
                yield (
                    f"{copy:04d}{number:012d}",
                    replace(found, recognition=recognition, signature=signature),
                )

    def shingles(self, article_id: str) -> Shingles:
        """Those of a text are not at hand; equal places of signatures stand for them."""
        packed = self._packed[int(article_id[4:])]
        return np.unique(decode(packed).signature.astype(np.uint64))

    def _named(self, name: ArticleName, copy: int) -> ArticleName:
        key = _key(name)
        if key not in self._rare or key % _CHANGED == 0:
            return name
        ending = _ENDINGS[copy % len(_ENDINGS)]
        return replace(name, forms=tuple((form + ending, times) for form, times in name.forms))


def _key(name: ArticleName) -> int:
    return hash((name.kind, plain(name.full) or name.full))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    options = parser.parse_args()
    copies = Copies(Home(options.home))
    names, ids = Canonicaliser(Authority.load(options.home / "none")), list[str]()
    before = _own_memory()
    print(f"{machine.describe()}\n\n| after | MB | s of CPU time |\n|---|---|---|")

    signatures = np.empty((options.articles, PLACES), np.uint32)

    def tell(stage: str) -> None:
        gc.collect()
        held = (_own_memory() - before) / 1e6
        print(f"| {stage} | {held:,.0f} | {time.process_time():,.0f} |", flush=True)

    for number, (article_id, found) in enumerate(islice(copies.articles(), options.articles)):
        names.observe(article_id, found.recognition)
        ids.append(article_id)
        signatures[number] = found.signature
    tell("counting names, keeping signatures")
    reported = np.arange(len(ids), dtype=np.float64) % 9000
    finder = FamilyFinder(ids, signatures[: len(ids)], reported, copies.shingles, lambda _: SAME)
    first = finder.families().first
    tell("finding families")
    del finder, signatures
    names.settle()
    tell("settling names")
    for article_id, found in islice(copies.articles(), options.articles):
        names.resolve(article_id, found.recognition)
    tell("giving articles their entities")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "entities.sqlite"
        names.write_directory(path)
        tell("writing the directory")
        with closing(open_directory(path)) as directory:
            entities = sum(directory.counts().values())
    print(f"\n{len(np.unique(first)):,} families, {entities:,} entities")


def _own_memory() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("RssAnon:")[2].split()[0]) << 10


if __name__ == "__main__":
    main()
