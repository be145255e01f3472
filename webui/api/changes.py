"""Changes endpoint: what is new, gone or altered since an earlier generation?"""

from __future__ import annotations

from typing import Annotated

from flask import Response

from search.analyses.changes import REASONS, ChangeKind, changes
from search.output.answers import Answer, Count, Generation, about
from search.service import OpenIndex
from webui.answering import collection, from_index
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import GENERATION


class ChangedArticle(Answer, frozen=True):
    """One article; of one that was removed, as it was."""

    id: str
    change: ChangeKind
    why: Annotated[tuple[str, ...], about(f"What was altered: {', '.join(REASONS)}")]
    version: Count
    title: str
    url: str | None


class Changes(Answer, frozen=True):
    """Changes in the order of ids; go on with `after` while `next_after` is not null."""

    since: str
    items: list[ChangedArticle]
    next_after: str | None
    index: Generation


CHANGES = Endpoint(
    name="changes",
    path="/changes",
    summary="What was added, removed or altered since an earlier generation that is still kept",
    parameters=(
        Parameter(
            "since",
            {
                "type": "string",
                "minLength": 1,
                "maxLength": 100,
                "pattern": r"^[A-Za-z0-9._-]+$",
            },
            "Name of the earlier generation",
            needed=True,
        ),
        Parameter(
            "after",
            {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
            "`next_after` of the answer before",
        ),
        Parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
            "Changes in one answer",
        ),
        GENERATION,
    ),
    answer=Changes,
    example="?since={generation}&limit=10",
)


@serves(CHANGES)
def changed(arguments: Arguments) -> Response:
    """`GET /api/v1/changes`"""
    name = str(arguments["since"][0])

    def answer(index: OpenIndex) -> Response:
        with collection().index(name) as since:
            found = changes(
                since,
                index,
                after=str(first(arguments, "after")),
                limit=int(first(arguments, "limit", 100)),
            )
        items = [
            ChangedArticle(
                one.document.article_id,
                one.change,
                one.why,
                one.document.version,
                one.document.title,
                one.document.url,
            )
            for one in found.items
        ]
        generation = Generation(index.generation.name)
        return as_json(Changes(name, items, found.following or None, generation))

    return from_index(arguments, answer)
