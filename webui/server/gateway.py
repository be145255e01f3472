"""Gateway: how do clients that are slow to ask, or to take an answer, keep nobody waiting?

An ASGI application before the WSGI one. A thread is taken only while something is
computed: a question that came whole, or the next piece of an export. All exports have one
thread, and are begun when nobody else waits. Whoever sends a body or reads
an answer too slowly is let go of; what one client, and all together, have under way has a limit.
Life signs have a thread of their own. What a granian of another operator does with `wsgi:app` is
not decided here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from sys import stderr
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote_to_bytes

from corpus.errors import DispatchesError
from webui.server.request_queue import ALIVE, ARRIVED, YIELDS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LOG = logging.getLogger(__name__)
_LARGEST_BODY = 1 << 20
"""More than any form here takes; what is longer is not read, and refused by who would read it."""
_PIECE = 1 << 16
"""Bytes that are sent at once: a shorter answer fits between the kernel and its client."""
_EXPORT = "/export."
"""Stands in the address of what is a whole result."""
_BODY = "http.response.body"
_T = TypeVar("_T")
_Event = Mapping[str, Any]
_Receive = Callable[[], Awaitable[_Event]]
_Send = Callable[[_Event], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """What one process bears of clients.

    Attributes:
        header_seconds: until the head of a question is whole.
        body_seconds: until its body is.
        write_seconds: until the next 64 KB of an answer are taken.
        requests: that one client has under way. Behind a proxy, who is one is the proxy's to say.
        exports: long answers that one client takes at a time.
        all_exports: that all take: each holds a page of articles.
    """

    header_seconds: float = 10.0
    body_seconds: float = 10.0
    write_seconds: float = 30.0
    requests: int = 256
    exports: int = 16
    all_exports: int = 256


class _Refused(Exception):
    """A request that is answered without asking the application."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = [
            ("content-type", "application/problem+json"),
            ("cache-control", "no-store"),
            ("connection", "close"),
        ]
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.headers.append(("retry-after", "10"))
        self.problem = json.dumps(
            {
                "type": "about:blank",
                "title": status.phrase,
                "status": status,
                "code": status.name.lower(),
                "detail": f"{detail}.",
            }
        ).encode()


class Gateway:
    """Its `answer` is the ASGI application, in each process.

    Args:
        threads: that compute at the same time, at most.
        proxied: whether all clients come from one address.
    """

    def __init__(
        self, app: WSGIApplication, *, threads: int, patience: Patience, proxied: bool = False
    ) -> None:
        self._app = app
        self._patience = patience
        self._proxied = proxied
        self._computing = ThreadPoolExecutor(threads)
        self._exporting = ThreadPoolExecutor(1)  # else a hundred share the processor with answers
        self._health = ThreadPoolExecutor(1)
        self._under_way: Counter[str] = Counter()
        self._exports: Counter[str] = Counter()

    async def answer(self, scope: _Event, receive: _Receive, send: _Send) -> None:
        """Answers one request."""
        client = "" if self._proxied else str(scope["client"][0])
        try:
            with _counted(self._under_way, client):
                if self._under_way[client] > self._patience.requests and not self._proxied:
                    raise _refused("You have too many requests under way")
                await self._answer(scope, receive, send, client)
        except _Refused as refused:
            await _send_head(send, refused.status, refused.headers)
            await send({"type": _BODY, "body": refused.problem})

    async def _answer(self, scope: _Event, receive: _Receive, send: _Send, client: str) -> None:
        arrived = time.perf_counter()
        environ = _environ(scope, await self._body(scope, receive))
        environ[ARRIVED] = arrived
        pool = self._health if scope["path"] == ALIVE else self._computing
        if _EXPORT in scope["path"]:  # the answer is long: it is begun when nobody else waits
            pool, environ[YIELDS] = self._exporting, True
        try:
            answer = await _in(pool, lambda: _Answer(self._app, environ))
            if not answer.has_begun:
                await _in(self._exporting, answer.begin)
        except Exception as error:
            _LOG.exception("fault on %s", scope["path"])
            raise _Refused(
                HTTPStatus.INTERNAL_SERVER_ERROR, "The operator's log says more"
            ) from error
        if answer.is_whole and len(answer.begun) <= _PIECE:
            await _send_head(send, answer.status, answer.headers)
            await send({"type": _BODY, "body": answer.begun})
            return
        try:
            with _counted(self._exports, client):
                of_all = self._exports.total() > self._patience.all_exports
                if of_all or (self._exports[client] > self._patience.exports and not self._proxied):
                    raise _refused("Too many long answers are under way")
                await self._send(answer, receive, send)
        finally:
            await _in(pool, answer.close)

    async def _send(self, answer: _Answer, receive: _Receive, send: _Send) -> None:
        piece = answer.begun
        left = asyncio.ensure_future(_left(receive))
        try:
            await _send_head(send, answer.status, answer.headers)
            while piece and not left.done():
                for start in range(0, len(piece), _PIECE):
                    part = piece[start : start + _PIECE]
                    async with asyncio.timeout(self._patience.write_seconds):
                        await send({"type": _BODY, "body": part, "more_body": True})
                piece = await _in(self._exporting, answer.more)
            await send({"type": _BODY})
        except TimeoutError:
            return  # what was sent is not taken
        except DispatchesError as error:  # the line is missing that says that all was sent
            _LOG.error("An answer was cut off. %s: %s", error.code, error)
        finally:
            left.cancel()

    async def _body(self, scope: _Event, receive: _Receive) -> bytes:
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"").decode("latin-1")
        if b"transfer-encoding" not in headers and not (
            length.isdecimal() and 0 < int(length) <= _LARGEST_BODY
        ):
            return b""
        pieces: list[bytes] = []
        more = True
        try:
            async with asyncio.timeout(self._patience.body_seconds):
                while more and sum(map(len, pieces)) <= _LARGEST_BODY:
                    event = await receive()
                    if event["type"] == "http.disconnect":
                        raise _Refused(HTTPStatus.BAD_REQUEST, "The request was cut off")
                    pieces.append(event.get("body", b""))
                    more = event.get("more_body", False)
        except TimeoutError:
            raise _Refused(
                HTTPStatus.REQUEST_TIMEOUT, "The body of the request did not come in time"
            ) from None
        return b"".join(pieces)


class _Answer:
    """What the application answers, begun; made and read in threads, by one at a time.

    Attributes:
        has_begun: whether its first piece was taken.
        begun: that piece.
        is_whole: there are no more.
    """

    def __init__(self, app: WSGIApplication, environ: dict[str, Any]) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self._answer: Iterable[bytes] = app(environ, self._start)
        self._pieces: Iterator[bytes] = iter(self._answer)
        self.has_begun = self.is_whole = False
        self.begun = b""
        if any(name.lower() == "content-length" for name, _ in self.headers):
            self.begin()  # it is there already, and not made while it is sent

    def begin(self) -> None:
        """Takes the first piece."""
        self.has_begun = True
        try:
            self.begun = self.more()
        except BaseException:
            self.close()
            raise
        if self.is_whole:
            self.close()

    def more(self) -> bytes:
        """The next piece; an empty one when all were given."""
        size = 0
        pieces = []
        while size < _PIECE:
            piece = next(self._pieces, None)
            if piece is None:
                self.is_whole = True
                break
            pieces.append(piece)
            size += len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Tells the application that nothing more is read; closing twice is fine."""
        close: Callable[[], None] | None = getattr(self._answer, "close", None)
        self._answer, self._pieces = (), iter(())
        if close is not None:
            close()

    def _start(
        self, status: str, headers: Sequence[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = list(headers)
        return _no_writing


@contextmanager
def _counted(counter: Counter[str], client: str) -> Iterator[None]:
    """Counts one more of a client while a block runs."""
    counter[client] += 1
    try:
        yield
    finally:
        counter[client] -= 1
        if not counter[client]:
            del counter[client]  # addresses are kept no longer than they ask


async def _in(pool: ThreadPoolExecutor, work: Callable[[], _T]) -> _T:
    return await asyncio.get_running_loop().run_in_executor(pool, work)


def _refused(detail: str) -> _Refused:
    return _Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"{detail}. Wait until some have ended")


async def _left(receive: _Receive) -> None:
    """Ends when the client has gone: what is sent then is dropped without a word."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_head(send: _Send, status: int, headers: Iterable[tuple[str, str]]) -> None:
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": int(status), "headers": encoded})


def _no_writing(_data: bytes) -> object:
    raise NotImplementedError("answers are iterated, as every framework does since 2003")


def _environ(scope: _Event, body: bytes) -> dict[str, Any]:
    """A request as PEP 3333 has it."""
    server, port = scope["server"]
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(scope["client"][0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, sent in scope["headers"]:
        name, value = raw.decode("latin-1"), sent.decode("latin-1")
        if raw == b"content-type":
            environ["CONTENT_TYPE"] = value
        elif raw == b"content-length":
            environ["CONTENT_LENGTH"] = value
        elif "_" not in name and raw != b"transfer-encoding":
            # X_Forwarded_For would pass for X-Forwarded-For
            key = f"HTTP_{name.upper().replace('-', '_')}"
            joined = "; " if raw == b"cookie" else ","
            environ[key] = f"{environ[key]}{joined}{value}" if key in environ else value
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ
