"""How many searches does the real server answer over HTTP?

    python -m benchmarks.server [--articles 10000] [--seconds 8] [--workers 2]

Closed loop: each of 1, 4, 16 and 64 clients asks its next question when the last one is answered,
over a connection that stays open; once for JSON and once for the page, and once more for JSON while
another process publishes a new generation. The clients share the machine's cores with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.peers.dispatches import Dispatches
from benchmarks.questions import questions
from corpus.home import Home
from corpus.store import Catalogue

CLIENTS = (1, 4, 16, 64)
_FACETS = "person,org,place,outlet,date:month"
_PATHS = {"JSON": "/api/v1/search", "page": "/search"}


@dataclass(slots=True)
class Load:
    """What came back: milliseconds of each answer, and how many were no success."""

    times: list[float] = field(default_factory=list)
    errors: int = 0


def addresses(kind: str, articles: int) -> list[str]:
    """What is asked: the faceted pages of the search benchmark."""
    asked = questions(list(islice(documents(articles), 2000)), 40)
    extra = {"facet": _FACETS, "facet_size": "20"} if kind == "JSON" else {}
    return [
        f"{_PATHS[kind]}?{urlencode({'q': question.text, **extra})}"
        for question in asked
        if question.is_page
    ]


async def _client(port: int, paths: Sequence[str], first: int, until: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    at = first
    while time.perf_counter() < until:
        path = paths[at % len(paths)]
        at += 1
        started = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        try:
            status, closes = await _answer(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            status, closes = 0, True
        load.times.append((time.perf_counter() - started) * 1000)
        load.errors += status != 200
        if closes:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of one answer, read to its end, and whether the server hangs up after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(
        (int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), None
    )
    if length is not None:
        await reader.readexactly(length)
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split(" ", 2)[1]), "connection: close" in head


async def drive(port: int, paths: Sequence[str], clients: int, seconds: float) -> Load:
    """Asks with so many clients for so long."""
    load = Load()
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(_client(port, paths, number * 7, until, load) for number in range(clients))
    )
    return load


@contextmanager
def serving(home: Home, workers: int) -> Iterator[int]:
    """The real server, in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from webui.cli import main; main()", "serve"]
    options = ["--home", str(home.path), "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the server did not start")


def report(what: str, clients: int, seconds: float, load: Load) -> None:
    """Prints one row."""
    p50, p99 = np.percentile(load.times, (50, 99))
    rate = len(load.times) / seconds
    print(
        f"| {what} | {clients} | {rate:.0f} | {p50:.1f} | {p99:.1f} | {load.errors} |", flush=True
    )


def publish_again(home: Home, articles: int) -> subprocess.Popen[bytes]:
    """Another process that builds and publishes the same articles once more."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.articles import documents;"
        "from benchmarks.peers.dispatches import Dispatches;"
        "Dispatches().build(Path(sys.argv[1]), documents(int(sys.argv[2])))"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(home.index), str(articles)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each row")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(f"{options.articles:,} articles, {options.workers} workers, clients on the same cores")
    print(f"{machine.describe()}\n")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        Catalogue.open(home.catalogue).close()
        Dispatches().build(home.index, documents(options.articles))
        with serving(home, options.workers) as port:
            print(
                "| | clients | requests/s | p50 ms | p99 ms | errors |\n|---|---|---|---|---|---|"
            )
            for kind in _PATHS:
                paths = addresses(kind, options.articles)
                asyncio.run(drive(port, paths, 4, 2.0))
                for clients in CLIENTS:
                    load = asyncio.run(drive(port, paths, clients, options.seconds))
                    report(kind, clients, options.seconds, load)
            paths = addresses("JSON", options.articles)
            publishing = publish_again(home, options.articles)
            started = time.perf_counter()
            load = Load()
            while publishing.poll() is None:
                part = asyncio.run(drive(port, paths, 16, 2.0))
                load.times += part.times
                load.errors += part.errors
            report("JSON, while publishing", 16, time.perf_counter() - started, load)
            assert publishing.returncode == os.EX_OK


if __name__ == "__main__":
    main()
