"""How does a page become a tree without costing more than it may?

What no reader sees (scripts, styles, drawings, comments) is cut out of the characters before
BeautifulSoup builds objects of it: that is most of a real page's size and time. Structured data is
kept aside. What is still too large is cut off, and said so.
"""

from __future__ import annotations

import html
import re
import warnings
from dataclasses import dataclass

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

MAX_CHARACTERS = 12_000_000
MAX_TAGS = 120_000  # about 2 s and 300 MB on one core; the largest real page seen has 30,000

_OPAQUE = ("script", "style", "svg", "noscript", "template", "iframe", "object", "canvas", "select")
_OPENING = re.compile(r"<!--|<(" + "|".join(_OPAQUE) + r")(?=[\s/>])([^>]*)>", re.IGNORECASE)
_CLOSING = {tag: re.compile(f"</{tag}(?![\\w-])[^>]{{0,200}}>", re.IGNORECASE) for tag in _OPAQUE}
_COMMENT_END = re.compile(r"--!?>")
_BULKY = re.compile(
    r"""\s(?:data-[\w:-]+|src|srcset|style)=(?:"[^"]{2000,}"|'[^']{2000,}')""", re.IGNORECASE
)
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be read.

    Attributes:
        soup: the tree, without scripts and the like.
        json_ld: the texts of its JSON-LD scripts, in order.
        flags: `truncated` when only a first part was read.
    """

    soup: BeautifulSoup
    json_ld: tuple[str, ...]
    flags: tuple[str, ...]


def parse(markup: str) -> Page:
    """Builds the tree of a page in bounded time and memory.

    Args:
        markup: a page or a fragment of one; no well-formedness is expected.
    """
    visible, json_ld = _strip_opaque(markup)
    visible = _BULKY.sub("", visible)
    bounded = _bound(visible)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(bounded, "lxml", multi_valued_attributes=None)
    flags = ("truncated",) if len(bounded) < len(visible) else ()
    return Page(soup, tuple(json_ld), flags)


def fragment_text(markup: str) -> str:
    """The text of a short piece of markup, one space between words: for metadata values."""
    text = markup
    if "<" in text:
        text = re.sub(r"<[^<>]{0,1000}>", " ", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _strip_opaque(markup: str) -> tuple[str, list[str]]:
    kept: list[str] = []
    json_ld: list[str] = []
    unclosed: set[str] = set()
    position = 0
    while match := _OPENING.search(markup, position):
        kept.append(markup[position : match.start()])
        name = (match[1] or "").lower()
        if name in unclosed or (name and match[2].endswith("/") and name in ("svg", "script")):
            position = match.end()
            continue
        closing = (_CLOSING[name] if name else _COMMENT_END).search(
            markup, match.end() if name else match.start() + 2
        )
        if closing is None:
            unclosed.add(name)  # search the rest of the page only once for each kind
            position = match.end()
            continue
        if name == "script" and _JSON_LD.search(match[2]):
            json_ld.append(markup[match.end() : closing.start()])
        kept.append(" ")
        position = closing.end()
    kept.append(markup[position:])
    return "".join(kept), json_ld


def _bound(markup: str) -> str:
    markup = markup[:MAX_CHARACTERS]
    if markup.count("<") <= MAX_TAGS:
        return markup
    for count, tag in enumerate(re.finditer("<", markup)):
        if count == MAX_TAGS:
            return markup[: tag.start()]
    return markup
