"""Hosts: under which names may the server be asked?

A page of anybody can have its own name point to this machine and then read what is served here as
if it were its own (DNS rebinding). A browser still says which name was asked for, in `Host`: names
that the operator did not give are refused. `/healthz`, which tells nothing, and the style that
everybody has answer under any name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address

from flask import Flask, request

from corpus.errors import InvalidParameter, UnknownHost
from webui.server.limits import address_of

_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:/@?#\s]+)(?::[0-9]{0,5})?", re.IGNORECASE)
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared, not listened on
_FREE = frozenset({"static", "health.alive"})


class Hosts:
    """The names under which a server may be asked; `localhost` and loopback addresses always.

    Args:
        names: names and addresses more, from the operator.
        listens: the address that the server listens on. On all of them, it may be asked by any
            address: nobody can point an address elsewhere.

    Raises:
        InvalidParameter: a name is none.
    """

    def __init__(self, names: Iterable[str] = (), listens: str = "") -> None:
        self._names = {"localhost", *map(_told, names)}
        if listens:
            self._names.add(_plain(listens))
        self._by_any_address = listens in _EVERYWHERE

    def takes(self, host: str) -> bool:
        """Whether a `Host`, with or without a port, is one of them."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = _plain(match[1])
        if name in self._names:
            return True
        address = address_of(name)
        return address is not None and (self._by_any_address or address.is_loopback)


def _plain(name: str) -> str:
    return name.strip("[]").rstrip(".").lower()


def _told(name: str) -> str:
    """A name from the operator as browsers send it."""
    plain = _plain(name.strip())
    try:
        return str(ip_address(plain))
    except ValueError:
        pass
    try:
        plain = plain.encode("idna").decode() if not plain.isascii() else plain
    except UnicodeError:
        plain = ""
    if not _NAME.fullmatch(plain):
        raise InvalidParameter(
            f"{name!r} is no name of a host",
            where="--host-name",
            advice="Give it without scheme, port and path: archive.example.org",
        )
    return plain


def install(app: Flask, hosts: Hosts) -> None:
    """Has an application refuse every other name."""

    def check() -> None:
        if request.endpoint in _FREE:
            return
        host = str(request.environ.get("HTTP_HOST", ""))
        if not hosts.takes(host):
            raise UnknownHost(
                f"this server does not answer under the name {host[:100]!r}",
                where="Host",
                advice="If it is yours to run, start it with --host-name and that name "
                "(or set DISPATCHES_HOST_NAMES)",
            )

    app.before_request(check)
