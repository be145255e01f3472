"""Health: is the server alive, is it ready, how is it doing, and may robots come in?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from flask import Blueprint, Response, current_app, json

from corpus.errors import DispatchesError
from webui.answering import collection
from webui.server import metrics
from webui.server.request_queue import ALIVE

blueprint = Blueprint("health", __name__)


@blueprint.get(ALIVE)
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """A generation is open; without one, the error says why (503).

    A newer generation that this program cannot open is no reason to send questions elsewhere: it is
    named here, and is a number of `/metrics`.
    """
    with collection().index() as index:
        found = {"generation": index.generation.name, "articles": index.engine.articles}
    refused = collection().refused
    whole = found | {"refused": asdict(refused) if refused else None}
    return Response(json.dumps(whole), mimetype="application/json")


@blueprint.get("/metrics")
def measured() -> Response:
    """Counts for Prometheus; about the index too, where there is one."""
    counted: metrics.Metrics = current_app.extensions["metrics"]
    return Response("".join((*_about_index(), *counted.lines())), content_type=metrics.MEDIA_TYPE)


def _about_index() -> Iterator[str]:
    ready = "# HELP dispatches_ready Whether a generation answers.\n# TYPE dispatches_ready gauge\n"
    try:
        with collection().index() as index:
            name, articles = index.generation.name, index.engine.articles
    except DispatchesError:  # the number says so; /readyz says why
        yield f"{ready}dispatches_ready 0\n"
        return
    yield f"{ready}dispatches_ready 1\n"
    yield "# HELP dispatches_refused Whether a newer generation cannot be opened.\n"
    yield "# TYPE dispatches_refused gauge\n"
    yield f"dispatches_refused {1 if collection().refused else 0}\n"
    yield "# HELP dispatches_articles Articles of the generation that answers.\n"
    yield "# TYPE dispatches_articles gauge\n"
    yield f'dispatches_articles{{generation="{name}"}} {articles}\n'


@blueprint.get("/robots.txt")
def robots() -> Response:
    """None may: names in war reporting are not for search engines to spread."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
