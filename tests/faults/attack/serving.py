"""A real server: clients that are slow in every way, and a day's worth of requests, hurried."""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from corpus.home import Home
from indexer.pipeline import rebuild
from tests.faults.attack.damaging import everything
from tests.faults.attack.kinds import Attempt, Kind, Unavailable
from tests.faults.attack.operations import ARTICLES, OPERATIONS, LaidOut, pages, take_in
from webui.server.processes import check_free

_HELD = 120
"""Slow clients at once."""
_REQUESTS = 1000
"""Requests of one turn of the soak."""
_WARM = 3
"""Turns after which all is loaded that ever is."""
_MORE_MEMORY = 1.2
_MORE_FILES = 8


@dataclass(frozen=True, slots=True)
class _Server:
    port: int
    process: subprocess.Popen[str]

    def ask(self, address: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            path = quote(address, safe="/?&=%:")
            connection.request("GET", path, headers={"Host": "localhost"})
            with connection.getresponse() as answer:
                return answer.status, answer.read()


@contextmanager
def _serving(home: Home) -> Iterator[_Server]:
    port = check_free("127.0.0.1", 0)
    serve = ["serve", "--home", str(home.path), "--port", str(port), "--workers", "2"]
    command = [sys.executable, "-c", "from webui.cli import main; main()", *serve]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Serving")
            yield _Server(port, process)
        finally:
            process.terminate()


@contextmanager
def _slow(folder: Path) -> Iterator[Attempt]:
    home = Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")
    heads = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"G",
        b"",
        b"POST /cited HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na",
        b"POST /cited HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
        b"GET /api/v1/export.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /search?q=shelter HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 3000,
    )
    with _serving(home) as server:

        def attempt(chance: random.Random) -> str:
            with ExitStack() as held:
                for number in range(_HELD):
                    client = held.enter_context(socket.socket())
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                    client.bind((f"127.0.0.{2 + number % 50}", 0))
                    client.connect(("127.0.0.1", server.port))
                    client.sendall(chance.choice(heads))
                for address in ("/healthz", "/api/v1/search?q=shelter", "/search?q=shelter"):
                    status, content = server.ask(address)
                    assert status == 200, f"{status} for {address}"
                    assert content
            return f"{_HELD} slow clients"

        yield attempt


@dataclass(frozen=True, slots=True)
class _Held:
    """What the processes of a server hold together: bytes of their own, files, and files gone."""

    memory: int
    files: int
    deleted: int


def _held(session: int) -> _Held:
    memory = files = deleted = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):  # it has ended
            if os.getsid(int(entry.name)) != session:
                continue
            rolled = (entry / "smaps_rollup").read_text().split()
            memory += int(rolled[rolled.index("Private_Dirty:") + 1]) << 10
            for one in (entry / "fd").iterdir():
                files += 1
                deleted += str(one.readlink()).endswith("(deleted)")
            mapped = (entry / "maps").read_text().split("\n")
            deleted += len({line for line in mapped if "index/" in line and "(deleted)" in line})
    return _Held(memory, files, deleted)


@contextmanager
def _soak(folder: Path) -> Iterator[Attempt]:
    """Every attempt asks a thousand times and publishes once; what is held stays as it was."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise Unavailable("what a process holds is read in /proc")
    home = Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")
    addresses = everything(home)
    taken = ARTICLES
    with _serving(home) as server:

        def turn(chance: random.Random) -> _Held:
            nonlocal taken
            for _ in range(_REQUESTS):
                address = chance.choice(addresses)
                status, _ = server.ask(address)
                assert status < 500, f"{status} for {address}"
            take_in(home, pages(folder / "more", [taken]))
            rebuild(home, processes=1)
            taken += 1
            for address in ("/search?q=shelter", "/api/v1/search?q=shelter") * 8:  # every process
                assert server.ask(address)[0] == 200
            return _held(server.process.pid)

        for number in range(_WARM):
            first = turn(random.Random(number))

        def attempt(chance: random.Random) -> str:
            now = turn(chance)
            said = (
                f"{first.memory >> 20} → {now.memory >> 20} MB, {first.files} → {now.files} files,"
                f" {first.deleted} → {now.deleted} deleted"
            )
            assert now.memory <= first.memory * _MORE_MEMORY, said
            assert now.files <= first.files + _MORE_FILES, said
            assert now.deleted <= first.deleted + _MORE_FILES, said
            return said

        yield attempt


KINDS = [
    Kind("slow", f"{_HELD} clients that are slow in every way", 10, _slow, few=1),
    Kind("soak", f"{_REQUESTS:,} requests and a new generation", 24, _soak, few=0),
]
