"""Names: found how well and how fast, against plain rules and, where installed, spaCy.

    python -m benchmarks.entities ../shared/data                   # minutes
    python -m benchmarks.entities ../shared/data --cross-domain    # also trains; half an hour

Strict spans: begin, end and kind must all be right. Every tagger reads the same text through the
same door, in the same run. `benchmarks/entities/floors.json` holds what must be kept;
`tests/quality/test_entities.py` checks it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.entities import merging
from benchmarks.entities.rules import RuleTagger
from indexer.entities import tagger
from indexer.entities.tagging.spacy_tagger import SpacyTagger, installed_model
from indexer.entities.training.gold import LabeledArticle, held_out, read_set
from indexer.entities.training.lessons import lessons
from indexer.entities.training.scoring import SCORED, score
from indexer.entities.training.train import (
    GOLD_SETS,
    HELD_OUT,
    SILVER_HELD_OUT,
    SILVER_SET,
    learn,
    learn_lists,
)
from indexer.entities.types import Tagger

FLOORS = Path(__file__).with_name("floors.json")


def unseen_sets(shared: Path) -> dict[str, Sequence[LabeledArticle]]:
    """What the shipped model never saw of each set; sets it did not learn from, whole."""
    sets: dict[str, Sequence[LabeledArticle]] = {}
    for name in GOLD_SETS:
        sets[name] = held_out(_read(shared, name), HELD_OUT)[1]
    sets[SILVER_SET] = held_out(_read(shared, SILVER_SET), SILVER_HELD_OUT)[1]
    sets["wnut17"] = _read(shared, "wnut17")
    return sets


def _read(shared: Path, name: str) -> list[LabeledArticle]:
    return read_set(shared / "entities" / f"{name}.jsonl.gz")


def taggers() -> dict[str, Tagger]:
    """The taggers to compare: ours, plain rules, and spaCy with a model where there is one."""
    compared: dict[str, Tagger] = {
        "shipped": tagger(),
        "careful": tagger("careful"),
        "rules": RuleTagger(),
    }
    model = installed_model()
    if model is not None:
        compared[f"spacy {model}"] = SpacyTagger(model)
    return compared


def tagging(shared: Path) -> dict[str, Any]:
    """Tagger → set → kind → precision, recall, F1; and words a second."""
    sets = unseen_sets(shared)
    return {
        name: {label: _figures(candidate, articles) for label, articles in sets.items()}
        for name, candidate in taggers().items()
    }


def _figures(candidate: Tagger, articles: Sequence[LabeledArticle]) -> dict[str, Any]:
    scores, speed = score(candidate, articles)
    return {
        "words_per_second": round(speed),
        **{
            kind: {
                "precision": round(scores[kind].precision, 4),
                "recall": round(scores[kind].recall, 4),
                "f1": round(scores[kind].f1, 4),
            }
            for kind in SCORED
        },
    }


def cross_domain(shared: Path) -> dict[str, Any]:
    """Each gold set, tagged by a model that learned from the others only."""
    lists = learn_lists(shared)
    sets = {name: _read(shared, name) for name in GOLD_SETS}
    result = {}
    for left_out, articles in sets.items():
        others = [one for name, rest in sets.items() if name != left_out for one in rest]
        result[left_out] = _figures(learn(list(lessons(others)), lists).tagger(), articles)
    return result


def main() -> None:
    """Prints every figure as one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path, help="the folder of labeled texts: ../shared/data")
    parser.add_argument("--cross-domain", action="store_true", help="train without a set, too")
    options = parser.parse_args()
    if not options.shared.is_dir():
        parser.error(f"needs the labeled texts, which are not in {options.shared}")
    report: dict[str, Any] = {
        "tagging": tagging(options.shared),
        "merging": {
            "diplomatic_persons": merging.diplomatic(options.shared).summary(),
            "diplomatic_persons_found": merging.diplomatic_found(
                options.shared, every=20
            ).summary(),
            "world_events_linked": merging.linked_events(options.shared).summary(),
        },
    }
    if options.cross_domain:
        report["cross_domain"] = cross_domain(options.shared)
    print(json.dumps(report, indent=2))
