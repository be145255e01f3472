"""Extents of names: where does one person's name end and the next begin, and where a body's? What a
model takes for one name and is not, and the other way round.

Lists of those present (`Bundy Mr. Salinger`), pairs (`Biden-Harris`), the word that opens a
sentence (`Perhaps Lloyd`, `Assured Meyer`), offices as telegrams write them (`FonMin Meyer`), what
stands in lower case between two names, and the particle before one (`General de Gaulle`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.entities.names.known import known_bearers, known_kind
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

_NUMBER = re.compile(r"(?<!\w)(?:[A-Z-]*\d+)(?!\w)")
_WORD = re.compile(r"\S+(?: [-–’'] ?\S+)*")  # as some print hyphens: Al - Sisi
_GENERATION = re.compile(r" (?:Jr|Sr|I{1,3}V?)\b")
_IN_BRACKETS = re.compile(r"['’]s\)")
_PAIR = re.compile(r"([A-Z][a-z]\w+)[-–]([A-Z][a-z]\w+)")
# Titles that are nobody's surname, as John Major's and Earl Warren's are.
_TITLES = frozenset(
    """mr mrs ms dr messrs amb ambassador president senator governor minister secretary general gen
    lt col capt adm admiral colonel gov sen hon honorable ambassadors presidents senators governors
    ministers secretaries generals colonels admirals signor signora señor senor senhor pm fm sec
    secy asst kings pres ambs dep fon chmn cong congressmen assemblyman assemblymen
    counselor counselors counsellor counsellors""".split()
)
_AFTER_TITLES = frozenset(["min"])  # Dep Fon Min Kuznetsov, but Min Aung Hlaing
# Offices as telegrams write them: FonMin, MinDef, AsstSec. Min Aung Hlaing has none.
_OFFICE = re.compile(r"[A-Z][a-z]+(?:Min|Sec|Amb)|(?:Min|Sec)[A-Z][a-z]+|SYG")
# They open a sentence or a heading and are part of no name.
_OPENERS = frozenset(
    """Accordingly Alleged Allegedly Also Although And As Because Before But Concerning Dear During
    For From Given Hence However If In Like Meanwhile Moreover Obviously Perhaps Presumably
    Regarding Since So Still That The Then Therefore These This Those Though Thus Unless Unlike
    Until Upon When Where Whereas Whether While With Yet What Whatever How Why Both Even Only Just
    Now Here There Nor Told Tell Tells Said Says Saw See Met Meets Ask Asks Gave Made Took Called
    Defense Defence State Treasury""".split()
)
# How verbs and adverbs end that open a sentence: words in lower case elsewhere, and nobody's name.
_OF_OFFICES = frozenset(["Affairs"])  # all before it is an office
_OPENING_ENDS = ("ed", "ing", "ly")
_SHORTEST_OPENER = 5
_CLOSERS = frozenset(
    """Concerning Friday Monday Saturday Sunday That The These This Thursday Tuesday Wednesday
    Comments Conversation Conversations Letter Letters Meeting Meetings Memcon Memo Memos Memorandum
    Message Messages Speech Statement Talks Visit Visits""".split()
)
_CONTRACTION = re.compile(r"\w+n['’]t")
# What telegrams run into a name behind it: Bolshakov I, Nuwwar CGS. Malcolm X is somebody.
_RUN_INTO = re.compile(r" (?:(?!X)[A-Z]|(?!I{2})[A-Z]{3,})\Z")
# In lower case right before a surname that a model found without it.
_PARTICLE_BEFORE = re.compile(
    r"(?<![\w’'-])(?:[dD]e(?: la)?|van(?: de[rn]?)?|von(?: de[rm])?|d[aiu]|della?|dos|bin|ibn) \Z"
)
_LONGEST_BEFORE = 12  # characters
# In lower case inside a name: particles of many languages, by length or by list.
_LONGEST_PARTICLE = 3
_PARTICLES = frozenset("abdel abdul abou bint binti dalla della delle degli mint ould".split())
_NO_PARTICLES = frozenset("a an and as at but by for if in is of on or the to via was who".split())
# What is founded for something, or of somebody: the rest belongs to its name.
_FOUNDED = re.compile(
    r"(?:Alliance|Army|Assembly|Association|Battalion|Brigades?|Cells|Coalition|Command|Committee"
    r"|Congress|Council|Faction|Federation|Force|Forces|Front|Fund|Initiative|League|Movement"
    r"|Organi[sz]ation|Party|Resistance|Union|Units)\Z"
)
# A unit is not told from others of its kind without its number.
_UNIT = re.compile(
    r"(?:Army|Battalion|Battery|Brigade|Company|Corps|Division|Fleet|Regiment|Squadron|Wing)\b"
)
_NUMBER_BEFORE = re.compile(r"(?<![\w.,-])\d{1,4}(?:st|nd|rd|th) \Z")
_LONGEST_NUMBER = 8  # characters
_MOST_INSIDE = 8  # mentions in a name
_CAPITALIZED = r"[A-Z][\w’'-]*"
_FOUNDED_FOR = re.compile(
    rf" (?:for|of)(?: the)? {_CAPITALIZED}(?: (?:(?:for|of|and)(?: the)? )?{_CAPITALIZED}){{0,6}}"
)


def with_bodies_whole(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, bodies with what they are founded for, and units with their number: Front for
    the Liberation of Azawad, 93rd Mechanized Brigade.
    """
    result: list[Mention] = []
    for at, mention in enumerate(mentions):
        if result and mention.start < result[-1].end:
            continue
        start, end = _numbered_from(text, mention), _founded_until(text, mention)
        inside = [one for one in mentions[at + 1 : at + _MOST_INSIDE] if one.start < end]
        if any(one.kind is EntityKind.PERSON or one.end > end for one in inside):
            end = mention.end
        result.append(replace(mention, start=start, end=end, text=text[start:end]))
    return result


def _numbered_from(text: str, mention: Mention) -> int:
    """Where the name of a unit begins with its number; where it begins, else."""
    before = None
    if mention.kind is EntityKind.ORG and _UNIT.search(mention.text):
        near = max(0, mention.start - _LONGEST_NUMBER)
        before = _NUMBER_BEFORE.search(text[near : mention.start])
    return mention.start if before is None else near + before.start()


def _founded_until(text: str, mention: Mention) -> int:
    """Where the name of a body ends with what it is founded for; where it ends, else."""
    behind = None
    if mention.kind is EntityKind.ORG and _FOUNDED.search(mention.text):
        behind = _FOUNDED_FOR.match(text, mention.end)
    return mention.end if behind is None else behind.end()


def with_persons_apart(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, persons cut where one name ends."""
    named = {one.text for one in mentions if one.kind is EntityKind.PERSON}
    result: list[Mention] = []
    for mention in (part for one in mentions for part in _person_and_body(one)):
        if mention.kind is not EntityKind.PERSON:
            result.append(mention)
        else:
            end = result[-1].end if result else 0
            result.extend(_with_particle(text, one, end) for one in _names(text, mention, named))
    return result


def _person_and_body(mention: Mention) -> Iterator[Mention]:
    """A body that is somebody and whose he is, as two: Denys Holovko of the Azov Regiment; and two
    bodies known beforehand with an and between them.
    """
    if mention.kind is EntityKind.ORG and _AND in mention.text:
        one, _, other = mention.text.partition(_AND)
        if all(known_kind(plain(body)) is EntityKind.ORG for body in (one, other)):
            yield replace(mention, end=mention.start + len(one), text=one)
            yield replace(mention, start=mention.end - len(other), text=other)
            return
    found = _OF_BODY.fullmatch(mention.text) if mention.kind is EntityKind.ORG else None
    if found is None or not _is_persons_name(found["first"], found["last"]):
        yield mention
        return
    for name, kind in (("person", EntityKind.PERSON), ("body", EntityKind.ORG)):
        start, end = (mention.start + at for at in found.span(name))
        yield replace(mention, start=start, end=end, text=found[name], kind=kind)


_AND = " and "
_OF_BODY = re.compile(
    r"(?P<person>(?P<first>[A-Z][a-z’'-]+) (?P<last>[A-Z][\w’'-]+)) of (?:the )?(?P<body>[A-Z].*)"
)


def _is_persons_name(first: str, last: str) -> bool:
    lists, given, surname = shipped_lists(), first.lower(), last.lower()
    return given in lists.given and given not in lists.written and surname not in lists.written


def _with_particle(text: str, mention: Mention, from_: int) -> Mention:
    """The mention with the particle that stands before it, behind the name before."""
    found = _PARTICLE_BEFORE.search(
        text, max(from_, mention.start - _LONGEST_BEFORE), mention.start
    )
    if found is None or mention.kind is not EntityKind.PERSON or " " in mention.text:
        return mention
    return replace(mention, start=found.start(), text=text[found.start() : mention.end])


def _names(text: str, mention: Mention, named: set[str]) -> Iterator[Mention]:
    if text[mention.start - 1 : mention.start] == "(" and _IN_BRACKETS.match(text, mention.end):
        end = mention.end + len("'s")
        body = replace(mention, end=end, text=text[mention.start : end], kind=EntityKind.ORG)
        yield body  # who reported it: (Barron's)
        return
    pair = _PAIR.fullmatch(mention.text)
    if pair and _are_two(pair.group(1), pair.group(2), named):
        yield from (_part(text, mention, *pair.span(number), "") for number in (1, 2))
    elif " " not in mention.text:
        yield from [mention] if _has_letters(mention.text) else []
    elif not _NUMBER.search(mention.text):  # Embtel 653, M1 Abrams
        for one in _runs(text, mention):
            yield _without_neighbors(text, one, named)


def _without_neighbors(text: str, mention: Mention, named: set[str]) -> Mention:
    """A surname that the article has elsewhere, without the word before it that is none of a name
    (Section Smirnovsky, Okinawa Green), and without what is run into it from behind.
    """
    found = mention.text
    behind = _RUN_INTO.search(found)
    if behind is not None and not found.isupper() and text[mention.end : mention.end + 1] != ".":
        found = found[: behind.start()]
    first, _, last = found.partition(" ")
    start = 0
    if last in named and (
        (" " not in last and _is_of_no_name(first)) or _is_label(text, mention.start, first)
    ):
        start = len(first) + 1
    return _part(text, mention, start, len(found), "" if start else mention.honorific)


def _is_label(text: str, start: int, word: str) -> bool:
    """Is it the letter of a paragraph, `B. Sadat valued`, with the one before or behind it in the
    text?
    """
    if _LABEL.fullmatch(word) is None or _PARAGRAPH.search(text, max(0, start - 3), start) is None:
        return False
    return any(
        re.search(rf"(?:\n|[.?!:] {{1,2}}){chr(ord(word[0]) + step)}\. ?[A-Z]", text)
        for step in (-1, 1)
    )


_LABEL = re.compile(r"[A-K]\.")
_PARAGRAPH = re.compile(r"(?:\A|\n|[.?!:] {1,2})\Z")


def _is_of_no_name(word: str) -> bool:
    """Is it a word or a place, and in no list of names?"""
    lower = word.lower()
    lists = shipped_lists()
    if len(word) < _SHORTEST_OPENER or lower in lists.given or lower in lists.surnames:
        return False
    return lower in lists.written or known_kind(plain(word)) is EntityKind.PLACE


def _has_letters(word: str) -> bool:
    return sum(char.isalpha() for char in word) > 1


def _are_two(one: str, other: str, named: set[str]) -> bool:
    """Are these two surnames, not one? One stands elsewhere in the article, the other is known."""
    seen = [name for name in (one, other) if _is_named(name, named)]
    return len(seen) == 2 or (
        len(seen) == 1 and all(known_bearers(skeleton(name)) for name in (one, other))
    )


def _is_named(surname: str, named: set[str]) -> bool:
    return any(name == surname or name.endswith(f" {surname}") for name in named)


def _runs(text: str, mention: Mention) -> Iterator[Mention]:
    """The runs of words between titles and words that are part of no name."""
    start = end = -1
    honorific = mention.honorific
    for word in _WORD.finditer(mention.text):
        if start >= 0 and word.start() - end > 1:  # columns and headlines stand apart
            yield _part(text, mention, start, end, honorific)
            start, honorific = -1, ""
        title = _title(word.group(), is_behind_title=start < 0 and bool(honorific))
        if word.group() in _OF_OFFICES and word.end() < len(mention.text):
            start, honorific = -1, ""  # National Security Affairs Bundy
        elif title or not _belongs(word.group(), opens=start < 0):
            if start >= 0:
                yield _part(text, mention, start, end, honorific)
            start, honorific = -1, title
        else:
            start = word.start() if start < 0 else start
            end = word.end()
            if word.group().endswith(",") and not _GENERATION.match(mention.text, end):
                yield _part(text, mention, start, end - 1, honorific)  # Walt, Wheeler
                start, honorific = -1, ""
    if start >= 0:
        yield _part(text, mention, start, end, honorific)


def _title(word: str, *, is_behind_title: bool) -> str:
    bare = word.lower().rstrip(".")
    is_title = word[0].isupper() and (
        bare in _TITLES or (is_behind_title and bare in _AFTER_TITLES)
    )
    return bare if is_title or _OFFICE.fullmatch(word) is not None else ""


def _belongs(word: str, *, opens: bool) -> bool:
    """Can this be a word of a name? None in lower case begins one."""
    if word[0].isdigit() or word == "&" or _CONTRACTION.fullmatch(word):
        return False
    if word[0].islower():
        short = len(word) <= _LONGEST_PARTICLE and word not in _NO_PARTICLES
        return short or word in _PARTICLES or not word.isalpha()
    if opens:
        return word not in _OPENERS and not _is_verb(word)
    return word not in _CLOSERS


def _is_verb(word: str) -> bool:
    """Is it a verb or adverb that opens a sentence, by its end?"""
    lower = word.lower()
    if len(word) < _SHORTEST_OPENER or not lower.endswith(_OPENING_ENDS):
        return False
    lists = shipped_lists()
    return lower in lists.written and not (lower in lists.given or lower in lists.surnames)


def _part(text: str, mention: Mention, start: int, end: int, honorific: str) -> Mention:
    first, last = mention.start + start, mention.start + end
    if (first, last) == (mention.start, mention.end):
        return mention
    return replace(mention, start=first, end=last, text=text[first:last], honorific=honorific)
