"""Lines: which blocks are only lines of paragraphs, cut where the margin of a printed page was?

Programs that turn PDF files into pages make an element, or a line break, of each line. Told by
sentences that go on in the next one in small letters; where a script has none, only on pages that
say that they were made of a PDF: people write Chinese in short lines too. A line that ends a
sentence well before the margin ends a paragraph.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.cleaner.same_words import SENTENCE_END, WIDE
from corpus.cleaner.tree.blocks import RUN, Block, add_up, prose_in
from corpus.cleaner.tree.margins import is_page_number, without_margins

_SHORT_LINE = 0.8  # of the usual line: the paragraph ended before the margin
_COLON = re.compile(r":['\"”’»)\]]*$")
_HYPHENATED = re.compile(r"(?<=\w)(?:[-\u00ad\u2010]| \u2010)$")  # browsers draw it apart
_LEAST_LINES, _LEAST_MARKED = 6, 3  # lines in a row; of a page that a program says it made of a PDF
_LEAST_LEFT = 2  # of those, without heads and feet
_CUT = 0.3  # of the lines end in the middle of a sentence
_NARROW, _WIDE = 25, 160  # characters of the usual line
_LINKED = 0.3
_CUT_UP = frozenset(("div", "p", "span", "font", "center", "section", RUN))
_OF_PDF = re.compile(r"(?:^| )(?:pf|pc|text-?layer|pdf-?page|ft\d+|page-container)(?= |$)")

_SIZE = re.compile(r"(?:^| )fs[0-9a-f]+(?= |$)")  # the class of a size of letters (pdf2htmlEX)


def join_lines(top: Block) -> None:
    """Makes paragraphs of the lines of a page, where its blocks are such."""
    blocks = list(top.walk())
    joined = _drop_margins(blocks)
    before: Block | None = None
    for block in list(top.walk()) if joined else blocks:
        if block.tag == RUN:
            if block.text.count("\n") >= _LEAST_LINES and (lines := block.text.split("\n")):
                joined |= _join_breaks(block, lines)
            continue
        for group in _groups(block) if len(block.children) >= _LEAST_MARKED else ():
            runs = [run for line in group for run in line.runs() if not run.dropped]
            if not runs:
                continue
            marked = bool(_OF_PDF.search(f"{block.marks} {group[0].marks}"))
            if not are_cut([run.text for run in runs], marked=marked):
                continue
            joined = True
            before = _replace(block, group, runs, before)
    if joined:
        add_up(top)


def _drop_margins(blocks: Sequence[Block]) -> bool:
    """Takes the heads and feet off the pages that a program made of those of a PDF; whether any."""
    of_pdf = frozenset(filter(_OF_PDF.search, {block.marks for block in blocks}))
    if not of_pdf:
        return False
    pages: list[list[Block]] = []
    for block in blocks:
        if block.tag == RUN or block.marks not in of_pdf:
            continue
        lines = [run for group in _groups(block) for line in group for run in line.runs()]
        pages += [lines] if lines else []
    rest, removed = without_margins([[run.text for run in page] for page in pages])
    rules = {one.text: one.rule for one in removed}
    for page, kept in zip(pages, rest, strict=True):
        left = iter(kept)
        following = next(left, None)
        for run in page:
            if run.text == following:
                following = next(left, None)
            else:
                run.dropped = rules[run.text]
    return bool(removed)


def are_cut(lines: Sequence[str], *, marked: bool = False) -> bool:
    """Whether so many lines end in the middle of a sentence that the margin ended them.

    Args:
        marked: the page says that it was made of a PDF.
    """
    if len(lines) < (_LEAST_LEFT if marked else _LEAST_LINES):
        return False
    if not _NARROW <= statistics.median(map(len, lines)) * _width(lines) <= _WIDE:
        return False
    goes_on = sum(
        not SENTENCE_END.search(line)
        and (following[:1].islower() or (marked and _is_caseless(following)))
        for line, following in pairwise(lines)
    )
    return goes_on >= _CUT * (len(lines) - 1)


def paragraphs_of(lines: Sequence[str]) -> list[str]:
    """The paragraphs that were cut into lines; an empty line ends one as well."""
    usual = statistics.median([len(line) for line in lines if line] or [0])
    found = [""]
    for line in lines:
        if not line:
            found.append("")
            continue
        text = found[-1]
        if _HYPHENATED.search(text):
            found[-1] = (text if _keeps_hyphen(text, line) else _HYPHENATED.sub("", text)) + line
        elif text and WIDE.match(text[-1]) and WIDE.match(line):
            found[-1] += line
        else:
            found[-1] = f"{text} {line}" if text else line
        ends = SENTENCE_END.search(line) or _COLON.search(line)
        if ends and len(line) < _SHORT_LINE * usual:
            found.append("")
    return [text for text in found if text]


def _keeps_hyphen(text: str, line: str) -> bool:
    """Whether a hyphen at the margin is the word's own: before a capital, and beside a number."""
    if text[-1] == "\u00ad" or text.endswith(" \u2010") or len(text) < 2:
        return False
    before, after = text[-2], line[0]
    return before.isdigit() or after.isdigit() or (after.isupper() and before.islower())


def _width(lines: Sequence[str]) -> int:
    """How wide a sign is: those of Chinese and Japanese are as wide as two letters."""
    return 2 if sum(bool(WIDE.search(line)) for line in lines) > 0.5 * len(lines) else 1


def _is_caseless(line: str) -> bool:
    first = next(filter(str.isalpha, line), "")
    return bool(first) and first.lower() == first.upper()


def _groups(block: Block) -> Iterator[list[Block]]:
    """Rows of children that are one line each."""
    if len(block.children) < _LEAST_MARKED or block.tag in ("tr", "ul", "ol", "dl", "table"):
        return
    group: list[Block] = []
    for child in [*block.children, None]:
        if child is not None and _is_line(child):
            if group and _set_otherwise(group[-1], child):
                if len(group) >= _LEAST_LEFT:
                    yield group
                group = []
            group.append(child)
        elif child is None or child.size:
            if len(group) >= _LEAST_MARKED:
                yield group
            group = []


def _set_otherwise(line: Block, following: Block) -> bool:
    """Whether a program says that two lines are of letters of another size, as a headline is."""
    one, other = _SIZE.search(line.marks), _SIZE.search(following.marks)
    return one is not None and other is not None and one[0] != other[0]


def _is_line(block: Block) -> bool:
    if block.tag not in _CUT_UP or not 0 < block.size <= _WIDE * 2 or block.linked:
        return False
    while block.tag != RUN:
        told = [child for child in block.children if child.size or child.text]
        if len(told) != 1 or told[0].tag not in _CUT_UP:
            return False
        block = told[0]
    return "\n" not in block.text


def _replace(
    block: Block, group: list[Block], runs: list[Block], before: Block | None
) -> Block | None:
    """Puts paragraphs in the place of lines; the last of them.

    Args:
        before: the last paragraph of the page before, which the first may go on with.
    """
    told = []
    for run in runs:
        if is_page_number(run.text):
            run.dropped = "page_number"
        else:
            told.append(run)
    texts = paragraphs_of([run.text for run in told])
    aside = [line for line in group if all(run.dropped for run in line.everything() if run.text)]
    if before is not None and texts and goes_on(before.text, texts[0]):
        _say(before, paragraphs_of([before.text, texts.pop(0)])[0])
    made = [_paragraph(block, text, told) for text in texts]
    place = next(index for index, child in enumerate(block.children) if child is group[0])
    gone = {id(line) for line in group}
    rest = [child for child in block.children[place:] if id(child) not in gone]
    block.children[place:] = [*made, *aside, *rest]
    return made[-1].children[0] if made else before


def goes_on(text: str, following: str) -> bool:
    """Whether a sentence that was cut goes on in the following text."""
    return not SENTENCE_END.search(text) and (following[:1].islower() or _is_caseless(following))


def _paragraph(parent: Block, text: str, runs: Sequence[Block]) -> Block:
    block = Block("p", parent)
    block.marks, block.attributes = runs[0].parent.marks if runs[0].parent else "", {}
    run = Block(RUN, block)
    block.children.append(run)
    run.emphasised = min(len(text), sum(one.emphasised for one in runs if one.text in text))
    _say(run, text)
    return block


def _say(run: Block, text: str) -> None:
    run.text, run.size = text, len(text)
    run.prose = prose_in(run)


def _join_breaks(run: Block, lines: Sequence[str]) -> bool:
    """Takes the breaks out of a run whose lines are those of a printed page."""
    if run.linked > _LINKED * run.size or not are_cut(lines):
        return False
    kept = list(lines)
    for number in (kept[-1], kept[0]):
        if run.parent is not None and is_page_number(number):
            kept.remove(number)
            aside = Block(RUN, run.parent)
            aside.text, aside.size, aside.dropped = number, len(number), "page_number"
            run.parent.children.append(aside)
    _say(run, "\n".join(paragraphs_of(kept)))
    return True
