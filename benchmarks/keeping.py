"""What do dossiers, references for Zotero and the chain over intakes cost whoever asks for none?

    python -m benchmarks.keeping [--articles 10000] [--documents 2000] [--rounds 5]

Pages of hits are asked for in this process, three times each in turn: where nothing is kept; where
20 dossiers of 200 articles with tags are; where nothing is kept and no page carries references. The
chain: documents are put into a catalogue, half of them without a link, beside what the intake of a
mixed pile takes for each. Processor time: of each page the least of all rounds, else medians.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.peers.dispatches import Dispatches
from benchmarks.pile import mixed
from benchmarks.server import addresses
from benchmarks.updates import articles
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.sqlite import Database
from corpus.store import Catalogue
from corpus.store.chain import take_in
from search.dossiers import keeping
from search.dossiers.changes import Create, Tag
from webui.app import create_app
from webui.collection import open_collection

DOSSIERS, EACH = 20, 200
_REFERENCE = re.compile(rb'<span class="Z3988"[^>]*></span>')


def _keep(home: Home, size: int) -> None:
    """Dossiers of articles from all over the collection; every second article has a tag."""
    all_of_them = [*documents(size)]
    for number in range(DOSSIERS):
        chosen = all_of_them[number :: max(1, size // EACH)][:EACH]
        name, ids = f"Dossier {number}", tuple(one.article_id for one in chosen)
        keeping.keep(home.dossiers, "Ada", Create(name=name))
        keeping.keep(
            home.dossiers,
            "Ada",
            *keeping.adding(name, [keeping.reference_to(one) for one in chosen]),
            Tag(dossier=name, articles=ids[::2], tags=(f"tag {number}",)),
        )


def _pages(home: Home) -> FlaskClient:
    return create_app(open_collection(home), per_minute=0).test_client()


def _asked(client: FlaskClient, path: str) -> tuple[float, bytes]:
    before = time.process_time()
    answer = client.get(path)
    seconds = time.process_time() - before
    assert answer.status_code == 200, answer.text
    return seconds, answer.data


def pages(folder: Path, size: int, rounds: int) -> None:
    """Prints what marks and references add to a page."""
    plain, kept = Home(folder / "plain"), Home(folder / "kept")
    Catalogue.open(plain).close()
    Dispatches().build(plain.index, documents(size))
    kept.path.mkdir()
    for name in ("catalogue.sqlite", "index"):
        (kept.path / name).symlink_to(plain.path / name)
    _keep(kept, size)
    paths = addresses("page", size)
    without, with_marks = _pages(plain), _pages(kept)
    least: dict[tuple[str, str], float] = {}
    sent = references = 0

    def ask(kind: str, client: FlaskClient, path: str) -> bytes:
        seconds, page = _asked(client, path)
        least[kind, path] = min(seconds, least.get((kind, path), seconds))
        return page

    for number, path in itertools.product(range(rounds + 1), paths):
        page = ask("plain", without, path)
        ask("marks", with_marks, path)
        with patch("webui.pages.search.coins", lambda _document: ""):
            ask("no references", without, path)
        if number == 0:  # the first round warms, and is measured for its size alone
            least.clear()
            sent += len(page)
            references += sum(map(len, _REFERENCE.findall(page)))
    total = {kind: sum(s for (k, _), s in least.items() if k == kind) for kind, _ in least}
    print(f"{len(paths)} pages of hits over {size:,} articles, the least of {rounds} rounds")
    print(f"a page without dossiers: {total['plain'] / len(paths) * 1000:.2f} ms of CPU time")
    print(f"with {DOSSIERS} dossiers of {EACH}: {total['marks'] / total['plain']:.3f} times that")
    print(
        f"its references for Zotero: {total['plain'] / total['no references'] - 1:+.1%} CPU time,"
    )
    print(f"{references / sent:.1%} of its {sent / len(paths) / 1000:.0f} KB")


def _intake(pile: Path, home: Home) -> float:
    """Processor time of an intake in a process of its own, and of all that it starts."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with Catalogue.open(home) as catalogue:
                ingest([pile], catalogue, processes=1)
            code = 0
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return used.ru_utime + used.ru_stime


def chain(folder: Path, size: int) -> None:
    """Prints what the chain adds to an intake: the medians of putting one document in.

    Which documents get a link is drawn, all into one catalogue, so that what grows grows for both.
    """
    pile, draw = folder / "pile", random.Random(1)
    mixed.make(pile, first=0, last=size)
    whole = _intake(pile, Home(folder / "intake")) / size
    taken: dict[bool, list[float]] = {True: [], False: []}
    linked = True

    def drawn(database: Database, seen: Sequence[Any]) -> None:
        if linked:
            take_in(database, seen)

    with (
        Catalogue.open(Home(folder / "put")) as catalogue,
        patch("corpus.store.sightings.chain.take_in", drawn),
    ):
        for raw, article in articles(0, 4 * size):
            linked = draw.random() < 0.5
            before = time.process_time()
            catalogue.put(raw, article)
            taken[linked].append(time.process_time() - before)
    link = median(taken[True]) - median(taken[False])
    print(f"an intake of {size:,} documents: {whole * 1000:.2f} ms of CPU time each, of which")
    print(f"the store has {median(taken[True]) * 1000:.2f} ms and the chain {link * 1e6:.0f} µs:")
    print(f"{link / whole:.1%} of it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{machine.describe()}\n")
    with tempfile.TemporaryDirectory() as folder:
        pages(Path(folder), options.articles, options.rounds)
        print()
        chain(Path(folder), options.documents)


if __name__ == "__main__":
    main()
