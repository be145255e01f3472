"""What is grouped again after some articles came and went is what all of them come to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.families.candidates import Gone
from indexer.families.facts import SHORT, Facts
from indexer.families.grouping import Comparisons, Families, FamilyFinder
from indexer.families.shingles import PLACES, Shingles, signature

_KNOWN = np.random.Generator(np.random.PCG64(5)).integers(1 << 62, size=4000, dtype=np.uint64)
DAYS = Facts(("said",) * SHORT, frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Report:
    """What an article is: where in all shingles its text begins and ends, and when it came."""

    begin: int
    size: int
    reported: int


@cache
def text(begin: int, size: int) -> Shingles:
    return np.unique(_KNOWN[begin : begin + size])


def finder(articles: dict[str, Report], comparisons: Comparisons | None = None) -> FamilyFinder:
    ids = sorted(articles)
    texts = {one: text(articles[one].begin, articles[one].size) for one in ids}
    return FamilyFinder(
        ids,
        np.array([signature(texts[one]) for one in ids], np.uint32).reshape(-1, PLACES),
        np.array([articles[one].reported for one in ids], float),
        texts.__getitem__,
        lambda article_id: SAME if article_id < "article 3" else OTHER,
        comparisons=comparisons,
    )


SAME, OTHER = DAYS, Facts(("said",) * SHORT, frozenset({"9"}), frozenset({"9"}))


def after(before: dict[str, Report], now: dict[str, Report], kept: Families) -> Families:
    left = [one for one in sorted(before) if before[one] != now.get(one)]
    came = [at for at, one in enumerate(sorted(now)) if now[one] != before.get(one)]
    gone = [
        Gone(one, signature(text(before[one].begin, before[one].size)), before[one].reported)
        for one in left
    ]
    kept = Families.from_bytes({name: bytes(one) for name, one in kept.to_bytes()})
    return finder(now).families_after(kept, np.array(came, np.int64), gone)


reports = st.builds(
    Report,
    begin=st.integers(0, 60).map(lambda at: at * 7),
    size=st.sampled_from([0, 90, 150]),
    reported=st.integers(0, 3),
)
collections = st.dictionaries(st.integers(0, 70).map(lambda at: f"article {at:02}"), reports)


@settings(max_examples=200)
@given(collections, st.lists(collections, min_size=1, max_size=3), st.data())
def test_what_is_grouped_again_is_what_all_come_to(
    before: dict[str, Report], changes: list[dict[str, Report]], data: st.DataObject
) -> None:
    families = finder(before).families()
    for change in changes:
        left = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
        now = {one: report for one, report in before.items() if one not in left} | change
        families = after(before, now, families)
        for found, whole in zip(families, finder(now).families(), strict=True):
            np.testing.assert_array_equal(found, whole)
        before = now
