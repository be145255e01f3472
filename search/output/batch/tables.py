"""Tables: how is what many questions found written? As one CSV file, or one workbook.

In the file a row is a hit; a question without any, and a row that could not be asked, has one row.
The workbook has a sheet of questions and one of hits. Both say at their end that they are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus import soundness
from corpus.terminal import counted
from search.output.batch.asking import Answered
from search.output.batch.questions import Refused
from search.output.batch.workbook import Cell, Sheet, workbook
from search.output.formats.csv import csv_row, harmless
from search.result import Hit

Found = Iterable[Answered | Refused]
_QUESTION = ("line", "name", "question", "filters")
_COUNTS = ("articles", "complete", "note", "error")
_HIT = ("rank", "id", "title", "outlet", "published", "language", "url", "passage")
COLUMNS = (*_QUESTION, *_COUNTS, *_HIT)
"""Columns of the one file."""
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NO_HIT: tuple[Cell, ...] = ("",) * len(_HIT)


def csv_of(found: Found, generation: str) -> Iterator[bytes]:
    """One CSV file, a question at a time."""
    ending = _Ending(generation)
    yield _line(COLUMNS)
    for one in found:
        ending.count(one)
        about = (*_of_question(one), *_of_counts(one))
        hits = [_of_hit(rank, hit) for rank, hit in _ranked(one)] or [_NO_HIT]
        yield b"".join(_line((*about, *cells)) for cells in hits)
    yield _line((ending.said,))


def xlsx_of(found: Found, generation: str) -> Iterator[bytes]:
    """One workbook, a question at a time."""
    ending = _Ending(generation)
    questions: list[tuple[Cell, ...]] = [(*_QUESTION, *_COUNTS)]

    def hits() -> Iterator[tuple[Cell, ...]]:
        yield (*_QUESTION, *_HIT)
        for one in found:
            ending.count(one)
            about = _of_question(one)
            questions.append((*about, *_of_counts(one)))
            for rank, hit in _ranked(one):
                yield (*about, *_of_hit(rank, hit))
        questions.append((ending.said,))

    # The sheet of hits is written first, since the other is known when the last is found.
    yield from workbook((Sheet("Hits", 2, hits()), Sheet("Questions", 1, questions)))


WRITERS = {"csv": csv_of, "xlsx": xlsx_of}
"""Every form by its name."""


class _Ending:
    """Counts what was asked, for the last row."""

    def __init__(self, generation: str) -> None:
        self._generation = generation
        self._asked = self._refused = 0

    def count(self, one: Answered | Refused) -> None:
        self._asked += 1
        self._refused += isinstance(one, Refused)

    @property
    def said(self) -> str:
        return (
            f"# complete: {counted(self._asked, 'question')}, {self._refused} not answered; "
            f"generation: {self._generation}"
        )


def _line(cells: Iterable[Cell]) -> bytes:
    line = csv_row([harmless(cell) if isinstance(cell, str) else str(cell) for cell in cells])
    return soundness.utf8(soundness.replaced(line))


def _of_question(one: Answered | Refused) -> tuple[Cell, ...]:
    if isinstance(one, Refused):
        return one.line, one.name, one.text, ""
    question = one.question
    return question.line, question.name, question.request.text, question.narrowed


def _of_counts(one: Answered | Refused) -> tuple[Cell, ...]:
    if isinstance(one, Refused):
        return "", "", "", str(one.error)
    return one.result.total, "yes" if one.result.complete else "no", note(one), ""


def note(one: Answered) -> str:
    """What is to be said beside the count of a question."""
    meant = one.result.did_you_mean
    return ". ".join([*one.result.warnings, *([f"Did you mean: {meant}"] if meant else [])])


def _ranked(one: Answered | Refused) -> Iterable[tuple[int, Hit]]:
    return enumerate(one.result.hits, start=1) if isinstance(one, Answered) else ()


def _of_hit(rank: int, hit: Hit) -> tuple[Cell, ...]:
    document = hit.document
    return (
        rank,
        document.article_id,
        document.title,
        document.outlet,
        document.published.iso if document.published else "",
        document.language,
        document.url or "",
        next((one.text for one in hit.snippets if one.field == "text"), ""),
    )
