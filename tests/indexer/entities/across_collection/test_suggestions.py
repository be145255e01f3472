"""Suggestions rank likely merges with their evidence, and leave out what a person decided."""

from __future__ import annotations

from pathlib import Path

from indexer.entities import Authority
from indexer.entities.across_collection.suggestions import suggest
from indexer.entities.authority.decisions import Action, Decision
from tests.indexer.entities.articles import ORG, article, canonicalize

ARTICLES = {
    "1": article(["Gorge Ball"]),
    "2": article(["George Ball", "Ball"]),
    "3": article(["Greta Ball", "Ball"]),
    "4": article(["Ball"]),
    "5": article(["Horn Relief Forum"], kind=ORG),
    "6": article(["HRF"], kind=ORG),
    "7": article(["Anna Kern"]),
}


def test_pairs_come_with_a_reason_and_unlikely_ones_not_at_all(tmp_path: Path) -> None:
    _, directory = canonicalize(ARTICLES, tmp_path)
    found = suggest(directory.entities(), Authority())
    reasons = {frozenset((one.one.label, one.other.label)): one.reason for one in found}
    assert "initials" in reasons[frozenset({"HRF", "Horn Relief Forum"})]
    assert "surname" in reasons[frozenset({"Ball", "George Ball"})]
    assert "one letter" in reasons[frozenset({"Gorge Ball", "George Ball"})]
    assert frozenset({"George Ball", "Greta Ball"}) not in reasons
    assert not any("Anna Kern" in pair for pair in reasons)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert len(suggest(directory.entities(), Authority(), limit=1)) == 1


def test_what_was_decided_is_not_suggested_again(tmp_path: Path) -> None:
    _, directory = canonicalize(ARTICLES, tmp_path)
    pair = [directory.resolve(name)[0] for name in ("HRF", "Horn Relief Forum")]
    decided = Decision(
        action=Action.DISTINCT,
        entities=tuple(one.entity_id for one in pair),
        who="test",
        when="2026-01-01T00:00:00+00:00",
    )
    found = suggest(directory.entities(), Authority([decided]))
    assert not any(
        {one.one.label, one.other.label} == {"HRF", "Horn Relief Forum"} for one in found
    )
