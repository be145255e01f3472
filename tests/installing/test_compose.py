"""The compose file: do its parts, each a process in place of a machine, make one collection?

No engine of containers is asked for: commands and variables are read and run here, on loopback, the
database by the server that all tests share, which stands in for the image of PostgreSQL.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
import yaml

from corpus.home import Home
from corpus.store import Catalogue
from tests.cluster.postgresql import PASSWORD, Server
from tests.conftest import ROOT
from tests.faults.attack.operations import pages
from webui.cli import COMMANDS
from webui.server.processes import check_free

_FILE = ROOT / "docs" / "running" / "compose.yaml"


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["services"]
    return found


def test_every_part_is_a_command_of_ours_or_of_what_it_names() -> None:
    for name, service in services().items():
        assert service["profiles"], name
        if service["image"].startswith("dispatches"):
            program = service.get("entrypoint", ["dispatches"])[0]
            assert program == "dask" or service["command"][0] in COMMANDS
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        for named, value in service.get("environment", {}).items():
            assert "PASSWORD" not in named or value == "${PGPASSWORD}", "no secret stands there"
            assert "PASSWORD" not in " ".join(service["command"])


def test_the_image_of_a_cluster_adds_what_is_locked() -> None:
    text = (_FILE.with_name("Containerfile.cluster")).read_text(encoding="utf-8")
    (copied,) = [line.split()[1] for line in text.splitlines() if line.startswith("COPY")]
    lock = (ROOT / copied).read_text(encoding="utf-8")
    assert all(f"\n{name}==" in lock for name in ("distributed", "psycopg", "psycopg-binary"))
    assert "--require-hashes" in text
    assert text.rstrip().endswith("USER 10001:10001")


class Machines:
    """Processes in place of containers, with folders in place of volumes."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        scheduler = check_free("127.0.0.1", 0)
        self._said = {
            "postgresql://taker@${KEEPER}:5432/dispatches": address,
            "8786": str(scheduler),
            "${KEEPER}": "127.0.0.1",
            "${PGPASSWORD}": PASSWORD,
            "/originals": str(folder / "originals"),
            "/kept": str(folder / "kept"),
        }

    def command(
        self, service: str, home: Path, *more: str, pile: str = ""
    ) -> tuple[list[str], dict[str, str]]:
        """What runs there, and with which variables."""
        found = services()[service]
        said = self._said | {"/var/lib/dispatches": str(home), "/pile": pile, "/tmp": str(home)}

        def here(text: str) -> str:
            if text in said:
                return said[text]
            for word in ("${KEEPER}", "8786"):
                text = text.replace(word, said[word])
            return text

        programs = {
            "dispatches": [sys.executable, "-c", "from webui.cli import main; main()"],
            "dask": [str(Path(sys.executable).with_name("dask"))],
        }
        program, *rest = found.get("entrypoint", ["dispatches"])
        words = [*programs[program], *rest, *map(here, found["command"]), *more]
        variables = {name: here(value) for name, value in found["environment"].items()}
        return words, os.environ | variables

    @contextmanager
    def running(self, service: str, name: str, *more: str) -> Iterator[None]:
        home = self._folder / name
        home.mkdir(exist_ok=True)
        words, variables = self.command(service, home, *more)
        process = subprocess.Popen(
            words, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()

    def started(self, service: str, name: str, *more: str, pile: str = "") -> subprocess.Popen[str]:
        words, variables = self.command(service, self._folder / name, *more, pile=pile)
        return subprocess.Popen(
            words, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


@pytest.mark.slow
def test_its_parts_make_one_collection_that_is_searched_and_kept(
    tmp_path: Path, postgresql: Server
) -> None:
    piles = [pages(tmp_path / f"pile{at}", range(at * 4, at * 4 + 8)) for at in range(2)]
    machines = Machines(tmp_path, postgresql.database())
    port = check_free("127.0.0.1", 0)
    with machines.running("scheduler", "keep"), machines.running("worker", "work"):
        (tmp_path / "serve").mkdir()
        taking = [
            machines.started("take", f"take{at}", pile=str(pile)) for at, pile in enumerate(piles)
        ]
        for process in taking:
            _, said = process.communicate()
            assert process.returncode == 0, said
        assert "index" in services()["serve"]["depends_on"]
        index = machines.started("index", "serve")
        _, said = index.communicate()
        assert index.returncode == 0, said
        with machines.running("serve", "serve", "--port", str(port)):
            assert _found(port) == 12
            kept = machines.started("backup", "serve")
            _, said = kept.communicate()
            assert kept.returncode == 0, said
    back = tmp_path / "back"
    words = [sys.executable, "-c", "from webui.cli import main; main()", "restore"]
    words += [str(tmp_path / "kept"), "--home", str(back)]
    subprocess.run(words, check=True, capture_output=True)
    with Catalogue.open(Home(back), readonly=True) as catalogue:
        assert (catalogue.counts().articles, list(catalogue.troubles())) == (12, [])


def _found(port: int) -> int:
    """How many articles are found, once it answers."""
    address = f"http://127.0.0.1:{port}/api/v1/search?q=shelter"
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return int(json.load(answer)["total"])
        except (URLError, ConnectionError):  # it starts
            time.sleep(0.1)
    raise AssertionError("nothing is served")
