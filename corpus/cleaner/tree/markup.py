"""Markup: how does a page become a tree without costing more than it may?

What no reader sees (scripts, styles, drawings, comments) is cut out of the characters before
BeautifulSoup builds objects of it: that is most of a real page's size and time. Structured data is
kept aside. What is still too large is cut off, and said so.
"""

from __future__ import annotations

import html
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from bs4 import (
    BeautifulSoup,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import PageElement

from corpus.cleaner.tree.building import TreeBuilder

MAX_CHARACTERS = 4_000_000
MAX_TAGS = 80_000  # opening and closing; under 2 s and 300 MB on one core

_OPAQUE = ("script", "style", "svg", "noscript", "template", "iframe", "object", "canvas", "select")
_OPENING = re.compile(r"<!--|<(" + "|".join(_OPAQUE) + r")(?=[\s/>])([^>]*)>", re.IGNORECASE)
_CLOSING = {tag: re.compile(f"</{tag}(?![\\w-])[^>]{{0,200}}>", re.IGNORECASE) for tag in _OPAQUE}
_COMMENT_END = re.compile(r"--!?>")
_BULK = 2000  # characters of an attribute that no reader sees
_BULKY = re.compile(
    rf"""\s(?:data-[\w:-]+|src|srcset|style)=(?:"[^"]{{{_BULK},}}"|'[^']{{{_BULK},}}')""",
    re.IGNORECASE,
)
_MAY_BE_BULKY = (re.compile(rf'="[^"]{{{_BULK}}}'), re.compile(rf"='[^']{{{_BULK}}}"))
"""What each that `_BULKY` finds begins with: sought in a tenth of the time."""
_CONTAINERS = re.compile(
    r"</?(?:div|span|b|i|em|strong|font|u|small|section|center)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_MAX_LENIENT = 20_000_000
_TEMPLATE = re.compile(r"<(/?)template(?=[\s>])[^>]{0,500}>", re.IGNORECASE)
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_DATA_TYPE = re.compile(r"application/json|__NEXT_DATA__|__NUXT_DATA__", re.IGNORECASE)
_DATA = re.compile(
    r"\s*(?:\(?self|window|globalThis|var|let|const)\b[\s.\[\"'(]{0,3}[\w$.]{2,60}[\"'\]]?\s*(?:=|\.push\(|\|\|)"
    r"|\s*\{\s*__sveltekit"
)
_BEGUN = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_ENDED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 2000  # characters in which most pages say that they end
_PARTS = re.compile(
    r"<(/?)(div|main|article|section|ul|ol|table|blockquote|figure|aside|header|footer|nav|form)"
    r"(?=[\s>/])[^>]{0,2000}>",
    re.IGNORECASE,
)
_FLIGHT = ("self.__next_f.push(", "(self.__next_f=self.__next_f||[]).push(")
_LEAST_DATA = 200  # characters of a script that may hold a story; a part of flight data is shorter


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be read.

    Attributes:
        soup: the tree, without scripts and the like.
        json_ld: the texts of its JSON-LD scripts, in order.
        data: the texts of scripts that hold data for programs, in order.
        flags: `simplified` when containers were taken out of an overlarge page before reading,
            `truncated` when only its first part was read.
        is_told_by_data: `json_ld` is what the data of an app says of its story.
        held: the address of the page that this is a copy of, where a web archive's bar says so.
    """

    soup: BeautifulSoup
    json_ld: tuple[str, ...]
    flags: tuple[str, ...]
    data: tuple[str, ...] = ()
    held: str = ""
    is_told_by_data: bool = False


def parse(markup: str) -> Page:
    """Builds the tree of a page in bounded time and memory.

    Args:
        markup: a page or a fragment of one; no well-formedness is expected.
    """
    if "shadowroot" in markup:
        markup = _with_shadows(markup)
    visible, json_ld, data = _strip_opaque(markup)
    if any(pattern.search(visible) for pattern in _MAY_BE_BULKY):
        visible = _BULKY.sub("", visible)
    bounded, flags = _bound(visible)
    bounded = _with_body(bounded)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(bounded, builder=TreeBuilder(multi_valued_attributes=None))
    has_bar = any(map(bounded.__contains__, _NAMES_OF_BARS)) and _BARS.search(bounded)
    held = _held_by_archive(soup) if has_bar else ""
    return Page(soup, tuple(json_ld), flags, tuple(data), held)


def _with_body(markup: str) -> str:
    """The markup with a `<body>` where the page leaves it out, as HTML allows.

    The parser knows elements of HTML 4: it takes a `<main>` behind a `<title>` for a part of the
    head, and the whole story with it.
    """
    if "<body" in markup or "<BODY" in markup or _BODY.search(markup):
        return markup
    position = parts = 0
    while (part := _HEAD_PART.match(markup, position)) is not None and parts < _MOST_HEAD_PARTS:
        position = part.end()
        parts += 1
    if not _IN_HEAD.search(markup, 0, position) or position == len(markup):
        return markup
    return f"{markup[:position]}<body>{markup[position:]}"


_BODY = re.compile(r"<(?:body|frameset)\b", re.IGNORECASE)
_IN_HEAD = re.compile(r"<(?:html|head|title|meta|link)\b", re.IGNORECASE)
_HEAD_PART = re.compile(
    r"\s+|<!(?!--)[^<>]{0,500}>|<\?[^<>]{0,500}>|</?(?:html|head)\b[^<>]{0,2000}>|"
    r"<title\b[^<>]{0,500}>[^<]{0,2000}</title\s*>|</?(?:meta|link|base|noscript)\b[^<>]{0,20000}>",
    re.IGNORECASE,
)
_MOST_HEAD_PARTS = 2000


def first_called(around: Tag, *names: str) -> Tag | None:
    """The first element of a page, or of a part of it, that has one of these names:
    `around.find(names)`, in a tenth of its time.

    A page is asked for its title a dozen times, and one that has none gone through each time.
    """
    last: PageElement | None = around
    while last is not None and last.next_sibling is None:
        last = last.parent
    end = None if last is None else last.next_sibling
    element: PageElement | None = next(iter(around.contents), None)
    while element is not end and element is not None:
        if isinstance(element, Tag) and element.name in names:
            return element
        element = element.next_element
    return None


_BARS = re.compile(
    r"""\s(?i:id)=["']?(?:wm-ipp|_wb_(?:plain|frame_top)_banner|[\w-]{0,40}google-cache-hdr|"""
    r"""HEADER["'\s>])""",
)
_NAMES_OF_BARS = ("wm-ipp", "_wb_", "google-cache-hdr", "HEADER")
"""One of which stands in each that `_BARS` finds: sought in a hundredth of the time."""
_BAR_IDS = re.compile(
    r"wm-ipp(?:-base|-print)?|donato|_wb_(?:plain|frame_top)_banner|[\w-]{0,40}google-cache-hdr"
)
_SNAPSHOT_BAR = "HEADER"  # of archive.today, which keeps the page itself in `CONTENT`
_SNAPSHOTS = re.compile(r"//(?:[\w-]+\.)?archive\.(?:today|ph|is|li|vn|fo|md)\b")
_SAYS_SNAPSHOT = re.compile(r"webpage capture\b.{0,200}\bsaved from\b", re.IGNORECASE)
_HELD = re.compile(r"(?:/web/\d{4,14}\*?/)?(https?://\S+)$")


def _held_by_archive(soup: BeautifulSoup) -> str:
    """Takes the bars of web archives out of a page; gives the address that they name.

    They hold dates and titles of their own, and are no part of the page that was kept.
    """
    bars = soup.find_all(id=_BAR_IDS)
    if soup.find(id="CONTENT") is not None:
        snapshots = [bar for bar in soup.find_all(id=_SNAPSHOT_BAR) if _names_snapshots(bar)]
        for tag in soup.find_all(["meta", "link"]) if snapshots else ():
            tag.decompose()  # it dates and names the copy, of the page's own it keeps none
        bars += snapshots
    held = ""
    for bar in bars:
        for tag in bar.find_all(("a", "input"), limit=40):
            said = str(tag.attrs.get("value") or tag.attrs.get("href") or "")
            match = _HELD.search(said.strip())
            if match and not held and not _is_archive(match[1]):
                held = match[1]
        bar.decompose()
    return held


def _names_snapshots(bar: Tag) -> bool:
    """Whether a bar is called, leads to, or speaks as archive.today under one of its names."""
    if _SAYS_SNAPSHOT.search(bar.get_text(" ", strip=True)[:300]):
        return True
    links = (str(link.attrs.get("href", "")) for link in bar.find_all("a", limit=40))
    return "archive" in str(bar.attrs.get("class", "")) or any(map(_SNAPSHOTS.search, links))


def _is_archive(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return True
    return "archive" in host or "google" in host


def fragment_text(markup: str) -> str:
    """The text of a short piece of markup, one space between words: for metadata values."""
    text = markup
    if "<" in text:
        text = re.sub(r"<[^<>]{0,1000}>", " ", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _strip_opaque(markup: str) -> tuple[str, list[str], list[str]]:
    """The markup that readers see, the texts of its JSON-LD scripts, and those of data scripts."""
    kept: list[str] = []
    json_ld: list[str] = []
    data: list[str] = []
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
        elif name == "script" and _is_data(markup, match, closing.start()):
            data.append(markup[match.end() : closing.start()])
        kept.append(" ")
        position = closing.end()
    kept.append(markup[position:])
    return "".join(kept), json_ld, data


def _with_shadows(markup: str) -> str:
    """The markup with what a component shows (`<template shadowrootmode>`) in plain boxes."""
    kept: list[str] = []
    shown: list[bool] = []
    position = 0
    for match in _TEMPLATE.finditer(markup):
        if not match[1]:
            shown.append("shadowroot" in match[0].lower())
        if shown[-1:] == [True]:
            kept += [markup[position : match.start()], f"<{match[1]}div>"]
            position = match.end()
        if match[1] and shown:
            shown.pop()
    return "".join([*kept, markup[position:]])


def _is_data(markup: str, opening: re.Match[str], end: int) -> bool:
    if markup.startswith(_FLIGHT, opening.end()):
        return True
    if end - opening.end() < _LEAST_DATA:
        return False
    return bool(_DATA_TYPE.search(opening[2]) or _DATA.match(markup, opening.end()))


def is_cut_off(markup: str) -> bool:
    """Whether a page ends in its middle: within a tag, a word or a script, or while several parts
    that must be closed are open.

    One that never said where it begins may be all that there is. Of 530 real pages four do not say
    where they end, and at most one part is open there; 467 of
    489 cut behind a random tag are told.
    """
    if _ENDED.search(markup, max(0, len(markup) - _TAIL)):
        return False
    if not _BEGUN.search(markup) or _ENDED.search(markup):
        return False
    return not markup.rstrip(" \t\r\n\0").endswith(">") or _left_open(markup) > 1


def _left_open(markup: str) -> int:
    """How many elements whose end may not be left out are open at the end."""
    visible, _, _ = _strip_opaque(markup)
    open_: Counter[str] = Counter()
    for match in _PARTS.finditer(visible):
        open_[match[2].lower()] += -1 if match[1] else 1
    return sum(count for count in open_.values() if count > 0)


def _bound(markup: str) -> tuple[str, tuple[str, ...]]:
    """The markup within the limits; containers that only nest go first, then the rest is cut."""
    if len(markup) <= MAX_CHARACTERS and markup.count("<") <= MAX_TAGS:
        return markup, ()
    simple = _CONTAINERS.sub(" ", markup[:_MAX_LENIENT])
    bounded = simple[:MAX_CHARACTERS]
    if bounded.count("<") > MAX_TAGS:
        tags = re.finditer("<", bounded)
        bounded = bounded[: next(islice(tags, MAX_TAGS, None)).start()]
    cut = len(bounded) < len(simple) or len(markup) > _MAX_LENIENT
    return bounded, ("simplified", "truncated") if cut else ("simplified",)
