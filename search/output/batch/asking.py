"""Asking: what does each question of a table find? One after the other, from one generation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.errors import QueryTooComplex, RequestError
from search import service
from search.output.batch.questions import Question, Refused, at
from search.request import MAX_LIMIT
from search.result import Hit, SearchResult
from search.serving.open_index import OpenIndex

MAX_HITS = MAX_LIMIT
"""First hits of one question that can be had."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what it finds."""

    question: Question
    result: SearchResult


def ask(
    rows: Iterable[Question | Refused],
    index: OpenIndex,
    *,
    hits: int,
    seconds: float | None = None,
    advice: str = "",
    through: Callable[[Iterable[Hit]], Iterable[Hit]] = iter,
) -> Iterator[Answered | Refused]:
    """Asks each question; one that cannot be asked costs itself.

    Args:
        hits: first hits to give of each.
        seconds: for all of them; what is not asked by then is refused.
        advice: what to do then.
        through: what hits go through before they are given.
    """
    end = None if seconds is None else time.monotonic() + seconds
    for row in rows:
        if isinstance(row, Refused):
            yield row
        elif end is not None and time.monotonic() >= end:
            spent = QueryTooComplex(
                f"not asked: the {seconds:.0f} seconds allowed for one table were spent",
                advice=advice,
            )
            yield _refused(row, spent)
        else:
            one = _asked(row, index, hits)
            if isinstance(one, Answered):
                one = replace(one, result=replace(one.result, hits=tuple(through(one.result.hits))))
            yield one


def _asked(question: Question, index: OpenIndex, hits: int) -> Answered | Refused:
    try:
        found = service.search(replace(question.request, limit=hits), index)
    except RequestError as error:
        return _refused(question, error)
    return Answered(question, found)


def _refused(question: Question, error: RequestError) -> Refused:
    told = at(error, question.line)
    return Refused(question.line, question.name, question.request.text, told)
