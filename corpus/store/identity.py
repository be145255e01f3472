"""Identity: when are two documents the same article?

Asked of every document that comes in; the answer decides between a new article, a new version and
one more sighting. The rules, and what was weighed, are in `docs/decisions/0020-identity.md`.
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urlsplit

from corpus.article import Article, Kind, RawDocument

_TELLING_WORDS = 20
"""A shorter text ("Video unavailable.") says nothing alone: its title must be the same too."""

_SHINGLE = 3
_KINSHIP = 0.2
"""Share of common word triples from which two texts at one place are versions of one article.

An edit that keeps a fifth of the phrases is an edit; two articles of one outlet on one war share
under a twentieth of them.
"""

_HOST_PREFIXES = ("www.", "amp.", "m.", "mobile.", "print.")


def document_key(raw: RawDocument) -> str:
    """A digest of all that the cleaner may read: equal keys give equal articles."""
    said = json.dumps(
        [raw.media_type, raw.url, dict(raw.declared), raw.headers.get("content-type")],
        sort_keys=True,
    )
    return _digest(f"{raw.sha256} {said}")


def text_key(article: Article) -> str:
    """A digest of the text, white space aside; with the title where the text is very short."""
    words = article.text.split()
    if len(words) < _TELLING_WORDS:
        words = [*article.title.split(), "\n", *words]
    return _digest(" ".join(words))


def content_key(article: Article) -> str:
    """A digest of what a reader of the article sees: a difference makes a new version.

    `modified` is left out: many sites renew it at every visit without changing a word.
    """
    seen = [
        article.title,
        article.standfirst,
        article.text,
        article.bylines,
        article.captions,
        article.published.iso if article.published else None,
    ]
    return _digest(json.dumps(seen, ensure_ascii=False))


def same_publisher(url: str | None, outlet: str, other_url: str | None, other_outlet: str) -> bool:
    """Whether two copies of one text come from one publisher, as far as is known.

    A copy that says nothing of its publisher is taken for the same: it is the same text.
    """
    if outlet and outlet.casefold() == other_outlet.casefold():
        return True
    host, other_host = _host(url), _host(other_url)
    if host and other_host:
        return host == other_host or _within(host, other_host) or _within(other_host, host)
    if outlet and other_outlet:
        return False
    return not (host or outlet) or not (other_host or other_outlet)


def names_no_article(article: Article) -> bool:
    """Whether the address of an article is that of a whole site.

    Some dumps give the outlet's front page for each of its articles, and some pages name it as
    their canonical address. It is taken for an address only for what may be a front page.
    """
    try:
        parts = urlsplit(article.url or "")
    except ValueError:
        return False
    return (
        bool(parts.netloc)
        and article.kind is Kind.ARTICLE
        and parts.path in ("", "/")
        and not parts.query
    )


def akin(article: Article, other: Article, *, title_tells: bool) -> bool:
    """Whether two different texts found at one place are versions of one article.

    Args:
        title_tells: whether the same title is proof enough.
    """
    if title_tells and article.title and article.title == other.title:
        return True
    shingles, others = _shingles(article.text), _shingles(other.text)
    smaller = min(len(shingles), len(others))
    return bool(smaller) and len(shingles & others) >= _KINSHIP * smaller


def _host(url: str | None) -> str:
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # an address that no browser would open, `http://[`, names no host
        return ""
    for prefix in _HOST_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def _within(host: str, other: str) -> bool:
    return host.endswith(f".{other}")


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
