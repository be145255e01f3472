"""Shapes: which objects that well-known programs write hold their text deeper than in a key?

WordPress, ninjs (the news in JSON of IPTC), the Washington Post's collection for TREC, the
Guardian, the New York Times, Zotero and others that keep references, posts as the interfaces of
Mastodon, X, Bluesky and Reddit give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from corpus.readers.posts.accounts import tweet
from corpus.readers.posts.post import text_of_html, values_of
from corpus.readers.records import ORIGINAL
from corpus.readers.tables.answers import is_of_vk, post_of_vk
from corpus.readers.tables.columns import keys_of

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_TELLING = frozenset(  # one of which each shape has
    (
        "itemType",
        "owner_id",
        "issued",
        "content",
        "contents",
        "uri",
        "user",
        "post",
        "record",
        "fields",
        "selftext",
        "headline",
        "messageType",
        "createdTimestampUsec",
        "subreddit",
    )
)
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


def _skeet(value: Mapping[str, Any]) -> dict[str, Any]:
    """A post of Bluesky, alone or in a feed."""
    post = value.get("post", value)
    by, said = post["author"], post["record"]
    number = str(post.get("uri") or "").rpartition("/")[2]
    reply = said.get("reply") or {}
    return {
        "id": post.get("uri"),
        "text": said["text"],
        "date": said["createdAt"],
        "url": f"https://bsky.app/profile/{by['handle']}/post/{number}" if number else "",
        "outlet": f"@{by['handle']}",
        "bylines": by.get("displayName") or by["handle"],
        "language": next(iter(said.get("langs") or ()), ""),
        "replies_to": (reply.get("parent") or {}).get("uri"),
    }


def _of_guardian(value: Mapping[str, Any]) -> dict[str, Any]:
    fields = value["fields"]
    return {
        "id": value.get("id"),
        "title": fields.get("headline") or value.get("webTitle"),
        "html": fields.get("body"),
        "text": "" if fields.get("body") else fields.get("bodyText"),
        "date": value.get("webPublicationDate"),
        "modified": fields.get("lastModified"),
        "url": value.get("webUrl"),
        "bylines": fields.get("byline"),
        "outlet": fields.get("publication"),
        "section": value.get("sectionName"),
    }


def _of_nyt(value: Mapping[str, Any]) -> dict[str, Any]:
    """An article of the New York Times as its interfaces give it: what it begins with."""
    by, head = value.get("byline"), value["headline"]
    signed = by.get("original") if isinstance(by, Mapping) else by
    said = (value.get(name) for name in ("lead_paragraph", "abstract", "snippet"))
    return {
        "id": value.get("_id") or value.get("uri"),
        "title": head.get("main") or head.get("print_headline"),
        "text": next(filter(None, said), ""),
        "date": value.get("pub_date"),
        "url": value.get("web_url"),
        "bylines": _BY.sub("", str(signed or "")),
        "outlet": value.get("source"),
        "section": value.get("section_name"),
        "print_page": value.get("print_page"),
    }


def _of_csl(value: Mapping[str, Any]) -> dict[str, Any]:
    """A record of Zotero and others in the form of the Citation Style Language."""
    names = [
        one.get("literal") or f"{one.get('given') or ''} {one.get('family') or ''}".strip()
        for one in value.get("author") or ()
    ]
    outlet = value.get("container-title") or value.get("publisher")
    return {
        "id": str(value.get("id") or ""),
        "title": _sole(value.get("title")),
        "text": text_of_html(str(value.get("abstract") or "")),
        "date": _of_parts(value["issued"]),
        "url": value.get("URL"),
        "bylines": "; ".join(names),
        "outlet": _sole(outlet),
        "language": value.get("language"),
        "section": value.get("section"),
        "print_page": value.get("page"),
        "note": value.get("note"),
    }


def _of_parts(issued: Mapping[str, Any]) -> str:
    """A day of CSL: its year, month and day as far as they are known, or as it is written."""
    parts = next(iter(issued.get("date-parts") or ()), ())
    told = "-".join(str(part).zfill(2) for part in parts if part)
    return told or str(issued.get("literal") or issued.get("raw") or "")


def _sole(value: Any) -> Any:
    return next(iter(value), "") if isinstance(value, list) else value


def _of_zotero(value: Mapping[str, Any]) -> dict[str, Any]:
    """An item of Zotero's own JSON."""
    names = [
        one.get("name") or f"{one.get('firstName') or ''} {one.get('lastName') or ''}".strip()
        for one in value.get("creators") or ()
        if one.get("creatorType") in ("author", "reporter", None)
    ]
    places = ("publicationTitle", "websiteTitle", "blogTitle", "publisher", "institution")
    return {
        "id": value.get("key") or value.get("itemKey"),
        "title": value.get("title"),
        "text": value.get("abstractNote"),
        "date": value.get("date"),
        "url": value.get("url"),
        "bylines": "; ".join(names),
        "outlet": next((value[place] for place in places if value.get(place)), ""),
        "language": value.get("language"),
        "section": value.get("section"),
        "print_page": value.get("pages"),
    }


def _on_reddit(value: Mapping[str, Any]) -> dict[str, Any]:
    link = str(value.get("permalink") or "")
    return {
        "id": value.get("id"),
        "title": value.get("title"),
        "text": value.get("selftext") or value.get("body"),
        "date": str(value.get("created_utc") or ""),
        "url": f"https://www.reddit.com{link}" if link.startswith("/") else link,
        "outlet": f"r/{value['subreddit']}",
        "bylines": value.get("author"),
    }


def _of_teams(value: Mapping[str, Any]) -> dict[str, Any]:
    """A message of Microsoft Teams, as its interface gives it."""
    body, by = value["body"], value.get("from") or {}
    is_markup = body.get("contentType") == "html"
    names = [one["displayName"] for one in by.values() if isinstance(one, Mapping)]
    return {
        "id": str(value.get("id") or ""),
        "text": text_of_html(str(body["content"])) if is_markup else body["content"],
        "date": value.get("createdDateTime"),
        "modified": value.get("lastEditedDateTime"),
        "url": value.get("webUrl"),
        "outlet": "Microsoft Teams",
        "bylines": next(iter(names), ""),
        "replies_to": value.get("replyToId"),
    }


def _of_keep(value: Mapping[str, Any]) -> dict[str, Any]:
    """A note of Google Keep, as Takeout gives it."""
    listed = [str(one.get("text") or "") for one in value.get("listContent") or ()]
    return {
        "title": value.get("title"),
        "text": value.get("textContent") or "\n".join(filter(None, listed)),
        "date": _of_millionths(value["createdTimestampUsec"]),
        "modified": _of_millionths(value.get("userEditedTimestampUsec")),
    }


def _of_millionths(moment: Any) -> str:
    return datetime.fromtimestamp(int(moment) // 10**6, UTC).isoformat() if moment else ""


def evened(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """An object as others write it, where programs wrap its values; None where none is wrapped.

    Elasticsearch has the object in `_source`, MongoDB says of dates that they are some, Solr gives
    lists of one, and a text may be a list of its paragraphs.
    """
    inside = value.get("_source")
    plain = {"id": value.get("_id"), **inside} if isinstance(inside, Mapping) else dict(value)
    told = {name: _unwrapped(one) for name, one in plain.items()}
    for name, key in keys_of(told, {}).items():
        if key in ("text", "html") and _is_paragraphs(told[name]):
            told[name] = "\n\n".join(told[name])
    return told | {ORIGINAL: dict(value)} if told != dict(value) else None


def _is_paragraphs(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _unwrapped(value: Any) -> Any:
    if isinstance(value, Mapping) and len(value) == 1:
        name, inside = next(iter(value.items()))
        return _unwrapped(inside) if name in _WRAPPERS else value
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str | int | float):
        return value[0]
    return value


_WRAPPERS = frozenset(("$date", "$oid", "$numberLong", "$numberInt", "$numberDouble"))


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
    (lambda value: _has(value, "record", "createdAt") and "author" in value, _skeet),
    (lambda value: _has(value, "post", "record"), _skeet),
    (
        lambda value: _has(value, "fields", "body") or _has(value, "fields", "bodyText"),
        _of_guardian,
    ),
    (
        lambda value: "type" in value and isinstance(value.get("issued"), Mapping),
        _of_csl,
    ),
    (lambda value: "itemType" in value and "title" in value, _of_zotero),
    (lambda value: _has(value, "headline", "main") and "web_url" in value, _of_nyt),
    (is_of_vk, lambda value: post_of_vk(value, {}, {})),
    (lambda value: {"subreddit", "created_utc"} <= set(value), _on_reddit),
    (lambda value: "messageType" in value and _has(value, "body", "content"), _of_teams),
    (lambda value: {"createdTimestampUsec", "userEditedTimestampUsec"} <= set(value), _of_keep),
    (lambda value: _has(value, "user", "screen_name") and "created_at" in value, _tweet),
)
