"""What happens between the catalogue and a published index? All stages, in order.

1. Every article is analyzed, or its kept analysis is read; its names and its text are counted in.
2. It is settled which names mean one entity, and which articles are one report.
3. Every article becomes an `IndexDocument` and goes to the writer; the entities go beside it.
4. The new generation is published, and old ones are pruned.

A rebuild may be cut off at any instant: what was analyzed is kept, and the old generation serves.
The same catalogue, decisions and versions give the same files.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass
from typing import Any

from corpus.article import Kind
from corpus.errors import StorageError
from corpus.home import Home
from corpus.ingest import available_cores
from corpus.store import Catalogue, StoredArticle
from indexer import schema
from indexer.analyses import Analyses, AnalysisFailure
from indexer.analysis import analyzer
from indexer.assembly import document, reported
from indexer.durable import measured
from indexer.entities import (
    SHIPPED,
    Authority,
    Canonicaliser,
    Directory,
    open_directory,
    recogniser_version,
)
from indexer.families import FamilyFinder
from indexer.generations import Draft, Generation, Generations
from indexer.outlets import OutletNames
from indexer.shingles import Shingles, shingles
from indexer.writers.types import WriterReport
from indexer.writers.whoosh import WhooshWriter

ENTITIES, WHOOSH = "entities.sqlite", "whoosh"
DEFAULT_KINDS = frozenset({Kind.ARTICLE})
DEFAULT_MEMORY = 512 << 20
DEFAULT_KEEP = 3

Progress = Callable[..., AbstractContextManager[Iterable[Any]]]
"""`corpus.terminal.progress`, or anything that passes items on: (items, label=…, length=…)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildReport:
    """What a rebuild came to.

    Attributes:
        analyzed: articles that were new or changed; the analysis of the others was at hand.
        failures: articles that could not be analyzed; they are in the index, without entities.
        pruned: names of the generations removed.
    """

    generation: Generation
    analyzed: int
    failures: tuple[AnalysisFailure, ...]
    pruned: tuple[str, ...]
    seconds: float


def silent(items: Iterable[Any], **_: Any) -> AbstractContextManager[Iterable[Any]]:
    """The `Progress` that shows nothing."""
    return nullcontext(items)


def rebuild(
    home: Home,
    *,
    processes: int | None = None,
    memory: int = DEFAULT_MEMORY,
    keep: int = DEFAULT_KEEP,
    kinds: Collection[Kind] = DEFAULT_KINDS,
    tagger: str = SHIPPED,
    progress: Progress = silent,
) -> RebuildReport:
    """Makes and publishes a generation of everything in the catalogue.

    Args:
        processes: how many analyze at once; None for one a processor.
        memory: bytes that the writer may use, see `WhooshWriter`.
        keep: how many generations to keep, the new one included.
        kinds: which kinds of page become part of the index.
        tagger: which finds the names, see `indexer.entities.tagger`; analyses by another one are
            made anew.

    Raises:
        InvalidParameter: there is no such tagger.
        NoCatalogue: nothing was taken in yet.
        Locked: another rebuild is running.
        DecisionError: the file of decisions is malformed.
        StorageError: the disk is full, a file is damaged, …
    """
    started = time.monotonic()
    generations = Generations(home.index)
    with ExitStack() as stack:
        catalogue = stack.enter_context(Catalogue.open(home.catalogue, readonly=True))
        stack.enter_context(catalogue.snapshot())
        draft = stack.enter_context(generations.new())
        analyses = stack.enter_context(
            Analyses(home.analysis_cache, processes=processes or available_cores(), tagger=tagger)
        )
        known = _known_entities(generations)
        if known is not None:
            stack.callback(known.close)
        authority = Authority.load(home.decisions)
        build = _Build(catalogue, analyses, kinds, progress)
        counts = build.into(draft, Canonicaliser(authority, previous=known), memory)
        versions = build.versions(tagger) | {"decisions": authority.version}
        generation = generations.publish(
            draft, counts=counts, versions=versions, catalogue=_counts(catalogue)
        )
    return RebuildReport(
        generation=generation,
        analyzed=analyses.analyzed,
        failures=tuple(analyses.failures),
        pruned=tuple(generations.prune(keep=keep)),
        seconds=time.monotonic() - started,
    )


class _Build:
    """One rebuild: the two passes over the catalogue, and what is known between them."""

    def __init__(
        self,
        catalogue: Catalogue,
        analyses: Analyses,
        kinds: Collection[Kind],
        progress: Progress,
    ) -> None:
        self._catalogue = catalogue
        self._analyses = analyses
        self._kinds = kinds
        self._progress = progress
        by_kind = catalogue.counts().by_kind
        self._length = sum(by_kind.get(kind, 0) for kind in set(kinds))
        self._cleaners: set[str] = set()
        self._outlets = OutletNames()

    def into(self, draft: Draft, canonicaliser: Canonicaliser, memory: int) -> dict[str, int]:
        """Fills a draft; returns the counts for its manifest."""
        families = self._observe(canonicaliser)
        canonicaliser.settle()
        report = self._write(draft, canonicaliser, families, memory)
        canonicaliser.write_directory(draft.path / ENTITIES)
        with closing(open_directory(draft.path / ENTITIES)) as written:
            entities = written.counts()
        return {
            "articles": report.documents,
            "families": len(set(families.values())),
            "words": report.words,
            "text_bytes": report.text_bytes,
            **entities,
        }

    def versions(self, tagger: str) -> dict[str, str]:
        """What the content of the generation depends on, besides the catalogue."""
        return {
            "schema": str(schema.VERSION),
            "analyzer": analyzer().version,
            "tagger": recogniser_version(tagger),
            "cleaner": ", ".join(sorted(self._cleaners)),
            "kinds": ", ".join(sorted(self._kinds)),
        }

    def _observe(self, canonicaliser: Canonicaliser) -> dict[str, str]:
        """First pass. Returns the family of every article."""
        finder = FamilyFinder()
        with self._progress(self._stored(), label="Analyzing", length=self._length) as stored:
            for one, analysis in self._analyses.of(stored):
                article_id = one.article.article_id
                canonicaliser.observe(article_id, analysis.recognition)
                finder.add(article_id, analysis.signature, reported=reported(one))
                self._outlets.observe(one.article)
                self._cleaners.add(one.cleaner)
        return finder.families(self._shingles)

    def _write(
        self,
        draft: Draft,
        canonicaliser: Canonicaliser,
        families: dict[str, str],
        memory: int,
    ) -> WriterReport:
        """Second pass."""
        writer = WhooshWriter(draft.path / WHOOSH, analyzer(), memory=memory)
        try:
            with self._progress(self._stored(), label="Writing", length=self._length) as stored:
                for one, analysis in self._analyses.of(stored):
                    article_id = one.article.article_id
                    entities, mentions = canonicaliser.resolve(
                        article_id,
                        analysis.recognition,
                        text=one.article.reading,
                        language=one.article.language,
                    )
                    family, outlet = families[article_id], self._outlets.of(one.article)
                    writer.add(
                        document(one, entities, mentions, analysis.mentioned, family, outlet)
                    )
            return writer.commit()
        except BaseException:
            writer.abandon()
            raise

    def _stored(self) -> Iterator[StoredArticle]:
        return self._catalogue.articles(kinds=self._kinds)

    def _shingles(self, article_id: str) -> Shingles:
        return shingles(analyzer().surfaces(self._catalogue.article(article_id).article.reading))


def _known_entities(generations: Generations) -> Directory | None:
    """The entities of the generation in use, whose ids are to be kept; None without whole ones."""
    try:
        generation = generations.current()
        if measured(generation.path / ENTITIES) == generation.manifest.files.get(ENTITIES):
            return open_directory(generation.path / ENTITIES)
    except StorageError:
        pass  # a damaged index is one reason to rebuild it
    return None


def _counts(catalogue: Catalogue) -> dict[str, int]:
    counts = catalogue.counts()
    return {
        name: getattr(counts, name)
        for name in ("articles", "versions", "originals", "sightings", "failures")
    }
