"""Subjects: who is it that says something, in languages other than English?

Sought beside a verb by the names that were found in the text, by words for people and by pronouns.
All texts here are paragraphs whose passages in quotation marks are hidden.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.quotes.marks import HIDDEN
from indexer.articles.quotes.types import Name, Span
from indexer.articles.quotes.vocabulary import Words
from indexer.entities.types import EntityKind

COMMAS = ",،"
STOP = re.compile(rf"[,،;؛:()—–{HIDDEN}]|\s-\s|[.!?؟](?=\s|\Z)")
"""What ends a part of a sentence."""
MOST_WORDS = 9
_MOST_BETWEEN = 3
_LONGEST_ASIDE = 160  # characters
_WORD = re.compile(r"\s*(\w+)")
_WORD_ENDS = re.compile(r"\w*")
_BEFORE_ASIDE = re.compile(rf"\s*(\w+(?: \w+){{0,2}})[,،][^.;:{HIDDEN}]{{4,160}}[,،]\s*")
_NAME_ALONE = re.compile(r"(?:[^\W\d_a-zа-яіїєґ][\w’'-]+ ){1,3}[^\W\d_a-zа-яіїєґ][\w’'-]+")


class Subjects:
    """Those of one paragraph.

    Args:
        masked: the paragraph, its passages hidden.
        names: those that stand in it outside of passages, in order.
    """

    def __init__(self, masked: str, known: Words, names: Sequence[Name]) -> None:
        self._text = masked
        self._words = known
        self.names = [one for one in names if masked[one.start] != HIDDEN]

    def source(self, at: int, end: int, *, is_last: bool) -> Span | None:
        """Who it is that is named behind *according to*; the last words of a sentence, perhaps."""
        if verb := self._words.cue.match(self._text, at + 1, end):
            at = verb.end()  # *según dijo X*
        stop = STOP.search(self._text, at, end)
        close = stop.start() if stop else end
        inside = [
            one
            for one in self.names
            if at <= one.start
            and one.end <= close + 1
            and len(self._text[at : one.start].split()) <= MOST_WORDS // 2
        ]
        behind = [one for one in self.names if stop and one.start == stop.end() + 1]
        first = next((one for one in inside if one.kind is EntityKind.PERSON), None)
        people = self._words.people.search(self._text, at, close)
        if pronoun := self._pronoun(at, close):
            return pronoun
        if first is None and behind and behind[0].kind is EntityKind.PERSON:
            return self.trimmed(at, behind[0].end)  # *the mayor of Sumy, Ivan Petrenko*
        is_closed = is_last or bool(stop and self._text[stop.start()] in COMMAS)
        if first is not None:
            last = first.end
        elif is_closed and (inside or people):
            last = close
        elif inside and inside[0].kind is EntityKind.ORG:
            last = inside[0].end
        elif people is not None:
            rest = _WORD_ENDS.match(self._text, people.end())
            last = rest.end() if rest else people.end()
        else:
            return None
        span = self.trimmed(at, last)
        return span if len(self._text[slice(*span)].split()) <= MOST_WORDS + 3 else None

    def first(self, start: int, limit: int) -> Span | None:
        """Whom a sentence is about that begins with its subject."""
        comma = self._text.find(",", start, limit)
        close = comma if comma >= 0 else limit
        inside = [one for one in self.names if start <= one.start and one.end <= close + 1]
        persons = [
            one
            for one in inside
            if one.kind is EntityKind.PERSON and self._text[one.end : one.end + 1] not in "'’"
        ]
        if persons:
            return self._subject(start, persons[-1])
        if comma >= 0 and (inside or self._words.people.search(self._text, start, close)):
            span = self.trimmed(start, close)
            return span if len(self._text[slice(*span)].split()) <= MOST_WORDS else None
        return self._pronoun(start, limit)

    def _pronoun(self, start: int, limit: int) -> Span | None:
        """*He*, where the words from a place on begin with it."""
        first = _WORD.match(self._text, start, limit)
        return first.span(1) if first and first[1].lower() in self._words.he else None

    def ahead(self, start: int, verb: int) -> Span | None:
        """The subject that ends before a verb, perhaps with an aside between."""
        inside = [n for n in self.names if start <= n.start and n.end <= verb]
        for one in reversed(inside):
            if one.kind is EntityKind.PERSON and self._is_before_phrase(one, verb):
                return self._subject(self.opening(start, one.start), one)
        for one in reversed(inside):
            if one.kind is EntityKind.PLACE:
                continue
            opening = self.opening(start, one.start)
            gap = self._text[one.end : verb]
            if self._words.of is not None and self._words.of.search(gap):
                continue
            if self._is_gap(gap):
                return self._subject(opening, one)
            if one.kind is EntityKind.PERSON and self._is_apposed(one, start, opening, verb):
                return self._subject(opening, one)
        opening = self.opening(start, verb)
        span = self._without_lead(opening, verb, limit=verb)
        return span if self._is_people(span) else None

    def _without_lead(self, start: int, end: int, *, limit: int) -> Span:
        """A subject without *yesterday*, *however* before it, as far as these end at a limit."""
        span = self.trimmed(start, end)
        while lead := self._words.lead.match(self._text, span[0], min(limit, span[1])):
            span = self.trimmed(lead.end(), span[1])
        return span

    def before_aside(self, start: int, verb: int) -> Span | None:
        """The first words of a sentence whose aside ends right before a verb: *Zahra, 32, said*."""
        aside = _BEFORE_ASIDE.fullmatch(self._text, start, verb)
        return self.trimmed(*aside.span(1)) if aside else None

    def _is_before_phrase(self, one: Name, verb: int) -> bool:
        """*Ivan Petrenko in a talk with the paper said*."""
        gap = self._text[one.end : verb].rstrip()
        starts = self._words.preposition.match(gap)
        within = self._words.preposition.search(self._text[max(0, one.start - 6) : one.start])
        return bool(starts and not within) and len(gap.split()) <= MOST_WORDS and "," not in gap

    def _is_apposed(self, one: Name, start: int, opening: int, verb: int) -> bool:
        """*The mayor of Sumy, Ivan Petrenko, said*: a name between commas, behind who it is."""
        gap = self._text[one.end : verb].strip()
        if gap[:1] not in COMMAS or not self._is_gap(gap[1:]):
            return False
        lead = self._text[opening : one.start]
        before = self.opening(start, opening - 1)
        named = any(n.kind is EntityKind.PERSON and before <= n.start < opening for n in self.names)
        people = self._words.people.search(self._text, before, opening)
        return len(lead.split()) <= _MOST_BETWEEN and people is not None and not named

    def _is_gap(self, gap: str) -> bool:
        bare = gap.strip()
        if not bare:
            return True
        if bare[0] in ",،(—–-" and bare[-1] in ",،)—–-":
            return 3 < len(bare) <= _LONGEST_ASIDE and "." not in bare
        return len(bare.split()) <= _MOST_BETWEEN and not re.search(rf"[^\w\s'’]|{HIDDEN}", bare)

    def behind(self, verb: int, limit: int, *, is_sure: bool = False) -> Span | None:
        """The subject that follows a verb; whoever it is, where it is sure that there is one."""
        stop = STOP.search(self._text, verb, limit)
        close = stop.start() if stop else limit
        inside = [one for one in self.names if verb <= one.start and one.end <= close + 1]
        if told := next((one for one in inside if self._is_told(one)), None):
            close = min(close, told.start - 1)  # *said the minister to Reuters*
            inside = [one for one in inside if one.end <= close]
        for one in inside:
            ahead = self._text[verb : one.start]
            if one.kind is EntityKind.PERSON and len(ahead.split()) <= MOST_WORDS:
                return self._subject(verb, one)
        if stop and self._text[stop.start()] in COMMAS:
            beside = [n for n in self.names if n.start == stop.end() + 1]
            if beside and beside[0].kind is EntityKind.PERSON and self._text[verb:close].strip():
                return self._subject(verb, beside[0])
        cut = self._words.preposition.search(self._text, verb + 1, close)
        for one in inside:
            if one.kind is EntityKind.ORG and not (cut and cut.start() < one.start):
                return self.trimmed(verb, max(one.end, cut.start() if cut else close))
        span = self.trimmed(verb, cut.start() if cut else close)
        if self._is_people(span):
            return span
        few = 0 < len(self._text[slice(*span)].split()) <= _MOST_BETWEEN
        if is_sure and few and not self._words.verb_first:
            return span
        alone = _NAME_ALONE.match(self._text, span[0], close)
        return alone.span() if alone else None

    def _is_told(self, one: Name) -> bool:
        """Whether a name is one to whom something is said, by the letter before it."""
        before = self._text[max(0, one.start - 3) : one.start].split(" ")[-1]
        return bool(self._words.to) and before[-1:] == self._words.to and len(before) <= 2

    def _subject(self, start: int, one: Name) -> Span:
        """A name with the words before it that belong to it, from where its part begins."""
        span = self._without_lead(start, one.end, limit=one.start)
        begins = self._words.preposition.match(f" {self._text[span[0] : one.start]}")
        people = self._words.people.search(self._text, span[0], one.start)
        if begins or len(self._text[slice(*span)].split()) > MOST_WORDS:
            start = people.start() if people else one.start
            return self.trimmed(start, one.end)
        return span

    def within(self, cue: re.Match[str]) -> Span | None:
        """The pronoun that a verb holds: *a-t-elle dit*."""
        for match in re.finditer(r"-(\w+)", cue[0]):
            if match[1] in self._words.he:
                return cue.start() + match.start(1), cue.start() + match.end(1)
        return None

    def unknown(self, cue: re.Match[str], that: int) -> Span | None:
        """What stands where the subject does in a language whose verb comes first: *the report*."""
        span = self.trimmed(cue.end(), that)
        if not self._words.verb_first or span[0] == span[1]:
            return None
        begins = self._words.preposition.match(f" {self._text[slice(*span)]} ")
        few = len(self._text[slice(*span)].split()) <= _MOST_BETWEEN
        return span if few and not begins else None

    def silent(self, cue: re.Match[str], start: int | None = None) -> Span | None:
        """Nobody as written, where a verb holds its subject: at its beginning."""
        if not self._words.silent:
            return None
        if start is not None and self._text[start : cue.start()].strip(" ,،—–-\t"):
            return None
        return cue.start(), cue.start()

    def _is_people(self, span: Span) -> bool:
        text = self._text[slice(*span)]
        parts = text.split()
        if not parts or len(parts) > MOST_WORDS or HIDDEN in text:
            return False
        if len(parts) == 1 and parts[0].lower() in self._words.he:
            return True
        return bool(self._words.people.search(text))

    def opening(self, start: int, at: int) -> int:
        """Where the part of a sentence begins in which something stands."""
        stops = [match.end() for match in STOP.finditer(self._text, start, at)]
        opening = stops[-1] if stops else start
        if self._words.of is not None:
            for match in self._words.of.finditer(self._text, opening, at):
                opening = match.end()
        return opening

    def trimmed(self, start: int, end: int) -> Span:
        text = self._text[start:end]
        start += len(text) - len(text.lstrip(' \t\n,،:;—–-"“”„«»'))
        return start, start + len(self._text[start:end].rstrip(" \t\n,،:;—–-"))
