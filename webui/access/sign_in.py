"""Sign-in page: who are you? And the address that signs out."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from werkzeug.exceptions import Forbidden, TooManyRequests
from werkzeug.wrappers import Response

from webui.access import store
from webui.access.guard import (
    Guard,
    asker,
    check_form,
    guard,
    session_secret,
    set_session,
    slow_down,
    speed_up,
)
from webui.access.people import People
from webui.access.sessions import Sessions
from webui.answering import page
from webui.locale.languages import marked
from webui.view.links import address_of_ours

blueprint = Blueprint("access", __name__)
_DOORS = ("/sign-",)
"""How addresses begin that nobody wants to go on to."""
_WRONG = marked("There is nobody with this name and this password.")
_OLD = marked(
    "The form had grown old. Sign in again; if that does not help, allow cookies of this site."
)


@blueprint.get("/sign-in")
def sign_in() -> Response:
    """The form."""
    _needed()
    return _form()


@blueprint.post("/sign-in")
def begin() -> Response:
    """Begins a session."""
    found = _needed()
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        check_form()
        slow_down(found, name)
    except Forbidden:
        return _form(_OLD, HTTPStatus.FORBIDDEN, name)
    except TooManyRequests as error:
        answer = _form(str(error.description), HTTPStatus.TOO_MANY_REQUESTS, name)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    with store.reading(found.home.people) as database:
        person = People(database).with_password(name, password)
    if person is None:
        return _form(_WRONG, HTTPStatus.FORBIDDEN, name)
    speed_up(found, name)
    with store.writing(found.home.people) as database:
        secret = Sessions(database).begin(person, instead_of=session_secret())
    answer = redirect(address_of_ours(request.form.get("next", ""), *_DOORS), HTTPStatus.SEE_OTHER)
    set_session(answer, secret)
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends the session, here and in every process."""
    found = _needed()
    with store.writing(found.home.people) as database:
        Sessions(database).end(session_secret())
    answer = redirect("/sign-in", HTTPStatus.SEE_OTHER)
    set_session(answer, "")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _needed() -> Guard:
    found = guard()
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _form(told: str = "", status: HTTPStatus = HTTPStatus.OK, name: str = "") -> Response:
    wanted = request.form.get("next", "") or request.args.get("next", "")
    return page(
        "sign_in.html",
        status=status,
        told=told,
        name=name,
        next=address_of_ours(wanted, *_DOORS),
        person=asker(),
    )
