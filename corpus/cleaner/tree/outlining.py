"""Outlining: BeautifulSoup's tree becomes the smaller tree of `Block`s that cleaning works on.

One walk: elements that break a line become blocks, the text between breaks becomes runs; badges and
share texts inside a paragraph are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from corpus.cleaner.body.furniture import attributes_of, inline_rule, marks_of, says_hidden
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, add_up, prose_in

_MAX_DEPTH = 400  # deeper elements hang on their ancestor at this depth
_INLINE_FURNITURE = 240  # characters; more than that inside a paragraph is not a badge

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q "
    "ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr "
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mstyle mpadded mphantom mfenced mtable mtr mtd semantics".split()
)
_SKIPPED = frozenset(
    "script style noscript svg iframe object embed template button select option input textarea "
    "canvas audio video map head title meta link base datalist progress meter dialog "
    "annotation".split()
)
_NO_BLOCKS = _INLINE | _SKIPPED | {"br", "img", "picture", "hr"}
_MARKS = frozenset(("sup", "a"))  # of footnotes
_FIELDS = frozenset(("text", "email", "tel"))
_EMPHASIS = {"b": "bold", "strong": "bold", "em": "italic", "i": "italic"}
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\u2063\ufeff")  # soft hyphens and the like
_MARK = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}|[a-z*†‡§]{1,2}")
_MARKED = re.compile(
    r"foot-?note|end-?note|noteref|reference|citation|\bcite|\bfn|\bref\b", re.IGNORECASE
)
_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{4}|[^\w\s])$")
"""A word, or the end of one; after "km", "m" or a number stands an exponent."""
_SMALL = re.compile("[⁰¹²³⁴-⁹]")
_RAISED = re.compile("(?<=[^\\W\\d_]{4})(?=[⁰¹²³⁴-⁹])")
_INDENTED = re.compile("\\s*(?:\xa0\\s*){3}|\\s*\u3000{2}")
"""How a paragraph begins below a line break that was set before there were margins."""
_LINES = re.compile(r" *\x01[ \x01]*")


def outline(root: Tag) -> Block:
    """The tree of blocks under `root`, with sizes added up."""
    top = Block(root.name, None)
    _describe(top, root)
    builder = _RunBuilder()
    stack = [_Frame(iter(root.contents), top, link=False, emphasis="", opens=True)]
    while stack:
        frame = stack[-1]
        for child in frame.children:  # goes on where it was left
            if type(child) is NavigableString:
                builder.add(child, frame)
            elif isinstance(child, Tag):
                opened = _enter(child, frame, builder)
                if opened is not None:
                    stack.append(opened)
                    break
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                builder.add(child, frame)
        else:
            stack.pop()
            if frame.opens:
                builder.flush(frame.block)
    add_up(top)
    return top


class _Frame:
    """One open element while the tree is walked."""

    __slots__ = ("block", "children", "emphasis", "link", "opens")

    def __init__(
        self, children: Iterator[object], block: Block, *, link: bool, emphasis: str, opens: bool
    ) -> None:
        self.children = children
        self.block = block
        self.link = link
        self.emphasis = emphasis  # "", "bold" or "italic"
        self.opens = opens  # it opened `block`, and closes the run when it ends


class _RunBuilder:
    """Collects the text of one run."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.emphasised = self.slanted = 0
        self.broken = False
        self.begun = False  # a line has text
        self.aside: list[Block] = []

    def add(self, text: str, frame: _Frame) -> None:
        if self.broken and _INDENTED.match(text):
            self.flush(frame.block)
        self.pieces.append(text.replace("\x01", " "))  # ours marks a line break
        stripped = len(text.strip())
        if stripped:
            self.broken, self.begun = False, True
            if frame.link:
                self.linked += stripped
            if frame.emphasis:
                self.emphasised += stripped
                self.slanted += stripped if frame.emphasis == "italic" else 0

    def flush(self, block: Block) -> None:
        """Hangs the run on its block, and starts anew."""
        if not self.begun and not self.aside:
            if self.pieces:
                self.pieces.clear()
                self.broken = False
            return
        joined = "".join(self.pieces)
        if not joined.isascii():
            joined = parted(joined.translate(INVISIBLE))
        text = " ".join(joined.split()).strip(" \x01")
        if "\x01" in text:
            text = _LINES.sub("\n", text)
        if text:
            run = Block(RUN, block)
            run.text, run.size = text, len(text)
            run.linked = min(self.linked, run.size)
            run.emphasised = min(self.emphasised, run.size)
            run.slanted = min(self.slanted, run.size)
            run.prose = prose_in(run)
            block.children.append(run)
        block.children.extend(self.aside)
        self.aside.clear()
        self.pieces.clear()
        self.linked = self.emphasised = self.slanted = 0
        self.broken = self.begun = False


def _enter(tag: Tag, frame: _Frame, builder: _RunBuilder) -> _Frame | None:
    name = tag.name
    if name in _SKIPPED:
        frame.block.fields += name == "input" and tag.get("type", "text") in _FIELDS
        return None
    if name == "img":
        if not builder.begun:  # a picture in the middle of a line is a sign or a formula
            frame.block.pictures += 1
        return None
    if name == "br":
        if builder.broken:
            builder.flush(frame.block)
        else:
            builder.pieces.append("\x01")
            builder.broken = True
        return None
    link = frame.link or (name == "a" and _leads_away(tag, frame.block))
    emphasis = _EMPHASIS.get(name, frame.emphasis)
    if name in _INLINE and not _holds_blocks(tag):
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


def _leads_away(tag: Tag, block: Block) -> bool:
    """Whether a link goes anywhere: headings are linked to themselves, to be pointed at."""
    address = tag.get("href")
    if address is None:
        return False
    return not (block.tag in HEADINGS and len(address) > 1 and str(address).startswith("#"))


def _enter_inline(
    tag: Tag, frame: _Frame, builder: _RunBuilder, *, link: bool, emphasis: str
) -> _Frame | None:
    if tag.name in _MARKS and builder.pieces and _is_mark(tag, builder):
        builder.pieces.append(" ")
    rule = inline_rule(tag) if tag.attrs else ""
    if not rule and "style" in tag.attrs and says_hidden(attributes_of(tag)):
        rule = "hidden"
    if rule:
        text = " ".join(tag.get_text(" ").split())
        if len(text) <= _INLINE_FURNITURE:
            if text:
                builder.aside.append(_dropped_run(text, rule, frame.block))
            return None
    return _Frame(iter(tag.contents), frame.block, link=link, emphasis=emphasis, opens=False)


def parted(text: str) -> str:
    """A text in which small raised numbers, as of footnotes, are no part of the word before."""
    return _RAISED.sub(" ", text) if _SMALL.search(text) else text


def _is_mark(tag: Tag, builder: _RunBuilder) -> bool:
    """Whether an element is the mark of a footnote right after a word, and no exponent."""
    inner = tag.contents
    is_plain = len(inner) == 1 and type(inner[0]) is NavigableString
    text = (str(inner[0]) if is_plain else tag.get_text()).strip()
    if not text or not _MARK.fullmatch(text):
        return False
    marks = f"{tag.attrs.get('class', '')} {tag.attrs.get('id', '')} {tag.attrs.get('role', '')}"
    link = tag if tag.name == "a" else tag.find("a") or tag.find_parent("a")
    leads = isinstance(link, Tag) and "#" in str(link.attrs.get("href", ""))
    if leads or _MARKED.search(marks):
        return True
    before = "".join(builder.pieces[-3:])
    word = _BEFORE_MARK.search(before)
    return tag.name == "sup" and word is not None and (text[0].isdigit() or word[0].islower())


def _dropped_run(text: str, rule: str, block: Block) -> Block:
    run = Block(RUN, block)
    run.text, run.size, run.dropped = text, len(text), rule
    return run


def _describe(block: Block, tag: Tag) -> None:
    if tag.attrs:
        block.attributes = attributes_of(tag)
        # A heading's id is its own words, to be pointed at.
        named = {**block.attributes, "id": ""} if block.tag in HEADINGS else block.attributes
        block.marks = marks_of(named)


def _holds_blocks(tag: Tag) -> bool:
    for child in tag.contents:  # noqa: SIM110 - `any` takes twice as long, of half a page's elements
        if isinstance(child, Tag) and child.name not in _NO_BLOCKS:
            return True
    return False
