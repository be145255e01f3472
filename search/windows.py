"""Which places of near words lie near enough to one another?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def near_windows(
    places: Sequence[tuple[int, str]], words: Sequence[str], distance: int
) -> list[int]:
    """Positions that take part in a match of `Near(words, distance)`, in order.

    Args:
        places: (position, term) in order of position; other terms than `words` do no harm.

    A match is a shortest row of positions that holds every word as often as it was asked for, and
    whose last position minus its first is at most `len(words) - 1 + distance`.
    """
    wanted = Counter(words)
    reach = len(words) - 1 + distance
    relevant = [(at, term) for at, term in places if term in wanted]
    taken: set[int] = set()
    for begin, (first, _) in enumerate(relevant):
        missing = Counter(wanted)
        window: list[int] = []
        for at, term in relevant[begin:]:
            if at - first > reach:
                break
            if missing[term] > 0:
                missing[term] -= 1
                window.append(at)
            if len(window) == len(words):
                taken.update(window)
                break
    return sorted(taken)
