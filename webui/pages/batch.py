"""Batch page: a table of questions is pasted or uploaded; what they find is shown, or saved."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request

from corpus.errors import DispatchesError, InvalidParameter
from search.output.batch.asking import MAX_HITS, Answered, ask
from search.output.batch.questions import Question, Refused
from search.output.batch.tables import WRITERS, note
from search.request import DateFilter, SearchRequest, Undated
from search.service import OpenIndex
from webui.access.guard import refuse_foreign
from webui.answering import from_index, here, page, pairs
from webui.arguments import Arguments, read
from webui.errors import status_of
from webui.params import filter_name
from webui.view.batching import FIRST_HITS, LATE, MAX_BYTES, MAX_QUESTIONS, asked, written
from webui.view.links import View

blueprint = Blueprint("batch_pages", __name__)

_BODY = 1 << 20
_SECONDS = 20.0
"""A person waits for the page; files may take longer."""
_SHOWN_HITS = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A question of the page, and where it is asked alone."""

    answered: Answered
    address: View
    note: str


@blueprint.get("/batch")
def batch() -> Response:
    """The form."""
    read(pairs(), ())
    return _page()


@blueprint.post("/batch")
def ask_all() -> Response:
    """What the questions find: shown, or as a file."""
    refuse_foreign()
    request.max_content_length = _BODY
    read(pairs(), ())
    form, upload = request.form, request.files.get("file")
    content = upload.read() if upload else b""
    typed = content or form.get("table", "").encode("utf-8", "replace")
    where = (upload.filename or "file") if upload and content else "table"
    try:
        hits = _hits(form.get("hits", ""))
        table = asked(typed, where)
    except DispatchesError as error:
        return _page(status=status_of(error), error=error, text=form.get("table", ""))
    wanted = form.get("do", "")
    none: Arguments = {}
    if wanted in WRITERS:
        return from_index(
            none, lambda index: written(wanted, table, index, hits=hits), cacheable=False
        )

    def answer(index: OpenIndex) -> Response:
        shown = min(hits, _SHOWN_HITS)
        found = [*ask(table.rows, index, hits=shown, seconds=_SECONDS, advice=LATE)]
        return _page(
            text=table.text,
            hits=hits,
            rows=[_row(one) for one in found if isinstance(one, Answered)],
            refused=[one for one in found if isinstance(one, Refused)],
            passed_over=table.passed_over,
            generation=index.generation.name,
        )

    return from_index(none, answer, cacheable=False)


def _page(status: int = HTTPStatus.OK, **values: object) -> Response:
    told: dict[str, object] = {"error": None, "text": "", "hits": FIRST_HITS, "rows": None}
    return page(
        "batch.html",
        status=status,
        view=here(),
        most=MAX_QUESTIONS,
        most_bytes=MAX_BYTES,
        most_hits=MAX_HITS,
        **told | values,
    )


def _hits(typed: str) -> int:
    if not typed.strip():
        return FIRST_HITS
    if not (typed.strip().isascii() and typed.strip().isdigit()) or int(typed) > MAX_HITS:
        raise InvalidParameter(
            f"{typed[:20]!r} is no whole number from 0 to {MAX_HITS}",
            where="hits",
            advice=f"Give a whole number from 0 to {MAX_HITS}",
        )
    return int(typed)


def _row(one: Answered) -> _Row:
    return _Row(one, _address(one.question), note(one))


def _address(question: Question) -> View:
    """Where the search page asks the same."""
    asked: SearchRequest = question.request
    filters = {filter_name(one.facet, one.mode): one.values for one in asked.filters}
    plain, dates = DateFilter(), asked.dates
    usual = Undated.EXCLUDE if dates.start or dates.end else Undated.INCLUDE
    return View("/search").setting(
        q=asked.text,
        **filters,
        date_from=dates.start,
        date_to=dates.end,
        date_field=dates.field if dates.field != plain.field else None,
        undated=dates.undated if dates.undated != usual else None,
        collapse="family" if asked.collapse else None,
        names="include" if asked.names else None,
        sort=asked.sort,
    )
