"""Who speaks in a printed interview? Marks like `((Jane Doe))` at the start of a turn.

A model takes them for bodies, brackets and all. A mark in full names a person; initials stand for
whoever asks, and are no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.entities.types import EntityKind, Mention

_RULE = "speaker"
_CONFIDENCE = 0.95
_MARK = re.compile(r"^\(\(([^()\n]{1,60})\)\)", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,3}")


def with_speakers(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the persons whom marks name in place of whatever overlaps the marks; and
    with the same names elsewhere as persons.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return list(mentions)
    kept = [
        one
        for one in mentions
        if not any(mark.start() < one.end and one.start < mark.end() for mark in marks)
    ]
    speakers = [
        Mention(mark.start(1), mark.end(1), EntityKind.PERSON, mark.group(1), _CONFIDENCE, _RULE)
        for mark in marks
        if _NAME.fullmatch(mark.group(1)) and not mark.group(1).isupper()
    ]
    names = {one.text for one in speakers}
    kept = [
        replace(one, kind=EntityKind.PERSON, rule=_RULE) if one.text in names else one
        for one in kept
    ]
    return sorted((*kept, *speakers), key=lambda one: one.start)
