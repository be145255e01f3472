"""Who signed the article? People only: not "Staff", not an agency, not a date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

from corpus.cleaner.markup import fragment_text
from corpus.cleaner.structured import Declared, text_of, types_of

_PREFIX = re.compile(
    r"^\W*(?:(?:written|posted|reported|published|story|words|text|article|analysis|opinion|review)\s+)?"
    r"(?:by|von|par|por|di|door|av|автор(?:ы|и)?|от|від|بقلم|كتب(?:ه|ت)?|كتابة)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·]|,\s+(?:and|und|et|y|и|та|و)\s+|,|\s(?:and|und|et|y|e|и|та|і|&|with|mit|avec)\s)\s*"
)
_CUT = re.compile(
    r"\s*(?:[|•·(\[<]|\s[-–—]\s|@|\bfor\s|\bin\s+[A-Z]|\bat\s|https?:|www\.|\d|"
    r"\b(?:updated|published|posted|last modified)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_PEOPLE = re.compile(
    r"\b(?:staff|team|desk|editors?|editorial|newsroom|reporters?|correspondents?|admin(?:istrator)?|"
    r"news|press|agency|agencies|reuters|associated|afp|ap|dpa|tass|interfax|upi|bbc|cnn|media|times|"
    r"post|guardian|magazine|journal|radio|tv|online|web|contributors?|writers?|guest|wire|services?|"
    r"redaktion|redaktion\w*|rédaction|redacción|agencias?|agence|редакция|редакція|агентство|"
    r"вечрот|unknown|anonymous|author|user|webmaster|group|network|company|inc|ltd|gmbh|"
    r"department|university|institute|foundation|organization|copyright|share|follow|"
    r"january|february|march|april|june|july|august|september|october|november|december|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|am|pm|utc|gmt|min|read|http|com|org)\b|"
    r"هيئة التحرير|وكالات|الجزيرة",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’ʼ\-]*(?:\s+[\w.'’ʼ\-\"“”]+){0,4}")
_SELECTORS = (
    '[rel~="author"]', '[itemprop~="author"]', ".byline", ".author", ".author-name",
    ".byline__name", '[class*="byline"]', '[class*="author-name"]', '[class*="article-author"]',
    "address",
)  # fmt: skip
_MAX_NAMES = 12
_MAX_BYLINE = 200


def read_bylines(soup: BeautifulSoup, declared: Declared) -> tuple[tuple[str, ...], str]:
    """The people who signed, in order, and where that was read."""
    for basis, texts in _sources(declared):
        names = people(texts)
        if names:
            return names, basis
    for selector in _SELECTORS:
        for tag in soup.select(selector, limit=4):
            text = " ".join(str(tag.attrs.get("content") or tag.get_text(" ")).split())
            if 0 < len(text) <= _MAX_BYLINE:
                names = people([text])
                if names:
                    return names, f"byline:{selector}"
    return (), ""


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """The names of people in byline texts, each once; what is no name is left out."""
    names: dict[str, str] = {}
    for text in texts:
        line = _PREFIX.sub("", fragment_text(text))
        for part in _SPLIT.split(_without_roles(line)):
            name = _CUT.sub("", _PREFIX.sub("", part)).strip(" .,:;-–—\"'")
            if _is_name(name):
                names.setdefault(name.casefold(), _cased(name))
    return tuple(names.values())[:_MAX_NAMES]


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60 or not _NAME.fullmatch(text):
        return False
    return not _NOT_PEOPLE.search(text) and (
        text[0].isupper() or not text[0].isascii() or text.islower()
    )


def _cased(name: str) -> str:
    if name.isupper() or name.islower():
        return " ".join("-".join(p.capitalize() for p in w.split("-")) for w in name.split())
    return name


def _without_roles(line: str) -> str:
    return re.sub(
        r",\s*(?:the\s+)?[\w\s]{0,40}\b(?:correspondent|editor|reporter|writer|columnist|in\s+\w+)\b[^,;]*",
        "",
        line,
    )


def _sources(declared: Declared) -> Iterable[tuple[str, list[str]]]:
    authors = declared.article.get("author") or declared.article.get("creator")
    listed = authors if isinstance(authors, list) else [authors]
    persons = [
        text_of(author)
        for author in listed[:_MAX_NAMES]
        if not (isinstance(author, dict) and "organization" in set(types_of(author)))
    ]
    yield "json-ld:author", [person for person in persons if person]
    for name in (
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
        "dcterms.creator", "byl", "byline", "dc.contributor", "citation_author",
        "article:author_name", "twitter:creator",
    ):  # fmt: skip
        values = [value for value in declared.meta.get(name, ()) if "://" not in value]
        if values and not (name == "twitter:creator" and values[0].startswith("@")):
            yield f"meta:{name}", values
