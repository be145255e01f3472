"""How good is the order of hits? Classic test collections with judgements, against peers.

    python -m benchmarks.relevance [--peers dispatches,dispatches-forms,…]

Every engine gets the same words (our analyzer, without stop words) as a disjunction. Prints
nDCG@10, MAP and recall@100 by collection. The judgements of `../shared/data/relevance` are needed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.articles import SHARED
from benchmarks.peers import RANKERS
from benchmarks.questions import Question
from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from search.language.query import Or, Term

COLLECTIONS = ("cranfield", "cisi", "npl", "med")
_DEPTH = 1000


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, questions, and for each question the grades of its relevant articles."""

    name: str
    ids: tuple[str, ...]
    documents: tuple[IndexDocument, ...]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the questions of one collection."""

    ndcg: float
    average_precision: float
    recall: float


def load(name: str) -> Collection:
    """Reads a collection."""
    folder = SHARED / "relevance"
    judged = json.loads((folder / f"{name}.judgements.json").read_text(encoding="utf-8"))
    with gzip.open(folder / f"{name}.docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    questions = {key: text for key, text in judged["queries"].items() if judged["qrels"].get(key)}
    ids = tuple(record["id"] for record in records)
    return Collection(name, ids, tuple(_documents(records)), questions, judged["qrels"])


def _documents(records: list[dict[str, str]]) -> Iterator[IndexDocument]:
    for record in records:
        yield IndexDocument(
            article_id=record["id"],
            title=record["title"],
            text=record["text"],
            collected=PartialDate("2026-11-22", "collected"),
            family_id=record["id"],
            original_sha256="0" * 64,
        )


def question(text: str) -> Question:
    """A question of many words: any of them, the better the more, stop words left out."""
    words = analyzer()
    surfaces = words.surfaces(text)
    telling = [one for one in surfaces if not words.is_stop_word(one)] or surfaces
    terms = tuple(Term(words.stem(one)) for one in telling)
    return Question("3-5 term OR", Or(terms), tuple(telling))


def assess(ranked: list[str], grades: Mapping[str, int]) -> Quality:
    """nDCG@10 (Järvelin and Kekäläinen 2002, gains as graded), average precision, recall@100."""
    gains = [grades.get(one, 0) / math.log2(at + 2) for at, one in enumerate(ranked[:10])]
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = sum(grade / math.log2(at + 2) for at, grade in enumerate(best))
    met, precision = 0, 0.0
    for at, one in enumerate(ranked, start=1):
        if grades.get(one, 0) > 0:
            met += 1
            precision += met / at
    relevant = sum(grade > 0 for grade in grades.values())
    found = sum(grades.get(one, 0) > 0 for one in ranked[:100])
    return Quality(sum(gains) / ideal, precision / relevant, found / relevant)


def measure(name: str, collection: Collection, folder: Path) -> Quality:
    """Means of one peer over one collection."""
    peer = RANKERS[name]()
    peer.build(folder, collection.documents)
    peer.open(folder)
    results = []
    for key, text in collection.questions.items():
        numbers = peer.ranked(question(text), _DEPTH)
        ranked = [collection.ids[number] for number in numbers]
        results.append(assess(ranked, collection.grades[key]))
    peer.close()
    return Quality(
        *(
            sum(values) / len(results)
            for values in zip(
                *((one.ndcg, one.average_precision, one.recall) for one in results), strict=True
            )
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--peers", default=",".join(RANKERS), help="who takes part")
    names = parser.parse_args().peers.split(",")
    if not (SHARED / "relevance").is_dir():
        sys.exit(f"needs the collections in {SHARED / 'relevance'}, which are not on this machine")
    print(machine.describe(), end="\n\n")
    print(f"| nDCG@10 / MAP / recall@100 | {' | '.join(COLLECTIONS)} | mean nDCG@10 |")
    print(f"|---|{'---|' * len(COLLECTIONS)}---|")
    collections = [load(name) for name in COLLECTIONS]
    for name in names:
        found = []
        for collection in collections:
            with tempfile.TemporaryDirectory() as folder:
                found.append(measure(name, collection, Path(folder) / "index"))
        cells = [f"{q.ndcg:.4f} / {q.average_precision:.4f} / {q.recall:.4f}" for q in found]
        mean = sum(quality.ndcg for quality in found) / len(found)
        print(f"| {name} | {' | '.join(cells)} | {mean:.4f} |", flush=True)


if __name__ == "__main__":
    main()
