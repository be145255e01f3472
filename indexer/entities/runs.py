"""Which words may be one name together? Runs of capitalized words, and what each says as a whole.

`Ministry of Foreign Affairs` is one run: every word of it sees how the run begins and ends, how
long it is, and what stands before and behind it. So its first word knows what body it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.entities.word_types import EDGE, Word

_LINKS = frozenset("of for and de del la al & ' ’s 's du des el on".split())
_ARTICLE = "the"  # only behind a link: `University of the Pacific`, not `Yesterday the Pentagon`
_MOST_LINKS = 2
_LONGEST = 5  # longer ones are not told apart
_FURTHEST = 3


def run_features(words: Sequence[Word]) -> Iterator[tuple[int, list[str]]]:
    """Position → features, for each word of each run of a sentence."""
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        first, at = at, _end(words, at)
        shared = _shared(words, first, at)
        for position in range(first, at):
            before, behind = position - first, at - 1 - position
            yield position, [*shared, f"rp={min(before, _FURTHEST)}|{min(behind, _FURTHEST)}"]


def _end(words: Sequence[Word], first: int) -> int:
    """Where the run that begins at `first` ends: capitalized words, up to two others between."""
    end = first + 1
    for position in range(end, len(words)):
        if words[position].capital:
            end = position + 1
        elif position - end == _MOST_LINKS or not (
            words[position].lower in _LINKS
            or (position > end and words[position].lower == _ARTICLE)
        ):
            break
    return end


def _shared(words: Sequence[Word], first: int, end: int) -> list[str]:
    begins, ends = words[first], words[end - 1]
    before = words[first - 1].lower if first else EDGE.lower
    after = words[end].lower if end < len(words) else EDGE.lower
    length = min(end - first, _LONGEST)
    names_body = any("B" in word.lists for word in words[first:end])
    return [
        f"rf={begins.lower}",
        f"rl={ends.lower}",
        f"rb={before}",
        f"ra={after}",
        f"rn={length}",
        f"rk={ends.fine}",
        f"rx={names_body}|{ends.lists}",
        f"rg={begins.lists}|{ends.lists}|{length}",
    ]
