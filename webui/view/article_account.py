"""What is known about one article? The index's document, and the catalogue's account of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from corpus.errors import ArticleNotFound
from corpus.store import Catalogue, Sighting, StoredArticle
from indexer.document import IndexDocument
from search import service
from search.service import OpenIndex


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one article.

    Attributes:
        document: as indexed.
        stored: the version that was indexed; None when the catalogue no longer has it.
        versions: all that were collected, oldest first.
        sightings: where it was seen; of files their names only, see `public_locator`.
        family: near-identical reports, earliest published first, the article itself among them.
    """

    document: IndexDocument
    stored: StoredArticle | None
    versions: tuple[StoredArticle, ...]
    sightings: tuple[Sighting, ...]
    family: tuple[IndexDocument, ...]


def dossier(article_id: str, index: OpenIndex, catalogue: Catalogue) -> Dossier:
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
        return Dossier(document, None, (), (), family)
    stored = next((one for one in versions if one.version == document.version), None)
    return Dossier(document, stored, versions, sightings, family)


def public_locator(locator: str) -> str:
    """Where something was seen, without the folders of the machine that serves it.

    A file keeps its name and the place inside it; an address stays whole. `dispatches history`
    shows the whole path to who has the files.
    """
    file, mark, inside = locator.partition("!")
    return locator if "://" in file else PurePath(file).name + mark + inside


def provenance(known: Dossier) -> dict[str, Any] | None:
    """How the article came to be what it is, as JSON; None when the catalogue does not say."""
    stored = known.stored
    if stored is None:
        return None
    article = stored.article
    return {
        "first_collected": stored.first_collected.isoformat(),
        "collected": stored.collected.isoformat(),
        "cleaner": stored.cleaner,
        "basis": dict(article.basis),
        "signals": dict(article.quality.signals),
        "removed": [{"rule": block.rule, "text": block.text} for block in article.removed],
        "captions": list(article.captions),
        "sightings": [
            {
                "locator": seen.locator,
                "url": seen.url,
                "collected": seen.collected.isoformat(),
                "reader": seen.reader,
                "sha256": seen.original_sha256,
            }
            for seen in known.sightings
        ],
    }
