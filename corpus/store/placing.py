"""Placing: which article that is here, or which new one, does a document belong to?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.article import Article, RawDocument, article_id_for
from corpus.store.codec import decode_article
from corpus.store.identity import akin, names_no_article, same_publisher, text_key
from corpus.store.server.database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs.

    Attributes:
        article_id: of the article it belongs to.
        known: whether that article is already in the catalogue.
        reprint_of: the article of another outlet whose text it repeats; None when it does not.
        alias: another id that leads to the same article from now on; None when there is none.
    """

    article_id: str
    known: bool
    reprint_of: str | None = None
    alias: str | None = None


def place(database: Database, raw: RawDocument, article: Article) -> Place:
    """Finds the article that a document belongs to, or the id of its new article.

    In order: the same id (same canonical address; same text where there is no address); the same
    text by the same publisher; the same place on disk, for documents without any address.
    """
    if names_no_article(article):
        own_id = article_id_for(url=None, text=f"{article.url}\n{article.text}")
        article = replace(article, article_id=own_id, url=None)
    own = known_id(database, article.article_id)
    copies = _copies(database, article)
    if own is not None and (article.url or _printed_by_same(copies, own, article)):
        return Place(own, known=True)
    for article_id, url, outlet in copies:
        if same_publisher(article.url, article.outlet, url, outlet):
            return Place(article_id, known=True, alias=article.article_id)
    reprint_of = copies[0][0] if copies else None
    if own is not None:  # no address, the text is here, but printed by another outlet
        other = article_id_for(url=None, text=f"{article.outlet}\n{article.text}")
        return Place(other, known=known_id(database, other) is not None, reprint_of=reprint_of)
    earlier = None if article.url else _at_same_place(database, raw, article)
    if earlier is not None:
        return Place(earlier, known=True, alias=article.article_id)
    return Place(article.article_id, known=False, reprint_of=reprint_of)


def known_id(database: Database, article_id: str) -> str | None:
    """The id of the article that this id, its own or another, leads to; None for no article."""
    row = database.row(
        "SELECT article_id FROM articles WHERE article_id = ?1"
        " UNION SELECT article_id FROM aliases WHERE alias = ?1",
        (article_id,),
    )
    return row[0] if row else None


def _copies(database: Database, article: Article) -> list[tuple[str, str | None, str]]:
    """Articles of which a version has this text, oldest first: id, address, outlet."""
    return database.rows(
        "SELECT article_id, url, outlet FROM versions WHERE text_key = ? ORDER BY rowid",
        (text_key(article),),
    )


def _printed_by_same(
    copies: list[tuple[str, str | None, str]], article_id: str, article: Article
) -> bool:
    """Whether the article under this id is by the same publisher, as far as its copies tell."""
    prints = [(url, outlet) for copy, url, outlet in copies if copy == article_id]
    return not prints or any(
        same_publisher(article.url, article.outlet, url, outlet) for url, outlet in prints
    )


def _at_same_place(database: Database, raw: RawDocument, article: Article) -> str | None:
    """The article that was read at this place before, if it is akin to this one."""
    row = database.row(
        "SELECT s.article_id, v.article FROM sightings AS s"
        " JOIN versions AS v ON v.article_id = s.article_id AND v.version = s.version"
        " WHERE s.locator = ? ORDER BY s.rowid DESC",
        (raw.locator,),
    )
    if row is None:
        return None
    article_id, stored = row
    is_file = "!" not in raw.locator  # a line of a dump holds another record when the dump grows
    return article_id if akin(article, decode_article(stored), title_tells=is_file) else None
