"""Two texts set side by side, two reports or two versions of one: pages, and the same as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from search.service import OpenIndex
from webui.answering import collection, from_index, here, pairs, revalidated
from webui.api.endpoints import AGAINST, VERSION
from webui.api.routing import as_json, serves
from webui.arguments import Arguments, read
from webui.params import GENERATION
from webui.view import differences
from webui.view.differences import Differences

blueprint = Blueprint("compare", __name__)


def _page(found: Differences) -> Response:
    return Response(render_template("compare.html", found=found, twin=here().at(found.twin)))


@blueprint.get("/articles/<article_id>/against/<other_id>")
def reports_page(article_id: str, other_id: str) -> Response:
    """One report as changed from another."""

    def answer(index: OpenIndex) -> Response:
        return _page(differences.of_reports(article_id, other_id, index))

    return from_index(read(pairs(), (GENERATION,)), answer)


@blueprint.get("/articles/<article_id>/versions/<int:version>")
def version_page(article_id: str, version: int) -> Response:
    """One version of an article, as changed from the version before where there is one."""
    read(pairs(), ())
    with collection().catalogue() as catalogue:
        found = differences.of_version(article_id, version, catalogue)
    return revalidated(_page(found))


@serves(blueprint, AGAINST)
def reports(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/against/{other_id}`"""
    article_id, other_id = (str(arguments[name][0]) for name in ("article_id", "other_id"))

    def answer(index: OpenIndex) -> Response:
        found = differences.of_reports(article_id, other_id, index)
        told = {"id": article_id, "against": other_id, **differences.changes(found)}
        told["index"] = {"generation": index.generation.name}
        return as_json({**told, "links": {"self": str(here()), "page": found.page}})

    return from_index(arguments, answer)


@serves(blueprint, VERSION)
def version(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/versions/{version}`"""
    article_id, number = str(arguments["article_id"][0]), int(arguments["version"][0])
    with collection().catalogue() as catalogue:
        found = differences.of_version(article_id, number, catalogue)
    told = {**differences.as_it_was(found), **differences.changes(found)}
    return revalidated(as_json({**told, "links": {"self": str(here()), "page": found.page}}))
