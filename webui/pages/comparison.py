"""Comparison pages: what do two reports, or two versions of one, say differently?"""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import InvalidParameter
from search import service
from search.service import OpenIndex
from webui.answering import collection, from_index, here, page, pairs, revalidated
from webui.arguments import Arguments, Parameter, first, read
from webui.params import GENERATION
from webui.view import differences
from webui.view.article_account import collected_from, is_address
from webui.view.differences import Differences
from webui.view.links import View, twin_of

blueprint = Blueprint("compare", __name__)
_OURS = re.compile(r"(?:^|/articles/)(?P<id>[a-z2-7]{16})(?:[/?#]|$)")


_LAYOUT = Parameter(
    "layout",
    {"type": "string", "enum": ["inline", "beside"]},
    "One text with the other's words in it, or both side by side",
)
_OTHER = Parameter(
    "other",
    {"type": "string", "maxLength": 2_000},
    "Id or address of the article to compare with",
    needed=True,
)


def _page(found: Differences, arguments: Arguments) -> Response:
    view = here()
    twin = twin_of(View(found.page, view.without("layout").pairs))
    beside = first(arguments, "layout") == "beside"
    return page("compare.html", found=found, twin=twin, view=view, beside=beside)


@blueprint.get("/articles/<article_id>/against/<other_id>")
def reports_page(article_id: str, other_id: str) -> Response:
    """The newer of two reports, whichever was named first, as changed from the older one."""
    arguments = read(pairs(), (_LAYOUT, GENERATION))

    def answer(index: OpenIndex) -> Response:
        return _page(differences.of_reports(article_id, other_id, index), arguments)

    return from_index(arguments, answer)


@blueprint.get("/articles/<article_id>/against")
def chosen(article_id: str) -> AnyResponse:
    """Leads to the comparison with the article that a form names, by its id or any address."""
    arguments = read(pairs(), (_OTHER, GENERATION))
    named = str(first(arguments, "other")).strip()
    kept = collection()
    with kept.index(str(first(arguments, "generation"))) as index, kept.catalogue() as catalogue:
        service.article(article_id, index)
        if found := _OURS.search(named):
            other_id = service.article(found["id"], index).article_id
        elif is_address(named):
            other_id = collected_from(named, index, catalogue)
        else:
            raise InvalidParameter(
                f"{named!r} is neither the id nor the address of an article",
                where="other",
                advice="Paste the address of its page here, or the one it was collected from",
            )
    target = here().only("generation").at(f"/articles/{article_id}/against/{other_id}")
    return redirect(str(target))


@blueprint.get("/articles/<article_id>/versions/<int:version>")
def version_page(article_id: str, version: int) -> Response:
    """One version of an article, as changed from the version before where there is one."""
    arguments = read(pairs(), (_LAYOUT,))
    with collection().catalogue() as catalogue:
        found = differences.of_version(article_id, version, catalogue)
    return revalidated(_page(found, arguments))
