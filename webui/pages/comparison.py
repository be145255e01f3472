"""Comparison pages: two reports, or two versions of one, set side by side."""

from __future__ import annotations

from flask import Blueprint, Response

from search.service import OpenIndex
from webui.answering import collection, from_index, here, page, pairs, revalidated
from webui.arguments import read
from webui.params import GENERATION
from webui.view import differences
from webui.view.differences import Differences
from webui.view.links import View, twin_of

blueprint = Blueprint("compare", __name__)


def _page(found: Differences) -> Response:
    twin = twin_of(View(found.page, here().pairs))
    return page("compare.html", found=found, twin=twin)


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
