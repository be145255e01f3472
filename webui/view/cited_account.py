"""Account of a citation: which question or article was cited, and what became of it since?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from corpus.errors import GenerationGone, InvalidParameter, RequestError
from corpus.store import Catalogue
from search import service
from search.dossiers.citing import (
    Citation,
    Now,
    Since,
    cite_article,
    cite_question,
    now,
    since,
)
from search.language.render import in_full
from search.request import Filter, Mode, SearchRequest
from search.service import OpenIndex
from webui.arguments import read
from webui.collection import Collection
from webui.params import NARROWING, ORDERING, search_request
from webui.view import entity_account

_QUESTIONS = (
    "/search",
    "/concordance",
    "/timeline",
    "/together",
    "/map",
    "/quotes",
    "/coverage",
    "/facets/",
)
_ARTICLE, _ENTITY = "/articles/", "/entities/"
_ASKED = {parameter.name for parameter in (*NARROWING, *ORDERING)} - {"generation"}


@dataclass(frozen=True, slots=True)
class CitedAccount:
    """A citation, and what is otherwise now.

    Attributes:
        now: what the question finds today; None for an article, and where this release does not
            understand the question any more.
    """

    cited: Citation
    since: tuple[Since, ...]
    now: Now | None

    @property
    def changed(self) -> tuple[Since, ...]:
        """The articles that are not as they were cited."""
        return tuple(one for one in self.since if not one.is_as_cited)

    @property
    def unchanged(self) -> bool:
        """Whether everything that was cited stands as it stood, and nothing came to it."""
        same = self.now is None or (
            self.now.total == self.cited.total and not self.now.came and not self.now.gone
        )
        return same and not self.changed


def keep(address: str, generation: str, kept: Collection) -> Citation:
    """Keeps what citing a page needs; from the current generation where its own was pruned.

    Raises:
        InvalidParameter: the address is not one of a page that can be cited.
        RequestError: its question is badly put, or its article is not there.
    """
    try:
        with kept.index(generation) as index:
            return _kept(address, kept, index)
    except GenerationGone:
        with kept.index() as index:
            return _kept(address, kept, index)


def account_of(cited: Citation, index: OpenIndex, catalogue: Catalogue) -> CitedAccount:
    """What was cited, and what became of it."""
    today = None
    if cited.question:
        try:
            today = now(cited, _question(cited.address, index), index)
        except RequestError:
            today = None  # asked in words that this release reads otherwise; what was found stays
    return CitedAccount(cited, tuple(since(cited, index, catalogue)), today)


def _kept(address: str, kept: Collection, index: OpenIndex) -> Citation:
    folder, part = kept.citations, kept.part
    path = urlsplit(address).path
    if path.startswith(_ARTICLE):
        article_id, _, number = path.removeprefix(_ARTICLE).partition("/paragraphs/")
        document = service.article(article_id, index)
        paragraph = int(number) if number.isascii() and number.isdecimal() else 0
        return cite_article(folder, document, path, index, paragraph=paragraph, part=part)
    request = _question(address, index)
    return cite_question(folder, request, address, in_full(request), index, part=part)


def _question(address: str, index: OpenIndex) -> SearchRequest:
    """The question whose articles a page shows."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query)
    if parts.path.startswith(_ENTITY):
        entity = entity_account.find(parts.path.removeprefix(_ENTITY), index)
        choice = entity_account.choice_of(entity)
        return SearchRequest(filters=(Filter(choice, Mode.ALL, (entity.entity_id,)),))
    known = any(
        parts.path == one or (one.endswith("/") and parts.path.startswith(one))
        for one in _QUESTIONS
    )
    if not known or parts.scheme or parts.netloc:
        raise InvalidParameter(
            f"{address!r} is no page that can be cited",
            where="address",
            advice="Give the address of a search, an analysis, a name or an article, from its /",
        )
    asked = [(name, text) for name, text in given if name in _ASKED and name != "q"]
    asked += [(name, text) for name, text in given if name == "q"][:1]
    return search_request(read(asked, (*NARROWING, *ORDERING)))
