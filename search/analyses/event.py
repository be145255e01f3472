"""Event: what do several reports say of one happening, and who says otherwise?

The reports were put together by the indexer (`indexer.families.events`); here their figures are
read, so that they stand side by side: "50 / 53 / 80 dead". A figure counts as dead, wounded, …
where the sentence says so right before or after it. Nothing is added up, and nobody is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.families.facts import AND, numbers
from search.serving.open_index import OpenIndex

KINDS = ("dead", "wounded", "missing", "captured", "displaced")
"""What is counted, in the order in which it is shown."""

_READ = 4_000  # characters of a report in which its figures stand
_AHEAD = 7  # words after a figure that may say what it counts
_ENDS = re.compile(r"[.!?…]\s")
_PAUSE = re.compile(r"[.!?…]\s|[,;]\s")
_COMES_TO = frozenset(
    "is was now stands stood standing reached reaches rises rising risen rose increased increases"
    " passes passed climbs climbed jumps jumped soars soared grows grew grown hits".split()
)
"""What a toll does before its figure: it may have said of what, in so many words, before that."""
_BETWEEN = _COMES_TO | frozenset(
    "a about almost an another around as at by confirmed currently estimated far from has have in"
    " least many more nearly of officially over so some still than the to total up"
    " узято взято взяли взяты".split()
)
"""What may stand between `killed` and its figure."""
_TOLL, _OF_WHAT = "toll", 12  # words between a toll and what it comes to
_AFTER: Mapping[str, str] = {
    "dead": (
        "dead killed died dies deaths fatalities погиб загину загибл убит вбит mort tué getötet"
        " tote todesopfer muert fallecid zginęł zabit hayatını ölü قتيل قتلى شهيد شهداء הרוג נהרג"
        " کشته"
    ),
    "wounded": (
        "wounded injured injuries ранен поранен blessé verletz herid rann yaral جريح جرحى مصاب"
        " إصابة פצוע נפצע زخمی مجروح"
    ),
    "missing": ("missing пропал зникл disparu vermisst desaparecid zaginion kayıp مفقود נעדר"),
    "captured": (
        "captured detained arrested prisoners hostages пленн взят полонен capturé otage gefangen"
        " detenid jeńc esir أسير أسرى رهينة שבוי חטופ اسیر"
    ),
    "displaced": (
        "displaced evacuated homeless fled переселен эвакуирован евакуйован déplacé vertrieben"
        " evakuiert desplazad evacuad przesiedl ewakuowan yerinden نازح מפונ آواره"
    ),
}
"""With what words begin that say after a figure what it counts."""
_BEFORE: Mapping[str, str] = {
    "dead": "kill toll dead погиб загину убит вбит zginęł zabit قتل مقتل استشه נהרג",
    "wounded": "wound injur ранен поранен rann إصابة أصيب جرح נפצע",
    "missing": "missing пропал зник zaginę فقد",
    "captured": "captur detain arrest взят плен полон أسر שבוי",
    "displaced": "displac evacuat эвакуирова евакуйова ewakuowan نزح",
}
"""The same of words before a figure."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an event.

    Attributes:
        figures: kind → its first figure of that kind.
        differs: kinds whose figure is not that of the first report that has one.
    """

    document: IndexDocument
    figures: Mapping[str, int]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """The figures of one kind, each once, in the order in which they were reported."""

    kind: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Reports of one happening, the earliest first."""

    event_id: str
    reports: tuple[Report, ...]
    tolls: tuple[Toll, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What any of the reports counts."""
        return tuple(toll.kind for toll in self.tolls)


def event_of(article_id: str, index: OpenIndex) -> Event | None:
    """The event that an article tells of, with what every report of it counts; None without one."""
    found = [index.engine.doc_number(one) for one in index.events.of(article_id)]
    numbered = [number for number in found if number is not None]
    if len(numbered) < 2:
        return None
    return event(index.engine.fetch(numbered))


def event(documents: Sequence[IndexDocument]) -> Event:
    """The event that some reports make, the earliest of which comes first."""
    figures = [_figures(document) for document in documents]
    first = {
        kind: said[kind] for kind in KINDS for said in reversed(figures) if kind in said
    }  # the earliest is written last
    return Event(
        documents[0].article_id,
        tuple(
            Report(
                document,
                said,
                tuple(kind for kind in KINDS if kind in said and said[kind] != first[kind]),
            )
            for document, said in zip(documents, figures, strict=True)
        ),
        tuple(
            Toll(kind, tuple(dict.fromkeys(said[kind] for said in figures if kind in said)))
            for kind in KINDS
            if kind in first
        ),
    )


def _figures(document: IndexDocument) -> dict[str, int]:
    said: dict[str, int] = {}
    for text in (document.text[:_READ], document.title):
        for kind, figure in counted(text, document.language):
            said.setdefault(kind, figure)
    return said


def counted(text: str, language: str) -> Iterator[tuple[str, int]]:
    """What a text in some language counts: kinds and figures, in the order of the figures."""
    words, spans, found = numbers(text, language)
    before = 0
    for place, (figure, start, end) in enumerate(found):
        after = len(words)
        if place + 1 < len(found):
            after = found[place + 1][1]
            if _kind(words[after - 1], _before()) and _pauses(text, spans, after - 1):
                after -= 1  # it is said of the figure that follows
        kind = _said_before(text, words, spans, before, start)
        before = end
        if not kind:
            kind, before = _said_after(text, words, spans, end, min(after, end + _AHEAD))
        if kind:
            yield kind, int(figure)


def _pauses(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a comma or the end of a sentence stands before a word."""
    return bool(at and _PAUSE.search(text, spans[at - 1][1], spans[at][0]))


def _said_before(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], least: int, start: int
) -> str:
    comes_to = False
    for at in range(start - 1, least - 1, -1):
        if _PAUSE.search(text, spans[at][1], spans[at + 1][0]):
            return ""
        if kind := _kind(words[at], _before()):
            return kind
        if words[at] not in _BETWEEN:
            return KINDS[0] if comes_to and _is_of_a_toll(text, words, spans, at) else ""
        comes_to = comes_to or words[at] in _COMES_TO
    return ""


def _is_of_a_toll(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], at: int
) -> bool:
    """Does a word belong to what a toll is of: *the toll from the fire at the mill*?"""
    for before in range(at - 1, max(-1, at - _OF_WHAT), -1):
        if _ENDS.search(text, spans[before][1], spans[before + 1][0]):
            return False
        if words[before] == _TOLL:
            return True
    return False


def _said_after(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[str, int]:
    """What is said of a figure, and where that ends: it says nothing of the one that follows."""
    for at in range(start, end):
        if _ENDS.search(text, spans[at - 1][1], spans[at][0]):
            break
        if kind := _kind(words[at], _after()):
            return kind, at + 1
    return "", start


def _kind(word: str, beginnings: Mapping[str, tuple[str, ...]]) -> str:
    bare = word[1:] if word.startswith(AND) else word
    return next(
        (
            kind
            for kind in KINDS
            if word.startswith(beginnings[kind]) or bare.startswith(beginnings[kind])
        ),
        "",
    )


@cache
def _after() -> Mapping[str, tuple[str, ...]]:
    return _folded(_AFTER)


@cache
def _before() -> Mapping[str, tuple[str, ...]]:
    return _folded(_BEFORE)


def _folded(beginnings: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """As the words of a text are compared."""
    return {kind: tuple(analyzer().surfaces(beginnings[kind])) for kind in KINDS}
