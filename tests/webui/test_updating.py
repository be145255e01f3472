"""What is taken in becomes searchable without the operator: at once, or while a server runs."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.home import Home
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.generations.opening import published_entities
from indexer.generations.publishing import Generations
from webui.cli import main
from webui.server.updating import Updates, is_due, update

_PATIENCE = 240.0  # seconds: a loaded machine loads the model in some of them


def _page(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.jsonl"
    record = {"title": name, "text": text, "url": f"https://ledger.example/{name}"}
    path.write_text(json.dumps(record))
    return path


def _add(home: Home, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        main, ["add", "--home", str(home.path), "--processes", "1", *arguments]
    )
    return result.exit_code, result.stderr


def _articles(home: Home) -> int:
    return Generations(home.index).current().manifest.counts["articles"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_what_is_added_with_publish_is_searchable(home: Home, tmp_path: Path) -> None:
    first = _page(tmp_path, "first", "A bridge over the river fell on Monday, officials said.")
    code, said = _add(home, str(first), "--publish")
    assert code == 0
    assert said.startswith("1 article is searchable in generation ")
    assert _articles(home) == 1
    generation = Generations(home.index).current().name
    assert _add(home, str(first), "--publish") == (0, "")
    assert Generations(home.index).current().name == generation


def test_without_publish_nothing_is_published(home: Home, tmp_path: Path) -> None:
    assert _add(home, str(_page(tmp_path, "first", "A bridge fell on Monday, they said.")))[0] == 0
    assert Generations(home.index).names() == []


def test_what_failed_keeps_nothing_else_from_being_published(home: Home, tmp_path: Path) -> None:
    _page(tmp_path, "first", "A bridge over the river fell on Monday, officials said.")
    (tmp_path / "broken.jsonl").write_text('{"title": "no text"}\n{"title": ')
    code, _ = _add(home, str(tmp_path / "broken.jsonl"), str(tmp_path / "first.jsonl"), "--publish")
    assert code == 1
    assert _articles(home) == 1


def test_a_watch_does_not_publish_by_itself(home: Home) -> None:
    command = [
        "collect",
        "https://ledger.example/",
        "--watch",
        "--publish",
        "--home",
        str(home.path),
    ]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "serve --update-every" in result.stderr


def test_an_update_is_due_after_intakes_and_decisions(home: Home, tmp_path: Path) -> None:
    _add(home, str(_page(tmp_path, "first", "António Guterres spoke in Geneva on Monday.")))
    assert is_due(home)
    assert update(home)
    assert not is_due(home)
    _add(home, str(_page(tmp_path, "second", "António Guterres spoke in Kyiv on Tuesday.")))
    assert is_due(home)
    assert update(home)
    with published_entities(home) as directory:
        named = directory.resolve("António Guterres")
    decide(home.decisions, Action.HIDE, named, who="reader", why="a test")
    assert is_due(home)
    assert update(home)
    assert not is_due(home)


def test_a_process_beside_the_server_publishes_and_ends_with_it(home: Home, tmp_path: Path) -> None:
    _add(home, str(_page(tmp_path, "first", "A bridge over the river fell on Monday.")))
    with Updates(home, 0.2) as updates:
        _wait_for(home, 1)
        _add(home, str(_page(tmp_path, "second", "A dam broke on Tuesday, officials said.")))
        _wait_for(home, 2)
    assert updates._process.poll() is not None


def test_a_process_that_is_killed_is_begun_again(
    home: Home, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """As a machine short of memory kills it: the server went on with what it had, for good."""
    _add(home, str(_page(tmp_path, "first", "A bridge over the river fell on Monday.")))
    with Updates(home, 0.2, pause=0.1) as updates:
        _wait_for(home, 1)
        killed = updates._process
        killed.kill()
        until = time.monotonic() + _PATIENCE
        while updates._process is killed:
            assert time.monotonic() < until, "no other was begun"
            time.sleep(0.1)
        _add(home, str(_page(tmp_path, "second", "A dam broke on Tuesday, officials said.")))
        _wait_for(home, 2)
    assert updates._process.poll() is not None
    told = capfd.readouterr().err
    assert told.count("begun again") == 1
    assert "killed by signal 9" in told


def test_a_server_that_is_killed_takes_the_process_along(home: Home, tmp_path: Path) -> None:
    _add(
        home, str(_page(tmp_path, "first", "A bridge over the river fell on Monday.")), "--publish"
    )
    script = (
        "import sys, time; from pathlib import Path; from corpus.home import Home;"
        "from webui.server.updating import Updates;"
        "updates = Updates(Home(Path(sys.argv[1])), 0.2);"
        "print(updates._process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home.path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until = time.monotonic() + _PATIENCE
    while _runs(child):
        assert time.monotonic() < until, "the process outlives the one that began it"
        time.sleep(0.1)


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _wait_for(home: Home, articles: int) -> None:
    until = time.monotonic() + _PATIENCE
    while not Generations(home.index).pointer.exists() or _articles(home) != articles:
        assert time.monotonic() < until, "nothing was published"
        time.sleep(0.1)
