"""Pipeline: what happens between the catalogue and a published index? All stages, in order.

1. Every article that is new or changed is analyzed, or its kept analysis is read, and comes to
   a `Sheet`; those of the others are at hand. Names, outlets and paragraphs of all are counted.
2. It is settled which names mean one entity, and which articles are one report.
3. Every article that came to something else than in the generation in use is read, becomes an
   `IndexDocument` and goes to the writer, which takes over from that generation what is the same
   there; the entities, the events and the places go beside it.
4. The new generation is published, and old ones are pruned.

Where nothing that counts has changed since the generation in use was made, and its files are whole,
it stays in use.

The same is done for each part of the collection, see `indexer.generations.parts`.

A rebuild may be cut off at any instant: what was analyzed is kept, and the old generation serves.
The same catalogue, decisions and versions give the same answers, and the same files when everything
is written anew.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from corpus.article import Kind
from corpus.errors import CatalogueCorrupt, IndexCorrupt, StorageError
from corpus.fingerprint import fingerprint
from corpus.home import Home
from corpus.processes import Cluster, available_cores
from corpus.store import Catalogue
from corpus.store.lines import DamagedLine
from indexer import versions
from indexer.entities import SHIPPED, Authority
from indexer.generations import engine_choice
from indexer.generations.opening import (
    is_whole,
    known_entities,
    made_with,
    reusable_entities,
    reusable_index,
)
from indexer.generations.parts import hidden_in, parts
from indexer.generations.publishing import OPENSEARCH, Generation, Generations

if TYPE_CHECKING:
    from indexer.articles.analyses import AnalysisFailure
    from indexer.passes import Progress

DEFAULT_KINDS = frozenset({Kind.ARTICLE})
DEFAULT_MEMORY = 512 << 20
DEFAULT_KEEP = 3
_YOUNG, _NEVER = 50_000, 1 << 30  # objects, and collections of younger ones


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


def rebuild(  # noqa: PLR0913 - one argument an option
    home: Home,
    *,
    processes: int | None = None,
    cluster: Cluster | None = None,
    memory: int = DEFAULT_MEMORY,
    keep: int = DEFAULT_KEEP,
    kinds: Collection[Kind] = DEFAULT_KINDS,
    tagger: str = SHIPPED,
    meaning: bool | None = None,
    anew: bool = False,
    trusting: bool = False,
    progress: Progress = silent,
) -> RebuildReport:
    """Makes and publishes a generation of everything in the catalogue.

    What is kept for the next time and turns out to be damaged is made anew.

    Args:
        processes: how many analyze at once; None for one a processor.
        cluster: whose workers analyze in place of processes here.
        memory: bytes that the writer may use, see `WhooshWriter`.
        keep: how many generations to keep, the new one included.
        kinds: which kinds of page become part of the index.
        tagger: which finds the names, see `indexer.entities.tagger`; analyses by another one are
            made anew.
        meaning: whether articles get vectors of what they are about, with the extra `meaning`;
            kept for the next time. None: as was said last.
        anew: take nothing over from the generation in use, write every article.
        trusting: believe the sizes of the files of the generation in use; else every byte is read,
            so that damage there is noticed and made good.

    Raises:
        InvalidParameter: there is no such tagger; or the extra `meaning` is not installed.
        NoCatalogue: nothing was taken in yet.
        Locked: another rebuild is running.
        StorageError: the disk is full, a file is damaged, …
    """
    wanted = engine_choice.has_meaning(home) if meaning is None else meaning
    encoder = _encoder(wanted)
    if home.has_catalogue:
        engine_choice.keep_meaning(home, wanted)
    options = _Options(
        processes or available_cores(),
        cluster,
        memory,
        keep,
        frozenset(kinds),
        tagger,
        encoder,
        anew,
        trusting,
    )
    report = _made(home, options, progress)
    for part in () if home.part else parts(home):
        _made(part, options, silent)
    return report


def _made(home: Home, options: _Options, progress: Progress) -> RebuildReport:
    try:
        return _rebuilt(home, options, progress)
    except IndexCorrupt as error:
        from indexer.articles import sheets  # noqa: PLC0415 - as below

        if not isinstance(error, sheets.SheetsDamaged):
            raise
        sheets.remove(home.sheets)
        return _rebuilt(home, options, progress)


@dataclass(frozen=True, slots=True)
class _Options:
    """See `rebuild`."""

    processes: int
    cluster: Cluster | None
    memory: int
    keep: int
    kinds: frozenset[Kind]
    tagger: str
    encoder: str  # its version; empty where articles get no vectors
    anew: bool
    trusting: bool


def _rebuilt(home: Home, options: _Options, progress: Progress) -> RebuildReport:
    started = time.monotonic()
    generations = Generations(home.index)
    cluster = _in_cluster(engine_choice.marked(home), home)
    with ExitStack() as stack:
        stack.enter_context(_looked_through_once())
        catalogue = stack.enter_context(Catalogue.open(home, readonly=True, hidden=hidden_in(home)))
        stack.enter_context(catalogue.snapshot())
        draft = stack.enter_context(generations.new())
        authority = Authority.load(home.decisions)
        program = _program(options.tagger, options.kinds, options.encoder)
        inputs = {
            **program,
            "engine": "whoosh" if cluster is None else "opensearch",
            "catalogue": catalogue.state(),
            "decisions": authority.version,
        }
        kept = None if options.anew else _unchanged(generations, inputs, options.trusting)
        if cluster is not None:
            from indexer.writers import opensearch  # noqa: PLC0415 - few collections are in one

            opensearch.remove_others(cluster, _indexes(generations).values())
            if kept is not None and opensearch.missing(cluster, kept.path / OPENSEARCH):
                kept = None
        if kept is not None:
            engine_choice.keep(home)
            return RebuildReport(
                generation=kept,
                is_new=False,
                analyzed=0,
                written=0,
                set_aside=authority.set_aside,
                failures=(),
                pruned=_pruned(generations, options.keep, cluster),
                seconds=time.monotonic() - started,
            )
        _refuse_emptied(catalogue, generations, home)

        # Here, as loading models, numba and lists takes longer than to see that nothing changed.
        from indexer.articles.analyses import Analyses  # noqa: PLC0415
        from indexer.articles.sheets import Sheets  # noqa: PLC0415
        from indexer.entities import Canonicaliser  # noqa: PLC0415
        from indexer.passes import Build  # noqa: PLC0415

        analyses = stack.enter_context(
            Analyses(
                home.analysis_cache,
                processes=options.processes,
                tagger=options.tagger,
                cluster=options.cluster,
            )
        )
        known = known_entities(generations, trusting=options.trusting)
        if known is not None:
            stack.callback(known.close)
        base = None if options.anew else reusable_index(generations, trusting=options.trusting)
        sheets = stack.enter_context(
            Sheets(
                home.sheets,
                version=json.dumps(program, sort_keys=True),
                generation=generations.current().name if base is not None else "",
            )
        )
        directory = None if options.anew else reusable_entities(generations, program)
        if options.anew:
            sheets.clear()
        vectors = None
        if options.encoder:
            from indexer.articles.meaning.vectors import Vectors  # noqa: PLC0415

            vectors = stack.enter_context(
                Vectors(home.vector_cache, processes=options.processes, cluster=options.cluster)
            )
        build = Build(
            catalogue, analyses, sheets, options.kinds, progress, authority.outlets, vectors
        )
        counts = build.into(
            draft,
            partial(Canonicaliser, authority, previous=known),
            options.memory,
            base,
            directory,
            cluster,
        )
        if analyses.failures:
            counts["not_analyzed"] = len(analyses.failures)
        failures = (*analyses.failures, *(vectors.failures if vectors else ()))
        made_by = inputs | {"cleaner": build.cleaners()}
        if cluster is not None:  # before: what is published there must be found there
            engine_choice.keep(home)
        generation = generations.publish(
            draft, counts=counts, versions=made_by, catalogue=_counts(catalogue)
        )
        engine_choice.keep(home)
        sheets.keep(generation.name, catalogue.last_change())
    return RebuildReport(
        generation=generation,
        is_new=True,
        analyzed=analyses.analyzed,
        written=build.written,
        set_aside=authority.set_aside,
        failures=failures,
        pruned=_pruned(generations, options.keep, cluster),
        seconds=time.monotonic() - started,
    )


@contextmanager
def _looked_through_once() -> Iterator[None]:
    """Has Python look through each object for garbage once, while it is young, and not again.

    Modules, names and sheets of a whole collection are no garbage, and are looked through the more
    often the more they are: a fifth of an update of 10,000 articles, and more of a larger one.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _in_cluster(cluster: engine_choice.Cluster | None, home: Home) -> engine_choice.Cluster | None:
    """A cluster, with a mark that tells the parts of a collection apart."""
    if cluster is None or not home.part:
        return cluster
    return replace(cluster, collection=f"{cluster.collection}-{home.part}")


def _pruned(
    generations: Generations, keep: int, cluster: engine_choice.Cluster | None
) -> tuple[str, ...]:
    """Removes old generations, and what they have in a cluster; returns their names."""
    indexes = {} if cluster is None else _indexes(generations)
    gone = tuple(generations.prune(keep=keep))
    if cluster is not None and gone:
        from indexer.writers import opensearch  # noqa: PLC0415 - few collections are in one

        opensearch.remove(cluster, [indexes[name] for name in gone if name in indexes])
    return gone


def _indexes(generations: Generations) -> dict[str, str]:
    """By name of a generation, its index in a cluster, where it has one."""
    from indexer.writers import opensearch  # noqa: PLC0415 - few collections are in one

    indexes = {}
    for name in generations.names():
        folder = generations.folder / name / OPENSEARCH
        with suppress(IndexCorrupt):  # nobody can read it: nothing of it is kept
            if folder.is_dir():
                indexes[name] = opensearch.place_of(folder)["index"]
    return indexes


def _refuse_emptied(catalogue: Catalogue, generations: Generations, home: Home) -> None:
    """Raises CatalogueCorrupt where an index was made of articles, and none of them is here now."""
    try:
        made_of = generations.current().manifest.catalogue
    except StorageError:
        return  # there is none, or one that cannot be read: nothing can be said
    if made_of.get("articles", 0) and not catalogue.counts(by_kind=False).articles:
        raise CatalogueCorrupt(
            f"the catalogue is empty, though an index was made of {made_of['articles']:,} articles",
            where=str(home.catalogue),
            advice="Restore it from a backup; to begin anew, name another folder with --home",
        )


def _encoder(is_wanted: bool) -> str:
    """The version of what makes vectors, where they are wanted."""
    if not is_wanted:
        return ""
    from indexer.articles.meaning import encoder  # noqa: PLC0415 - few collections have vectors

    return encoder.version()


def _program(tagger: str, kinds: Collection[Kind], encoder: str) -> dict[str, str]:
    """What the content of a generation depends on, besides the collection."""
    return {
        **made_with(),
        "tagger": versions.recogniser(tagger),
        "analyses": versions.analyses(tagger),
        "program": fingerprint("indexer.pipeline", libraries=["numpy", "nltk"]),
        "kinds": ", ".join(sorted(kinds)),
        "meaning": encoder,
    }


def _unchanged(
    generations: Generations, inputs: Mapping[str, str], trusting: bool
) -> Generation | None:
    """The generation in use, where the same inputs would come to the same.

    What could not be analyzed is tried again.
    """
    try:
        current = generations.current()
    except StorageError:
        return None
    manifest = current.manifest
    is_same = inputs["catalogue"] and inputs.items() <= manifest.versions.items()
    if not is_same or "not_analyzed" in manifest.counts or not is_whole(current, trusting=trusting):
        return None
    return current


def _counts(catalogue: Catalogue) -> dict[str, int]:
    counts = catalogue.counts(by_kind=False)
    return {
        name: getattr(counts, name)
        for name in ("articles", "versions", "originals", "sightings", "failures")
    }
