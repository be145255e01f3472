"""Pages that set two texts side by side: two reports of a family, two versions of an article."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from corpus.errors import ArticleNotFound
from search import service
from search.service import OpenIndex
from webui import wording
from webui.answering import collection, from_index, pairs
from webui.arguments import read
from webui.comparison import compare, kept_share
from webui.params import GENERATION

blueprint = Blueprint("compare", __name__)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    name: str
    title: str
    text: str
    url: str = ""


def _page(article_id: str, old: Side, new: Side, language: str) -> Response:
    paragraphs = compare(f"{old.title}\n\n{old.text}", f"{new.title}\n\n{new.text}")
    return Response(
        render_template(
            "compare.html",
            article_id=article_id,
            old=old,
            new=new,
            paragraphs=paragraphs,
            share=kept_share(paragraphs),
            language=language,
        )
    )


@blueprint.get("/articles/<article_id>/against/<other_id>")
def reports(article_id: str, other_id: str) -> Response:
    """One report as changed from another."""

    def answer(index: OpenIndex) -> Response:
        new, old = service.article(article_id, index), service.article(other_id, index)
        sides = [
            Side(
                f"{document.outlet or 'Outlet unknown'}, {wording.partial(document.published)}:",
                document.title,
                document.text,
                f"/articles/{document.article_id}",
            )
            for document in (old, new)
        ]
        return _page(article_id, sides[0], sides[1], language=new.language)

    return from_index(read(pairs(), (GENERATION,)), answer)


@blueprint.get("/articles/<article_id>/versions/<int:version>")
def versions(article_id: str, version: int) -> Response:
    """One version of an article as changed from the version before."""
    read(pairs(), ())
    with collection().catalogue() as catalogue:
        known = {stored.version: stored for stored in catalogue.versions(article_id)}
    if version not in known or version - 1 not in known:
        raise ArticleNotFound(
            f"no version {version} of article {article_id} with one before it",
            advice=f"There are versions 1 to {max(known, default=0)}",
        )
    sides = [
        Side(
            f"Version {number}, collected {wording.day(known[number].collected.date())}:",
            known[number].article.title,
            known[number].article.reading,
        )
        for number in (version - 1, version)
    ]
    return _page(article_id, sides[0], sides[1], language=known[version].article.language)
