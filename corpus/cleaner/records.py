"""Records: how do records, feed items and plain text become articles?

A record says its title, date and outlet itself; what it declares comes first, and what its markup
says fills the gaps. Text without markup is kept as it is: only its white space is made even.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.article import Article, RawDocument, Removed, article_id_for
from corpus.cleaner import language
from corpus.cleaner.addresses import canonical_url, shown_url
from corpus.cleaner.dates.calendars import of_a_table
from corpus.cleaner.dates.in_address import month_first_in
from corpus.cleaner.dates.reading import (
    is_about,
    is_placeholder,
    is_plausible,
    parse_date,
)
from corpus.cleaner.declared.agencies import agencies_in
from corpus.cleaner.declared.byline_names import people
from corpus.cleaner.files.markdown import read_markdown
from corpus.cleaner.html import clean_markup
from corpus.cleaner.plain import address_above, headers_above, read_pasted, spoken, undumped
from corpus.cleaner.quality import judge
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.decoding import decode
from corpus.cleaner.tree.markup import parse
from corpus.cleaner.tree.outlining import INVISIBLE, parted
from corpus.dates import PartialDate
from corpus.errors import InvalidRecord, NoArticleFound
from corpus.soundness import ADDRESS, flags_of, sound_value

# What does a Markdown file say of itself before its text? Its front matter, as YAML or TOML.
#
# Of YAML that much is read as such files use: keys with text, lists, blocks of lines, and of what
# is nested the `name` (`author: {name: …}`, or a list of such). The rest is passed over.

_YAML = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([^\W\d][\w.-]*)\s*:(?:\s+(.*))?$")
_PART = re.compile(r""""[^"]*"|'[^']*'|[^,]+""")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_NAME_INSIDE = re.compile(r"""\bname\s*:\s*("[^"]*"|'[^']*'|[^,}]+)""")
_NAMES = {
    "author": "bylines",
    "authors": "bylines",
    "lang": "language",
    "source": "outlet",
    "published": "date",
    "date_published": "date",
    "publish_date": "date",
    "site_name": "outlet",
    "publication": "outlet",
    "link": "url",
    "source_url": "url",
    "created_time": "date",
    "updated_time": "modified",
}


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What a text declares, several values joined by `; `, and the text without that."""
    for pattern, entries in ((_YAML, _yaml), (_TOML, _toml)):
        block = pattern.match(text)
        found = list(entries(block[1])) if block else []
        if block and found:  # else a text between two rules
            return _declared(found), text[block.end() :]
    return _end_matter(text)


_END_MATTER = re.compile(r"(?:\A|\n)(id: [0-9a-f]{32}\r?\n(?:[a-z_]{2,40}:[^\n]*\n?)+)\s*\Z")
_PAIR = re.compile(r"^(\w+): (\S[^\r\n]*)", re.MULTILINE)


def _end_matter(text: str) -> tuple[dict[str, str], str]:
    """What a note of Joplin declares behind its text, and the text; nothing of any other."""
    block = _END_MATTER.search(text)
    if block is None or "\ntype_:" not in block[1]:
        return {}, text
    title, _, rest = text[: block.start()].strip("\ufeff\r\n ").partition("\n")
    said = _declared([(key, _texts(value, [])) for key, value in _PAIR.findall(block[1])])
    return said | {"title": title.strip().lstrip("# ")}, rest


def named(value: Any) -> list[str]:
    """The texts in a value: itself, each item of a list, the `name` of a mapping."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return named(value.get("name"))
    if isinstance(value, list):
        return [text for item in value for text in named(item)]
    return []


def _declared(entries: list[tuple[str, list[str]]]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for key, texts in entries:
        name = _NAMES.get(key.lower(), key.lower())
        if name == "outlet" and any(text.startswith(("http://", "https://")) for text in texts):
            name = "url"
        values.setdefault(name, []).extend(text for text in texts if text)
    return {name: "; ".join(dict.fromkeys(texts)) for name, texts in values.items()}


def _toml(block: str) -> Iterator[tuple[str, list[str]]]:
    try:
        table = tomllib.loads(block)
    except tomllib.TOMLDecodeError:
        return
    for key, value in table.items():
        yield key, [value.isoformat()] if hasattr(value, "isoformat") else named(value)


def _yaml(block: str) -> Iterator[tuple[str, list[str]]]:
    lines = [line.rstrip() for line in block.splitlines()]
    lines = [line for line in lines if line and not line.lstrip().startswith("#")]
    if not lines or not _KEY.match(lines[0]):
        return
    key, value = "", ""
    below: list[str] = []
    for line in lines:
        if entry := _KEY.match(line):
            if key:
                yield key, _texts(value, below)
            key, value, below = entry[1], entry[2] or "", []
        else:
            below.append(line.strip())
    yield key, _texts(value, below)


def _texts(value: str, below: list[str]) -> list[str]:
    """The texts of one key: what stands behind it, or in the lines below."""
    if value[:1] in (">", "|") and len(value) <= 3:
        return ["\n".join(below) if value.startswith("|") else " ".join(below)]
    if value.startswith("[") and value.endswith("]"):
        return [_plain(part) for part in _PART.findall(value[1:-1])]
    if value.startswith("{"):
        return [_plain(name) for name in _NAME_INSIDE.findall(value)]
    return [_plain(value)] if value else list(_items(below))


def _items(lines: list[str]) -> Iterator[str]:
    for line in lines:
        text = line.removeprefix("- ").strip()
        entry = _KEY.match(text)
        if entry is None or entry[1] == "name":
            yield _plain(text if entry is None else entry[2] or "")


def _plain(value: str) -> str:
    """A scalar without its quotation marks, or without the comment behind it."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        told = value[1 : value.find(value[0], 1)] if value.count(value[0]) > 1 else value[1:]
    else:
        told = re.sub(r"\s+#.*", "", value)
    return _WIKI_LINK.sub(r"\1", told)  # as notebooks of Obsidian link names


VERSION = "record/2"

_INDENTED = re.compile(r"(?<=[.!?…\"”»])[ \t]*\n(?=(?:\t|[ \t]{2,})\S)")
"""Between paragraphs of a text without blank lines, whose first lines are set in."""
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_FEED_BODY = re.compile(
    r"<(content:encoded|content|description|summary)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE
)


_APPEARED = re.compile(
    r"<p>\s*The post\b(?:(?!</p>).){0,1500}?\b(?:appeared first|first appeared) on\b"
    r"(?:(?!</p>).){0,600}</p>\s*\Z",
    re.DOTALL,
)
"""What WordPress writes below each item of a feed."""
_TAG = re.compile(r"<[^<>]{0,2000}>")


def clean_record(raw: RawDocument) -> Article:
    """Reads one JSON record with a `text` or an `html` key.

    Raises:
        InvalidRecord: the bytes are no JSON object, or hold neither text nor markup.
        NoArticleFound: the text is empty.
    """
    try:
        record = json.loads(decode(raw.content, media_type=raw.media_type).text)
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"the record is not JSON: {error}", where=raw.locator) from None
    if not isinstance(record, dict):
        raise InvalidRecord("the record is not a JSON object", where=raw.locator)
    flags = tuple(flags_of(str(record.get("text") or "")))
    record = sound_value(record)
    declared = _declared_of(record) | dict(raw.declared)
    markup = record.get(declared.get("html_from", "html"))
    text = record.get(declared.get("text_from", "text"))
    if isinstance(markup, str) and markup.strip():
        article = clean_markup(_addressed(raw, declared), _APPEARED.sub("", markup))
        if below := _APPEARED.search(markup):
            told = " ".join(_TAG.sub("", below[0]).split())
            article = replace(article, removed=(*article.removed, Removed("promo", told)))
        return _with_declared(article, raw, declared, "record")
    if isinstance(text, str) and text.strip():
        return _from_text(raw, text, declared, "record", flags=flags)
    raise InvalidRecord(
        "the record has neither `text` nor `html`", where=raw.locator,
        advice="Name the columns with --map if they are called something else",
    )  # fmt: skip


def clean_text(raw: RawDocument) -> Article:
    """Reads plain text; its first line may be the title when nothing declares one."""
    decoded = decode(raw.content, media_type=raw.media_type, headers=raw.headers)
    told = raw.declared.get("title", "").strip()
    said, text = headers_above(undumped(spoken(decoded.text)), titled=bool(told))
    return _from_text(raw, text, said | dict(raw.declared), "text", flags=decoded.flags)


def clean_markdown(raw: RawDocument) -> Article:
    """Reads Markdown: front matter as metadata, marks taken off, paragraphs kept."""
    decoded = decode(raw.content, media_type=raw.media_type, headers=raw.headers)
    declared, text = front_matter(decoded.text)
    declared |= raw.declared
    heading, text = read_markdown(text, titled="title" in declared)
    if heading:
        declared.setdefault("title", heading)
    return _from_text(raw, text, declared, "markdown", flags=decoded.flags)


def clean_feed_item(raw: RawDocument) -> Article:
    """Reads the content of one feed item: markup, or the item's XML with markup inside."""
    markup = decode(raw.content, media_type=raw.media_type, headers=raw.headers).text
    if re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:item|entry)\b", markup):
        markup = max((m[2] for m in _FEED_BODY.finditer(markup)), key=len, default="")
        markup = (
            parse(markup).soup.get_text()
            if "<![CDATA[" not in markup and "&lt;" in markup
            else markup
        )
        markup = markup.replace("<![CDATA[", "").replace("]]>", "")
    declared = dict(raw.declared)
    return _with_declared(clean_markup(_addressed(raw, declared), markup), raw, declared, "feed")


def _from_text(
    raw: RawDocument,
    text: str,
    declared: Mapping[str, str],
    source: str,
    *,
    flags: tuple[str, ...] = (),
) -> Article:
    body = _even(text)
    if not body:
        raise NoArticleFound("the record's text is empty", where=raw.locator)
    title, basis = declared.get("title", "").strip(), f"{source}:title"
    first, _, rest = body.partition("\n\n")
    repeated = bool(title and rest) and words_of(first) == words_of(title)
    body = rest if repeated else body
    above, body = ("", body) if declared.get("url") else address_above(body)
    order = month_first_in(declared.get("language", ""), raw.url)
    pasted = read_pasted(body, titled=bool(title), month_first=order)
    if not pasted.text:
        raise NoArticleFound("the record's text is empty", where=raw.locator)
    body = pasted.text
    if pasted.title:
        title, basis = pasted.title, f"{source}:first-line"
    told = language.told(body, declared.get("language", ""))
    url = shown_url(declared.get("url", "")) or shown_url(raw.url or "") or shown_url(above) or None
    places = {
        "title": basis if title else "",
        "text": f"{source}:text",
        "bylines": "text:line" if pasted.bylines else "",
    }
    article = Article(
        article_id=article_id_for(url=canonical_url(url or ""), text=body),
        title=title,
        text=body,
        language=told,
        url=url,
        bylines=pasted.bylines,
        # The day of an event that a table counts is none of publication, wherever it stands.
        published=None if "event_date" in declared else pasted.published,
        modified=pasted.modified,
        removed=(*((Removed("title_repeated", first),) if repeated else ()), *pasted.removed),
        quality=judge(
            top=None, text=body, title=title, language=told,
            declared_language=declared.get("language", ""), flags=flags,
        ),
        basis={name: place for name, place in places.items() if place},
        cleaner=VERSION,
    )  # fmt: skip
    return _with_declared(article, raw, declared, source)


def _with_declared(
    article: Article, raw: RawDocument, declared: Mapping[str, str], source: str
) -> Article:
    """The article with what its container declares, which comes before what its markup says."""
    basis = dict(article.basis)
    flags = set(article.quality.flags)
    changes: dict[str, Any] = {}
    for name in ("title", "outlet", "section", "description"):
        value = declared.get(name, "").strip()
        if value:
            changes[name], basis[name] = " ".join(value.split()), f"{source}:{name}"
    named = declared.get("bylines", "").split(";")
    if names := people(named) or people(named, casual=True):
        changes["bylines"], basis["bylines"] = names, f"{source}:bylines"
    signed = agencies_in(bylines=named)
    changes["agencies"] = tuple(dict.fromkeys((*signed, *article.agencies)))
    if tongue := declared.get("language", "").strip():
        changes["declared_language"], basis["declared_language"] = tongue, f"{source}:language"
    if url := shown_url(declared.get("url", "")):
        changes["url"], basis["url"] = url, f"{source}:url"
        changes["article_id"] = article_id_for(url=canonical_url(url), text=article.text)
    elif declared.get("url", "").strip():
        flags.add(ADDRESS)
    dates, doubts = _dates(declared, raw, tongue, source)
    changes |= dates
    if "published" in dates:
        flags.discard("future_date")
    flags |= doubts
    if changes.get("title"):
        flags.discard("no_title")
    quality = replace(article.quality, flags=tuple(sorted(flags)))
    return replace(article, **changes, basis=basis, quality=quality)


def _dates(
    declared: Mapping[str, str], raw: RawDocument, tongue: str, source: str
) -> tuple[dict[str, PartialDate], set[str]]:
    """The dates that a container declares, and what is doubtful about them."""
    order = month_first_in(tongue, raw.url)
    dates: dict[str, PartialDate] = {}
    doubts: set[str] = set()
    for name, key in (("published", "date"), ("modified", "modified")):
        said = declared.get(key, "").strip()
        if not said:
            continue
        date = parse_date(of_a_table(said) or said, basis=f"{source}:{key}", month_first=order)
        if is_placeholder(said, date):
            continue
        if date is None:
            doubts.add("date_unread")
            continue
        dates[name] = date
        if name == "modified":
            continue
        if is_about(said):
            doubts.add("date_approximate")
        if not is_plausible(date, raw.collected):
            future = date.latest.year >= raw.collected.year
            doubts.add("future_date" if future else "implausible_date")
    return dates, doubts


def _addressed(raw: RawDocument, declared: Mapping[str, str]) -> RawDocument:
    return replace(raw, url=shown_url(declared.get("url", "")) or raw.url)


def _declared_of(record: Mapping[str, Any]) -> dict[str, str]:
    declared = {
        name: texts[0]
        for name, keys in (
            ("title", ("title", "headline")), ("date", ("date", "published")),
            ("url", ("url", "link")), ("outlet", ("outlet", "source")),
            ("language", ("language", "lang")), ("section", ("section",)),
            ("modified", ("modified", "updated")),
        )
        for key in reversed(keys)
        if (texts := named(record.get(key)))
    }  # fmt: skip
    for key in ("author", "authors", "bylines"):
        if names := named(record.get(key)):
            declared["bylines"] = "; ".join(names)
    return declared


def _even(text: str) -> str:
    """Paragraphs separated by one blank line; single line breaks stay; spaces are made even, and
    soft hyphens go, as in pages.
    """
    text = parted(text.translate(INVISIBLE)).replace("\r\n", "\n").replace("\r", "\n")
    if not _BLANK_LINES.search(text.strip()):
        text = _INDENTED.sub("\n\n", text)
    paragraphs = (
        "\n".join(" ".join(line.split()) for line in block.split("\n") if line.strip())
        for block in _BLANK_LINES.split(text)
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
