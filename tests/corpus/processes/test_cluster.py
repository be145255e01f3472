"""Work on other machines comes to what it comes to here, whatever is lost on the way."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from corpus import cleaner
from corpus.errors import InvalidParameter, MachineTrouble
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.intake.recleaning import reclean
from corpus.processes import ENDED, Cluster, Lost, Pool
from corpus.store import Catalogue
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from tests.conftest import ROOT
from tests.corpus.processes.nodes import Nodes, nodes
from tests.corpus.processes.test_pool import doubled

pytest.importorskip("distributed", reason="needs the extra `cluster`")
pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-c", "from webui.cli import main; main()"]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    with nodes(tmp_path_factory.mktemp("nodes"), workers=3) as started:
        yield started


def version() -> str:
    return os.environ.get("VERSION_OF_THE_TEST", "one")


def endless(number: int) -> int:
    signal.pause()
    return number


def bad_luck(number: int) -> int:
    raise MachineTrouble("the disk is full", where=str(number))


def test_a_cluster_keeps_the_promises_of_a_pool(three: Nodes) -> None:
    tasks = [[1, 2], [3, 4], [], [5, 13, 6], [7], [8, 9]]
    with Pool(doubled, processes=2, patience=1.0) as pool:
        here = list(pool.results(tasks))

    with Cluster(three.address) as cluster:
        cluster.client.wait_for_workers(3, timeout=60)
        assert cluster.cores() == 3
        with cluster.pool(doubled, version=version, patience=1.0) as there:
            assert list(there.results(tasks)) == here
            assert list(there.results([[21]])) == [[42]]

    assert here[1:4] == [[ENDED, 8], [], [10, ENDED, 12]]
    assert here[4] == [Lost("took more than 1 s")]


def test_trouble_of_a_machine_ends_the_work(three: Nodes) -> None:
    with (
        Cluster(three.address) as cluster,
        cluster.pool(bad_luck, version=version, patience=9) as pool,
        pytest.raises(MachineTrouble, match="the disk is full"),
    ):
        list(pool.results([[1]]))


def test_another_version_is_refused(three: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERSION_OF_THE_TEST", "two")
    with (
        Cluster(three.address) as cluster,
        cluster.pool(doubled, version=version, patience=9) as pool,
        pytest.raises(MachineTrouble, match=r"another version of the program \(one for two\)"),
    ):
        list(pool.results([[1]]))


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    tasks = [[number] for number in range(1, 400) if number % 10 not in (3, 7)]
    with (
        nodes(tmp_path, workers=2) as two,
        Cluster(two.address) as cluster,
        cluster.pool(doubled, version=version, patience=30) as pool,
    ):
        results = []
        for number, result in enumerate(pool.results(tasks)):
            if number == 20:
                two.workers[0].kill()
            results.append(result)
        assert cluster.cores() == 1

    assert results == [[2 * number] for (number,) in tasks]


@pytest.mark.parametrize(
    "address",
    [
        "host",
        "ann:s3cret@host:9",
        "tls://[::1",
        "inproc://x",
        "host:99999",
        "a b:1",
        "host:1/s3cret",
    ],
)
def test_what_is_no_address_is_said_at_once_and_without_a_password(address: str) -> None:
    with pytest.raises(InvalidParameter, match="no address of workers") as caught:
        Cluster("dask:" + address)
    assert "ann" not in str(caught.value)


def test_another_program_is_no_scheduler() -> None:
    """Dask's own client waits for ever for one that answers, and not as Dask does."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    with server.accept()[0] as taken:
                        taken.recv(1 << 16)
                        taken.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")

        thread = Thread(target=answer, daemon=True)
        thread.start()
        with pytest.raises(MachineTrouble, match="no scheduler answers"):
            Cluster(f"dask:127.0.0.1:{server.getsockname()[1]}")
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_what_never_answers_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="no address of workers"):
        Cluster("tcp://127.0.0.1:1")
    with pytest.raises(InvalidParameter, match="no address of workers"):
        Cluster("dask:")
    with pytest.raises(MachineTrouble, match="no scheduler answers"):
        Cluster("dask:127.0.0.1:1")
    with nodes(tmp_path) as alone:
        with pytest.raises(MachineTrouble, match="no worker is connected"):
            Cluster(alone.address, without_workers=0.5)
        alone.work("--nanny")  # such a worker may start no processes
        with (
            Cluster(alone.address) as cluster,
            cluster.pool(doubled, version=version, patience=9) as pool,
            pytest.raises(MachineTrouble, match="may start no processes"),
        ):
            list(pool.results([[1]]))


def test_a_lost_scheduler_or_the_loss_of_all_workers_ends_the_work(tmp_path: Path) -> None:
    with nodes(tmp_path, workers=1) as some:
        with (
            Cluster(some.address, without_workers=8) as cluster,
            cluster.pool(endless, version=version, patience=90) as pool,
        ):
            some.workers[0].kill()
            with pytest.raises(MachineTrouble, match="all workers are lost"):
                list(pool.results([[1]]))
        some.work("--no-nanny")
        with (
            Cluster(some.address) as cluster,
            cluster.pool(endless, version=version, patience=90) as pool,
        ):
            some.scheduler.kill()
            with pytest.raises(MachineTrouble, match="the scheduler is lost"):
                list(pool.results([[1]]))


def taken_in(home: Home) -> list[object]:
    """All that a catalogue says, but for the moments at which it was written."""
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        return [
            [(stored.article, stored.version) for stored in catalogue.articles()],
            [(failure.locator, failure.code, failure.reason) for failure in catalogue.failures()],
        ]


def published(home: Home) -> dict[str, str]:
    """The SHA-256 of all that a generation holds, but for the manifest, which tells a moment."""
    folder = Generations(home.index).current().path
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "manifest.json"
    }


def dispatches(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments, "--home", str(home.path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_three_workers_one_killed_make_the_bytes_of_one_machine(tmp_path: Path) -> None:
    collected = ROOT / "corpus/demo/collected"
    here, there = Home(tmp_path / "here"), Home(tmp_path / "there")
    with Catalogue.open(here.catalogue) as catalogue:
        ingest([collected], catalogue)
    # an index tells the minute in which an article came in, so that only the same catalogue can
    # come to the same bytes
    same = Home(shutil.copytree(here.path, tmp_path / "same"))
    rebuild(here)

    with nodes(tmp_path, workers=3) as three:
        with Cluster(three.address) as cluster, Catalogue.open(there.catalogue) as catalogue:
            seen = 0

            def count() -> None:
                nonlocal seen
                seen += 1
                if seen == 40:
                    three.workers[1].kill()

            ingest([collected], catalogue, cluster=cluster, on_document=count)
        rebuilt = dispatches(same, "rebuild", "--workers", three.address)
        assert rebuilt.returncode == 0, rebuilt.stderr
        three.scheduler.kill()
        lost = dispatches(same, "rebuild", "--workers", three.address)

    assert taken_in(there) == taken_in(here)
    assert published(same) == published(here)
    assert lost.returncode == 4
    assert "no scheduler answers" in lost.stderr


def test_what_is_old_is_read_again_by_the_workers(three: Nodes, tmp_path: Path) -> None:
    page = tmp_path / "pages" / "page.txt"
    page.parent.mkdir()
    page.write_text("Shelling hit the harbor before dawn, the governor said.\n\n" * 9)
    home = Home(tmp_path / "home")
    with Catalogue.open(home.catalogue) as catalogue, Cluster(three.address) as cluster:
        ingest([page.parent], catalogue, cluster=cluster)
        assert reclean(catalogue, cluster=cluster).versions == 0
        again = reclean(catalogue, cluster=cluster, version="newer")
    assert (again.versions, again.refused) == (1, 0)
    assert cleaner.version()
