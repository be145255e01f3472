"""Is the server alive, is it ready, and may robots come in?"""

from __future__ import annotations

from flask import Blueprint, Response, json

from webui.answering import collection

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """A generation is open; without one, the error says why (503)."""
    with collection().index() as index:
        found = {"generation": index.generation.name, "articles": index.engine.articles}
    return Response(json.dumps(found), mimetype="application/json")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """None may: names in war reporting are not for search engines to spread."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
