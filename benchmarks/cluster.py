"""Both engines in one run: size, cost of writing, answers compared, and what questions cost.

    python -m benchmarks.cluster --articles 20000 --nodes 1,1/3,3 --each 5

`--nodes` names layouts that are tried one after the other: so many nodes, and after a stroke so
many parts of the index (one a node that holds data where it is left out). Every question is asked
of both engines in turn, `--rounds` times after one that counts for nothing. Wall times mean little
where others use the machine; processor time is that of everybody who works on an answer: for a
cluster the asking process and all nodes.

Real nodes on this machine, one process of Java each, with 512 MB of heap, one processor and (but
for `--compiler full`) the quick compiler alone: no production setting. Needs Java 21 and Maven, as
the tests of clusters do.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.articles import WORDS, documents
from benchmarks.machine import describe, size_of
from benchmarks.questions import Question, questions
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.generations.engine_choice import Cluster
from indexer.schema import SHOWN_FACETS
from indexer.writers.opensearch import OpenSearchWriter, place_of
from indexer.writers.types import IndexWriter
from indexer.writers.whoosh import WhooshWriter
from search.engine import Engine, FacetCounting, Matches, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.engines.whoosh import WhooshEngine
from search.request import DateFilter, Interval, Undated
from tests.cluster.nodes import QUICK, Nodes

_TOLERANCE = 1e-4
_SAMPLE = 2000
_MB = 1e6


@dataclass
class _Cost:
    """What the questions of one class cost one engine: each wall time, all processor time."""

    wall: list[float] = field(default_factory=list)
    processor: float = 0.0

    def __str__(self) -> str:
        each = 1000 * self.processor / len(self.wall)
        return f"{median(self.wall):.2f} ms (most {max(self.wall):.1f}), CPU {each:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=WORDS, help="at most so many a text")
    parser.add_argument("--nodes", default="1,3")
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compiler", choices=("quick", "full"), default="quick")
    given = parser.parse_args()
    print(describe(), flush=True)

    def articles() -> Iterator[IndexDocument]:
        for document in documents(given.articles):
            yield replace(document, text=" ".join(document.text.split(" ")[: given.words]))

    options = [QUICK] if given.compiler == "quick" else []
    asked = questions(list(documents(min(given.articles, _SAMPLE))), given.each)
    with tempfile.TemporaryDirectory() as folder:
        whoosh = Path(folder) / "whoosh"
        _write(articles(), lambda: WhooshWriter(whoosh, analyzer()), "Whoosh")
        own = size_of(whoosh)
        print(f"Whoosh: {own / _MB:.1f} MB", flush=True)
        with closing(WhooshEngine(whoosh, "benchmark")) as engine:
            for layout in given.nodes.split(","):
                number, _, shards = layout.partition("/")
                home = Path(folder) / layout.replace("/", " of ")
                with Nodes(home, nodes=int(number), options=options) as nodes:
                    _write_there(home / "index", nodes, articles(), shards, own)
                    _compare(home / "index", nodes, asked, engine, given.rounds)


def _write_there(
    path: Path, nodes: Nodes, articles: Iterator[IndexDocument], shards: str, own: int
) -> None:
    """Writes an index to a cluster, and prints what it cost."""
    cluster, name = Cluster(tuple(nodes.urls), collection="benchmark"), _name(path)

    def writer() -> OpenSearchWriter:
        number = int(shards) if shards else None
        return OpenSearchWriter(path, analyzer(), cluster=cluster, shards=number)

    before = nodes.seconds()
    _write(articles, writer, name)
    index = str(place_of(path)["index"])
    stats = _answer(nodes, f"/{index}/_stats/store,segments")["_all"]
    there = stats["primaries"]["store"]["size_in_bytes"]
    size = there + size_of(path)
    print(
        f"{name}: {there / _MB:.1f} MB there ({stats['total']['store']['size_in_bytes'] / _MB:.1f}"
        f" with copies) and {size_of(path) / _MB:.1f} MB here, {size / own:.2f} times Whoosh's;"
        f" {stats['primaries']['segments']['count']} segments;"
        f" {nodes.seconds() - before:.0f} s of CPU in the nodes",
        flush=True,
    )
    _print_memory(nodes, name, "after writing")


def _compare(
    path: Path, nodes: Nodes, asked: Sequence[Question], whoosh: Engine, rounds: int
) -> None:
    """Asks both engines in turn, and prints what each takes and where their answers differ."""
    name = _name(path)
    own: dict[str, _Cost] = defaultdict(_Cost)
    there: dict[str, _Cost] = defaultdict(_Cost)
    differing: list[Question] = []
    cluster = Cluster(tuple(nodes.urls), collection="benchmark")

    def used_there() -> float:
        return nodes.seconds() + time.process_time()

    with closing(OpenSearchEngine(path, "benchmark", cluster)) as engine:
        for number in range(rounds + 1):
            for kind in dict.fromkeys(question.kind for question in asked):
                same = [question for question in asked if question.kind == kind]
                ours, theirs = (own[kind], there[kind]) if number else (_Cost(), _Cost())
                expected = _ask(whoosh, same, ours, time.process_time)
                found = _ask(engine, same, theirs, used_there)
                if not number:
                    differing += [
                        question
                        for question, one, other in zip(same, expected, found, strict=True)
                        if not _is_same(one, other)
                    ]
    for kind, cost in there.items():
        print(f"{name}: {kind}: {cost}; Whoosh {own[kind]}")
    print(f"{name}: {len(differing)} of {len(asked)} answers differ")
    for question in differing[:5]:
        print(f"  {question}")
    _print_memory(nodes, name, f"after asking {(rounds + 1) * len(asked)} questions")


def _is_same(one: Matches, other: Matches) -> bool:
    """Equal counts, and scores as near as numbers of 32 bits are; equal ones may change places."""
    scores = [hit.score for hit in one.hits], [hit.score for hit in other.hits]
    near = all(
        abs(a - b) <= _TOLERANCE * max(abs(a), abs(b)) for a, b in zip(*scores, strict=True)
    ) if len(scores[0]) == len(scores[1]) else False  # fmt: skip
    facets = {
        name: [value.count for value in values.values] for name, values in one.facets.items()
    } == {name: [value.count for value in values.values] for name, values in other.facets.items()}
    return (one.total, one.families) == (other.total, other.families) and near and facets


def _write(
    articles: Iterator[IndexDocument], writer_of: Callable[[], IndexWriter], name: str
) -> None:
    started, before = time.monotonic(), time.process_time()
    writer = writer_of()
    for document in articles:
        writer.add(document)
    writer.commit()
    took, used = time.monotonic() - started, time.process_time() - before
    print(f"{name}: written in {took:.0f} s, {used:.0f} s of CPU here", flush=True)


def _ask(
    engine: Engine, asked: Sequence[Question], cost: _Cost, used: Callable[[], float]
) -> list[Matches]:
    found, before = [], used()
    for question in asked:
        request = _request(question)
        started = time.perf_counter()
        found.append(engine.match(request))
        cost.wall.append(1000 * (time.perf_counter() - started))
    cost.processor += used() - before
    return found


def _request(question: Question) -> MatchRequest:
    dates = DateFilter()
    if question.dates is not None:
        dates = DateFilter("published", *question.dates, Undated.EXCLUDE)
    page = question.is_page
    return MatchRequest(
        query=question.query,
        dates=dates,
        facets=tuple(FacetCounting(name, 10) for name in SHOWN_FACETS) if page else (),
        histogram=Interval.MONTH if page else None,
        time_budget=60.0,
    )


def _print_memory(nodes: Nodes, name: str, when: str) -> None:
    """Heap in use once what nobody needs is collected, its highest, and what is resident."""
    nodes.collect_garbage()
    heaps, peaks = [], []
    for node in _answer(nodes, "/_nodes/stats/jvm")["nodes"].values():
        memory = node["jvm"]["mem"]
        heaps.append(memory["heap_used_in_bytes"] / _MB)
        peaks.append(sum(pool["peak_used_in_bytes"] for pool in memory["pools"].values()) / _MB)
    print(
        f"{name}: {when}: heap {', '.join(f'{heap:.0f}' for heap in heaps)} MB in use"
        f" ({', '.join(f'{peak:.0f}' for peak in peaks)} at most), resident"
        f" {', '.join(f'{size / _MB:.0f}' for size in nodes.resident())} MB",
        flush=True,
    )


def _answer(nodes: Nodes, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(nodes.urls[0] + path) as answer:
        return dict(json.load(answer))


def _name(path: Path) -> str:
    """Of a layout, as its folder is called."""
    number, _, shards = path.parent.name.partition(" of ")
    parts = f", {shards} shards" if shards else ""
    return f"{number} node{'s' * (number != '1')}{parts}"


if __name__ == "__main__":
    main()
