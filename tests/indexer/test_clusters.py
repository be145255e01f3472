"""What is joined is one, what is kept apart never meets, whatever happens between."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from indexer.clusters import Clusters

COUNT = 7
NUMBERS = st.integers(0, COUNT - 1)
Pair = tuple[int, int]


class JoinedAndKeptApart(RuleBasedStateMachine):
    """Clusters beside a model that looks at every pair."""

    def __init__(self) -> None:
        super().__init__()
        self.clusters = Clusters(COUNT)
        self.groups = {number: frozenset({number}) for number in range(COUNT)}
        self.apart: set[frozenset[int]] = set()

    def forbidden(self, one: int, other: int) -> bool:
        return any(
            frozenset({mine, theirs}) in self.apart
            for mine in self.groups[one]
            for theirs in self.groups[other]
        )

    @rule(one=NUMBERS, other=NUMBERS)
    def join(self, one: int, other: int) -> None:
        allowed = not self.forbidden(one, other)
        assert self.clusters.may_join(one, other) is allowed
        assert self.clusters.join(one, other) is allowed
        if allowed:
            both = self.groups[one] | self.groups[other]
            self.groups |= dict.fromkeys(both, both)

    @rule(one=NUMBERS, other=NUMBERS)
    def keep_apart(self, one: int, other: int) -> None:
        self.clusters.keep_apart(one, other)
        if self.groups[one] != self.groups[other]:
            self.apart.add(frozenset({one, other}))

    @invariant()
    def is_an_equivalence(self) -> None:
        for one, other in combinations(range(COUNT), 2):
            together = other in self.groups[one]
            assert self.clusters.together(one, other) is together
            assert self.clusters.together(other, one) is together
            assert (self.clusters.root(one) == self.clusters.root(other)) is together
        assert all(self.clusters.together(one, one) for one in range(COUNT))

    @invariant()
    def what_is_kept_apart_is_never_together(self) -> None:
        for pair in self.apart:
            one, other = pair
            assert not self.clusters.together(one, other)
            assert not self.clusters.may_join(one, other)
            assert not self.clusters.may_join(other, one)

    @invariant()
    def every_number_is_in_the_group_of_its_root(self) -> None:
        found = self.clusters.groups()
        assert self.clusters.roots() == [self.clusters.root(one) for one in range(COUNT)]
        assert {frozenset(members) for members in found.values()} == set(self.groups.values())
        for root, members in found.items():
            assert members == sorted(members)
            assert root == members[0]
            assert {self.clusters.root(number) for number in members} == {root}


TestClusters = JoinedAndKeptApart.TestCase


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=10), st.randoms(use_true_random=False))
def test_without_anything_kept_apart_the_order_of_joins_changes_nothing(
    pairs: list[Pair], order: object
) -> None:
    one, other = Clusters(COUNT), Clusters(COUNT)
    shuffled = list(pairs)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    assert all(one.join(*pair) for pair in pairs)
    assert all(other.join(second, first) for first, second in shuffled)
    assert sorted(one.groups().values()) == sorted(other.groups().values())


def test_what_is_kept_apart_stays_apart_through_joins_of_either_side() -> None:
    clusters = Clusters(6)
    clusters.keep_apart(0, 1)
    assert clusters.join(0, 2)
    assert clusters.join(1, 3)
    assert clusters.join(4, 2)
    assert clusters.join(5, 3)
    assert not clusters.may_join(4, 5)
    assert not clusters.join(4, 5)
    assert sorted(clusters.groups().values()) == [[0, 2, 4], [1, 3, 5]]


def test_keeping_apart_what_has_met_changes_nothing() -> None:
    clusters = Clusters(3)
    assert clusters.join(0, 1)
    clusters.keep_apart(0, 1)
    assert clusters.together(0, 1)
    assert clusters.may_join(0, 1)
    assert clusters.join(0, 1)
    assert clusters.join(1, 2)


def test_what_is_kept_apart_stays_so_when_the_greater_side_is_joined_to_a_lesser() -> None:
    clusters = Clusters(6)
    clusters.keep_apart(3, 5)
    assert clusters.join(1, 3)
    assert clusters.join(4, 5)
    assert not clusters.join(3, 5)
    assert sorted(clusters.groups().values()) == [[0], [1, 3], [2], [4, 5]]
