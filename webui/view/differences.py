"""What differs between two reports of a family, or between two versions of an article?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.errors import ArticleNotFound
from corpus.store import Catalogue, StoredArticle
from indexer.document import IndexDocument
from search import service
from search.output.json_values import partial_date
from search.service import OpenIndex
from webui.view import wording
from webui.view.comparison import Stretch, compare, kept_share


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts.

    Attributes:
        name: which one it is, for a person, ending in a colon.
        url: its page; empty for a version.
        stored: the version that it is; None for a report as indexed.
    """

    name: str
    title: str
    text: str
    url: str = ""
    stored: StoredArticle | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """The new text by paragraphs, with what the old one had otherwise.

    Attributes:
        old: None for the first version of an article, which changed nothing.
        page: address of the page that shows them.
    """

    article_id: str
    old: Side | None
    new: Side
    language: str
    paragraphs: list[list[Stretch]]
    page: str

    @property
    def share(self) -> float:
        """How much of both texts is the same, in [0, 1]."""
        return kept_share(self.paragraphs)

    @property
    def twin(self) -> str:
        """Address of the same as JSON."""
        return f"/api/v1{self.page}"


def of_reports(article_id: str, other_id: str, index: OpenIndex) -> Differences:
    """One report as changed from another.

    Raises:
        ArticleNotFound: one of them is not in this generation.
    """
    new, old = service.article(article_id, index), service.article(other_id, index)
    page = f"/articles/{article_id}/against/{other_id}"
    return _differences(article_id, _report(old), _report(new), new.language, page)


def of_version(article_id: str, version: int, catalogue: Catalogue) -> Differences:
    """One version of an article as changed from the version before; the first one as it was.

    Raises:
        ArticleNotFound: there is no such article or version.
    """
    known = {stored.version: stored for stored in catalogue.versions(article_id)}
    if version not in known:
        raise ArticleNotFound(
            f"there is no version {version} of article {article_id}",
            advice=f"Its versions are {min(known)} to {max(known)}",
        )
    old = _version(known[version - 1]) if version - 1 in known else None
    page = f"/articles/{article_id}/versions/{version}"
    language = known[version].article.language
    return _differences(article_id, old, _version(known[version]), language, page)


def _differences(
    article_id: str, old: Side | None, new: Side, language: str, page: str
) -> Differences:
    paragraphs = compare(_whole(old or new), _whole(new))
    return Differences(article_id, old, new, language, paragraphs, page)


def _whole(side: Side) -> str:
    return f"{side.title}\n\n{side.text}"


def _report(document: IndexDocument) -> Side:
    outlet = document.outlet or wording.OUTLET_UNKNOWN
    return Side(
        f"{outlet}, {wording.partial(document.published)}:",
        wording.title(document),
        document.text,
        f"/articles/{document.article_id}",
    )


def _version(stored: StoredArticle) -> Side:
    article = stored.article
    name = f"Version {stored.version}, collected {wording.day(stored.collected)}:"
    return Side(name, article.title or wording.UNTITLED, article.reading, stored=stored)


def changes(found: Differences) -> dict[str, Any]:
    """How much is the same, and every stretch, as JSON; nulls where there is no other text."""
    if found.old is None:
        return {"same": None, "paragraphs": None}
    return {
        "same": round(found.share, 4),
        "paragraphs": [
            [{"change": stretch.change.value, "text": stretch.text} for stretch in paragraph]
            for paragraph in found.paragraphs
        ],
    }


def as_it_was(found: Differences) -> dict[str, Any]:
    """A version as it was collected, as JSON."""
    stored = found.new.stored
    assert stored is not None, "only versions are told so"
    article = stored.article
    return {
        "id": found.article_id,
        "version": stored.version,
        "collected": stored.collected.isoformat(),
        "url": article.url,
        "title": article.title,
        "text": article.reading,
        "outlet": article.outlet,
        "language": article.language,
        "bylines": list(article.bylines),
        "published": partial_date(article.published),
        "modified": partial_date(article.modified),
        "flags": list(article.quality.flags),
        "original": {
            "sha256": stored.original_sha256,
            "url": f"/api/v1/articles/{found.article_id}/original?version={stored.version}",
        },
    }
