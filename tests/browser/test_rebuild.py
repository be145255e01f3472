"""A rebuild under a client that asks without pause: no request fails, each has one generation."""

from __future__ import annotations

import json
import shutil
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from tests.browser.conftest import serving

pytestmark = pytest.mark.slow
_QUESTION = "/api/v1/search?q=ceasefire&facet=person,outlet,date:month&limit=5"


def _add(home: Home, place: str, *, keep: int) -> None:
    """One more article, and a generation that has it."""
    record = {
        "id": place,
        "title": f"A ceasefire in {place}",
        "text": f"In {place} a ceasefire was announced and kept. " * 30,
    }
    dump = home.path / f"{place}.jsonl"
    dump.write_text(json.dumps(record) + "\n", encoding="utf-8")
    with Catalogue.open(home.catalogue) as catalogue:
        assert ingest([dump], catalogue, processes=1).articles == 1
    rebuild(home, processes=1, keep=keep)


def _read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def _until_it_answers_from(generation: str, address: str) -> None:
    """While one request opens a new generation, others are answered from the one before."""
    for _ in range(600):
        with urllib.request.urlopen(f"{address}/readyz", timeout=30) as response:
            if json.load(response)["generation"] == generation:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server never answers from {generation}")


class _Client(threading.Thread):
    """Asks the same thing again and again, and keeps what it saw."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address + _QUESTION
        self.seen: dict[str, set[tuple[int, int]]] = {}
        self.failures: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            try:
                with urllib.request.urlopen(self.address, timeout=30) as response:
                    answer = json.load(response)
            except OSError as error:
                self.failures.append(str(error))
                continue
            index = answer["index"]
            counts = (index["articles"], answer["total"])
            self.seen.setdefault(index["generation"], set()).add(counts)


def test_no_request_fails_and_no_answer_is_mixed(demo_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(demo_home.path, home.path)
    with serving(home) as address:
        clients = [_Client(address) for _ in range(3)]
        for client in clients:
            client.start()
        try:
            for place in ("Meran", "Port Sel", "Oduya"):
                _add(home, place, keep=2)
            published = Generations(home.index).current().name
            _until_it_answers_from(published, address)
        finally:
            for client in clients:
                client.enough.set()
            for client in clients:
                client.join()
    seen: dict[str, set[tuple[int, int]]] = {}
    for client in clients:
        assert client.failures == []
        for generation, counts in client.seen.items():
            seen.setdefault(generation, set()).update(counts)
    assert published in seen
    assert len(seen) >= 2
    assert all(len(counts) == 1 for counts in seen.values()), seen


def test_a_citation_opens_again_after_a_rebuild(demo_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(demo_home.path, home.path)
    cited = Generations(home.index).current().name
    with serving(home) as address:
        permalink = f"{address}/search?q=ceasefire&generation={cited}"
        _, before = _read(permalink)
        _add(home, "Meran", keep=2)
        _, current = _read(f"{address}/search?q=ceasefire+meran")
        assert "A <mark>ceasefire</mark> in <mark>Meran</mark>" in current
        assert _read(permalink) == (200, before)
        _, none = _read(f"{address}/search?q=ceasefire+meran&generation={cited}")
        assert '<h1 id="count">Nothing found</h1>' in none
    _add(home, "Oduya", keep=1)
    with serving(home) as address:  # the first server may still hold the pruned files open
        status, gone = _read(f"{address}/search?q=ceasefire&generation={cited}&sort=oldest")
        assert status == 410
        assert 'href="/search?q=ceasefire&amp;sort=oldest"' in gone
