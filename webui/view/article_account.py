"""Article account: the index's document, and what the catalogue knows of it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.article import article_id_for
from corpus.cleaner.addresses import canonical_url
from corpus.errors import ArticleNotFound
from corpus.store import Catalogue, Sighting, StoredArticle
from indexer.document import IndexDocument
from search import service
from search.analyses.event import Event, event_of
from search.service import OpenIndex

_ADDRESS = re.compile(r"https?://[^\s\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleAccount:
    """Everything about one article.

    Attributes:
        document: as indexed.
        stored: the version that was indexed; None when the catalogue no longer has it.
        versions: all that were collected, oldest first.
        sightings: where it was seen; of files their names only, see `public_locator`.
        family: near-identical reports, earliest published first, the article itself among them.
        event: reports of the same happening, the article itself among them; never of a family only.
    """

    document: IndexDocument
    stored: StoredArticle | None
    versions: tuple[StoredArticle, ...]
    sightings: tuple[Sighting, ...]
    family: tuple[IndexDocument, ...]
    event: Event | None = None


def account_of(article_id: str, index: OpenIndex, catalogue: Catalogue) -> ArticleAccount:
    """Gathers what is known.

    Raises:
        ArticleNotFound: the generation has no article under this id.
    """
    document = service.article(article_id, index)
    family = tuple(index.engine.fetch(index.engine.family(document.family_id)))
    try:
        versions = tuple(catalogue.versions(article_id))
        sightings = tuple(
            replace(seen, locator=public_locator(seen.locator))
            for seen in catalogue.sightings(article_id)
        )
    except ArticleNotFound:
        return ArticleAccount(document, None, (), (), family, event_of(article_id, index))
    stored = next((one for one in versions if one.version == document.version), None)
    return ArticleAccount(
        document, stored, versions, sightings, family, event_of(article_id, index)
    )


def public_locator(locator: str) -> str:
    """Where something was seen, without the folders of the machine that serves it.

    A file keeps its name and the place inside it; an address stays whole. `dispatches history`
    shows the whole path to who has the files.
    """
    file, mark, inside = locator.partition("!")
    return locator if "://" in file else PurePath(file).name + mark + inside


def is_address(text: str) -> bool:
    """Whether a question is an address and nothing else, pasted to see what is known of it."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def collected_from(url: str, index: OpenIndex, catalogue: Catalogue) -> str:
    """The id of the article at an address, in any of the address's forms.

    Args:
        catalogue: knows the addresses whose text was here already, under another.

    Raises:
        ArticleNotFound: none of this generation was collected from there.
    """
    article_id = article_id_for(url=canonical_url(url), text="")
    with suppress(ArticleNotFound):
        article_id = catalogue.article(article_id).article.article_id
    if index.engine.doc_number(article_id) is None:
        raise ArticleNotFound(
            "No article here was collected from this address",
            where="url",
            advice="To look for it in texts, ask for it in quotation marks",
        )
    return article_id
