"""Both engines in one run: size, time of writing, answers compared, and how long these take.

    python -m benchmarks.cluster --articles 20000 --nodes 1,3 --each 5

Real nodes on this machine, one process of Java each, with 512 MB of heap, one processor and the
quick compiler alone: no production setting. Needs Java 21 and Maven, as the tests of clusters do.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.articles import documents
from benchmarks.machine import describe, size_of
from benchmarks.questions import Question, questions
from indexer.analysis import analyzer
from indexer.generations.engine_choice import Cluster
from indexer.schema import SHOWN_FACETS
from indexer.writers.opensearch import OpenSearchWriter, place_of
from indexer.writers.types import IndexWriter
from indexer.writers.whoosh import WhooshWriter
from search.engine import Engine, FacetCounting, Matches, MatchRequest
from search.engines.opensearch import OpenSearchEngine
from search.engines.whoosh import WhooshEngine
from search.request import DateFilter, Interval, Undated
from tests.cluster.nodes import Nodes

_TOLERANCE = 1e-4
_SAMPLE = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--nodes", default="1,3")
    parser.add_argument("--each", type=int, default=5)
    given = parser.parse_args()
    print(describe())
    asked = questions(list(documents(min(given.articles, _SAMPLE))), given.each)
    with tempfile.TemporaryDirectory() as folder:
        whoosh = Path(folder) / "whoosh"
        _write(given.articles, lambda: WhooshWriter(whoosh, analyzer()), "Whoosh")
        own = size_of(whoosh)
        print(f"Whoosh: {own / 1e6:.0f} MB")
        with closing(WhooshEngine(whoosh, "benchmark")) as engine:
            expected, times = _ask(engine, asked)
            _print(times, "Whoosh")
        for number in map(int, given.nodes.split(",")):
            with Nodes(Path(folder) / f"nodes {number}", nodes=number) as nodes:
                _compare(Path(folder), nodes, given.articles, asked, expected, own)


def _compare(
    folder: Path,
    nodes: Nodes,
    articles: int,
    asked: Sequence[Question],
    expected: Sequence[Matches],
    own: int,
) -> None:
    name = f"{len(nodes.urls)} node{'s' * (len(nodes.urls) > 1)}"
    cluster = Cluster(tuple(nodes.urls), collection="benchmark")
    path = folder / name
    before = nodes.seconds()
    _write(articles, lambda: OpenSearchWriter(path, analyzer(), cluster=cluster), name)
    index = place_of(path)["index"]
    with urllib.request.urlopen(f"{nodes.urls[0]}/{index}/_stats/store") as answer:
        store = json.load(answer)["_all"]["primaries"]["store"]["size_in_bytes"]
    size = store + size_of(path)
    print(
        f"{name}: {store / 1e6:.0f} MB there and {size_of(path) / 1e6:.0f} MB here,"
        f" {size / own:.2f} times Whoosh's; {nodes.seconds() - before:.0f} s of CPU in the nodes"
    )
    with closing(OpenSearchEngine(path, "benchmark", cluster)) as engine:
        _ask(engine, asked)  # once, so that the nodes have compiled what they need
        found, times = _ask(engine, asked)
    _print(times, name)
    differing = [
        question
        for question, own_matches, matches in zip(asked, expected, found, strict=True)
        if not _is_same(own_matches, matches)
    ]
    print(f"{name}: {len(differing)} of {len(asked)} answers differ")
    for question in differing[:5]:
        print(f"  {question}")


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


def _write(articles: int, writer_of: Callable[[], IndexWriter], name: str) -> None:
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    writer = writer_of()
    for document in documents(articles):
        writer.add(document)
    writer.commit()
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name}: written in {time.monotonic() - started:.0f} s, {seconds:.0f} s of CPU here")


def _ask(engine: Engine, asked: Sequence[Question]) -> tuple[list[Matches], dict[str, list[float]]]:
    found, times = [], defaultdict(list)
    for question in asked:
        request = _request(question)
        started = time.perf_counter()
        found.append(engine.match(request))
        times[question.kind].append(1000 * (time.perf_counter() - started))
    return found, times


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


def _print(times: dict[str, list[float]], name: str) -> None:
    for kind, spent in times.items():
        print(f"{name}: {kind}: p50 {median(spent):.2f} ms, most {max(spent):.2f} ms")


if __name__ == "__main__":
    main()
