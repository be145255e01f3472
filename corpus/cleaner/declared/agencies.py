"""Agencies: which news agencies does an article credit, and where in a text does it say so?

A credit says who sent a text: in its dateline, at its end, in a byline, behind "Source:". An agency
that a sentence speaks of is no credit, and who took a picture did not send the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.cleaner.declared.byline_names import is_said
from corpus.cleaner.declared.byline_words import LEAD
from corpus.cleaner.same_words import SENTENCE_END

# One agency a line, as the facet shows it; then how it is credited. What stands behind `;` may mean
# something else, and counts only where nothing but an agency can stand: in a dateline.
_TABLE = """
Reuters | Thomson Reuters | Рейтер | رويترز | רויטרס | 路透社
Associated Press | The Associated Press | AP | A.P. | أسوشيتد برس
Agence France-Presse | Agence France Presse | AFP | АФП | أ ف ب | فرانس برس
dpa | Deutsche Presse-Agentur | Deutsche Presse Agentur | DPA
UPI | United Press International
TASS | Itar-Tass | ITAR-TASS | ТАСС | ИТАР-ТАСС ; Tass
RIA Novosti | РИА Новости | РИА «Новости» ; RIA | РИА
Interfax | Интерфакс | Інтерфакс
Interfax-Ukraine | Интерфакс-Украина | Інтерфакс-Україна
Ukrinform | Укринформ | Укрінформ
UNIAN | УНИАН | УНІАН
BelTA | БЕЛТА | БелТА
Xinhua | Xinhua News Agency | 新华社 | 新華社 | Синьхуа
Anadolu | Anadolu Agency | Anadolu Ajansı | الأناضول ; AA
EFE | Agencia EFE
Europa Press
ANSA
PAP | Polska Agencja Prasowa
Austria Presse Agentur ; APA
Belga
Ritzau
NTB
ČTK
Tanjug
Agerpres
Lusa
Kyodo | Kyodo News
Jiji Press
Yonhap | Yonhap News Agency
KCNA
Press Trust of India | PTI
Asian News International ; ANI
IANS
Associated Press of Pakistan ; APP
Australian Associated Press ; AAP
Canadian Press | The Canadian Press
PA Media | Press Association ; PA
SANA | سانا
WAFA | وفا
Middle East News Agency ; MENA
IRNA | ایرنا
ISNA | ایسنا
Tasnim | Tasnim News Agency | تسنیم
Fars News Agency | Fars News ; Fars
Mehr News Agency | Mehr News ; Mehr
KUNA
Saudi Press Agency ; SPA
WAM
Qatar News Agency ; QNA
SUNA
Armenpress
Azertac
Inter Press Service ; IPS
Bloomberg | Bloomberg News
"""
# Who sells pictures: credited beside agencies, and never for a text.
_OF_PICTURES = ("Getty Images", "Getty", "EPA", "Shutterstock", "imago")
_LONGEST = 60
_LINE = 200


class Credit(NamedTuple):
    """An agency credited in a text.

    Attributes:
        agency: as the facet shows it; "" for one that only took a picture.
    """

    start: int
    end: int
    agency: str


def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Sure spellings → agency; spellings of a dateline → agency."""
    sure: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        names, _, short = line.partition(";")
        spelled = [name.strip() for name in names.split("|")]
        for name in spelled:
            sure[name] = spelled[0]
            if name.isascii() and len(name) > 4:
                sure[name.upper()] = spelled[0]
        doubtful |= {name.strip(): spelled[0] for name in short.split("|") if name.strip()}
    return sure, doubtful


_SURE, _SHORT = _table()
_NAMES = "|".join(map(re.escape, sorted((*_SURE, *_OF_PICTURES), key=len, reverse=True)))
_NAMED = re.compile(rf"(?<![\w-])(?:{_NAMES})(?![\w-]|\.\w)")
_BETWEEN = re.compile(r"\s*(?:,|/|;|\||&|\+|\band\b|\bvia\b|\bund\b|\bet\b|\by\b|\bи\b|\bта\b)\s*")
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]")
_LAST = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]][ ,.]*\Z")
_BEGUN = re.compile(r"([^\n!?]{2,40}?[-–—] ?)([^\n.–—]{2,24})\. ")
_STOPS = (". ", "! ", "? ", "; ")
_SLASHES = re.compile(r"/([^/\n]{2,30})/")
_BYLINE = re.compile(LEAD, re.IGNORECASE)
_DASH = re.compile(r"[ ]?(?:[-–—_:]|\.[ ]?[-–—])")
_CAPITAL = r"[^\W\d_a-zа-яёіїєґ]"
_PLACED = re.compile(  # a place, and perhaps the day: what stands in a dateline before an agency
    rf"[ ]*{_CAPITAL}[\w'’.-]*"
    rf"(?:[ ](?:{_CAPITAL}[\w'’.-]*|de|del|la|le|el|of|the|sur|am|на)){{0,4}}"
    r"(?:[,.][ ]?[^\n,!?:;]{1,25}){0,3}[ ]*\Z"
)
_CITY = re.compile(r"[^\W\d_a-zа-яёіїєґ][^\W\d_a-zа-яёіїєґ'’ .-]{2,}(?=[ ,(/]|\Z)")
_UNLISTED = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,3}")
_NO_AGENCY = re.compile(
    r"(?i:\b(?:file|updated?|photos?|video|exclusive|analysis|opinion|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|staff|reporter|own|correspondent)\b)"
    r"|\A(?i:agenc(?:y|ies)|wires?|news)\Z"
)
_OPENING = re.compile(
    rf"(?:[-–—][ ]?)?({_NAMES})(?=[ ]?[-–—]+[ ]?{_CAPITAL}"
    rf"|,[ ]\w+\.?[ ]?\d|,[ ]\d|:[ ]{_CAPITAL})"
)
_MARK = re.compile(  # said of pictures; of whom a text is from; of whom it owes a part to
    r"(?P<picture>\b(?:photo|image|picture|video|foto|bild|фото|صورة)(?:graph)?s?"
    r"(?: (?:by|credit|courtesy))?[:/]|\((?=a(?:f)?p photo)|\bcredit:)"
    r"|(?P<source>©|\(c\)|\b(?:sources?|quellen?|fuentes?|fonte|źródło|kaynak|источник|джерело) ?:"
    r"|المصدر ?:)"
    r"|(?P<help>\bcontributed (?:\w+ )?to this|\bmit material|\bcon información de\b"
    r"|\bwith (?:file|reporting|material|information|input)s? (?:from|by)\b"
    r"|\badditional reporting (?:by|from)\b|\bпо материалам\b|\bза матеріалами\b)",
    re.IGNORECASE,
)
_MARK_WORDS = tuple(  # no text without one of them holds a mark
    """photo image picture video foto bild фото صورة (ap (afp credit © (c) source quelle fuente
    fonte źródło kaynak источник джерело المصدر contributed material información additional
    материалам матеріалами input files reporting""".split()
)
_BEFORE = 12  # letters of a mark before its word
_AT_END = re.compile(r"[.!?…”\"»)][ ]*[-–—][ ]?([^\n.!?]{2,60})\Z")


def credits_in(text: str) -> list[Credit]:
    """The agencies that a text credits, in order."""
    found: dict[int, Credit] = {}
    for mark in _marks(text):
        found |= {one.start: one for one in _marked(text, mark)}
    at = 0
    for line in text.split("\n"):
        if line.strip():
            for one in _in_line(line):
                start = at + one.start
                found.setdefault(start, Credit(start, at + one.end, one.agency))
        at += len(line) + 1
    return [found[start] for start in sorted(found)]


def agencies_in(*, text: str = "", bylines: Iterable[str] = ()) -> tuple[str, ...]:
    """The agencies that sent a text, by itself and by lines that say who wrote it; each once."""
    signed = (agency for line in bylines for agency in _in_byline(line))
    credited = (one.agency for one in credits_in(text))
    return tuple(dict.fromkeys(agency for agency in (*signed, *credited) if agency))


def spellings_of(agency: str) -> tuple[str, ...]:
    """Under which names an agency is credited, that of the facet first."""
    known = (name for name, meant in (*_SURE.items(), *_SHORT.items()) if meant == agency)
    return tuple(dict.fromkeys((agency, *known)))


def _in_byline(line: str) -> Iterator[str]:
    """The agencies that a byline names: "Jane Doe, Associated Press", "AFP with Reuters"."""
    line = " ".join(line.split())
    if len(line) > _LINE or is_said(line):
        return
    whole = _listed(line, 0, _SURE | _SHORT)
    pictured = (mark.start() for mark in _MARK.finditer(line) if mark["picture"])
    words = line[: next(pictured, len(line))]
    yield from (one.agency for one in whole or _named(words, 0))


def _in_line(line: str) -> Iterator[Credit]:
    """The credits of one paragraph or line."""
    yield from _in_dateline(line)
    end = len(line)
    while brackets := _LAST.search(line, 0, end):
        if not _is_spelled_out(line, brackets):
            yield from _listed(brackets[1], brackets.start(1), _SURE)
        end = brackets.start()
    alone = _BYLINE.sub("", line).strip(" -–—.\t")
    if 1 < len(alone) <= _LONGEST:
        yield from _listed(alone, line.rindex(alone), _SURE)
    if last := _AT_END.search(line.rstrip()):
        yield from _listed(last[1], last.start(1), _SURE)


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The marks of credits in a text, looked for where one of their words stands."""
    small = text.lower()
    if len(small) != len(text):  # İ has two letters in lower case
        small = text
    for word in _MARK_WORDS:
        at = small.find(word)
        while at >= 0:
            if mark := _MARK.search(text, max(0, at - _BEFORE), at + _LONGEST):
                yield mark
            at = small.find(word, at + len(word))


def _marked(line: str, mark: re.Match[str]) -> Iterator[Credit]:
    """The agencies in the same breath as a mark of a credit."""
    start, end = mark.span()
    if mark["help"]:
        start = max(line.rfind(stop, 0, start) for stop in ".!?(") + 1
    stops = (at for stop in _STOPS if (at := line.find(stop, end)) >= 0)
    end = min(*stops, end + _LONGEST, len(line))
    for one in _named(line[start:end], start):
        yield one._replace(agency="") if mark["picture"] else one


def _in_dateline(line: str) -> Iterator[Credit]:
    """Who is credited before a story begins: `KYIV (Reuters) -`, `МОСКВА, 3 марта. /ТАСС/.`."""
    if opened := _OPENING.match(line):
        yield from _named(opened[0], 0)
    for pattern in (_BRACKETS, _SLASHES):
        marked = pattern.search(line, 0, 2 * _LONGEST)
        if marked is None or not _PLACED.match(line[: marked.start()].rstrip(" .")):
            continue
        if pattern is _BRACKETS and not _DASH.match(line, marked.end()):
            continue
        known = list(_listed(marked[1], marked.start(1), _SURE | _SHORT))
        if not known and _CITY.match(line) and _UNLISTED.fullmatch(marked[1]):
            known = [] if _NO_AGENCY.search(marked[1]) else [Credit(*marked.span(1), marked[1])]
        yield from known
    begun = _BEGUN.match(line)
    if begun and begun[2] in _SURE and _PLACED.match(begun[1].rstrip(" -–—.")):
        yield Credit(*begun.span(2), _SURE[begun[2]])


def _listed(said: str, start: int, known: dict[str, str]) -> list[Credit]:
    """The agencies of a list that holds nothing else; none of a list that does."""
    found: list[Credit] = []
    at = 0
    for between in (*_BETWEEN.finditer(said), None):
        end = between.start() if between else len(said)
        name = said[at:end].strip()
        if name not in known and name not in _OF_PICTURES:
            return []
        first = start + said.index(name, at)
        found.append(Credit(first, first + len(name), known.get(name, "")))
        at = between.end() if between else end
    if not all(one.agency for one in found):  # AFP/Getty Images
        return [one._replace(agency="") for one in found]
    return found


def _named(said: str, start: int) -> Iterator[Credit]:
    """The agencies that a line of credits names."""
    for name in _NAMED.finditer(said):
        yield Credit(start + name.start(), start + name.end(), _SURE.get(name[0], ""))


def _is_spelled_out(line: str, brackets: re.Match[str]) -> bool:
    """Whether brackets hold what is short for the agency before them: no credit, but a name."""
    before = line[: brackets.start()].rstrip()
    agency = _SURE.get(brackets[1], "")
    if not agency or SENTENCE_END.search(before):
        return False
    return any(before.endswith(name) for name, of in _SURE.items() if of == agency)
