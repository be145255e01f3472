"""The server's processes share the clients, and in each one request computes after the other."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from threading import Event, Lock
from time import sleep
from wsgiref.util import setup_testing_defaults

import pytest
from flask import Flask

from webui.server.gunicorn import Server
from webui.server.turns import Turns

_TELLING_ITS_PROCESS = """
import os, sys
from flask import Flask
from webui.server.gunicorn import Server

app = Flask("telling")
app.get("/")(lambda: str(os.getpid()))
ready = lambda: print("ready", flush=True)
Server(app, host="127.0.0.1", port=int(sys.argv[1]), workers=2, threads=1, ready=ready).run()
"""


@pytest.fixture
def port() -> Iterator[int]:
    """Of a server with two processes of one thread each, whose answer names the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    command = [sys.executable, "-c", _TELLING_ITS_PROCESS, str(free)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        try:
            yield free
        finally:
            server.terminate()


@contextmanager
def _connections(port: int, number: int) -> Iterator[list[HTTPConnection]]:
    """So many connections, opened one after the other."""
    with ExitStack() as stack:
        opened = []
        for _ in range(number):
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            stack.callback(connection.close)
            connection.connect()
            opened.append(connection)
        yield opened


def _ask(connection: HTTPConnection) -> str:
    connection.request("GET", "/")
    return connection.getresponse().read().decode()


def _processes(port: int, connections: int) -> Counter[str]:
    """How many of so many connections each process took. The last that was opened asks first."""
    with _connections(port, connections) as opened:
        return Counter([_ask(connection) for connection in reversed(opened)])


def test_connections_are_shared_evenly_and_idle_ones_keep_no_thread(port: int) -> None:
    while len(_processes(port, 2)) < 2:
        pass  # the second process is just being started
    # A thread that waited five seconds for each idle connection would answer the last in 50.
    assert sorted(_processes(port, 20).values()) in ([10, 10], [9, 11])


def test_what_is_made_before_the_fork_is_not_looked_through_again() -> None:
    server = Server(Flask("x"), host="::1", port=8000, workers=1, threads=1, ready=lambda: None)
    before = gc.get_freeze_count()
    try:
        server.cfg.pre_fork(server, None)
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()


def _call(turns: Turns, path: str) -> list[bytes]:
    environ = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    return list(turns(environ, lambda *_: lambda _: None))


def test_requests_compute_one_after_the_other() -> None:
    inside, most, lock = 0, 0, Lock()

    def app(environ: object, start_response: object) -> list[bytes]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        sleep(0.002)
        with lock:
            inside -= 1
        return [b"done"]

    turns = Turns(app, patience=60)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _call(turns, "/"), range(40)))
    assert answers == [[b"done"]] * 40
    assert most == 1


def test_a_long_request_keeps_no_other_from_being_answered() -> None:
    answered = Event()

    def app(environ: dict[str, str], start_response: object) -> list[bytes]:
        if environ["PATH_INFO"] == "/long":
            assert answered.wait(30)
        return [environ["PATH_INFO"].encode()]

    turns = Turns(app, patience=0.02)
    with ThreadPoolExecutor(4) as pool:
        long = pool.submit(_call, turns, "/long")
        others = [pool.submit(_call, turns, f"/{number}") for number in range(3)]
        assert [other.result(20) for other in others] == [[b"/0"], [b"/1"], [b"/2"]]
        answered.set()
        assert long.result(20) == [b"/long"]
    assert _call(turns, "/next") == [b"/next"]


def test_a_failing_request_gives_its_turn_on() -> None:
    def app(environ: object, start_response: object) -> list[bytes]:
        raise ValueError("broken")

    turns = Turns(app, patience=60)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            _call(turns, "/")
