"""Names are found and merged no worse than the floors that were once reached."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.entities import merging, tagging
from benchmarks.entities.rules import RuleTagger
from indexer.entities import tagger
from indexer.entities.training.scoring import SCORED, score

pytestmark = [pytest.mark.shared, pytest.mark.slow]
FLOORS: dict[str, Any] = json.loads(tagging.FLOORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(FLOORS["tagging"]))
def test_tagging_keeps_its_floors_and_beats_plain_rules(shared_data: Path, name: str) -> None:
    articles = tagging.unseen_sets(shared_data)[name]
    ours, _ = score(tagger(), articles)
    rules, _ = score(RuleTagger(), articles)
    for kind in SCORED:
        assert ours[kind].f1 >= FLOORS["tagging"][name][kind], f"{kind} in {name}"
        assert ours[kind].f1 > rules[kind].f1


@pytest.mark.parametrize("name", sorted(FLOORS["careful"]))
def test_careful_tagging_keeps_its_floors(shared_data: Path, name: str) -> None:
    reached, _ = score(tagger("careful"), tagging.unseen_sets(shared_data)[name])
    for kind in SCORED:
        assert reached[kind].f1 >= FLOORS["careful"][name][kind], f"{kind} in {name}"


def test_persons_merge_as_historians_identified_them(shared_data: Path) -> None:
    reached = merging.diplomatic(shared_data, every=3).summary()
    for measure, floor in FLOORS["merging"]["diplomatic_persons"].items():
        assert reached[measure] >= floor, measure


def test_persons_found_in_papers_merge_as_historians_identified_them(shared_data: Path) -> None:
    reached = merging.diplomatic_found(shared_data, every=20).summary()
    for measure, floor in FLOORS["merging"]["diplomatic_persons_found"].items():
        assert reached[measure] >= floor, measure


def test_names_in_linked_events_merge_as_wikipedia_links_them(shared_data: Path) -> None:
    reached = merging.linked_events(shared_data).summary()
    for measure, floor in FLOORS["merging"]["world_events_linked"].items():
        assert reached[measure] >= floor, measure
