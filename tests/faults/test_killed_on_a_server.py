"""Four processes take overlapping piles into one catalogue on a server, and some are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import StorageError
from corpus.home import CATALOGUE, ORIGINALS, Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue, Link
from tests.cluster.postgresql import Server
from tests.corpus.intake.test_ingest import PROSE, page

pytestmark = pytest.mark.slow
PROCESSES = 4


@pytest.fixture(scope="module")
def piles(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders with pages, copies and edits of pages of others, and dumps with bad lines."""
    folder = tmp_path_factory.mktemp("piles")
    made = []
    for number in range(PROCESSES):
        pile = folder / f"pile{number}"
        pile.mkdir()
        for item in range(number * 8, number * 8 + 16):  # half of it is in the next pile too
            url = f"https://herald.example/{item}"
            edit = " It was corrected." * (item % 4 == number)
            text = f"{PROSE} Item {item}.{edit} "
            (pile / f"page{item:03}.html").write_text(page(f"T {item}", url=url, text=text * 2))
        records = [{"title": f"T {n}", "text": f"{PROSE * 2} {n}"} for n in range(8)]
        lines = [json.dumps(record) for record in records]
        (pile / "dump.jsonl").write_text("\n".join([*lines, "{bad", '{"title": "no text"}']))
        made.append(pile)
    return made


def told(home: Home) -> dict[str, object]:
    """What a catalogue holds, but for what depends on who came first."""
    with Catalogue.open(home, readonly=True) as catalogue:
        ids = [one.article.article_id for one in catalogue.articles()]
        assert list(catalogue.troubles()) == []
        intakes = [one.link.number for one in catalogue.intakes()]
        assert intakes == list(range(1, len(intakes) + 1)), "one chain, without gaps or forks"
        return {
            "articles": sorted(ids),
            "versions": sorted(
                (version.article.article_id, version.article.text)
                for article_id in ids
                for version in catalogue.versions(article_id)
            ),
            "sightings": sorted(
                (article_id, seen.locator, seen.original_sha256)
                for article_id in ids
                for seen in catalogue.sightings(article_id)
            ),
            "failures": sorted((one.locator, one.code) for one in catalogue.failures()),
            "intakes": [len(intakes)],
        }


@pytest.fixture(scope="module")
def alone(piles: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    home = Home(tmp_path_factory.mktemp("alone"))
    with Catalogue.open(home) as catalogue:
        ingest(piles, catalogue, processes=1)
    return told(home)


def start(home: Home, *piles: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from webui.cli import main; main()", "add"]
    return subprocess.Popen(
        [*command, *map(str, piles), "--home", str(home.path), "--processes", "1", "--json"],
        env=os.environ | dict(home.given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.fixture
def homes(tmp_path: Path, postgresql: Server) -> list[Home]:
    """One a machine; the catalogue, and the originals, are one."""
    shared = {CATALOGUE: postgresql.database(), ORIGINALS: str(tmp_path / "originals")}
    return [Home(tmp_path / f"home{number}", given=shared) for number in range(PROCESSES)]


def test_overlapping_intakes_at_once_lose_and_double_nothing(
    homes: list[Home], piles: list[Path], alone: dict[str, object]
) -> None:
    running = [start(home, *piles[at:], *piles[:at]) for at, home in enumerate(homes)]
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 1, said  # the bad lines
    assert told(homes[0]) == alone


def test_a_killed_intake_costs_nothing_that_was_reported(
    homes: list[Home], piles: list[Path], alone: dict[str, object]
) -> None:
    chance = random.Random(7)
    running = [start(home, *piles[at:], *piles[:at]) for at, home in enumerate(homes)]
    seen = _some_taken_in(homes[0])
    for process in chance.sample(running, 3):
        os.killpg(process.pid, signal.SIGKILL)
        time.sleep(chance.random() / 2)
    for process in running:
        process.communicate()
    with Catalogue.open(homes[0], readonly=True) as catalogue:
        assert seen <= {one.link for one in catalogue.intakes()}, "what was there is gone"
        assert list(catalogue.troubles()) == []
    last = start(homes[3], *piles)
    last.communicate()
    assert last.returncode == 1
    assert told(homes[1]) == alone


def _some_taken_in(home: Home) -> set[Link]:
    """The links that are there once several are."""
    for _ in range(900):
        time.sleep(0.1)
        try:
            with Catalogue.open(home, readonly=True) as catalogue:
                if catalogue.last_link().number > 5:
                    return {one.link for one in catalogue.intakes()}
        except StorageError:  # not made yet
            continue
    raise AssertionError("nothing comes in")
