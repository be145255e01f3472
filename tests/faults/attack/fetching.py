"""Servers that `collect` meets: bombs in every packing, and names that lead to this machine."""

from __future__ import annotations

import gzip
import random
import resource
import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import brotli
import zstandard

from corpus.collecting import Fetcher, Limits, Wishes, collect
from corpus.errors import DispatchesError
from corpus.store import Catalogue
from tests.corpus.collecting.misbehaving import Reply, serving
from tests.faults.attack.dying import Say, dying
from tests.faults.attack.kinds import Attempt, Kind

_SIZE = 2_000_000
_MEMORY = 300 << 20
"""What unpacking may take beyond what a process has; each bomb holds as much again or more."""

_PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda content: brotli.compress(content, quality=5),
    "zstd": lambda content: zstandard.compress(content, 3),
}


def _fetcher() -> Fetcher:
    limits = Limits(connect=2.0, silence=5.0, whole=20.0, size=_SIZE, redirects=3, tries=1)
    return Fetcher(delay=0.0, allow_private=True, limits=limits, wait=lambda _: None)


@contextmanager
def _bombs(folder: Path) -> Iterator[Attempt]:
    """A body that unpacks to far more than an answer may have: refused, within memory and time."""
    content = bytes(_MEMORY * 3 // 2)
    bombs = {name: pack(content) for name, pack in _PACKED.items()}

    def attempt(chance: random.Random) -> str:
        packing = [chance.choice(sorted(bombs))]
        body = bombs[packing[0]]
        for _ in range(chance.randrange(3)):
            packing.append(chance.choice(sorted(bombs)))
            body = _PACKED[packing[-1]](body)
        headers = {"Content-Encoding": ", ".join(packing), "Content-Type": "text/html"}
        reply = Reply(body, headers=headers)
        with serving(lambda asked: Reply() if "robots" in asked.path else reply) as server:

            def fetch(say: Say) -> None:
                used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
                resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, resource.RLIM_INFINITY))
                with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
                    address = f"{server.base}/page{chance.random()}"
                    collect([address], catalogue, _fetcher(), wishes=Wishes(threads=1))
                    (failure,) = (one for one in catalogue.failures() if one.locator == address)
                    say(failure.reason)

            ended = dying(fetch)
        assert ended.said, "it ended without a word"
        return f"{', '.join(packing)}: {ended.said[0]}"

    yield attempt


@contextmanager
def _rebinding(folder: Path) -> Iterator[Attempt]:
    """A name with a public address and a private one, in any order and at any time."""
    real = socket.getaddrinfo
    private = ("127.0.0.1", "10.0.0.4", "192.168.1.1", "169.254.169.254", "::1", "fd00::1",
               "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "0.0.0.0")  # fmt: skip

    def attempt(chance: random.Random) -> str:
        tried: list[str] = []

        class Refusing(socket.socket):
            def connect(self, address: Any) -> None:
                tried.append(address[0])
                raise ConnectionRefusedError

        turns = [
            [chance.choice(["93.184.216.34", *private]) for _ in range(chance.randint(1, 3))]
            for _ in range(6)
        ]
        asked = iter(turns)

        def resolve(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
            if not host.endswith(".example"):
                return real(host, port, *args, **options)
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "",
                 (one, port))
                for one in next(asked)
            ]  # fmt: skip

        fetcher = Fetcher(delay=0.0, limits=Limits(tries=2), wait=lambda _: None)
        with (
            mock.patch.object(socket, "getaddrinfo", resolve),
            mock.patch.object(socket, "socket", Refusing),
        ):
            try:
                fetcher.fetch("http://rebind.example/page")
            except DispatchesError as error:
                said = error.what
            else:
                said = "fetched"
        assert said != "fetched"
        assert {*tried} <= {"93.184.216.34"}, f"connected to {tried}"
        return f"{turns[0]}: {said}"

    yield attempt


KINDS = [
    Kind("fetch:bombs", "a page that unpacks to 450 MB (gzip, deflate, Brotli, Zstandard, layers)",
         60, _bombs, few=2),
    Kind("fetch:rebinding", "a name that leads into a private network (DNS rebinding)",
         300, _rebinding, few=20),
]  # fmt: skip
