"""What does `dispatches update` cost, and how does it grow with the collection?

    python -m benchmarks.updates [--sizes 3000,10000,30000] [--new 100] [--words N] [--folder DIR]

For each size a collection is made of the texts of `benchmarks.articles` and rebuilt; then the
command is run with nothing new, with some new articles whose analyses are at hand (what analysis
costs does not depend on the collection), with a new name for the person mentioned most, with one
for the place mentioned most, with the two organizations mentioned most made one, and with that
taken back.
Printed is the processor time of the whole command, its peak memory, and the exponents of growth.
With --words texts are cut to their first words; with --folder the collections are kept and taken up
again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks import machine
from benchmarks.articles import Piece, pieces
from benchmarks.growth import print_growth
from corpus.article import Article, Kind, RawDocument, article_id_for
from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue
from indexer.articles.analyses import Analyses
from indexer.entities import open_directory
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.types import Entity, EntityKind
from indexer.generations.publishing import ENTITIES, Generations
from indexer.pipeline import rebuild

_OUTLETS = ("The Ledger", "Courier", "Daily Post", "Wire", "Standard", "Herald")
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_FIRST_DAY, _DAYS = datetime(2002, 1, 1, tzinfo=UTC), 9000
_EVERY_REPRINT = 10


def articles(
    begin: int, end: int, *, words: int | None = None
) -> Iterator[tuple[RawDocument, Article]]:
    """Documents with their articles; a tenth repeats the one before, with a line more.

    Args:
        words: to which texts are cut; None for whole ones.
    """
    before = None
    cut = (Piece(one.title, " ".join(one.text.split(" ")[:words])) for one in pieces())
    for number, piece in enumerate(islice(cut, end)):
        title, text = piece.title, piece.text
        if before is not None and number % _EVERY_REPRINT == 0:
            title, text = before.title, f"{before.text} Reporting by agency {number}."
        before = piece
        if number < begin:
            continue
        outlet = _OUTLETS[number % len(_OUTLETS)]
        url = f"https://{outlet.lower().replace(' ', '')}.example/{number}"
        day = _FIRST_DAY + timedelta(days=number * 7919 % _DAYS)
        raw = RawDocument(
            content=f"{number} {text}".encode(),
            media_type="text/plain",
            locator=f"{number}.txt",
            url=url,
            collected=_BEGIN + timedelta(seconds=number),
            reader="text/1",
        )
        yield (
            raw,
            Article(
                article_id=article_id_for(url=url, text=""),
                kind=Kind.ARTICLE,
                title=title,
                text=text,
                url=url,
                outlet=outlet,
                language="en",
                published=PartialDate(day.date().isoformat(), "url"),
                cleaner="text/1",
            ),
        )


def take_in(home: Home, begin: int, end: int, *, words: int | None = None) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    with Catalogue.open(home) as catalogue:
        for raw, article in articles(begin, end, words=words):
            catalogue.put(raw, article)


def analyze(home: Home) -> None:
    """Analyzes what no analysis is kept of."""
    with (
        Catalogue.open(home, readonly=True) as catalogue,
        Analyses(home.analysis_cache, processes=os.cpu_count() or 1) as analyses,
    ):
        for _ in analyses.of(catalogue.articles()):
            pass


def rename(home: Home, name: str, kind: EntityKind = EntityKind.PERSON) -> int:
    """Decides on another name for who is mentioned most; returns in how many articles that is."""
    (one,) = _mentioned_most(home, kind, 1)
    decide(home.decisions, Action.RENAME, [one], who="bench", why="to measure", value=name)
    return one.articles


def merge(home: Home, kind: EntityKind) -> tuple[str, int]:
    """Makes one of the two mentioned most; returns the decision, and in how many the less is."""
    two = _mentioned_most(home, kind, 2)
    made = decide(home.decisions, Action.MERGE, two, who="bench", why="to measure")
    return made.decision_id, min(one.articles for one in two)


def _mentioned_most(home: Home, kind: EntityKind, count: int) -> list[Entity]:
    with closing(open_directory(Generations(home.index).current().path / ENTITIES)) as directory:
        return list(directory.entities(kind=kind, limit=count))


def update(home: Home) -> tuple[float, float]:
    """Runs the command; seconds of processor time, and MB held at most."""
    command = "from webui.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "update", "--processes", "1", "--home", str(home.path)],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"dispatches update ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(home: Home, size: int, new: int, words: int | None) -> dict[str, float]:
    """One size; the collection has `size` articles afterwards."""
    have = 0
    if home.catalogue.is_file():
        with Catalogue.open(home, readonly=True) as catalogue:
            have = catalogue.counts().articles
    take_in(home, have, max(have, size - new), words=words)
    rebuild(home)
    update(home)  # compiles what is not compiled, and fills the disk's cache
    found = {"nothing new, CPU s": update(home)[0]}
    take_in(home, max(have, size - new), max(have + new, size), words=words)
    analyze(home)
    seconds, megabytes = update(home)
    found |= {f"{new} new, CPU s": seconds, "memory, MB": megabytes}
    found["articles with the person"] = rename(home, f"Renamed {datetime.now(UTC):%H%M%S}")
    found["person renamed, CPU s"] = update(home)[0]
    name = f"Renamed too {datetime.now(UTC):%H%M%S}"
    found["articles with the place"] = rename(home, name, EntityKind.PLACE)
    found["place renamed, CPU s"] = update(home)[0]
    decision, found["articles with the lesser body"] = merge(home, EntityKind.ORG)
    found["bodies merged, CPU s"] = update(home)[0]
    decide(home.decisions, Action.UNDO, [], who="bench", why="to measure", value=decision)
    found["taken back, CPU s"] = update(home)[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="3000,10000,30000")
    parser.add_argument("--new", type=int, default=100, help="articles that come in")
    parser.add_argument("--words", type=int, help="cut texts to so many words")
    parser.add_argument("--folder", type=Path, help="where the collections are kept")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{machine.describe()}\n")
    rows = []
    with tempfile.TemporaryDirectory() as made:
        for size in sizes:
            home = Home((options.folder or Path(made)) / str(size))
            rows.append(measure(home, size, options.new, options.words))
            print(f"{size:,}: {rows[-1]}", file=sys.stderr, flush=True)
    print_growth(sizes, rows)


if __name__ == "__main__":
    main()
