"""A process that feeds another: results in order, and limits of time and memory for each."""

from __future__ import annotations

import os
import pickle
import re
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from corpus.article import RawDocument
from corpus.errors import (
    DispatchesError,
    FirstVisitElsewhere,
    InvalidParameter,
    OutOfTime,
    QuerySyntaxError,
    UnreadableInput,
    underway,
)
from corpus.processes import ENDED, Feeder, Lost


def _counts(item: tuple[int, str]) -> Iterator[str]:
    most, then = item
    for number in range(most):
        yield f"{number}"
    yield from _THEN[then]()


def _nothing() -> Iterator[str]:
    return iter(())


def _ends() -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield "lives on"


def _takes_forever() -> Iterator[str]:
    try:
        while True:
            time.sleep(0.01)
    except OutOfTime:
        yield "was out of time"
    yield "went on"


def _keeps_the_alarm_to_itself() -> Iterator[str]:
    for _ in range(2):
        try:
            time.sleep(60)
        except OutOfTime:
            continue
    try:
        time.sleep(60)
    except OutOfTime:
        yield "was told again"


def _is_long_underway() -> Iterator[str]:
    for _ in range(12):
        time.sleep(0.1)
        underway()
    yield "came to its end"


def _asks_for_memory() -> Iterator[str]:
    try:
        yield str(len(bytearray(4 << 30)))
    except MemoryError:
        yield "no memory"


def _fails() -> Iterator[str]:
    yield "first"
    raise UnreadableInput("cannot be read", where="a", advice="b")


_THEN: dict[str, Callable[[], Iterator[str]]] = {
    "": _nothing,
    "ends": _ends,
    "forever": _takes_forever,
    "deaf": _keeps_the_alarm_to_itself,
    "long": _is_long_underway,
    "memory": _asks_for_memory,
    "fails": _fails,
}


def test_a_process_gives_what_the_work_gives_within_its_limits() -> None:
    """One test: starting a process costs more than all that is asked of it."""
    with Feeder(_counts, patience=0.5, memory=2 << 30) as feeder:
        assert list(feeder.results((3, ""))) == ["0", "1", "2"]
        assert list(feeder.results((0, ""))) == []
        assert list(feeder.results((1, "forever"))) == ["0", "was out of time", "went on"]
        assert list(feeder.results((0, "long"))) == ["came to its end"]
        assert list(feeder.results((0, "memory"))) == ["no memory"]
        assert list(feeder.results((0, "deaf"))) == ["was told again"]
        with pytest.raises(UnreadableInput, match=re.escape("cannot be read")) as failed:
            list(feeder.results((0, "fails")))
        assert (failed.value.where, failed.value.advice) == ("a", "b")
        results = feeder.results((5, ""))
        assert next(results) == "0"
        results.close()  # type: ignore[attr-defined] # a generator
        assert list(feeder.results((1, ""))) == ["0"], "not what the one before had left"
        ended = list(feeder.results((2, "ends")))
        assert ended == ["0", "1", ENDED]
        assert isinstance(ended[-1], Lost)
        assert list(feeder.results((1, ""))) == ["0"], "another process took its place"


@pytest.mark.parametrize(
    "error",
    [
        UnreadableInput("what", where="where", advice="advice"),
        QuerySyntaxError("what", position=3, advice="advice"),
        InvalidParameter("what", where="where", did_you_mean="that"),
        FirstVisitElsewhere(
            visit=RawDocument(
                content=b"",
                media_type="text/html",
                locator="a.warc!1",
                collected=datetime.now(UTC),
                reader="warc/1",
            ),
            first_url="https://a.example/",
            first_visited=None,
            digest="sha1:A",
        ),
    ],
)
def test_errors_pass_between_processes_as_they_are(error: DispatchesError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
