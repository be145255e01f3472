"""The values of quotations: what was said, by whom, and where all of it stands."""

from __future__ import annotations

from typing import NamedTuple


class Quote(NamedTuple):
    """Words that a text gives as somebody's. Offsets count in that text. (A tuple, as mentions.)

    Attributes:
        start, end: what was said, without quotation marks and *that*.
        speaker_start, speaker_end: who said it, as written: a name, *he*, *a spokesman*.
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
