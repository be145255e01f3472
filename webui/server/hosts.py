"""Hosts: under which names may the server be asked, and may pages of other sites read its answers?

A page of anybody can have its own name point to this machine and then read what is served here as
if it were its own (DNS rebinding). A browser still says which name was asked for, in `Host`: names
that the operator did not give are refused. `/healthz`, which tells nothing, and the style that
everybody has answer under any name.

Pages of the sites that the operator named may read what scripts get (CORS), as nobody or with a
token that they have: never with what a browser keeps for us, so that no cookie is sent along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address

from flask import Flask, Response, current_app, request

from corpus.errors import InvalidParameter, UnknownHost
from webui.server.limits import address_of
from webui.view.links import FOR_SCRIPTS

_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:/@?#\s]+)(?::[0-9]{0,5})?", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9_.-]{1,253})(:[0-9]{1,5})?")
ANY = "*"
"""In place of a site: all of them."""
_METHODS = "GET, HEAD, POST, OPTIONS"
_ASKING = "Authorization, Content-Type, If-None-Match"
_TELLING = ", ".join(
    (
        *("Content-Disposition", "ETag", "RateLimit-Limit", "RateLimit-Remaining"),
        *("RateLimit-Reset", "Retry-After", "X-Original-Media-Type"),
    )
)
_USUAL_PORTS = {"http": ":80", "https": ":443"}  # which browsers leave out
_PREFLIGHT_HOLDS = "600"  # seconds for which a browser need not ask again
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared, not listened on
_A_PAGE = "/api/docs"
_FREE = frozenset({"static", "health.alive"})


class Hosts:
    """The names under which a server may be asked; `localhost` and loopback addresses always.

    Args:
        names: names and addresses more, from the operator.
        listens: the address that the server listens on. On all of them, it may be asked by any
            address: nobody can point an address elsewhere.
        origins: sites whose pages may read what scripts get, `https://desk.example.org`; `*`: all.

    Raises:
        InvalidParameter: a name or a site is none.
    """

    def __init__(
        self, names: Iterable[str] = (), listens: str = "", origins: Iterable[str] = ()
    ) -> None:
        self._origins = frozenset(map(_site, origins))
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

    def lets_read(self, origin: str) -> str:
        """What a browser is told for a page of a site: its site, `*`, or nothing."""
        if ANY in self._origins:
            return ANY
        return origin if origin in self._origins else ""

    @property
    def lets_some_read(self) -> bool:
        """Whether what is answered depends on the site that asks."""
        return bool(self._origins) and ANY not in self._origins


def _site(text: str) -> str:
    """A site from the operator as browsers name it."""
    plain = text.strip().lower()
    if plain != ANY and not _ORIGIN.fullmatch(plain):
        raise InvalidParameter(
            f"{text!r} is no site",
            where="--allow-origin",
            advice="Give scheme and name, and no path: https://desk.example.org",
        )
    return plain.removesuffix(_USUAL_PORTS.get(plain.partition(":")[0], "/"))


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


def _is_for_scripts() -> bool:
    return request.path.startswith(FOR_SCRIPTS) and request.path != _A_PAGE


def lets_read() -> str:
    """What a browser is told for the page that asks this; nothing where it may not read it."""
    hosts: Hosts | None = current_app.extensions.get("hosts")
    if hosts is None or not _is_for_scripts():
        return ""
    return hosts.lets_read(request.headers.get("Origin", ""))


def install(app: Flask, hosts: Hosts) -> None:
    """Has an application refuse every other name, and tell browsers which sites may read."""
    app.extensions["hosts"] = hosts

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

    def answer_preflight() -> Response | None:
        """A browser asks without a token whether a page may ask with one: before who asks is."""
        if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
            return None
        if not lets_read():
            return None
        response = Response(status=HTTPStatus.NO_CONTENT)
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _ASKING
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_HOLDS
        return response

    def tell(response: Response) -> Response:
        if origin := lets_read():
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = _TELLING
        if hosts.lets_some_read and _is_for_scripts():
            response.vary.add("Origin")
        return response

    app.before_request(check)
    app.before_request(answer_preflight)
    app.after_request(tell)
