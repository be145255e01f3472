"""Which HTTP status has an error? The only table, and the two forms an error is told in.

Scripts get `application/problem+json` (RFC 9457), people a page. An error that is not ours is a
fault of the program: it is logged and answered without its details.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import (
    DecisionError,
    DecisionsCorrupt,
    DispatchesError,
    GenerationGone,
    InputError,
    InvalidParameter,
    Locked,
    NoCatalogue,
    NoIndex,
    NotFoundError,
    QuerySyntaxError,
    RequestError,
)

STATUS: tuple[tuple[type[DispatchesError], HTTPStatus], ...] = (
    (GenerationGone, HTTPStatus.GONE),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (RequestError, HTTPStatus.BAD_REQUEST),
    (InputError, HTTPStatus.BAD_REQUEST),
    (DecisionsCorrupt, HTTPStatus.INTERNAL_SERVER_ERROR),
    (DecisionError, HTTPStatus.CONFLICT),
    (NoIndex, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoCatalogue, HTTPStatus.SERVICE_UNAVAILABLE),
    (Locked, HTTPStatus.SERVICE_UNAVAILABLE),
    (DispatchesError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""The first row that fits holds."""

FOR_SCRIPTS = ("/api/", "/feed.atom")
_WORDING = {
    HTTPStatus.NOT_FOUND: "There is no such address here.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
}
_FOR_SCRIPTS_TOO = {
    HTTPStatus.NOT_FOUND: " /api/docs lists those that there are.",
    HTTPStatus.METHOD_NOT_ALLOWED: " Allow names those that it takes.",
}
"""In place of what Werkzeug says to everybody."""
_LOG = logging.getLogger(__name__)


def status_of(error: DispatchesError) -> HTTPStatus:
    """The status that an error of ours is answered with."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem(error: DispatchesError) -> dict[str, Any]:
    """An error as the members of an RFC 9457 problem document."""
    status = status_of(error)
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": error.code,
        "detail": f"{error.what}. {error.advice}." if error.advice else f"{error.what}.",
    }
    if isinstance(error, RequestError) and error.where:
        document["param"] = error.where
    if isinstance(error, QuerySyntaxError):
        document["position"] = error.position
    if isinstance(error, InvalidParameter) and error.did_you_mean:
        document["did_you_mean"] = error.did_you_mean
    return document


def install(app: Flask) -> None:
    """Has an application answer every error in the form its asker reads."""
    app.register_error_handler(DispatchesError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _ours(error: DispatchesError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s: %s", error.code, error)
    return _told(problem(error), status)


def _http(error: HTTPException) -> Response:
    if error.code is None:  # an answer that was raised, not an error
        return current_app.make_response(error.get_response())
    status = HTTPStatus(error.code)
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": status.name.lower(),
        "detail": _detail(status) or error.description or status.description or status.phrase,
    }
    answer = _told(document, status)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location"}:
            answer.headers[name] = value
    return answer


def _detail(status: HTTPStatus) -> str:
    more = _FOR_SCRIPTS_TOO.get(status, "") if request.path.startswith(FOR_SCRIPTS) else ""
    return _WORDING.get(status, "") + more


def _fault(error: Exception) -> Response:
    _LOG.error("fault on %s", request.path, exc_info=error)
    if current_app.testing:
        raise error
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": "internal",
        "detail": "The program is at fault, not the question. The operator's log says more.",
    }
    return _told(document, status)


def _told(document: dict[str, Any], status: HTTPStatus) -> Response:
    if request.path.startswith(FOR_SCRIPTS):
        return Response(
            json.dumps(document, ensure_ascii=False, sort_keys=False),
            status,
            mimetype="application/problem+json",
        )
    return Response(render_template("error.html", problem=document), status)
