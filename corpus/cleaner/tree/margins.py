"""Margins: which lines of the pages of a PDF are their heads, feet and numbers, and no text?

What stands at the edge of several pages in the same words, or but for a number, and numbers that
count with the pages. A document of one page has no such lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.article import Removed
from corpus.cleaner.same_words import SENTENCE_END

HEAD, NUMBER = "running_head", "page_number"
_EDGE = 3  # lines at the top, and at the bottom, where such lines are looked for
_LONGEST = 120
_DIGITS = re.compile(r"\d+")
_LETTERS = 5  # fewer beside numbers are a row of a table
_SAME, _COUNTED = 2, 3  # pages in the same words; but for their numbers, where one may be a date
_SHARE = 0.4  # of the pages: left ones and right ones have heads of their own
_FEW = 60  # so many pages around one are looked at: chapters of a book have heads of their own

_NUMBERED = re.compile(
    r"[\W_]*(?:(?:page|seite|p[áa]gina|стр(?:аница|\.)?|стор(?:інка|\.)?|strona|sayfa|صفحة|עמוד|页|頁|第)"
    r"\s*)?\d{1,4}(?:\s*(?:of|/|von|de|sur|di|z|из|із|з|من|מתוך)\s*\d{1,4})?[\W_]*(?:页|頁|ページ)?",
    re.IGNORECASE,
)

_OPENING, _HEADLINE = 5, 0.75  # lines above a text; how long one is, of the usual line


def without_margins(
    pages: Sequence[list[str]], *, spared: Sequence[frozenset[str]] = ()
) -> tuple[list[list[str]], list[Removed]]:
    """The lines of each page without those, and what was taken away.

    Args:
        spared: the lines of each page that are none, whatever other pages have.
    """
    told = [number for number, lines in enumerate(pages) if any(lines)]
    removed: list[Removed] = []
    rest = [list(lines) for lines in pages]
    if len(told) < _SAME:
        return rest, removed
    for start in range(0, len(told), _FEW):
        near = told[start : start + _FEW] if start + _FEW < len(told) else told[-_FEW:]
        heads = _heads([rest[number] for number in near])
        for number in near:
            _drop(rest[number], heads, spared[number] if spared else frozenset(), removed)
    offset = Counter(
        count - number for number in told for _, count in _numbers(rest[number])
    ).most_common(1)
    if offset and offset[0][1] >= _SAME:
        for number in told:
            _drop_number(rest[number], number + offset[0][0], removed)
    return rest, removed


def is_page_number(text: str) -> bool:
    """Whether a line is the number of its page, and nothing else."""
    return _NUMBERED.fullmatch(text) is not None


def _drop_number(lines: list[str], count: int, removed: list[Removed]) -> None:
    for at, told in sorted(_numbers(lines), reverse=True):
        if told == count:
            removed.append(Removed(NUMBER, lines.pop(at)))


def _heads(pages: Sequence[list[str]]) -> frozenset[str]:
    """The lines that several pages have at their edges."""
    same: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for lines in pages:
        near = {lines[at] for at in _edges(lines) if not is_page_number(lines[at])}
        same.update(near)
        counted.update({_DIGITS.sub("#", line) for line in near if _DIGITS.search(line)})
    least = max(_SAME, _SHARE * len(pages))
    return frozenset(
        [line for line, count in same.items() if count >= least]
        + [line for line, count in counted.items() if count >= max(least, _COUNTED)]
    )


def _drop(
    lines: list[str], heads: frozenset[str], spared: frozenset[str], removed: list[Removed]
) -> None:
    """Takes them off one page; a page that would have no text left has but them as its text."""
    alike = {
        at
        for at in _edges(lines)
        if lines[at] not in spared and (lines[at] in heads or _DIGITS.sub("#", lines[at]) in heads)
    }
    told = [at for at, line in enumerate(lines) if line]
    outer = {*_outermost(lines, told, alike), *_outermost(lines, told[::-1], alike)}
    gone = {at for at in alike if at in outer or not SENTENCE_END.search(lines[at])}
    if all(at in gone or is_page_number(line) for at, line in enumerate(lines) if line):
        return
    removed.extend(Removed(HEAD, lines.pop(at)) for at in sorted(gone, reverse=True))


def _outermost(lines: Sequence[str], told: Sequence[int], alike: set[int]) -> Iterator[int]:
    """The lines outside of which nothing stands but such lines and numbers: a sentence of the text
    may stand at the edges of two pages in the same words.
    """
    for at in told:
        if at in alike:
            yield at
        elif not is_page_number(lines[at]):
            return


def _edges(lines: Sequence[str]) -> set[int]:
    """Where the lines at the top and the bottom of a page are that are no whole paragraphs."""
    told = [at for at, line in enumerate(lines) if line]
    near = {*told[:_EDGE], *told[-_EDGE:]}
    return {
        at
        for at in near
        if len(lines[at]) <= _LONGEST
        and (sum(map(str.isalpha, lines[at])) >= _LETTERS or not _DIGITS.search(lines[at]))
        and any(map(str.isalpha, lines[at]))
    }


def _numbers(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines at the top and the bottom of a page that may be its number, and that number."""
    told = [at for at, line in enumerate(lines) if line]
    for at in {*told[:1], *told[-1:]}:
        if is_page_number(lines[at]) and (found := _DIGITS.search(lines[at])):
            yield at, int(found[0])


def with_opening(lines: list[str]) -> list[str]:
    """The lines of a first page, title, names and day above the text set apart from it.

    Such lines end before the margin, in no sentence, and what follows begins anew.
    """
    usual = max(map(len, lines), default=0)
    for at, line in enumerate(lines[:_OPENING]):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if not line or not following:
            continue
        short = len(line) < _HEADLINE * usual and not SENTENCE_END.search(line)
        if not short or line.endswith(("-", "\u00ad", ",")) or following[0].islower():
            return [*_apart(lines[:at]), *lines[at:]]
    return [*_apart(lines[:_OPENING]), *lines[_OPENING:]]


def _apart(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield line
        yield ""
