"""Since: what does a question find otherwise than in an earlier generation, or before a day?

Since a generation: what it finds there is asked again. Since a time: new is what was taken in from
then on, whenever it was published; what left can be told where a generation of before is still
kept, or somebody had looked. Neither is a look: the next one tells the same again.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime, time
from typing import Protocol

from corpus.dates import PartialDate, Precision
from corpus.errors import InvalidDate, InvalidParameter
from corpus.store import Catalogue
from corpus.store.codec import encode_time
from indexer.generations.publishing import Generations
from search.dossiers.standing.questions import News, Standing, compared, found
from search.request import SearchRequest
from search.serving.open_index import OpenIndex

_TIME = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d)Z?)?")


class Past(Protocol):
    """Where earlier states of a collection are found."""

    def index(self, generation: str = "") -> AbstractContextManager[OpenIndex]:
        """A generation that is still kept."""
        ...

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        """What was taken in, and when."""
        ...


def moment(since: str) -> datetime | None:
    """The time that is named: the first moment of a year, month or day, or a minute, in UTC.

    Returns:
        None where a generation is named.

    Raises:
        InvalidParameter: there is no such day or time.
    """
    match = _TIME.fullmatch(since)
    if match is None:
        return None
    try:
        day = PartialDate(match[1], basis="since")
        at = time.fromisoformat(match[2]) if match[2] else time()
    except InvalidDate as error:
        raise InvalidParameter(error.what, where="since", advice=error.advice) from None
    except ValueError:
        raise _no_time(since) from None
    if match[2] and day.precision is not Precision.DAY:
        raise _no_time(since)
    return datetime.combine(day.earliest, at, UTC)


def _no_time(since: str) -> InvalidParameter:
    return InvalidParameter(
        f"{since} is no time", where="since", advice="Write 2026-11-29 or 2026-11-29T08:30"
    )


def news_since(
    since: str, standing: Standing, request: SearchRequest, index: OpenIndex, past: Past
) -> News:
    """What a question finds otherwise than before.

    Args:
        since: name of a generation, or a time, see `moment`.

    Raises:
        InvalidParameter: there is no such day or time.
        GenerationGone: there is no such generation any more.
        DossierError: it finds too much to be told about, now or then.
    """
    then = moment(since)
    documents = found(standing, request, index)
    if then is None:
        seen = _versions(standing, request, past, since)
        return compared(documents, seen, seen, index, since=since, left_since=since)
    with past.catalogue() as catalogue:
        taken = catalogue.there_by([one.article_id for one in documents], then)
    there = {
        one.article_id: one.version if one.version in taken[one.article_id] else 0
        for one in documents
        if one.article_id in taken
    }
    stamp = encode_time(then)
    if generation := Generations(index.generation.path.parent).published_by(then):
        before, left_since = _versions(standing, request, past, generation), generation
    else:
        before = standing.seen(stamp)
        left_since = max((one.when for one in standing.looks if one.when < stamp), default="")
    since = then.isoformat(timespec="minutes")
    return compared(documents, there, before, index, since=since, left_since=left_since)


def _versions(
    standing: Standing, request: SearchRequest, past: Past, generation: str
) -> dict[str, int]:
    with past.index(generation) as then:
        return {one.article_id: one.version for one in found(standing, request, then)}
