"""Accounts: which posts are in the archive that X, Facebook or Mastodon gives to an account?

Posts of others (boosts, likes) are none of the account's; the archive holds no text of them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from corpus.readers.posts.post import Post, documents_of_posts, moment, posts_of, text_of_html
from corpus.readers.source import Read, Source
from corpus.readers.tables.items import items

# X, once Twitter: `data/tweets.js`, beside it `account.js`.

X = "x/1"
_ASSIGNED = re.compile(r"=\s*\[")
_SHARED = re.compile(r"RT @\w{1,15}: ")
_CUT = re.compile(r"…(?:\s*https?://\S+)?\s*\Z")
_STATUS = re.compile(r"https?://(?:twitter|x)\.com/(\w+)/status/(\d+)")


def read_x(source: Source) -> Read:
    """One document a post of an archive of X."""
    account = _beside(source, "account.js", "account")
    name = str(account.get("accountDisplayName") or "")
    handle = str(account.get("username") or "")
    records = items(cast("BinaryIO", source.stream), where=source.locator, opening=_ASSIGNED)
    longer = tuple(_longer_posts(source))
    posts = posts_of(records, partial(_own_tweet, name=name, handle=handle, longer=longer))
    yield from documents_of_posts(posts, source, reader=X)


def _own_tweet(
    item: Mapping[str, Any], *, name: str, handle: str, longer: tuple[str, ...]
) -> Post | None:
    if "noteTweet" in item:
        return _note_tweet(item, name, handle)
    post = tweet(item, name=name, handle=handle)
    if _SHARED.match(post.text):
        return None
    begun = _CUT.sub("", post.text)
    is_told_in_full = begun != post.text and any(one.startswith(begun) for one in longer)
    return None if is_told_in_full else post


def _longer_posts(source: Source) -> Iterator[str]:
    """The texts of long posts, which lie in a file beside."""
    told = _value_beside(source, "note-tweet.js")
    for one in told if isinstance(told, list) else ():
        core = one.get("noteTweet", {}).get("core") if isinstance(one, Mapping) else None
        if isinstance(core, Mapping) and isinstance(core.get("text"), str):
            yield core["text"]


def _note_tweet(item: Mapping[str, Any], name: str, handle: str) -> Post:
    """A long post, which the archive keeps in a file of its own."""
    note = item["noteTweet"]
    number = str(note.get("noteTweetId") or "")
    text = str(note["core"]["text"])
    for link in note["core"].get("urls") or ():
        text = text.replace(str(link["shortUrl"]), str(link.get("expandedUrl") or link["shortUrl"]))
    return Post(
        text=text,
        date=str(note.get("createdAt") or ""),
        number=number,
        outlet=f"@{handle}" if handle else "X",
        author=name,
        original=item,
    )


def tweet(item: Mapping[str, Any], *, name: str, handle: str) -> Post:
    """A post as the archive and the older interfaces of X give it."""
    tweet = item.get("tweet", item)
    if not isinstance(tweet, Mapping):
        raise TypeError("`tweet` is no object")
    number = str(tweet.get("id_str") or tweet.get("id") or "")
    entities = [tweet.get("entities") or {}, tweet.get("extended_entities") or {}]
    media = {one["media_url_https"]: one for part in entities for one in part.get("media") or ()}
    pages = (_STATUS.match(str(one.get("expanded_url"))) for one in media.values())
    own = next((page[1] for page in pages if page and page[2] == number), "")
    text = html.unescape(str(tweet.get("full_text") or tweet.get("text") or ""))
    for link in entities[0].get("urls") or ():
        text = text.replace(str(link["url"]), str(link.get("expanded_url") or link["url"]))
    for one in media.values():
        text = text.replace(str(one.get("url") or "\0"), "").strip()
    answered, of = tweet.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_screen_name")
    handle = handle or own
    return Post(
        text=text,
        date=_tweet_date(str(tweet.get("created_at") or "")),
        number=number,
        url=f"https://x.com/{handle or 'i/web'}/status/{number}" if number else "",
        outlet=f"@{handle}" if handle else "X",
        author=name,
        language=_language(str(tweet.get("lang") or "")),
        replies_to=f"https://x.com/{of or 'i/web'}/status/{answered}" if answered else "",
        media=tuple(f"{one.get('type') or 'photo'}: {url}" for url, one in media.items()),
        original=item,
    )


def _tweet_date(text: str) -> str:
    try:
        return format_datetime(parsedate_to_datetime(text)) if text else ""
    except ValueError:
        return text


def _language(code: str) -> str:
    return "" if code in ("und", "zxx", "qme", "qht", "qam", "qct", "art") else code


# Facebook: `your_posts_1.json` and its like.

FACEBOOK = "facebook/1"
_LIST = re.compile(r"\[")
DID = re.compile(r"^(.{1,80}?) (?:updated|shared|posted|added|wrote|was|is|published|uploaded)\b")
"""Who did something, in the heading of a post."""


def read_facebook(source: Source) -> Read:
    """One document a post of an archive of Facebook."""
    records = items(cast("BinaryIO", source.stream), where=source.locator, opening=_LIST)
    yield from documents_of_posts(posts_of(records, _facebook_post), source, reader=FACEBOOK)


def _facebook_post(item: Mapping[str, Any]) -> Post:
    if "data" not in item and isinstance(item.get("media"), list):
        return _instagram_post(item)
    parts = item.get("data") or []
    title = _mended(str(item.get("title") or ""))
    attached = [one for group in item.get("attachments") or () for one in group.get("data") or ()]
    media = [one["media"] for one in attached if isinstance(one.get("media"), Mapping)]
    links = [one["external_context"] for one in attached if one.get("external_context")]
    texts = [_mended(str(part["post"])) for part in parts if part.get("post")]
    texts = texts or [_mended(str(one["description"])) for one in media if one.get("description")]
    did = DID.match(title)
    linked = "; ".join(str(link.get("url")) for link in links if link.get("url"))
    return Post(
        text="\n\n".join(dict.fromkeys(texts)),
        date=moment(item.get("timestamp")),
        outlet="Facebook",
        author=did[1] if did else "",
        media=tuple(f"file: {one.get('uri')}" for one in media),
        more={name: text for name, text in (("about", title), ("links", linked)) if text},
        original=item,
    )


def _instagram_post(item: Mapping[str, Any]) -> Post:
    """A post of Instagram: pictures, of which the post, or the only one, has a text."""
    media = item["media"]
    titles = [str(one["title"]) for one in (item, *media) if one.get("title")]
    when = item.get("creation_timestamp") or next(
        (one["creation_timestamp"] for one in media if one.get("creation_timestamp")), None
    )
    return Post(
        text=_mended(titles[0]) if titles else "",
        date=moment(when),
        outlet="Instagram",
        media=tuple(f"file: {one.get('uri')}" for one in media),
        original=item,
    )


def _mended(text: str) -> str:
    """A text whose UTF-8 was written byte by byte, as Facebook does."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


# Mastodon and others that speak ActivityPub: `outbox.json`, beside it `actor.json`.

MASTODON = "mastodon/1"
_ITEMS = re.compile(r'"orderedItems"\s*:\s*\[')


def read_mastodon(source: Source) -> Read:
    """One document a post of an outbox."""
    actor = _beside(source, "actor.json", "")
    records = items(cast("BinaryIO", source.stream), where=source.locator, opening=_ITEMS)
    posts = posts_of(records, partial(_note, actor=actor))
    yield from documents_of_posts(posts, source, reader=MASTODON)


def is_actor(value: Any) -> bool:
    """Whether an object tells who has an account, and nothing that was posted."""
    return isinstance(value, Mapping) and {"inbox", "preferredUsername", "publicKey"} <= set(value)


def _note(activity: Mapping[str, Any] | str, *, actor: Mapping[str, Any]) -> Post | None:
    if isinstance(activity, str):
        return None  # the address of what was liked or kept
    note = activity.get("object")
    if activity.get("type") not in ("Create", "Update", None) or not isinstance(note, Mapping):
        return None  # somebody else's, or taken back
    by = str(note.get("attributedTo") or activity.get("actor") or actor.get("id") or "")
    handle = str(actor.get("preferredUsername") or by.rstrip("/").rpartition("/")[2])
    host = urlsplit(by).hostname or ""
    warning = str(note.get("summary") or "")
    text = text_of_html(str(note.get("content") or ""))
    said = note.get("contentMap")
    return Post(
        text="\n\n".join(filter(None, (warning if text else "", text, _choices(note)))),
        modified=str(note.get("updated") or ""),
        date=str(note.get("published") or activity.get("published") or ""),
        number=str(note.get("id") or ""),
        url=str(note.get("url") or note.get("id") or ""),
        outlet=f"@{handle}@{host}" if handle and host else handle,
        author=str(actor.get("name") or handle),
        language=next(iter(said), "") if isinstance(said, Mapping) and len(said) == 1 else "",
        replies_to=str(note.get("inReplyTo") or ""),
        media=tuple(_attached(note)),
        original=activity,
    )


def _choices(note: Mapping[str, Any]) -> str:
    """What a poll asks to choose of, a line each."""
    several = note.get("oneOf") or note.get("anyOf") or ()
    return "\n".join(str(one["name"]) for one in several if one.get("name"))


def _attached(note: Mapping[str, Any]) -> Iterator[str]:
    for one in note.get("attachment") or ():
        said = f" ({one['name']})" if one.get("name") else ""
        yield f"{one.get('mediaType') or 'file'}: {one.get('url')}{said}"


_VALUE = re.compile(rb"[\[{]")


def _beside(source: Source, name: str, key: str) -> Mapping[str, Any]:
    """What an archive says of the account in the file of that name beside its posts."""
    value = _value_beside(source, name)
    for _ in range(2):
        if isinstance(value, list) and value:
            value = value[0]
        if key and isinstance(value, dict) and key in value:
            value = value[key]
    return value if isinstance(value, dict) else {}


def _value_beside(source: Source, name: str) -> Any:
    """The first value in the file of that name beside the posts; None where it tells none."""
    content = source.beside(name)
    begun = _VALUE.search(content) if content is not None else None
    try:
        return json.loads(content[begun.start() :]) if content and begun else None
    except (ValueError, RecursionError):
        return None
