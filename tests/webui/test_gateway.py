"""The door that granian asks: what it passes on, and what it does with who is slow."""

from __future__ import annotations

import http.client
import json
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from webui.server.processes import check_free

_SERVER = """
import logging, sys
from flask import Flask, Response, request
from corpus.errors import IndexCorrupt
from webui.server.gateway import Patience
from webui.server.processes import Server
from webui.server.request_queue import RequestQueue

logging.basicConfig(format="%(message)s")
app = Flask("telling")
app.wsgi_app = RequestQueue(app.wsgi_app, patience=0.05)

@app.route("/tell/", methods=["GET", "POST", "HEAD"])
@app.route("/tell/<path:rest>", methods=["GET", "POST", "HEAD"])
def tell(rest=""):
    request.max_content_length = 500_000
    sent = request.get_data()
    simple = {k: v for k, v in request.environ.items() if isinstance(v, str)}
    return {"environ": simple, "length": len(sent), "sum": sum(sent), "rest": rest}

@app.get("/healthz")
def alive():
    return "ok"

@app.get("/long/<int:pieces>")
def long(pieces):
    def made():
        try:
            for number in range(pieces):
                yield b"%07d\\n" % number * 8192
        finally:
            with open(sys.argv[3], "a") as file:
                file.write("closed\\n")
    return Response(made())

@app.get("/large/<int:size>")
def large(size):
    return Response(b"x" * size)

@app.get("/broken")
def broken():
    def made():
        yield b"x" * 100_000
        raise IndexCorrupt("an array is damaged", where="stems")
    return Response(made())

@app.get("/wrong")
def wrong():
    def made():
        raise ValueError("secret")
        yield b""
    return Response(made())

@app.get("/forever")
@app.get("/export.forever")
def forever():
    import time
    time.sleep(float(sys.argv[4]))
    return "late"

patience = Patience(**eval(sys.argv[2]))
ready = lambda: print("ready", flush=True)
Server(app, host="127.0.0.1", port=int(sys.argv[1]), workers=1, threads=4, ready=ready,
       patience=patience).run()
"""


class Server:
    """A server of one process and four threads.

    Attributes:
        closed: a file with a line for each export that was let go of.
    """

    def __init__(self, port: int, process: subprocess.Popen[str], closed: Path) -> None:
        self.port = port
        self.process = process
        self.closed = closed

    def ask(self, path: str, method: str = "GET", **more: object) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, **more)  # type: ignore[arg-type]
            with connection.getresponse() as answer:
                return answer.status, answer.read()

    def send(self, sent: bytes, *, source: str = "127.0.0.1") -> socket.socket:
        """A connection, with little room for answers, on which this was sent."""
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.bind((source, 0))
        connection.settimeout(60)
        connection.connect(("127.0.0.1", self.port))
        connection.sendall(sent)
        return connection


@contextmanager
def serving(folder: Path, patience: str = "{}", *, forever: float = 60) -> Iterator[Server]:
    port = check_free("127.0.0.1", 0)
    closed = folder / "closed"
    command = [sys.executable, "-c", _SERVER, str(port), patience, str(closed), str(forever)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield Server(port, process, closed)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def told(server: Server, sent: bytes) -> dict[str, str]:
    with server.send(sent) as connection:
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        environ: dict[str, str] = json.loads(answer.read())["environ"]
        return environ


def head(request: str, *headers: str) -> bytes:
    lines = (f"{request} HTTP/1.1", "Host: x", "Connection: close", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def test_a_request_is_passed_on_as_it_came(server: Server) -> None:
    environ = told(server, head("GET /tell/a%20b?q=%E9&x=1+2", "Accept: a", "Accept: b"))
    assert environ["PATH_INFO"] == "/tell/a b"
    assert environ["QUERY_STRING"] == "q=%E9&x=1+2"
    assert environ["HTTP_ACCEPT"] == "a,b"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert (environ["HTTP_HOST"], environ["SCRIPT_NAME"]) == ("x", "")
    assert environ["SERVER_PORT"] == str(server.port)
    assert "PATH" not in environ, "what the operator's shell holds is no part of a request"


def test_a_path_in_any_script_arrives(server: Server) -> None:
    status, content = server.ask("/tell/%D0%9E%D1%80%D0%BB%D0%BE%D0%B2%D0%B0/%F0%9F%9A%A2")
    assert status == 200
    assert json.loads(content)["rest"] == "Орлова/🚢"


def test_cookies_are_joined_as_cookies_are(server: Server) -> None:
    assert told(server, head("GET /tell/", "Cookie: a=1", "Cookie: b=2"))["HTTP_COOKIE"] == (
        "a=1; b=2"
    )


def test_a_header_with_an_underscore_passes_for_no_other(server: Server) -> None:
    environ = told(server, head("GET /tell/", "X_Forwarded_For: 1.2.3.4", "Content_Length: 7"))
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert "CONTENT_LENGTH" not in environ


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 300_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole(server: Server, size: int, chunked: bool) -> None:
    body = bytes(number % 251 for number in range(size))
    sent = iter([body[:100], body[100:]]) if chunked else body
    status, content = server.ask("/tell/", "POST", body=sent, encode_chunked=chunked)
    assert status == 200
    found = json.loads(content)
    assert (found["length"], found["sum"]) == (size, sum(body))


@pytest.mark.parametrize("size", [500_001, 2 << 20])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_long_is_refused(server: Server, size: int, chunked: bool) -> None:
    body = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % size
    sent = head("POST /tell/", body.decode())
    with server.send(sent) as connection:
        piece = (b"%x\r\n" % 1000 + b"x" * 1000 + b"\r\n") if chunked else b"x" * 1000
        with suppress(BrokenPipeError, ConnectionResetError):  # it need not be heard to the end
            for _ in range(size // 1000 + 1):
                connection.sendall(piece)
            connection.sendall(b"0\r\n\r\n" if chunked else b"")
        with suppress(ConnectionResetError):
            assert connection.recv(12) in {b"HTTP/1.1 413", b""}
    assert server.ask("/healthz") == (200, b"ok")


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 5_000_000])
def test_an_answer_arrives_whole(server: Server, size: int) -> None:
    status, content = server.ask(f"/large/{size}")
    assert (status, len(content)) == (200, size)


def test_only_the_head_of_an_answer_is_sent_where_only_it_was_asked(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for path in ("/large/5000000", "/large/10"):
        connection.request("HEAD", path)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"")
        assert answer.headers["Content-Length"] == path.rpartition("/")[2]
    connection.close()


@pytest.mark.parametrize("pieces", [0, 1, 7])
def test_an_export_arrives_whole_and_is_closed(server: Server, pieces: int) -> None:
    server.closed.unlink(missing_ok=True)
    status, content = server.ask(f"/long/{pieces}")
    assert status == 200
    assert content == b"".join(b"%07d\n" % number * 8192 for number in range(pieces))
    assert server.closed.read_text() == "closed\n"


def test_what_breaks_while_it_is_sent_does_not_end_as_if_it_were_whole(server: Server) -> None:
    with pytest.raises(http.client.IncompleteRead):
        server.ask("/broken")
    assert server.ask("/healthz") == (200, b"ok")


def test_who_leaves_early_ends_an_export_without_a_word(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        with server.send(head("GET /long/100000")) as connection:
            assert connection.recv(12) == b"HTTP/1.1 200"
        while not server.closed.exists():
            assert server.ask("/tell/")[0] == 200
        server.process.terminate()
        said, logged = server.process.communicate(timeout=60)
        assert (said, logged) == ("", "")


def test_questions_sent_at_once_are_answered_in_their_order(server: Server) -> None:
    paths = ("/tell/one", "/large/70000")
    sent = b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths)
    with server.send(sent + head("GET /tell/two")) as connection:
        said = read_to_the_end(connection)
    assert said.count(b"HTTP/1.1 200") == 3
    assert 0 < said.index(b'"one"') < said.index(b"x" * 70_000) < said.index(b'"two"')


_CHUNKED = "Transfer-Encoding: chunked"
NO_HTTP = {
    "a size that is none": head("POST /tell/", _CHUNKED) + b"zz\r\nx\r\n0\r\n\r\n",
    "a size beyond all": head("POST /tell/", _CHUNKED) + b"f" * 40 + b"\r\nx",
    "a piece longer than said": head("POST /tell/", _CHUNKED) + b"1\r\nxyz\r\n0\r\n\r\n",
    "a negative length": head("POST /tell/", "Content-Length: -1"),
    "no number": head("POST /tell/", "Content-Length: 1e3"),
    "two lengths": head("POST /tell/", "Content-Length: 1", "Content-Length: 2") + b"xy",
    "length and pieces": head("POST /tell/", "Content-Length: 4", _CHUNKED) + b"0\r\n\r\nGET",
    "an unknown coding": head("POST /tell/", "Transfer-Encoding: zip, chunked") + b"0\r\n\r\n",
    "a header of a megabyte": head("GET /tell/", f"X: {'x' * (1 << 20)}"),
    "ten thousand headers": head("GET /tell/", *(f"X{number}: x" for number in range(10_000))),
    "a header without a name": head("GET /tell/", ": x"),
    "a header without an end": head("GET /tell/", "X"),
    "a space in a name": head("GET /tell/", "Content-Length : 3") + b"xyz",
    "a folded header": head("GET /tell/", "X: a", " b"),
    "a NUL": head("GET /tell/", "X: a\0b"),
    "letters of no code": head("GET /tell/", "X: \xff\xfe", "Cookie: \xe9=\xe9"),
    "two hosts": head("GET /tell/", "Host: y"),
    "no version": b"GET /tell/\r\n\r\n",
    "a version to come": b"GET /tell/ HTTP/9.9\r\nHost: x\r\n\r\n",
    "a path of a megabyte": head(f"GET /tell/{'x' * (1 << 20)}"),
    "a path that is none": head("GET tell"),
    "another site": head("GET http://evil.example/tell/"),
    "a tunnel": head("CONNECT evil.example:443"),
    "an echo": head("TRACE /tell/"),
    "everything": head("OPTIONS *"),
    "no method": head("\x7f\x7f /tell/"),
    "a method of its own": head("BREW /tell/"),
    "TLS": bytes.fromhex("1603010200010001fc0303") + bytes(500),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
    "another protocol": head("GET /tell/", "Upgrade: websocket", "Sec-WebSocket-Key: x"),
    "nothing but line ends": b"\r\n" * 5000,
    "noise": bytes(range(256)) * 64,
}


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_question_is_refused_or_let_go_of(server: Server, sent: bytes) -> None:
    with ExitStack() as held:
        try:
            connection = held.enter_context(server.send(sent))
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answer:
                said = answer.read()
        except OSError:  # let go of while it was still talking
            said = b""
    statuses = [int(line.split()[1]) for line in said.split(b"\r\n") if line[:7] == b"HTTP/1."]
    assert len(statuses) <= 1, "what was sent as one question was answered as more"
    assert not [status for status in statuses if status >= 500], said[:200]
    assert server.ask("/healthz")[0] == 200


def test_a_fault_is_told_without_its_details(server: Server) -> None:
    status, content = server.ask("/wrong")
    assert status == 500
    assert b"secret" not in content
    assert json.loads(content)["code"] == "internal_server_error"


def read_to_the_end(connection: socket.socket) -> bytes:
    found = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            found += piece
    return found


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that waits a second at most."""
    patience = "{'header_seconds': 1, 'body_seconds': 1, 'write_seconds': 1}"
    with serving(tmp_path_factory.mktemp("short"), patience) as running:
        yield running


@pytest.mark.parametrize(
    "sent",
    [b"", b"G", b"GET /tell/ HTTP/1.1\r\nHost: x\r\n", head("GET /tell/")[:-1]],
    ids=["nothing", "a letter", "half a head", "all but a byte"],
)
def test_half_a_head_is_let_go_of(short: Server, sent: bytes) -> None:
    with short.send(sent) as connection:
        assert b" 200 " not in read_to_the_end(connection), "and it ends"


@pytest.mark.parametrize("kind", ["Content-Length: 100", "Transfer-Encoding: chunked"])
def test_half_a_body_is_let_go_of(short: Server, kind: str) -> None:
    with short.send(head("POST /tell/", kind) + b"3\r\nabc\r\n") as connection:
        assert read_to_the_end(connection).startswith(b"HTTP/1.1 408")
    assert short.ask("/tell/", "POST", body=b"abc")[0] == 200


def test_a_body_that_drips_is_let_go_of(short: Server) -> None:
    with short.send(head("POST /tell/", "Content-Length: 1000")) as connection:
        connection.settimeout(0.1)
        answer = b""
        while not answer:
            with suppress(TimeoutError):
                answer = connection.recv(12)
            with suppress(ConnectionError):
                connection.sendall(b"x")
        assert answer == b"HTTP/1.1 408"


def test_who_does_not_read_is_let_go_of(short: Server) -> None:
    with short.send(head("GET /long/100000")) as connection:
        assert connection.recv(12) == b"HTTP/1.1 200"
        while not short.closed.exists():
            assert short.ask("/healthz") == (200, b"ok")
    assert short.ask("/long/1")[0] == 200


def test_more_slow_clients_than_threads_keep_nobody_from_an_answer(tmp_path: Path) -> None:
    """Four threads; forty of each kind."""
    with serving(tmp_path) as server, ExitStack() as held:
        for number in range(40):
            source = f"127.0.0.{2 + number}"
            for sent in (
                b"GET /tell/ HTTP/1.1\r\nHost: x\r\n",
                head("POST /tell/", "Content-Length: 9") + b"x",
                head("GET /large/20000000"),
                head("GET /long/100000"),
            ):
                held.enter_context(server.send(sent, source=source))
        for _ in range(3):
            assert server.ask("/healthz") == (200, b"ok")
            assert server.ask("/tell/")[0] == 200
            assert server.ask("/long/3")[0] == 200
            assert server.ask("/tell/", "POST", body=b"abc")[0] == 200


def test_life_signs_come_though_every_thread_computes(tmp_path: Path) -> None:
    with serving(tmp_path) as server, ExitStack() as held:
        for _ in range(20):
            held.enter_context(server.send(head("GET /forever")))
        assert server.ask("/healthz") == (200, b"ok")


def test_exports_that_begin_at_once_keep_nobody_from_an_answer(tmp_path: Path) -> None:
    """However long their beginning takes: they have a thread of their own."""
    with serving(tmp_path) as server, ExitStack() as held:
        for _ in range(20):
            held.enter_context(server.send(head("GET /export.forever")))
        assert server.ask("/tell/")[0] == 200
        assert server.ask("/tell/", "POST", body=b"abc")[0] == 200


def test_one_client_has_a_budget_and_others_have_theirs(tmp_path: Path) -> None:
    budget = "{'requests': 6, 'exports': 2, 'body_seconds': 600, 'write_seconds': 600}"
    with serving(tmp_path, budget) as server, ExitStack() as held:
        for _ in range(2):
            export = held.enter_context(server.send(head("GET /long/100000"), source="127.0.0.9"))
            assert export.recv(12) == b"HTTP/1.1 200"
        with server.send(head("GET /long/100000"), source="127.0.0.9") as third:
            said = read_to_the_end(third)
            assert said.startswith(b"HTTP/1.1 503")
            assert b"retry-after: 10" in said.lower()
        half = head("POST /tell/", "Content-Length: 9") + b"x"
        halves = [
            held.enter_context(server.send(half, source="127.0.0.9"))
            for _ in range(5)  # one more than may be
        ]
        refused, _, _ = select.select(halves, [], [], 60)
        assert [one.recv(12) for one in refused] == [b"HTTP/1.1 503"]
        with server.send(head("GET /tell/"), source="127.0.0.9") as seventh:
            assert seventh.recv(12) == b"HTTP/1.1 503"
        assert server.ask("/tell/")[0] == 200, "another client"
        assert server.ask("/long/2")[0] == 200
        held.close()
        answers: set[bytes] = set()
        while answers != {b"HTTP/1.1 200"}:  # until it is noticed that they are gone
            with server.send(head("GET /tell/"), source="127.0.0.9") as again:
                answers = {again.recv(12)}
