"""Choosing: which language does this reader want? What their browser says, or what they chose here.

The choice is one cookie, which no other site can read or send along. What programs ask is answered
in English, whatever they accept.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Flask, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webui.access.guard import check_form, cookie_name, guard, refuse_foreign, set_cookie
from webui.locale import languages
from webui.locale.catalogues import catalogue
from webui.locale.extraction import script_sentences
from webui.view.links import FOR_SCRIPTS, address_of_ours

blueprint = Blueprint("languages", __name__)
_COOKIE = "language"
_KEPT = 365 * 24 * 60 * 60
_BODY = 20_000


def install(app: Flask) -> None:
    """Has each page of an application speak the language of its reader."""
    app.before_request(_begin)
    app.after_request(_vary)
    app.register_blueprint(blueprint)


def has_chosen() -> bool:
    """Whether the reader chose a language here, which a cookie keeps."""
    return bool(g.get("has_chosen"))


def _begin() -> None:
    if _is_for_scripts():
        languages.begin(languages.ENGLISH)
        return
    chosen = languages.LANGUAGES.get(request.cookies.get(cookie_name(_COOKIE), ""))
    g.has_chosen = chosen is not None
    languages.begin(chosen or languages.preferred(request.headers.get("Accept-Language", "")))


def _is_for_scripts() -> bool:
    return request.endpoint == "static" or request.path.startswith(FOR_SCRIPTS)


def _vary(response: Response) -> Response:
    if not _is_for_scripts():
        response.vary.update(("Accept-Language", "Cookie"))
    return response


@blueprint.post("/language")
def choose() -> AnyResponse:
    """Keeps the choice, and goes back to the page it was made on."""
    request.max_content_length = _BODY
    refuse_foreign()
    if guard() is not None:
        check_form()
    code = request.form.get("language", "")
    if code not in languages.LANGUAGES:
        abort(HTTPStatus.BAD_REQUEST, "Pages are not written in this language. Choose another.")
    answer = redirect(address_of_ours(request.form.get("back", "")), HTTPStatus.SEE_OTHER)
    set_cookie(answer, _COOKIE, code, _KEPT)
    return answer


@blueprint.get("/words/<code>.js")
def words(code: str) -> Response:
    """What `dispatches.js` says, in a language; English needs none of it."""
    if code not in languages.LANGUAGES or code == languages.ENGLISH.code:
        abort(HTTPStatus.NOT_FOUND)
    known = catalogue(code)
    said = {
        english: known.plurals.get(english) or known.text(english) for english in script_sentences()
    }
    table = json.dumps(said, ensure_ascii=False, sort_keys=True)
    text = f'"use strict";\nconst WORDS = {table};\nconst WHICH = (n) => Number({known.rule});\n'
    response = Response(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
