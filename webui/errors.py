"""Errors: the only table of their HTTP statuses, and the two forms one is told in.

Scripts get `application/problem+json` (RFC 9457), people a page. An error that is not ours is a
fault of the program: it is logged and answered without its details.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from msgspec import UNSET, UnsetType
from werkzeug.exceptions import HTTPException

from corpus.errors import (
    CatalogueUnavailable,
    ClusterUnavailable,
    DecisionError,
    DispatchesError,
    DossierError,
    EvidenceError,
    GenerationGone,
    IndexCorrupt,
    InputError,
    InvalidParameter,
    Locked,
    NoCatalogue,
    NoIndex,
    NotFoundError,
    QuerySyntaxError,
    RequestError,
    UnknownHost,
)
from search.output.answers import Answer, Count, spaced
from webui.access.guard import only_reads
from webui.answering import collection, here, page
from webui.locale.languages import marked, told
from webui.view import wording
from webui.view.links import FOR_SCRIPTS

STATUS: tuple[tuple[type[DispatchesError], HTTPStatus], ...] = (
    (GenerationGone, HTTPStatus.GONE),
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (UnknownHost, HTTPStatus.MISDIRECTED_REQUEST),
    (RequestError, HTTPStatus.BAD_REQUEST),
    (InputError, HTTPStatus.BAD_REQUEST),
    (DecisionError, HTTPStatus.CONFLICT),
    (DossierError, HTTPStatus.CONFLICT),
    (EvidenceError, HTTPStatus.CONFLICT),
    (NoIndex, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexCorrupt, HTTPStatus.SERVICE_UNAVAILABLE),
    (ClusterUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (CatalogueUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoCatalogue, HTTPStatus.SERVICE_UNAVAILABLE),
    (Locked, HTTPStatus.SERVICE_UNAVAILABLE),
    (DispatchesError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""The first row that fits holds."""

_CODES = {
    HTTPStatus.REQUEST_URI_TOO_LONG: "address_too_long",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_much_sent",
}
"""Where Python's own name of a status is another in each release."""
_WORDING = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: marked("More was sent than this address takes."),
    HTTPStatus.REQUEST_URI_TOO_LONG: marked("An address has 8,190 bytes at most."),
    HTTPStatus.NOT_FOUND: marked("There is no such address here."),
    HTTPStatus.METHOD_NOT_ALLOWED: marked("This address does not take this method."),
}
_FOR_SCRIPTS_TOO = {
    HTTPStatus.NOT_FOUND: " /api/docs lists those that there are.",
    HTTPStatus.METHOD_NOT_ALLOWED: " Allow names those that it takes.",
}
"""In place of what Werkzeug says to everybody."""
_PINS = ("generation", "cursor")
REFUSALS = (
    (400, ("query_syntax",), "look at `position` in `q`"),
    (400, ("query_too_complex",), "a limit of the query language was passed"),
    (400, ("invalid_parameter",), "`param` names it; `did_you_mean` may help"),
    (401, ("unauthorized",), "people sign in here: send a token"),
    (403, ("forbidden",), "the token, or the role of who asks, is not enough"),
    (404, ("not_found",), "there is no such address, or nothing is changed over HTTP here"),
    (
        404,
        ("article_not_found", "entity_not_found", "original_not_found", "dossier_not_found"),
        "it is not in this generation, or not kept",
    ),
    (405, ("method_not_allowed",), "`Allow` names the methods that it takes"),
    (409, ("bad_decision", "bad_dossier"), "it contradicts what stands; nothing was changed"),
    (410, ("generation_gone",), "begin again in the current generation"),
    (413, ("too_much_sent",), "send less"),
    (414, ("address_too_long",), "ask with fewer values"),
    (421, ("unknown_host",), "ask under a name that the operator gave"),
    (429, ("too_many_requests",), "wait `Retry-After` seconds"),
    (
        500,
        ("internal", "storage", "catalogue_corrupt", "catalogue_outdated"),
        "the server or its files are at fault: tell its operator",
    ),
    (
        503,
        (
            *("no_index", "no_catalogue", "index_corrupt", "locked"),
            *("cluster_unavailable", "catalogue_unavailable"),
        ),
        "nothing is published yet, or it cannot be read now; try again later",
    ),
)
"""What scripts may be refused with: the status, codes, and what to do."""
_LOG = logging.getLogger(__name__)


def status_of(error: DispatchesError) -> HTTPStatus:
    """The status that an error of ours is answered with."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


class Problem(Answer, frozen=True):
    """An error as RFC 9457 has it; `code` is stable, the wording is not.

    Attributes:
        now: where a generation is gone, the address of the same in the current one.
    """

    type: str
    title: str
    status: Count
    code: str
    detail: str
    param: str | UnsetType = UNSET
    position: Count | UnsetType = UNSET
    did_you_mean: str | UnsetType = UNSET
    now: str | UnsetType = UNSET


def problem(error: DispatchesError) -> Problem:
    """What is told of an error of ours."""
    meant = error.did_you_mean if isinstance(error, InvalidParameter) else ""
    where = error.where if isinstance(error, RequestError) else ""
    return _problem(
        status_of(error),
        error.code,
        f"{error.what}. {error.advice}." if error.advice else f"{error.what}.",
        param=where or UNSET,
        position=error.position if isinstance(error, QuerySyntaxError) else UNSET,
        did_you_mean=meant or UNSET,
        now=_now() if isinstance(error, GenerationGone) else UNSET,
    )


def _now() -> str | UnsetType:
    """What is asked, without the generation that it names; unset where it is a question of that
    generation alone.
    """
    asked = here()
    now = asked.without(*_PINS)
    return str(now) if only_reads() and now != asked else UNSET


def _problem(status: HTTPStatus, code: str, detail: str, **more: Any) -> Problem:
    return Problem("about:blank", status.phrase, int(status), code, detail, **more)


def install(app: Flask) -> None:
    """Has an application answer every error in the form its asker reads."""
    app.register_error_handler(DispatchesError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _ours(error: DispatchesError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s: %s", error.code, error)
    return _told(problem(error), error.what, error.advice)


def _http(error: HTTPException) -> Response:
    if error.code is None:  # an answer that was raised, not an error
        return current_app.make_response(error.get_response())
    status = HTTPStatus(error.code)
    detail = _detail(status) or error.description or status.description or status.phrase
    answer = _told(_problem(status, _CODES.get(status, status.name.lower()), detail))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location", "www-authenticate"}:
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
    detail = marked("The program is at fault, not the question. The operator's log says more.")
    return _told(_problem(status, "internal", detail))


def _told(problem: Problem, what: str = "", advice: str = "") -> Response:
    """The answer; an error of ours is told part by part, each in the language of the page."""
    if request.path.startswith(FOR_SCRIPTS):
        text = spaced(problem)
        answer = Response(text, problem.status, mimetype="application/problem+json")
    else:
        detail = wording.ended(what, advice) if what else wording.capital(told(problem.detail))
        now, built = problem.now or "", _built() if problem.now else ""
        values = {"problem": problem, "detail": detail, "now": now, "built": built}
        answer = page("error.html", status=problem.status, **values)
    if problem.now:
        answer.headers["Link"] = f'<{problem.now}>; rel="latest-version"'
    return answer


def _built() -> str:
    """When the current generation was built; empty where there is none to be read."""
    try:
        with collection().index() as index:
            return index.generation.manifest.built_at
    except DispatchesError:
        return ""
