"""Fixtures, and the strategy behind them.

Tests go in by public doors: a command, an address, a room's exported function. What they share is
real input: the bundled corpus, and (where present) the open text in `../shared/data`.
"""

from __future__ import annotations

import fcntl
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import Phase, settings

from corpus.home import Home
from tests.cluster.bucket import Store
from tests.cluster.nodes import Nodes, NoNodes
from tests.cluster.postgresql import NoServer, Server

ROOT = Path(__file__).resolve().parent.parent
Golden = Callable[[str, str], None]
BuiltOnce = Callable[[str, Callable[[Path], None]], Path]
SHARED_DATA = ROOT.parent / "shared" / "data"

# Machines are noisy, and tests assert no timing.
settings.register_profile("dispatches", deadline=None)
settings.load_profile("dispatches")
# The same few examples for every mutant, which are many (tests/quality/mutants).
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=30,
    phases=(Phase.explicit, Phase.generate),
)


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Each test begins in English: a request that a test made here leaves its thread in the
    language of its reader, which the next request settles anew and other tests do not.
    """
    # Imported here: most test files need none of the pages.
    from webui.locale import languages  # noqa: PLC0415

    languages.begin(languages.ENGLISH)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real, openly licensed text; skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs the text in {SHARED_DATA}, which is not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """One node of OpenSearch; skips where Java or the jars are absent."""
    nodes = Nodes(tmp_path_factory.mktemp("node"))
    try:
        nodes.__enter__()
    except NoNodes as error:
        pytest.skip(str(error))
    yield nodes
    nodes.down()


S = TypeVar("S", Server, Store)


def _known(start: Callable[[], S]) -> Iterator[S]:
    """Starts a server whose clients find it by the environment; skips where there is none."""
    try:
        server = start()
    except NoServer as error:
        pytest.skip(str(error))
    with server, pytest.MonkeyPatch.context() as environment:
        for name, value in server.environment.items():
            environment.setenv(name, value)
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of PostgreSQL, whose password is in the environment; skips where there is none."""
    yield from _known(Server)


@pytest.fixture(scope="session")
def object_store() -> Iterator[Store]:
    """A store that speaks S3, known to the environment; skips where there is none."""
    yield from _known(Store)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> BuiltOnce:
    """`built_once("name", build)`: a folder that one worker fills and all read.

    The first worker that asks builds it, the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent

    def built(name: str, build: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                build(folder)
                done.touch()
        return folder

    return built


@pytest.fixture(scope="session")
def demo_home(built_once: BuiltOnce) -> Home:
    """The bundled articles, indexed as `dispatches demo` does it, but in this process: others take
    half as much again, and other tests run meanwhile. Change nothing in it.
    """
    return bundled(built_once)


def bundled(built_once: BuiltOnce) -> Home:
    """The same for fixtures that put another one in its place."""
    # Imported here: most test files need none of what an index is made with.
    from corpus import demo  # noqa: PLC0415
    from corpus.intake.ingest import ingest  # noqa: PLC0415
    from corpus.store import Catalogue  # noqa: PLC0415
    from indexer.pipeline import rebuild  # noqa: PLC0415

    def build(folder: Path) -> None:
        with Catalogue.open(Home(folder)) as catalogue:
            ingest([demo.path()], catalogue, processes=1)
        rebuild(Home(folder), processes=1)

    return Home(built_once("demo", build))


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: looking through them frees nothing."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="Write the golden files anew; read the difference before committing it.",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares with a file in `tests/golden/`: `golden("search.json", text)`."""
    rewrite = bool(request.config.getoption("--rewrite-golden"))

    def compare(name: str, actual: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if rewrite:
            path.write_text(actual, encoding="utf-8")
        assert path.is_file(), f"no golden file {path}; make it with --rewrite-golden"
        assert actual == path.read_text(encoding="utf-8")

    return compare
