"""Passes: how does a collection fill a draft? Twice over all sheets, reading only what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.article import Kind
from corpus.errors import IndexCorrupt
from corpus.processes.memory import give_back
from corpus.store import Catalogue, StoredArticle
from indexer.analysis import analyzer
from indexer.articles.analyses import Analyses
from indexer.articles.assembly import document, names_in
from indexer.articles.columns import ENGLISH, NAMES, OTHER_LETTERS
from indexer.articles.outlets import OutletNames
from indexer.articles.sheet import Sheet, sheet_of
from indexer.articles.sheets import Sheets
from indexer.articles.standing import Standing
from indexer.entities import Canonicaliser, open_directory
from indexer.entities.across_collection.article_names import ArticleNames
from indexer.entities.across_collection.canonicaliser import Read
from indexer.entities.across_collection.meanings import Meanings
from indexer.entities.types import EntityKind, NamedInArticle
from indexer.families.event_file import write_events
from indexer.families.events import events_of
from indexer.families.reports import Named, Places, told_of
from indexer.families.updating import UpdatedFamilies
from indexer.generations.engine_choice import Cluster
from indexer.generations.publishing import (
    ENTITIES,
    EVENTS,
    OPENSEARCH,
    PLACES,
    VECTORS,
    WHOOSH,
    Draft,
)
from indexer.places.place_file import write_places
from indexer.writers.types import IndexWriter, WriterReport
from indexer.writers.whoosh import WhooshUpdater, WhooshWriter

if TYPE_CHECKING:
    from indexer.articles.meaning.vectors import Vectors

_AT_ONCE = 256  # articles read at a time

_Instead = dict[int, Sequence[NamedInArticle]]

Progress = Callable[..., AbstractContextManager[Iterable[Any]]]
"""`corpus.terminal.progress`, or anything that passes items on: (items, label=…, length=…)."""


class Build:
    """One rebuild: the two passes over the collection, and what is known between them."""

    def __init__(
        self,
        catalogue: Catalogue,
        analyses: Analyses,
        sheets: Sheets,
        kinds: Collection[Kind],
        progress: Progress,
        outlets: Mapping[str, str],
        vectors: Vectors | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._vectors = vectors
        self._sheets = sheets
        self._kinds = kinds
        self._progress = progress
        self._outlets = OutletNames(outlets)
        beside = sheets.beside()
        self._families = UpdatedFamilies(beside)
        self._names = ArticleNames(beside)
        if not sheets.is_current:
            self._names.forget()
        self._places_before: tuple[Path, frozenset[str]] | None = None
        self.written = 0

    def into(
        self,
        draft: Draft,
        canonicaliser: Callable[[], Canonicaliser],
        memory: int,
        base: Path | None,
        directory: Path | None = None,
        cluster: Cluster | None = None,
    ) -> dict[str, int]:
        """Fills a draft; returns the counts for its manifest.

        Args:
            canonicaliser: begins one; nobody holds it when names are done.
            base: an index to take over what is the same.
            directory: of entities, the same.
            cluster: where the articles go, if not into files of Whoosh.
        """
        self._renew()
        families = self._observe()
        give_back()
        begin = partial(_writer, draft.path, memory, base, cluster, len(self._sheets))
        report, named, instead = self._written_to(
            begin, canonicaliser, families, draft.path / ENTITIES, directory
        )
        give_back()
        columns = self._sheets.columns()
        events = events_of(told_of(columns, self._standing, families, named, instead))
        self.written = report.details.get("written", report.documents)
        write_events(draft.path / EVENTS, events)
        give_back()
        with closing(open_directory(draft.path / ENTITIES)) as written:
            entities = written.counts()
            places = written.of_kind(EntityKind.PLACE)
            write_places(
                draft.path / PLACES,
                places,
                written.all_names,
                before=self._places_before,
            )
        return {
            "articles": report.documents,
            "families": int((families == np.arange(len(families))).sum()),
            "events": len(events),
            "words": report.words,
            "text_bytes": int(columns.column("bytes").sum()),
            **entities,
            **self._write_vectors(draft.path / VECTORS),
        }

    def cleaners(self) -> str:
        """Versions of the cleaner that read the articles."""
        return ", ".join(sorted(self._standing.cleaners))

    def _renew(self) -> None:
        """Makes the sheets of what is new or changed, and drops those of what is gone."""
        since = self._sheets.since
        changed = None if since is None else self._catalogue.changed_since(since)
        if changed is None:
            self._sheets.clear()
            self._names = ArticleNames()
            self._families.forget()
            by_kind = self._catalogue.counts().by_kind
            length = sum(by_kind.get(kind, 0) for kind in self._kinds)
            stored = self._catalogue.articles(kinds=self._kinds)
        else:
            changed = sorted({*changed, *self._sheets.not_analyzed()})
            self._families.left(changed, self._sheets)
            self._sheets.drop(changed)
            self._names.drop(changed)
            length, stored = len(changed), self._named(changed)
        with self._progress(stored, label="Analyzing", length=length) as articles:
            analyzed = self._analyses.of(articles)
            if self._vectors is None:
                for one, analysis in analyzed:
                    self._put(sheet_of(one, analysis))
            else:
                for one, analysis, vector in self._vectors.beside(analyzed):
                    self._put(sheet_of(one, analysis, vector))

    def _put(self, sheet: Sheet) -> None:
        self._sheets.put(sheet)
        self._families.came(sheet.article_id)
        if self._names.is_kept:  # else all are put when all sheets are gone through
            self._names.put(sheet)

    def _settle(self, canonicaliser: Canonicaliser) -> Meanings:
        """Between the passes: what do all names mean?"""
        new = self._names.sort()
        give_back()
        self._names.ids = self._sheets.expect(self._names.ids)
        canonicaliser.know(self._names)
        canonicaliser.settle()
        self._names.let_go()
        give_back()
        return canonicaliser.meanings(self._names, new, self._sheets.named)

    def _named(self, article_ids: Sequence[str]) -> Iterator[StoredArticle]:
        for at in range(0, len(article_ids), _AT_ONCE):
            yield from self._catalogue.articles_named(
                article_ids[at : at + _AT_ONCE], kinds=self._kinds
            )

    def _observe(self) -> Places:
        """First pass. Returns the place of the first report of each article's family."""
        if not self._names.is_kept:
            for sheet in self._sheets.all():
                self._names.put(sheet)
        columns = self._sheets.columns()
        self._standing = Standing(columns, self._outlets)
        return self._families.found(self._catalogue, self._sheets)

    def _written_to(
        self,
        begin: Callable[[], IndexWriter],
        canonicaliser: Callable[[], Canonicaliser],
        families: Places,
        entities: Path,
        directory: Path | None,
    ) -> tuple[WriterReport, Named, _Instead]:
        """Writes the index, and the entities. Nobody holds the writer afterwards, with what it
        reads of the earlier index; nor, while it ends, names: half of what there is to hold.

        Returns:
            what the writer says; what all articles name; and by place of an article whose text was
            read, what it names instead.
        """
        writer, named, instead = self._named_in(
            begin, canonicaliser(), families, entities, directory
        )
        give_back()
        with _or_cancelled(writer):
            return writer.commit(), named, instead

    def _named_in(
        self,
        begin: Callable[[], IndexWriter],
        canonicaliser: Canonicaliser,
        families: Places,
        entities: Path,
        directory: Path | None,
    ) -> tuple[IndexWriter, Named, _Instead]:
        """All that needs names: settling them, writing documents and the directory, keeping."""
        meanings = self._settle(canonicaliser)
        give_back()
        writer = begin()
        with _or_cancelled(writer):
            instead = self._write(writer, canonicaliser, meanings, families)
            give_back()
            meanings.count()
            give_back()
            differing = canonicaliser.write_directory(entities, base=directory)
            if differing is not None and directory is not None:
                self._places_before = directory.parent / PLACES, differing
            give_back()
            self._sheets.put_beside(chain(self._names.grown(), self._families.let_go()))
        self._names = ArticleNames()
        starts, numbers, shown = meanings.named()
        return writer, (starts, numbers.copy(), shown.marks(), shown.kinds()), instead

    def _write(
        self,
        writer: IndexWriter,
        canonicaliser: Canonicaliser,
        meanings: Meanings,
        families: Places,
    ) -> _Instead:
        """Second pass: whoever came to something else is read and written.

        Returns:
            by place of an article whose text was read, what it names.
        """
        columns = self._sheets.columns()
        now = self._standing.came_to(families, meanings.all_told())
        reading = ~columns.bit(ENGLISH)
        if not canonicaliser.reads_texts(in_other_letters=False):
            reading &= columns.bit(OTHER_LETTERS)
            if reading.any():
                reading &= canonicaliser.reads_texts(in_other_letters=True)
        now[reading] = 0
        as_before = now == columns.came_to
        same = as_before[:, NAMES:].all(axis=1) & now.any(axis=1)
        renamed = same & ~as_before[:, :NAMES].all(axis=1)
        ids = columns.ids
        named_anew: Collection[str] = ()
        if renamed.any():
            named_anew = writer.keep_renamed(meanings.renamed(ids, np.flatnonzero(renamed)))
        stay = np.flatnonzero(same & ~renamed)
        differ = np.ones(len(ids), np.bool_)
        differ[stay] = ~writer.keep([ids[place] for place in stay.tolist()])
        differing = [
            place for place in np.flatnonzero(differ).tolist() if ids[place] not in named_anew
        ]
        columns.came(now)
        instead: _Instead = {}
        read = reading.tolist()
        with self._progress(differing, label="Writing", length=len(differing)) as shown:
            rest = iter(shown)
            while part := list(islice(rest, _AT_ONCE)):
                for place, found in self._written(
                    part, writer, canonicaliser, meanings, families, read
                ):
                    meanings.replace(place, found.names, found.meant)
                    instead[place] = found.entities()
        return instead

    def _write_vectors(self, path: Path) -> dict[str, int]:
        """Writes where articles lie by what they are about, where that is wanted."""
        if self._vectors is None:
            return {}
        # Imported here: few collections have vectors.
        from indexer.articles.meaning.vector_file import VectorsWriter  # noqa: PLC0415

        writer = VectorsWriter(path)
        try:
            for sheet in self._sheets.all():
                writer.add(sheet.article_id, sheet.vector)
            return {"vectors": writer.close()}
        except BaseException:
            writer.abandon()
            raise

    def _written(
        self,
        part: Sequence[int],
        writer: IndexWriter,
        canonicaliser: Canonicaliser,
        meanings: Meanings,
        families: Places,
        reading: Sequence[bool],
    ) -> Iterator[tuple[int, Read]]:
        """Writes some articles; gives what the texts that are read for it were found to name."""
        ids = self._sheets.columns().ids
        read = self._analyses.of(self._named([ids[place] for place in part]))
        for place, (one, analysis) in zip(part, read, strict=True):
            article = one.article
            if reading[place]:
                found = canonicaliser.read(
                    article.article_id,
                    analysis.recognition,
                    title=article.title,
                    text=article.reading,
                    language=article.language,
                )
                yield place, found
                entities, spans = found.entities(), found.spans
                names = None  # it has others than were recognized in it
            else:
                entities = meanings.entities_of(place)
                spans = meanings.spans_of(place, analysis.recognition)
                names = names_in(analysis)
            writer.add(
                document(
                    one,
                    entities,
                    spans,
                    analysis,
                    ids[families[place]],
                    self._standing.outlet(place),
                    doubts=self._standing.doubts(place),
                ),
                names,
            )


@contextmanager
def _or_cancelled(writer: IndexWriter) -> Iterator[None]:
    """Has a writer let go of its files where what is done for it fails."""
    try:
        yield
    except BaseException:
        writer.cancel()
        raise


def _writer(
    draft: Path, memory: int, base: Path | None, cluster: Cluster | None, articles: int
) -> IndexWriter:
    if cluster is not None:
        # Imported here: few collections are in a cluster.
        from indexer.writers.opensearch import OpenSearchWriter  # noqa: PLC0415

        return OpenSearchWriter(draft / OPENSEARCH, analyzer(), cluster=cluster, articles=articles)
    folder = draft / WHOOSH
    if base is not None:
        try:
            return WhooshUpdater(folder, analyzer(), base=base, memory=memory)
        except IndexCorrupt:
            pass  # its files are as written, but another release wrote them
    return WhooshWriter(folder, analyzer(), memory=memory)
