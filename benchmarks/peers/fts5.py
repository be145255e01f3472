"""SQLite FTS5, with tables of facet values beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from benchmarks.peers.peer import (
    FACET_SIZE,
    HITS,
    PAGE_FACETS,
    Found,
    Page,
    month_of,
    stems,
    surfaces,
)
from benchmarks.questions import Question
from indexer.document import IndexDocument
from search.language.query import And, DateRange, Or, Phrase, Prefix, Query, Term

_TABLES = """
CREATE VIRTUAL TABLE article USING fts5(title, text, words, id UNINDEXED,
    tokenize = "unicode61 remove_diacritics 0 tokenchars ''''");
CREATE TABLE fact (number INTEGER PRIMARY KEY, day INTEGER, month INTEGER);
CREATE TABLE value (number INTEGER, facet TEXT, value TEXT);
"""
_RANK = "bm25(article, 2.0, 1.0, 0.0, 0.0)"
_INDEXES = "CREATE INDEX value_by_article ON value (number, facet); ANALYZE"


class Fts5:
    """See `benchmarks.peers.peer.Peer`."""

    name: ClassVar[str] = "SQLite FTS5"
    kinds_missing: ClassVar[frozenset[str]] = frozenset({"fuzzy"})

    def build(self, folder: Path, documents: Iterable[IndexDocument]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(folder / "fts.sqlite")
        database.executescript(_TABLES)
        with database:
            for number, document in enumerate(documents):
                texts = (stems(document.title), stems(document.text), surfaces(document))
                database.execute(
                    "INSERT INTO article (rowid, title, text, words, id) VALUES (?, ?, ?, ?, ?)",
                    (number, *texts, document.article_id),
                )
                day = document.published.earliest.toordinal() if document.published else None
                database.execute(
                    "INSERT INTO fact VALUES (?, ?, ?)", (number, day, month_of(document))
                )
                database.executemany(
                    "INSERT INTO value VALUES (?, ?, ?)",
                    [
                        (number, facet, one)
                        for facet in PAGE_FACETS
                        for one in document.values(facet)
                    ],
                )
            database.execute("INSERT INTO article (article) VALUES ('optimize')")
        database.executescript(_INDEXES)
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.sqlite")

    def find(self, question: Question) -> Found:
        matching, values = _where(question)
        rows = self._database.execute(
            f"SELECT article.rowid FROM {matching} ORDER BY {_RANK} LIMIT {HITS}",
            values,
        ).fetchall()
        (total,) = self._database.execute(f"SELECT count(*) FROM {matching}", values).fetchone()
        return Found(tuple(row[0] for row in rows), total)

    def ids(self, found: Found) -> list[str]:
        ask = self._database.execute
        return [
            ask("SELECT id FROM article WHERE rowid = ?", (number,)).fetchone()[0]
            for number in found.first
        ]

    def ranked(self, question: Question, limit: int) -> list[int]:
        matching, values = _where(question)
        rows = self._database.execute(
            f"SELECT article.rowid FROM {matching} ORDER BY {_RANK} LIMIT ?", (*values, limit)
        )
        return [row[0] for row in rows]

    def page(self, question: Question) -> Page:
        matching, values = _where(question)
        ask = self._database.execute
        ask("DROP TABLE IF EXISTS temp.hit")
        ask(f"CREATE TEMP TABLE hit AS SELECT article.rowid AS number FROM {matching}", values)
        (total,) = ask("SELECT count(*) FROM hit").fetchone()
        snippets = ask(
            f"SELECT snippet(article, 1, '[', ']', '…', 40) FROM {matching}"
            f" ORDER BY {_RANK} LIMIT {HITS}",
            values,
        ).fetchall()
        facets = [
            ask(
                "SELECT value, count(*) AS articles FROM hit JOIN value USING (number)"
                f" WHERE facet = ? GROUP BY value ORDER BY articles DESC LIMIT {FACET_SIZE}",
                (facet,),
            ).fetchall()
            for facet in PAGE_FACETS
        ]
        months = ask(
            "SELECT month, count(*) FROM hit JOIN fact USING (number) WHERE month >= 0"
            " GROUP BY month"
        ).fetchall()
        return Page(
            total,
            tuple(tuple(facet) for facet in facets),
            sum(count for _, count in months),
            tuple(row[0] for row in snippets),
        )

    def close(self) -> None:
        self._database.close()


def _where(question: Question) -> tuple[str, tuple[object, ...]]:
    """The FROM and WHERE of a question, and its values."""
    query = question.query
    if question.dates and isinstance(query, And):
        start, end = (day.toordinal() for day in question.dates)
        joined = "article JOIN fact ON fact.number = article.rowid WHERE article MATCH ?"
        return f"{joined} AND day BETWEEN ? AND ?", (_matching(query.clauses[0]), start, end)
    return "article WHERE article MATCH ?", (_matching(query),)


def _matching(query: Query) -> str:
    """In the query language of FTS5."""
    match query:
        case Term(word=word):
            return f'{{title text}}: "{word}"'
        case Phrase(words=words):
            return f'{{title text}}: "{" ".join(words)}"'
        case Prefix(prefix=prefix):
            return f'words: "{prefix}"*'
        case And(clauses=clauses):
            return " AND ".join(f"({_matching(one)})" for one in clauses)
        case Or(clauses=clauses):
            return " OR ".join(f"({_matching(one)})" for one in clauses)
        case DateRange():
            raise ValueError("a condition of SQL, not of FTS5")
    raise ValueError(f"not measured: {query}")
