"""Who signed the article? People only: not "Staff", not an agency, not a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bs4 import Tag

from corpus.cleaner.furniture import is_elsewhere
from corpus.cleaner.markup import fragment_text
from corpus.cleaner.structured import Declared, is_commenter, text_of, types_of

_PREFIX = re.compile(
    r"^\W*(?:(?:written|posted|reported|published|story|words|text|article|analysis|opinion|review)\s+)?"
    r"(?:by|von|par|por|di|door|av|автор(?:ы|и)?|от|від|بقلم|كتب(?:ه|ت)?|كتابة)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·،；、]|,\s+(?:and|und|et|y|и|та|و)\s+|,|\s(?:and|und|et|y|e|и|та|і|&|with|mit|avec)\s)\s*"
)
_CUT = re.compile(
    r"\s*(?:[|•·(\[<]|\s[-–—]\s|@|\bfor\s|\bin\s+[A-Z]|\bat\s|https?:|www\.|\d|"
    r"\b(?:updated|published|posted|last modified|im gespräch)\b|"
    r"\s(?:redakteur|korrespondent|reporter|journalist|autor|volontär)(?:in)?\b|"
    r"\s(?:postdoctoral|professor|lecturer)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_PEOPLE = re.compile(
    r"\b(?:staff|team|desk|editors?|editorial|newsroom|reporters?|correspondents?|admin(?:istrator)?|"
    r"news|press|agency|agencies|reuters|associated|afp|ap|dpa|tass|interfax|upi|bbc|cnn|media|times|"
    r"post|guardian|magazine|journal|radio|tv|online|web|contributors?|writers?|guest|wire|services?|"
    r"redaktion|redaktion\w*|rédaction|redacción|agencias?|agence|редакция|редакція|агентство|"
    r"вечрот|фото|photos?|instagram|facebook|unknown|anonymous|author|user|webmaster|group|network|company|inc|ltd|gmbh|"
    r"department|university|institute|foundation|organization|copyright|share|follow|"
    r"january|february|march|april|june|july|august|september|october|november|december|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|am|pm|utc|gmt|min|read|http|com|org)\b|"
    r"هيئة التحرير|وكالات|الجزيرة",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’ʼ\-]*(?:\s+[\w.'’ʼ\-\"“”]+){0,4}")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_PARTICLES = frozenset(
    "de da di del della van von der den ter bin bint ibn al el la le du y e i".split()
)
_LABEL = re.compile(
    r"^\W*(?:text|words|story|photos?|fotos?|bild|текст|фото)\s*:\s*", re.IGNORECASE
)
_BY = re.compile(
    r"\W*(?:by|von|par|por|di|av|автор(?:ы|и)?|текст|بقلم|كتب)\b\s*:?\s*\S", re.IGNORECASE
)
_UP_TO = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
_MAX_ELEMENTS = 16
_MAX_NAMES = 12
_MAX_BYLINE = 200


def read_bylines(
    declared: Declared, lines: Sequence[str], *, outlet: str
) -> tuple[tuple[str, ...], str]:
    """The people who signed, in order, and where that was read.

    Args:
        lines: what stands between headline and story.
        outlet: the site's name; nobody is called that.
    """
    for basis, texts in _sources(declared):
        names = people(texts, outlet=outlet)
        if names:
            return names, basis
    signed = [line for line in lines if len(line) <= _MAX_BYLINE and _BY.match(line)]
    if names := people([_UP_TO.split(line)[0] for line in signed[:1]], outlet=outlet):
        return names, "byline:text"
    for tag in sorted(declared.signed[:_MAX_ELEMENTS], key=is_elsewhere):
        text = " ".join(str(tag.attrs.get("content") or tag.get_text(" ")).split())
        if len(text) <= _MAX_BYLINE and (names := people([text], outlet=outlet)):
            return names, "byline:element"
    return (), ""


def people(texts: Iterable[str], *, outlet: str = "") -> tuple[str, ...]:
    """The names of people in byline texts, each once; what is no name is left out.

    Args:
        outlet: "Telegraph View" is nobody at the Telegraph.
    """
    site = {word for word in _words(outlet) if len(word) > 3}
    address = _letters(outlet)
    names: dict[str, str] = {}
    for text in texts:
        line = _PREFIX.sub("", fragment_text(text))
        for part in _SPLIT.split(_without_roles(line)):
            name = _CUT.sub("", _PREFIX.sub("", _LABEL.sub("", part))).strip(" .,:;-–—\"'")
            name = _without_tail(name)
            if _is_name(name) and not (_words(name) & site) and _letters(name) not in address:
                names.setdefault(name.casefold(), _cased(name))
    return tuple(names.values())[:_MAX_NAMES]


def _without_tail(name: str) -> str:
    """The name without lower-case words after it: "Aleš Vávra před"."""
    words = name.split()
    if not words or not words[0][:1].isupper():
        return name
    while words[-1][:1].islower() and words[-1] not in _PARTICLES:
        words.pop()
    return " ".join(words)


def _named(tag: Tag) -> str:
    """What a microdata item calls itself: its `name`, else all it says."""
    inner = None if tag.attrs.get("content") else tag.select_one('[itemprop~="name"]')
    source = tag if inner is None else inner
    return " ".join(str(source.attrs.get("content") or source.get_text(" ")).split())


def _words(text: str) -> set[str]:
    return set(text.casefold().split())


def _letters(text: str) -> str:
    """The letters of a text alone: "Harbor Weekly" signs for harborweekly.example."""
    return "".join(filter(str.isalpha, text.casefold()))


def _is_name(text: str) -> bool:
    if _HAN_NAME.fullmatch(text):
        return True
    words = text.split()
    if max((len(word) for word in words), default=0) < 3 or len(words[0]) < 2:
        return False
    if not text.isupper() and any(w.isupper() and len(w) > 2 and "." not in w for w in words):
        return False  # an acronym among words: "ACLU Speech"
    if not 2 <= len(words) <= 5 or len(text) > 60 or not _NAME.fullmatch(text):
        return False
    return not _NOT_PEOPLE.search(text) and (
        text[0].isupper() or not text[0].isascii() or text.islower()
    )


def _cased(name: str) -> str:
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name


def _without_roles(line: str) -> str:
    return re.sub(
        r",\s*(?:the\s+)?[\w\s]{0,40}\b(?:correspondent|editor|reporter|writer|columnist)\b[^,;]*",
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
    yield (
        "microdata:author",
        [
            _named(tag)
            for tag in declared.items.get("author", ())[:_MAX_NAMES]
            if not is_commenter(tag)
        ],
    )
    for name in (
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
        "dcterms.creator", "byl", "byline", "dc.contributor", "citation_author",
        "article:author_name", "twitter:creator",
    ):  # fmt: skip
        values = [value for value in declared.meta.get(name, ()) if "://" not in value]
        if values and not (name == "twitter:creator" and values[0].startswith("@")):
            yield f"meta:{name}", values
