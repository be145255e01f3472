"""Every engine there is, each made from documents in the same way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.generations.engine_choice import Cluster
from indexer.writers.opensearch import OpenSearchWriter
from indexer.writers.whoosh import WhooshWriter
from search.engine import Engine, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.engines.whoosh import WhooshEngine
from search.language.query import Query
from tests.contract.memory_engine import MemoryEngine

EngineOf = Callable[[Sequence[IndexDocument], Path], Engine]


def _memory(documents: Sequence[IndexDocument], _folder: Path) -> Engine:
    return MemoryEngine(documents, analyzer(), generation="contract")


def _whoosh(documents: Sequence[IndexDocument], folder: Path) -> Engine:
    writer = WhooshWriter(folder, analyzer())
    for document in documents:
        writer.add(document)
    writer.commit()
    return WhooshEngine(folder, "contract")


def opensearch(urls: Sequence[str], *, shards: int = 1) -> EngineOf:
    """The engine of a cluster, each index of it being another collection's."""

    def made(documents: Sequence[IndexDocument], folder: Path) -> Engine:
        cluster = Cluster(tuple(urls), collection=secrets.token_hex(6))
        writer = OpenSearchWriter(folder, analyzer(), cluster=cluster, shards=shards)
        for document in documents:
            writer.add(document)
        writer.commit()
        return OpenSearchEngine(folder, "contract", cluster)

    return made


ENGINES: dict[str, EngineOf] = {"memory": _memory, "whoosh": _whoosh}


def numbers(engine: Engine, query: Query, **options: object) -> list[int]:
    """The doc numbers that a query finds, in order; `options` are fields of `MatchRequest`."""
    request = replace(MatchRequest(query=query, limit=100), **options)  # type: ignore[arg-type]  # options are fields of MatchRequest
    found = engine.match(request)
    assert found.complete
    assert request.collapse or found.total == len(found.hits)
    return [hit.doc_number for hit in found.hits]
