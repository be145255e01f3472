"""Changes: what can be done to a dossier? One `Change` is one line of the file of dossiers.

The id of a change is the beginning of its line's checksum. What it makes has the same id: a
dossier that of the change that created it, a note or passage that of the one that wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec

from corpus import soundness
from corpus.errors import DossierError
from corpus.store.lines import Line

ID_DIGITS = 12
_TIME = re.compile(r"2\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}\+00:00")
MAX_NAME = 200
MAX_TAG = 60
MAX_NOTE = 20_000
MAX_QUOTE = 5_000
MAX_ARTICLES = 10_000
"""Articles in one dossier."""
MAX_AT_ONCE = 500
"""Articles in one change; more are several changes."""


class State(StrEnum):
    """How far the work on one article has come."""

    UNREAD = "unread"
    READ = "read"
    CHECKED = "checked"
    REJECTED = "rejected"


class Status(StrEnum):
    """How far the work on a dossier has come; a closed one takes nothing more."""

    OPEN = "open"
    CLOSED = "closed"


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article as it was when it was put in: what is left to say should it leave the index."""

    id: str
    version: int = 1
    original_sha256: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    collected: str = ""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A place in an article's reading: W3C's text position and text quote, in characters."""

    article: str
    version: int
    original_sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class _Base(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="action",
    tag=str.lower,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    who: str = ""
    when: str = ""
    dossier: str = ""


class Create(_Base, frozen=True, kw_only=True):
    name: str


class Rename(_Base, frozen=True, kw_only=True):
    name: str


class SetStatus(_Base, frozen=True, kw_only=True, tag="status"):
    status: Status


class Add(_Base, frozen=True, kw_only=True):
    articles: tuple[Reference, ...]


class Remove(_Base, frozen=True, kw_only=True):
    """What was noted on them stays, and is there again when they are put in again."""

    articles: tuple[str, ...]


class Quote(_Base, frozen=True, kw_only=True):
    passage: Passage


class Note(_Base, frozen=True, kw_only=True):
    """`about` is an article or a passage; the dossier itself when empty."""

    about: str = ""
    text: str


class Rewrite(_Base, frozen=True, kw_only=True):
    note: str
    text: str


class Tag(_Base, frozen=True, kw_only=True):
    """Of articles; of the dossier itself when there are none."""

    articles: tuple[str, ...] = ()
    tags: tuple[str, ...]


class Untag(_Base, frozen=True, kw_only=True):
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...]


class Move(_Base, frozen=True, kw_only=True):
    """Puts an article behind another; before all when `after` is empty."""

    article: str
    after: str = ""


class Mark(_Base, frozen=True, kw_only=True):
    articles: tuple[str, ...]
    state: State


class Undo(_Base, frozen=True, kw_only=True):
    """The change no longer counts; undoing an undo lets it count again."""

    change: str


Change: TypeAlias = (
    Create
    | Rename
    | SetStatus
    | Add
    | Remove
    | Quote
    | Note
    | Rewrite
    | Tag
    | Untag
    | Move
    | Mark
    | Undo
)
_DECODER: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)


class Kept(msgspec.Struct, frozen=True):
    """A change that is in the file."""

    id: str
    change: Change
    line: Line


def body(change: Change) -> str:
    """The object of its line; half a surrogate pair, which no file can hold, is U+FFFD there."""
    text = json.dumps(plain(change), ensure_ascii=False, separators=(",", ":"))
    return soundness.replaced(text)


def plain(change: Change) -> dict[str, Any]:
    """A change for a script."""
    values: dict[str, Any] = msgspec.to_builtins(change)
    return values


def kept(line: Line) -> Kept:
    """The change of a line.

    Raises:
        DossierError: it is none.
    """
    try:
        change = _DECODER.decode(line.body)
    except msgspec.ValidationError as error:
        raise DossierError(f"is no change of a dossier: {error}") from None
    except msgspec.DecodeError as error:
        raise DossierError(f"is no JSON: {error}") from None
    if not _TIME.fullmatch(change.when) or not change.who.strip():
        raise DossierError("does not say who made it and when")
    check_form(change)
    return Kept(line.checksum[:ID_DIGITS], change, line)


def check_form(change: Change) -> None:
    """Raises DossierError for a change that is none whatever the dossiers hold."""
    match change:
        case Create() | Rename():
            _check_text(change.name, "name", MAX_NAME)
        case Note() | Rewrite():
            _check_text(change.text, "note", MAX_NOTE)
        case Tag() | Untag():
            if not change.tags:
                raise DossierError("no tag was given")
            for tag in change.tags:
                _check_text(tag, "tag", MAX_TAG)
        case Quote():
            _check_text(change.passage.exact, "passage", MAX_QUOTE)
        case _:
            pass


def _check_text(text: str, what: str, most: int) -> None:
    if not text.strip():
        raise DossierError(f"the {what} is empty", advice=f"Give the {what} some text")
    if len(text) > most:
        raise DossierError(
            f"the {what} has {len(text):,} characters", advice=f"Give {most:,} at most"
        )
    if what in {"name", "tag"} and not text.isprintable():
        raise DossierError(f"the {what} holds a line break or control character")


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags as people type them: with or without commas, once each, no space around them."""
    parts = (" ".join(part.split()) for text in texts for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
