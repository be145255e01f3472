"""Shapes: which objects that well-known programs write hold their text deeper than in a key?

WordPress, ninjs (the news in JSON of IPTC), the Washington Post's collection for TREC, posts as the
interfaces of Mastodon and X give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.readers.posts.accounts import tweet
from corpus.readers.posts.post import text_of_html, values_of
from corpus.readers.records import ORIGINAL

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_TELLING = frozenset(("content", "contents", "uri", "user"))  # one of which each shape has
_PARAGRAPHS = frozenset(("sanitized_html", "paragraph", "text"))


def shaped(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The record of an object of a known shape; None for all others, and for what is broken."""
    if _TELLING.isdisjoint(value):
        return None
    for is_such, read in _SHAPES:
        if is_such(value):
            try:
                told = read(value)
            except (AttributeError, TypeError, LookupError):
                return None  # the keys were those of somebody else
            told = {name: one for name, one in told.items() if one not in (None, "", [], {})}
            return told | {ORIGINAL: dict(value)} if {"text", "html"} & set(told) else None
    return None


def _wordpress(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(value.get("id") or ""),
        "title": text_of_html(str(value["title"]["rendered"])),
        "html": value["content"]["rendered"],
        "date": _utc(value.get("date_gmt")) or value.get("date"),
        "modified": _utc(value.get("modified_gmt")) or value.get("modified"),
        "url": value.get("link"),
    }


def _utc(moment: Any) -> str:
    return f"{moment}Z" if moment else ""


def _ninjs(value: Mapping[str, Any]) -> dict[str, Any]:
    body = _main(value, "bodies")
    markup = value.get("body_html") or value.get("body_xhtml")
    text = value.get("body_text") if not markup else ""
    if not (markup or text) and body:
        is_plain = "plain" in str(body.get("contenttype"))
        markup, text = ("", body["value"]) if is_plain else (body["value"], "")
    created = value.get("firstcreated") or value.get("contentcreated")
    changed = value.get("versioncreated")
    sources = value.get("infosource") or []
    return {
        "id": value["uri"],
        "title": value.get("headline") or _main(value, "headlines").get("value"),
        "html": markup,
        "text": text,
        "date": created or changed,
        "modified": changed if created else "",
        "bylines": _BY.sub("", str(value.get("byline") or value.get("by") or "")),
        "outlet": sources[0].get("name") if sources else "",
        "language": value.get("language"),
        "dateline": value.get("located"),
    }


def _main(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Of several, the one that is called the main one, else the first."""
    several = [one for one in value.get(key) or () if isinstance(one, Mapping) and one.get("value")]
    main = [one for one in several if one.get("role") == "main"]
    return next(iter((*main, *several)), {})


def _post_of_trec(value: Mapping[str, Any]) -> dict[str, Any]:
    parts = [one for one in value["contents"] if isinstance(one, Mapping)]
    paragraphs = [str(one["content"]) for one in parts if one.get("type") in _PARAGRAPHS]
    return {
        "id": value.get("id"),
        "title": value.get("title"),
        "html": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        "date": value.get("published_date"),
        "bylines": value.get("author"),
        "outlet": value.get("source"),
        "url": value.get("article_url"),
    }


def _status(value: Mapping[str, Any]) -> dict[str, Any]:
    shared = value.get("reblog")
    told = shared if isinstance(shared, Mapping) else value
    text, warning = text_of_html(str(told["content"])), str(told.get("spoiler_text") or "")
    by = told["account"]
    return {
        "id": str(told.get("id") or ""),
        "text": f"{warning}\n\n{text}" if warning and text else text,
        "date": told["created_at"],
        "modified": told.get("edited_at"),
        "url": told.get("url") or told.get("uri"),
        "outlet": f"@{by['acct']}",
        "bylines": by.get("display_name") or by.get("username"),
        "language": told.get("language"),
    }


def _tweet(value: Mapping[str, Any]) -> dict[str, Any]:
    shared = value.get("retweeted_status")
    told = shared if isinstance(shared, Mapping) else value
    by = told["user"]
    return values_of(tweet(told, name=str(by.get("name") or ""), handle=by["screen_name"]))


def _has_paragraphs(value: Mapping[str, Any]) -> bool:
    inside = value.get("contents")
    return isinstance(inside, list) and any(
        isinstance(one, Mapping) and one.get("type") in _PARAGRAPHS for one in inside
    )


def _rendered(value: Mapping[str, Any], name: str) -> bool:
    inside = value.get(name)
    return isinstance(inside, Mapping) and isinstance(inside.get("rendered"), str)


def _has(value: Mapping[str, Any], name: str, key: str) -> bool:
    inside = value.get(name)
    return isinstance(inside, Mapping) and key in inside


_SHAPES: tuple[
    tuple[Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any]], dict[str, Any]]], ...
] = (
    (lambda value: _rendered(value, "content") and _rendered(value, "title"), _wordpress),
    (
        lambda value: (
            "uri" in value and bool({"body_html", "body_xhtml", "body_text", "bodies"} & set(value))
        ),
        _ninjs,
    ),
    (_has_paragraphs, _post_of_trec),
    (lambda value: _has(value, "account", "acct") and "content" in value, _status),
    (lambda value: _has(value, "user", "screen_name") and "created_at" in value, _tweet),
)
