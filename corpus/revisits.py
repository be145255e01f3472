"""Which page did a crawl find unchanged? One that another file held, and that is here by now.

Crawlers that visit daily write a page once, and for each later visit that it was the same.
"""

from __future__ import annotations

from base64 import b32encode
from dataclasses import replace
from hashlib import sha1

from corpus.article import RawDocument, article_id_for
from corpus.cleaner.addresses import canonical_url
from corpus.errors import ArticleNotFound, FirstVisitElsewhere
from corpus.store import Catalogue


def completed(error: FirstVisitElsewhere, catalogue: Catalogue) -> RawDocument | None:
    """The later visit with the page of the first one; None where that is not in the catalogue.

    The first visit is known by its address, and by its time or the digest of its bytes.
    """
    article_id = article_id_for(url=canonical_url(error.first_url), text="")
    try:
        sightings = catalogue.sightings(article_id)
    except ArticleNotFound:
        return None
    for seen in sightings:
        original = catalogue.original(seen.original_sha256)
        if seen.collected == error.first_visited or _digest(original.content) == error.digest:
            return replace(
                error.visit,
                content=original.content,
                media_type=original.media_type,
                headers=seen.headers,  # those of "not modified" do not tell the charset
            )
    return None


def _digest(content: bytes) -> str:
    """As crawlers write it."""
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"
