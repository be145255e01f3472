"""How many searches does the real server answer over HTTP?

    python -m benchmarks.server [--articles 10000] [--seconds 8] [--workers 2]

Closed loop: each of 1, 4, 16 and 64 clients asks its next question when the last one is answered,
over a connection that stays open; once for JSON and once for the page, once more for the page as a
hundred exports begin at once, and for JSON while another process publishes a new generation. The
clients share the machine's cores with the server; the last columns say what they took, and what the
server did.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.load import Load, drive
from benchmarks.peers.dispatches import Dispatches
from benchmarks.questions import questions
from corpus.home import Home
from corpus.store import Catalogue

CLIENTS = (1, 4, 16, 64)
_EXPORTS, _ROUNDS = 100, 5
_FACETS = "person,org,place,outlet,date:month"
_PATHS = {"JSON": "/api/v1/search", "page": "/search"}
_HEAD = """\
| | clients | requests/s | p50 ms | p99 ms | errors | server, CPU ms each | clients, CPU ms each |
|---|---|---|---|---|---|---|---|"""


def addresses(kind: str, articles: int) -> list[str]:
    """What is asked: the faceted pages of the search benchmark."""
    asked = questions(list(islice(documents(articles), 2000)), 40)
    extra = {"facet": _FACETS, "facet_size": "20"} if kind == "JSON" else {}
    return [
        f"{_PATHS[kind]}?{urlencode({'q': question.text, **extra})}"
        for question in asked
        if question.is_page
    ]


@contextmanager
def serving(home: Home, workers: int) -> Iterator[tuple[int, int]]:
    """The real server, in a process of its own; gives its port and the id of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from webui.cli import main; main()", "serve"]
    options = ["--home", str(home.path), "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port, server.pid
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


def cpu_seconds(process: int) -> float:
    """What a process and its children have taken of the cores; 0 where Linux does not tell."""
    try:
        about = Path(f"/proc/{process}")
        fields = (about / "stat").read_text().rpartition(")")[2].split()
        children = map(int, (about / f"task/{process}/children").read_text().split())
    except OSError:
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(cpu_seconds, children))


def row(what: str, clients: int, load: Load, server_cpu: float) -> str:
    """One row of the table."""
    p50, p99 = np.percentile(load.times, (50, 99))
    each = 1000 / len(load.times)
    return (
        f"| {what} | {clients} | {len(load.times) / load.seconds:.0f} | {p50:.1f} | {p99:.1f} |"
        f" {load.errors} | {server_cpu * each:.1f} | {load.cpu_seconds * each:.2f} |"
    )


@contextmanager
def exports_begun(port: int, many: int) -> Iterator[None]:
    """So many exports, asked for at once by clients that read none of what comes."""
    asked = b"GET /api/v1/export.jsonl?q=the HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with ExitStack() as held:
        for number in range(many):
            client = held.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.bind((f"127.0.0.{2 + number % 50}", 0))
            client.connect(("127.0.0.1", port))
            client.sendall(asked)
        yield


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
        Catalogue.open(home).close()
        Dispatches().build(home.index, documents(options.articles))
        with serving(home, options.workers) as (port, server):
            print(_HEAD)
            for kind in _PATHS:
                paths = addresses(kind, options.articles)
                drive(port, paths, 4, 2.0)
                for clients in CLIENTS:
                    before = cpu_seconds(server)
                    load = drive(port, paths, clients, options.seconds)
                    taken = cpu_seconds(server) - before
                    print(row(kind, clients, load, taken), flush=True)
            before, load = cpu_seconds(server), Load()
            for _ in range(_ROUNDS):
                with exports_begun(port, _EXPORTS):
                    load.add(drive(port, paths, 4, 1.0))
            taken = cpu_seconds(server) - before
            print(row(f"page, as {_EXPORTS} exports begin", 4, load, taken), flush=True)
            paths = addresses("JSON", options.articles)
            publishing = publish_again(home, options.articles)
            before = cpu_seconds(server)
            load = Load()
            while publishing.poll() is None:
                load.add(drive(port, paths, 16, 2.0))
            taken = cpu_seconds(server) - before
            print(row("JSON, while publishing", 16, load, taken))
            assert publishing.returncode == os.EX_OK


if __name__ == "__main__":
    main()
