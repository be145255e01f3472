"""The values of quotations: what was said, by whom, and where all of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.entities.types import EntityKind

Span = tuple[int, int]
"""From where to where something stands."""


class Quote(NamedTuple):
    """Words that a text gives as somebody's. Offsets count in that text. (A tuple, as mentions.)

    Attributes:
        start, end: what was said, without quotation marks and *that*.
        speaker_start, speaker_end: who said it, as written: a name, *he*, *a spokesman*; nothing,
            before the verb, where the verb holds its subject as Arabic ones do.
        verb_start, verb_end: the word that says so: *told*, *adding*, *According to*.
        named: where the name begins that the speaker is meant by, which stands elsewhere when the
            speaker is written as *he*; -1 where nobody is named.
        is_direct: whether these are the speaker's own words, in quotation marks.
    """

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    verb_start: int
    verb_end: int
    named: int
    is_direct: bool


class SpokenBy(NamedTuple):
    """A quote of an indexed article, and whom its speaker's name means.

    Attributes:
        entity_id: empty where the article names nobody.
    """

    quote: Quote
    entity_id: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that may speak, and where it stands: the `index`-th of those that were found."""

    start: int
    end: int
    index: int
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Said:
    """What one verb of speech yields, offsets in the paragraph; the parts with whether direct."""

    speaker: Span
    verb: Span
    parts: tuple[tuple[int, int, bool], ...]
