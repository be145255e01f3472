"""Types: what the catalogue gives back. Values only; none of them holds a connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.article import Article, Medium


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an article: its number, and a mark drawn by chance, so that the changes of two
    catalogues are told apart.
    """

    number: int
    mark: str


class Outcome(StrEnum):
    """What taking in one document came to."""

    ADDED = "added"
    """An article that was not here before."""
    NEW_VERSION = "new_version"
    """The article was here; its text or metadata changed. The old version is kept."""
    DUPLICATE = "duplicate"
    """The article was here as it is; at most a sighting was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """One version of one article.

    Attributes:
        version: counted from 1 in the order of taking in, so that a citation stays valid.
        collected: when the document of this version was collected.
        first_collected: the earliest collection of any version or copy of this article.
        cleaner: version of the cleaner that read it, `corpus.cleaner.version()` at that time.
        medium: in what it was published, as the first document of this version tells.
    """

    article: Article
    version: int
    original_sha256: str
    collected: datetime
    first_collected: datetime
    cleaner: str
    medium: Medium = Medium.PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place where an article was seen.

    Attributes:
        version: the version of the article that was seen there.
        declared: what the container said about it, unknown keys of a record included.
    """

    locator: str
    url: str | None
    collected: datetime
    reader: str
    original_sha256: str
    version: int
    headers: Mapping[str, str]
    declared: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain over intakes: the number of a record, and its hash."""

    number: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """That one document was taken in.

    Attributes:
        taken: when it came into the catalogue; None for what was here before there was a chain.
        record: what the link is made of, as JSON: time, article, version, original, locator,
            address, when collected, reader, and the digest of what was said about it.
    """

    link: Link
    article_id: str
    taken: datetime | None
    record: str
    before: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the catalogue that is not as it was taken in."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it was collected, byte for byte."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that did not become an article.

    Attributes:
        stage: `read`, `clean` or `collect`.
        code: the `code` of the error, see `corpus.errors`.
        reason: the error as a person reads it.
        when: when it was last tried.
        original_sha256: the stored bytes; None when there were none to store.
    """

    locator: str
    url: str | None
    stage: str
    code: str
    reason: str
    when: datetime
    original_sha256: str | None


class Known(StrEnum):
    """What is already known of a document, so that it need not be cleaned again."""

    TAKEN = "taken"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is in the catalogue.

    Attributes:
        by_kind: articles by the kind of their current version; every kind that occurs, where that
            was asked for.
    """

    articles: int
    versions: int
    originals: int
    sightings: int
    failures: int
    by_kind: Mapping[str, int]


class VisitOutcome(StrEnum):
    """What a visit to an address came to."""

    FETCHED = "fetched"
    FAILED_FOR_NOW = "failed_for_now"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The last visit to an address.

    Attributes:
        etag, last_modified: what the server sent, to ask it whether the page has changed.
        listing: a feed or sitemap, as it was fetched last; None for a page.
    """

    outcome: VisitOutcome
    visited: datetime
    etag: str | None = None
    last_modified: str | None = None
    listing: Original | None = None
