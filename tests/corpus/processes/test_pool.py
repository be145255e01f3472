"""Work in other processes comes back in order, and a bad item costs itself alone."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from corpus.errors import MachineTrouble, underway
from corpus.processes import ENDED, TASKS_AHEAD, Lost, Pool
from corpus.terminal import uninterrupted


def doubled(number: int) -> int:
    if number % 10 == 3:
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory is used up
    if number % 10 == 7:
        re.fullmatch(r"(a+)+b", "a" * 99)
    return 2 * number


def test_results_come_in_order_and_bad_items_cost_themselves_alone() -> None:
    tasks = [[1, 2], [3, 4], [], [5, 13, 6], [7], [8, 9]]

    with Pool(doubled, processes=2, patience=1.0) as pool:
        results = list(pool.results(tasks))

    late = Lost("took more than 1 s")
    assert results == [[2, 4], [ENDED, 8], [], [10, ENDED, 12], [late], [16, 18]]


def in_steps(steps: int) -> int:
    for _ in range(abs(steps)):
        time.sleep(0.3)
        if steps > 0:
            underway()
    return steps


def test_time_begins_anew_where_the_work_says_that_it_goes_on() -> None:
    with Pool(in_steps, processes=1, patience=0.6) as pool:
        assert list(pool.results([[4, -4, 1]])) == [[4, Lost("took more than 0.6 s"), 1]]


def allocated(count: int) -> int:
    try:
        return len(bytearray(count))
    except MemoryError:
        return -1


def test_an_item_that_asks_for_too_much_memory_is_refused_it() -> None:
    with Pool(allocated, processes=1, patience=30, memory=2 << 30) as pool:
        assert list(pool.results([[1 << 20, 3 << 30, 1 << 10]])) == [[1 << 20, -1, 1 << 10]]
    with Pool(allocated, processes=1, patience=30) as pool:
        assert list(pool.results([[1 << 20]])) == [[1 << 20]]


def test_a_pool_serves_again_after_an_item_was_lost() -> None:
    with Pool(doubled, processes=2, patience=30) as pool:
        assert list(pool.results([[3], [4]])) == [[ENDED], [8]]
        assert list(pool.results([[5]])) == [[10]]


def test_items_are_asked_for_a_bounded_number_ahead() -> None:
    asked = []

    def tasks() -> Iterator[list[int]]:
        for number in range(0, 1000, 10):
            asked.append(number)
            yield [number]

    with Pool(doubled, processes=2, patience=30) as pool:
        results = pool.results(tasks())
        assert next(results) == [0]
        assert len(asked) == TASKS_AHEAD * 2 + 1


def test_an_interrupt_waits_while_processes_are_started() -> None:
    done = []

    def begin() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            begin()
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == ["all"]


@pytest.mark.parametrize("error", [EOFError(), BrokenPipeError(), ConnectionResetError()])
def test_what_starts_processes_may_be_ended_meanwhile(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the machine does when its memory is used up: it was shown as "Aborted!", or not at all."""
    failing = [2]  # the second process is not started the first time, a first one is under way
    submit = ProcessPoolExecutor.submit

    def flaky(self: ProcessPoolExecutor, *args: Any) -> Any:
        failing[0] -= 1
        if failing[0] == 0:
            raise error
        return submit(self, *args)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", flaky)
    with Pool(doubled, processes=2, patience=30.0) as pool:
        found = list(pool.results([[1], [2], [4]]))

    assert found == [[2], [4], [8]]


def test_where_no_process_can_be_started_the_machine_is_at_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: Any) -> Any:
        raise EOFError

    monkeypatch.setattr(ProcessPoolExecutor, "submit", failing)
    with (
        Pool(doubled, processes=2, patience=30.0) as pool,
        pytest.raises(MachineTrouble, match="starts others"),
    ):
        list(pool.results([[1]]))
