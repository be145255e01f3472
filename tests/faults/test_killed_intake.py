"""An ingest that is killed, again and again, ends with the catalogue of one left alone."""

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
from corpus.store import Catalogue
from corpus.terminal import EXIT_INTERRUPTED
from tests.corpus.intake.test_ingest import PROSE, page
from tests.corpus.readers.crawls import crawl
from tests.faults.attack.operations import contents


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Pages, copies, edits, reprints, a dump with bad lines and a clipped crawl."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for number in range(120):
        url = f"https://herald.example/{number % 100}"
        text = PROSE * (1 + number // 110) + f"Item {number % 100}. "
        (folder / f"page{number:03}.html").write_text(page(f"T {number % 100}", url=url, text=text))
    records = [
        {"title": f"T {n}", "text": f"{PROSE * 3} {n % 60}", "outlet": "AB"[n % 2]}
        for n in range(120)
    ]
    lines = [json.dumps(record) for record in records]
    (folder / "dump.jsonl").write_text("\n".join([*lines, "{bad", '{"title": "no text"}']))
    pages = [(f"https://courier.example/{n}", f"Courier {n}") for n in range(40)]
    (folder / "crawl.warc.gz").write_bytes(crawl(*pages)[:-100])
    return folder


def start(pile: Path, home: Path) -> subprocess.Popen[bytes]:
    hear = "from signal import *; signal(SIGINT, default_int_handler)"  # a shell's job ignores it
    command = [sys.executable, "-c", f"{hear}; from webui.cli import main; main()"]
    return subprocess.Popen(
        [*command, "add", str(pile), "--home", str(home), "--processes", "2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def taken(home: Path) -> int:
    """How many documents a catalogue holds; 0 before there is one."""
    try:
        with Catalogue.open(home / "catalogue.sqlite", readonly=True) as catalogue:
            counts = catalogue.counts()
    except StorageError:
        return 0
    return counts.sightings + counts.failures


def processes_of(session: int) -> list[int]:
    """Processes of a session, Linux only."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == session:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


@pytest.mark.slow
def test_an_ingest_killed_ten_times_ends_like_one_left_alone(pile: Path, tmp_path: Path) -> None:
    alone, killed = tmp_path / "alone", tmp_path / "killed"
    with start(pile, alone) as process:
        report = json.loads(process.communicate()[0])
    chance = random.Random(7)
    cut_short = 0

    for number in range(10):
        taken_in = report["documents"] * (number + chance.random()) / 11
        with start(pile, killed) as process:
            while process.poll() is None and taken(killed) < taken_in:
                time.sleep(chance.uniform(0, 0.01))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        cut_short += taken(killed) < report["documents"]
    assert cut_short >= 8, "it ended before it could be killed"  # the last batch may be quicker
    with start(pile, killed) as process:
        last = json.loads(process.communicate()[0])

    assert last["documents"] == report["documents"] == 120 + 122 + 40
    assert contents(killed / "catalogue.sqlite") == contents(alone / "catalogue.sqlite")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("wait", [0.0, 0.1, 0.2, 0.4, 0.8])
def test_an_interrupted_ingest_says_one_line_whatever_its_processes_were_doing(
    wait: float, pile: Path, tmp_path: Path
) -> None:
    with start(pile, tmp_path / "home") as process:
        while process.poll() is None and len(processes_of(process.pid)) < 2:
            time.sleep(0.01)  # until the first process that works for it is started
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it
        _, said = process.communicate()

    assert said.split(b"\n")[1:-1] == [b"Interrupted. Run the same command again to go on."]
    assert process.returncode == EXIT_INTERRUPTED


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_no_process_outlives_a_killed_ingest(pile: Path, tmp_path: Path) -> None:
    with start(pile, tmp_path / "home") as process:
        deadline = time.monotonic() + 20
        while len(processes_of(process.pid)) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(processes_of(process.pid)) >= 3, "the cleaning processes never began"
        process.kill()
        process.communicate()
    while processes_of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(process.pid) == []
