"""What do many clients see who each ask again as soon as they are answered? A cheap closed loop.

The clients share the machine's cores with the server, so they must cost little: one thread, plain
sockets, requests made beforehand, and of an answer only its status and its length are read.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST = 1 << 18  # bytes read at once: an answer or two
_HEAD_ENDS, _LENGTH = b"\r\n\r\n", b"\r\ncontent-length: "
_PATIENCE = 60.0


@dataclass(slots=True)
class Load:
    """What came back.

    Attributes:
        times: milliseconds from each question to the last byte of its answer.
        errors: answers that were no success.
        seconds: how long was asked.
        cpu_seconds: what asking took of a core.
    """

    times: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def add(self, other: Load) -> None:
        """Counts what another load came to in this one."""
        self.times += other.times
        self.errors += other.errors
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds


class _Client:
    """One connection that stays open, and the question under way on it."""

    def __init__(self, port: int, requests: Sequence[bytes], first: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._next = first
        self.ask()

    def ask(self) -> None:
        """Asks the next question."""
        self._head = b""
        self._missing = 0
        self.asked = time.perf_counter()
        self.socket.sendall(self._requests[self._next % len(self._requests)])
        self._next += 1

    def hear(self, buffer: memoryview) -> int | None:
        """Reads what has come; the status once the answer is whole, 0 where it breaks off."""
        got = self.socket.recv_into(buffer)
        if not got:
            return 0
        if self._missing:
            self._missing -= got
        else:
            self._head += buffer[:got]
            end = self._head.find(_HEAD_ENDS)
            if end < 0:
                return None
            lengths = self._head[: end + 2].lower().partition(_LENGTH)[2]
            body = len(self._head) - end - len(_HEAD_ENDS)
            self._missing = int(lengths.partition(b"\r\n")[0]) - body
        return None if self._missing else int(self._head[9:12])


def drive(port: int, paths: Sequence[str], clients: int, seconds: float) -> Load:
    """Asks a server of this machine with so many clients for so long."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in paths]
    load = Load()
    buffer = memoryview(bytearray(_MOST))
    started, started_cpu = time.perf_counter(), time.process_time()
    until = started + seconds
    with selectors.DefaultSelector() as waiting:
        for number in range(clients):
            one = _Client(port, requests, number * 7)
            waiting.register(one.socket, selectors.EVENT_READ, one)
        while waiting.get_map():
            for key, _ in waiting.select(_PATIENCE):
                client: _Client = key.data
                status = client.hear(buffer)
                if status is None:
                    continue
                now = time.perf_counter()
                load.times.append((now - client.asked) * 1000)
                load.errors += status != 200
                if now < until and status:
                    client.ask()
                else:
                    waiting.unregister(client.socket)
                    client.socket.close()
    load.seconds = time.perf_counter() - started
    load.cpu_seconds = time.process_time() - started_cpu
    return load
