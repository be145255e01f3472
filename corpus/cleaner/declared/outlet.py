"""Outlet: whose page is it?

The outlet as readers know it: not the company behind it, not its slogan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from corpus.cleaner.declared.structured import Declared, Value, text_of, types_of
from corpus.cleaner.declared.title_parts import SEPARATOR, plain
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.markup import first_called

_SITE = (
    "meta:application-name", "meta:apple-mobile-web-app-title", "meta:dc.publisher",
    "meta:copyright-holder", "meta:publisher",
)  # fmt: skip
_COMPANY = re.compile(
    r"\b(?:(?i:gmbh|ltd|limited|inc|llc|plc|corp|corporation|verlags?|ооо|оао|зао|пао|тов)|"
    r"AG|KG|SE|SA|S\.A|SAS|SL|S\.L|SpA|S\.p\.A|SRL|BV|B\.V|Oy|AB)\b\.?"
)
_HOST = re.compile(r"\w\.[a-z]{2,12}$", re.IGNORECASE)
_ONLINE = re.compile(r"\s+online$", re.IGNORECASE)
_OF_A_SITE = frozenset(("newsmediaorganization", "organization", "website"))
_MAX_NAME = 80
_MANY_WORDS = 4  # of a title's part that may be a site's name
_LEAST_SHARED = 3  # letters that a name and a host have in common to agree; fewer name no site


def read_outlet(soup: BeautifulSoup, declared: Declared, *, url: str | None) -> Value | None:
    """The outlet's name, else its host; None when the page says neither.

    The first name that the page gives its site; where that is an address, a company, a headline or
    a sign of three letters, another that the host agrees with, or such a part of the page's title.

    Args:
        url: the page's address; for an archive's copy that of the original.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    names = [Value(_without_slogan(value.text, host), value.basis) for value in _declared(declared)]
    headlines = [declared.first("meta:og:title"), declared.first("json-ld:headline")]
    said = {words_of(value.text) for value in headlines if value is not None}
    strong = [
        value
        for value in names
        if len(_letters(value.text)) > _LEAST_SHARED
        and not _is_host(value.text)
        and not _is_company(value.text)
        and not any(words[: len(words_of(value.text))] == words_of(value.text) for words in said)
    ]
    others = [value for value in names if not _is_company(value.text)]
    agreed = [value for value in (*others, *_in_title(soup)) if _agrees(value.text, host)]
    best = next(iter([*strong, *agreed]), None)
    if best is None and not host:
        best = next(iter(names), None)
    return best or (Value(host, "url") if host else None)


def _declared(declared: Declared) -> Iterator[Value]:
    """What the page calls its site, most trusted first; hosts and companies last."""
    found = [
        declared.first("meta:og:site_name"),
        Value(text_of(declared.article.get("publisher")), "json-ld:publisher"),
        Value(_named_item(declared, "publisher"), "microdata:publisher"),
        declared.first(*_SITE),
    ]
    found += [
        Value(text_of(node.get("name")), "json-ld:name")
        for node in declared.nodes
        if _OF_A_SITE & set(types_of(node))
    ][:1]
    told = [value for value in found if value is not None and value.text]
    told = [value for value in told if "://" not in value.text and len(value.text) <= _MAX_NAME]
    yield from sorted(told, key=lambda value: (_is_company(value.text), _is_host(value.text)))


def _is_company(name: str) -> bool:
    return bool(_COMPANY.search(name))


def _is_host(name: str) -> bool:
    return bool(_HOST.search(name))


def _without_slogan(name: str, host: str) -> str:
    """The part that the host agrees with, else the first: "The Daily | News from Karsk"."""
    name = re.sub(r"^www\.", "", plain(name))
    parts = [part.strip() for part in SEPARATOR.split(name) if part.strip()]
    if _is_company(name) and "," in name:
        brands = [part.strip() for part in name.split(",") if not _is_company(part)]
        return next(iter(brands), name)
    return next((part for part in parts if _agrees(part, host)), next(iter(parts), name))


def _in_title(soup: BeautifulSoup) -> Iterator[Value]:
    """The last and the first part of the page's title that are short enough for a site's name."""
    title = first_called(soup, "title")
    parts = SEPARATOR.split(plain(title.get_text(" "))) if title is not None else []
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if 0 < len(words_of(part)) <= _MANY_WORDS:
            yield Value(_ONLINE.sub("", part.removeprefix("www.")), "title")


def _agrees(name: str, host: str) -> bool:
    """Whether a name and a host are of one site: "The Times of Israel", timesofisrael.com."""
    letters, words = _letters(name), words_of(name)
    initials = "".join(word[0] for word in words)
    labels = [_letters(label) for label in host.split(".")[:-1]]
    return any(
        (len(label) >= _LEAST_SHARED and (label in words or 2 * len(label) >= len(letters))
         and label in letters)
        or (len(letters) >= _LEAST_SHARED and letters in label)
        or (len(initials) > 1 and label == initials)
        for label in labels
    )  # fmt: skip


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _named_item(declared: Declared, name: str) -> str:
    """The text of a microdata item: its own, or that of the `name` inside it."""
    for tag in declared.items.get(name, ())[:2]:
        inner = tag.select_one('[itemprop~="name"]')
        source = tag if inner is None else inner
        text = " ".join(str(source.attrs.get("content") or source.get_text(" ")).split())
        if 0 < len(text) <= _MAX_NAME:
            return text
    return ""
