"""Proxies: whose word is taken for where a question came from?

`X-Forwarded-For` is whatever its sender writes, so it is believed from the proxies that the
operator named and from nobody else. What does not fit together is said once, on standard error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, TypeAlias

from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.errors import InvalidParameter
from webui.server.limits import address_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network: TypeAlias = IPv4Network | IPv6Network
PERSON = "dispatches.person"
"""Where a request says whom a named proxy has signed in."""
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))
_LOG = logging.getLogger(__name__)
_CLAIM = "HTTP_X_FORWARDED_FOR"


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as an operator writes them; this machine's own where none is given.

    Raises:
        InvalidParameter: one is neither.
    """
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError:
            raise InvalidParameter(
                f"{text!r} is no address and no network",
                where="--proxy-address",
                advice="Give it as 10.0.0.4, 10.0.0.0/24 or 2001:db8::/64",
            ) from None
    return tuple(found) or LOOPBACK


class Proxies:
    """Middleware that takes clients' addresses, scheme and host from the proxies that are named.

    Args:
        count: how many stand one behind the other; 0: none, and nothing is believed.
        named: where the nearest of them is.
        header: in which it says whom it has signed in; empty: in none.
    """

    def __init__(
        self, app: WSGIApplication, count: int, named: Sequence[Network], header: str = ""
    ) -> None:
        self._app = app
        self._count = count
        self._named = named
        self._believing = ProxyFix(app, x_for=count, x_proto=count, x_host=count)
        self._header = f"HTTP_{header.upper().replace('-', '_')}" if header else ""
        self._said: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        claim, person = environ.get(_CLAIM), environ.pop(self._header, "")
        if not self._count:
            if claim:
                self._say("questions come with X-Forwarded-For, but no proxy is named (--proxies)")
            return self._app(environ, start_response)
        if not self._is_named(str(environ.get("REMOTE_ADDR", ""))):
            if claim:
                self._say(
                    "X-Forwarded-For came from an address that is no proxy's (--proxy-address)"
                )
            return self._app(environ, start_response)
        if str(claim or "").count(",") + bool(claim) < self._count:
            self._say("the proxy sends fewer addresses in X-Forwarded-For than --proxies says")
        if person:
            environ[PERSON] = str(person).strip()
        return self._believing(environ, start_response)

    def _is_named(self, peer: str) -> bool:
        address = address_of(peer)
        return address is not None and any(address in network for network in self._named)

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            _LOG.warning("Wrong set-up: %s. Limits may count many clients as one.", what)
