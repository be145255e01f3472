"""A real HTTP server, on this machine only, that misbehaves as told.

A test gives it a function from path to `Reply`; it notes every request. Bodies can drip, lie about
their length, never end, or be cut off.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the server sends.

    Attributes:
        drip: seconds between two bytes of the body.
        endless: repeat the body until the client goes away.
        cut: close after the body, whatever length was announced.
        garbage: these bytes instead of any HTTP.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    endless: bool = False
    cut: bool = False
    garbage: bytes = b""


@dataclass(frozen=True)
class Asked:
    """One request that the server got."""

    path: str
    headers: Mapping[str, str]
    at: float


Replies = Callable[[Asked], Reply]


class Server:
    """The server under way: its address and what it was asked."""

    def __init__(self, port: int, asked: list[Asked]) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.asked = asked

    @property
    def pages_asked(self) -> list[str]:
        """Paths that were asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, time.monotonic())
        self.server.noted.append(asked)
        reply = self.server.replies(asked)
        if self.path == "/robots.txt" and reply == Reply():
            reply = Reply(status=404)
        try:
            self._send(reply)
        except OSError:
            self.close_connection = True  # the client has had enough

    def _send(self, reply: Reply) -> None:
        if reply.garbage:
            self.wfile.write(reply.garbage)
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if not (reply.endless or "Content-Length" in reply.headers):
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self._send_body(reply)
        if reply.cut or reply.endless:
            self.close_connection = True

    def _send_body(self, reply: Reply) -> None:
        while reply.endless and not self.server.stopped.is_set():
            self.wfile.write(reply.body)
        step = 1 if reply.drip else max(len(reply.body), 1)
        for at in range(0, len(reply.body), step):
            if reply.endless or (reply.drip and self.server.stopped.wait(reply.drip)):
                return
            self.wfile.write(reply.body[at : at + step])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named so above it
        """Says nothing."""


class _Listener(ThreadingHTTPServer):
    def __init__(self, replies: Replies, noted: list[Asked]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = replies
        self.noted = noted
        self.stopped = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that went away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def serving(replies: Replies) -> Iterator[Server]:
    """Serves until the block ends; robots.txt is a 404 where `replies` gives `Reply()` for it."""
    noted: list[Asked] = []
    listener = _Listener(replies, noted)
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Server(listener.server_address[1], noted)
    finally:
        listener.stopped.set()
        listener.shutdown()
        listener.server_close()
        thread.join()
