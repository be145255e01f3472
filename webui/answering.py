"""Answering: open a generation, compare tags, answer, tag. Every answer from the index does so.

An answer depends on the generation, the address, what people keep (hits are marked with it, filters
ask for it) and this program alone, so its `ETag` is made of these before anything is searched: a
client that has it already costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from http import HTTPStatus
from typing import cast
from urllib.parse import quote, unquote, unquote_to_bytes

from flask import Response, current_app, g, render_template, request

from corpus import soundness
from corpus.errors import InvalidParameter
from corpus.fingerprint import fingerprint
from indexer.articles.meaning import encoder
from search.service import OpenIndex
from search.serving.cursor import generation_of
from webui.access.guard import asker
from webui.arguments import Arguments, first
from webui.collection import Collection
from webui.deciding import changing
from webui.locale.languages import current
from webui.view.date_ranges import DateRanges
from webui.view.links import View

_REVALIDATE = "private, no-cache"
_PINNED = "private, max-age=3600"
_IN_A_PATH = "/:@!$&'()*+,;="
"""Marks that stand for themselves in the path of an address (RFC 3986, section 3.3)."""


FINGERPRINT = fingerprint("webui", "search", libraries=["flask", "jinja2", "msgspec"])
"""Of everything that shapes an answer, so that a new release is a new page."""


def collection() -> Collection:
    """The collection of the application that answers, as far as who asks may see it.

    Raises:
        StorageError: that cannot be told.
    """
    found: Collection | None = g.get("collection")
    if found is None:
        whole: Collection = current_app.extensions["collection"]
        who = asker()
        found = whole.seen_by(who.name if who else "", who.role if who else None)
        g.collection = found
    return found


def hidden() -> frozenset[str]:
    """The articles that who asks may not see."""
    return collection().hidden


def date_ranges() -> DateRanges:
    """What the application remembers of its generations."""
    found: DateRanges = current_app.extensions["date_ranges"]
    return found


def here() -> View:
    """The address that is being answered."""
    return View.of(quote(request.path, safe=_IN_A_PATH), pairs())


def pairs() -> list[tuple[str, str]]:
    """The parameters as given, in order."""
    return list(request.args.items(multi=True))


def refuse_garbled() -> None:
    """Refuses an address that is not UTF-8, which Werkzeug would take for its own percent signs.

    Raises:
        InvalidParameter: `caf%E9`, as programs of the nineties write it, is the word "caf%E9".
    """
    for pair in request.query_string.split(b"&"):
        try:
            unquote_to_bytes(pair).decode()
        except UnicodeDecodeError as error:
            name = unquote(pair.partition(b"=")[0].decode("ascii", "replace"))
            raise InvalidParameter(
                f"byte {error.start} of {pair.decode('ascii', 'replace')} is not UTF-8",
                where=name,
                advice="Encode the text as UTF-8 before it is percent-encoded: é is %C3%A9",
            ) from None


def path_pairs() -> Mapping[str, str]:
    """The parameters in the path."""
    return {name: str(value) for name, value in (request.view_args or {}).items()}


def from_index(
    arguments: Arguments, answer: Callable[[OpenIndex], Response], *, cacheable: bool = True
) -> Response:
    """Answers from one generation, or says that nothing changed.

    Args:
        arguments: as read; `generation` or a `cursor` chooses an older one.
        cacheable: whether the generation and the address decide the whole answer.
    """
    pinned = str(first(arguments, "generation"))
    cursor = str(first(arguments, "cursor"))
    with ExitStack() as opened:
        index = opened.enter_context(
            collection().index(pinned or (generation_of(cursor) if cursor else ""))
        )
        tag = _tag(index.generation.name)
        if cacheable and request.if_none_match.contains_weak(tag):
            response = Response(status=HTTPStatus.NOT_MODIFIED)
        else:
            response = answer(index)
        if cacheable:  # an error was raised, and is no answer
            response.set_etag(tag, weak=True)
            lasting = pinned and not collection().dossiers().version
            response.headers["Cache-Control"] = _PINNED if lasting else _REVALIDATE
        if response.is_streamed:  # the generation stays open until the last piece is sent
            response.call_on_close(opened.pop_all().close)
        return response


def page(template: str, *, status: int = HTTPStatus.OK, **values: object) -> Response:
    """A page for people."""
    text = render_template(template, **values)
    return Response(soundness.utf8(text), status)


def streamed(pieces: Iterable[str], content_type: str, name: str) -> Response:
    """A file that is sent as it is made.

    Args:
        name: what a browser saves it as.
    """
    response = Response(map(soundness.utf8, pieces), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def revalidated(response: Response) -> Response:
    """An answer that more than the generation decides: its tag is made of what it says."""
    response.add_etag()
    return cast(Response, response.make_conditional(request))


def _tag(generation: str) -> str:
    kept = f"{collection().dossiers().version} {changing()}"  # what hits are marked with
    if (who := asker()) is not None:
        kept = f"{kept} {who.name} {who.role} {who.secret}"
    spoken = f"{current().code} {g.get('has_chosen', False)}"  # the foot tells of the cookie
    shaped = f"{FINGERPRINT} {encoder.installed()}"  # without an extra less is told
    asked = f"{shaped} {spoken} {generation} {kept} {request.full_path}"
    return hashlib.sha256(soundness.utf8(asked)).hexdigest()
