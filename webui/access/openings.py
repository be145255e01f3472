"""Openings: who opened or exported which article? Written down only where the operator says so.

A line has a time, a person, an article, and the kind of page or file: never what was asked, nor
from where. It is written before the article is sent, and what cannot be written is not sent. Lines
stand in a file of their own and are wiped when they have their age.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from corpus.errors import DispatchesError, InvalidParameter, StorageError
from corpus.home import Home, make_private
from corpus.sqlite import Access, Database, FileKind
from search.result import Hit
from webui.access.guard import Guard, asker

_TABLES = """
CREATE TABLE IF NOT EXISTS openings (
    at INTEGER NOT NULL, person TEXT NOT NULL, article TEXT NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS by_time ON openings (at);
CREATE INDEX IF NOT EXISTS by_article ON openings (article)
"""
_DAY = 24 * 3600
_AT_ONCE = 256
"""Articles of an export that are written down before they are sent."""
_SENT = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})
_IN_ADDRESS = ("article_id", "other_id")


def _damaged(what: str, *, where: str) -> StorageError:
    return StorageError(
        f"the file of openings is damaged: {what}",
        where=where,
        advice="Put it aside; another is begun with the next article that is opened",
    )


_KIND = FileKind("the file of openings", _damaged)


@dataclass(frozen=True, slots=True)
class Opening:
    """One article that somebody was sent.

    Attributes:
        kind: of page or file, as the server calls it: `pages.article`, `exports.export_csv`.
    """

    when: str
    person: str
    article: str
    kind: str


class Openings:
    """The file of one collection.

    Args:
        days: after which a line is wiped.
    """

    def __init__(self, path: Path, days: int) -> None:
        self._path = path
        self._days = days

    def note(
        self, person: str, articles: Sequence[str], kind: str, *, now: float | None = None
    ) -> None:
        """Writes down that somebody is sent some articles, and wipes what has its age.

        Raises:
            StorageError: it could not be written.
        """
        now = time.time() if now is None else now
        make_private(Home(self._path.parent))
        with Database(self._path, _KIND, Access.WRITE) as database:
            database.write("PRAGMA secure_delete = ON")
            with database.transaction():
                database.script(_TABLES)
                database.write("DELETE FROM openings WHERE at < ?", (now - self._days * _DAY,))
                database.write_many(
                    "INSERT INTO openings VALUES (?, ?, ?, ?)",
                    [(int(now), person, article, kind) for article in articles],
                )


def noted(path: Path, *, person: str = "", article: str = "") -> list[Opening]:
    """What was written down and not wiped yet, the latest first.

    Raises:
        InvalidParameter: nothing ever was.
    """
    if not path.exists():
        raise InvalidParameter(
            "nothing was written down of who opened what",
            where="openings",
            advice="It is off. `dispatches serve --log-openings DAYS` turns it on",
        )
    with Database(path, _KIND, Access.READ) as database:
        rows = database.rows(
            "SELECT at, person, article, kind FROM openings WHERE (?1 = '' OR person = ?1)"
            " AND (?2 = '' OR article = ?2) ORDER BY at DESC, rowid DESC",
            (person, article),
        )
    return [Opening(datetime.fromtimestamp(at, UTC).isoformat(), *rest) for at, *rest in rows]


def install(app: Flask, guard: Guard) -> None:
    """Has an application write down what it sends of articles, where that is to be."""
    if guard.log_days:
        app.extensions["openings"] = Openings(guard.home.openings, guard.log_days)
        app.after_request(_note)


def opened(articles: Iterable[str]) -> None:
    """Says which articles an answer holds that are not in its address."""
    if "openings" in current_app.extensions:
        g.opened = [*g.get("opened", ()), *articles]


def exporting() -> Callable[[Iterable[Hit]], Iterator[Hit]]:
    """What the hits of an export go through, which is sent after the request has ended."""
    log: Openings | None = current_app.extensions.get("openings")
    who, kind = asker(), str(request.endpoint)
    if log is None or request.method == "HEAD":
        return iter

    def through(hits: Iterable[Hit]) -> Iterator[Hit]:
        several = iter(hits)
        while part := list(islice(several, _AT_ONCE)):
            articles = [hit.document.article_id for hit in part]
            log.note(who.name if who else "", articles, kind)
            yield from part

    return through


def _note(response: Response) -> Response:
    if request.method == "HEAD" or response.status_code not in _SENT:
        return response
    given = request.view_args or {}
    articles = [str(given[name]) for name in _IN_ADDRESS if name in given]
    articles += [one for one in g.get("opened", ()) if one not in articles]
    if not articles:
        return response
    who = asker()
    log: Openings = current_app.extensions["openings"]
    try:
        log.note(who.name if who else "", articles, str(request.endpoint))
    except DispatchesError as error:
        response.close()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response
