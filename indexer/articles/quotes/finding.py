"""Finding: which words of a text are somebody's, and whose?

By rules over one paragraph at a time: for English those of `paragraph`, for others those of
`speech`. Passages in quotation marks are hidden first; then each verb of speech is asked for its
subject, and for what was said: the passage or the clause after it, or the one that stands before
both. Who *he* is tells the speaker before him, or the person named last. Where that cannot be told,
the words stay with *he*.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.articles.quotes.dashes import dashed
from indexer.articles.quotes.marks import Passage, hidden, passages
from indexer.articles.quotes.paragraph import CUE, Paragraph
from indexer.articles.quotes.speech import Speech
from indexer.articles.quotes.types import Name, Quote, Said, Span
from indexer.articles.quotes.vocabulary import Words, words
from indexer.articles.quotes.words import SPEAKS_FOR
from indexer.entities.recognition import Recognition
from indexer.entities.types import EntityKind

_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST = 20_000  # characters
"""Of a paragraph: a longer one is read in parts, as what is asked of each verb grows with it."""
_BREAK = re.compile(r"(?<=[.!?…؟۔»”\"])\s")
_OPENS = re.compile(r"\s*[“„\"«‘]")
_HEAD_ENDS = re.compile(r"\s*(?:\Z|,|\(|(?:of|from|in|at|to|for|on|and|who|via|per)\b)")
_NAMED = {EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE}
_WHILE_SPEAKING, _RIGHT_AFTER, _NEAR = 700, 300, 500  # characters
_ARTICLE = re.compile(
    r"(?:the|der|die|das|den|dem|le|la|les|l['’]|el|los|las|[وفبلהובל])\s*", re.IGNORECASE
)
_PERSONS = frozenset(("he", "she"))


def quotes(text: str, recognition: Recognition, *, language: str) -> tuple[Quote, ...]:
    """What a text gives as said, in the order in which it stands there. Pure.

    Args:
        recognition: the names of the text.
        language: ISO 639-1 code; `und` is taken for English, and a language whose words of
            speech are not known yields nothing.
    """
    if language in ("en", "und"):
        return _Finder(text, recognition).found()
    known = words(language)
    return () if known is None else _SpeechFinder(text, recognition, known).found()


def _paragraphs(text: str) -> Iterator[Span]:
    """From where to where the paragraphs reach, long ones in parts of whole sentences."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST:
            breaks = [one.end() for one in _BREAK.finditer(text, start, start + _LONGEST)]
            cut = breaks[-1] if breaks else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


class _Finder:
    """One text, in English."""

    _cue = CUE
    _persons = _PERSONS

    def __init__(self, text: str, recognition: Recognition) -> None:
        self._text = text
        self._names = [
            Name(start, end, index, recognition.names[index].kind)
            for start, end, index in recognition.spans
            if recognition.names[index].kind in _NAMED
        ]
        self._quotes: list[Quote] = []
        self._last: Quote | None = None
        self._goes_on = False
        self._opened = 0

    def found(self) -> tuple[Quote, ...]:
        paragraphs = list(_paragraphs(self._text))
        for place, (start, end) in enumerate(paragraphs):
            following = paragraphs[place + 1][0] if place + 1 < len(paragraphs) else None
            opens = following is not None and bool(_OPENS.match(self._text, following))
            self._paragraph(start, self._text[start:end], opens)
        self._quotes.sort(key=lambda one: (one.start, one.end))
        return tuple(self._quotes)

    def _paragraph(self, offset: int, text: str, next_opens: bool) -> None:
        found = self._passages(text, next_opens)
        if not found and not self._cue.search(text):
            self._goes_on = False
            return
        paragraph = self._read(text, found, offset)
        went_on, self._goes_on = self._goes_on, False
        self._opened = len(self._quotes)
        for place, (start, end) in enumerate(paragraph.sentences()):
            before = len(self._quotes)
            for one in paragraph.said(start, end):
                self._keep(one, offset)
            alone = paragraph.only_passage(start, end)
            continues = place or went_on or self._announced(offset)
            if len(self._quotes) == before and alone is not None and continues and self._last:
                inherited = self._last
                self._quotes.append(
                    inherited._replace(
                        start=offset + alone.inner, end=offset + alone.last, is_direct=True
                    )
                )
            elif len(self._quotes) == before and place == 0:
                self._last = None if not went_on else self._last
        if found and next_opens and found[-1].end == len(text) and text[-1] not in '”"»’':
            self._goes_on = bool(self._last)

    def _passages(self, text: str, goes_on: bool) -> list[Passage]:
        """What is marked as said in a paragraph."""
        return passages(text, goes_on=goes_on)

    def _read(self, text: str, found: list[Passage], _offset: int) -> Paragraph | Speech:
        """A paragraph; English ones are read without the names that stand there."""
        return Paragraph(text, hidden(text, found), found)

    def _announced(self, offset: int) -> bool:
        """Whether the paragraph before ended with *she said:*."""
        return self._text[:offset].rstrip().endswith(":")

    def _keep(self, said: Said, offset: int) -> None:
        speaker = (said.speaker[0] + offset, said.speaker[1] + offset)
        named = self._meant(speaker)
        for start, end, is_direct in said.parts:
            if start == end:  # marks with nothing between them
                continue
            quote = Quote(
                start + offset,
                end + offset,
                *speaker,
                said.verb[0] + offset,
                said.verb[1] + offset,
                named,
                is_direct,
            )
            self._last = quote
            here = self._quotes[self._opened :]  # those of the same paragraph
            if not any(quote.start < one.end and one.start < quote.end for one in here):
                self._quotes.append(quote)

    def _meant(self, speaker: Span) -> int:
        """Where the name begins that a speaker is meant by."""
        start, end = speaker
        written = self._text[start:end]
        if written.lower() in self._persons:
            return self._he(start)
        inside = [name for name in self._names if start <= name.start and name.end <= end + 2]
        return self._of_names(inside, start, end)

    def _of_names(self, inside: Sequence[Name], start: int, end: int) -> int:
        """Which of the names within a speaker's is the one who speaks."""
        written = self._text[start:end]
        persons = [name for name in inside if name.kind is EntityKind.PERSON]
        if persons:
            heads = [one for one in persons if _HEAD_ENDS.match(self._text[one.end : end])]
            return heads[-1].start if heads else -1
        if not inside:
            return -1
        first = inside[0]
        lead = self._text[start : first.start].strip().lower()
        rest = self._text[first.end : end].strip()
        if lead in ("", "the") and (not rest or re.match(r"(?:in|of|at|,|\()", rest)):
            return first.start
        if SPEAKS_FOR.search(written):
            bodies = [name for name in inside if name.kind is EntityKind.ORG]
            return bodies[0].start if bodies else -1
        return -1

    def _he(self, at: int) -> int:
        """Who *he* is: who spoke last, if near; else the person named last before."""
        last = self._last
        if last is not None and last.named >= 0 and at - last.end < _WHILE_SPEAKING:
            kind = next((name.kind for name in self._names if name.start == last.named), None)
            if kind is EntityKind.PERSON:
                return last.named
        if last is not None and last.named < 0 and at - last.end < _RIGHT_AFTER:
            said = self._text[last.speaker_start : last.speaker_end]
            if said.lower() not in self._persons:
                return -1  # a speaker without a name goes on
        before = [n for n in self._names if n.end <= at and n.kind is EntityKind.PERSON]
        near = [name for name in before if at - name.end <= _NEAR]
        if not near:
            return -1
        is_one = len({name.index for name in near}) == 1
        return near[-1].start if is_one else self._subject(at, near)

    def _subject(self, at: int, near: Sequence[Name]) -> int:
        """Of several persons, the one that the sentence before begins with."""
        opening = max(self._text.rfind(". ", 0, at - 2), self._text.rfind("\n", 0, at))
        opening = max(self._text.rfind(". ", 0, opening), self._text.rfind("\n", 0, opening), 0)
        inside = [name for name in near if name.start >= opening]
        return inside[0].start if inside else near[-1].start


class _SpeechFinder(_Finder):
    """One text in another language."""

    def __init__(self, text: str, recognition: Recognition, known: Words) -> None:
        super().__init__(text, recognition)
        self._known = known
        self._cue = known.cue
        self._persons = known.he | {""}

    def _passages(self, text: str, goes_on: bool) -> list[Passage]:
        return dashed(text, super()._passages(text, goes_on), self._known)

    def _read(self, text: str, found: list[Passage], _offset: int) -> Speech:
        names = self._inside(_offset, len(text))
        return Speech(text, hidden(text, found), found, self._known, names)

    def _inside(self, offset: int, length: int) -> list[Name]:
        """The names of a paragraph, with offsets in it."""
        first = bisect_left(self._names, offset, key=lambda one: one.start)
        last = bisect_left(self._names, offset + length, key=lambda one: one.start)
        return [
            replace(one, start=one.start - offset, end=one.end - offset)
            for one in self._names[first:last]
            if one.end <= offset + length
        ]

    def _of_names(self, inside: Sequence[Name], start: int, end: int) -> int:
        persons = [name for name in inside if name.kind is EntityKind.PERSON]
        written = self._text[start:end]
        if persons:
            last = persons[-1]
            alone = " " not in self._text[last.start : last.end]
            if alone and self._known.speaks_for.search(written, 0, last.start - start):
                return -1  # *a spokesman of Petrenko*, or one of this name
            return last.start
        if not inside:
            return -1
        first, lead = inside[0], written[: max(0, inside[0].start - start)]
        if first.kind is EntityKind.ORG and self._known.speaks_for.search(written):
            return first.start
        return first.start if not lead.strip() or _ARTICLE.fullmatch(lead) else -1
