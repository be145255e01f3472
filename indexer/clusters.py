"""Clusters: which of these numbers are one? Union-find that also remembers what stays apart."""

from __future__ import annotations

from indexer.compiled import AnyArray, compiled


class Clusters:
    """Groups of numbers, at first each alone (Tarjan 1975, with path halving).

    The smallest number of a group stands for it. What is kept apart stays apart through every later
    join, whoever asks for it.
    """

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._apart: dict[int, set[int]] = {}

    def root(self, number: int) -> int:
        """The smallest number in the group of `number`."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def together(self, one: int, other: int) -> bool:
        """Are the two in one group?"""
        return self.root(one) == self.root(other)

    def may_join(self, one: int, other: int) -> bool:
        """May the two be in one group?"""
        return self.root(other) not in self._apart.get(self.root(one), ())

    def keep_apart(self, one: int, other: int) -> None:
        """Forbids that the two ever meet. Without effect on two that already have."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._apart.setdefault(first, set()).add(second)
            self._apart.setdefault(second, set()).add(first)

    def join(self, one: int, other: int) -> bool:
        """Makes one group of two; False when they must stay apart."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return True
        if second in self._apart.get(first, ()):
            return False
        first, second = min(first, second), max(first, second)
        self._parent[second] = first
        for enemy in self._apart.pop(second, set()):
            self._apart[enemy].discard(second)
            self._apart[enemy].add(first)
            self._apart.setdefault(first, set()).add(enemy)
        return True

    def roots(self) -> list[int]:
        """The root of each number."""
        roots: list[int] = []
        for number, parent in enumerate(self._parent):  # which is never behind its child
            roots.append(number if parent == number else roots[parent])
        return roots

    def groups(self) -> dict[int, list[int]]:
        """Root → its members in rising order."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            members.setdefault(self.root(number), []).append(number)
        return members


@compiled
def connected(one: AnyArray, other: AnyArray, parent: AnyArray) -> None:
    """Joins the numbers of pairs, none of which stays apart.

    Args:
        parent: of each number that number; afterwards, the smallest in its group.
    """
    for at in range(len(one)):
        first, second = one[at], other[at]
        while parent[first] != first:
            parent[first] = parent[parent[first]]
            first = parent[first]
        while parent[second] != second:
            parent[second] = parent[parent[second]]
            second = parent[second]
        parent[max(first, second)] = min(first, second)
    for number in range(len(parent)):
        parent[number] = parent[parent[number]]  # which is before it, and was looked at
