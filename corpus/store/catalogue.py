"""Catalogue: what was taken in, written one document a transaction, read from any thread.

All that can be asked and told stands here, in one file; how, in the modules named for the tables.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Self

from corpus.article import Article, Kind, RawDocument
from corpus.errors import InputError
from corpus.home import Home
from corpus.store import articles, chain, checksums, failures, originals, sightings
from corpus.store.codec import encode_time
from corpus.store.placing import place
from corpus.store.server import choice
from corpus.store.server.database import Database
from corpus.store.tables import changed_since, lacks, last_change, open_database, state, unlike
from corpus.store.types import (
    Change,
    Counts,
    Failure,
    Intake,
    Known,
    Link,
    Original,
    Outcome,
    Sighting,
    StoredArticle,
    Trouble,
    Visit,
)


class Catalogue(AbstractContextManager["Catalogue"]):
    """One collection's catalogue, to read and, unless opened with `readonly`, to write.

    A context manager. Several processes may read while one writes. A catalogue opened with
    `readonly` may be shared by threads; one that writes belongs to one thread.

    Raises (from every method):
        StorageError: see `corpus.sqlite.Database`.
    """

    def __init__(self, database: Database, hidden: Collection[str] = ()) -> None:
        self._database = database
        self._hidden = frozenset(hidden)
        self._last_failure = 0

    @classmethod
    def open(
        cls, where: Home | Path, *, readonly: bool = False, hidden: Collection[str] = ()
    ) -> Self:
        """Opens the catalogue of a collection; makes it, and its folder, when it is to be written.

        Args:
            where: the collection, whose catalogue may be on a server; or the file of one.
            hidden: own ids of articles of which nothing is told that can be asked for here, as if
                they had never been taken in.

        Raises:
            NoCatalogue: `readonly`, and there is none.
            CatalogueCorrupt: the file is damaged or something else.
            CatalogueUnavailable: its server does not answer.
        """
        if isinstance(where, Home):
            server = choice.chosen(where)
            if server is not None:
                from corpus.store.server import opening  # noqa: PLC0415 - few collections are there

                return cls(opening.open_database(where, server, readonly=readonly), hidden)
            where = where.catalogue
        return cls(open_database(where, readonly=readonly), hidden)

    def close(self) -> None:
        """Ends the connection; closing twice is fine."""
        self._database.close()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """What is read inside is as of one instant, whatever another process takes in meanwhile.

        For a catalogue opened with `readonly`, read by one thread.
        """
        return self._database.reading()

    # What is here

    def articles(self, *, kinds: Collection[Kind] | None = None) -> Iterator[StoredArticle]:
        """The current version of each article, by article id.

        The current version is the one collected last, which is not always the one taken in last.

        Args:
            kinds: only these kinds; None for all.
        """
        found = articles.articles(self._database, kinds)
        return (one for one in found if one.article.article_id not in self._hidden)

    def languages(self) -> list[str]:
        """The languages of what was taken in last, most frequent first, without the rare."""
        return articles.languages(self._database)

    def articles_named(
        self, article_ids: Collection[str], *, kinds: Collection[Kind] | None = None
    ) -> list[StoredArticle]:
        """The current version of each of some articles, by article id; what is not here, or of
        another kind, is left out.

        Args:
            article_ids: own ids.
        """
        shown = set(article_ids) - self._hidden
        return articles.articles_named(self._database, shown, kinds)

    def article(self, article_id: str, version: int | None = None) -> StoredArticle:
        """One version of one article: the current one when `version` is None.

        Args:
            article_id: its id, or another id that leads to it.

        Raises:
            ArticleNotFound: there is no such article, or no such version of it.
        """
        return articles.article(self._database, self._shown(article_id), version)

    def versions(self, article_id: str) -> list[StoredArticle]:
        """Every version of one article, in the order of taking in.

        Raises:
            ArticleNotFound: there is no such article.
        """
        return articles.versions(self._database, self._shown(article_id))

    def reprint_of(self, article_id: str) -> str | None:
        """The id of the article, by another outlet, whose very text this one repeats; or None.

        Raises:
            ArticleNotFound: there is no such article.
        """
        of = articles.reprint_of(self._database, self._shown(article_id))
        return None if of in self._hidden else of

    def sightings(self, article_id: str) -> list[Sighting]:
        """Every place where one article was seen, in the order of taking in.

        Raises:
            ArticleNotFound: there is no such article.
        """
        return sightings.sightings(self._database, self._shown(article_id))

    def original(self, sha256: str) -> Original:
        """A document as it was collected.

        Raises:
            OriginalNotFound: no document has this SHA-256.
        """
        return originals.original(self._database, sha256, self._hidden)

    def intakes(self, article_id: str = "", *, after: datetime | None = None) -> Iterator[Intake]:
        """What was taken in, in that order: of one article, or of all since a time.

        Args:
            article_id: its own id.
            after: only what came later; None for all whose time is known.
        """
        since = encode_time(after) if after else ""
        return chain.intakes(self._database, article_id, after=since)

    def there_by(self, article_ids: Collection[str], moment: datetime) -> dict[str, frozenset[int]]:
        """Which versions of some articles had been taken in before a moment.

        Args:
            article_ids: own ids.
        """
        shown = set(article_ids) - self._hidden
        return chain.there_by(self._database, shown, encode_time(moment))

    def last_link(self) -> Link:
        """The last link of the chain over intakes; number 0 where there is none."""
        return chain.last(self._database)

    def troubles(self, noted: Link | None = None) -> Iterator[Trouble]:
        """What is not as it was taken in; the whole file and every original is read.

        One damage may be told twice: of the chain, and of the row.

        Args:
            noted: a link that was noted elsewhere, which must be here still.
        """
        for said in self._database.flaws():
            yield Trouble("the catalogue", f"is damaged: {said}")
        yield from unlike(self._database)
        yield from checksums.troubles(self._database)
        yield from chain.troubles(self._database, noted)

    def failures(self) -> Iterator[Failure]:
        """Every document that did not become an article, by locator."""
        return failures.failures(self._database)

    def counts(self, *, by_kind: bool = True) -> Counts:
        """How much is here, all counted at one instant.

        Args:
            by_kind: by kind too, for which every article is looked at; else nothing is said of it.
        """
        kinds = (
            " UNION ALL SELECT 'kinds', v.kind, count(*)"
            " FROM (SELECT * FROM articles{}) AS a JOIN versions AS v"
            " ON v.article_id = a.article_id AND v.version = a.current GROUP BY v.kind"
        )
        shown = originals_shown = ""
        if self._hidden:
            shown = " WHERE article_id NOT IN (SELECT value FROM json_each(?1))"
            originals_shown = f" WHERE {originals.SHOWN}"
        counted = self._database.rows(
            f"SELECT 'articles' AS what, '' AS kind, count(*) FROM articles{shown}"  # noqa: S608 - ours
            f" UNION ALL SELECT 'versions', '', count(*) FROM versions{shown}"
            f" UNION ALL SELECT 'originals', '', count(*) FROM originals{originals_shown}"
            f" UNION ALL SELECT 'sightings', '', count(*) FROM sightings{shown}"
            " UNION ALL SELECT 'failures', '', count(*) FROM failures"
            + (kinds.format(shown) if by_kind else ""),
            (json.dumps(sorted(self._hidden)),) if self._hidden else (),
        )
        return Counts(
            **{what: number for what, _, number in counted if what != "kinds"},
            by_kind={kind: number for what, kind, number in counted if what == "kinds"},
        )

    def lacks(self) -> tuple[str, ...]:
        """What it has not yet, being of an earlier version; opened to be written, it gets that."""
        return lacks(self._database)

    def state(self) -> str:
        """A mark of the articles as they are, another one after every change of any of them.

        A document met once more changes none. Empty for a catalogue that an older program made and
        none has written to since.
        """
        if not self._hidden:
            return state(self._database)
        last = last_change(self._database, self._hidden)
        return last.mark if last else ""

    def last_change(self) -> Change | None:
        """The last change of any article; None in a catalogue that an older program made and none
        has written to since.
        """
        return last_change(self._database)

    def changed_since(self, change: Change) -> list[str] | None:
        """Ids of the articles that changed since, sorted: some may be here no more, or be again as
        they were. None where that cannot be told, because it was another catalogue's change.
        """
        found = changed_since(self._database, change)
        return None if found is None else [one for one in found if one not in self._hidden]

    def _shown(self, article_id: str) -> str:
        """The own id of an article that is not hidden."""
        own = articles.own_id(self._database, article_id)
        if own in self._hidden:
            raise articles.not_here(article_id)
        return own

    # Taking in

    def put(self, raw: RawDocument, article: Article, *, cleaner: str = "") -> Outcome:
        """Takes one cleaned document in, in one transaction.

        A document of an article that is here becomes a new version when what it says changed, and
        else one more sighting; its bytes are kept either way. Where the article is known under
        another id, that id stays, and the article's own leads to it.

        Args:
            cleaner: version of the cleaner as a whole; the article's own where there is none.
        """
        database = self._database
        cleaner = cleaner or article.cleaner
        originals.prepare(database, raw)
        with database.transaction():
            found = place(database, raw, article)
            version, outcome = articles.version_for(database, found, raw, article)
            originals.keep_document(database, raw)
            if outcome is not Outcome.DUPLICATE:
                articles.keep_version(database, found, version, raw, article, cleaner=cleaner)
            sightings.see(database, found.article_id, version, raw)
            if found.alias is not None:
                articles.lead(database, found.alias, to=found.article_id)
            failures.succeed(database, raw)
        return outcome

    def fail(
        self,
        source: RawDocument | str,
        error: InputError,
        *,
        stage: str = "clean",
        cleaner: str = "",
    ) -> None:
        """Keeps a failure with its reason, and the bytes when there are any.

        Args:
            source: the document, or only its locator when it could not be read.
            stage: `read`, `clean` or `collect`.
            cleaner: version of the cleaner that failed.
        """
        failures.fail(
            self._database,
            source,
            error,
            after=self.latest_failure(),
            stage=stage,
            cleaner=cleaner,
        )

    # Going on where another run ended

    def known(self, raw: RawDocument, *, cleaner: str) -> Known | None:
        """What is known of a document already; None when it must be cleaned.

        A document that is here and is seen at another place gets its sighting. A failure counts
        as known only for the same version of the cleaner.
        """
        if sightings.see_again(self._database, raw):
            return Known.TAKEN
        after = self.latest_failure()
        failed = failures.fail_again(self._database, raw, after=after, cleaner=cleaner)
        return Known.FAILED if failed else None

    def latest_failure(self) -> int:
        """The number of the last failure; later ones have greater ones, whatever the clock says."""
        # SQLite would give the number of a deleted row again.
        self._last_failure = max(self._last_failure, failures.last_number(self._database))
        return self._last_failure

    def taken_in(self, path: str, stamp: str) -> int | None:
        """How many documents a file held when it was read to its end; None when it must be read.

        Args:
            path: the locator of the file.
            stamp: tells one state of the file, and the way of reading it, from another.
        """
        return failures.taken_in(self._database, path, stamp)

    def finish(self, path: str, stamp: str, documents: int, *, after: int) -> None:
        """Notes that a file was read to its end; failures it no longer has are forgotten.

        Args:
            after: `latest_failure` when reading began; what was not met since is no failure now.
        """
        failures.finish(self._database, path, stamp, documents, after=after)

    def failures_in(self, path: str) -> int:
        """How many documents of a file are listed as failures."""
        return failures.failures_in(self._database, path)

    def failed_documents(self) -> Iterator[RawDocument | str]:
        """What failed until now: the document, or its locator where there are no bytes.

        Web addresses that could not be fetched are not among them. Failing again, and getting in,
        may happen while this is consumed.
        """
        return failures.failed_documents(self._database)

    def unread(self, folder: str) -> list[str]:
        """Locators of what could not be read in a folder, itself included."""
        return failures.unread(self._database, folder)

    def forget(self, locator: str) -> None:
        """Takes what could not be read from the list; its file, should it come back, is read."""
        failures.forget(self._database, locator)

    # Reading again with a better cleaner

    def count_outdated(self, cleaner: str) -> int:
        """How many versions were read by another version of the cleaner."""
        return articles.count_outdated(self._database, cleaner)

    def outdated(self, cleaner: str) -> Iterator[tuple[str, int, RawDocument]]:
        """Versions that another version of the cleaner read, or that are damaged: article id,
        version, document.

        They may be replaced while this is consumed.
        """
        return articles.outdated(self._database, cleaner)

    def reread(self, article_id: str, version: int, article: Article, *, cleaner: str) -> bool:
        """Puts a new reading of the same document in place of the old one.

        The id stays; citations of this version now show the better reading.

        Returns:
            Whether the reading differs from the old one.
        """
        return articles.reread(self._database, article_id, version, article, cleaner=cleaner)

    # Collecting

    def visit(self, url: str) -> Visit | None:
        """The last visit to an address; None when there was none."""
        return sightings.visit(self._database, url)

    def record_visit(self, url: str, visit: Visit) -> None:
        """Keeps a visit in place of the one before; one that succeeded ends a listed failure."""
        sightings.record_visit(self._database, url, visit)
