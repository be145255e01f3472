"""How does a whole result leave by HTTP? Streamed, and out of one generation."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from search.output.exports import MEDIA_TYPES, Format, export
from search.service import OpenIndex
from webui.answering import from_index, here
from webui.api.endpoints import EXPORTS
from webui.api.routing import serves
from webui.arguments import Arguments
from webui.params import search_request

blueprint = Blueprint("exports", __name__)


def _exporter(form: Format) -> Callable[[Arguments], Response]:
    """`GET /api/v1/export.{form}`: memory holds one page of articles, however many there are."""

    def view(arguments: Arguments) -> Response:
        request = search_request(arguments)
        asked = str(here().at("/search"))

        def answer(index: OpenIndex) -> Response:
            pieces = export(form, request, index, asked=asked)
            response = Response(pieces, content_type=MEDIA_TYPES[form])
            name = f"dispatches-{index.generation.name}.{form}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response

        return from_index(arguments, answer)

    return view


for _form, _endpoint in EXPORTS.items():
    serves(blueprint, _endpoint)(_exporter(_form))
