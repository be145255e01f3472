"""Status: how does a collection stand? What was taken in, what is searchable, what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NoIndex, StorageError
from corpus.home import Home, exposed
from corpus.store import Catalogue
from indexer.generations.engine_choice import chosen
from indexer.generations.publishing import OPENSEARCH, WHOOSH, Generations


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The facts of one collection.

    Attributes:
        articles, versions, sightings, failures: in the catalogue, see `corpus.store.Counts`.
        by_kind: articles by kind of page. failures_by_reason: failures by code of error.
        generation: the one in use; None before the first rebuild, and then all below is empty.
        counts, versions_used: of its manifest.
        indexed_from: counts of the catalogue when it was built.
        generations: names of all that are kept, oldest first.
        up_to_date: is every article as it was when the generation in use was built?
        engine: what holds its index: `whoosh`, or `opensearch` and where.
        missing: what a cluster that holds it lacks, or why it cannot be asked.
        exposed: which folders and files others on this machine may read or change, below `home`;
            `.` for itself.
    """

    home: str
    articles: int
    versions: int
    sightings: int
    failures: int
    by_kind: Mapping[str, int]
    failures_by_reason: Mapping[str, int]
    generation: str | None
    built_at: str
    counts: Mapping[str, int]
    versions_used: Mapping[str, str]
    indexed_from: Mapping[str, int]
    generations: tuple[str, ...]
    up_to_date: bool
    engine: str
    missing: str
    exposed: tuple[str, ...]


def status_of(home: Home) -> Status:
    """Reads how a collection stands.

    Raises:
        NoCatalogue: nothing was taken in yet.
        StorageError: the catalogue or the index is damaged.
    """
    with Catalogue.open(home, readonly=True) as catalogue:
        counts, state = catalogue.counts(), catalogue.state()
        reasons = Counter(failure.code for failure in catalogue.failures())
    generations = Generations(home.index)
    try:
        manifest = generations.current().manifest
    except NoIndex:
        manifest = None
    engine, missing = _engine(home, generations.folder / manifest.name) if manifest else ("", "")
    return Status(
        home=str(home.path),
        articles=counts.articles,
        versions=counts.versions,
        sightings=counts.sightings,
        failures=counts.failures,
        by_kind=dict(sorted(counts.by_kind.items())),
        failures_by_reason=dict(sorted(reasons.items())),
        generation=manifest.name if manifest else None,
        built_at=manifest.built_at if manifest else "",
        counts=manifest.counts if manifest else {},
        versions_used=manifest.versions if manifest else {},
        indexed_from=manifest.catalogue if manifest else {},
        generations=tuple(generations.names()),
        up_to_date=bool(manifest and state and state == manifest.versions.get("catalogue")),
        engine=engine,
        missing=missing,
        exposed=exposed_of(home),
    )


def missing_in_cluster(home: Home, generation: Path) -> str:
    """What a cluster lacks of a generation that is in one, or why that cannot be told."""
    folder = generation / OPENSEARCH
    if not folder.is_dir():
        return ""
    from indexer.writers import opensearch  # noqa: PLC0415 - few collections are in a cluster

    cluster = chosen(home)
    if cluster is None:
        return "no cluster is named that holds its articles"
    try:
        return opensearch.missing(cluster, folder)
    except StorageError as error:
        return str(error)


def _engine(home: Home, generation: Path) -> tuple[str, str]:
    cluster = chosen(home)
    if not (generation / OPENSEARCH).is_dir():
        return WHOOSH, ""
    where = ", ".join(cluster.urls) if cluster else "an unnamed cluster"
    return f"{OPENSEARCH} at {where}", missing_in_cluster(home, generation)


def exposed_of(home: Home) -> tuple[str, ...]:
    """Names of what others on this machine may read or change; empty as it should be."""
    return tuple(path.relative_to(home.path).as_posix() for path in exposed(home))
