"""The doors of this room: the commands, and the file for another WSGI server."""

from __future__ import annotations

import errno
import json
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from corpus.home import Home
from corpus.terminal import EXIT_INTERRUPTED, EXIT_NOT_FOUND, EXIT_STORAGE, EXIT_USAGE
from indexer.entities.cli import entities_group
from indexer.generations.publishing import Generations
from tests.conftest import ROOT, BuiltOnce
from webui.cli import COMMANDS, main
from webui.server.processes import Server, default_workers
from webui.settings import Settings


def test_serving_nothing_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--home", str(tmp_path), "--port", "0"])
    assert result.exit_code == EXIT_STORAGE
    assert "dispatches rebuild" in result.output


def test_a_taken_port_is_named_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = ["serve", "--home", str(tmp_path), "--port", port]
        result = CliRunner().invoke(main, command)
    assert result.exit_code == EXIT_USAGE
    assert f"http://127.0.0.1:{port}" in result.output
    assert "Choose another with --port" in result.output


def every_command() -> list[list[str]]:
    names = [[name] for name in COMMANDS]
    return names + [["entities", name] for name in sorted(entities_group.commands)]


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_help_shows_examples(command: list[str]) -> None:
    shown = CliRunner().invoke(main, [*command, "--help"]).output
    assert f"dispatches {' '.join(command)}" in shown.partition("Example")[2]


GROUPS = ["dossier", "entities", "evidence", "keys", "people", "tokens", "watch"]


@pytest.mark.parametrize("group", [[], *([name] for name in GROUPS)])
def test_each_command_is_told_in_one_line(group: list[str]) -> None:
    shown = CliRunner().invoke(main, [*group, "--help"], terminal_width=80).output
    assert "..." not in shown.partition("Commands:")[2]


def test_an_interrupt_while_a_command_is_loaded_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webui.cli.import_module", interrupted)
    result = CliRunner().invoke(main, ["status"])
    assert result.exit_code == EXIT_INTERRUPTED
    assert "Run the same command again" in result.stderr


@pytest.mark.slow
def test_the_demo_indexes_once_and_serves(
    demo_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "demo")
    home.path.mkdir()
    shutil.copy(demo_home.analysis_cache, home.analysis_cache)  # tagging again would tell nothing
    served: list[Server] = []

    def run(server: Server) -> None:  # a method, as `list.append` is none
        served.append(server)
        server.ready()

    monkeypatch.setattr(Server, "run", run)
    command = ["demo", "--home", str(home.path), "--port", "8123"]
    first = CliRunner().invoke(main, command)
    again = CliRunner().invoke(main, command)
    told = CliRunner().invoke(main, [*command, "--json"])
    assert json.loads(told.stdout) == {"url": "http://127.0.0.1:8123", "articles": 157}
    assert first.exit_code == again.exit_code == 0, first.output
    assert "Indexing the bundled sample articles" in first.output
    assert "Indexing" not in again.output
    assert "on http://127.0.0.1:8123" in again.output
    assert len(served) == 3
    app = served[0].app
    assert isinstance(app, Flask)
    assert app.test_client().get("/search?q=ceasefire").status_code == 200


def test_there_is_a_worker_a_core_and_no_crowd() -> None:
    assert 1 <= default_workers() <= 4


def test_another_server_finds_the_collection_by_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPATCHES_HOME", str(tmp_path))
    assert Settings.from_environment() == Settings(home=Home(tmp_path))
    app = runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    assert app.test_client().get("/search").status_code == 503


@pytest.mark.parametrize("loaded", ["numpy", "numba", "nltk", "whoosh", "pycrfsuite"])
def test_an_update_that_finds_nothing_changed_loads_no_model(
    update_of_nothing: set[str], loaded: str
) -> None:
    assert loaded not in update_of_nothing


def test_what_an_update_of_nothing_loads_is_told(update_of_nothing: set[str]) -> None:
    assert {"sqlite3", "indexer.pipeline"} <= update_of_nothing


@pytest.fixture(scope="module")
def update_of_nothing(demo_home: Home, built_once: BuiltOnce) -> set[str]:
    """The modules that an update loads which finds nothing changed: by one worker, as a second one
    would find the collection being indexed.
    """
    script = (
        "import sys; from webui.cli import main;"
        "main(['update', '--home', sys.argv[1]], standalone_mode=False); print(*sys.modules)"
    )
    command = [sys.executable, "-c", script, str(demo_home.path)]

    def update(folder: Path) -> None:
        folder.mkdir()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        (folder / "said").write_text(done.stdout, encoding="utf-8")

    told = (built_once("update of nothing", update) / "said").read_text(encoding="utf-8")
    said, modules = told.splitlines()
    assert "nothing has changed" in said
    return set(modules.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("streams", "code"),
    [
        *((">&-", EXIT_STORAGE), (">/dev/full", EXIT_STORAGE), ("<&- >&- 2>&-", EXIT_STORAGE)),
        *((">/dev/full 2>/dev/full", EXIT_STORAGE), (">/dev/null 2>&-", 0), ("<&- >/dev/null", 0)),
    ],
)
@pytest.mark.parametrize(
    "command",
    ["--version", "search shelling", "export shelling --format csv", "show nobody --json"],
)
def test_closed_and_full_streams_end_a_command_with_its_code(
    demo_home: Home, streams: str, code: int, command: str
) -> None:
    """Cron and `>&-` close streams; the next file opened would get their number, and be written to
    by whatever is printed.
    """
    if command.startswith("show"):
        code = EXIT_NOT_FOUND
    program = "from webui.cli import main; main()"
    line = f'exec "$0" -c "{program}" --home "$1" {command} {streams}'
    run = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, str(demo_home.path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr


@pytest.mark.parametrize("content", [b"", b" \n \n", b"\xff\xfe\x00"])
@pytest.mark.parametrize(
    "command", [("mcp", "--token-file"), ("serve", "--port", "0", "--decisions-token-file")]
)
def test_a_file_without_a_token_is_refused(
    demo_home: Home, tmp_path: Path, content: bytes, command: tuple[str, ...]
) -> None:
    """Else it would be as if none had been named, or end with a traceback."""
    (tmp_path / "token").write_bytes(content)
    arguments = ["--home", str(demo_home.path), *command, str(tmp_path / "token")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == EXIT_USAGE, result.output
    assert "holds no text" in result.output


@pytest.mark.parametrize("where", ["nowhere/found.csv", "."])
def test_a_place_that_cannot_be_written_is_no_failed_input(
    demo_home: Home, tmp_path: Path, where: str
) -> None:
    command = ["export", "drone", "--format", "csv", "-o", str(tmp_path / where)]
    assert CliRunner().invoke(main, ["--home", str(demo_home.path), *command]).exit_code == (
        EXIT_STORAGE
    )


@pytest.mark.parametrize(
    "words", [["--help"], ["search", "--help"], ["search", "--format", "jsonl"], ["status"]]
)
def test_who_has_read_enough_ends_a_command_as_other_tools_are_ended(
    words: list[str], demo_home: Home
) -> None:
    """1 would say that inputs failed. `head` closes the pipe; here it is closed already."""
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-c", "from webui.cli import main; main()", *words]
    environment = {**os.environ, "DISPATCHES_HOME": str(demo_home.path)}
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=writes,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writes)
    assert run.returncode == -signal.SIGPIPE
    assert run.stderr == ""


def test_another_pipe_that_breaks_is_no_reader_that_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_home: Home) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("indexer.cli.status_of", broken)
    result = CliRunner().invoke(main, ["status", "--home", str(tmp_path)])
    assert result.exit_code == EXIT_STORAGE
    assert "Broken pipe" in result.stderr


def test_a_cluster_that_does_not_answer_is_told_of(
    demo_home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """A collection in files, asked with the cluster named that it is to move to."""
    home = ["--home", str(demo_home.path)]
    with caplog.at_level("WARNING"):
        named = ["--index", "opensearch:http://127.0.0.1:1"]
        result = CliRunner().invoke(main, [*named, "search", "ceasefire", *home])
    assert result.exit_code == 0, result.output
    (told,) = [record.getMessage() for record in caplog.records]
    name = Generations(demo_home.index).current().name
    assert f"files of generation {name} answer, and not http://127.0.0.1:1" in told
    caplog.clear()
    assert CliRunner().invoke(main, ["search", "ceasefire", *home]).exit_code == 0
    assert not caplog.records
