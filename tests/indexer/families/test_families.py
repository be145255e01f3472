"""Reprints are one family; what only shares a paragraph or a template is not."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.families.facts import SHORT, Facts
from indexer.families.grouping import Families, FamilyFinder, group
from indexer.families.shingles import PLACES, Shingles, overlap, shingles, signature

SAME = Facts(("said",) * SHORT, frozenset(), frozenset())
"""What all the texts of a test say, where only their likeness is asked for."""


def words(count: int, seed: int) -> list[str]:
    source = random.Random(seed)
    return ["".join(source.choices("abcdefghijklmnop", k=5)) for _ in range(count)]


def text(seed: int, count: int = 200) -> str:
    return " ".join(words(count, seed))


def changed(original: str, share: float, seed: int) -> str:
    source = random.Random(seed)
    return " ".join("edited" if source.random() < share else word for word in original.split(" "))


def finder_of(texts: dict[str, Shingles], *, reported: Sequence[float]) -> FamilyFinder:
    found = [signature(these) for these in texts.values()]
    signatures = np.array(found, np.uint32).reshape(-1, PLACES)
    return FamilyFinder(
        list(texts), signatures, np.array(reported, float), texts.__getitem__, lambda _: SAME
    )


def named(texts: Iterable[str], families: Families) -> dict[str, str]:
    """Of each text the first of its family."""
    names = list(texts)
    return {one: names[first] for one, first in zip(names, families.first.tolist(), strict=True)}


def test_reprints_are_one_family_named_by_the_first_and_others_stay_alone() -> None:
    wire = text(1)

    families = group(
        [
            ("wire", wire),
            ("respelled", changed(wire, 0.05, seed=2)),
            ("stranger", text(3)),
            ("shortened", " ".join(wire.split(" ")[:110])),
            ("new-lead", f"{text(4, 40)} {wire}"),
        ]
    )
    assert families == {
        "wire": "wire", "respelled": "wire", "shortened": "wire", "new-lead": "wire",
        "stranger": "stranger",
    }  # fmt: skip


@pytest.mark.parametrize(
    "letters", ["абвгдежзиклмнопр", "ابتثجحخدذرزسشصضط", "日月火水木金土天地人心手"]
)
def test_no_language_need_be_known(letters: str) -> None:
    source = random.Random(5)
    wire = " ".join("".join(source.choices(letters, k=4)) for _ in range(150))

    families = group([("a", wire), ("b", changed(wire, 0.05, seed=6)), ("c", text(7))])
    assert families == {"a": "a", "b": "a", "c": "c"}


def test_quoting_a_paragraph_makes_no_reprint() -> None:
    quoted, own = text(8), text(9)

    assert group([("a", quoted), ("b", f"{quoted[:300]} {own}")]) == {"a": "a", "b": "b"}


def test_a_digest_ties_together_none_of_its_parts() -> None:
    parts = [text(seed, 80) for seed in range(10, 16)]

    families = group([(str(at), part) for at, part in enumerate(parts)] + [("d", " ".join(parts))])
    assert len(set(families.values())) == 7


def test_a_chain_of_changes_does_not_tie_its_ends_together() -> None:
    """Each version replaces a fifth of the one before; the last shares nothing with the first."""
    whole = words(400, seed=20)
    versions = [" ".join(whole[start : start + 200]) for start in range(0, 201, 40)]

    families = group([(str(at), version) for at, version in enumerate(versions)])
    assert families["0"] == families["1"] == "0"
    assert families["5"] != "0"


def test_a_crowd_of_reprints_is_one_family() -> None:
    wire = text(30)

    families = group((f"{at:03}", changed(wire, 0.04, seed=at)) for at in range(120))
    assert set(families.values()) == {"000"}


def test_texts_without_words_are_no_reprints_of_each_other() -> None:
    assert group([("a", ""), ("b", ""), ("c", "…")]) == {"a": "a", "b": "b", "c": "c"}


def test_equal_short_texts_are_one_family_where_they_say_enough() -> None:
    told = "Nine people were killed in Kharkiv on Monday when a missile struck a house near the"
    assert group([("a", f"{told} river."), ("b", f"{told} river")]) == {"a": "a", "b": "a"}
    assert group([("a", told), ("b", told)]) == {"a": "a", "b": "a"}  # 16 words
    fewer = told.removesuffix(" the")
    assert group([("a", fewer), ("b", fewer)]) == {"a": "a", "b": "b"}


@given(st.lists(st.sampled_from([text(seed, 60) for seed in range(4)] + [""])))
def test_every_article_is_in_exactly_one_family_which_is_named_by_its_first(
    texts: list[str],
) -> None:
    ids = [f"{at:03}" for at in range(len(texts))]

    families = group(zip(ids, texts, strict=True))
    assert list(families) == ids
    for article_id, family in families.items():
        assert family <= article_id
        assert families[family] == family
        assert texts[ids.index(family)] == texts[ids.index(article_id)]


@given(st.lists(st.sampled_from("abcde"), max_size=60), st.lists(st.sampled_from("abcde")))
def test_overlap_is_that_of_the_sets_of_word_runs(one: list[str], other: list[str]) -> None:
    def runs(of: list[str]) -> set[tuple[str, ...]]:
        return {tuple(of[at : at + 3]) for at in range(max(1, len(of) - 2))} if of else set()

    found = overlap(shingles(one), shingles(other))
    shared, either = len(runs(one) & runs(other)), len(runs(one) | runs(other))
    assert found.resemblance == (shared / either if shared else 0.0)
    assert found.containment == (shared / min(len(runs(one)), len(runs(other))) if shared else 0.0)


def test_a_signature_estimates_the_resemblance() -> None:
    original = words(600, seed=40)
    for share in (0.1, 0.3, 0.5):
        other = changed(" ".join(original), share, seed=41).split(" ")
        real = overlap(shingles(original), shingles(other)).resemblance
        equal = (signature(shingles(original)) == signature(shingles(other))).mean()
        assert abs(real - equal) < 4 * np.sqrt(real * (1 - real) / PLACES)


def test_shingles_are_sorted_and_distinct() -> None:
    found = shingles(words(500, seed=50) * 2).tolist()

    assert all(one < other for one, other in pairwise(found))


def test_articles_may_come_in_any_order_of_time() -> None:
    wire, other = shingles(text(1).split(" ")), shingles(text(2).split(" "))
    known = {"later reprint": wire, "stranger": other, "first report": wire}
    finder = finder_of(known, reported=[3.0, 2.0, 1.0])

    families = named(known, finder.families())

    assert families == {
        "later reprint": "first report",
        "first report": "first report",
        "stranger": "stranger",
    }


def test_articles_that_come_together_may_lie_in_any_rows() -> None:
    wire, other = shingles(text(1).split(" ")), shingles(text(2).split(" "))
    known = {"later reprint": wire, "stranger": other, "first report": wire}
    signatures = np.stack(
        [signature(other), signature(wire), signature(shingles(text(3).split(" ")))]
    )
    finder = FamilyFinder(
        list(known),
        signatures,
        np.array([3.0, 2.0, 1.0]),
        known.__getitem__,
        lambda _: SAME,
        rows=np.array([1, 0, 1]),
    )

    assert named(known, finder.families()) == {
        "later reprint": "first report",
        "first report": "first report",
        "stranger": "stranger",
    }


def sets(*ranges: range) -> dict[str, Shingles]:
    """Texts as the sets of their shingles, named 0, 1, …, in the order of their reports."""
    known = np.unique(np.random.Generator(np.random.PCG64(9)).integers(1 << 62, size=4000))
    return {str(at): known[list(these)].astype(np.uint64) for at, these in enumerate(ranges)}


def families_of(texts: dict[str, Shingles]) -> dict[str, str]:
    finder = finder_of(texts, reported=range(len(texts)))
    return named(texts, finder.families())


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        (range(70), range(200), True),  # of all their shingles they share 0.350
        (range(69), range(200), False),  # 0.345
        (range(200), range(90, 290), True),  # of the shorter text's shingles they share 0.550
        (range(200), range(91, 291), False),  # 0.545
    ],
)
def test_the_overlap_that_makes_a_reprint(one: range, other: range, family: bool) -> None:
    texts = sets(one, other)
    assert len(set(families_of(texts).values())) == (1 if family else 2)


@pytest.mark.parametrize(
    ("first", "between", "last", "family"),
    [
        # What the first and the last share of all their shingles: 60 of 300, then 59 of 301.
        (range(100), range(160), range(40, 300), True),
        (range(100), range(160), range(41, 301), False),
        # What they share of the shorter: 80 of 200, then 79.
        (range(200), range(50, 250), range(120, 320), True),
        (range(200), range(50, 250), range(121, 321), False),
    ],
)
def test_an_edited_version_is_held_against_the_first_report(
    first: range, between: range, last: range, family: bool
) -> None:
    texts = sets(first, between, last)
    found = families_of(texts)
    assert found["0"] == found["1"] == "0"
    assert found["2"] == ("0" if family else "2")


@pytest.mark.parametrize(
    ("first", "between", "last", "family"),
    [
        # 0 and 1 are one before 2 comes; 1 and 2 first would have made all three one.
        (range(200), range(50, 250), range(130, 330), False),
        # 1 and 2 are one before 0 comes; 0 and 1 first would have left 2 alone.
        (range(200), range(80, 280), range(130, 330), True),
    ],
)
def test_the_most_alike_are_joined_first(
    first: range, between: range, last: range, family: bool
) -> None:
    found = families_of(sets(first, between, last))
    assert found == {"0": "0", "1": "0", "2": "0" if family else "2"}


def test_of_pairs_as_alike_the_earliest_is_joined_first() -> None:
    """1 is as like 0 as 2 is, and 2 has too little of 0: 1 and 2 first would have made all one."""
    for at in range(20):
        ranges = (range(at, at + 200), range(at + 75, at + 275), range(at + 150, at + 350))
        assert families_of(sets(*ranges)) == {"0": "0", "1": "0", "2": "2"}


def test_a_later_pair_joins_the_family_that_began_before_it() -> None:
    texts = sets(range(200), range(60, 260), range(10, 210))  # 0 and 2 are joined first
    assert families_of(texts) == {"0": "0", "1": "0", "2": "0"}


@pytest.mark.parametrize(("equal", "compared"), [(13, True), (12, False)])
def test_signatures_that_differ_too_much_are_not_compared(equal: int, compared: bool) -> None:
    """A fifth of 64 places is between twelve and thirteen."""
    one = np.arange(PLACES, dtype=np.uint32)
    other = np.where(one < equal, one, one + 1000).astype(np.uint32)
    asked = []

    def shingles_of(article_id: str) -> Shingles:
        asked.append(article_id)
        return one.astype(np.uint64)

    finder = FamilyFinder(
        ["0", "1"], np.stack([one, other]), np.zeros(2), shingles_of, lambda _: SAME
    )
    assert finder.families().first.tolist() == [0, 0 if compared else 1]
    assert bool(asked) is compared


def test_a_family_of_many_has_all_that_look_alike() -> None:
    texts = sets(*(range(at, at + 300) for at in range(40)))
    assert set(families_of(texts).values()) == {"0"}


def test_nothing_added_is_no_family() -> None:
    assert families_of({}) == {}
