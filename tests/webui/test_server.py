"""The server answers whoever asks, however slow others are; a process computes one by one."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event, Lock
from time import sleep
from wsgiref.util import setup_testing_defaults

import pytest

from corpus.errors import InvalidParameter
from webui.server.processes import check_free, keep_for_good
from webui.server.request_queue import YIELDS, RequestQueue

_SERVER = """
import os, sys, time
from flask import Flask, Response
from webui.server.processes import Server
from webui.server.request_queue import RequestQueue
from webui.server.shared_numbers import SharedNumbers

app = Flask("telling")
asked = SharedNumbers(1)

@app.get("/")
def tell():
    with asked.changing() as numbers:
        numbers[0] += 1
        return {"process": os.getpid(), "asked": int(numbers[0])}

@app.get("/long")
def long():
    return Response(b"x" * 65_536 for _ in range(1_000))

@app.get("/late")
def late():
    print("begun", flush=True)
    time.sleep(1)
    return "late"

app.wsgi_app = RequestQueue(app.wsgi_app)
host, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ready = lambda: print("ready", flush=True)
Server(app, host=host, port=port, workers=workers, threads=128, ready=ready).run()
"""


class Running:
    """A server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, path: str = "/") -> bytes:
        url = f"http://localhost:{self.port}{path}"
        with urllib.request.urlopen(url, timeout=60) as answer:
            return bytes(answer.read())

    def told(self) -> dict[str, int]:
        answer: dict[str, int] = json.loads(self.ask())
        return answer

    def connect(self, request: bytes) -> socket.socket:
        """A connection on which this was sent."""
        connection = socket.create_connection(("localhost", self.port), timeout=60)
        connection.sendall(request)
        return connection


@contextmanager
def running(*, host: str = "localhost", workers: int = 2) -> Iterator[Running]:
    port = check_free(host, 0)
    command = [sys.executable, "-c", _SERVER, host, str(port), str(workers)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield Running(process, port)
        finally:
            process.terminate()


def test_clients_that_never_end_their_question_keep_no_other_from_an_answer() -> None:
    with running() as server, ExitStack() as held:
        for _ in range(500):
            held.enter_context(server.connect(b"GET / HTTP/1.1\r\nHost: x\r\n"))
        assert server.told()["asked"] == 1


def test_clients_that_do_not_take_their_answer_keep_no_other_from_one() -> None:
    with running() as server, ExitStack() as held:
        said = set()
        for _ in range(100):
            stalled = held.enter_context(server.connect(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n"))
            said.add(stalled.recv(12))
        assert said <= {b"HTTP/1.1 200", b"HTTP/1.1 503"}, "one client has a budget of them"
        assert server.told()["asked"] == 1


def test_processes_count_together_and_one_that_is_killed_is_replaced() -> None:
    with running() as server:
        seen: set[int] = set()
        asked = 0
        while len(seen) < 2:
            told = server.told()
            seen.add(told["process"])
            asked += 1
            assert told["asked"] == asked
        os.kill(min(seen), signal.SIGKILL)
        while (told := _when_it_answers(server))["process"] in seen:
            asked = told["asked"]
        assert told["asked"] > asked
        assert max(seen) in {_when_it_answers(server)["process"] for _ in range(100)}


def test_a_server_that_is_killed_leaves_no_process_behind() -> None:
    with running() as server:
        assert server.told()
        server.process.kill()
        server.process.wait()
        while not _is_refused(server):
            time.sleep(0.05)


def _is_refused(server: Running) -> bool:
    """Whether nobody listens any more."""
    try:
        server.told()
    except ConnectionError:  # cut off while it answered
        return False
    except urllib.error.URLError as error:
        return isinstance(error.reason, ConnectionRefusedError)
    return False


def _when_it_answers(server: Running) -> dict[str, int]:
    """A connection that the killed process had not yet taken is broken off."""
    while True:
        try:
            return server.told()
        except ConnectionError:
            time.sleep(0.01)


def test_a_server_that_is_told_to_stop_ends_what_it_began_and_logs_nothing() -> None:
    with running(workers=1) as server, ThreadPoolExecutor(1) as pool:
        server.ask("/?q=secret")
        late = pool.submit(server.ask, "/late")
        assert server.process.stdout is not None
        assert server.process.stdout.readline() == "begun\n"
        server.process.terminate()
        assert late.result(60) == b"late"
        said, logged = server.process.communicate(timeout=60)
        assert (said, logged, server.process.returncode) == ("", "", 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_listens_where_told(host: str) -> None:
    with running(host=host, workers=1) as server:
        assert server.told()["asked"] == 1


def test_a_place_that_is_none_of_this_machine_is_named() -> None:
    with pytest.raises(InvalidParameter, match=r"cannot listen on http://203\.0\.113\.1:8000"):
        check_free("203.0.113.1", 8000)


def test_what_is_made_before_the_fork_is_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    try:
        keep_for_good()
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()


def _call(queue: RequestQueue, path: str, *more: str) -> list[bytes]:
    environ = {"PATH_INFO": path, **dict.fromkeys(more, "")}
    setup_testing_defaults(environ)
    return list(queue(environ, lambda *_: lambda _: None))


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

    queue = RequestQueue(app, patience=60)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _call(queue, "/"), range(40)))
    assert answers == [[b"done"]] * 40
    assert most == 1


def test_a_long_request_keeps_no_other_from_being_answered() -> None:
    answered = Event()

    def app(environ: dict[str, str], start_response: object) -> list[bytes]:
        if environ["PATH_INFO"] == "/long":
            assert answered.wait(30)
        return [environ["PATH_INFO"].encode()]

    queue = RequestQueue(app, patience=0.02)
    with ThreadPoolExecutor(4) as pool:
        long = pool.submit(_call, queue, "/long")
        others = [pool.submit(_call, queue, f"/{number}") for number in range(3)]
        assert [other.result(20) for other in others] == [[b"/0"], [b"/1"], [b"/2"]]
        answered.set()
        assert long.result(20) == [b"/long"]
    assert _call(queue, "/next") == [b"/next"]


class _Held:
    """An application whose first request computes until it is let go on; what came, in order."""

    def __init__(self) -> None:
        self.begun, self.let_go = Event(), Event()
        self.order: list[str] = []

    def __call__(self, environ: dict[str, str], start_response: object) -> list[bytes]:
        self.order.append(environ["PATH_INFO"])
        if len(self.order) == 1:
            self.begun.set()
            assert self.let_go.wait(30)
        return []


def _waits(queue: RequestQueue, many: int) -> None:
    while len(queue._waiting) + len(queue._yielding) < many:
        sleep(0.001)


def test_who_yields_is_last_whenever_it_came() -> None:
    app = _Held()
    queue = RequestQueue(app, patience=60)
    with ThreadPoolExecutor(6) as pool:
        pool.submit(_call, queue, "/first")
        assert app.begun.wait(30)
        for many, path in enumerate(("/export.1", "/export.2", "/page.1", "/page.2"), start=1):
            pool.submit(_call, queue, path, *([YIELDS] if "export" in path else []))
            _waits(queue, many)
        app.let_go.set()
    assert app.order == ["/first", "/page.1", "/page.2", "/export.1", "/export.2"]


def test_who_yields_does_not_wait_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """When others went first for long enough, it is the next, whoever else waits."""
    app = _Held()
    queue = RequestQueue(app, patience=0.05)
    monkeypatch.setattr("webui.server.request_queue._YIELDING", 4)
    stop = Event()

    def others(number: int) -> None:
        while not stop.is_set():
            _call(queue, f"/page.{number}")
            sleep(0.001)

    app.let_go.set()
    with ThreadPoolExecutor(6) as pool:
        for number in range(4):
            pool.submit(others, number)
        try:
            assert pool.submit(_call, queue, "/export", YIELDS).result(30) == []
        finally:
            stop.set()


def test_a_failing_request_lets_the_next_begin() -> None:
    def app(environ: object, start_response: object) -> list[bytes]:
        raise ValueError("broken")

    queue = RequestQueue(app, patience=60)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            _call(queue, "/")
