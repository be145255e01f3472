"""Dashes: where do they part what is said from who says it?

In Ukrainian, Russian, Polish and Spanish a line that begins with a dash is speech up to the next
one, and within quotation marks *, — said X, —* are the words of the article.
"""

from __future__ import annotations

import re

from indexer.articles.quotes.marks import Passage
from indexer.articles.quotes.vocabulary import Words

ENDED = re.compile(r"[.!?,…؟،]\s*\Z")
"""How a passage ends that is said."""
FEWEST_QUOTED = 3  # words
_ASIDE = re.compile(r"(?P<mark>[,.!?…]?)(?:\s+[—–-]\s+|\s—(?=\w)|—[.,:]?\s+)")
_LINE = re.compile(r"\s*(?:[—–-]\s+(?=\S)|—(?=\w))")
_WITHIN = re.compile(r"(?<=[.!?…])\s+[—–]\s+(?=[^\W\da-zа-яіїєґ])")


def dashed(text: str, found: list[Passage], known: Words) -> list[Passage]:
    """The passages of a paragraph that are said, also those that only dashes mark.

    Args:
        found: those in quotation marks, of which names are left out.
    """
    found = [one for one in found if _is_said(one, text, known)]
    if not known.dashes:
        return found
    line = _LINE.match(text)
    if line is not None and not (found and found[0].start <= line.end()):
        parts = _split(_rest(text, line.end()), text, known)
        if parts[-1].end < len(text) or len(parts) > 1:  # else one of a list
            return parts
    found = [part for one in found for part in _split(one, text, known)]
    for opening in _WITHIN.finditer(text):  # a sentence later, in the same line
        rest = _split(_rest(text, opening.end()), text, known)
        if rest[-1].end < len(text) and not any(one.end > opening.start() for one in found):
            return [*found, *rest]
    return found


def _rest(text: str, start: int) -> Passage:
    return Passage(start, len(text), start, len(text))


def _is_said(one: Passage, text: str, known: Words) -> bool:
    """Whether a passage is speech: one or two words in quotation marks may be a name."""
    if len(text[one.inner : one.last].split()) >= FEWEST_QUOTED:
        return True
    if text[: one.start].rstrip().endswith(":") or ENDED.search(text[one.inner : one.end - 1]):
        return True
    rest = text[one.end :].lstrip()
    return rest[:1] in (",", "،", "—", "–") or bool(known.verb_last and known.cue.match(rest))


def _split(one: Passage, text: str, known: Words) -> list[Passage]:
    """A passage without the words of the article that stand in it between dashes."""
    parts: list[Passage] = []
    start, inner = one.start, one.inner
    at = inner
    while opening := _ASIDE.search(text, at, one.last):
        closing = next(
            (
                end
                for end in _ASIDE.finditer(text, opening.end(), one.last)
                if end["mark"] or opening[0].endswith("—")
            ),
            None,
        )
        close = closing.start() if closing else one.last
        find = known.cue.search if opening["mark"] else known.cue.match
        other = known.ending and known.ending.match(text, opening.end(), close)
        if not other and find(text, opening.end(), close) is None:
            at = opening.end()
            continue
        parts.append(Passage(start, opening.end("mark"), inner, opening.start()))
        if closing is None:
            return [_stripped(part, text) for part in parts]
        start = inner = at = closing.end()
    parts.append(Passage(start, one.end, inner, one.last))
    return [_stripped(part, text) for part in parts]


def _stripped(one: Passage, text: str) -> Passage:
    said = text[one.inner : one.last]
    start = one.inner + len(said) - len(said.lstrip())
    ends = ",." if one.last == one.end else ","  # a point is the sentence's where no mark closes
    return one._replace(
        inner=start, last=max(start, start + len(said.strip().rstrip(ends).rstrip()))
    )
