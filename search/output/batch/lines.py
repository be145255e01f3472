"""Lines: how are many queries asked for tools that judge rankings? A bad line costs itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import InvalidRecord, RequestError, UnreadableInput
from search.request import SearchRequest
from search.result import Hit
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a batch: its query's id, and the hits or what is wrong with it."""

    query_id: str
    answer: list[Hit] | RequestError | InvalidRecord


def ask_all(path: Path, request: SearchRequest, index: OpenIndex, *, limit: int) -> Iterator[Asked]:
    """Asks each query of a file, `id<TAB>query` a line; empty lines are passed over.

    Args:
        path: `-` reads standard input.
        request: filters, dates and order for every query.

    Raises:
        UnreadableInput: the file is not UTF-8.
    """
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        where = f"{path}!{number}"
        query_id, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab or not query_id.strip() or len(query_id.split()) > 1:
            wrong = InvalidRecord(
                "not an id, a tab and a query", where=where, advice="Write `id<TAB>query`"
            )
            yield Asked("", wrong)
            continue
        try:
            hits = list(every_hit(replace(request, text=text), index, limit=limit))
        except RequestError as error:
            error.where = where
            yield Asked(query_id.strip(), error)
        else:
            yield Asked(query_id.strip(), hits)


def _lines(path: Path) -> Iterator[str]:
    try:
        if str(path) == "-":
            yield from sys.stdin
        else:
            with path.open(encoding="utf-8-sig") as file:
                yield from file
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"not UTF-8: {error.reason}", where=str(path), advice="Save the file as UTF-8"
        ) from None
