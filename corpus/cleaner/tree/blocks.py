"""Blocks: what are the blocks of a page, and how much of each is prose?

A page's tree is thousands of small objects; cleaning asks the same few things of it again and
again. So `outlining` makes a smaller tree of `Block`s: elements that break a line, and in them
*runs*, stretches of text a reader sees as one paragraph. All passes are loops, never recursion:
hostile pages nest 100,000 levels deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaner.same_words import WIDE

RUN = "#run"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TELLING_KINDS = HEADINGS | {"li", "blockquote", "td", "th", "p", "pre", "dt"}
_PARTS = frozenset(("div", "section", "article", "body"))

_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(  # what only sentences have; Thai, Lao, Khmer and Burmese write them without
    r"[.!?…。！？؟۔।:;,،、，»”\"։՝።፣፤\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_PROSE_AT = 60  # characters from which a run can be prose
_PROSE_AT_WIDE = 20  # in scripts that write a word with one or two signs


class Block:
    """An element that breaks a line, or a run of text in it.

    Attributes:
        tag: the element's name, `RUN` for a run.
        marks: its classes, id and role, normalised by `furniture.marks_of`.
        attributes: the element's attributes as BeautifulSoup gives them; empty for a run.
        text: a run's text: single spaces, `\\n` for a line break.
        size, linked: characters of text, of those in links.
        emphasised, slanted: characters in bold or italics, of those in italics.
        pictures, fields: how many pictures stand directly in it, how many fields to write in.
        prose: characters that look like sentences, not like furniture.
        dropped: the rule that took it out, or "".
    """

    __slots__ = (
        "attributes", "children", "depth", "dropped", "emphasised", "fields", "linked", "marks",
        "parent", "pictures", "prose", "size", "slanted", "tag", "text",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Block | None) -> None:
        self.tag = tag
        self.parent = parent
        self.children: list[Block] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.marks = ""
        self.attributes: dict[str, str] = {}
        self.text = ""
        self.size = self.linked = self.emphasised = self.slanted = self.prose = 0
        self.pictures = self.fields = 0
        self.dropped = ""

    @property
    def link_density(self) -> float:
        return self.linked / self.size if self.size else 0.0

    def walk(self) -> Iterator[Block]:
        """This block and all below it in document order, whole subtrees skipped once dropped."""
        stack = [self]
        while stack:
            block = stack.pop()
            if block.dropped:
                continue
            yield block
            if block.children:
                stack.extend(block.children[::-1])

    def everything(self) -> Iterator[Block]:
        """This block and all below it in document order, dropped or not."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            if block.children:
                stack.extend(block.children[::-1])

    def runs(self) -> Iterator[Block]:
        """The runs below it that were not dropped, in order: of `walk`, in half its time."""
        stack = [self]
        while stack:
            block = stack.pop()
            if block.dropped:
                continue
            if block.tag == RUN:
                yield block
            elif block.children:
                stack += block.children[::-1]

    def let_go(self) -> None:
        """Takes it apart when nobody needs it any more: blocks and their parents lead to each other
        in circles, which Python would have to look for.
        """
        stack = [self]
        while stack:
            block = stack.pop()
            stack += block.children
            block.parent = None
            block.children = []

    def all_runs(self) -> list[Block]:
        """The runs below it, dropped or not, in order."""
        runs = []
        stack = [self]
        while stack:
            block = stack.pop()
            if block.tag == RUN:
                runs.append(block)
            elif block.children:
                stack += block.children[::-1]
        return runs

    def ancestors(self) -> Iterator[Block]:
        """Its parent, its parent's parent, up to the root."""
        block = self.parent
        while block is not None:
            yield block
            block = block.parent

    def following(self) -> list[Block]:
        """Its siblings after it."""
        siblings = self.parent.children if self.parent is not None else [self]
        place = next(index for index, sibling in enumerate(siblings) if sibling is self)
        return siblings[place + 1 :]

    def root(self) -> Block:
        """The outermost block around it."""
        block = self
        while block.parent is not None:
            block = block.parent
        return block

    def full_text(self) -> str:
        """All its text, dropped or not, runs joined by spaces."""
        return " ".join([run.text for run in self.all_runs()])


def unnumbered(marks: str) -> str:
    """The marks of an element as its like-built siblings have them: "comment-12" as "comment-"."""
    return _DIGITS.sub("", marks)


def kind_of(run: Block) -> str:
    """The tag of the nearest ancestor that says what a run is: `h2`, `li`, `td`, `p`, …"""
    block = run.parent
    while block is not None:
        if block.tag in _TELLING_KINDS:
            return block.tag
        if block.tag in _PARTS:
            return "p"
        block = block.parent
    return "p"


def add_up(top: Block) -> None:
    """Sums sizes from the runs upwards, leaving out what was dropped."""
    order = []
    stack = [top]
    while stack:  # parents before their children: in which order these are is all the same to sums
        block = stack.pop()
        if block.dropped:
            continue
        order.append(block)
        if block.tag != RUN:
            block.size = block.linked = block.emphasised = block.slanted = block.prose = 0
            stack += block.children
    for block in reversed(order):
        parent = block.parent
        if not block.size or parent is None or block is top:
            continue
        parent.size += block.size
        parent.prose += block.prose
        if block.linked:
            parent.linked += block.linked
        if block.emphasised:
            parent.emphasised += block.emphasised
            parent.slanted += block.slanted


def prose_in(run: Block) -> int:
    """How many characters of a run look like sentences."""
    if run.size < _PROSE_AT and (run.size < _PROSE_AT_WIDE or not WIDE.search(run.text)):
        return 0
    if run.link_density > 0.5 or not _SENTENCE.search(run.text):
        return 0
    return run.size - run.linked
