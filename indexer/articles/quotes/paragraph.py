"""Paragraph: what does each of its verbs of speech give as said, and who is its subject?

Passages in quotation marks are hidden first. What was said is the passage or the clause after the
verb, or the one that stands before both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.articles.quotes import speakers
from indexer.articles.quotes.marks import HIDDEN, Passage, only_passage
from indexer.articles.quotes.types import Said, Span
from indexer.articles.quotes.words import (
    ADDING,
    BY,
    CALLING,
    DAY,
    FINITE,
    ONLY_DIRECT,
    PLAIN,
    SAYING,
    WITH_THAT,
)

CUE = re.compile(
    rf"\b(?:(?P<saying>{'|'.join(SAYING)})|(?P<adding>{'|'.join(ADDING)})"
    rf"|(?P<calling>{'|'.join(CALLING)})|(?P<by>(?i:{'|'.join(BY)})))\b"
)
_SENTENCE_END = re.compile(rf"[.!?][)\]]?(?=\s+[\[(A-Z0-9{HIDDEN}“\"])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Prof|Rev|Jr|Sr|No|vs|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Brig|Cmdr|Inc|Corp|Ltd|Co|Hon|al)|\b[A-Z]"
    r"|[A-Z]\.[A-Z])\Z"
)
_NOT_SAID = re.compile(
    r"(?:\b(?:to|not|never|cannot|would|could|will|may|might|must|should|is|are|was|were|been|being"
    r"|be|neither|nor|if|whether|nobody|has yet to|as|of|for|the|a|an|his|her|their|its)|n['’]t"
    r"|\bno one|\bnot yet)(?:\s+(?!family|assembly|ally|supply)\w+ly)?\s*\Z",
    re.IGNORECASE,
)
_WHEN = (
    r"(?:(?:on|in|at|during|after|to|from|through|via|late|early|last|this|by|for|with|before|about"
    r"|of|following)\b[^,:;.]{1,90}?|yesterday|today|tonight|earlier|later|again"
    r"|{DAY})"
)
_THAT = re.compile(rf"\A[,]?\s*(?:{_WHEN}[,]?\s+)?(?:,\s*)?that,?\s+", re.IGNORECASE)
_TOLD = re.compile(
    rf"\A\s+(?P<whom>(?!that\b)[^,:;.{HIDDEN}]{{2,90}}?),?\s+(?=that\s|:)|"
    rf"\A\s+(?P<heard>(?:the )?(?:[A-Z][\w’'-]*(?: (?:of )?[A-Z][\w’'-]*)*|reporters|journalists"
    rf"|court|(?:state |local )?media|police)(?:'s|’s)?)\s+(?=[^,:;.{HIDDEN}]*{FINITE.pattern})|"
    rf"\A\s+(?P<who>[^,:;.{HIDDEN}]{{2,90}}?)[,:]?\s*(?=[:{HIDDEN}]|\Z)"
)
_BEFORE_PASSAGE = re.compile(
    rf"\A\s*(?:(?:{_WHEN}|that|as|it|how|a|an|the|this|[^,:;.{HIDDEN}]{{1,90}}?))?[,:]?\s*"
    rf"(?:that\s*)?(?={HIDDEN})",
    re.IGNORECASE,
)
_ONLY_WHEN = re.compile(
    r"[,]?\s*(?:(?:on|in|at|during|after|to|from|through|via|late|early|last|this|by|for|with|before"
    rf"|about|of|following|yesterday|today|tonight|earlier|later|again|{DAY})\b|[.!?]?\s*\Z)",
    re.IGNORECASE,
)
_NEXT_ADDING = re.compile(
    rf",?\s+(?:and\s+|but\s+|while\s+)?(?:also\s+|further\s+)?(?:{'|'.join(ADDING)}|added|adds)\b"
)
_TRAILING = re.compile(rf",?\s+(?:{BY[0]})\b|\s+—\s*\Z", re.IGNORECASE)
_ENDED = re.compile(rf"\s*(?:[.,;!?]|\Z|{_WHEN})")
_NO_CLAUSE = re.compile(r"\s*(?:,|(?:them|him|her|it|the \w+) to be\b|(?:new )?plans? )")
_THING = re.compile(r"\s*(?:the|an?) \w+ of\b")
_SUBCLAUSE = re.compile(
    r"\b(?:after|where|that|which|who|as|when|following|to|because|linked)\b|, but\b"
)
_WHO = re.compile(r"(?:who|which|whose)\b[^,]*,\s*")
_BESIDES = re.compile(rf"(?:[,{HIDDEN}—–]|\b(?:and|but|while|by|before|also|further))\s*\Z")
_ASIDE_GOES_ON = re.compile(r"\s*,\s*(?:but|and|or|as|with|while|which|who|\w+ing|citing)\b")
_PREPOSITION = re.compile(r"\s*(?:to|in|on|at|by|for|of|from|with|about|as|and|or|nothing|so)\b")
_WHEN_FIRST = re.compile(
    rf"\s*{_WHEN},?\s+(?=(?:it|he|she|they|there|we)\b)|\s*{_WHEN},?\s+(?=(?:the|a|an|[A-Z]))"
)
_LATER = r"(?:[a-z]+|\d+)(?: [a-z]+)? (?:hour|day|week|month|year)s? (?:later|earlier|before|after)"
_BEFORE_THAT = re.compile(
    rf"(?:(?:then|yesterday|today|tonight|later|{DAY}|{_LATER}|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
    r" \d{1,2})\b,? )?that\s+"
)
"""What may stand between a verb and *that* where the clause was taken to begin before it."""
_NO_BEGINNING = re.compile(
    rf"(?:and|but|or|after|was|were|is|are|had|has|the same)\b|(?:yesterday|today|{DAY}),? and\b"
)
"""How nothing begins that was said."""
_DATELINE = re.compile(r"[A-Z]{3,}(?: [A-Z]+)*(?: \([\w ]+\))?\s*[:—–]\s+")
_WHEN_CLAUSE = re.compile(r"\s*(?:After|When|While|As|Although|Though|If|Since|Before)\b.*,")
_SEGMENT = re.compile(r"[,;:—–]")
_DAY_FIRST = re.compile(rf"\s*(?:yesterday|today|{DAY})\s+")
_NEXT_WORDS = 110  # characters
_FEWEST_WORDS = 3
_FEWEST_REPORTED = 3
_CALLING_DISTANCE = 90
_NEAR = 20
_SUBORDINATE = re.compile(r"(?:\bthat|\bwhich|\bif|\bwhether)\s*\Z")


class Paragraph:
    """One paragraph, its passages hidden."""

    def __init__(self, text: str, masked: str, found: list[Passage]) -> None:
        self._text = text
        self._masked = masked
        self._passages = found

    def sentences(self) -> Iterator[Span]:
        """From where to where the sentences reach."""
        ends = [
            match.end()
            for match in _SENTENCE_END.finditer(self._masked)
            if not _SHORT.search(self._masked[max(0, match.start() - 8) : match.start()])
        ]
        ends += [one.end for one in self._passages if self._ends_sentence(one)]
        start = 0
        for end in [*sorted(set(ends)), len(self._text)]:
            if self._text[start:end].strip():
                yield start, end
            start = end

    def _ends_sentence(self, one: Passage) -> bool:
        """Whether a sentence ends with a passage: it has a point inside, and a new one begins."""
        if self._text[one.start : one.end].rstrip("”\"»’'")[-1:] not in (".", "!", "?"):
            return False
        rest = self._masked[one.end : one.end + 120]
        if not re.match(r"\s+[A-Z" + HIDDEN + r"\"“]", rest):
            return False
        ends_softly = self._text[one.start : one.end].rstrip("”\"»’'")[-1:] == "."
        if ends_softly:
            return True
        cue = CUE.search(rest)
        return cue is None or bool(re.search(r"[.,;!?]", rest[: cue.start()]))

    def only_passage(self, start: int, end: int) -> Passage | None:
        """The passage that a sentence consists of."""
        return only_passage(self._masked, self._passages, start, end)

    def said(self, start: int, end: int) -> Iterator[Said]:
        """What each verb of a sentence yields, the first ones first."""
        taken = start
        speaker: Span | None = None
        for cue in CUE.finditer(self._masked, start, end):
            if cue.start() < taken and cue.lastgroup != "adding":
                continue
            said = self._of_cue(cue, start, end, speaker)
            if said is None:
                continue
            speaker = said.speaker
            taken = max(taken, *(stop for _, stop, _ in said.parts))
            yield said

    def _of_cue(self, cue: re.Match[str], start: int, end: int, spoke: Span | None) -> Said | None:
        kind = cue.lastgroup
        if kind == "by":
            return self._according(cue, start, end)
        if kind == "calling":
            return self._calling(cue, start, end, spoke)
        if kind == "adding":
            lead = self._masked[start : cue.start()]
            subject = spoke or speakers.main_subject(self._masked, start, cue.start())
            if subject is None or _NOT_SAID.search(lead) or not _BESIDES.search(lead):
                return None
            parts = self._after(cue, end)
            return Said(subject, cue.span(), parts) if parts else None
        return self._saying(cue, start, end, spoke)

    def _saying(self, cue: re.Match[str], start: int, end: int, spoke: Span | None) -> Said | None:
        masked = self._masked
        if _NOT_SAID.search(masked[start : cue.start()]):
            return None
        told_before = self._just_before(start, cue.start())
        if told_before and (told_before[0][2] or cue[0] in ("said", "says")):
            subject = speakers.after(masked, cue.end(), end)
            ended = subject and _ENDED.match(masked, subject[1], end)
            if subject is not None and (told_before[0][2] or ended):
                parts = (*told_before, *self._resumed(subject[1], end))
                return Said(subject, cue.span(), parts)
        subject = speakers.before(masked, start, cue.start())
        if subject is None and re.search(
            r"\b(?:and|but)(?: \w+ly| also| later)?\s*\Z", masked[start : cue.start()]
        ):
            subject = spoke or speakers.main_subject(masked, start, cue.start())
        if subject is None or _SUBORDINATE.search(masked[start : subject[0]]):
            return None
        parts = self._after(cue, end)
        earlier = self._just_before(start, subject[0])
        if earlier and (not parts or parts[0][2]):
            parts = (*earlier, *parts)
        return Said(subject, cue.span(), parts) if parts else None

    def _after(self, cue: re.Match[str], end: int) -> tuple[tuple[int, int, bool], ...]:
        """What is said after a verb: passages, or a clause."""
        verb, masked = cue[0].lower(), self._masked
        tail = masked[cue.end() : end]
        at = cue.end()
        if verb in ("told", "tells", "telling", "asked", "warned", "urged", "assured", "informed"):
            whom = _TOLD.match(tail)
            if whom is not None:
                at += whom.end()
                tail = masked[at:end]
            elif verb in ("told", "tells", "telling"):
                return ()
        tail, at = tail[1:] if tail.startswith(":") else tail, at + tail.startswith(":")
        that = _THAT.match(tail)
        lead = _BEFORE_PASSAGE.match(tail)
        if that is not None and not (lead and masked[at + that.end() :][:1] == HIDDEN):
            return self._clause(at + that.end(), end)
        if lead is not None and self._leads(tail[: lead.end()], verb):
            return self._passages_from(at + lead.end(), end)
        return self._clause(at + begins, end) if (begins := _clause_at(tail, verb)) >= 0 else ()

    def _leads(self, lead: str, verb: str) -> bool:
        """Whether words between verb and passage lead to it, and are no clause of their own."""
        if verb in ("announced", "announces") and not re.search(r"[:,]\s*\Z", lead):
            return len(lead.split()) <= 1
        return not FINITE.search(lead) and len(lead.split()) <= 14

    def _clause(self, at: int, end: int) -> tuple[tuple[int, int, bool], ...]:
        """A reported clause, up to what the speaker adds."""
        stop = _NEXT_ADDING.search(self._masked, at, end)
        last = stop.start() if stop else end
        by = _TRAILING.search(self._masked, at, last)
        last = by.start() if by else last
        start, last = self._bare(at, last)
        if that := _BEFORE_THAT.match(self._masked, start, last):
            start = that.end()
        whole = self._masked[start:last]
        if _NO_BEGINNING.match(whole):
            return ()
        if whole and not whole.strip(HIDDEN + " .,"):
            return self._passages_from(start, last)
        if len(self._text[start:last].split()) < _FEWEST_REPORTED:
            return ()
        return ((start, last, False),)

    def _passages_from(self, at: int, end: int) -> tuple[tuple[int, int, bool], ...]:
        return tuple(
            (one.inner, one.last, True)
            for one in self._passages
            if at <= one.start and one.end <= end and one.last > one.inner
        )

    def _resumed(self, at: int, end: int) -> tuple[tuple[int, int, bool], ...]:
        """The rest of a quote that its speaker interrupted: *", he said, "*."""
        rest = re.match(
            rf"[^.;{HIDDEN}]{{0,60}}[,:;]\s*(?:and\s+|but\s+|that\s+)?(?={HIDDEN})",
            self._masked[at:end],
        )
        return self._passages_from(at + rest.end(), end) if rest else ()

    def _just_before(self, start: int, at: int) -> tuple[tuple[int, int, bool], ...]:
        """The passage or clause that ends right before a speaker or a verb."""
        before = self._masked[start:at].rstrip()
        if before.rstrip(" ,").endswith(HIDDEN):
            inside = [one for one in self._passages if start <= one.start and one.end <= at]
            lead = self._masked[start : inside[0].start]
            if len(inside) == 1 and lead.strip(" ([—–-") and self._is_clause(lead + " is"):
                closed = self._text[inside[0].start : inside[0].end].rstrip("”\"»’'")
                if closed.endswith((",", "?", "!")) and len(lead.split()) > 2:
                    first, last = self._bare(start, inside[0].end)
                    return ((first, last, False),)
            return tuple((one.inner, one.last, True) for one in inside)
        if not before.endswith(","):
            return ()
        first, last = self._bare(start, start + len(before))
        if len(self._text[first:last].split()) < _FEWEST_REPORTED:
            return ()
        if not self._is_clause(self._masked[first:last]):
            return ()
        return ((first, last, False),)

    def _is_clause(self, words: str) -> bool:
        """Whether words before a comma are a sentence, and not only when or why it is said."""
        lead = speakers.LEADING_WORD.match(words)
        if lead is not None and "," not in words:
            return False
        if _WHEN_CLAUSE.match(words) and FINITE.match(words.rsplit(",", 1)[1].strip()):
            return False  # *After a shell, fired from the hills, killed one*
        return bool(FINITE.search(words)) and not re.search(r",\s*\w+\s*\Z", words)

    def _according(self, cue: re.Match[str], start: int, end: int) -> Said | None:
        subject = speakers.following(self._masked, cue.end(), end)
        if subject is None:
            return None
        lead = self._masked[start : cue.start()].strip(" —–-")
        comma = re.match(r"\s*,\s*", self._masked[subject[1] : end])
        is_aside = comma is not None and (
            len(lead.split()) < _FEWEST_REPORTED or not FINITE.search(lead)
        )
        if is_aside or not lead:
            if comma is None:
                return None
            begin = subject[1] + comma.end()
            if who := _WHO.match(self._masked, begin, end):
                begin = who.end()
            parts = self._clause(begin, end)
            if self._masked[begin : begin + 1] == HIDDEN:
                parts = self._passages_from(begin, end)
        else:
            rest = self._masked[subject[1] : end]
            if rest.strip(" .,") and comma is not None and not _ASIDE_GOES_ON.match(rest):
                return None
            first, last = self._bare(start, cue.start())
            inside = self._passages_from(first - 1, cue.start())
            whole = self._masked[first:last].strip(HIDDEN + " .,")
            if not whole:
                parts = inside
            else:
                parts = ((first, last, False),) if len(whole.split()) >= _FEWEST_WORDS else ()
        return Said(subject, cue.span(), parts) if parts else None

    def _calling(self, cue: re.Match[str], start: int, end: int, spoke: Span | None) -> Said | None:
        """*She called it “a crime”*."""
        gap = re.match(
            rf"[^,;:.{HIDDEN}]{{1,{_CALLING_DISTANCE}}}(?={HIDDEN})", self._masked[cue.end() : end]
        )
        if gap is None or re.search(
            r"\b(?:is|are|was|were|been|being|be|so|what|is)\s*\Z",
            self._masked[start : cue.start()],
        ):
            return None
        verb = cue[0].lower()
        if self._masked[start : cue.start()].rstrip().endswith(",") and not verb.endswith("ing"):
            return None
        if verb.endswith("ing"):
            subject = spoke or speakers.main_subject(self._masked, start, cue.start())
        else:
            subject = speakers.before(self._masked, start, cue.start())
        if subject is None or (
            not verb.startswith(("call", "descri", "label", "dub", "denounc", "brand"))
            and " as " not in gap[0]
            and " for " not in gap[0]
        ):
            return None
        if not verb.endswith("ing") and cue.start() - subject[1] > _NEAR:
            return None
        begin = cue.end() + gap.end()
        first = next((one for one in self._passages if one.start == begin), None)
        if first is None or first.last <= first.inner:
            return None
        return Said(subject, cue.span(), ((first.inner, first.last, True),))

    def _bare(self, start: int, end: int) -> Span:
        """Without blanks, final points and conjunctions."""
        text = self._text[start:end]
        opening = re.match(r"[\s,;]*(?:[(\[—–-]\s*)?(?:(?:And|But)\s+)?", text)
        start += opening.end() if opening else 0
        if dateline := _DATELINE.match(self._text, start, end):
            start = dateline.end()
        return start, max(start, start + len(self._text[start:end].rstrip(" \t.,;:!?—–-")))


def _clause_at(tail: str, verb: str) -> int:
    """Where in what follows a verb a clause begins that no *that* announces; -1 where none does."""
    if verb in ONLY_DIRECT or verb in WITH_THAT or _NO_CLAUSE.match(tail):
        return -1
    if _ONLY_WHEN.match(tail) and not FINITE.search(tail):
        return -1
    if verb not in PLAIN and (
        _THING.match(tail) or not FINITE.search(_SUBCLAUSE.split(tail[:_NEXT_WORDS])[0])
    ):
        return -1
    if verb not in ("said", "says") and not FINITE.search(_SEGMENT.split(tail)[0]):
        return -1  # *claimed the city; …*
    if _PREPOSITION.match(tail):
        when = _WHEN_FIRST.match(tail)
        if when is None or not FINITE.search(tail[when.end() : when.end() + _NEXT_WORDS]):
            return -1
        return when.end()
    day = _DAY_FIRST.match(tail)
    return day.end() if day else 0
