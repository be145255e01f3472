"""Commands `people` and `tokens`: what an operator types, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import StorageError
from corpus.home import Home
from tests.webui.access.conftest import PASSWORD
from webui.access import store
from webui.access.people import People
from webui.cli import main


def _run(home: Home, *arguments: str, typed: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["--home", str(home.path), *arguments], input=typed)
    assert result.exit_code == code, result.output
    return result


def test_somebody_is_added_changed_and_disabled(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    added = _run(
        home, "people", "add", "Anna  Petrova", "--role", "operator", typed=PASSWORD + "\n"
    )
    assert "Anna Petrova is operator." in added.output
    assert "From now on everybody must sign in" in added.stderr
    assert PASSWORD not in added.output
    assert home.people.stat().st_mode & 0o777 == 0o600
    assert PASSWORD.encode() not in home.people.read_bytes()
    again = _run(home, "people", "add", "ANNA petrova", typed=PASSWORD, code=2)
    assert "is called 'ANNA petrova' already" in again.output
    assert "is decider" in _run(home, "people", "role", "anna petrova", "decider").output
    assert "disabled" in _run(home, "people", "disable", "Anna Petrova").output
    listed = json.loads(_run(home, "people", "list", "--json").stdout)
    assert [(one["name"], one["role"], one["disabled"]) for one in listed] == [
        ("Anna Petrova", "decider", True)
    ]
    assert "password" not in listed[0]
    assert "(disabled)" not in _run(home, "people", "enable", "Anna Petrova").output
    _run(home, "people", "password", "Anna Petrova", typed="eleven chars", code=0)
    with store.reading(home.people) as database:
        assert People(database).with_password("Anna Petrova", "eleven chars")
        assert People(database).with_password("Anna Petrova", PASSWORD) is None


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("people", "add", "Zoe"), "short", "has 5 characters"),
        (("people", "add", "Zoe"), "x" * 1001, "has 1001 characters"),
        (("people", "add", "Zoe"), "", "no password came on standard input"),
        (("people", "add", ""), PASSWORD, "is no name to sign with"),
        (("people", "add", "Operator"), PASSWORD, "is the word of a role"),
        (("people", "add", "x" * 61), PASSWORD, "is no name to sign with"),
        (("people", "add", "Zoe\u202e"), PASSWORD, "is no name to sign with"),
        (("people", "add", "ＡＮＮＡ"), PASSWORD, "already"),
        (("people", "add", "Zoe", "--role", "king"), PASSWORD, "is not one of"),
        (("people", "role", "Nobody", "reader"), "", "nobody is called 'Nobody' here"),
        (("tokens", "make", "Nobody"), "", "nobody is called 'Nobody' here"),
        (("tokens", "make", "Anna", "--role", "decider"), "", "a token may do no more"),
        (("tokens", "make", "Anna", "--days", "0"), "", "is not in the range"),
        (("tokens", "make", "Anna", "--note", "a\nb"), "", "cannot be shown"),
        (("tokens", "revoke", "000000000000"), "", "there is no token"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    home: Home, arguments: tuple[str, ...], given: str, said: str
) -> None:
    before = home.people.read_bytes()
    result = CliRunner().invoke(main, ["--home", str(home.path), *arguments], input=given)
    assert result.exit_code != 0
    assert said in result.output
    assert home.people.read_bytes() == before


def test_a_token_is_shown_once(home: Home) -> None:
    made = _run(home, "tokens", "make", "Anna", "--role", "reader", "--note", "nightly export")
    text = made.stdout.strip()
    assert text.startswith("dispatches-")
    token_id = text.split("-")[1]
    listed = _run(home, "tokens", "list").output
    assert f"{token_id}  until " in listed
    assert "reader  Anna  nightly export" in listed
    assert text not in listed
    assert "(revoked)" in _run(home, "tokens", "revoke", token_id).output


def test_commands_say_how_to_begin(tmp_path: Path) -> None:
    for command in (("people", "list"), ("tokens", "list"), ("people", "disable", "Anna")):
        said = _run(Home(tmp_path / "none"), *command, code=2).output
        assert "dispatches people add NAME --role operator" in said
        assert not (tmp_path / "none").exists()


def test_the_file_is_looked_at_before_a_server_relies_on_it(home: Home) -> None:
    store.check(home.people)
    home.people.chmod(0o640)
    with pytest.raises(StorageError, match="others on this machine"):
        store.check(home.people)
    home.people.chmod(0o600)
    whole = bytearray(home.people.read_bytes())
    whole[len(whole) // 2 :] = b"\xff" * (len(whole) - len(whole) // 2)
    home.people.write_bytes(whole)
    with pytest.raises(StorageError, match="damaged"):
        store.check(home.people)


def test_a_file_of_another_format_lets_nobody_in(home: Home) -> None:
    with store.writing(home.people) as database:
        database.write("PRAGMA user_version = 2")
    with pytest.raises(StorageError, match="format is 2"), store.reading(home.people):
        pass


def test_serve_refuses_what_would_be_open(home: Home, tmp_path: Path) -> None:
    nobody = _run(Home(tmp_path / "empty"), "serve", "--people", code=2).output
    assert "dispatches people add" in nobody
    headed = _run(home, "serve", "--person-header", "X-Remote-User", code=2).output
    assert "--proxies 1" in headed
