"""Passages: where does a quotation stand in a text that may have changed since?

After W3C's Web Annotation: a passage is kept by its offsets and by its words with what stands
before and after them. It is where it was; else where its words stand, told from the same words
elsewhere by what is around them; else where words very like them stand; else lost. What is not sure
is lost: a note beside the wrong sentence is worse than one without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from corpus.errors import DossierError
from search.dossiers.changes import MAX_QUOTE, Passage

CONTEXT = 40
"""Characters kept on each side."""
_ENOUGH = 8  # characters of context that agree, and tell a place
_TELLING = 20  # characters of a quotation that tell a place by themselves
_LONG = 32  # characters of a quotation that may be found though it was edited
_ALIKE = 88.0  # percent of rapidfuzz's ratio: an edited word in a sentence, not another sentence


class Standing(StrEnum):
    """How a passage was found."""

    IN_PLACE = "in_place"
    MOVED = "moved"
    EDITED = "edited"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands in a text; `start` and `end` are 0 when it is lost."""

    standing: Standing
    start: int = 0
    end: int = 0


def passage_at(
    text: str, start: int, end: int, *, article: str, version: int, original_sha256: str
) -> Passage:
    """The passage between two offsets of a text.

    Raises:
        DossierError: there is no text between them, or too much.
    """
    if not 0 <= start < end <= len(text):
        raise DossierError(
            f"there is no text from {start} to {end}; the article has {len(text):,} characters"
        )
    if end - start > MAX_QUOTE:
        raise DossierError(f"a passage has {MAX_QUOTE:,} characters at most")
    return Passage(
        article=article,
        version=version,
        original_sha256=original_sha256,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(start - CONTEXT, 0) : start],
        suffix=text[end : end + CONTEXT],
    )


def place_of(quotation: str, text: str) -> tuple[int, int]:
    """Where words that a person copied stand in a text; space may differ.

    Raises:
        DossierError: nowhere, or more than once.
    """
    words = quotation.split()
    if not words:
        raise DossierError("the passage is empty", advice="Give its words")
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    if not found:
        raise DossierError(
            "these words do not stand in the article", advice="Copy them from its text"
        )
    if len(found) > 1:
        raise DossierError(
            f"these words stand {len(found)} times in the article",
            advice="Give more words around them",
        )
    return found[0]


def find(passage: Passage, text: str) -> Found:
    """Where a passage stands now."""
    places = [*_places(passage.exact, text)]
    best = sorted(
        places, key=lambda start: (-_agreement(passage, text, start), abs(start - passage.start))
    )
    if best and _is_sure(passage, text, best):
        standing = Standing.IN_PLACE if best[0] == passage.start else Standing.MOVED
        return Found(standing, best[0], best[0] + len(passage.exact))
    if places or len(passage.exact) < _LONG:
        return Found(Standing.LOST)
    return _alike(passage, text)


def _places(exact: str, text: str) -> Iterator[int]:
    start = text.find(exact)
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _is_sure(passage: Passage, text: str, best: list[int]) -> bool:
    """Whether the first of the places is the one that was meant."""
    agreement = _agreement(passage, text, best[0])
    if len(best) == 1 and len(passage.exact) >= _TELLING:
        return True
    whole = len(passage.prefix) + len(passage.suffix)
    if agreement < min(_ENOUGH, whole):
        return False
    if len(best) == 1:
        return True
    # Among places that agree as much, only the one where it was is not drawn by lot.
    return agreement > _agreement(passage, text, best[1]) or best[0] == passage.start


def _agreement(passage: Passage, text: str, start: int) -> int:
    """How many characters before and after a place are those that were kept."""
    before = text[max(start - len(passage.prefix), 0) : start]
    end = start + len(passage.exact)
    after = text[end : end + len(passage.suffix)]
    return _common(passage.prefix[::-1], before[::-1]) + _common(passage.suffix, after)


def _common(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _alike(passage: Passage, text: str) -> Found:
    """Where words stand that are nearly those, in whole words."""
    best = fuzz.partial_ratio_alignment(passage.exact, text, score_cutoff=_ALIKE)
    if best is None or len(text) < len(passage.exact) // 2:
        return Found(Standing.LOST)
    # Its first and last words, where they are still there, tell its ends better than its length.
    near = max(best.dest_start - CONTEXT, 0)
    middle = (best.dest_start + best.dest_end) // 2
    first = text.rfind(passage.exact[:_ENOUGH], near, middle)
    last = text.find(passage.exact[-_ENOUGH:], middle, best.dest_end + CONTEXT)
    start = best.dest_start if first < 0 else first
    end = best.dest_end if last < 0 else last + _ENOUGH
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while not text[start].isalnum() and passage.exact[0].isalnum():
        start += 1
    return Found(Standing.EDITED, start, end)
