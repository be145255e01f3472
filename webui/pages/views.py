"""What do people get? Pages that work without JavaScript, one view for each address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import ArticleNotFound, EntityNotFound, RequestError
from indexer.schema import FACETS
from search import service
from search.output import references
from search.request import FacetRequest
from search.service import OpenIndex
from webui.answering import collection, from_index, here, pairs, revalidated, spans
from webui.api import openapi, serialisers
from webui.api.endpoints import FACET_ENDPOINT
from webui.arguments import Arguments, Parameter, first, read
from webui.errors import status_of
from webui.pages import article as article_page
from webui.pages import decisions as decisions_page
from webui.pages import entity as entity_page
from webui.pages import search as search_page
from webui.params import GENERATION, NARROWING, ORDERING, PAGING, search_request
from webui.view import entity_account as entity_dossier
from webui.view.addresses import collected_from, is_address
from webui.view.article_account import dossier
from webui.view.links import View

blueprint = Blueprint("pages", __name__)
_SEARCH: Sequence[Parameter] = (*NARROWING, *ORDERING, *PAGING)
_FACET_PAGE = 60
_OF_A_PAGE = tuple(parameter.name for parameter in (*ORDERING, *PAGING))
_SHARED = [parameter.name for parameter in NARROWING if parameter.name != "q"]


def _page(template: str, **values: object) -> Response:
    return Response(render_template(template, **values))


@blueprint.get("/")
def home() -> AnyResponse:
    """The search page is the home page."""
    return redirect("/search")


@blueprint.get("/search")
def search() -> AnyResponse:
    """Hits, counts, histogram; a badly put question keeps its page, the error under the box.

    An address is no question: it leads to the article that was collected from it.
    """
    view = here()
    if is_address(view.get("q")):
        return _at_address(view)
    try:
        arguments = read(pairs(), _SEARCH)

        def answer(index: OpenIndex) -> Response:
            page = search_page.prepare(arguments, view, index, spans())
            script = request.host_url.rstrip("/") + str(view.at("/api/v1/search"))
            return _page(
                "search.html", page=page, view=view, query=page.request.text, script=script
            )

        return from_index(arguments, answer)
    except RequestError as error:
        return _troubled(view, search_page.trouble(error, view.get("q")), status_of(error))


def _troubled(view: View, told: search_page.Trouble, status: HTTPStatus) -> Response:
    response = _page("search.html", page=None, trouble=told, view=view, query=view.get("q"))
    response.status_code = status
    return response


def _at_address(view: View) -> AnyResponse:
    kept = collection()
    with kept.index(view.get("generation")) as index, kept.catalogue() as catalogue:
        try:
            article_id = collected_from(view.get("q"), index, catalogue)
        except ArticleNotFound as error:
            told = search_page.Trouble(error.what, error.advice, title="Not collected")
            return _troubled(view, told, status_of(error))
    return redirect(str(view.only("generation").at(f"/articles/{article_id}")))


@blueprint.get("/facets/<facet>")
def facet_values(facet: str) -> Response:
    """Every value of one facet, by pages, with a box to search in."""
    if facet not in FACETS:
        raise EntityNotFound(
            f"there is no facet {facet!r}", advice=f"There are {', '.join(FACETS)}"
        )
    declared = [each for each in FACET_ENDPOINT.parameters if each.place == "query"]
    arguments = read(pairs(), [*declared, *ORDERING, *PAGING])
    offset = int(first(arguments, "offset", 0))
    contains = str(first(arguments, "facet_q"))
    asked = FacetRequest(facet, size=_FACET_PAGE, contains=contains, offset=offset)
    question = replace(
        search_request(arguments), facets=(asked,), limit=1, highlight=False, cursor=""
    )

    def answer(index: OpenIndex) -> Response:
        view = here()
        result = service.search(question, index)
        counted = result.facets[facet]
        back = view.without("facet_q", "offset", "facet_size").at("/search")
        return _page(
            "facet.html",
            view=view,
            result=result,
            values=serialisers.facet_values(counted, back),
            facet=counted,
            offset=offset,
            size=_FACET_PAGE,
            contains=contains,
            back=back,
            twin=view.without(*_OF_A_PAGE).at(f"/api/v1{view.path}"),
        )

    return from_index(arguments, answer)


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> Response:
    """One article, with the matches of `q` marked; the rest of the search leads back to it."""
    arguments = read(pairs(), _SEARCH)

    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            known = dossier(article_id, index, catalogue)
        page = article_page.prepare(known, str(first(arguments, "q")), here(), index)
        return _page("article.html", page=page, view=page.view)

    chosen = {name: arguments[name] for name in ("generation",) if name in arguments}
    return revalidated(from_index(chosen, answer, cacheable=False))


@blueprint.get("/articles/<article_id>/citation.<style>")
def citation(article_id: str, style: str) -> Response:
    """The article for a reference manager: `bib` or `ris`."""
    writers = {"bib": references.bibtex, "ris": references.ris}
    if style not in writers:
        raise EntityNotFound(f"there is no citation style {style!r}", advice="Ask for bib or ris")

    def answer(index: OpenIndex) -> Response:
        text = writers[style](service.article(article_id, index))
        response = Response(text, mimetype="text/plain")
        response.headers["Content-Disposition"] = f'attachment; filename="{article_id}.{style}"'
        return response

    return from_index(read(pairs(), (GENERATION,)), answer)


@blueprint.get("/entities/<entity_id>")
def entity(entity_id: str) -> Response:
    """One person, organization or place; an id that was merged leads to what it was merged into."""
    arguments: Arguments = read(pairs(), (GENERATION,))

    generation = str(first(arguments, "generation"))

    def answer(index: OpenIndex) -> Response:
        authority = collection().authority()
        try:
            found = entity_dossier.find(entity_id, index)
        except EntityNotFound:
            hidden = entity_dossier.left_out(entity_id, authority)
            if hidden is None:
                raise
            answer = _page("left_out.html", known=hidden, changing=decisions_page.changing())
            answer.status_code = HTTPStatus.NOT_FOUND
            return answer
        if found.entity_id != entity_id:  # not for good: the merger may be taken back
            address = here().at(f"/entities/{found.entity_id}")
            return Response(status=HTTPStatus.FOUND, headers={"Location": str(address)})
        page = entity_page.prepare(found, index, authority, spans(), generation=generation)
        return _page(
            "entity.html", page=page, view=page.view, query="", changing=decisions_page.changing()
        )

    return revalidated(from_index(arguments, answer, cacheable=False))


@blueprint.get("/api/docs")
def docs() -> Response:
    """The interface for scripts, to read."""
    return revalidated(_page("docs.html", document=openapi.document(), narrowing=_SHARED))
