"""Telegram: which posts are in the export of a channel, or on a page of it?

Exports of Telegram Desktop as JSON (`result.json`, one chat or all of them) and as pages
(`messages.html`), and pages of `t.me/s/`. What tells of the channel itself (created, renamed, a
member joined) is no post.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, cast

from lxml import html

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.readers.posts.post import (
    Post,
    documents_of_posts,
    joined,
    moment,
    posts_of,
    text_of_markup,
    tree_of,
)
from corpus.readers.source import Read, Source
from corpus.readers.tables.items import lists

READER = "telegram/1"

_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_MEDIA = ("photo", "file")
_NAME = re.compile(r'"name"\s*:\s*("(?:[^"\\]|\\.)*")')
_TYPE = re.compile(r'"type"\s*:\s*"([a-z_]+)"')
_ID = re.compile(r'"id"\s*:\s*(\d+)')
_LISTED = ("forwarded_from", "saved_from", "via_bot", "edited")
_ALBUM_SECONDS = 1

_Posts = Iterator[tuple[int, Post | InputError]]


def read_telegram(source: Source) -> Read:
    """One document a post of an export as JSON."""
    yield from documents_of_posts(_posts(source), source, reader=READER)


def _posts(source: Source) -> _Posts:
    stream = cast("BinaryIO", source.stream)
    for before, records in lists(stream, where=source.locator, opening=_MESSAGES):
        chat = _Chat(before)
        yield from posts_of(records, chat.post, ahead=_albums)


class _Chat:
    """What stands before the messages of a chat."""

    def __init__(self, before: str) -> None:
        begun = before[before.rfind("{") :]
        name, kind, number = _NAME.search(begun), _TYPE.search(begun), _ID.search(begun)
        self.name = str(json.loads(name[1], strict=False)) if name else ""
        self.number = number[1] if number else ""
        self.is_channel = kind is not None and "channel" in kind[1]
        self.has_addresses = kind is not None and ("channel" in kind[1] or "super" in kind[1])

    def post(self, message: Mapping[str, Any]) -> Post | None:
        if message.get("type", "message") != "message":
            return None
        sender = str(message.get("author") or "")
        if not sender and not self.is_channel:
            sender = str(message.get("from") or "")
        reply = message.get("reply_to_message_id")
        return Post(
            text=_text(message.get("text")) or _poll(message),
            modified=moment(message.get("edited_unixtime")),
            date=moment(message.get("date_unixtime")) or str(message.get("date") or ""),
            number=str(message.get("id") or ""),
            url=self._address(message.get("id")),
            outlet=self.name or str(message.get("from") or ""),
            author=sender,
            replies_to=(self._address(reply) or str(reply)) if reply else "",
            media=tuple(_media(message)),
            more={name: str(message[name]) for name in _LISTED if message.get(name)},
            original=message,
        )

    def _address(self, number: Any) -> str:
        return (
            f"https://t.me/c/{self.number}/{number}" if self.has_addresses and self.number else ""
        )


def _text(value: Any) -> str:
    """A text, which is a list where parts of it are links or bold."""
    if isinstance(value, list):
        return "".join(
            part if isinstance(part, str) else str(part.get("text") or "") for part in value
        )
    if not isinstance(value, str | None):
        raise TypeError(f"`text` is a {type(value).__name__}")
    return value or ""


def _poll(message: Mapping[str, Any]) -> str:
    """The question of a poll and its answers, a line each."""
    poll = message.get("poll")
    if not isinstance(poll, Mapping) or not poll.get("question"):
        return ""
    answers = (str(one.get("text") or "") for one in poll.get("answers") or ())
    return f"{_text(poll['question'])}\n\n" + "\n".join(answers)


def _media(message: Mapping[str, Any]) -> Iterator[str]:
    kind = str(message.get("media_type") or message.get("mime_type") or "")
    for key in _MEDIA:
        if message.get(key):
            yield f"{kind or key}: {message[key]}"
    if isinstance(poll := message.get("poll"), Mapping):
        yield f"poll: {poll.get('question')}"
    if isinstance(place := message.get("location_information"), Mapping):
        yield f"place: {place.get('latitude')}, {place.get('longitude')}"


def _albums(posts: _Posts) -> _Posts:
    """Pictures that were sent as one post, of which one has the text, made one post again."""
    held: tuple[int, Post] | None = None
    for number, post in posts:
        if isinstance(post, InputError):
            if held:
                yield held
            held = None
            yield number, post
        elif held and _same_album(held[1], post):
            held = held[0], joined(held[1], post)
        else:
            if held:
                yield held
            held = number, post
    if held:
        yield held


def _same_album(first: Post, second: Post) -> bool:
    if not (first.media and second.media) or (first.text.strip() and second.text.strip()):
        return False
    try:
        apart = datetime.fromisoformat(second.date) - datetime.fromisoformat(first.date)
    except (ValueError, TypeError):
        return False
    return abs(apart.total_seconds()) <= _ALBUM_SECONDS and first.author == second.author


# Pages: exports as HTML, and t.me/s/.

_PAGE_OF_POSTS = re.compile(
    rb"<div[^>]+class=\"[^\"]*\btgme_widget_message\b[^\"]*\"[^>]+data-post="
    rb"|<div[^>]+data-post=\"[^\"]+\"[^>]+class=\"[^\"]*\btgme_widget_message\b"
)
_EXPORTED = re.compile(rb"<div class=\"message (?:default|service) clearfix")
_TELEGRAM = re.compile(rb"\btgme_page\b")
_ONE_POST = re.compile(
    rb"data-telegram-post=[\"']?([\w/-]+/\d+)|tg://resolve\?domain=(\w+)&(?:amp;)?post=(\d+)"
)
_TITLE_TIME = re.compile(
    r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?:\s*UTC([+-]\d{2}:?\d{2}))?"
)
_GO_TO = re.compile(r"#go_to_message(\d+)")


def has_posts(content: bytes) -> bool:
    """Whether a page is one of posts."""
    return bool(
        _PAGE_OF_POSTS.search(content)
        or _EXPORTED.search(content)
        or (_TELEGRAM.search(content) and _ONE_POST.search(content))
    )


def documents_on_page(page: RawDocument) -> Read:
    """One document a post on a page for which `has_posts` holds.

    Raises:
        UnreadableInput: no parser makes anything of it.
    """
    if _EXPORTED.search(page.content):
        read = _exported
    else:
        read = _shown if _PAGE_OF_POSTS.search(page.content) else _described
    yield from documents_of_posts(_albums(read(tree_of(page))), page, reader=READER)


def _of_class(element: Any, name: str) -> list[Any]:
    found: list[Any] = element.xpath(
        f'.//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]'
    )
    return found


def _first_text(element: Any, name: str) -> str:
    return next((text_of_markup(found) for found in _of_class(element, name)), "")


def _shown(root: Any) -> _Posts:
    """Posts as `t.me/s/` shows them."""
    title = next(iter(root.xpath('//meta[@property="og:title"]/@content')), "")
    messages = (one for one in _of_class(root, "tgme_widget_message") if one.get("data-post"))
    for number, message in enumerate(messages, start=1):
        own = [
            text
            for text in _of_class(message, "tgme_widget_message_text")
            if not text.xpath('ancestor::*[contains(@class, "tgme_widget_message_reply")]')
        ]
        answered = message.xpath('.//a[contains(@class, "tgme_widget_message_reply")]/@href')
        forwarded = _first_text(message, "tgme_widget_message_forwarded_from_name")
        yield (
            number,
            Post(
                text=text_of_markup(own[0]) if own else "",
                date=next(iter(message.xpath(".//time/@datetime")), ""),
                number=message.get("data-post"),
                url=f"https://t.me/{message.get('data-post')}",
                outlet=_first_text(message, "tgme_widget_message_owner_name") or title,
                author=_first_text(message, "tgme_widget_message_from_author"),
                replies_to=next(iter(answered), ""),
                media=tuple(_shown_media(message)),
                more={"forwarded_from": forwarded} if forwarded else None,
                original=html.tostring(message, encoding="unicode", with_tail=False),
            ),
        )


def _described(root: Any) -> _Posts:
    """The post of a page that Telegram shows by a script: its text is in the page's description."""
    markup = html.tostring(root, encoding="utf-8")
    found = _ONE_POST.search(markup)
    if found is None:
        return
    number = (found[1] or found[2] + b"/" + found[3]).decode()

    def said(name: str) -> str:
        return str(next(iter(root.xpath(f'//meta[@property="{name}"]/@content')), "")).strip()

    yield (
        1,
        Post(
            text=said("og:description"),
            date=said("article:published_time") or next(iter(root.xpath("//time/@datetime")), ""),
            number=number,
            url=f"https://t.me/{number}",
            outlet=said("og:title"),
            media=(f"photo: {said('og:image')}",) if "telesco.pe/file" in said("og:image") else (),
            original=markup.decode(),
        ),
    )


def _shown_media(message: Any) -> Iterator[str]:
    for kind in ("photo", "video", "document", "voice", "sticker"):
        for wrap in _of_class(message, f"tgme_widget_message_{kind}_wrap"):
            style = re.search(r"url\('?([^')]+)", wrap.get("style") or "")
            yield f"{kind}: {wrap.get('href') or (style[1] if style else '')}"


def _exported(root: Any) -> _Posts:
    """Posts as Telegram Desktop writes them on pages."""
    header = _of_class(root, "page_header")
    channel = _first_text(header[0], "bold") if header else ""
    sender = ""
    for number, message in enumerate(_of_class(root, "message"), start=1):
        classes = message.get("class").split()
        if "service" in classes:
            continue
        name = next((one for one in _of_class(message, "from_name") if not _is_quoted(one)), None)
        if name is not None:
            sender = text_of_markup(name)
        texts = [one for one in _of_class(message, "text") if not _in_media(one)]
        date = next((one.get("title") or "" for one in _of_class(message, "date")), "")
        replied = _GO_TO.search(html.tostring(message, encoding="unicode"))
        yield (
            number,
            Post(
                text="\n\n".join(filter(None, map(text_of_markup, texts))) or _shown_poll(message),
                date=_written(date),
                number=str(message.get("id") or "").removeprefix("message"),
                outlet=channel or sender,
                author=sender if sender != channel else _first_text(message, "signature"),
                replies_to=replied[1] if replied else "",
                media=tuple(_exported_media(message)),
                original=html.tostring(message, encoding="unicode", with_tail=False),
            ),
        )


def _shown_poll(message: Any) -> str:
    """The question of a poll and its answers, a line each, without how many chose them."""
    polls = _of_class(message, "media_poll")
    if not polls:
        return ""
    answers = []
    for answer in _of_class(polls[0], "answer"):
        for details in _of_class(answer, "details"):
            details.text = ""
        answers.append(text_of_markup(answer).removeprefix("- "))
    return "\n\n".join(filter(None, (_first_text(polls[0], "question"), "\n".join(answers))))


def _is_quoted(element: Any) -> bool:
    return bool(element.xpath('ancestor::*[contains(@class, "forwarded")]'))


def _in_media(element: Any) -> bool:
    return bool(element.xpath('ancestor::*[contains(@class, "media_wrap")]'))


def _exported_media(message: Any) -> Iterator[str]:
    for wrap in _of_class(message, "media_wrap"):
        for link in wrap.xpath(".//a/@href"):
            yield f"file: {link}"


def _written(text: str) -> str:
    found = _TITLE_TIME.search(text)
    if found is None:
        return ""
    day, month, year, time, zone = found.groups()
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{year}-{month}-{day}T{time}{zone or ''}"
