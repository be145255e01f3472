"""What are the blocks of a page, and how much of each is prose?

A page's tree is thousands of small objects; cleaning asks the same few things of it again and
again. So one pass over BeautifulSoup's tree makes a smaller tree of `Block`s: elements that break a
line, and in them *runs*, stretches of text a reader sees as one paragraph. All passes are loops,
never recursion: hostile pages nest 100,000 levels deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from corpus.cleaner.furniture import inline_rule, marks_of

RUN = "#run"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAX_DEPTH = 400  # deeper elements hang on their ancestor at this depth
_INLINE_FURNITURE = 240  # characters; more than that inside a paragraph is not a badge

INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q "
    "ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr".split()
)
_SKIPPED = frozenset(
    "script style noscript svg iframe object embed template button select option input textarea "
    "canvas audio video map head title meta link base datalist progress meter dialog".split()
)
_EMPHASIS = frozenset(("b", "strong", "em", "i"))
_SPACE = re.compile(r"\s+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")  # soft hyphens and the like
_LINES = re.compile(r" *\x01[ \x01]*")
_SENTENCE = re.compile(r"[.!?…。！？؟۔।:;,،、，»”\"]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PROSE_AT = 60  # characters from which a run can be prose
_PROSE_AT_WIDE = 20  # in scripts that write a word with one or two signs


class Block:
    """An element that breaks a line, or a run of text in it.

    Attributes:
        tag: the element's name, `RUN` for a run.
        marks: its classes, id and role, normalised by `furniture.marks_of`.
        attributes: the element's attributes as BeautifulSoup gives them; empty for a run.
        text: a run's text: single spaces, `\\n` for a line break.
        size, linked, emphasised: characters of text, of those in links, in bold or italics.
        pictures: how many pictures stand directly in it.
        prose: characters that look like sentences, not like furniture.
        dropped: the rule that took it out, or "".
    """

    __slots__ = (
        "attributes", "children", "depth", "dropped", "emphasised", "linked", "marks", "parent",
        "pictures", "prose", "size", "tag", "text",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Block | None) -> None:
        self.tag = tag
        self.parent = parent
        self.children: list[Block] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.marks = ""
        self.attributes: dict[str, str] = {}
        self.text = ""
        self.size = self.linked = self.emphasised = self.prose = self.pictures = 0
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
            stack.extend(reversed(block.children))

    def everything(self) -> Iterator[Block]:
        """This block and all below it in document order, dropped or not."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            stack.extend(reversed(block.children))

    def runs(self) -> Iterator[Block]:
        """The runs below it that were not dropped, in order."""
        return (block for block in self.walk() if block.tag == RUN)

    def ancestors(self) -> Iterator[Block]:
        """Its parent, its parent's parent, up to the root."""
        block = self.parent
        while block is not None:
            yield block
            block = block.parent

    def full_text(self) -> str:
        """All its text, dropped or not, runs joined by spaces."""
        return " ".join(block.text for block in self.everything() if block.tag == RUN)


def kind_of(run: Block) -> str:
    """The tag of the nearest ancestor that says what a run is: `h2`, `li`, `td`, `p`, …"""
    for block in run.ancestors():
        if block.tag in HEADINGS or block.tag in ("li", "blockquote", "td", "th", "p", "pre", "dt"):
            return block.tag
        if block.tag in ("div", "section", "article", "body"):
            return "p"
    return "p"


class _Frame:
    """One open element while the tree is walked."""

    __slots__ = ("block", "children", "emphasis", "link", "opens")

    def __init__(
        self, children: Iterator[object], block: Block, *, link: bool, emphasis: bool, opens: bool
    ) -> None:
        self.children = children
        self.block = block
        self.link = link
        self.emphasis = emphasis
        self.opens = opens  # it opened `block`, and closes the run when it ends


class _RunBuilder:
    """Collects the text of one run."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.emphasised = 0
        self.broken = False
        self.aside: list[Block] = []

    def add(self, text: str, frame: _Frame) -> None:
        self.pieces.append(text.replace("\x01", " "))  # ours marks a line break
        stripped = len(text.strip())
        if stripped:
            self.broken = False
            if frame.link:
                self.linked += stripped
            if frame.emphasis:
                self.emphasised += stripped

    def flush(self, block: Block) -> None:
        """Hangs the run on its block, and starts anew."""
        joined = "".join(self.pieces).translate(_INVISIBLE)
        text = _LINES.sub("\n", _SPACE.sub(" ", joined).strip(" \x01"))
        if text:
            run = Block(RUN, block)
            run.text, run.size = text, len(text)
            run.linked = min(self.linked, run.size)
            run.emphasised = min(self.emphasised, run.size)
            run.prose = _prose(run)
            block.children.append(run)
        block.children.extend(self.aside)
        self.aside.clear()
        self.pieces.clear()
        self.linked = self.emphasised = 0
        self.broken = False


def outline(root: Tag) -> Block:
    """The tree of blocks under `root`, with sizes added up."""
    top = Block(root.name, None)
    _describe(top, root)
    builder = _RunBuilder()
    stack = [_Frame(iter(root.contents), top, link=False, emphasis=False, opens=True)]
    while stack:
        frame = stack[-1]
        child = next(frame.children, None)
        if child is None:
            stack.pop()
            if frame.opens:
                builder.flush(frame.block)
        elif isinstance(child, Tag):
            opened = _enter(child, frame, builder)
            if opened is not None:
                stack.append(opened)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            builder.add(str(child), frame)
    add_up(top)
    return top


def add_up(top: Block) -> None:
    """Sums sizes from the runs upwards, leaving out what was dropped."""
    order = list(top.walk())
    for block in order:
        if block.tag != RUN:
            block.size = block.linked = block.emphasised = block.prose = 0
    for block in reversed(order):
        parent = block.parent
        if parent is not None and block is not top:
            parent.size += block.size
            parent.linked += block.linked
            parent.emphasised += block.emphasised
            parent.prose += block.prose


def _enter(tag: Tag, frame: _Frame, builder: _RunBuilder) -> _Frame | None:
    name = tag.name
    if name in _SKIPPED:
        return None
    if name == "img":
        frame.block.pictures += 1
        return None
    if name == "br":
        if builder.broken:
            builder.flush(frame.block)
        else:
            builder.pieces.append("\x01")
            builder.broken = True
        return None
    link = frame.link or (name == "a" and tag.get("href") is not None)
    emphasis = frame.emphasis or name in _EMPHASIS
    if name in INLINE and not _holds_blocks(tag):
        return _enter_inline(tag, frame, builder, link=link, emphasis=emphasis)
    builder.flush(frame.block)
    parent = frame.block
    if parent.depth >= _MAX_DEPTH:
        children = iter(tag.contents)
        return _Frame(children, parent, link=link, emphasis=emphasis, opens=True)
    block = Block(name, parent)
    _describe(block, tag)
    parent.children.append(block)
    return _Frame(iter(tag.contents), block, link=link, emphasis=emphasis, opens=True)


def _enter_inline(
    tag: Tag, frame: _Frame, builder: _RunBuilder, *, link: bool, emphasis: bool
) -> _Frame | None:
    rule = inline_rule(tag) if tag.attrs else ""
    if rule:
        text = " ".join(tag.get_text(" ").split())
        if len(text) <= _INLINE_FURNITURE:
            if text:
                builder.aside.append(_dropped_run(text, rule, frame.block))
            return None
    return _Frame(iter(tag.contents), frame.block, link=link, emphasis=emphasis, opens=False)


def _dropped_run(text: str, rule: str, block: Block) -> Block:
    run = Block(RUN, block)
    run.text, run.size, run.dropped = text, len(text), rule
    return run


def _describe(block: Block, tag: Tag) -> None:
    if tag.attrs:
        block.attributes = {
            name: value if isinstance(value, str) else " ".join(value)
            for name, value in tag.attrs.items()
        }
        block.marks = marks_of(block.attributes)


def _holds_blocks(tag: Tag) -> bool:
    return any(
        isinstance(child, Tag)
        and child.name not in INLINE
        and child.name not in _SKIPPED
        and child.name not in ("br", "img", "picture", "hr")
        for child in tag.contents
    )


def _prose(run: Block) -> int:
    least = _PROSE_AT_WIDE if _WIDE.search(run.text) else _PROSE_AT
    if run.size < least or run.link_density > 0.5 or not _SENTENCE.search(run.text):
        return 0
    return run.size - run.linked
