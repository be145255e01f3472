"""Messengers: which messages are in what Signal, Slack, Google Chat and Element give as JSON?

Of Signal: what signal-cli receives, what signal-export writes, and the backup in lines of JSON.
What only tells of the chat (joined, read, is typing, reacted) is no message.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from corpus.readers.dumps.lines import begun_in
from corpus.readers.posts.post import Post, documents_of_posts, moment, posts_of
from corpus.readers.source import Read, Source
from corpus.readers.tables.items import items

READER = "messenger/1"
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_LIST = re.compile(r"\[")
_ReadPost = Callable[[Mapping[str, Any]], Post | None]


def read_messenger(source: Source) -> Read:
    """One document a message that has a text."""
    begun = begun_in(source)
    kind = next((one for one in _KINDS if re.match(one.shape, begun, re.DOTALL)), _KINDS[0])
    stream = cast("BinaryIO", source.stream)
    records = items(stream, where=source.locator, opening=kind.opening)
    posts = posts_of(records, kind.reading(source, begun))
    yield from documents_of_posts(posts, source, reader=READER)


def is_roster(value: Any) -> bool:
    """Whether an object tells of people or channels of such a messenger, and nothing was said."""
    if not isinstance(value, Mapping):
        return False
    if isinstance(value.get("profile"), Mapping):
        return {"id", "name"} <= set(value)
    if isinstance(value.get("members"), list):
        told = set(value)
        is_channel = "id" in told and bool(told & {"created", "purpose", "topic"})
        return is_channel or told <= {"name", "members", "emoji"}
    return isinstance(value.get("user"), Mapping) and "membership_info" in value


def _at(thousandths: Any) -> str:
    """A moment in thousandths of a second as text; empty when there is none."""
    if not thousandths:
        return ""
    return datetime.fromtimestamp(int(thousandths) // 1000, UTC).isoformat()


def _folder(source: Source) -> str:
    """The name of the folder in which a file lies."""
    return PurePosixPath(source.locator.replace("!", "/")).parent.name


def _beside(source: Source, name: str) -> Any:
    """What the file of that name beside it says, as JSON; None where it says nothing."""
    content = source.beside(name)
    try:
        return json.loads(content) if content else None
    except (ValueError, RecursionError):
        return None


def _attached(several: Any, *names: str) -> tuple[str, ...]:
    """What is attached, each with its kind and the first of some names that it has."""
    found = [one for one in several or () if isinstance(one, Mapping)]
    kinds = [one.get("contentType") or one.get("mimetype") or "file" for one in found]
    named = [next((str(one[name]) for name in names if one.get(name)), "") for one in found]
    return tuple(f"{kind}: {name}" for kind, name in zip(kinds, named, strict=True))


# Signal.


def _of_signal_cli(_: Source, __: str) -> _ReadPost:
    return _received


def _received(item: Mapping[str, Any]) -> Post | None:
    """A message as signal-cli tells of it, received or sent from another device."""
    envelope = item["envelope"]
    sent = (envelope.get("syncMessage") or {}).get("sentMessage")
    message = envelope.get("dataMessage") or sent or {}
    edited = message.get("editMessage") or envelope.get("editMessage")
    said = edited["dataMessage"] if edited else message
    group = said.get("groupInfo") or {}
    text, media = said.get("message"), _attached(said.get("attachments"), "filename", "id")
    if not (text or media):
        return None
    when = said.get("timestamp") or envelope.get("timestamp")
    quote = said.get("quote") or {}
    name = envelope.get("sourceName") or envelope.get("sourceNumber") or envelope.get("source")
    return Post(
        text=str(text or ""),
        date=_at(edited["targetSentTimestamp"] if edited else when),
        modified=_at(when) if edited else "",
        number=str(when or ""),
        outlet=str(group.get("groupName") or "Signal"),
        author=str(name or ""),
        replies_to=str(quote.get("id") or ""),
        media=media,
        original=item,
    )


def _of_signal_export(source: Source, _: str) -> _ReadPost:
    return partial(_exported, outlet=_folder(source))


def _exported(item: Mapping[str, Any], *, outlet: str) -> Post | None:
    """A message as signal-export writes it, a folder for each chat."""
    media = _attached(item.get("attachments"), "name", "path")
    text = str(item["body"] or "")
    if not (text.strip() or media):
        return None
    return Post(
        text=text,
        date=str(item["date"]),
        outlet=outlet or "Signal",
        author=str(item["sender"]),
        media=media,
        more={"quote": str(item["quote"]).strip()} if item.get("quote") else None,
        original=item,
    )


class _Backup:
    """A backup of Signal: who takes part and which chats there are stands before the messages."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._chats: dict[str, str] = {}
        self._own = ""

    def __call__(self, item: Mapping[str, Any]) -> Post | None:
        if account := item.get("account"):
            self._own = _joined(account, "givenName", "familyName")
        elif told := item.get("recipient"):
            self._names[str(told["id"])] = self._name(told)
        elif chat := item.get("chat"):
            self._chats[str(chat["id"])] = self._names.get(str(chat["recipientId"]), "")
        elif said := item.get("chatItem"):
            return self._post(said, item)
        return None

    def _name(self, told: Mapping[str, Any]) -> str:
        if "self" in told:
            return self._own
        contact = told.get("contact") or {}
        group = ((told.get("group") or {}).get("snapshot") or {}).get("title") or {}
        named = _joined(contact, "profileGivenName", "profileFamilyName")
        return named or str(
            contact.get("username") or contact.get("e164") or group.get("title", "")
        )

    def _post(self, said: Mapping[str, Any], item: Mapping[str, Any]) -> Post | None:
        message = said.get("standardMessage")
        if not isinstance(message, Mapping):
            return None  # a call, a reaction, a notice
        quote = message.get("quote") or {}
        files = [one.get("pointer") or one for one in message.get("attachments") or ()]
        return Post(
            text=str((message.get("text") or {}).get("body") or ""),
            date=_at(said.get("dateSent")),
            number=str(said.get("dateSent") or ""),
            outlet=self._chats.get(str(said.get("chatId"))) or "Signal",
            author=self._names.get(str(said.get("authorId")), ""),
            replies_to=str(quote.get("targetSentTimestamp") or ""),
            media=_attached(files, "fileName", "contentType"),
            original=item,
        )


def _joined(told: Mapping[str, Any], *names: str) -> str:
    return " ".join(str(told[name]) for name in names if told.get(name))


# Slack: a folder for each channel, a file for each day; people in a file above.

_SAID = (None, "bot_message", "me_message", "thread_broadcast", "file_share", "file_comment")
_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def _of_slack(source: Source, _: str) -> _ReadPost:
    told = _beside(source, "../users.json") or _beside(source, "users.json")
    people = told if isinstance(told, list) else []
    names = {
        str(one.get("id")): _slack_name(one.get("profile") or one)
        for one in people
        if isinstance(one, Mapping)
    }
    return partial(_of_channel, outlet=f"#{_folder(source)}", names=names)


def _of_channel(item: Mapping[str, Any], *, outlet: str, names: Mapping[str, str]) -> Post | None:
    if item.get("type") != "message" or item.get("subtype") not in _SAID:
        return None
    number = str(item["ts"])
    by = names.get(str(item.get("user") or "")) or _slack_name(item.get("user_profile") or {})
    text = str(item.get("text") or "") or "\n\n".join(_shown_by_programs(item))
    thread = str(item.get("thread_ts") or number)
    return Post(
        text=html.unescape(_MARK.sub(partial(_unmarked, names=names), text)),
        date=moment(number.partition(".")[0]),
        modified=moment(str((item.get("edited") or {}).get("ts") or "").partition(".")[0]),
        number=number,
        outlet=outlet,
        author=by or str(item.get("username") or item.get("user") or ""),
        replies_to=thread if thread != number else "",
        media=_attached(item.get("files"), "name", "title", "id"),
        original=item,
    )


def _slack_name(told: Mapping[str, Any]) -> str:
    names = ("real_name", "display_name", "name")
    return next((str(told[name]) for name in names if told.get(name)), "")


def _shown_by_programs(item: Mapping[str, Any]) -> Iterator[str]:
    for one in item.get("attachments") or ():
        if said := one.get("text") or one.get("fallback"):
            yield str(said)


def _unmarked(found: re.Match[str], *, names: Mapping[str, str]) -> str:
    """What a mark of Slack shows: a person, a channel, everybody, a link."""
    kind, target, label = found[1], found[2], found[3] or ""
    if kind == "@":
        return f"@{label or names.get(target) or target}"
    if kind == "#":
        return f"#{label or target}"
    if kind == "!":
        return label or f"@{target.partition('^')[0]}"
    is_named = label and label != target and label not in target
    return f"{label} ({target})" if is_named else target


# Google Chat, as Takeout gives it: a folder for each space.


def _of_google(source: Source, _: str) -> _ReadPost:
    told = _beside(source, "group_info.json")
    name = str(told.get("name") or "") if isinstance(told, Mapping) else ""
    return partial(_in_space, outlet=name or "Google Chat")


def _in_space(item: Mapping[str, Any], *, outlet: str) -> Post | None:
    by = item.get("creator") or {}
    media = _attached(item.get("attached_files"), "original_name", "export_name")
    if item.get("message_state") == "DELETED" or not (item.get("text") or media):
        return None
    return Post(
        text=str(item.get("text") or ""),
        date=str(item.get("created_date") or ""),
        modified=str(item.get("updated_date") or ""),
        number=str(item.get("message_id") or ""),
        outlet=outlet,
        author=str(by.get("name") or by.get("email") or ""),
        media=media,
        original=item,
    )


# Element, which speaks Matrix.

_ROOM = re.compile(r'"room_name"\s*:\s*("(?:[^"\\]|\\.)*")')
_QUOTED = re.compile(r"\A(?:> [^\n]*\n)+\n?")
_WRITTEN = ("m.text", "m.notice", "m.emote")


def _of_element(_: Source, begun: str) -> _ReadPost:
    room = _ROOM.search(begun)
    name = str(json.loads(room[1], strict=False)) if room else ""
    return partial(_in_room, outlet=name or "Matrix")


def _in_room(item: Mapping[str, Any], *, outlet: str) -> Post | None:
    content = item.get("content") or {}
    if item.get("type") != "m.room.message" or "msgtype" not in content:
        return None  # somebody joined, or the message was taken back
    relates = content.get("m.relates_to") or {}
    answered = str((relates.get("m.in_reply_to") or {}).get("event_id") or "")
    changes = relates.get("rel_type") == "m.replace"
    said = content.get("m.new_content") or content if changes else content
    body = str(said.get("body") or "")
    is_text = said.get("msgtype") in _WRITTEN
    return Post(
        text=_QUOTED.sub("", body) if is_text and answered else body * is_text,
        date=_at(item.get("origin_server_ts")),
        number=str(item.get("event_id") or ""),
        outlet=outlet,
        author=str(item.get("sender") or ""),
        replies_to=str(relates.get("event_id") or "") if changes else answered,
        media=() if is_text else (f"{said.get('msgtype')}: {body}",),
        original=item,
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of export.

    Attributes:
        shape: what its files begin with.
        reading: what reads each message, from the file and how it begins.
        opening: how the list of messages begins; None where they are lines.
    """

    shape: str
    reading: Callable[[Source, str], _ReadPost]
    opening: re.Pattern[str] | None = None


_KINDS = (
    _Kind(
        r'\s*\{(?=.{0,4000}?"envelope"\s*:\s*\{)(?=.{0,40000}?"(?:data|sync|receipt|typing)Message")',
        _of_signal_cli,
    ),
    _Kind(
        r'\s*\{(?=[^\n]{0,2000}?"backupTimeMs"\s*:)',
        lambda _source, _begun: _Backup(),
    ),
    _Kind(
        r'\s*\{(?=[^\n]{0,20000}?"sender"\s*:)(?=[^\n]{0,40000}?"body"\s*:)'
        r'(?=[^\n]{0,40000}?"sticker"\s*:)(?=[^\n]{0,40000}?"attachments"\s*:)',
        _of_signal_export,
    ),
    _Kind(
        r'\s*\[\s*\{(?=.{0,40000}?"type"\s*:\s*"message")(?=.{0,40000}?"ts"\s*:\s*"\d{9,10}\.\d+")',
        _of_slack,
        _LIST,
    ),
    _Kind(
        r'\s*\{\s*"messages"\s*:\s*\[\s*\{(?=.{0,20000}?"creator"\s*:\s*\{)'
        r'(?=.{0,40000}?"(?:created_date|topic_id)"\s*:)',
        _of_google,
        _MESSAGES,
    ),
    _Kind(
        r'\s*\{(?=.{0,2000}?"room_name"\s*:)(?=.{0,20000}?"messages"\s*:\s*\[)',
        _of_element,
        _MESSAGES,
    ),
)
SHAPES = tuple(kind.shape for kind in _KINDS)
