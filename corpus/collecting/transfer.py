"""Transfer: how is one answer fetched? From a checked address, within a size and a time."""

from __future__ import annotations

import codecs
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, IncompleteRead

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.response import HTTPResponse

from corpus.collecting.safety import Target, checked_addresses
from corpus.errors import CollectError, UnsafeInput
from corpus.readers.source import MAX_DOCUMENT

_READ_AT_ONCE = 64 << 10
_FIRST_PARTS = 16  # read so, that tell of what an answer is
SENT = frozenset((200, 203, 206))
"""Answers that hold a page: as it is, as a server on the way changed it, or a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is waited for, and how much is taken.

    Attributes:
        connect: seconds for a connection.
        silence: seconds without a byte.
        whole: seconds for one answer, however slowly it drips.
        size: bytes of one answer, unpacked.
        redirects: how many are followed.
        tries: how often a temporary failure is tried.
        retry_after: the longest wait that a server may ask for, in seconds.
    """

    connect: float = 10.0
    silence: float = 20.0
    whole: float = 120.0
    size: int = MAX_DOCUMENT
    redirects: int = 5
    tries: int = 3
    retry_after: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: names of headers in lower case, the body unpacked."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


def request(
    target: Target,
    headers: Mapping[str, str],
    *,
    limits: Limits,
    allow_private: bool,
    part_will_do: Callable[[bytes], bool] | None = None,
) -> Answer:
    """Asks once. Redirects and errors of the server are answers like others.

    Args:
        part_will_do: whether of an answer that begins so, and is too long, as much is given as may
            be long.

    Raises:
        UnsafeInput: the host is not public, or the answer too long.
        CollectError: no answer; always temporary.
    """
    failure: Exception | None = None
    for address in checked_addresses(target, allow_private=allow_private):
        connection = _connection(target, address, limits)
        try:
            connection.connect()
        except (HTTPError, OSError, ValueError) as error:
            failure = error  # ValueError: a certificate for another name
            connection.close()
            continue
        with contextlib.closing(connection), _cut_off(connection, limits.whole):
            try:
                return _ask(connection, target, headers, limits, part_will_do)
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                # ValueError: headers so broken that the standard library gives up
                failure = error
                break
    raise CollectError(
        f"no usable answer ({_reason(failure)})", where=target.origin + target.path, temporary=True
    )


def _connection(target: Target, address: str, limits: Limits) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=limits.connect)
    return HTTPSConnection(
        address,
        target.port,
        timeout=limits.connect,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _ask(
    connection: HTTPConnection,
    target: Target,
    headers: Mapping[str, str],
    limits: Limits,
    part_will_do: Callable[[bytes], bool] | None,
) -> Answer:
    if connection.sock is not None:
        connection.sock.settimeout(limits.silence)
    sent = {"Host": target.authority, "Accept-Encoding": "gzip, deflate, br", **headers}
    connection.request("GET", target.path, headers=sent, preload_content=False)
    with contextlib.closing(connection.getresponse()) as response:
        said = {name.lower(): value for name, value in response.headers.items()}
        sent_it = response.status in SENT
        content = _body(response, target, limits, part_will_do) if sent_it else b""
        return Answer(response.status, said, content)


def _body(
    response: HTTPResponse,
    target: Target,
    limits: Limits,
    part_will_do: Callable[[bytes], bool] | None,
) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_READ_AT_ONCE):
        parts.append(part)
        size += len(part)
        if size > limits.size:
            if part_will_do is not None and part_will_do(b"".join(parts[:_FIRST_PARTS])):
                return b"".join(parts[:-1])
            raise UnsafeInput(
                f"the answer is longer than {limits.size:,} bytes",
                where=target.origin + target.path,
            )
    if response.length_remaining:  # `read1` does not tell a cut from an end
        raise IncompleteRead(b"", response.length_remaining)
    return b"".join(parts)


@contextlib.contextmanager
def _cut_off(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Ends a connection after a time, whatever it is waiting for."""

    def end() -> None:
        if connection.sock is not None:
            with contextlib.suppress(OSError):  # it has ended on its own in this instant
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _reason(failure: Exception | None) -> str:
    """What went wrong, as one line; errors of urllib3 hold the one that tells it."""
    if isinstance(failure, ProtocolError) and isinstance(failure.args[-1], Exception):
        failure = failure.args[-1]
    if isinstance(failure, IncompleteRead):
        missing = f", {failure.expected:,} bytes short" if failure.expected else ""
        return f"the connection broke{missing}"
    text = str(failure).strip()
    return text.partition("\n")[0][:200] or type(failure).__name__


def text_of(content: bytes) -> str:
    """What was sent as text: in UTF-8, or in UTF-16 with its mark, as Notepad saves it."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", "replace")
