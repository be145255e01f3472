"""Changes: what is otherwise in one generation than in an earlier one, and in what?

Walked in the order of ids, some thousands at a time: a mirror asks until nothing follows.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, fields
from enum import StrEnum
from heapq import merge
from itertools import groupby

from indexer.document import IndexDocument
from search.serving.open_index import OpenIndex

MAX_COMPARED = 2_000
"""Articles of both generations that are compared at a time, changed or not."""
_WHY = {
    "version": "version",
    "title": "text",
    "text": "text",
    "published": "date",
    "modified": "date",
    "mentioned": "date",
    "collected": "collected",
    "outlet": "outlet",
    "entities": "names",
    "mentions": "names",
    "family_id": "family",
    "flags": "doubts",
}
_OTHER = "other"
REASONS = (*dict.fromkeys(_WHY.values()), _OTHER)
"""In what an article may differ."""


class ChangeKind(StrEnum):
    """What became of an article."""

    ADDED = "added"
    REMOVED = "removed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Changed:
    """One article that is otherwise.

    Attributes:
        document: as it is now; of one that was removed, as it was.
        why: in what it differs, of `REASONS`; empty unless it was altered.
    """

    change: ChangeKind
    document: IndexDocument
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, in the order of ids.

    Attributes:
        following: the id after which to go on; empty where nothing follows.
    """

    items: tuple[Changed, ...]
    following: str


def changes(since: OpenIndex, index: OpenIndex, *, after: str = "", limit: int = 100) -> Changes:
    """What `index` has otherwise than `since`.

    Args:
        after: go on behind this id. limit: changes at most.
    """
    old, new = since.article_ids, index.article_ids
    walk = merge(
        ((one, False) for one in old[bisect_right(old, after) :]),
        ((one, True) for one in new[bisect_right(new, after) :]),
    )
    found: list[Changed] = []
    compared, last = 0, ""
    for article_id, sides in groupby(walk, key=lambda pair: pair[0]):
        if len(found) == limit or compared == MAX_COMPARED:
            return Changes(tuple(found), last)
        last = article_id
        before = now = None
        for _, is_new in sides:
            if is_new:
                now = _document(article_id, index)
            else:
                before = _document(article_id, since)
        if before and now:
            compared += 1
            if why := differing(before, now):
                found.append(Changed(ChangeKind.ALTERED, now, why))
        elif now:
            found.append(Changed(ChangeKind.ADDED, now))
        elif before:
            found.append(Changed(ChangeKind.REMOVED, before))
    return Changes(tuple(found), "")


def differing(old: IndexDocument, new: IndexDocument) -> tuple[str, ...]:
    """In what two states of an article differ, in the order of `REASONS`."""
    if old == new:
        return ()
    names = [
        field.name
        for field in fields(IndexDocument)
        if getattr(old, field.name) != getattr(new, field.name)
    ]
    found = {_WHY.get(name, _OTHER) for name in names}
    return tuple(reason for reason in REASONS if reason in found)


def _document(article_id: str, index: OpenIndex) -> IndexDocument | None:
    number = index.engine.doc_number(article_id)
    return None if number is None else index.engine.fetch([number])[0]
