"""What does the page say of itself: outlet, section, address, language, description?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from corpus.cleaner.addresses import canonical_url
from corpus.cleaner.structured import Declared, Value, text_of, texts_of, types_of

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MAX_KEYWORDS = 50
_MAX_NAME = 80
_SECTION = (
    "json-ld:articleSection", "meta:article:section", "meta:section", "meta:parsely-section",
    "meta:cxenseparse:recs:category",
)  # fmt: skip
_DESCRIPTION = (
    "meta:og:description", "meta:description", "json-ld:description", "meta:twitter:description",
)  # fmt: skip
_SITE = (
    "meta:application-name", "meta:apple-mobile-web-app-title", "meta:dc.publisher",
    "meta:copyright-holder", "meta:publisher",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; `basis` names the place of each value that was found."""

    outlet: str = ""
    section: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    url: str | None = None
    declared_language: str = ""
    basis: dict[str, str] = field(default_factory=dict)


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

    outlet = take("outlet", _outlet(declared, url))
    section = take("section", declared.first(*_SECTION))
    description = take("description", declared.first(*_DESCRIPTION))
    address = take("url", _address(soup, declared, url))
    language = take("declared_language", _language(soup, declared))
    keywords, place = _keywords(declared)
    if keywords:
        basis["keywords"] = place
    return Metadata(outlet, section, description, keywords, address or None, language, basis)


def _outlet(declared: Declared, url: str | None) -> Value | None:
    publisher = text_of(declared.article.get("publisher"))
    site = declared.first("meta:og:site_name")
    if site is not None and "." not in site.text[-4:]:
        return site
    if publisher:
        return Value(publisher, "json-ld:publisher")
    microdata = _named_item(declared, "publisher")
    if microdata:
        return Value(microdata, "microdata:publisher")
    named = site or declared.first(*_SITE)
    if named is not None and "://" not in named.text:
        return named
    for node in declared.nodes:
        if {"newsmediaorganization", "organization", "website"} & set(types_of(node)) and text_of(
            node.get("name")
        ):
            return Value(text_of(node.get("name")), "json-ld:name")
    host = urlsplit(canonical_url(url)).hostname if url else None
    return Value(host, "url") if host else None


def _named_item(declared: Declared, name: str) -> str:
    """The text of a microdata item: its own, or that of the `name` inside it."""
    for tag in declared.items.get(name, ())[:2]:
        inner = tag.select_one('[itemprop~="name"]')
        source = tag if inner is None else inner
        text = " ".join(str(source.attrs.get("content") or source.get_text(" ")).split())
        if 0 < len(text) <= _MAX_NAME:
            return text
    return ""


def _address(soup: BeautifulSoup, declared: Declared, url: str | None) -> Value | None:
    """The canonical address: declared, unless it points to a front page or another site."""
    candidates = []
    link = soup.find("link", rel="canonical", href=True)
    if link is not None:
        candidates.append(Value(str(link.attrs["href"]), "link:canonical"))
    candidates += [
        value for value in (declared.first("meta:og:url"), declared.first("json-ld:url")) if value
    ]
    for candidate in candidates:
        try:
            absolute = urljoin(url or "", candidate.text.strip())
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname:
            continue
        if url and (len(parts.path) <= 1 < len(urlsplit(url).path)):
            continue
        return Value(canonical_url(absolute), candidate.basis)
    return Value(canonical_url(url), "collected") if url else None


def _language(soup: BeautifulSoup, declared: Declared) -> Value | None:
    html = soup.find("html")
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
    unique = dict.fromkeys(part for part in parts if 1 < len(part) <= 80)
    return tuple(unique)[:_MAX_KEYWORDS], place
