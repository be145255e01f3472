"""Printed: which lines would a press database have written as text, of those that its PDF shows?

A PDF knows neither labels nor paragraphs, only lines that end at a margin. Those of the text are
put together again, each label keeps its own, and what stands at the edges of pages is left out;
then the stories are told as in a text (`databases`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.cleaner.files.papers import TextPage
from corpus.cleaner.same_words import SENTENCE_END, words_of
from corpus.cleaner.tree.lines import paragraphs_of
from corpus.cleaner.tree.margins import is_page_number
from corpus.readers.press import factiva, nexis, proquest

_PAGE = re.compile(
    r"(?:page|seite|p[áa]gina|страница)\s+\d+\s+(?:of|von|de|sur|di|из)\s+\d+\b.*", re.IGNORECASE
)
_SAME = 3  # pages, at the least, have one foot
_EDGE = 3  # lines at the top and the bottom of a page
_REACHES = 0.75  # of the longest lines: so long, a line goes on in the next one
_LONGEST = 0.9  # of all lines are no longer
_LONG = 20  # letters; shorter lines tell nothing of a margin
_BEGUN = re.compile(
    r"^\s*(?:(?:length|länge|longueur): *\d|\d[\d.,]* (?:of|von|sur) \d[\d.,]* do[ck]ument"
    r"|\d[\d.,\u202f\u00a0 ]* (?:words|wörter|mots|palabras|parole|слов\w*)\s*$|WC \d"
    r"|ProQuest document |Documents? \(\d+\)\s*$|Table of contents\s*$|Job Number: )",
    re.IGNORECASE | re.MULTILINE,
)


def may_be_printed(text: str) -> bool:
    """Whether the first pages of a PDF have a line as those of press databases do: of a
    story, or of the list above the first.
    """
    return _BEGUN.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Margins:
    """How long the lines of a file are, and which of them are in larger letters."""

    most: int
    headings: frozenset[str]

    def goes_on(self, line: str, following: str) -> bool:
        """Whether a line above a text goes on in the next one."""
        if {line, following} <= self.headings:
            return True
        return len(line) >= _REACHES * self.most and not SENTENCE_END.search(line)


def printed_lines(pages: Sequence[TextPage]) -> list[str]:
    """The lines of a file as one of the databases writes them in a text."""
    lines = list(_unpaged(pages))
    lengths = sorted(len(line) for line in lines if len(line) > _LONG) or [_LONG]
    headings = frozenset(line for page in pages for line in page.headings)
    margins = _Margins(lengths[int(_LONGEST * (len(lengths) - 1))], headings)
    text = "\n".join(lines)
    laid = next((laid for is_such, laid in _LAID if is_such(text)), None)
    return list(laid(lines, margins)) if laid else []


def _unpaged(pages: Sequence[TextPage]) -> Iterator[str]:
    """The lines without numbers of pages, and headlines that go on above later pages of a story."""
    tops: set[tuple[str, ...]] = set()
    begins = True
    feet = _feet(pages)
    for page in pages:
        told = [at for at, line in enumerate(page.lines) if line]
        edge = {*told[:_EDGE], *told[-_EDGE:]}
        lines = [
            line
            for at, line in enumerate(page.lines)
            if at not in edge or not (_PAGE.match(line) or is_page_number(line))
        ]
        while lines and lines[-1] in feet:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        top = tuple(words_of(lines[0])) if lines else ()
        below = next(filter(None, lines[1:]), "")
        if top in tops and (not begins or below in page.headings):
            lines.pop(0)
        tops.add(top)
        for line in lines:
            begins = _ends(line) or (begins and not line)
            yield line


def _feet(pages: Sequence[TextPage]) -> frozenset[str]:
    """What most pages end with, but for what every story ends with."""
    last = Counter(next(filter(None, reversed(page.lines)), "") for page in pages)
    least = max(_SAME, len(pages) // 2 + 1)
    return frozenset(line for line, count in last.items() if count >= least and not _is_told(line))


def _is_told(line: str) -> bool:
    return any(one.is_told(line) for one in (nexis, factiva, proquest))


def _ends(line: str) -> bool:
    return any(end.match(line) for end in (nexis.END, factiva.END, proquest.RULE))


def _flowed(lines: Iterable[str], is_own: Callable[[str], bool]) -> Iterator[str]:
    """Paragraphs, an empty line behind each; lines of their own stay so."""
    held: list[str] = []
    for line in lines:
        if is_own(line):
            yield from _parted(paragraphs_of(held))
            held = []
            yield from (line, "")
        else:
            held.append(line)
    yield from _parted(paragraphs_of(held))


def _parted(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        yield block
        yield ""


def _above(lines: Iterable[str], margins: _Margins, is_own: Callable[[str], bool]) -> Iterator[str]:
    """The lines above a text, each once, those that go on in the next one together with it."""
    held, before = "", ""
    for line in filter(None, lines):
        if line == before:  # the head of its page as well
            continue
        if held and (is_own(line) or not margins.goes_on(before, line)):
            yield held
            held = ""
        held, before = f"{held} {line}".strip(), line
    yield held


def _of_nexis(lines: list[str], margins: _Margins) -> Iterator[str]:
    for _, part in nexis.parts(lines, ""):
        if isinstance(part, list):
            at = nexis.text_in(part)
            yield from _parted(_above(part[:at], margins, nexis.is_told))
            yield from _flowed(part[at:], nexis.is_told)


def _of_factiva(lines: list[str], margins: _Margins) -> Iterator[str]:
    coded = [factiva.CODED.sub(r"\1  ", line) for line in lines]
    is_coded = any(line != old for line, old in zip(coded, lines, strict=True))
    if is_coded and factiva.is_such("\n".join(coded)):
        for line in _flowed(coded, lambda line: factiva.CODED.match(line) is not None):
            code, _, number = line.partition("  ")
            yield from (code, number) if factiva.END.match(number) else (line,)
        return
    for _, part in factiva.parts(lines, ""):
        if isinstance(part, list):
            at = factiva.text_in(part)
            yield from _above(part[:at], margins, factiva.is_told)
            yield ""
            yield from _flowed(part[at:], factiva.is_told)


def _of_proquest(lines: list[str], _: _Margins) -> Iterator[str]:
    begun = False
    for line in _flowed(proquest.labeled(lines), proquest.is_told):
        if proquest.COUNTED.match(line) and begun:
            yield "_" * 60
        begun = begun or bool(line)
        yield line


_LAID: tuple[tuple[Callable[[str], bool], Callable[[list[str], _Margins], Iterator[str]]], ...] = (
    (nexis.is_such, _of_nexis),
    (lambda text: factiva.is_such(text) or factiva.is_coded(text), _of_factiva),
    (proquest.is_printed, _of_proquest),
)
