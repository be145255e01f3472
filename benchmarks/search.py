"""How fast is a question answered, against peers in the same run, on one core?

    python -m benchmarks.search [--articles 10000] [--each 30] [--peers dispatches,tantivy,…]

Before any time counts, the sets of all hits are compared with ours, class by class; a class where
they differ is marked with what differs. Prints p50/p95/p99 in ms and the ratio of the medians.

An answer of a plain class is the total and the public ids of ten articles, as the users of each
peer read them. A second table has the times until the peer's own addresses are there.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.peers import PEERS, Peer
from benchmarks.questions import CLASSES, Question, questions

CLOCKS = {"wall": time.perf_counter, "cpu": time.thread_time}
OURS = "dispatches"
Times = dict[tuple[str, str], list[float]]
"""Milliseconds by peer and class."""

_WARM = 3  # questions of each class asked before the clock runs
_COMPARED = 10  # questions of each class whose sets of hits are compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=30, help="questions a class")
    parser.add_argument("--peers", default=",".join(PEERS), help="who takes part")
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use those there")
    parser.add_argument(
        "--clock",
        choices=sorted(CLOCKS),
        default="wall",
        help="cpu: the time of the asking thread alone, where other jobs keep the machine busy",
    )
    options = parser.parse_args()
    machine.use_one_core()
    names = [name for name in options.peers.split(",") if name]
    asked = questions(list(islice(documents(options.articles), 4000)), options.each)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        peers = {name: ready(name, folder, options.articles) for name in names}
        print(
            f"{options.articles:,} articles, {options.each} questions a class, one core, "
            f"{options.clock} time"
        )
        print(machine.describe(), end="\n\n")
        agreed = compare(peers, asked, options.articles)
        times, bare = measure(peers, asked, CLOCKS[options.clock])
        for peer in peers.values():
            peer.close()
    report(times, agreed, names)
    print("\nWithout ids: until the peer's own addresses of the hits are there\n")
    report(bare, agreed, names)


def ready(name: str, folder: Path, articles: int) -> Peer:
    """A peer with its index open; the index is made unless it lies in `folder` already."""
    own = folder / f"{name.replace(' ', '-')}-{articles}"
    peer = PEERS[name]()
    if not own.exists():
        started = time.perf_counter()
        peer.build(own, documents(articles))
        print(f"{name}: built in {time.perf_counter() - started:.0f} s", flush=True)
    peer.open(own)
    return peer


def compare(
    peers: dict[str, Peer], asked: Sequence[Question], articles: int
) -> dict[tuple[str, str], str]:
    """For each peer and class, in how many questions its hits are other than ours."""
    differing: dict[tuple[str, str], str] = {}
    for kind in CLASSES:
        sample = [question for question in asked if question.kind == kind][:_COMPARED]
        ours = [set(peers[OURS].ranked(question, articles)) for question in sample]
        for name, peer in peers.items():
            if name == OURS or kind in peer.kinds_missing:
                continue
            others = [set(peer.ranked(question, articles)) for question in sample]
            wrong = [len(a ^ b) for a, b in zip(ours, others, strict=True) if a != b]
            if wrong:
                differing[name, kind] = f"{len(wrong)} of {len(sample)} sets differ by {sum(wrong)}"
    return differing


def measure(
    peers: dict[str, Peer], asked: Sequence[Question], clock: Callable[[], float]
) -> tuple[Times, Times]:
    """Milliseconds by peer and class: one class after the other, in it one peer after the other.

    Returns:
        the whole times, and those until ids are read (classes of pages left out).

    Garbage is collected between them only: a collection empties what the interpreter keeps at hand
    and costs the next question 0.3 ms, which no server pays.
    """
    times: Times = {}
    bare: Times = {}
    for kind in CLASSES:
        of_kind = [question for question in asked if question.kind == kind]
        for name, peer in peers.items():
            if kind not in peer.kinds_missing:
                gc.collect()
                gc.disable()
                taken = [_milliseconds(peer, question, clock) for question in of_kind][_WARM:]
                gc.enable()
                times[name, kind] = [whole for whole, _ in taken]
                if not of_kind[0].is_page:
                    bare[name, kind] = [found for _, found in taken]
    return times, bare


def _milliseconds(
    peer: Peer, question: Question, clock: Callable[[], float]
) -> tuple[float, float]:
    """Until the answer is there, and until the hits were found."""
    started = clock()
    if question.is_page:
        peer.page(question)
        found = clock()
    else:
        hits = peer.find(question)
        found = clock()
        peer.ids(hits)
    return (clock() - started) * 1000, (found - started) * 1000


def report(times: Times, agreed: dict[tuple[str, str], str], names: list[str]) -> None:
    """Prints one table of times and one of ratios, in Markdown."""
    kinds = [kind for kind in CLASSES if (OURS, kind) in times]
    print(f"| class | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    for kind in kinds:
        cells = [_cell(times.get((name, kind), []), (name, kind) in agreed) for name in names]
        print(f"| {kind} | {' | '.join(cells)} |")
    print("\nms, p50/p95/p99; ≠ marks classes whose hits differ from ours")
    others = [name for name in names if name != OURS]
    print(f"\n| ours / theirs, p50 (p95) | {' | '.join(others)} |\n|---|{'---|' * len(others)}")
    ratios: dict[str, dict[str, list[float]]] = {}
    for kind in kinds:
        own = np.percentile(times[OURS, kind], (50, 95))
        cells = []
        for name in others:
            if their := times.get((name, kind)):
                ratio = (own / np.percentile(their, (50, 95))).round(6).tolist()
                ratios.setdefault(name, {})[kind] = ratio
                cells.append(f"{ratio[0]:.3g} ({ratio[1]:.3g})")
            else:
                cells.append("–")
        print(f"| {kind} | {' | '.join(cells)} |")
    for (name, kind), difference in agreed.items():
        print(f"hits of {name}, {kind}: {difference}")
    print(json.dumps(ratios))


def _cell(taken: list[float], differs: bool) -> str:
    if not taken:
        return "–"
    p50, p95, p99 = np.percentile(taken, (50, 95, 99))
    return f"{p50:.2f}/{p95:.2f}/{p99:.2f}{' ≠' if differs else ''}"


if __name__ == "__main__":
    main()
