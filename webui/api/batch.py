"""Batch endpoints: a table of questions is sent, and comes back with what each finds.

Nothing is changed by it, so a reader may; and each question counts as one that was asked.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from search.output.batch.answers import BatchAnswer, batch_answer
from search.output.batch.asking import MAX_HITS, ask
from search.output.batch.questions import Table
from search.output.batch.tables import COLUMNS, MEDIA_TYPES
from search.service import OpenIndex
from webui.access.guard import refuse_foreign
from webui.answering import from_index
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import GENERATION
from webui.view.batching import FIRST_HITS, LATE, MAX_BYTES, MAX_QUESTIONS, SECONDS, asked, written

_BODY = 1 << 20
_HITS = Parameter(
    "hits",
    {"type": "integer", "minimum": 0, "maximum": MAX_HITS, "default": FIRST_HITS},
    "First hits of each question",
)
_SENT = (
    f"The body is a table as CSV, of {MAX_QUESTIONS:,} questions and {MAX_BYTES:,} bytes at most: a"
    " column `question`, and where wanted `name` and columns called as parameters that narrow a"
    " result, several values parted by `;`"
)


def _endpoint(
    name: str, path: str, summary: str, **rest: str | type[BatchAnswer] | tuple[str, ...]
) -> Endpoint:
    return Endpoint(
        name=name,
        path=path,
        summary=summary,
        parameters=(_HITS, GENERATION),
        body="text/csv",
        body_about=_SENT,
        sends="name,question,date_from\nbridges,bridge,\ntruces,ceasefire,2023\n",
        **rest,  # type: ignore[arg-type]  # the two that differ
    )


BATCH = _endpoint("batch", "/batch", "What every question of a table finds", answer=BatchAnswer)
_FILES = {
    "csv": _endpoint(
        "batch_csv",
        "/batch.csv",
        "The same as one CSV file",
        media_type="text/csv",
        columns=COLUMNS,
    ),
    "xlsx": _endpoint(
        "batch_xlsx", "/batch.xlsx", "The same as one workbook", media_type=MEDIA_TYPES["xlsx"]
    ),
}
ENDPOINTS = (BATCH, *_FILES.values())


def _sent() -> Table:
    refuse_foreign()
    request.max_content_length = _BODY
    return asked(request.get_data(), "body")


@serves(BATCH)
def batch(arguments: Arguments) -> Response:
    """`POST /api/v1/batch`"""
    table, hits = _sent(), int(first(arguments, "hits", FIRST_HITS))

    def answer(index: OpenIndex) -> Response:
        found = ask(table.rows, index, hits=hits, seconds=SECONDS, advice=LATE)
        return as_json(batch_answer(found, index.generation.name, table.passed_over))

    return from_index(arguments, answer, cacheable=False)


def _file(form: str) -> Callable[[Arguments], Response]:
    """`POST /api/v1/batch.{form}`"""

    def view(arguments: Arguments) -> Response:
        table, hits = _sent(), int(first(arguments, "hits", FIRST_HITS))
        return from_index(
            arguments, lambda index: written(form, table, index, hits=hits), cacheable=False
        )

    return view


for _form, _served in _FILES.items():
    serves(_served)(_file(_form))
