"""The commands of this room, as a person and as a script meet them."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.home import Home
from indexer.generations.publishing import Generations
from tests.conftest import Golden
from tests.indexer.conftest import TakeIn
from webui.cli import main


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home.path)])


def settled(text: str, home: Home) -> str:
    """JSON without what a change elsewhere alters: times, hashes, sizes, versions, entities."""
    text = text.replace(str(home.path), "HOME")
    text = re.sub(r"\d{8}T\d{6}Z-[0-9a-f]{8}", "GENERATION", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00", "TIME", text)
    text = re.sub(r'"(\d+):[0-9a-f]{64}"', r'"\1:LINK"', text)
    text = re.sub(r'"(seconds|bytes|files|org|person|place)": [\d.]+', r'"\1": 0', text)
    return re.sub(
        r'"(analy\w+|catalogue|cleaner|decisions|program|schema|tagger|writer)": ".*"',
        r'"\1": "VERSION"',
        text,
    )


def test_rebuild_says_what_it_did(filled: Home) -> None:
    result = run(filled, "rebuild", "--processes", "1")

    assert result.exit_code == 0
    assert result.stdout.startswith("4 articles are searchable (4 analyzed anew) in generation 20")
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["rebuild", "status", "verify"])
def test_the_json_of_each_command_is_pinned(filled: Home, golden: Golden, command: str) -> None:
    run(filled, "rebuild", "--processes", "1")

    result = run(filled, command, "--json")
    assert result.exit_code == 0
    golden(f"{command}.json", settled(result.stdout, filled))


def test_status_before_the_first_rebuild(filled: Home) -> None:
    result = run(filled, "status")

    assert "5 articles in 5 versions" in result.stdout
    assert "1 failure: bad_input" in result.stdout
    assert "not indexed unless asked for: 1 live_blog" in result.stdout
    assert "none yet: run `dispatches rebuild`" in result.stdout


def test_status_tells_when_the_index_is_behind(filled: Home, take_in: TakeIn) -> None:
    run(filled, "rebuild", "--processes", "1")
    assert json.loads(run(filled, "status", "--json").stdout)["up_to_date"] is True
    take_in("new-report", "A bridge fell.")

    assert json.loads(run(filled, "status", "--json").stdout)["up_to_date"] is False
    assert "The catalogue has changed since" in run(filled, "status").stdout


def test_verify_names_what_was_altered_in_the_catalogue(filled: Home) -> None:
    run(filled, "rebuild", "--processes", "1")
    link = json.loads(run(filled, "verify", "--json").stdout)["last_link"]
    assert run(filled, "verify", "--link", link).exit_code == 0
    with closing(sqlite3.connect(filled.catalogue)) as connection:
        connection.execute("UPDATE sightings SET url = 'https://other.example/' WHERE rowid = 1")
        connection.commit()

    result = run(filled, "verify")
    assert result.exit_code == 4
    assert "was put in past the chain" in result.stdout
    assert "compare it with a backup" in result.stderr
    number = link.partition(":")[0]
    assert (
        "another link than was noted"
        in run(filled, "verify", "--link", f"{number}:{'0' * 64}").stdout
    )
    assert "is no link" in run(filled, "verify", "--link", "5").stderr


def test_verify_names_the_damaged_file_and_fails(filled: Home) -> None:
    run(filled, "rebuild", "--processes", "1")
    current = Generations(filled.index).current()
    assert "as they were written" in run(filled, "verify").stdout
    (current.path / "entities.sqlite").write_bytes(b"x")

    result = run(filled, "verify", current.name)
    assert result.exit_code == 4
    assert result.stdout.startswith("entities.sqlite has 1 bytes")
    assert json.loads(run(filled, "verify", "--json").stdout)["damages"][0]["file"]
    run(filled, "rebuild", "--processes", "1")
    assert run(filled, "verify").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["rebuild"], 4, "dispatches add"),
        (["status"], 4, "dispatches add"),
        (["verify"], 4, "dispatches rebuild"),
        (["verify", "20200101T000000Z-00000000"], 3, "no generation"),
        (["rebuild", "--memory", "lots"], 2, "is no size"),
        (["rebuild", "--memory", "1K"], 2, "too little"),
        (["rebuild", "--include-kind", "novel"], 2, "live_blog"),
    ],
)
def test_errors_say_what_to_do(home: Home, arguments: list[str], code: int, message: str) -> None:
    result = run(home, *arguments)

    assert result.exit_code == code
    assert message in result.stderr


@pytest.mark.parametrize("command", ["search", "rebuild", "status", "verify", "failures"])
def test_a_home_that_cannot_be_is_an_error_and_no_traceback(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()

    result = run(Home(tmp_path / "file" / "home"), command, "--json")
    assert result.exit_code == 4
    said = json.loads(result.stderr)
    assert said["where"] == str(tmp_path / "file")
    assert "is a file" in said["what"]
    assert "--home" in said["advice"]


def test_kinds_and_memory_can_be_chosen(filled: Home) -> None:
    arguments = ["--memory", "64M", "--include-kind", "live_blog", "--processes", "1", "--json"]
    result = run(filled, "rebuild", *arguments)

    assert json.loads(result.stdout)["counts"]["articles"] == 5
