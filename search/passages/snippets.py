"""Snippets: what of an article is shown with a hit? Its title where it matches, and the best
passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.document import IndexDocument
from search.passages.highlighter import Highlight, Marks
from search.passages.selection import passages
from search.result import Snippet

_WORD = re.compile(r"\w+")
_CREDITS = re.compile(r"[\s.,;]*(?:\([^()]*\)[\s.,;]*)+")
"""Names of outlets in brackets, which lists of events put behind each sentence."""
_CLOSERS = ".,;:!?…。؟"
_TITLE_WORDS = 3  # a shorter one may well begin the first sentence, and is not missed there


def snippets(
    documents: Sequence[IndexDocument], marks: Sequence[Marks]
) -> list[tuple[Snippet, ...]]:
    """For each article its title where it matches, then passages of its text, in reading order.

    A text without any match gives its beginning, unmarked. What only says the title again is left
    out of a passage.

    Args:
        marks: from `Highlighter.in_articles`.
    """
    found: list[list[Snippet]] = [
        [Snippet("title", document.title, spans(own.title))] if own.title else []
        for document, own in zip(documents, marks, strict=True)
    ]
    texts = [document.text for document in documents]
    openings = [past_title(document.title, document.text) for document in documents]
    for number, start, end in passages(texts, [own.text for own in marks]):
        inside = [mark for mark in marks[number].text if mark[0] >= start and mark[1] <= end]
        first = max(start, openings[number])
        if not marks[number].title and inside and inside[0][0] < first:
            first = start  # what matched stands here alone
        seen = [mark for mark in inside if mark[0] >= first]
        said = texts[number][first:end]
        if said and not (first and not seen and _CREDITS.fullmatch(said)):
            found[number].append(Snippet("text", said, spans(seen, first), first))
    return list(map(tuple, found))


def past_title(title: str, text: str) -> int:
    """Where a text that begins with its title begins to say something else; 0 where it does not.

    The last word of a title may be cut short.
    """
    said = _WORD.findall(title)
    if len(said) < _TITLE_WORDS:
        return 0
    words = _WORD.finditer(text)
    for place, (expected, word) in enumerate(zip(said, words, strict=False), start=1):
        seen = word[0]
        if seen != expected and seen.casefold() != expected.casefold():
            is_cut = place == len(said) and seen.casefold().startswith(expected.casefold())
            return word.start() if is_cut else 0
    following = next(words, None)
    at = following.start() if following else len(text)
    while following and not text[at - 1].isspace() and text[at - 1] not in _CLOSERS:
        at -= 1  # a bracket or quotation mark that opens
    return at


def spans(marks: Sequence[Highlight], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Offsets of marks, those that overlap made one.

    Args:
        marks: in order of start.
        offset: where the passage begins.
    """
    merged: list[tuple[int, int]] = []
    last = -1
    for start, end, _, _ in marks:
        if start < last:
            last = max(last, end)
            merged[-1] = merged[-1][0], last - offset
        else:
            last = end
            merged.append((start - offset, end - offset))
    return tuple(merged)
