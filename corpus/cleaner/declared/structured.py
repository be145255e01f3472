"""Structured: what does the page declare about itself in machine-readable form?

JSON-LD, `<meta>` elements and microdata, each value with the place it was read from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bs4 import Tag
from bs4.element import PageElement

from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.markup import Page, first_called, fragment_text
from corpus.soundness import sound_value

_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "backgroundnewsarticle reviewnewsarticle asknewsarticle liveblogposting blogposting "
    "socialmediaposting techarticle scholarlyarticle advertisercontentarticle report "
    "satiricalarticle discussionforumposting videoobject imagegallery webpage itempage "
    "collectionpage".split()
)
_LESSER_TYPES = frozenset("webpage itempage collectionpage videoobject imagegallery".split())
_TELLING = 3  # words of a headline that has none of the page's title: it is of another story
_SMALL = 3  # letters of words that any two headlines may have
_MOST_HEADINGS = 10
_MAX_NODES = 4000
_MAX_JSON = 2_000_000
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_MAX_VALUE = 4000
_COLON = re.compile("^(dc|dcterms):")  # RDFa writes so what elements call `dc.title`
_SIGNING = re.compile(
    r"author(?!-?(?:views?|count|stats?|posts?|articles|followers?)\b)|(?:^|[\s_-])(?:writer|reporter|journalist|contributor|redacteur|redactor|"
    r"autor(?:en|es|zy|i|e)?|verfasser|redakteur|auteur|journaliste|periodista|firma|yazar(?:lar)?|muhabir|avtory?)s?(?:[-_]+\w{2,8})?"
    r"(?=\s|$)|(?:^|\s)(?:(?:\w+[-_])*ar[-_])?by(?:[-_]a)?(?=\s|$)|(?:posted|written)[-_]by(?=\s|$)|reader-credits"
)
_CALLED = (
    "data-testid",
    "data-component",
    "data-qa",
    "data-hook",
    "aria-labelledby",
)  # for tests, by its makers
_WHOLE_PAGES = frozenset(("body", "html", "article", "main", "section"))
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|avtor[iy]?|profiles?|by|journalists?|contributors?|"
    r"reporters?|writers?|columnists?|redacteurs?|journalistes?)/[^/?#]+/?$|^/@[\w.-]+$"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A declared value and where it was read, for example `json-ld:headline`."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything a page declares.

    Attributes:
        article: the JSON-LD node of the article, or an empty mapping.
        nodes: all JSON-LD nodes, the article's among them.
        meta: contents of `<meta>` by name or property, lower case, in order.
        items: elements with `itemprop`, by property, lower case.
        headings: `<h1>` and `<h2>` elements, in order.
        times: `<time>` elements, and those that hAtom used before there were such, in order.
        signed: elements that may name an author, the most telling first.
    """

    article: Mapping[str, Any]
    nodes: tuple[Mapping[str, Any], ...]
    meta: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[Tag, ...]]
    headings: tuple[Tag, ...] = ()
    times: tuple[Tag, ...] = ()
    signed: tuple[Tag, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """The schema.org types of the JSON-LD article node, lower case."""
        return frozenset(types_of(self.article))

    def first(self, *places: str) -> Value | None:
        """The first non-empty value among places such as `json-ld:headline`, `meta:og:title`."""
        for place in places:
            source, _, name = place.partition(":")
            if source == "json-ld":
                text = text_of(self.article.get(name))
            else:
                text = next(iter(self.meta.get(name, ())), "")
            if text:
                return Value(text, place)
        return None


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")


def _is_moment(tag: Tag) -> bool:
    """Whether an abbreviation stands for a moment, as in hAtom: `title="2024-03-12T16:40:00Z"`."""
    return bool(tag.attrs.get("class") and _MOMENT.match(str(tag.attrs.get("title") or "")))


DATING = dict.fromkeys(
    ("publishdate", "data-published-time", "data-publish-date", "data-published", "data-date-time"),
    False,
) | dict.fromkeys(("updatedate", "data-updated-time", "data-modify-date-time"), True)
"""Attributes in which programs keep when a story was published, or, where True, changed."""


def is_written_title(tag: Tag) -> bool:
    """Whether a paragraph is the title of a text that a program for writing made a page of."""
    if not (marks := str(tag.attrs.get("class", ""))):
        return False
    words = marks.split()
    return "MsoTitle" in words or (
        "title" in words and str(tag.attrs.get("id", "")).startswith("h.")
    )


def read_declared(page: Page) -> Declared:
    """Collects what a page declares, in one walk over its tree; malformed parts are left out."""
    nodes = tuple(_nodes(page.json_ld))
    meta: dict[str, list[str]] = {}
    items: dict[str, list[Tag]] = {}
    headings: list[Tag] = []
    times: list[Tag] = []
    signed: list[tuple[int, Tag]] = []
    following: PageElement | None = next(iter(page.soup.contents), None)
    while following is not None:
        tag, following = following, following.next_element
        if not isinstance(tag, Tag):
            continue
        attributes = tag.attrs
        if tag.name == "meta":
            _read_meta(tag, meta)
        elif tag.name in ("h1", "h2") or (tag.name == "p" and is_written_title(tag)):
            headings.append(tag)
        elif (
            tag.name == "time"
            or (tag.name == "abbr" and _is_moment(tag))
            or not DATING.keys().isdisjoint(attributes)
        ):
            times.append(tag)
        if not attributes and tag.name != "address":
            continue
        if "itemprop" in attributes:
            for name in str(attributes["itemprop"]).lower().split():
                items.setdefault(name, []).append(tag)
        rank = _signs(tag)
        if rank is not None:
            signed.append((rank, tag))
    signed.sort(key=lambda pair: pair[0])
    title = first_called(page.soup, "title")
    told = " ".join((*meta.get("og:title", ())[:1], title.text if title else "", _first(headings)))
    return Declared(
        article=article_of(nodes, title=told),
        nodes=nodes,
        meta={name: tuple(values) for name, values in meta.items()},
        items={name: tuple(tags) for name, tags in items.items()},
        headings=tuple(headings),
        times=tuple(times),
        signed=tuple(tag for _, tag in signed),
    )


def _first(headings: list[Tag]) -> str:
    """The first heading of rank one with words for a headline; later ones may be other stories'."""
    shown = (tag.get_text(" ") for tag in headings[:_MOST_HEADINGS] if tag.name == "h1")
    return next((text for text in shown if len(words_of(text)) >= _TELLING), "")


def _signs(tag: Tag) -> int | None:
    """How likely an element names the author: 0 is most likely, None not at all."""
    attributes = tag.attrs
    if "rel" in attributes and "author" in str(attributes["rel"]):
        return 0
    called = next((str(attributes[name]) for name in _CALLED if name in attributes), "")
    if called or "class" in attributes:
        rank = _rank_of(str(attributes.get("class", "")), called)
        if rank == 1 or (rank and tag.name not in _WHOLE_PAGES):
            return rank
    if tag.name == "address":
        return 3
    return 4 if tag.name == "a" and is_profile_link(tag) else None


@lru_cache(maxsize=16384)
def _rank_of(name: str, tested_as: str) -> int | None:
    """How likely what an element is called means the author: 1, 2 or None, as `_signs` says."""
    marks = f"{name} {tested_as}".lower()
    if "byline" in marks:
        return 1
    if tested_as == "user-name":  # of a comment where a class says so
        return 2
    return 2 if _SIGNING.search(marks) is not None else None


def is_profile_link(tag: Tag) -> bool:
    """Whether an element is a link to the page of a person, and says so only in its address."""
    return tag.name == "a" and bool(_PROFILE.search(str(tag.attrs.get("href", ""))))


def is_commenter(tag: Tag) -> bool:
    """Whether a microdata item is part of a comment."""
    return any("omment" in str(parent.attrs.get("itemtype", "")) for parent in tag.parents)


def types_of(node: Mapping[str, Any]) -> Iterator[str]:
    """The types of a JSON-LD node, lower case, without a vocabulary's address."""
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str):
            yield kind.rsplit("/", 1)[-1].lower()


def text_of(value: Any) -> str:
    """A JSON-LD value as text: a string, the first of a list, or a node's name."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("headline") or ""
        else:
            break
    return fragment_text(value[:_MAX_VALUE]) if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """A JSON-LD value as texts, one for each of a list."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_of, values[:50]) if text]


def _read_meta(tag: Tag, meta: dict[str, list[str]]) -> None:
    attributes = tag.attrs
    content = attributes.get("content") or attributes.get("value")
    if not content:
        return
    text = fragment_text(str(content)[:_MAX_VALUE])
    if not text:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        if attributes.get(key) and (key != "itemprop" or not _is_in_body(tag)):
            for name in str(attributes[key]).lower().split():
                meta.setdefault(_COLON.sub(r"\1.", name), []).append(text)


def _is_in_body(tag: Tag) -> bool:
    """Whether an item stands in the body, where it may be a comment's or a teaser's."""
    return any(parent.name == "body" for parent in tag.parents)


def _nodes(scripts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    left = _MAX_NODES
    for script in scripts:
        stack = [_load(script)]
        while stack and left:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(reversed(value))
            elif isinstance(value, dict):
                left -= 1
                if "@type" in value:
                    yield value
                stack.extend(
                    child
                    for name, child in reversed(value.items())
                    if name
                    in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                    and isinstance(child, (dict, list))
                )


_OPENED = re.compile(r"(?:<!--\s{0,9})?(?:(?://|/\*)?\s{0,9}<!\[CDATA\[\s{0,9}(?:\*/)?)?")
_CLOSED = re.compile(r"(?:(?://|/\*)?\s{0,9}\]\]>\s{0,9}(?:\*/)?)?\s{0,9}(?:(?://\s{0,9})?-->)?\Z")
_LONGEST_WRAP = 60
"""Characters that hide a script from browsers that knew none, and from readers of XML."""


def _unwrapped(script: str) -> str:
    text = script.strip()
    opened, closed = _OPENED.match(text), _CLOSED.search(text, max(0, len(text) - _LONGEST_WRAP))
    start, end = opened.end() if opened else 0, closed.start() if closed else len(text)
    return text[start:end].strip().rstrip(";")


def _load(script: str) -> Any:
    text = _unwrapped(script)
    if len(text) > _MAX_JSON:
        return None
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            value = json.loads(attempt, strict=False)
            return sound_value(value) if "\\u" in attempt else value
        except (ValueError, RecursionError):
            continue
    return None


def is_an_article(node: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD node is of an article, and not only of a page or a film."""
    return bool(set(types_of(node)) & (_ARTICLE_TYPES - _LESSER_TYPES))


def article_of(nodes: tuple[Mapping[str, Any], ...], *, title: str) -> Mapping[str, Any]:
    """The node of the article: of a real article type, with the page's title, that says most.

    Args:
        title: what the page calls itself; lists of other articles are nodes like its own.
    """
    best: Mapping[str, Any] = {}
    best_rank = (0, 0.0, 0)
    said = set(words_of(title))
    for node in nodes:
        types = set(types_of(node)) & _ARTICLE_TYPES
        if not types:
            continue
        told = sum(
            name in node for name in ("headline", "datePublished", "author", "articleBody", "name")
        )
        words = set(words_of(text_of(node.get("headline")))) if said else set()
        alike = round(len(words & said) / len(words), 1) if words else 0.0
        rank = (1 if types <= _LESSER_TYPES else 2, alike, told)
        if rank > best_rank and not (words and _is_of_another(node, said)):
            best, best_rank = node, rank
    return best


def _is_of_another(node: Mapping[str, Any], said: set[str]) -> bool:
    """Whether a headline, as of the next story of an endless page, has no word of the title."""
    named = (text_of(node.get(name)) for name in ("headline", "alternativeHeadline", "name"))
    words = {word for word in words_of(" ".join(named)) if len(word) > _SMALL}
    titled = {word for word in said if len(word) > _SMALL}
    return min(len(words), len(titled)) >= _TELLING and words.isdisjoint(titled)
