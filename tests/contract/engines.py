"""Every engine there is, each made from documents in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.writers.whoosh import WhooshWriter
from search.engine import Engine, MatchRequest
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


ENGINES: dict[str, EngineOf] = {"memory": _memory, "whoosh": _whoosh}


def numbers(engine: Engine, query: Query, **options: object) -> list[int]:
    """The doc numbers that a query finds, in order; `options` are fields of `MatchRequest`."""
    request = replace(MatchRequest(query=query, limit=100), **options)  # type: ignore[arg-type]  # options are fields of MatchRequest
    found = engine.match(request)
    assert found.complete
    assert request.collapse or found.total == len(found.hits)
    return [hit.doc_number for hit in found.hits]
