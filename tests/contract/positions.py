"""Where do phrases and near words match in a row of terms? By trying."""

from __future__ import annotations

from collections.abc import Sequence


def phrase_starts(terms: Sequence[str], words: Sequence[str]) -> list[int]:
    """Positions at which the words follow one another."""
    size = len(words)
    return [at for at in range(len(terms)) if list(terms[at : at + size]) == list(words)]


def near_starts(terms: Sequence[str], words: Sequence[str], distance: int) -> list[int]:
    """Positions that can be the first of a choice: one for each word, all different and near."""
    reach = len(words) - 1 + distance

    def place(rest: Sequence[str], taken: frozenset[int], first: int) -> bool:
        if not rest:
            return True
        window = range(first, min(first + reach + 1, len(terms)))
        return any(
            place(rest[1:], taken | {at}, first)
            for at in window
            if terms[at] == rest[0] and at not in taken
        )

    return [
        first
        for first, term in enumerate(terms)
        if any(
            term == word and place([*words[:at], *words[at + 1 :]], frozenset([first]), first)
            for at, word in enumerate(words)
        )
    ]
