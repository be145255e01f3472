"""Nodes: a Dask scheduler and workers on loopback, as real processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conftest import ROOT

_ADDRESS = re.compile(r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")


class Nodes:
    """A scheduler, and the workers that were started for it.

    Attributes:
        address: as `--workers` takes it.
    """

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self.workers: list[subprocess.Popen[str]] = []
        self.scheduler = self._started(
            ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], {}
        )
        self._scheduler_address = self._told(self.scheduler)
        self.address = f"dask:{self._scheduler_address}"

    def work(self, *options: str, **variables: str) -> subprocess.Popen[str]:
        """Starts one more worker, of one thread."""
        arguments = ["worker", self._scheduler_address, "--host", "127.0.0.1", "--no-dashboard"]
        alone = ("--death-timeout", "30")  # where the tests themselves were killed
        worker = self._started([*arguments, "--nthreads", "1", *alone, *options], variables)
        self.workers.append(worker)
        return worker

    def _started(self, arguments: list[str], variables: Mapping[str, str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=self._folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if arguments[0] == "scheduler" else subprocess.DEVNULL,
            text=True,
        )
        self._stack.callback(_end, process)
        return process

    @staticmethod
    def _told(scheduler: subprocess.Popen[str]) -> str:
        assert scheduler.stderr is not None
        for line in scheduler.stderr:
            if match := _ADDRESS.search(line):
                return match[1]
        raise AssertionError("the scheduler ended before it told its address")


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


@contextmanager
def nodes(folder: Path, *, workers: int = 0) -> Iterator[Nodes]:
    """Nodes that end with the block.

    Args:
        folder: for what they write.
        workers: how many begin at once.
    """
    with ExitStack() as stack:
        started = Nodes(stack, folder)
        for _ in range(workers):
            started.work("--no-nanny")
        yield started
