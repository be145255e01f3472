"""Pages of citations: kept with one click, opened again whatever was rebuilt since."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import InvalidParameter
from search import service
from search.dossiers.citing import paragraph_of
from search.service import OpenIndex
from webui.access.guard import refuse_foreign
from webui.access.openings import opened
from webui.answering import collection, from_index, here, page, pairs, revalidated
from webui.arguments import read
from webui.params import GENERATION
from webui.view.citations import citations
from webui.view.cited_account import account_of, keep
from webui.view.links import twin_of

blueprint = Blueprint("cited_pages", __name__)

_BODY = 20_000


@blueprint.post("/cited")
def cite() -> AnyResponse:
    """Keeps what citing a page needs, and leads to where it stays."""
    request.max_content_length = request.max_form_memory_size = _BODY
    refuse_foreign()
    address = request.form.get("address", "").strip()
    if not address:
        raise InvalidParameter("a citation needs the address of a page", where="address")
    made = keep(address, request.form.get("generation", "").strip(), collection())
    return redirect(f"/cited/{made.id}", HTTPStatus.SEE_OTHER)


@blueprint.get("/articles/<article_id>/paragraphs/<int:number>")
def paragraph(article_id: str, number: int) -> Response:
    """One paragraph with its words, to be cited."""
    arguments = read(pairs(), (GENERATION,))

    def answer(index: OpenIndex) -> Response:
        document = service.article(article_id, index)
        return page(
            "paragraph.html",
            document=document,
            number=number,
            words=paragraph_of(document, number),
            citations=citations(document, paragraph=number),
            generation=index.generation.name,
            view=here(),
        )

    return from_index(arguments, answer)


@blueprint.get("/cited/<citation_id>")
def cited(citation_id: str) -> Response:
    """What was cited, as it was, and what changed since."""
    read(pairs(), ())
    found = collection().citation(citation_id)

    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            told = account_of(found, index, catalogue)
        opened(one.article.id for one in told.since if one.text is not None)
        return page("cited.html", told=told, cited=found, twin=twin_of(here()))

    return revalidated(from_index({}, answer, cacheable=False))
