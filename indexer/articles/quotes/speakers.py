"""Speakers: who is it that says something, as the sentence has it?

A subject stands before its verb, or after it where a quote came first; what stands between the two
(*the minister*, *who arrived on Monday*) is stepped over.
"""

from __future__ import annotations

import re

from indexer.articles.quotes.marks import HIDDEN
from indexer.articles.quotes.types import Span
from indexer.articles.quotes.words import (
    DETERMINERS,
    FINITE,
    NO_BEGINNINGS,
    NO_SPEAKERS,
    PEOPLE,
    PRONOUNS,
)

_MOST_WORDS = 18
_NAME_ALONE = re.compile(r"[A-Z][\w’'.-]*(?: (?:al|de|bin|van|von|[A-Z][\w’'.-]*)){1,4}")
_TITLE = re.compile(r"(?:the|an?|his|her|their|its|one) ", re.IGNORECASE)

_BOUNDARY = re.compile(
    rf"[,;:—–()\[\]{HIDDEN}]|\s-\s|\b(?:that|because|while|when|whereas|if|although|though|but|as|after"
    r"|before|since|where|which|so|until|unless|than|what|how|why)\b"
)
_ADVERBS_AFTER = re.compile(
    r"\s+(?:also|later|then|now|however|has|had|have|again|once|even|both|already|still|just|further"
    r"|then|thus|therefore|previously|earlier|yesterday|today|reportedly|repeatedly|only|first|never"
    r"|always|often|(?!family|assembly|ally|supply|anomaly)[a-z]+ly"
    r"|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\Z"
)
_DATELINE = re.compile(r"[A-Z]{3,}(?: [A-Z]+)*(?: \([\w ]+\))?\s*[:—–]\s+")
_BEFORE = re.compile(
    r"\A\s*(?:(?:\w+|\d+)(?: \w+)? (?:hour|day|week|month|year)s? (?:later|earlier|before)"
    r"|of (?:last|this|next) (?:year|month|week)|and|but|yet|or|so|however|meanwhile|earlier|later"
    r"|also|then|still|instead|now"
    r"|today|yesterday|afterwards?|(?:on|in|at|by|since|late|early|last|this|during) "
    r"(?:(?:late|early) )?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2})?|(?:18|19|20)\d\d|week|month|year|night))\b(?:,\s*|\s+)",
    re.IGNORECASE,
)
_ENDS_AFTER = re.compile(
    rf"[,;:.!?—–(){HIDDEN}]|\s(?:that|in|on|at|during|after|before|when|while|as|to|about|by|from"
    r"|following|late|early|last|this|yesterday|today|and|but|who|of (?:his|her|the \w+ that)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_LEADS = (
    r"\A\s*(?:After|As|At|Before|By|During|Following|For|From|In|On|Since|Speaking|When|While|With"
    r"|According|Despite|Asked|Earlier|Later|Meanwhile|However|Also|If|Although|Though|Referring"
    r"|Writing|Responding|Echoing|Describing|Noting|Addressing|Commenting|Citing|Answering)\b"
)
LEADING_WORD = re.compile(_LEADS)
"""What begins words that only say when, where or why."""
_LEADING = re.compile(rf"{_LEADS}[^,]*,\s*")


def before(hidden: str, opening: int, verb: int) -> Span | None:
    """The subject that ends right before a verb, in a sentence from `opening`.

    Args:
        hidden: the paragraph, see `marks.hidden`.
    """
    end = _without_adverbs(hidden, opening, verb)
    if hidden[opening:end].rstrip().endswith((",", ")", "—", "–")):
        return _stepped_over(hidden, opening, end)
    at = opening
    for match in _BOUNDARY.finditer(hidden, opening, end):
        if match[0] == "as" and not hidden[opening : match.start()].strip():
            continue
        at = match.end()
    span = _stripped(hidden, at, end)
    if _is_speaker(hidden, span):
        return span
    last = re.search(r"(?<=\s)(?:he|she|they|it)\Z", hidden[slice(*span)])
    if last:
        return span[1] - len(last[0]), span[1]
    joined = re.match(r".*\sand\s+", hidden[slice(*span)])
    if joined is None or not FINITE.search(joined[0]):
        return None
    span = _stripped(hidden, span[0] + joined.end(), span[1])  # *he fled and the army said*
    return span if _is_speaker(hidden, span) else None


def after(hidden: str, verb: int, closing: int) -> Span | None:
    """The subject that begins right after a verb: *said the minister in Kyiv*."""
    end = _ENDS_AFTER.search(hidden, verb + 1, closing)
    span = _stripped(hidden, verb, end.start() if end else closing)
    if span[0] - verb > 2 or not _is_speaker(hidden, span):
        return None
    return span


def following(hidden: str, start: int, closing: int) -> Span | None:
    """The name that follows *according to*, up to a comma or the end."""
    end = re.compile(rf"(?:[,;:!?—–(){HIDDEN}]|(?<![A-Z])\.)(?=[\s{HIDDEN}]|\Z)").search(
        hidden, start, closing
    )
    span = _stripped(hidden, start, end.start() if end else closing)
    words = hidden[slice(*span)].split()
    if (
        end
        and end[0] == "."
        and re.search(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Gov|St)\Z", hidden[: end.start()])
    ):
        return following_abbreviated(hidden, start, end.end(), closing)
    if (
        not words
        or words[0].lower() in NO_BEGINNINGS
        or len(words) > _MOST_WORDS
        or NO_SPEAKERS.search(hidden, *span)
    ):
        return None
    return span


def following_abbreviated(hidden: str, start: int, at: int, closing: int) -> Span | None:
    """As `following`, past a point that ends no sentence."""
    rest = following(hidden, at, closing)
    return None if rest is None else _stripped(hidden, start, rest[1])


def main_subject(hidden: str, opening: int, limit: int) -> Span | None:
    """Whom a sentence is about: its first words up to a verb."""
    at = opening
    while lead := _LEADING.match(hidden[at:limit]):
        at += lead.end()
    while lead := _BEFORE.match(hidden[at:limit]):
        at += lead.end()
    return _of_first_verb(hidden, at, limit)


def _of_first_verb(hidden: str, opening: int, limit: int) -> Span | None:
    verb = FINITE.search(hidden, opening, limit)
    if verb is None:
        return None
    comma = hidden.find(",", opening, verb.start())
    end = verb.start() if comma < 0 else comma
    who = re.compile(r"\s(?:who|whose|which|that)\b").search(hidden, opening, end)
    end = who.start() if who else end
    span = _stripped(hidden, opening, _without_adverbs(hidden, opening, end))
    return span if _is_speaker(hidden, span) else None


def _stepped_over(hidden: str, opening: int, end: int) -> Span | None:
    """The subject before an apposition or a clause that ends right before the verb."""
    close = hidden[opening:end].rstrip()
    at = opening + len(close) - 1
    mark = {")": "(", "—": "—", "–": "–"}.get(close[-1], ",")
    for _ in range(3):
        begin = hidden.rfind(mark, opening, at)
        if begin < 0:
            return None
        before_it = max(
            (match.end() for match in _BOUNDARY.finditer(hidden, opening, begin)), default=opening
        )
        span = _stripped(hidden, before_it, begin)
        beside = _stripped(hidden, begin + 1, at)
        if _NAME_ALONE.fullmatch(hidden, *beside) and _TITLE.match(hidden, *span):
            return beside
        if _is_speaker(hidden, span) and hidden[span[0]].isupper() | (
            hidden[span[0] :].startswith(("the ", "a ", "an "))
        ):
            return span
        at = begin
    return None


def _without_adverbs(hidden: str, opening: int, end: int) -> int:
    while match := _ADVERBS_AFTER.search(hidden[opening:end].rstrip()):
        end = opening + match.start()
    return end


def _stripped(hidden: str, start: int, end: int) -> Span:
    if dateline := _DATELINE.match(hidden, start, end):
        start = dateline.end()
    while match := _BEFORE.match(hidden[start:end]):
        start += match.end()
    wide = max(hidden.rfind("  ", start, end), hidden.rfind("\t", start, end))
    if hidden[wide:end].strip():
        start = max(start, wide)  # a heading stands before it in the same line
    text = hidden[start:end]
    start += len(text) - len(text.lstrip(" \t'\"“”’‘-*•"))
    return start, start + len(hidden[start:end].rstrip(" \t-"))


def _is_speaker(hidden: str, span: Span) -> bool:
    """Whether words name somebody, and are no clause."""
    text = hidden[slice(*span)]
    words = text.split()
    if not words or len(words) > _MOST_WORDS or HIDDEN in text or words[-1] in ("and", "or"):
        return False
    if len(words) == 1 and words[0].lower() in PRONOUNS:
        return words[0].lower() != "who"
    head = re.split(r"\s(?:who|whose)\s", text)[0]
    if FINITE.search(_uncapitalized(head)):
        return False
    first = words[0]
    if first.lower() in NO_BEGINNINGS:
        return False
    is_named = any(word[0].isupper() for word in words[1:])
    if first[0].isupper() and first.lower() not in DETERMINERS:
        return True
    return is_named or bool(PEOPLE.search(text))


def _uncapitalized(text: str) -> str:
    """Without words in capitals, of which *Will* and *United* are no verbs, and participles."""
    return re.sub(
        r"\b[A-Z]\w*|(?<=the )[a-z]+ed\b|(?<=a )[a-z]+ed\b|\bnamed\b|\bcalled\b|\b[a-z]+-[a-z]+ed\b"
        r"|\b(?:armed|united|retired|displaced|injured|wounded|based|backed|detained|so-called"
        r"|alleged|appointed|elected|related|unnamed|unidentified|affected|led|involved|hundred"
        r"|red|set|cut|hit|put|plan|plans)\b",
        " ",
        text,
    )
