"""Finding: which words of a text say what its persons are? *Commander of the Northern Fleet*.

English, by rules around each name of a person: the words right before it, an apposition beside it,
or what it is said to be; what other languages say is read by `offices`. A role is a noun of a list
with what belongs to it, so that *the leader of the group was killed* after a comma is none, and
neither is a rank alone. What is doubtful is left out: a role that is missed is said again by
another article, one that is wrong stays on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.articles.roles.offices import offices
from indexer.articles.roles.types import Role
from indexer.articles.roles.words import (
    BEFORE_NAMES,
    DAY,
    DETERMINER,
    MODIFIERS,
    MONTH,
    NO_NAME,
    NOUN,
    OF_NO_BODY,
    RANK,
    STATE,
    STOP,
)
from indexer.entities.recognition import Recognition
from indexer.entities.types import EntityKind

_GENERALS = "Attorney Secretary Consul Surgeon Inspector".split()
_RANKS = re.compile(rf"(?:{''.join(f'(?<!{one} )' for one in _GENERALS)}(?<!-)\b{RANK}[.]?[ -])*\Z")
_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-Z][\w’-]*)(?![\w.])"
_ROLE_ENDS = re.compile(
    rf"(?<!\w)(?:[\w-]+-)?(?i:{NOUN})(?:[- ][Ee]lect)?(?: (?:of|for|from|to) (?:the )?"
    rf"(?:state|staff|police|defen[cs]e|affairs|{_CAPITAL})"
    rf"(?: (?:state|staff|{_CAPITAL}|&|(?:and|of)(?= (?:the )?[A-Z])|the(?= [A-Z])))*)? \Z"
)
_WORD_BEFORE = re.compile(r"(?:\A|(?<=[\s(\"“‘—–]))([\w.&-]+(?:['’]s)?) \Z")
_STARTS = re.compile(r"(?:\A|[.!?:;][\"”’)]?\s+|\n\s*|[\"“])\Z")
_ADJECTIVE = re.compile(r"[a-z]{3,}(?:ial|ional|ical|oral|ural|ary)")
_BEFORE_HYPHEN = re.compile(r"\A(?:then|ex|vice|deputy|former)-(?=\w)")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.)+|[A-Z]{2,4}\.|St\.|Ft\.")
_OF_ANOTHER = re.compile(rf" (?:of|for|to) .*\b(?!Justice)(?i:{NOUN}) \Z")
_SERVES = re.compile(
    r"\b(?i:assistant|aide|advis[eo]r|secretary|counselor|deputy) (?:to|of) the \Z"
)
_NO_NAME = re.compile(rf"{NO_NAME}[.]?\Z")
_PHRASE = re.compile(
    rf"(?P<lead>(?:{DETERMINER}\s+)*)"
    rf"(?P<whole>(?P<front>(?:(?!{STOP}\s)[\w.’'&-]+\s+){{0,6}})"
    rf"(?P<noun>{NOUN})(?:[- ]elect|[- ]general|[- ]designate|[- ]in[- ]chief)?(?![\w’'-])"
    r"(?P<rest>\s+(?:of|for|at|in|to(?=\s+(?:the|(?-i:[A-Z])))|on|with)\s+[^,;:()\[\]“”\"—–\n]+)?)",
    re.IGNORECASE,
)
_REST_ENDS = re.compile(
    r"\s+(?:who|whom|which|that|when|where|while|after|before|since|until|during|because|but|as|by"
    r"|if|ahead|to\s+(?!the\b)[a-z]+|said|says|told|has|have|had|is|are|was|were|will|would|could"
    r"|may|also|and\s+(?:[a-z]+ed|a|an|at|in|for|that|others?|several|two|three|his|her|was|is|has"
    r"|had|one|former|the)|from\s+(?:\d+|[A-Z][a-z]+\s+\d+|the\s+\d+s?)"
    rf"|in\s+(?:(?:early|late|mid)[- ]?)?\d{{4}}|(?:in|on)\s+(?:{MONTH}|{DAY})|on\s+\d+"
    r"|at\s+the\s+time|for\s+(?:\d+|the\s+(?:past|last)|[a-z]+\s+(?:years|terms|days|months))"
    rf"|in\s+hope|today|yesterday|{STATE}|{DAY})\b"
    r"|\s(?=\s)|\.(?=\s|\Z)(?<![A-Z]\.)(?<!\b(?:St|Dr|Mr|Lt|No)\.)(?<!Gen\.)"
)
_CLOSES = re.compile(
    r"\s*(?:[,;()\]—–]|\.(?:\s|\Z)|\Z|\n|(?:who|which|that|since|until|from|when|where|and an?"
    rf"|{STATE})\b)|\s\s"
)
_OPENS = re.compile(r"(?:,?\s+\(?(?:aged?\s+)?\d{2}\)?)?(?:,\s+|\s*\(|\s+[—–-]\s+)(?=\w)")
_IS = re.compile(
    r"(?:,\s+who\s+|\s+)(?:(?:is|was|becomes|became|remains|remained|has been|had been)\s+"
    r"(?:(?:currently|also|now|then|formerly|previously|once)\s+)?"
    r"(?:(?:serving|sworn in|inaugurated|appointed|elected|re-?elected|named|nominated|dismissed"
    r"|ousted|confirmed|installed|reinstated|chosen|selected)\s+(?:as\s+)?)?"
    r"|(?:serves|served|works|worked|acts|acted|resigns|resigned|retired|steps down|stepped down"
    r"|takes over|took over|takes office|took office)\s+as\s+)(?=\w)"
)
_MADE = re.compile(
    r"\b(?i:(?:appoint|nominat|elect|select|confirm|remov|dismiss|replac|nam|fir|sack)(?:s|ed|es|ing)"
    r"|swears in|swore in|chooses|chose)\s+(?:[A-Z][\w.]+\s+){0,4}\Z"
)
_AS = re.compile(r"\s+as\s+(?=\w)")
_TRAILING = re.compile(r"(?:\s+(?:and|or))?\s*\Z")
_OF = re.compile(r"\b(?:of|for|to|under)\s+\Z")
_BEFORE_COMMA = re.compile(r",\s+\Z")
_FIRST = re.compile(r"\b(?:(?i:the|its|their|his|her)|[A-Z][\w.-]*['’]s)\s+")
_CLAUSE = re.compile(r"[.;:,()\[\]“”\"—–\n](?=\s|\Z)")
_NEXT_NAME = re.compile(r"\s*,\s+")
_WINDOW, _MOST = 240, 110  # characters


def roles(text: str, recognition: Recognition, *, language: str) -> tuple[Role, ...]:
    """What a text says that its persons are, in the order in which it stands there. Pure.

    Args:
        recognition: the names of the text.
        language: ISO 639-1 code; `und` is taken for English. One of which nothing is known yields
            nothing.
    """
    if language not in ("en", "und"):
        known = offices(language)
        places = () if known is None else known.found(text, _persons(recognition))
        return tuple(sorted({Role(*place) for place in places}))
    return tuple(sorted(dict.fromkeys(_Finder(text, recognition).found())))


def _persons(recognition: Recognition) -> list[tuple[int, int]]:
    kinds = [name.kind for name in recognition.names]
    spans = recognition.spans
    return [(start, end) for start, end, name in spans if kinds[name] is EntityKind.PERSON]


class _Finder:
    """One text."""

    def __init__(self, text: str, recognition: Recognition) -> None:
        self._text = text
        kinds = [name.kind for name in recognition.names]
        self._persons = _persons(recognition)
        self._starts = {start for start, _ in self._persons}
        self._ends = {end for _, end in self._persons}
        self._others = [
            (start, end)
            for start, end, name in recognition.spans
            if kinds[name] is not EntityKind.PERSON
        ]

    def found(self) -> Iterator[Role]:
        for start, end in self._persons:
            for span in (
                self._before(start),
                self._beside(end),
                self._before_comma(start, end),
                self._said_to_be(start, end),
            ):
                if span is not None:
                    yield Role(*span, start)

    def _before(self, name: int) -> tuple[int, int] | None:
        """*Israeli Defense Minister* right before a name."""
        opening = max(self._text.rfind("\n", 0, name) + 1, name - _WINDOW)
        ranks = _RANKS.search(self._text, opening, name)
        limit = ranks.start() if ranks else name
        match = _ROLE_ENDS.search(self._text, opening, limit)
        while match and (
            any(match.start() <= one < limit for one in self._starts)
            or _OF_ANOTHER.search(match[0])
        ):
            match = _ROLE_ENDS.search(self._text, match.start() + 1, limit)
        if match is None:
            return None
        start, end = match.start(), match.start() + len(match[0].rstrip())
        past_name = False
        while word := _WORD_BEFORE.search(self._text, max(opening, start - 60), start):
            begin = self._begin_of(word, past_name=past_name)
            if begin is None:
                break
            past_name = past_name or word[1].casefold() not in MODIFIERS
            start = begin
            if word[1].endswith(("'s", "’s")):
                break
        serves = _SERVES.search(self._text, max(0, start - 30), start)
        if serves or self._text[start:end].casefold() in OF_NO_BODY:
            return None
        return start, end

    def _begin_of(self, word: re.Match[str], *, past_name: bool) -> int | None:
        """Where a word before a role begins, or the name it ends; None where it is none."""
        at, end = word.span(1)
        plain = word[1].casefold()
        if past_name and word[1].islower():
            return at if plain.removesuffix("-") in BEFORE_NAMES else None
        plain = _BEFORE_HYPHEN.sub("", plain)
        if plain in MODIFIERS or _ADJECTIVE.fullmatch(word[1]):
            return at
        if word[1].endswith(".") and not _ABBREVIATED.fullmatch(word[1]):
            return None
        if not word[1][0].isupper() or _NO_NAME.match(word[1]):
            return None
        if any(start < end <= stop for start, stop in self._persons):
            return None
        for start, stop in self._others:
            if start <= at < stop <= end:
                return start
        return None if _STARTS.search(self._text, max(0, at - 4), at) else at

    def _beside(self, name_end: int) -> tuple[int, int] | None:
        """*, the commander of the Northern Fleet,* right after a name."""
        opens = _OPENS.match(self._text, name_end)
        if opens is None:
            return None
        phrase = self._phrase(opens.end())
        if phrase is None:
            return None
        start, end = phrase
        closes = _CLOSES.match(self._text, end)
        if closes is None or (opens[0].strip().endswith("(") and ")" not in closes[0]):
            return None
        after = _NEXT_NAME.match(self._text, end)
        return None if after and after.end() in self._starts else (start, end)

    def _said_to_be(self, name: int, name_end: int) -> tuple[int, int] | None:
        """*was appointed commander of the Northern Fleet*."""
        says = _IS.match(self._text, name_end)
        if says is None and _MADE.search(self._text, max(0, name - 60), name):
            says = _AS.match(self._text, name_end)
        if says is None:
            return None
        return self._phrase(says.end(), after_as=says[0].rstrip().endswith(" as"))

    def _before_comma(self, name: int, name_end: int) -> tuple[int, int] | None:
        """*The commander of the fleet,* before a name that a comma follows."""
        comma = _BEFORE_COMMA.search(self._text, max(0, name - 3), name)
        if comma is None or self._text[name_end : name_end + 1] not in (",", "."):
            return None
        opening = max(0, comma.start() - _MOST)
        for cut in _CLAUSE.finditer(self._text, opening, comma.start()):
            opening = cut.end()
        for match in _FIRST.finditer(self._text, opening, comma.start()):
            at = match.start()
            if any(at <= start < comma.start() for start, _ in self._persons):
                continue
            phrase = self._phrase(at)
            if len(self._text[:at].rstrip(", ")) in self._ends:
                return None  # it belongs to the name before
            if phrase is not None and phrase[1] == comma.start():
                return phrase
        return None

    def _phrase(self, at: int, *, after_as: bool = False) -> tuple[int, int] | None:
        """A role that begins at a place, without its article."""
        match = _PHRASE.match(self._text, at, at + _MOST + 60)
        if match is None:
            return None
        start, end = match.span("whole")
        has_lead = match["lead"] or after_as
        if match["front"] and not has_lead and not self._is_front(match["front"]):
            return None
        if match["rest"]:
            cut = _REST_ENDS.search(self._text, match.start("rest"), end)
            end = cut.start() if cut else end
        elif match["noun"].casefold() in OF_NO_BODY and not match["front"]:
            return None
        if {end, end + 1} & self._starts:
            return None
        end = start + len(_TRAILING.sub("", self._text[start:end]))
        inside = [one for one in self._starts if start <= one < end]
        if any(not _OF.search(self._text, start, one) for one in inside):
            return None
        return (start, end) if end - start <= _MOST else None

    def _is_front(self, words: str) -> bool:
        """Whether words before the noun may begin a role that has no article."""
        first = words.split(None, 1)[0]
        return first.casefold() in MODIFIERS or first[0].isupper()
