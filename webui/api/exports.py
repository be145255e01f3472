"""Export endpoints: a whole result in one file, streamed, and out of one generation."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from search.output.exports import MEDIA_TYPES, Format, export
from search.service import OpenIndex
from webui.answering import from_index, here, streamed
from webui.api.endpoint import Endpoint, serves
from webui.arguments import Arguments
from webui.params import NARROWING, ORDERING, search_request

blueprint = Blueprint("exports", __name__)
_WHAT = {
    Format.CSV: "CSV with a header",
    Format.JSONL: "JSON Lines, texts included",
    Format.BIB: "BibTeX",
    Format.RIS: "RIS",
}
EXPORTS = {
    form: Endpoint(
        name=f"export_{form}",
        path=f"/export.{form}",
        summary=f"The whole result as {what}, streamed; the last line says that it is complete",
        parameters=(*NARROWING, *ORDERING),
        media_type=MEDIA_TYPES[form].partition(";")[0],
    )
    for form, what in _WHAT.items()
}


def _exporter(form: Format) -> Callable[[Arguments], Response]:
    """`GET /api/v1/export.{form}`: memory holds one page of articles, however many there are."""

    def view(arguments: Arguments) -> Response:
        request = search_request(arguments)
        asked = str(here().at("/search"))

        def answer(index: OpenIndex) -> Response:
            pieces = export(form, request, index, asked=asked)
            return streamed(pieces, MEDIA_TYPES[form], f"dispatches-{index.generation.name}.{form}")

        return from_index(arguments, answer)

    return view


for _form, _endpoint in EXPORTS.items():
    serves(_endpoint, blueprint)(_exporter(_form))
