"""Trial of a mutant: do the tests of its module fail when the module is the mutant?

Each trial is a fork of this process, in which the module's name leads to the mutant's source: no
file of the tree is touched, and what takes long to import is imported once, as far as it does not
depend on the module. A trial may use ten times the processor time that the tests take on the module
as it is; what uses more has been noticed.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.machinery
import importlib.util
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from types import CodeType

import grimp
import pytest

from tests.quality.mutants.making import Mutant
from tests.quality.mutants.policy import ROOMS, ROOT, Policy

_OPTIONS = (
    "-x", "-q", "-p", "no:cacheprovider", "-p", "xdist.plugin", "-p", "_hypothesis_pytestplugin",
    "-n", "0", "--hypothesis-profile=mutants", "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
_OURS = frozenset((*ROOMS, "tests", "docs", "benchmarks", "wsgi", "__main__", "conftest"))
_TIMES, _AT_LEAST, _AT_FIRST = 10, 5, 300  # seconds of processor time
_WAITED_FOR = 20  # times the processor time allowed: other programs run too
_MEMORY = 8 << 30


class _Instead(importlib.machinery.SourceFileLoader):
    """Loads a module from a text that is not its file's."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder:
    def __init__(self, policy: Policy, source: str) -> None:
        self._policy, self._source = policy, source

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._policy.module:
            return None
        file = str(ROOT / self._policy.path)
        loader = _Instead(name, file, self._source)
        return importlib.util.spec_from_file_location(name, file, loader=loader)


def survivors(policy: Policy, mutants: Iterable[Mutant]) -> list[Mutant]:
    """Those that no test of the module notices. To be called once a process.

    Raises:
        RuntimeError: the tests fail on the module as it is.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    source = (ROOT / policy.path).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        before = _spent()
        if _is_noticed(policy, source, place, _AT_FIRST, quiet=False):
            told = (place / "output").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"the tests of {policy.path} fail on it as it is:\n{told}")
        allowed = max(_AT_LEAST, round(_TIMES * (_spent() - before)))
        _import_beforehand(policy, (place / "imported").read_text().split())
        return [one for one in mutants if not _is_noticed(policy, one.source, place, allowed)]


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _import_beforehand(policy: Policy, names: Iterable[str]) -> None:
    """Imports what the tests import, except what depends on the module and the tests themselves."""
    depending = _graph().find_downstream_modules(policy.module) | {policy.module}
    for name in names:
        room = name.partition(".")[0]
        above = [name[:at] for at, char in enumerate(f"{name}.") if char == "."]
        if room not in _OURS:
            # What has no module of its own name is left to the trials.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        elif room in ROOMS and depending.isdisjoint(above):
            importlib.import_module(name)
    if wrong := depending.intersection(sys.modules):
        raise RuntimeError(f"imported before {policy.module} was changed: {sorted(wrong)}")


@lru_cache(maxsize=1)
def _graph() -> grimp.ImportGraph:
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    for importer, package in _FOUND_IN_FOLDERS:
        for module in graph.find_children(package):
            graph.add_import(importer=importer, imported=module)
    for module in graph.modules:  # Python imports a package before what lies in it
        if (package := module.rpartition(".")[0]) in graph.modules:
            graph.add_import(importer=module, imported=package)
    return graph


_FOUND_IN_FOLDERS = (("search.output.exports", "search.output.formats"),)
"""Who imports each module of a folder without naming them."""


def _is_noticed(
    policy: Policy, source: str, folder: Path, allowed: int, *, quiet: bool = True
) -> bool:
    until = time.monotonic() + _WAITED_FOR * allowed
    process = os.fork()
    if not process:
        _end_with(lambda: _run(policy, source, folder, allowed, quiet=quiet))
    ended = status = 0
    while not ended:
        time.sleep(0.01)
        if late := time.monotonic() > until:
            os.kill(process, signal.SIGKILL)
        ended, status = os.waitpid(process, 0 if late else os.WNOHANG)
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    return status != 0


def _end_with(run: Callable[[], int]) -> None:
    """Ends this process with what `run` gives; nothing of its parent's is cleaned up in it."""
    status = 1
    try:
        status = run()
    finally:
        os._exit(status)


def _run(policy: Policy, source: str, folder: Path, allowed: int, *, quiet: bool) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    output = os.open(os.devnull if quiet else folder / "output", os.O_WRONLY | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.meta_path.insert(0, _Finder(policy, source))
    os.chdir(ROOT)
    status = int(pytest.main([*_OPTIONS, f"--basetemp={folder / 'tmp'}", *policy.tests]))
    if not quiet:
        (folder / "imported").write_text("\n".join(sys.modules))
    return status
