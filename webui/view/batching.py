"""Batching: what may a table of questions hold over HTTP, and how is it read and sent back?

The page and the interface for scripts come here alike.
"""

from __future__ import annotations

from flask import Response

from search.output.batch.asking import ask
from search.output.batch.questions import Table, questions, text_of
from search.output.batch.tables import MEDIA_TYPES, WRITERS
from search.service import OpenIndex
from webui.access.openings import exporting
from webui.server.limits import also

MAX_QUESTIONS, MAX_BYTES, SECONDS = 1_000, 400_000, 60.0
"""Of one table that is asked over HTTP."""
LATE = "Ask the rest in another table, or all of it with `dispatches batch`"
"""What to do about questions for which there was no time."""
FIRST_HITS = 3


def asked(content: bytes, where: str) -> Table:
    """The questions of what was sent, each of them counted.

    Raises:
        InvalidParameter, UnreadableInput: it is no table of questions, or too long.
        TooManyRequests: they are more than who asks may ask now.
    """
    text = text_of(content, where=where, most=MAX_BYTES)
    found = questions(text, where=where, most=MAX_QUESTIONS)
    also(len(found.rows) - 1)
    return found


def written(form: str, table: Table, index: OpenIndex, *, hits: int) -> Response:
    """A file of what a table finds, made while it is sent."""
    noted = exporting()
    found = ask(table.rows, index, hits=hits, seconds=SECONDS, advice=LATE, through=noted)
    name = index.generation.name
    response = Response(WRITERS[form](found, name), content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="batch-{name}.{form}"'
    return response
