"""App data: which story do a page's scripts hold, for a program to show?

Pages that are programs bring their story as JSON: in a script of its own (`__NEXT_DATA__`),
assigned to a variable, there also as `script_values` are written, or as what a server drew for
React ("flight data"). Only asked of pages that show next to nothing themselves.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from corpus.cleaner.declared import flight
from corpus.cleaner.declared.script_values import read_value
from corpus.cleaner.declared.structured import text_of
from corpus.cleaner.same_words import WIDE, words_of
from corpus.cleaner.tree.markup import fragment_text
from corpus.soundness import sound_value

LEAST = 150  # characters of a story
_DECODER = json.JSONDecoder(strict=False)
_MOST_DATA = 8_000_000  # characters of data that are read
_MOST_VALUES = 300_000
_DEEPEST = 120
_LEAST_WEIGHT = 0.2
_LEAST_WIDE = 40

_FLIGHT = re.compile(r"\b__next_f\s*(?:=[^;]*\|\|\s*\[\]\s*\)?)?\.push\(\s*(\[.*\])\s*\)", re.S)
_ASSIGNED = re.compile(r"=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"']|\(?function\b)")
_MOST_ASSIGNED, _MOST_UNREAD = 100, 3  # values in one script, and those that are none after all
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")

_ELSEWHERE = re.compile(
    r"related|recommend|latest|trending|popular|most_?(?:read|viewed)|comment|more_?(?:stories|articles|"
    r"news)|sidebar|footer|header|nav(?:igation)?$|menu|config|transl|i18n|locale|messages|legal|cookie|"
    r"consent|terms|privacy|newsletter|promo|advert|author|biograph|bio$|css|style|query|schema|next_?article",
    re.IGNORECASE,
)
"""Keys under which texts belong to other stories, or to the site."""
_TOLD = re.compile(
    r"(?:full|article|story|post|main|raw|long)?_?(?:body|content|text|html|paragraphs?|copy|blocks?|"
    r"elements|components|markup|richtext|__html|rendered|value)(?:_?(?:html|text|elements|raw|blocks|"
    r"markup|content|json))*",
    re.IGNORECASE,
)
"""Keys of what is told."""
_INLINE = re.compile(
    r"text|span|link|a|strong|b|em|i|bold|italic|hyperlink|entry-hyperlink|mark|u|underline|br"
)
_NO_TEXT = re.compile(
    r"image|img|photo|picture|video|audio|gallery|slideshow|embed|ad$|ads|advert|promo|related|"
    r"newsletter|social|tweet|interstitial|divider|caption|credit|player|widget|teaser|read_?more|"
    r"button|cta|poll|recommend",
    re.IGNORECASE,
)
_KINDS = ("type", "_type", "__typename", "nodeType", "tag", "tagName", "kind", "name", "blockName")
_HEADLINES = (
    "headline",
    "title",
    "headlines",
    "heading",
    "hed",
    "name",
    "headLine",
    "articleTitle",
)
_PUBLISHED = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate",
    "published_date", "publicationDate", "publication_date", "firstPublished", "firstPublishedAt",
    "first_publish_date", "firstPublishDate", "publishedOn", "publishTime", "published", "pubDate",
    "display_date", "displayDate", "date", "createdAt", "created_at",
)  # fmt: skip
_MODIFIED = (
    "dateModified", "modifiedAt", "modified_at", "updatedAt", "updated_at", "lastModified",
    "last_updated_date", "lastUpdated", "modifiedDate", "updateDate",
)  # fmt: skip
_AUTHORS = ("author", "authors", "byline", "bylines", "creator", "writers", "contributors", "by")

_TAG = re.compile(r"<[^<>]{0,2000}>")
_PARAGRAPH_TAG = re.compile(r"<(?:p|br|div|h[1-6]|li)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?…。！？؟۔।](?=[\s\"'”’»)<]|$)|[。！？]")
_CODE = re.compile(r"[{};=\\]")


@dataclass(frozen=True, slots=True)
class Story:
    """A story in a page's data.

    Attributes:
        markup: what is told, as a page would show it.
        size: characters of its text.
        node: what the data says of it, under the names of schema.org.
        is_titled: it is called what the page is called.
    """

    markup: str
    size: int
    node: Mapping[str, Any]
    is_titled: bool


def story_in(scripts: Sequence[str], *, title: str) -> Story | None:
    """The story in the data of a page, or None.

    Args:
        scripts: the texts of scripts that hold data, in order.
        title: what the page calls itself; data holds other stories too.
    """
    folded = set(words_of(title))
    best: Story | None = None
    best_weight = 0.0
    parts = []
    for script in scripts:
        if pushed := _FLIGHT.findall(script):
            parts += pushed
            continue
        for value in _loaded(script):
            for weight, story in _stories(value, folded):
                if weight > best_weight:
                    best, best_weight = story, weight
    for weight, story in _in_flight(parts, folded):
        if weight > best_weight:
            best, best_weight = story, weight
    return best


def _loaded(script: str) -> Iterator[Any]:
    """The data in a script: all of it as JSON, or what it assigns, one value after the other."""
    text = script.strip()[:_MOST_DATA]
    if text.startswith(("{", "[")):
        with suppress(ValueError, RecursionError):
            yield sound_value(_DECODER.raw_decode(text)[0])
            return
        with suppress(ValueError, RecursionError):
            yield sound_value(_DECODER.raw_decode(_UNDEFINED.sub("null", text))[0])
            return
    position = unread = 0
    for _ in range(_MOST_ASSIGNED):
        assigned = _ASSIGNED.search(text, position)
        if assigned is None or unread > _MOST_UNREAD:
            return
        position = assigned.end()
        unread += 1
        with suppress(ValueError, RecursionError):
            value, position = _assigned(text, position)
            unread -= 1
            if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
                value = json.loads(value, strict=False)
            if isinstance(value, (dict, list)):
                yield sound_value(value)


def _assigned(text: str, position: int) -> tuple[Any, int]:
    """The value at a place in a script, and where it ends: JSON, which is read in no time, else
    as scripts are written.
    """
    try:
        return _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        return read_value(text, position)


def _stories(value: Any, title: set[str]) -> Iterator[tuple[float, Story]]:
    """What may be the story in some data, and how much speaks for it."""
    stack: list[tuple[Any, tuple[Mapping[str, Any], ...], float, int]] = [(value, (), 1.0, 0)]
    left = _MOST_VALUES
    while stack and left:
        one, above, weight, depth = stack.pop()
        left -= 1
        if depth > _DEEPEST:
            continue
        if isinstance(one, list):
            stack += [(child, above, weight, depth + 1) for child in reversed(one)]
            strings = [child for child in one if isinstance(child, str)]
            if strings and not above:  # values without keys, to which others refer by number
                yield from _weighed(max(strings, key=len), above, weight, title)
        elif isinstance(one, dict):
            chain = (one, *above[:4])
            for key, child in reversed(one.items()):
                share = weight * (0.05 if _ELSEWHERE.search(str(key)) else 1.0)
                if isinstance(child, (dict, list)):
                    stack.append((child, chain, share, depth + 1))
                if isinstance(child, (str, list)) and child:
                    told = share * (2.0 if _TOLD.fullmatch(str(key)) else 0.5)
                    yield from _weighed(child, chain, told, title)


def _weighed(
    told: Any, chain: Sequence[Mapping[str, Any]], weight: float, title: set[str]
) -> Iterator[tuple[float, Story]]:
    if isinstance(told, str):
        if len(told) < _LEAST_WIDE:
            return
        markup = told if _PARAGRAPH_TAG.search(told) else _as_paragraphs(told.splitlines())
    else:
        markup = _as_paragraphs(_paragraphs(told, 0), escaped=True)
    plain = _TAG.sub(" ", markup)
    if not _is_prose(plain):
        return
    node, is_titled = _node(chain, title)
    if weight < _LEAST_WEIGHT and not is_titled:
        return
    size = len(plain)
    yield size * weight * (4.0 if is_titled else 1.0), Story(markup, size, node, is_titled)


def _is_prose(text: str) -> bool:
    least = _LEAST_WIDE if WIDE.search(text) else LEAST
    if len(text) < least or len(_CODE.findall(text)) > 0.01 * len(text):
        return False
    spaced = text.count(" ") > 0.08 * len(text) or bool(WIDE.search(text))
    return spaced and bool(_SENTENCES.search(text))


def _as_paragraphs(lines: Sequence[str], *, escaped: bool = False) -> str:
    kept = (line.strip() for line in lines)
    return "".join(f"<p>{line if escaped else html.escape(line)}</p>" for line in kept if line)


def _paragraphs(parts: Sequence[Any], depth: int) -> list[str]:
    """The paragraphs, as markup, of a list of parts: texts, or objects that hold texts."""
    found: list[str] = []
    for part in parts[:5000]:
        if isinstance(part, str):
            found.append(part if _TAG.search(part) else html.escape(part))
        elif isinstance(part, dict) and depth < _DEEPEST and not _is_no_text(part):
            found += _paragraphs_of(part, depth)
    return found


def _paragraphs_of(part: Mapping[str, Any], depth: int) -> list[str]:
    found: list[str] = []
    for key, value in part.items():
        if not _TOLD.fullmatch(key) and key not in ("children", "data", "items", "props", "attrs"):
            continue
        if isinstance(value, str):
            text = value if _TAG.search(value) else html.escape(value)
            found.append(text)
        elif isinstance(value, dict):
            found += _paragraphs_of(value, depth + 1)
        elif isinstance(value, list):
            inner = _paragraphs(value, depth + 1)
            if all(isinstance(one, str) or _is_inline(one) for one in value):
                inner = ["".join(inner)] if inner else []
            found += inner
        if found and key not in ("children", "data", "items"):
            break  # a text is often given twice, plain and with marks
    return found


def _kinds_of(part: Mapping[str, Any]) -> list[str]:
    return [kind for name in _KINDS if isinstance(kind := part.get(name), str)]


def _is_inline(part: Any) -> bool:
    if not isinstance(part, dict):
        return False
    kinds = _kinds_of(part)
    return not kinds or any(_INLINE.fullmatch(kind) for kind in kinds)


def _is_no_text(part: Mapping[str, Any]) -> bool:
    return any(map(_NO_TEXT.search, _kinds_of(part)))


def _node(chain: Sequence[Mapping[str, Any]], title: set[str]) -> tuple[dict[str, Any], bool]:
    """What the objects around a text say of it, and whether it is called what the page is."""
    for number, owner in enumerate(chain):
        headline = _first(owner, _HEADLINES)
        words = set(words_of(headline))
        if len(words) < 2 and not WIDE.search(headline):
            continue
        near = chain[: number + 1][::-1]
        node: dict[str, Any] = {"@type": "NewsArticle", "headline": headline}
        for name, keys in (("datePublished", _PUBLISHED), ("dateModified", _MODIFIED)):
            if said := next(filter(None, (_first(one, keys) for one in near)), ""):
                node[name] = said
        for one in near:
            if authors := _authors(one):
                node["author"] = authors
                break
        alike = len(words & title) / len(words) if words else 0.0
        return node, alike > 0.6
    return {}, False


def _first(node: Mapping[str, Any], keys: Sequence[str]) -> str:
    for key in keys:
        value = node.get(key)
        if isinstance(value, dict) and ("basic" in value or "rendered" in value):
            value = value.get("basic") or value.get("rendered")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 10**8:
            value = str(value)
        if isinstance(value, str) and (text := fragment_text(value[:400])):
            return text
    return ""


def _authors(node: Mapping[str, Any]) -> list[dict[str, str]]:
    credited = node.get("credits")
    for place in (node, credited if isinstance(credited, dict) else {}):
        for key in _AUTHORS:
            value = place.get(key)
            listed = value if isinstance(value, list) else [value]
            names = [name for one in listed[:20] if (name := text_of(one))]
            if names:
                return [{"@type": "Person", "name": name} for name in names]
    return []


def _in_flight(pushed: Sequence[str], title: set[str]) -> Iterator[tuple[float, Story]]:
    values, markup = flight.read(pushed)
    for value in values:
        yield from _stories(value, title)
    plain = fragment_text(markup)
    if _is_prose(plain):
        yield 3.0 * len(plain), Story(markup, len(plain), {}, is_titled=False)
