"""Endpoint: one address for scripts, with its parameters, its answer and the view behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, request

from corpus.errors import InvalidParameter
from search.output import answers
from search.output.answers import Answer
from webui.answering import pairs, path_pairs
from webui.arguments import Arguments, Parameter, read
from webui.view.links import API

blueprint = Blueprint("api", __name__)
S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address.

    Attributes:
        path: below `API`, in OpenAPI's form: `/articles/{article_id}`.
        answer: what it answers with; None for what is no JSON document.
        media_type: of its answer.
        may_be_missing: it asks for one thing by name, which may not be there.
        body: the media type of what is sent to it; empty for what is only read.
        body_about: what that is.
        body_type: its object, where it is JSON.
        success: the status of an answer.
        lines: of a file, the objects that its lines are, the last line's last.
        columns: of a table, the names of its columns.
        whole: of a file that is one object or list, the kind of it.
        example: parameters with which the address answers, `?q=ceasefire`.
        sends: what may be sent to it, as an example.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    answer: type[Answer] | None = None
    media_type: str = "application/json"
    may_be_missing: bool = False
    body: str = ""
    body_about: str = ""
    body_type: type[msgspec.Struct] | None = None
    success: HTTPStatus = HTTPStatus.OK
    lines: tuple[type[Answer], ...] = ()
    columns: tuple[str, ...] = ()
    whole: Any = None
    example: str = ""
    sends: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    @property
    def statuses(self) -> tuple[HTTPStatus, ...]:
        """What it may answer with, besides 200, 304, 400, 429 and 503."""
        names = {parameter.name for parameter in self.parameters}
        missing = [HTTPStatus.NOT_FOUND] if self.may_be_missing else []
        if self.body:
            missing.append(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.body_type:  # it changes something, where that is switched on
            missing += [HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT]
        sent = self.body_type.__struct_fields__ if self.body_type else ()
        if "generation" in {*names, *sent}:
            missing.append(HTTPStatus.GONE)
        return tuple(missing)


def serves(
    endpoint: Endpoint, blueprint: Blueprint = blueprint
) -> Callable[[Callable[[Arguments], Response]], Any]:
    """Routes an endpoint to a view, which gets its checked arguments."""
    rule = API + endpoint.path.replace("{", "<").replace("}", ">")

    def install(view: Callable[[Arguments], Response]) -> Callable[[Arguments], Response]:
        def answer(**_path: str) -> Response:
            return view(read([*pairs(), *path_pairs().items()], endpoint.parameters))

        blueprint.add_url_rule(rule, endpoint.name, answer, methods=[endpoint.method])
        return view

    return install


def as_json(answer: object) -> Response:
    """A JSON answer, non-ASCII as it is."""
    return Response(answers.encoded(answer), mimetype="application/json")


def bearer() -> str:
    """The token that a script shows; empty where it shows none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def decoded(wanted: type[S]) -> S:
    """What was sent.

    Raises:
        InvalidParameter: it is no such object.
    """
    try:
        return msgspec.json.decode(request.get_data(), type=wanted)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InvalidParameter(
            f"the body is none: {error}", where="body", advice="/api/docs says what it may hold"
        ) from None
