"""Answers of a batch: which keys does JSON have of what many questions found?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from search.output.answers import Answer, Count, Item, about, item
from search.output.batch.asking import Answered
from search.output.batch.questions import Refused


class BatchQuestion(Answer, frozen=True, kw_only=True):
    """One question of a table, and its first hits."""

    line: Annotated[Count, about("The line of the table on which it begins")]
    name: str
    question: str
    filters: Annotated[str, about("Its other columns, as the table has them")]
    total: Annotated[Count, about("Articles that match")]
    families: Count
    complete: Annotated[bool, about("False where the time allowed was spent: counts are then low")]
    warnings: tuple[str, ...]
    did_you_mean: str | None
    items: list[Item]


class BatchRefused(Answer, frozen=True, kw_only=True):
    """A row that could not be asked; it cost itself."""

    line: Count
    name: str
    question: str
    code: str
    detail: str


class BatchAnswer(Answer, frozen=True, kw_only=True):
    """What the questions of a table find, in its order."""

    generation: str
    asked: Count
    not_asked: Count
    passed_over: Annotated[tuple[str, ...], about("Columns that say nothing to a search")]
    questions: list[BatchQuestion]
    refused: list[BatchRefused]


def batch_answer(
    found: Iterable[Answered | Refused], generation: str, passed_over: tuple[str, ...]
) -> BatchAnswer:
    """All of it as one answer."""
    questions: list[BatchQuestion] = []
    refused: list[BatchRefused] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append(_refused(one))
        else:
            questions.append(_answered(one))
    return BatchAnswer(
        generation=generation,
        asked=len(questions),
        not_asked=len(refused),
        passed_over=passed_over,
        questions=questions,
        refused=refused,
    )


def _refused(one: Refused) -> BatchRefused:
    return BatchRefused(
        line=one.line,
        name=one.name,
        question=one.text,
        code=one.error.code,
        detail=str(one.error),
    )


def _answered(one: Answered) -> BatchQuestion:
    asked, found = one.question, one.result
    return BatchQuestion(
        line=asked.line,
        name=asked.name,
        question=asked.request.text,
        filters=asked.narrowed,
        total=found.total,
        families=found.families,
        complete=found.complete,
        warnings=found.warnings,
        did_you_mean=found.did_you_mean or None,
        items=[item(hit) for hit in found.hits],
    )
