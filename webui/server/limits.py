"""Rate limits: how often may one client of another machine ask? This machine has no limit.

The generic cell rate algorithm (ITU-T I.371, annex A): a token bucket that needs one number a
client, the time at which its bucket will be full again. All workers share the numbers. A client is
a number in a table, by a keyed hash of its address: addresses are not kept.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from webui.server.shared_numbers import SharedNumbers

DEFAULT_PER_MINUTE = 600
_WINDOW = 60.0
_CLIENTS = 1 << 16
EXPORT_COST = 10
"""Questions that an export counts for, since it reads everything found."""
_COST = {"exports": EXPORT_COST, "evidence_pages": EXPORT_COST}
"""By blueprint: what counts for more than one question."""
_FREE = frozenset({"static", "health.alive", "health.ready", "health.measured", "health.robots"})


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left.

    Attributes:
        reset: seconds until it has everything again.
        wait: seconds until what it asked for is allowed; 0 when it is now.
    """

    limit: int
    remaining: int
    reset: int
    wait: int


class RateLimiter:
    """Counts the questions of each client.

    Args:
        per_minute: questions that a client may ask at once and in each minute.
    """

    def __init__(self, per_minute: int) -> None:
        self._limit = per_minute
        self._key = secrets.token_bytes(16)
        self._full_again = SharedNumbers(_CLIENTS)

    def take(self, client: str, *, cost: int = 1, now: float | None = None) -> Allowance:
        """Takes a question from a client's allowance, unless too little is left.

        Args:
            client: its address. IPv6 clients of one /64 network are one client.
            now: seconds of a clock that all workers share and that never goes back.
        """
        now = time.monotonic() if now is None else now
        each = _WINDOW / self._limit
        slot = self._slot(client)
        with self._full_again.changing() as numbers:
            full_again = max(numbers[slot], now) + min(cost, self._limit) * each
            wait = full_again - now - _WINDOW
            allowed = wait <= 1e-6  # sums of fractions of a second
            if allowed:
                numbers[slot] = full_again
            owed = max(0.0, numbers[slot] - now)
        remaining = max(0, math.floor((_WINDOW - owed) / each + 1e-6))
        return Allowance(self._limit, remaining, math.ceil(owed), 0 if allowed else math.ceil(wait))

    def wait(self, client: str) -> int:
        """Seconds until a client may ask once more; nothing is taken."""
        each = _WINDOW / self._limit
        owed = self._full_again.read_one(self._slot(client)) - time.monotonic() + each - _WINDOW
        return math.ceil(owed) if owed > 1e-6 else 0

    def give_back(self, client: str) -> None:
        """Takes back that a client asked once."""
        with self._full_again.changing() as numbers:
            numbers[self._slot(client)] -= _WINDOW / self._limit

    def _slot(self, client: str) -> int:
        digest = hashlib.blake2b(_network(client).encode(), key=self._key, digest_size=8)
        return int.from_bytes(digest.digest()) % _CLIENTS


def _network(client: str) -> str:
    address = address_of(client)
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else client


def address_of(client: str) -> IPv4Address | IPv6Address | None:
    """The address in a text, one of IPv4 within IPv6 as itself; None where there is none."""
    try:
        address = ip_address(client)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_loopback(client: str) -> bool:
    """Whether an address is this machine's own."""
    address = address_of(client)
    return address is not None and address.is_loopback


def install(app: Flask, per_minute: int, *, proxied: bool) -> None:
    """Limits the clients of an application; answers carry `RateLimit-*` (IETF draft 06).

    Args:
        per_minute: 0 sets no limit.
        proxied: whether a proxy stands before it. Then this machine's own address is that of
            clients whom the proxy did not tell, and has a limit like any other.
    """
    if not per_minute:
        return
    limiter = RateLimiter(per_minute)

    def check(cost: int = 0) -> None:
        client = request.remote_addr or ""
        if request.endpoint in _FREE or (not proxied and (not client or is_loopback(client))):
            return
        g.allowance = limiter.take(client, cost=cost or _COST.get(str(request.blueprint), 1))
        if g.allowance.wait:
            raise TooManyRequests(
                f"More than {per_minute} questions a minute came from your address. "
                f"Ask again in {g.allowance.wait} seconds.",
                retry_after=g.allowance.wait,
            )

    app.extensions["rates"] = check
    app.before_request(check)
    app.after_request(_tell)


def also(questions: int) -> None:
    """Counts that many more questions for who asks: one request may hold several.

    Raises:
        TooManyRequests: they are more than may be asked now.
    """
    check: Callable[[int], None] | None = current_app.extensions.get("rates")
    if check is not None and questions > 0:
        check(questions)


def _tell(response: Response) -> Response:
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        response.headers["RateLimit-Limit"] = str(allowance.limit)
        response.headers["RateLimit-Remaining"] = str(allowance.remaining)
        response.headers["RateLimit-Reset"] = str(allowance.reset)
    return response
