"""What does a mixed pile cost, from files to a published index, and does memory grow with it?

    python -m benchmarks.pile [--sizes 10000,30000,100000] [--kills 0] [--folder DIR]

Makes the piles of `benchmarks.pile.mixed`, takes each in with one `dispatches add`, killed
(SIGKILL) as often as asked and run again, then rebuilds: the first time, again with `--anew`, and
again with nothing new. A smaller pile is the beginning of a larger one, whose first rebuild has the
analyses of the smaller at hand. Linux only: processes are watched through /proc. A wrong count
ends the run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.pile import mixed

_PAUSE = 0.05  # seconds between two looks at the processes: they cost 0.2 ms
_TICKS = os.sysconf("SC_CLK_TCK")
_STARTED, _A_SECOND = 3.0, 1000  # a kill comes so many seconds after the start, and documents


@dataclass
class Run:
    """A command that was watched: all processes of its session.

    Attributes:
        cpu: seconds of each process, by its number; the first is the command itself.
        peak: bytes that each held at most, mapped files included. own: without these.
    """

    code: int = 0
    said: str = ""
    seconds: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    peak: dict[int, int] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)


def run(arguments: Sequence[str], *, kill_after: float | None = None) -> Run:
    """Runs `dispatches`; with `kill_after`, kills it that many seconds later."""
    command = [str(Path(sys.executable).with_name("dispatches")), *arguments]
    seen, started = Run(), time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, start_new_session=True)
        while process.poll() is None:
            _look(process.pid, seen)
            if kill_after is not None and time.monotonic() - started > kill_after:
                process.kill()
            time.sleep(_PAUSE)
        while any(_session(process.pid)):  # workers end with their parent, a little later
            time.sleep(_PAUSE)
        output.seek(0)
        seen.code, seen.said = process.returncode, output.read()
    seen.seconds = time.monotonic() - started
    return seen


def _look(session: int, seen: Run) -> None:
    for number, times in _session(session):
        try:
            status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
        except OSError:
            continue  # it has ended in between
        sizes = dict(line.split(":", 1) for line in status.splitlines())
        if "VmHWM" in sizes:
            seen.cpu[number] = times
            seen.peak[number] = int(sizes["VmHWM"].split()[0]) << 10
            own = int(sizes["RssAnon"].split()[0]) << 10
            seen.own[number] = max(seen.own.get(number, 0), own)


def _session(session: int) -> Iterator[tuple[int, float]]:
    """The running processes of a session, and how many seconds each has had a core."""
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                line = Path(entry.path, "stat").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            fields = line.rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                yield int(entry.name), (int(fields[11]) + int(fields[12])) / _TICKS


def measure(size: int, folder: Path, *, kills: int, analyses: Path | None) -> dict[str, float]:
    """One pile, through to its index.

    Args:
        analyses: those of a smaller pile.
    """
    pile, home = folder / f"pile-{size}", folder / f"home-{size}"
    expected = mixed.make(pile, first=0, last=size)
    found: dict[str, float] = {}
    add = ["add", str(pile), "--home", str(home), "--json"]
    moments = random.Random(size)
    tries = [
        run(add, kill_after=_STARTED + moments.random() * size / _A_SECOND) for _ in range(kills)
    ]
    tries.append(run(add))
    _tell(found, "add", *tries, documents=size)
    again = run(add)
    _tell(found, "add again", again, documents=size)
    _check(json.loads(again.said), home, expected)
    if analyses is not None:
        shutil.copy(analyses, home)
    rebuild = ["rebuild", "--home", str(home), "--json"]
    articles = expected["articles"]
    for name, options in (("first rebuild", []), ("--anew", ["--anew"]), ("nothing new", [])):
        _tell(found, name, run([*rebuild, *options]), documents=articles)
    status = json.loads(run(["status", "--home", str(home), "--json"]).said)
    for name in ("person", "org", "place"):
        found[f"entities, {name}"] = status["counts"][name]
    _equal("articles in the index", status["counts"]["articles"], articles)
    shutil.rmtree(pile)
    return found


def _tell(found: dict[str, float], name: str, *tries: Run, documents: int) -> None:
    """Notes what a command cost, all its tries together; all but the last were killed."""
    if tries[-1].code not in (0, 1):
        sys.exit(f"{name} ended with {tries[-1].code}: {tries[-1].said}")
    cpu = sum(sum(seen.cpu.values()) for seen in tries)
    found[f"{name}, s of CPU time"] = cpu
    found[f"{name}, s"] = sum(seen.seconds for seen in tries)
    found[f"{name}, documents a second of CPU time"] = documents / cpu
    found[f"{name}, peak MB"] = max(next(iter(seen.peak.values())) for seen in tries) / 1e6
    found[f"{name}, own MB"] = max(next(iter(seen.own.values())) for seen in tries) / 1e6
    workers = [peak for seen in tries for peak in list(seen.peak.values())[1:]]
    found[f"{name}, worker MB"] = max(workers, default=0) / 1e6


def _check(again: dict[str, int], home: Path, expected: Counter[str]) -> None:
    """Compares with what is known of the pile; a difference ends the run."""
    for part in ("documents", "failures"):
        _equal(part, again[part], expected[part])
    status = json.loads(run(["status", "--home", str(home), "--json"]).said)
    stored = expected["articles"] + expected["flagged"]
    _equal("articles", status["articles"], stored)
    _equal("versions", status["versions"], stored + expected["new_versions"])
    _equal("sightings", status["sightings"], expected["documents"] - expected["failures"])
    _equal("failures", status["failures"], expected["failures"])


def _equal(what: str, found: int, expected: int) -> None:
    if found != expected:
        sys.exit(f"{what}: {found:,} instead of {expected:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--kills", type=int, default=0, help="how often each intake is killed")
    parser.add_argument("--folder", type=Path, help="where the collections stay")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"{machine.describe()}\n")
    rows: list[dict[str, float]] = []
    analyses = None
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        for size in sizes:
            rows.append(measure(size, folder, kills=options.kills, analyses=analyses))
            analyses = folder / f"home-{size}" / "analysis.sqlite"
            print(f"{size:,}: {rows[-1]}", file=sys.stderr, flush=True)
    print(f"| | {' | '.join(f'{size:,}' for size in sizes)} | exponent |")
    print(f"|---|{'---|' * len(sizes)}---|")
    for what in rows[0]:
        values = [row[what] for row in rows]
        slope = np.polyfit(np.log(sizes), np.log(values), 1)[0] if min(values) > 0 else np.nan
        print(f"| {what} | {' | '.join(f'{value:,.0f}' for value in values)} | {slope:.2f} |")
