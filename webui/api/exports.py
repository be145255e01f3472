"""Export endpoints: a whole result in one file, streamed, and out of one generation."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from search.output.export_format import ExportFormat
from search.output.exports import FORMATS, export
from search.service import OpenIndex
from webui.access.openings import exporting
from webui.answering import from_index, here, streamed
from webui.api.endpoint import Endpoint, serves
from webui.arguments import Arguments
from webui.params import NARROWING, ORDERING, search_request

blueprint = Blueprint("exports", __name__)
EXPORTS = {
    form.name: Endpoint(
        name=f"export_{form.name}",
        path=f"/export.{form.name}",
        summary=f"The whole result as {form.summary}, streamed;"
        " the last line says that it is complete",
        parameters=(*NARROWING, *ORDERING),
        media_type=form.media_type.partition(";")[0],
        columns=form.columns,
        lines=form.lines,
        whole=form.whole,
        example="?q=ceasefire",
    )
    for form in FORMATS.values()
}


def _exporter(form: ExportFormat) -> Callable[[Arguments], Response]:
    """`GET /api/v1/export.{form}`: memory holds one page of articles, however many there are."""

    def view(arguments: Arguments) -> Response:
        request = search_request(arguments)
        asked, noted = str(here().at("/search")), exporting()

        def answer(index: OpenIndex) -> Response:
            pieces = export(form, request, index, asked=asked, through=noted)
            name = f"dispatches-{index.generation.name}.{form.suffix or form.name}"
            return streamed(pieces, form.media_type, name)

        return from_index(arguments, answer)

    return view


for _name, _endpoint in EXPORTS.items():
    serves(_endpoint, blueprint)(_exporter(FORMATS[_name]))
