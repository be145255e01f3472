"""Article: what is an article, and what is it made from?

Two values: a `RawDocument` is what was collected, byte for byte; an `Article` is what the cleaner
read in it. Every later offset (mentions, snippets, highlights) refers to `Article.reading`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corpus.dates import PartialDate
from corpus.soundness import replaced, sound, web_address

OCR_LANGUAGE = "ocr_language"
"""Under which it is declared in which languages scans are read, as tesseract calls them."""
IS_PART = "is_part"
"""Under which a crawl declares that fewer bytes are there than the server announced."""

_ID_BYTES = 10  # 80 bits: a chance of 4e-13 that any two of a million articles collide


class Kind(StrEnum):
    """What a page is. Only `ARTICLE` is indexed unless the operator asks for more."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    GALLERY = "gallery"
    VIDEO = "video"
    INDEX_PAGE = "index_page"
    PAYWALL_STUB = "paywall_stub"


class Medium(StrEnum):
    """In what somebody published it."""

    PAGE = "page"
    POST = "post"
    DOCUMENT = "document"
    EVENT = "event"
    """One row of a table that counts happenings."""


_POSTS = frozenset(("telegram", "x", "facebook", "mastodon", "whatsapp", "messenger"))
_PAGES = frozenset(("html", "mhtml", "warc", "webarchive", "stories", "feed", "mediawiki", "har"))
_PAPERS = ("application/pdf", "application/rtf", "application/epub", "application/vnd.", "text/rtf")


def medium_of(reader: str, media_type: str, url: str | None, declared: str = "") -> Medium:
    """What a document was published in, as far as who read it tells.

    A record, of which nobody knows what it was, is a page where it has an address.

    Args:
        reader: name and version of the reader, see `RawDocument`.
        declared: what its container said about it, as JSON.
    """
    name = reader.split("/", 1)[0]
    if '"event_' in declared:
        return Medium.EVENT
    if name in _POSTS:
        return Medium.POST
    if media_type.startswith(_PAPERS):
        return Medium.DOCUMENT
    return Medium.PAGE if name in _PAGES or url else Medium.DOCUMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One collected document, before any cleaning.

    Its texts are made sound when it is made (`corpus.soundness`); its bytes stay as they came.

    Attributes:
        content: the bytes as collected; for one record of a dump, the bytes of that record.
        media_type: what the bytes are, told by content: `text/html`, `application/json` (a record
            with `text` or `html`), `text/plain`, `text/markdown`, `application/xml` (one feed
            item), `application/pdf`, …; may carry `; charset=`.
        locator: where it was read, for a person: a path, then `!` and the member or line for a part
            of a file (`dump.jsonl!17`, `crawl.warc.gz!https://…`).
        url: the address it was collected from, when known. What is no address of the web is kept
            as `declared["url"]` alone.
        collected: when it was collected, with a zone; when the source does not say, the time of
            reading.
        reader: name and version of the reader, `html/1`.
        headers: HTTP response headers when the source kept them; names in lower case.
        declared: what the container says about the document and the document itself may not:
            keys `title`, `date`, `url`, `outlet`, `language`, `bylines` (joined by `; `), `id`, and
            any unknown key of a record, kept as provenance; `saved` when a saved page notes the
            moment of saving; `ocr_language` where it is told in which languages scans are read;
            `is_part` where a crawl holds less than was announced.
    """

    content: bytes
    media_type: str
    locator: str
    url: str | None = None
    collected: datetime
    reader: str
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        declared = {sound(name): sound(text) for name, text in self.declared.items()}
        address = web_address(self.url) if self.url else None
        if self.url and self.url.strip() and address is None:
            declared.setdefault("url", sound(self.url))
        for name, value in (
            ("url", address),
            ("declared", declared),
            ("headers", {sound(name): sound(text) for name, text in self.headers.items()}),
            ("locator", replaced(self.locator)),
            ("media_type", sound(self.media_type)),
        ):
            object.__setattr__(self, name, value)

    @property
    def is_moment_known(self) -> bool:
        """Whether `collected` is when it was fetched or saved, and not only when it was read."""
        return bool(self.headers) or "saved" in self.declared

    @property
    def sha256(self) -> str:
        """SHA-256 of `content`, 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that the cleaner took out, and the rule that did it."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Doubts about one extraction.

    Attributes:
        signals: measured values, for example `text_share` and `link_density` in [0, 1], `words`.
        flags: names a person can filter by, sorted: `very_short`, `garbled`, `future_date`, …
    """

    signals: Mapping[str, float] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the cleaner read in one document.

    Attributes:
        article_id: public and stable: 16 characters made by `article_id_for`.
        text: the one text; paragraphs are separated by a blank line (`\\n\\n`).
        language: ISO 639-1 code told from the text; `und` when it cannot be told.
        declared_language: what the page says of itself, when it says anything.
        published, modified: read from the page; None when it does not say.
        basis: for each metadata field, where its value was read (`title` → `json-ld:headline`).
            Dates carry their own basis.
        agencies: news agencies that it credits for its text, in bylines, datelines and credits.
        captions: texts of captions and credits, in order; not part of `text`.
        removed: every other block that was taken out.
        cleaner: name and version of the cleaner, `html/1`.
    """

    article_id: str
    kind: Kind = Kind.ARTICLE
    title: str
    text: str
    standfirst: str = ""
    bylines: tuple[str, ...] = ()
    outlet: str = ""
    section: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "und"
    declared_language: str = ""
    url: str | None = None
    published: PartialDate | None = None
    modified: PartialDate | None = None
    agencies: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    quality: Quality = field(default_factory=Quality)
    basis: Mapping[str, str] = field(default_factory=dict)
    cleaner: str

    @property
    def reading(self) -> str:
        """What people read under the headline, and can search and quote: standfirst and text."""
        return "\n\n".join(part for part in (self.standfirst, self.text) if part)


def article_id_for(*, url: str | None, text: str) -> str:
    """The public id of an article: from its canonical URL, else from its text.

    Args:
        url: the canonical URL (already normalised: see `corpus.cleaner.addresses`), or None.
        text: the cleaned text; used only when there is no URL.

    Returns:
        16 characters of lower-case base32 over the first 80 bits of a SHA-256.
    """
    seed = f"url:{url}" if url else f"text:{text}"
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest[:_ID_BYTES]).decode("ascii").lower()
