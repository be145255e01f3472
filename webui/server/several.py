"""Several collections: which of them is an address about, and how do its links stay with it?

`/c/NAME/…` is the collection NAME, an application of its own with people of its own, of which the
others know nothing. An application names its addresses as if it stood alone; under a prefix
(SCRIPT_NAME) what leads from its answers to its own addresses is given that prefix on the way out:
in one place, so that no link is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response as PlainResponse

from corpus.errors import InvalidParameter
from corpus.home import INDEX, Home
from webui.server.request_queue import ALIVE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/c/"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Text of articles and people has its quotation marks escaped in both, and so is no match.
_IN_PAGES = re.compile(rb'(\s(?:href|action|formaction|src|data-suggest)=")(/(?!/)[^"]*)')
_LINKS = re.compile(rb'"links":\{[^{}]*\}')
_IN_JSON = re.compile(rb'(":")(/(?!/)[^"]*)')
_URL = re.compile(rb'("url":")(/(?!/)[^"]*)')


def homes(texts: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, Home]:
    """The collections that an operator named, as `NAME=FOLDER`.

    Args:
        given: see `Home.given`; which engine holds its index, each collection keeps itself.

    Raises:
        InvalidParameter: one has no name that an address can hold, or two have the same.
        StorageError: there is a file where its folder should be.
    """
    found: dict[str, Home] = {}
    for text in texts:
        name, equals, folder = text.partition("=")
        if not equals or not folder or not _NAME.fullmatch(name):
            raise InvalidParameter(
                f"{text!r} names no collection",
                where="--collection",
                advice="Give a name of a-z, 0-9 and hyphens, and its folder: sudan=/srv/sudan",
            )
        if name in found:
            raise InvalidParameter(
                f"two collections are called {name}", where="--collection", advice="Rename one"
            )
        own = {key: value for key, value in (given or {}).items() if key != INDEX}
        found[name] = Home(Path(folder), given=own)
        found[name].check_is_no_file()
    return found


def together(apps: Mapping[str, WSGIApplication]) -> WSGIApplication:
    """One application of several, each under its name.

    Outside of them there are life signs, and nothing that tells which there are.
    """
    return DispatcherMiddleware(
        _outside, {f"{PREFIX}{name}": _from_root(app) for name, app in apps.items()}
    )


def install(app: Flask) -> None:
    """Has the links of an application lead to itself under whatever prefix it is asked."""
    app.after_request(_prefixed)


def root() -> str:
    """What stands before every address of the application; nothing where it stands alone."""
    return request.script_root.rstrip("/")


def _prefixed(response: Response) -> Response:
    prefix = root()
    if not prefix:
        return response
    location = response.headers.get("Location", "")
    if location.startswith("/") and not location.startswith("//"):
        response.headers["Location"] = prefix + location
    if response.is_streamed or response.direct_passthrough:
        return response
    inserted = rb"\g<1>" + prefix.encode() + rb"\g<2>"
    if response.mimetype == "text/html":
        response.set_data(_IN_PAGES.sub(inserted, response.get_data()))
    elif response.mimetype == "application/json":
        data = _LINKS.sub(lambda one: _IN_JSON.sub(inserted, one[0]), response.get_data())
        response.set_data(_URL.sub(inserted, data))
    return response


def _from_root(app: WSGIApplication) -> WSGIApplication:
    """`/c/NAME` is its first page, as `/c/NAME/` is."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return app({**environ, "PATH_INFO": environ["PATH_INFO"] or "/"}, start_response)

    return answer


def _outside(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == ALIVE:
        answer = PlainResponse("ok\n")
    elif path == "/robots.txt":
        answer = PlainResponse("User-agent: *\nDisallow: /\n")
    else:
        told = "Nothing is here: the address of a collection begins with /c/ and its name.\n"
        answer = PlainResponse(told, HTTPStatus.NOT_FOUND)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer(environ, start_response)
