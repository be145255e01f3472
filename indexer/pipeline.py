"""Pipeline: what happens between the catalogue and a published index? All stages, in order.

1. Every article is analyzed, or its kept analysis is read; names, text, paragraphs are counted.
2. It is settled which names mean one entity, and which articles are one report.
3. Every article becomes an `IndexDocument` and goes to the writer, which takes over from the
   generation in use what is the same there; the entities, the events and the places go beside it.
4. The new generation is published, and old ones are pruned.

Where nothing that counts has changed since the generation in use was made, and its files are whole,
it stays in use.

A rebuild may be cut off at any instant: what was analyzed is kept, and the old generation serves.
The same catalogue, decisions and versions give the same answers, and the same files when everything
is written anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.article import Article, Kind
from corpus.errors import CatalogueCorrupt, IndexCorrupt, StorageError
from corpus.fingerprint import fingerprint
from corpus.home import Home
from corpus.processes import available_cores
from corpus.store import Catalogue, StoredArticle
from corpus.store.lines import DamagedLine
from indexer.analysis import analyzer
from indexer.articles import analysis as article_analysis
from indexer.articles.analyses import Analyses, AnalysisFailure
from indexer.articles.analysis import EMPTY
from indexer.articles.assembly import NOT_ANALYZED, document, reported
from indexer.articles.lengths import OutletLengths
from indexer.articles.outlets import OutletNames
from indexer.entities import (
    SHIPPED,
    Authority,
    Canonicaliser,
    open_directory,
    recogniser_version,
)
from indexer.entities.types import EntityKind
from indexer.families.event_file import write_events
from indexer.families.events import EventFinder, day_of
from indexer.families.facts import Facts, facts
from indexer.families.grouping import FamilyFinder
from indexer.families.repeated_text import FLAG as REPEATED
from indexer.families.repeated_text import RepeatedText
from indexer.families.shingles import Shingles, shingles
from indexer.generations.opening import is_whole, known_entities, made_with, reusable_index
from indexer.generations.publishing import (
    ENTITIES,
    EVENTS,
    PLACES,
    WHOOSH,
    Draft,
    Generation,
    Generations,
)
from indexer.places.place_file import write_places
from indexer.writers.types import IndexWriter, WriterReport
from indexer.writers.whoosh import WhooshUpdater, WhooshWriter

DEFAULT_KINDS = frozenset({Kind.ARTICLE})
DEFAULT_MEMORY = 512 << 20
DEFAULT_KEEP = 3

Progress = Callable[..., AbstractContextManager[Iterable[Any]]]
"""`corpus.terminal.progress`, or anything that passes items on: (items, label=…, length=…)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildReport:
    """What a rebuild came to.

    Attributes:
        generation: the one in use now.
        is_new: False where nothing had changed, so that the generation before stays in use.
        analyzed: articles that were new or changed; the analysis of the others was at hand.
        written: articles that were written; the others are the same as in the generation before.
        set_aside: lines of the decisions file that are no decisions; the others count.
        failures: articles that could not be analyzed; they are in the index without
            entities, flagged `not_analyzed`.
        pruned: names of the generations removed.
    """

    generation: Generation
    is_new: bool
    analyzed: int
    written: int
    set_aside: tuple[DamagedLine, ...]
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
    anew: bool = False,
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
        anew: take nothing over from the generation in use, write every article.

    Raises:
        InvalidParameter: there is no such tagger.
        NoCatalogue: nothing was taken in yet.
        Locked: another rebuild is running.
        StorageError: the disk is full, a file is damaged, …
    """
    started = time.monotonic()
    generations = Generations(home.index)
    with ExitStack() as stack:
        catalogue = stack.enter_context(Catalogue.open(home.catalogue, readonly=True))
        stack.enter_context(catalogue.snapshot())
        draft = stack.enter_context(generations.new())
        authority = Authority.load(home.decisions)
        inputs = {
            **_program(tagger, kinds),
            "catalogue": catalogue.state(),
            "decisions": authority.version,
        }
        kept = None if anew else _unchanged(generations, inputs)
        if kept is not None:
            return RebuildReport(
                generation=kept,
                is_new=False,
                analyzed=0,
                written=0,
                set_aside=authority.set_aside,
                failures=(),
                pruned=tuple(generations.prune(keep=keep)),
                seconds=time.monotonic() - started,
            )
        _refuse_emptied(catalogue, generations, home)
        analyses = stack.enter_context(
            Analyses(home.analysis_cache, processes=processes or available_cores(), tagger=tagger)
        )
        known = known_entities(generations)
        if known is not None:
            stack.callback(known.close)
        base = None if anew else reusable_index(generations)
        build = _Build(catalogue, analyses, kinds, progress)
        counts = build.into(draft, Canonicaliser(authority, previous=known), memory, base)
        if analyses.failures:
            counts["not_analyzed"] = len(analyses.failures)
        versions = inputs | {"cleaner": build.cleaners()}
        generation = generations.publish(
            draft, counts=counts, versions=versions, catalogue=_counts(catalogue)
        )
    return RebuildReport(
        generation=generation,
        is_new=True,
        analyzed=analyses.analyzed,
        written=build.written,
        set_aside=authority.set_aside,
        failures=tuple(analyses.failures),
        pruned=tuple(generations.prune(keep=keep)),
        seconds=time.monotonic() - started,
    )


def _refuse_emptied(catalogue: Catalogue, generations: Generations, home: Home) -> None:
    """Raises CatalogueCorrupt where an index was made of articles, and none of them is here now."""
    try:
        made_of = generations.current().manifest.catalogue
    except StorageError:
        return  # there is none, or one that cannot be read: nothing can be said
    if made_of.get("articles", 0) and not catalogue.counts().articles:
        raise CatalogueCorrupt(
            f"the catalogue is empty, though an index was made of {made_of['articles']:,} articles",
            where=str(home.catalogue),
            advice="Restore it from a backup; to begin anew, name another folder with --home",
        )


def _program(tagger: str, kinds: Collection[Kind]) -> dict[str, str]:
    """What the content of a generation depends on, besides the collection."""
    return {
        **made_with(),
        "tagger": recogniser_version(tagger),
        "analyses": article_analysis.version(tagger),
        "program": fingerprint("indexer.pipeline", libraries=["numpy", "nltk"]),
        "kinds": ", ".join(sorted(kinds)),
    }


def _unchanged(generations: Generations, inputs: Mapping[str, str]) -> Generation | None:
    """The generation in use, where the same inputs would come to the same.

    What could not be analyzed is tried again.
    """
    try:
        current = generations.current()
    except StorageError:
        return None
    manifest = current.manifest
    is_same = inputs["catalogue"] and inputs.items() <= manifest.versions.items()
    if not is_same or "not_analyzed" in manifest.counts or not is_whole(current):
        return None
    return current


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
        self._repeated = RepeatedText()
        self._outlets = OutletNames()
        self._lengths = OutletLengths()
        self._events = EventFinder()
        self._text_bytes = 0
        self.written = 0

    def into(
        self, draft: Draft, canonicaliser: Canonicaliser, memory: int, base: Path | None
    ) -> dict[str, int]:
        """Fills a draft; returns the counts for its manifest.

        Args:
            base: an index to take over what is the same.
        """
        families = self._observe(canonicaliser)
        canonicaliser.settle()
        writer = _writer(draft.path / WHOOSH, memory, base)
        report = self._write(writer, canonicaliser, families)
        self.written = report.details.get("written", report.documents)
        canonicaliser.write_directory(draft.path / ENTITIES)
        events = self._events.events()
        write_events(draft.path / EVENTS, events)
        with closing(open_directory(draft.path / ENTITIES)) as written:
            entities = written.counts()
            write_places(
                draft.path / PLACES,
                written.entities(kind=EntityKind.PLACE, limit=entities.get(EntityKind.PLACE, 0)),
            )
        return {
            "articles": report.documents,
            "families": len(set(families.values())),
            "events": len(events),
            "words": report.words,
            "text_bytes": self._text_bytes,
            **entities,
        }

    def cleaners(self) -> str:
        """Versions of the cleaner that read the articles."""
        return ", ".join(sorted(self._cleaners))

    def _observe(self, canonicaliser: Canonicaliser) -> dict[str, str]:
        """First pass. Returns the family of every article."""
        finder = FamilyFinder()
        with self._progress(self._stored(), label="Analyzing", length=self._length) as stored:
            for one, analysis in self._analyses.of(stored):
                article_id = one.article.article_id
                canonicaliser.observe(article_id, analysis.recognition)
                finder.add(article_id, analysis.signature, reported=reported(one))
                self._outlets.observe(one.article)
                self._lengths.observe(one.article)
                self._cleaners.add(one.cleaner)
                self._repeated.add(one.article)
        return finder.families(self._shingles, self._facts)

    def _write(
        self, writer: IndexWriter, canonicaliser: Canonicaliser, families: dict[str, str]
    ) -> WriterReport:
        """Second pass."""
        try:
            with self._progress(self._stored(), label="Writing", length=self._length) as stored:
                for one, analysis in self._analyses.of(stored):
                    article = one.article
                    entities, mentions = canonicaliser.resolve(
                        article.article_id,
                        analysis.recognition,
                        text=article.reading,
                        language=article.language,
                    )
                    family, outlet = families[article.article_id], self._outlets.of(article)
                    made = document(
                        one,
                        entities,
                        mentions,
                        analysis.mentioned,
                        family,
                        outlet,
                        doubts=self._doubts(article, is_analyzed=analysis is not EMPTY),
                    )
                    self._text_bytes += _bytes(made.title) + _bytes(made.text)
                    self._events.add(made)
                    writer.add(made)
            return writer.commit()
        except BaseException:
            writer.cancel()
            raise

    def _doubts(self, article: Article, *, is_analyzed: bool) -> Iterator[str]:
        """What is doubtful about an article, as the whole collection knows it."""
        yield from self._lengths.flags(article)
        if self._repeated.is_repeated(article):
            yield REPEATED
        if not is_analyzed:
            yield NOT_ANALYZED

    def _stored(self) -> Iterator[StoredArticle]:
        return self._catalogue.articles(kinds=self._kinds)

    def _shingles(self, article_id: str) -> Shingles:
        return shingles(analyzer().surfaces(self._catalogue.article(article_id).article.reading))

    def _facts(self, article_id: str) -> Facts:
        article = self._catalogue.article(article_id).article
        return facts(article.reading, title=article.title, day=day_of(article.published))


def _writer(folder: Path, memory: int, base: Path | None) -> IndexWriter:
    if base is not None:
        try:
            return WhooshUpdater(folder, analyzer(), base=base, memory=memory)
        except IndexCorrupt:
            pass  # its files are as written, but another release wrote them
    return WhooshWriter(folder, analyzer(), memory=memory)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _counts(catalogue: Catalogue) -> dict[str, int]:
    counts = catalogue.counts()
    return {
        name: getattr(counts, name)
        for name in ("articles", "versions", "originals", "sightings", "failures")
    }
