"""Choosing: which articles go into a package, and how is said what was asked for?

The terminal and the browser come here alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import ArticleNotFound, InvalidParameter
from indexer.document import IndexDocument
from search import service
from search.dossiers.accounts import Account, account_of
from search.dossiers.keeping import reference_to, taken_out
from search.dossiers.replay import Dossier, Dossiers, Item, later_than
from search.language.render import in_full
from search.request import SearchRequest
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit

DEFAULT_LIMIT = 1_000
"""Articles in one package, where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a package is made of.

    Attributes:
        asked: what was asked for, as a person can repeat it.
        lines: the changes of the dossier, as they stand in its file; empty where there is none.
    """

    account: Account
    asked: str
    lines: str = ""


def of_dossier(dossiers: Dossiers, dossier: Dossier, index: OpenIndex) -> Chosen:
    """The articles of a dossier, with all that was noted on them."""
    asked = f"dossier {dossier.dossier_id} ({dossier.name})"
    return Chosen(account_of(dossier, index), asked, taken_out(dossiers, dossier.dossier_id))


def of_articles(ids: Sequence[str], who: str, index: OpenIndex) -> Chosen:
    """Some articles.

    Raises:
        ArticleNotFound: one of them is not in the index.
    """
    documents = [service.article(one, index) for one in ids]
    return Chosen(_gathered(documents, "Articles", who, index), f"articles {' '.join(ids)}")


def of_question(request: SearchRequest, who: str, index: OpenIndex, *, limit: int) -> Chosen:
    """Everything that a question finds.

    Raises:
        InvalidParameter: it finds more than the limit. ArticleNotFound: it finds nothing.
        RequestError: it is badly put.
    """
    documents = [hit.document for hit in every_hit(request, index, limit=limit + 1)]
    if len(documents) > limit:
        raise InvalidParameter(
            f"the question finds more than {limit:,} articles",
            where="limit",
            advice="Narrow it, or at the terminal give a greater --limit: a package cut short "
            "proves little",
        )
    if not documents:
        raise ArticleNotFound("the question finds nothing", advice="Ask another one")
    account = _gathered(documents, request.text or "Everything", who, index)
    return Chosen(account, f"question {in_full(request)}")


def _gathered(documents: list[IndexDocument], name: str, who: str, index: OpenIndex) -> Account:
    """Articles as a dossier would show them that nobody keeps."""
    now = later_than("")
    items = {one.article_id: Item(reference_to(one), who, now) for one in documents}
    return account_of(Dossier("", name, who, now, changed=now, items=items), index)
