"""Answers: which lists of posts and happenings do interfaces give whose items need what stands
beside them? Posts of X, JSON Feed, VK's wall, Reddit's listings, channels of Discord, features of
GeoJSON.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.readers.records import ORIGINAL

_SAID_ON_DISCORD = frozenset(("Default", "Reply", "0", "19"))
_DEPTH = 50


def answered(value: Any) -> list[dict[str, Any]] | None:
    """The records in such an object; None for all others, and for what is broken."""
    if not isinstance(value, Mapping):
        return None
    try:
        for is_such, read in _ANSWERS:
            if is_such(value):
                return list(read(value))
    except (AttributeError, TypeError, LookupError):
        return None  # the keys were those of somebody else
    return None


def _is_of_x(value: Mapping[str, Any]) -> bool:
    """Whether posts of X stand apart from who wrote them, as its second interface has it."""
    posts, beside = value.get("data"), value.get("includes")
    return isinstance(beside, Mapping) and "users" in beside and isinstance(posts, list)


def _of_x(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    people = {one["id"]: one for one in value["includes"]["users"]}
    for post in value["data"]:
        by = people.get(post.get("author_id"), {})
        handle = str(by.get("username") or "")
        whole = post.get("note_tweet")  # a long one, whose text breaks off
        said = whole.get("text") if isinstance(whole, Mapping) else ""
        answered_to = [
            one["id"] for one in post.get("referenced_tweets") or () if one["type"] == "replied_to"
        ]
        yield {
            "id": post["id"],
            "text": html.unescape(str(said or post["text"])),
            "date": post.get("created_at"),
            "url": f"https://x.com/{handle or 'i'}/status/{post['id']}",
            "outlet": f"@{handle}" if handle else "",
            "bylines": by.get("name"),
            "language": post.get("lang"),
            "replies_to": next(iter(answered_to), ""),
            ORIGINAL: dict(post),
        }


def _is_feed(value: Mapping[str, Any]) -> bool:
    """Whether an object is a JSON Feed."""
    return "jsonfeed.org" in str(value.get("version")) and isinstance(value.get("items"), list)


def _of_feed(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in value["items"]:
        names = [
            one.get("name")
            for one in (*(item.get("authors") or ()), item.get("author") or {})
            if isinstance(one, Mapping)
        ]
        yield {
            "id": str(item.get("id") or ""),
            "title": item.get("title"),
            "html": item.get("content_html"),
            "text": item.get("content_text")
            or (item.get("summary") if not item.get("content_html") else ""),
            "date": item.get("date_published"),
            "modified": item.get("date_modified"),
            "url": item.get("url") or item.get("external_url"),
            "bylines": "; ".join(filter(None, names)),
            "outlet": value.get("title"),
            "language": item.get("language") or value.get("language"),
            ORIGINAL: dict(item),
        }


def _is_listing(value: Mapping[str, Any]) -> bool:
    return value.get("kind") == "Listing" and isinstance(value.get("data"), Mapping)


def _listing(value: Mapping[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Posts and comments, with the answers to each behind it."""
    for child in value["data"]["children"]:
        said = child["data"]
        if child.get("kind") in ("t1", "t3"):
            link = str(said.get("permalink") or "")
            yield {
                "id": said.get("name") or said.get("id"),
                "title": said.get("title"),
                "text": said.get("selftext") or said.get("body") or "",
                "date": str(said.get("created_utc") or ""),
                "url": f"https://www.reddit.com{link}" if link.startswith("/") else link,
                "outlet": f"r/{said['subreddit']}",
                "bylines": said.get("author"),
                "replies_to": said.get("parent_id"),
                ORIGINAL: {name: one for name, one in said.items() if name != "replies"},
            }
        answers = said.get("replies")
        if isinstance(answers, Mapping) and _is_listing(answers) and depth < _DEPTH:
            yield from _listing(answers, depth + 1)


def _is_wall(value: Mapping[str, Any]) -> bool:
    inside = value.get("response", value)
    items = inside.get("items") if isinstance(inside, Mapping) else None
    return isinstance(items, list) and bool(items) and is_of_vk(items[0])


def is_of_vk(value: Any) -> bool:
    """Whether an object is a post of VK."""
    return isinstance(value, Mapping) and {"owner_id", "from_id", "text", "date"} <= set(value)


def _wall(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    inside = value.get("response", value)
    groups = {-one["id"]: str(one.get("name") or "") for one in inside.get("groups") or ()}
    people = {
        one["id"]: f"{one.get('first_name') or ''} {one.get('last_name') or ''}".strip()
        for one in inside.get("profiles") or ()
    }
    for post in inside["items"]:
        yield post_of_vk(post, groups | people, people)


def post_of_vk(
    post: Mapping[str, Any], names: Mapping[int, str], people: Mapping[int, str]
) -> dict[str, Any]:
    """The record of a post of VK.

    Args:
        names: of communities and persons, by their numbers.
        people: those of persons alone.
    """
    owner = post["owner_id"]
    kinds = (str(one.get("type") or "") for one in post.get("attachments") or ())
    return {
        "id": str(post.get("id") or ""),
        "text": post["text"],
        "date": str(post["date"]),
        "modified": str(post.get("edited") or ""),
        "url": f"https://vk.com/wall{owner}_{post['id']}" if post.get("id") else "",
        "outlet": names.get(owner) or f"vk.com/wall{owner}",
        "bylines": people.get(post.get("signer_id") or post["from_id"]) or "",
        "media": list(kinds),
        ORIGINAL: dict(post),
    }


def _channel(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages of a channel, as DiscordChatExporter writes them."""
    guild, channel = value["guild"].get("name") or "", value["channel"].get("name") or ""
    for message in value["messages"]:
        if str(message.get("type")) not in _SAID_ON_DISCORD:
            continue
        by = message["author"]
        yield {
            "id": message.get("id"),
            "text": message.get("content") or "",
            "date": message.get("timestamp"),
            "modified": message.get("timestampEdited"),
            "outlet": " / ".join(filter(None, (guild, channel))),
            "bylines": by.get("nickname") or by.get("name"),
            "replies_to": (message.get("reference") or {}).get("messageId"),
            "media": [one.get("url") for one in message.get("attachments") or ()],
            ORIGINAL: dict(message),
        }


def _features(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for feature in value["features"]:
        said = {name: one for name, one in (feature.get("properties") or {}).items() if one}
        yield {**said, "geometry": feature.get("geometry"), ORIGINAL: dict(feature)}


_ANSWERS = (
    (_is_listing, _listing),
    (_is_wall, _wall),
    (lambda value: {"guild", "channel", "messages"} <= set(value), _channel),
    (_is_of_x, _of_x),
    (_is_feed, _of_feed),
    (lambda value: value.get("type") == "FeatureCollection" and "features" in value, _features),
)
