"""Citation endpoint: what was cited, and what changed since."""

from __future__ import annotations

from typing import Annotated

from flask import Response

from search.output.answers import Answer, Count, about
from search.service import OpenIndex
from webui.access.openings import opened
from webui.answering import collection, from_index, revalidated
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.view import cited_account


class CitedArticle(Answer, frozen=True, kw_only=True):
    """An article as it was cited; hashes are SHA-256."""

    id: str
    version: Count
    original_sha256: str
    text_sha256: str
    title: str
    outlet: str
    published: str
    url: str
    text: Annotated[str | None, about("As it was; null where it cannot be shown any more")]
    current_version: Annotated[Count, about("0 where the collection does not have it any more")]
    in_index: bool


class Cited(Answer, frozen=True, kw_only=True):
    """A citation, with what changed since it was made."""

    id: str
    when: str
    address: str
    question: str
    generation: str
    built_at: str
    total: Annotated[Count, about("Articles that were found; those kept are the first of them")]
    unchanged: bool
    articles: list[CitedArticle]
    total_now: Annotated[Count | None, about("What the question finds now; null for an article")]
    came: Annotated[list[str], about("Ids of articles that it finds now and did not find then")]
    gone: Annotated[list[str], about("Ids of those that it found then and does not find now")]


CITED = Endpoint(
    name="cited",
    path="/cited/{citation}",
    summary="What was cited, as it was, and what changed since",
    parameters=(
        Parameter("citation", {"type": "string", "maxLength": 40}, "Its id", place="path"),
    ),
    answer=Cited,
    may_be_missing=True,
)


@serves(CITED)
def cited(arguments: Arguments) -> Response:
    """`GET /api/v1/cited/{citation}`"""
    found = collection().citation(str(first(arguments, "citation")))

    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            told = cited_account.account_of(found, index, catalogue)
        opened(one.article.id for one in told.since if one.text is not None)
        today = told.now
        return as_json(
            Cited(
                id=found.id,
                when=found.when,
                address=found.address,
                question=found.question,
                generation=found.generation,
                built_at=found.built_at,
                total=found.total,
                unchanged=told.unchanged,
                articles=[
                    CitedArticle(
                        id=one.article.id,
                        version=one.article.version,
                        original_sha256=one.article.original,
                        text_sha256=one.article.text,
                        title=one.article.title,
                        outlet=one.article.outlet,
                        published=one.article.published,
                        url=one.article.url,
                        text=one.text,
                        current_version=one.current,
                        in_index=one.indexed,
                    )
                    for one in told.since
                ],
                total_now=today.total if today else None,
                came=[one.article_id for one in today.came] if today else [],
                gone=sorted(today.gone) if today else [],
            )
        )

    return revalidated(from_index({}, answer, cacheable=False))
