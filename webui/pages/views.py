"""Views of pages: one for each address, working without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from corpus import soundness
from corpus.errors import ArticleNotFound, EntityNotFound, RequestError
from indexer.entities.authority.decisions import Action, Decision
from search import service
from search.language import form
from search.output.exports import FORMATS, REFERENCES
from search.output.styles import style_names, written
from search.request import COUNTED, FacetRequest
from search.service import OpenIndex
from webui.access.roles import Role
from webui.answering import (
    collection,
    date_ranges,
    from_index,
    here,
    hidden,
    page,
    pairs,
    revalidated,
)
from webui.arguments import Arguments, Parameter, first, read
from webui.deciding import changing
from webui.errors import status_of
from webui.locale.languages import marked
from webui.pages import article as article_page
from webui.pages import entity as entity_page
from webui.pages import search as search_page
from webui.params import (
    FACET_VALUES,
    GENERATION,
    NARROWING,
    ORDERING,
    PAGING,
    RELATED,
    search_request,
)
from webui.view import article_account, entity_account, wording
from webui.view.article_account import collected_from, is_address
from webui.view.chosen_filters import toggles
from webui.view.links import View, twin_of

blueprint = Blueprint("pages", __name__)
_SEARCH: Sequence[Parameter] = (*NARROWING, *ORDERING, *PAGING, RELATED)
_FORM = tuple(
    Parameter(name, {"type": "string", "maxLength": 300}, "A field of the form")
    for name in form.FIELDS
)
_FACET_PAGE = 60
_OF_A_PAGE = tuple(parameter.name for parameter in (*ORDERING, *PAGING))


@blueprint.get("/")
def home() -> AnyResponse:
    """The search page is the home page; a question put to it is kept."""
    return redirect(str(here().at("/search")))


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
            found = search_page.prepare(arguments, view, index, date_ranges())
            script = request.url_root.rstrip("/") + str(twin_of(view))
            kept = collection().dossiers()
            return page(
                "search.html",
                page=found,
                view=view,
                query=found.request.text,
                script=script,
                kept={one: kept.holding(one) for one in found.article_ids if kept.version},
                open=kept.open() if changing() else None,
                asked=request.query_string.decode("ascii", "replace"),
            )

        return from_index(arguments, answer)
    except RequestError as error:
        return _troubled(view, search_page.trouble(error, view.get("q")), status_of(error))


@blueprint.get("/ask")
def ask() -> AnyResponse:
    """The search that a form asks for, field by field."""
    given = read(pairs(), [*_FORM, *(one for one in _SEARCH if one.name != "q")])
    fields = {name: str(first(given, name)) for name in form.FIELDS}
    kept = here().without(*form.FIELDS, "cursor").at("/search")
    return redirect(str(kept.setting(q=form.asked(fields))))


def _troubled(view: View, told: search_page.Trouble, status: HTTPStatus) -> Response:
    return page(
        "search.html", status=status, page=None, trouble=told, view=view, query=view.get("q")
    )


def _at_address(view: View) -> AnyResponse:
    kept = collection()
    with kept.index(view.get("generation")) as index, kept.catalogue() as catalogue:
        try:
            article_id = collected_from(view.get("q"), index, catalogue)
        except ArticleNotFound as error:
            told = search_page.Trouble(error.what, error.advice, title=marked("Not collected"))
            return _troubled(view, told, status_of(error))
    return redirect(str(view.only("generation").at(f"/articles/{article_id}")))


@blueprint.get("/facets/<facet>")
def facet_values(facet: str) -> Response:
    """Every value of one facet, by pages, with a box to search in."""
    if facet not in COUNTED:
        raise EntityNotFound(
            f"there is no facet {facet!r}", advice=f"There are {', '.join(COUNTED)}"
        )
    arguments = read(pairs(), [*FACET_VALUES, *ORDERING, *PAGING])
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
        merged: Sequence[Decision] = ()
        if facet == "outlet":
            of_outlets = collection().authority().of(Action.OUTLET)
            merged = entity_account.shown_decisions(of_outlets, index, hidden())
        back = view.without("facet_q", "offset", "facet_size").at("/search")
        return page(
            "facet.html",
            view=view,
            result=result,
            values=tuple(
                (one._replace(label=wording.value_called(facet, one.value, one.label)), url)
                for one, url in toggles(counted, back)
            ),
            facet=counted,
            offset=offset,
            size=_FACET_PAGE,
            contains=contains,
            back=back,
            twin=twin_of(view.without(*_OF_A_PAGE)),
            merged=merged,
            changing=facet == "outlet" and changing(Role.DECIDER),
        )

    return from_index(arguments, answer, cacheable=facet != "outlet")


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> Response:
    """One article, with the matches of `q` marked; the rest of the search leads back to it."""
    arguments = read(pairs(), _SEARCH)

    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            known = article_account.account_of(article_id, index, catalogue)
        query, styles = str(first(arguments, "q")), style_names(collection().styles)
        told = article_page.prepare(known, query, here(), index, styles=styles)
        kept = collection().dossiers()
        return page(
            "article.html",
            page=told,
            view=told.view,
            kept=kept.holding(article_id),
            open=kept.open() if changing() else None,
        )

    chosen = {name: arguments[name] for name in ("generation",) if name in arguments}
    return revalidated(from_index(chosen, answer, cacheable=False))


@blueprint.get("/articles/<article_id>/citation.<style>")
def citation(article_id: str, style: str) -> Response:
    """The article for a reference manager, or as text in a style that the operator gave."""

    def answer(index: OpenIndex) -> Response:
        document = service.article(article_id, index)
        if style not in REFERENCES:
            text = written(document, collection().styles, style)
            return Response(soundness.utf8(f"{text}\n"), mimetype="text/plain")
        suffix = FORMATS[style].suffix or style
        response = Response(soundness.utf8(REFERENCES[style](document)), mimetype="text/plain")
        response.headers["Content-Disposition"] = f'attachment; filename="{article_id}.{suffix}"'
        return response

    chosen = read(pairs(), (GENERATION,))
    return revalidated(from_index(chosen, answer, cacheable=False))  # styles are files


@blueprint.get("/entities/<entity_id>")
def entity(entity_id: str) -> Response:
    """One person, organization or place; an id that was merged leads to what it was merged into."""
    arguments: Arguments = read(pairs(), (GENERATION,))

    generation = str(first(arguments, "generation"))

    def answer(index: OpenIndex) -> Response:
        authority = collection().authority()
        try:
            found = entity_account.find(entity_id, index)
        except EntityNotFound:
            known = None if hidden() else entity_account.left_out(entity_id, authority)
            if known is None:  # or nobody can tell whether who asks might see who names it
                raise
            return page(
                "left_out.html",
                status=HTTPStatus.NOT_FOUND,
                known=known,
                changing=changing(Role.DECIDER),
            )
        if found.entity_id != entity_id:  # not for good: the merger may be taken back
            address = here().at(f"/entities/{found.entity_id}")
            return Response(status=HTTPStatus.FOUND, headers={"Location": str(address)})
        told = entity_page.prepare(found, index, authority, date_ranges(), generation=generation)
        return page(
            "entity.html", page=told, view=told.view, query="", changing=changing(Role.DECIDER)
        )

    return revalidated(from_index(arguments, answer, cacheable=False))
