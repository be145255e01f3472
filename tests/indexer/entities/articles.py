"""Small articles for the tests of this room, given as the names that stand in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from indexer.entities import Authority, Canonicaliser, Directory, Recognition, open_directory
from indexer.entities.types import ArticleEntity, EntityKind, Mention
from indexer.entities.within_article.linking import link

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE


def article(
    names: Iterable[str], *, kind: EntityKind = PERSON, title: str = "", gap: int = 5
) -> Recognition:
    """An article that names these, one after the other; `Mr. X` gives X an honorific."""
    mentions: list[Mention] = []
    at = 0
    for name in names:
        title_word, _, rest = name.partition(". ")
        text = rest if title_word in {"Mr", "Mrs"} else name
        title_word = title_word.lower() if text is rest else ""
        mentions.append(Mention(at, at + len(text), kind, text, 1.0, "test", title_word))
        at += len(text) + gap
    return link(title, mentions)


OPENED: list[Directory] = []
"""Directories that `canonicalize` opened in the test at hand; closed at its end."""


def canonicalize(
    articles: Mapping[str, Recognition],
    folder: Path,
    *,
    authority: Authority | None = None,
    previous: Directory | None = None,
) -> tuple[dict[str, tuple[ArticleEntity, ...]], Directory]:
    """Both passes over the articles, and the directory they give."""
    canonicaliser = Canonicaliser(authority or Authority(), previous=previous)
    for article_id, recognition in articles.items():
        canonicaliser.observe(article_id, recognition)
    canonicaliser.settle()
    entities = {
        article_id: canonicaliser.resolve(article_id, recognition)[0]
        for article_id, recognition in articles.items()
    }
    path = folder / f"entities-{len(list(folder.iterdir()))}.sqlite"
    canonicaliser.write_directory(path)
    OPENED.append(open_directory(path))
    return entities, OPENED[-1]


def labels(entities: Iterable[ArticleEntity]) -> list[str]:
    return sorted(entity.label for entity in entities)


_CONTENT = (
    "SELECT * FROM entity",
    "SELECT entity_id, form, mentions, articles FROM name",
    "SELECT * FROM redirect",
    "SELECT * FROM spelled",
    "SELECT word, entity_id, form FROM word JOIN name ON number = word.name",
    "PRAGMA user_version",
)


def content_of(directory: Path) -> list[list[tuple[object, ...]]]:
    """All that a directory of entities holds, whatever the numbers of its names."""
    with closing(sqlite3.connect(f"{directory.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [sorted(opened.execute(query).fetchall()) for query in _CONTENT]
