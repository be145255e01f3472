"""Speech: what do the verbs of a paragraph give as said, in languages other than English?

Their words stand in `speech.toml`; what is done with them is the same for all. Beside a verb of
speech its subject is sought, by the names that were found in the text, by words for people and by
pronouns. What was said is the passage in quotation marks right before the verb or behind a colon,
else the clause that *that* begins. A verb without a subject goes on for whoever spoke last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.articles.quotes.dashes import ENDED, FEWEST_QUOTED
from indexer.articles.quotes.marks import HIDDEN, Passage, only_passage
from indexer.articles.quotes.subjects import COMMAS, MOST_WORDS, Subjects
from indexer.articles.quotes.types import Name, Said, Span
from indexer.articles.quotes.vocabulary import Words

_SENTENCE_END = re.compile(rf"[.!?؟…][)\]]?(?=\s+[^\Wa-zа-яіїєґß-öø-ÿ\d_]|\s+[{HIDDEN}\d—–-])")
_SHORT = re.compile(
    r"(?:(?<!\w)\w{1,2}|(?<!\w)(?:gen|ген|проф|тыс|тис|млн|płk|prof|Dr|bzw|etc|Mme))\Z"
)
_LEAD = re.compile(rf"[^.;؛!?{HIDDEN}]{{0,70}}?:\s*(?={HIDDEN})|\s*(?={HIDDEN})")
_BEFORE = re.compile(r"[\s,،.—–-]*\Z")
_GAP = re.compile(r"\s*[,،—–-][\s—–-]*")
_COMMA = re.compile(rf"\s*[{COMMAS}]?\s*")
_FEWEST_WORDS = 3
_NOMINAL = re.compile(r"(?:ğ[ıiuü]n[ıiuü]|l[ae]r[ıi]n[ıi]|m[ae]s[ıi]n[ıi]|[ae]c[ae]ğ[ıi])\Z")
"""How the last word of a clause ends that a Turkish verb makes its object."""
_CONVERB = re.compile(r"[^,]*(?:[dt][ae]|[ae]rken|[ae]r[ae]k|[ae]n|üzere|ken|sonra|önce),\s*")
"""What only says in Turkish when or where something is said: *yaptığı açıklamada,*."""


class Speech:
    """One paragraph, its passages hidden.

    Args:
        names: those that stand in the paragraph, with offsets in it, in order.
    """

    def __init__(
        self, text: str, masked: str, found: list[Passage], known: Words, names: Sequence[Name]
    ) -> None:
        self._text = text
        self._masked = masked
        self._passages = found
        self._words = known
        self._who = Subjects(masked, known, names)

    def sentences(self) -> Iterator[Span]:
        """From where to where the sentences reach."""
        ends = [
            match.end()
            for match in _SENTENCE_END.finditer(self._masked)
            if not _SHORT.search(self._masked[max(0, match.start() - 6) : match.start()])
        ]
        start = 0
        for end in [*ends, len(self._text)]:
            if self._text[start:end].strip():
                yield start, end
            start = end

    def only_passage(self, start: int, end: int) -> Passage | None:
        """The passage that a sentence consists of."""
        return only_passage(self._masked, self._passages, start, end)

    def said(self, start: int, end: int) -> Iterator[Said]:
        """What each verb of a sentence yields, the first ones first."""
        taken, spoke = start, None
        for cue in self._cues(start, end):
            if cue.start() < taken or self._within_name(cue.start()):
                continue
            said = self._of_cue(cue, start, end, spoke)
            if said is None:
                continue
            spoke = said.speaker
            taken = max(taken, *(stop for _, stop, _ in said.parts))
            yield said

    def _cues(self, start: int, end: int) -> list[re.Match[str]]:
        """The verbs of speech of a sentence, and others that follow a passage as they do."""
        cues = [*self._words.cue.finditer(self._masked, start, end)]
        known = {cue.start() for cue in cues}
        for one in self._passages if self._words.ending else ():
            if start <= one.start < end:
                verbs = self._verb_behind(one, end), self._verb_ahead(one, start)
                cues += [verb for verb in verbs if verb and verb.start() not in known]
        return sorted(cues, key=lambda cue: cue.start())

    def _verb_ahead(self, one: Passage, start: int) -> re.Match[str] | None:
        """A verb that is none of speech otherwise: *Nadiya Koval confessed: “I wait.”*."""
        lead = re.search(r"(?<!\w)(\w+):\s*\Z", self._masked[start : one.start])
        if lead is None or self._words.ending is None:
            return None
        verb = self._words.ending.match(self._masked, start + lead.start(1))
        if verb is None or verb.end() != start + lead.end(1):
            return None
        return verb if self._who.ahead(start, verb.start()) else None

    def _verb_behind(self, one: Passage, end: int) -> re.Match[str] | None:
        """A verb that is none of speech otherwise: *“We waited,” remembers Nadiya Koval*."""
        gap = _GAP.match(self._masked, one.end, end)
        quoted = self._text[one.inner : one.last]
        if gap is None or self._words.ending is None or len(quoted.split()) < FEWEST_QUOTED:
            return None
        verb = self._words.ending.match(self._masked, gap.end(), end)
        if (
            verb is None
            or self._words.people.match(verb[0])
            or self._words.lead.match(f"{verb[0]} ")
        ):
            return None
        subject = self._who.behind(verb.end(), end)
        return verb if subject is not None and subject[0] - verb.end() <= 1 else None

    def _within_name(self, at: int) -> bool:
        return any(one.start < at < one.end for one in self._who.names)

    def _of_cue(self, cue: re.Match[str], start: int, end: int, spoke: Span | None) -> Said | None:
        if cue.lastgroup in ("by", "his"):
            return self._according(cue, start, end)
        if cue.lastgroup == "for":
            return self._for(cue, start, end)
        if cue.lastgroup == "adding":
            return self._adding(cue, end, spoke or self._who.first(start, cue.start()))
        if self._words.denied.search(self._masked[start : cue.start()]):
            return None
        if self._words.verb_last:
            return self._verb_last(cue, start, end, spoke)
        return self._direct(cue, start, end, spoke) or self._reported(cue, start, end, spoke)

    def _adding(self, cue: re.Match[str], end: int, spoke: Span | None) -> Said | None:
        """*…, adding that …*, of whoever spoke before in the sentence, or whom it begins with."""
        that = self._that(cue.end(), end) if spoke else None
        parts = self._clause(that.end(), end, fewest=_FEWEST_WORDS - 1) if that else ()
        return Said(spoke, cue.span(), parts) if spoke and parts else None

    # what stands in quotation marks

    def _direct(self, cue: re.Match[str], start: int, end: int, spoke: Span | None) -> Said | None:
        before = self._passage_before(start, cue.start())
        if before is not None:
            subject = self._who.within(cue) or self._who.behind(cue.end(), end, is_sure=True)
            subject = subject or self._who.ahead(before.end, cue.start()) or self._who.silent(cue)
            if subject is None:
                return None
            return Said(
                subject,
                cue.span(),
                (_part(before), *self._resumed(max(subject[1], cue.end()), end)),
            )
        lead = _LEAD.match(self._masked, cue.end(), end)
        if lead is None or self._words.cue.search(lead[0]) or self._words.that.search(lead[0]):
            return None
        passage = next(one for one in self._passages if one.start == lead.end())
        quoted = self._text[passage.inner : passage.last]
        if ":" not in lead[0] and len(quoted.split()) < FEWEST_QUOTED:
            return None
        between = self._who.behind(cue.end(), lead.end()) if self._words.verb_first else None
        subject = (
            between
            or self._who.ahead(start, cue.start())
            or self._who.behind(cue.end(), lead.end())
        )
        subject = subject or self._who.before_aside(start, cue.start())
        subject = subject or self._joined(cue, start, spoke) or self._who.silent(cue, start)
        if subject is None or passage.last <= passage.inner:
            return None
        return Said(subject, cue.span(), (_part(passage), *self._resumed(passage.end, end)))

    def _passage_before(self, start: int, verb: int) -> Passage | None:
        """The passage that ends right before a verb, and is one that is said."""
        for one in reversed(self._passages):
            if one.start < start or one.end > verb:
                continue
            gap = self._masked[one.end : verb]
            if not _BEFORE.match(gap):
                return None
            few = len(self._text[one.inner : one.last].split()) < FEWEST_QUOTED
            if few and re.search(r"[^\W\d_]", self._masked[start : one.start]):
                return None
            closed = ENDED.search(self._text[one.inner : one.end].rstrip("”\"»’'“„ "))
            return one if closed or gap.strip() else None
        return None

    def _resumed(self, at: int, end: int) -> tuple[tuple[int, int, bool], ...]:
        """The rest of a quote that its speaker interrupted."""
        gap = re.match(rf"[^;{HIDDEN}]{{0,60}}?[,،:.—–-]\s*(?={HIDDEN})", self._masked[at:end])
        if gap is None:
            return ()
        return tuple(_part(one) for one in self._passages if one.start == at + gap.end())

    # what is reported

    def _reported(
        self, cue: re.Match[str], start: int, end: int, spoke: Span | None
    ) -> Said | None:
        told = self._told_before(cue, start, end)
        that = None if told else self._that(cue.end(), end)
        if that is None:
            return told
        behind = self._who.behind(cue.end(), that.start())
        ahead = self._who.ahead(start, cue.start())
        subject = (behind or ahead) if self._words.verb_first else (ahead or behind)
        subject = subject or self._who.unknown(cue, that.start())
        subject = subject or self._joined(cue, start, spoke) or self._who.silent(cue, start)
        if subject is None:
            return None
        parts = self._clause(that.end(), end, fewest=_FEWEST_WORDS - 1)
        return Said(subject, cue.span(), parts) if parts else None

    def _told_before(self, cue: re.Match[str], start: int, end: int) -> Said | None:
        """*The bridge was shelled, said the mayor*."""
        lead = self._masked[start : cue.start()].rstrip()
        if not lead.endswith(tuple(COMMAS)) or self._words.verb_first:
            return None
        subject = self._who.within(cue) or self._who.behind(cue.end(), end)
        if subject is None or self._words.that.match(self._masked, cue.end()):
            return None
        parts = self._clause(start, start + len(lead))
        return Said(subject, cue.span(), parts) if parts else None

    def _that(self, at: int, end: int) -> re.Match[str] | None:
        """What begins the clause that a verb reports: in the same part of the sentence."""
        for match in self._words.that.finditer(self._masked, at, end):
            between = self._masked[at : match.start()]
            if re.search(rf"[.;:!?{HIDDEN}]", between) or len(between.split()) > MOST_WORDS:
                return None
            if self._words.about is not None and self._words.about.match(between):
                return None  # *erzählt von einem Mann, der …*
            if any(
                one.start <= match.end() < one.end and one.start < match.end()
                for one in self._who.names
            ):
                continue
            return match
        return None

    def _clause(
        self, at: int, end: int, fewest: int = _FEWEST_WORDS
    ) -> tuple[tuple[int, int, bool], ...]:
        """A reported clause, up to where its speaker goes on with another verb."""
        for cue in self._words.cue.finditer(self._masked, at, end):
            joined = cue.start() if cue.lastgroup == "adding" else self._where_joined(cue, at)
            if joined is None:
                if re.search(rf"[{COMMAS}]\s+\Z", self._masked[at : cue.start()]):
                    joined = (
                        cue.start() if self._who.behind(cue.end(), end) else None
                    )  # *, says RBC*
                breaks = [*self._words.contrast.finditer(self._masked, at, cue.start())]
                if breaks and self._who.ahead(breaks[-1].end(), cue.start()):
                    joined = breaks[-1].start()
            if joined is not None:
                end = joined
                break
        start, last = self._bare(at, end)
        whole = self._masked[start:last]
        if whole and not whole.strip(HIDDEN + " .,"):
            return tuple(_part(one) for one in self._passages if start <= one.start < last)
        if len(self._text[start:last].split()) < fewest:
            return ()
        return ((start, last, False),)

    def _according(self, cue: re.Match[str], start: int, end: int) -> Said | None:
        lead = self._masked[start : cue.start()].strip(" ,،—–-\t")
        source = (cue.start(), cue.start())
        if cue.lastgroup == "by":
            found = self._who.source(cue.end(), end, is_last=bool(lead))
            if found is None:
                return None
            source = found
        begin = self._past_comma(max(cue.end(), source[1]), end)
        if lead and self._masked[begin:end].strip(" .!?…"):
            return None  # cut in two
        first, last = (start, cue.start()) if lead else (begin, end)
        parts = self._clause(first, last, fewest=_FEWEST_WORDS - 1)
        return Said(source, cue.span(), parts) if parts else None

    def _for(self, cue: re.Match[str], start: int, end: int) -> Said | None:
        """*X zufolge*, *X'e göre*: who it is stands before."""
        begin = self._who.opening(start, cue.start())
        inside = [one for one in self._who.names if begin <= one.start and one.end <= cue.start()]
        people = [*self._words.people.finditer(self._masked, begin, cue.start())]
        ends = [one.end for one in inside] + [match.end() for match in people]
        if not ends or not re.fullmatch(r"['’]?\w*\s*", self._masked[max(ends) : cue.start()]):
            return None
        last = inside[-1].end if inside and inside[-1].end == max(ends) else cue.start()
        source = self._who.trimmed(begin, last)
        if self._masked[start:begin].strip(" ,"):
            if self._masked[cue.end() : end].strip(" .!?…"):
                return None
            parts = self._clause(start, begin)
        else:
            parts = self._clause(self._past_comma(cue.end(), end), end)
        return Said(source, cue.span(), parts) if parts else None

    def _verb_last(
        self, cue: re.Match[str], start: int, end: int, spoke: Span | None
    ) -> Said | None:
        """Turkish: the subject, what it says, the verb."""
        direct = next(
            (
                one
                for one in reversed(self._passages)
                if start <= one.start
                and re.fullmatch(r"[\s,]*", self._masked[one.end : cue.start()])
            ),
            None,
        )
        if direct is None:
            lead = re.match(rf"\s*:\s*(?={HIDDEN})", self._masked[cue.end() : end])
            if lead is not None:
                direct = next(p for p in self._passages if p.start == cue.end() + lead.end())
        opening = direct.start if direct and direct.start < cue.start() else cue.start()
        subject = self._who.first(start, opening)
        of_subject = cue[0].endswith(("en", "an"))  # *“…” diyen X*
        if of_subject:
            subject = self._who.behind(cue.end(), end)
            subject = subject and self._who.trimmed(cue.end(), subject[1])
        if direct is not None:
            subject = subject or self._who.silent(cue)
            return subject and Said(subject, cue.span(), (_part(direct),))
        if subject is None or of_subject:
            return None
        if spoke is not None and (goes_on := self._goes_on(cue, start)) is not None:
            subject, begin = spoke, max(goes_on, spoke[1])
        else:
            begin = subject[1]
        begin = self._past_comma(begin, cue.start())
        while aside := _CONVERB.match(self._masked, begin, cue.start()):
            begin = aside.end()
        if not _NOMINAL.search(self._masked[begin : cue.start()].rstrip()):
            return None
        parts = self._clause(begin, cue.start(), fewest=_FEWEST_WORDS - 1)
        return Said(subject, cue.span(), parts) if parts else None

    def _goes_on(self, cue: re.Match[str], start: int) -> int | None:
        """Where what a second verb has as its object begins."""
        verbs = list(self._words.cue.finditer(self._masked, start, cue.start()))
        joined = (
            re.match(r",?\s+(?:ve|ama)?\s*", self._masked[verbs[-1].end() :]) if verbs else None
        )
        return verbs[-1].end() + joined.end() if joined else None

    def _joined(self, cue: re.Match[str], start: int, spoke: Span | None) -> Span | None:
        """Who spoke before in the same sentence, where *and* joins another verb."""
        return spoke if spoke and self._where_joined(cue, start) is not None else None

    def _where_joined(self, cue: re.Match[str], start: int) -> int | None:
        """Where *and* stands that joins a verb to what is before it."""
        if cue[0][0] in self._words.attached:
            return cue.start()
        joined = self._words.joined and self._words.joined.search(self._masked[start : cue.start()])
        return start + joined.start() if joined else None

    def _past_comma(self, at: int, end: int) -> int:
        """Where what follows begins, behind a comma if one stands there."""
        comma = _COMMA.match(self._masked, at, end)
        return comma.end() if comma else at

    def _bare(self, start: int, end: int) -> Span:
        text = self._text[start:end]
        start += len(text) - len(text.lstrip(" \t,،;:—–-"))
        return start, max(start, start + len(self._text[start:end].rstrip(" \t.,،;:!?؟…—–-")))


def _part(one: Passage) -> tuple[int, int, bool]:
    return one.inner, one.last, True
