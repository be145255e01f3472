"""Metadata: what does the page say of itself: outlet, section, address, language, description?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from corpus.cleaner.addresses import canonical_url, shown_url
from corpus.cleaner.declared.outlet import read_outlet
from corpus.cleaner.declared.structured import Declared, Value, text_of, texts_of, types_of
from corpus.cleaner.declared.title_parts import is_of_any_page
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.markup import first_called
from corpus.soundness import ADDRESS

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"\s*[a-z][a-z\d+.-]*:", re.IGNORECASE)
_SECOND_ADDRESS = re.compile(r"https?(?::|%3a)(?:/|%2f)", re.IGNORECASE)
_MAX_KEYWORDS = 50
_SECTION = (
    "json-ld:articleSection", "meta:article:section", "meta:section", "meta:parsely-section",
    "meta:cxenseparse:recs:category",
)  # fmt: skip
_DESCRIPTION = (
    "meta:og:description", "meta:description", "json-ld:description", "meta:twitter:description",
)  # fmt: skip
_NO_SECTIONS = (
    "", "start", "all articles", "articles", "alle artikel", "artikel", "archive", "archiv",
    "search", "suche", "erweiterte suche",
)  # fmt: skip
_SECTION_WORDS = 6
_TELLING = 3  # words of a crumb that is the beginning of the headline
_SECTION_LIST = re.compile(r",\S|,.*,|[;|>»/]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; `basis` names the place of each value that was found.

    Attributes:
        url: the canonical form of its address: it tells articles apart.
        shown_url: the address as it was collected, else as the page declares it.
        flags: `address_unread` where it declares one that is none.
    """

    outlet: str = ""
    section: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    url: str | None = None
    declared_language: str = ""
    basis: dict[str, str] = field(default_factory=dict)
    shown_url: str | None = None
    flags: tuple[str, ...] = ()


def read_metadata(soup: BeautifulSoup, declared: Declared, *, url: str | None) -> Metadata:
    """Reads the page's own description of itself.

    Args:
        url: where it was collected from, when known; checks the canonical address it declares.
    """
    basis: dict[str, str] = {}

    def take(name: str, value: Value | None) -> str:
        if value is None:
            return ""
        basis[name] = value.basis
        return value.text

    outlet = take("outlet", read_outlet(soup, declared, url=canonical_url(url) if url else None))
    section = take("section", _section(declared, outlet))
    description = take("description", declared.first(*_DESCRIPTION))
    url = shown_url(url) or None if url else None
    address, unread = _address(soup, declared, url)
    canonical = canonical_url(take("url", address))
    shown = address.text if address is not None else None
    if url and (shown is None or len(urlsplit(url).path) > 1 or len(urlsplit(shown).path) <= 1):
        shown = url
    language = take("declared_language", _language(soup, declared))
    keywords, place = _keywords(declared)
    if keywords:
        basis["keywords"] = place
    return Metadata(
        outlet, section, description, keywords, canonical or None, language, basis,
        shown_url=shown, flags=(ADDRESS,) if unread else (),
    )  # fmt: skip


def _section(declared: Declared, outlet: str) -> Value | None:
    """The section that the page declares, or its first crumb; a sentence is none, nor a title."""
    headline = words_of(text_of(declared.article.get("headline")))
    told = [declared.first(place) for place in _SECTION] + [_crumb(declared, outlet)]
    for value in told:
        text = _SECTION_LIST.split(value.text.strip("/ "))[0].strip() if value is not None else ""
        words = words_of(text)
        if value is not None and 0 < len(words) <= _SECTION_WORDS and words != headline:
            return Value(text, value.basis)
    return None


def _crumb(declared: Declared, outlet: str) -> Value | None:
    """The first crumb that is neither the front page nor the article itself."""
    titles = [declared.first("json-ld:headline"), declared.first("meta:og:title")]
    headlines = [words_of(title.text) for title in titles if title is not None]
    for node in declared.nodes:
        items = node.get("itemListElement") if "breadcrumblist" in set(types_of(node)) else None
        names = [_crumb_name(item) for item in items] if isinstance(items, list) else []
        for number, name in enumerate(names):
            words = words_of(name)
            own = len(words) >= _TELLING and any(
                headline[: len(words)] == words for headline in headlines
            )
            last = number == len(names) - 1 and number > 1
            if not (own or last or is_of_any_page(name, outlet) or name.casefold() in _NO_SECTIONS):
                return Value(name, "json-ld:breadcrumb")
    return None


def _crumb_name(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    inner = item.get("item")
    return text_of(item.get("name")) or (text_of(inner) if isinstance(inner, Mapping) else "")


def _address(soup: BeautifulSoup, declared: Declared, url: str | None) -> tuple[Value | None, bool]:
    """The address that the page declares, unless it is that of a front page or two run together;
    else the collected one. And whether it declares one that is none.
    """
    candidates = []
    unread = False
    link = soup.find("link", rel="canonical", href=True)
    if link is not None:
        candidates.append(Value(str(link.attrs["href"]), "link:canonical"))
    candidates += [
        value for value in (declared.first("meta:og:url"), declared.first("json-ld:url")) if value
    ]
    for candidate in candidates:
        try:
            absolute = shown_url(urljoin(url or "https:", candidate.text.strip()))
        except ValueError:
            absolute = ""
        if not absolute:
            unread = unread or bool(_SCHEME.match(candidate.text))
            continue
        parts = urlsplit(absolute)
        if _SECOND_ADDRESS.search(parts.path):
            continue  # two addresses run together, or one that was escaped as a whole
        if url and (len(parts.path) <= 1 < len(urlsplit(url).path)):
            continue
        return Value(absolute, candidate.basis), unread
    return (Value(url, "collected") if url else None), unread


def _language(soup: BeautifulSoup, declared: Declared) -> Value | None:
    html = first_called(soup, "html")
    candidates = (
        []
        if html is None
        else [
            Value(str(html.attrs.get(name) or ""), f"html:{name}") for name in ("lang", "xml:lang")
        ]
    )
    candidates += [
        value
        for value in (
            declared.first("json-ld:inLanguage"),
            declared.first(
                "meta:content-language", "meta:language", "meta:dc.language", "meta:og:locale"
            ),
        )
        if value
    ]
    for candidate in candidates:
        match = _LANGUAGE.fullmatch(candidate.text.strip())
        if match:
            return Value(match[0].replace("_", "-"), candidate.basis)
    return None


def _keywords(declared: Declared) -> tuple[tuple[str, ...], str]:
    listed = texts_of(declared.article.get("keywords"))
    place = "json-ld:keywords"
    if not listed:
        for name in ("news_keywords", "keywords", "article:tag", "parsely-tags"):
            listed = list(declared.meta.get(name, ()))
            place = f"meta:{name}"
            if listed:
                break
    parts = [part.strip() for text in listed for part in re.split(r"[,;،]", text)]
    unique = dict.fromkeys(part for part in parts if 1 < len(part) <= 80 and not part.isdigit())
    return tuple(unique)[:_MAX_KEYWORDS], place
