"""Variables of the environment: is each heard by every command that it concerns?"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from corpus.home import Home
from tests.conftest import ROOT
from tests.docs.test_pages import PAGES
from webui.cli import COMMANDS, main
from webui.server.processes import Server

DECIDING = "alias distinct hide kind link merge note outlet rename split undo".split()
KEEPING = (
    *("create", "rename", "status", "add", "remove", "passage", "note", "tag", "move", "mark"),
    "undo",
)
READING = ("list", "show", "log", "check", "export", "import", "report")
"""Commands of `dispatches dossier`."""
WATCHING = ("keep", "rename", "drop", "news")
CONCERNED = {
    "DISPATCHES_HOME": {
        *set(COMMANDS)
        - {"clean", "demo", "dossier", "entities", "evidence", "formats", "keys"}
        - {"manual", "people", "tag", "tokens", "warm", "watch"},
        *(f"entities {name}" for name in (*DECIDING, "import", "list", "log", "show", "suggest")),
        *(f"dossier {name}" for name in (*KEEPING, *READING)),
        *("evidence make", "keys make", "keys show", "watch list"),
        *(f"watch {name}" for name in WATCHING),
        *(f"people {name}" for name in ("add", "list", "role", "password", "disable", "enable")),
        *(f"tokens {name}" for name in ("make", "list", "revoke")),
    },
    "DISPATCHES_TAGGER": {"rebuild", "tag", "update"},
    "DISPATCHES_WHO": {
        *(f"entities {name}" for name in DECIDING),
        *(f"dossier {name}" for name in KEEPING),
        *(f"watch {name}" for name in WATCHING),
        *("evidence make", "restrict", "unrestrict"),
    },
    "DISPATCHES_WORKERS": {"add", "rebuild", "reclean", "update"},
    "DISPATCHES_PER_MINUTE": {"serve"},
    "DISPATCHES_PROXIES": {"serve"},
    "DISPATCHES_PROXY_ADDRESSES": {"serve"},
    "DISPATCHES_HOST_NAMES": {"demo", "serve"},
    "DISPATCHES_ALLOW_ORIGINS": {"serve"},
    "DISPATCHES_OPERATOR_TOKEN": {"serve"},
    "DISPATCHES_LOG_OPENINGS": {"serve"},
    "DISPATCHES_LOG": {"serve"},
    "DISPATCHES_PEOPLE": {"serve"},
    "DISPATCHES_PERSON_HEADER": {"serve"},
    "DISPATCHES_MAIL_FROM": {"watch news"},
    "DISPATCHES_SMTP": {"watch news"},
    "DISPATCHES_SMTP_USER": {"watch news"},
    "DISPATCHES_SMTP_PASSWORD": {"watch news"},
}
"""Which commands hear it; two are no options, since a secret is no argument."""
OF_THE_CLUSTER = {
    "DISPATCHES_INDEX",
    *(f"DISPATCHES_INDEX_{name}" for name in ("CA", "KEY", "PASSWORD", "USER")),
}
"""Heard before any command, and by the tests of its engine."""
OF_THE_CATALOGUE = {"DISPATCHES_CATALOGUE", "DISPATCHES_ORIGINALS"}
"""The same, by the tests of a catalogue on a server."""
SECRETS = {"DISPATCHES_OPERATOR_TOKEN", "DISPATCHES_SMTP_PASSWORD"}
VALUES = {
    "DISPATCHES_LOG": "json",
    "DISPATCHES_PER_MINUTE": "7",
    "DISPATCHES_PROXIES": "1",
    "DISPATCHES_PROXY_ADDRESSES": "10.0.0.0/8",
    "DISPATCHES_HOST_NAMES": "archive.example",
    "DISPATCHES_ALLOW_ORIGINS": "https://desk.example",
    "DISPATCHES_LOG_OPENINGS": "30",
    "DISPATCHES_PEOPLE": "True",
    "DISPATCHES_PERSON_HEADER": "X-Remote-User",
}
TOKEN = "a-token-of-sixteen-characters"


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Each command by what is typed for it."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())


def heard_by(variable: str) -> Iterator[tuple[str, click.Command, click.Parameter]]:
    for name, command in every_command():
        for parameter in command.params:
            if parameter.envvar == variable:
                yield name, command, parameter


@pytest.mark.parametrize("variable", sorted(set(CONCERNED) - SECRETS))
def test_a_variable_is_heard_by_every_command_it_concerns(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = VALUES.get(variable, str(tmp_path))
    monkeypatch.setenv(variable, value)
    heard = set()
    for name, command, parameter in heard_by(variable):
        given = [part for one in command.params if one.required for part in _something(one)]
        with command.make_context(name, given) as context:
            found = context.params[str(parameter.name)]
        if isinstance(found, tuple):
            (found,) = found
        assert str(found.path if isinstance(found, Home) else found) == value, name
        shown = CliRunner().invoke(main, [*name.split(), "--help"]).output
        assert variable in shown, name
        heard.add(name)
    assert heard == CONCERNED[variable]


def _something(parameter: click.Parameter) -> list[str]:
    if isinstance(parameter.type, click.Choice):
        return [str(next(iter(parameter.type.choices)))]
    return [*parameter.opts[:1], __file__] if isinstance(parameter, click.Option) else [__file__]


def test_every_variable_that_is_named_is_tried() -> None:
    told = {
        name
        for page in [*PAGES, *ROOT.glob("webui/**/*.py"), *ROOT.glob("webui/**/*.html")]
        for name in re.findall(r"(?<!_)DISPATCHES_[A-Z_]+", page.read_text(encoding="utf-8"))
    }
    options = {
        str(parameter.envvar)
        for _, command in every_command()
        for parameter in command.params
        if parameter.envvar
    }
    assert told | options == set(CONCERNED) | OF_THE_CLUSTER | OF_THE_CATALOGUE


@pytest.mark.parametrize("door", ["serve", "wsgi.py"])
def test_a_server_hears_all_of_its_variables(
    door: str, demo_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPATCHES_HOME", str(demo_home.path))
    monkeypatch.setenv("DISPATCHES_PER_MINUTE", "7")
    monkeypatch.setenv("DISPATCHES_PROXIES", "1")
    monkeypatch.setenv("DISPATCHES_OPERATOR_TOKEN", TOKEN)
    app = _served(monkeypatch) if door == "serve" else runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    client = app.test_client()
    stranger = {"X-Forwarded-For": "203.0.113.9"}

    answer = client.get("/api/v1/index", headers=stranger)
    assert answer.headers["RateLimit-Limit"] == "7"
    assert answer.json
    assert answer.json["articles"] > 100
    assert app.extensions["deciding"].allows(TOKEN)


def _served(monkeypatch: pytest.MonkeyPatch) -> Flask:
    served: list[Server] = []

    def run(server: Server) -> None:  # a method, as `list.append` is none
        served.append(server)

    monkeypatch.setattr(Server, "run", run)
    result = CliRunner().invoke(main, ["serve", "--port", "0"])
    assert result.exit_code == 0, result.output
    app = served[0].app
    assert isinstance(app, Flask)
    return app


def test_what_is_typed_counts_for_more_than_a_variable(
    demo_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPATCHES_HOME", str(tmp_path / "variable"))
    shown = f"Collection   {demo_home.path}\n"
    for typed in (
        ["status", "--home", str(demo_home.path)],
        ["--home", str(demo_home.path), "status"],
        ["--home", str(tmp_path), "status", "--home", str(demo_home.path)],
    ):
        result = CliRunner().invoke(main, typed)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith(shown)


def test_a_folder_before_a_command_reaches_what_is_inside_a_group(demo_home: Home) -> None:
    typed = ["--home", str(demo_home.path), "entities", "list", "--limit", "1"]
    assert "Ukraine" in CliRunner().invoke(main, typed).stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["status", "--hom"], "--home"),
        (["status", "--homme"], "--home"),
        (["--hlp"], "--help"),
        (["rebuild", "--proceses", "2"], "--processes"),
        (["serch"], "search"),
        (["entities", "list", "--limt", "3"], "--limit"),
    ],
)
def test_a_slip_is_met_with_what_was_meant(typed: list[str], meant: str) -> None:
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 2
    assert f"Did you mean '{meant}'?" in result.stderr


@pytest.mark.parametrize(
    "typed",
    [["clean", "--home", "x"], ["tag", "--hole", "x"], ["nonsense"], ["status", "--nothing"]],
)
def test_what_is_no_slip_is_met_with_no_guess(typed: list[str]) -> None:
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 2
    assert "Did you mean" not in result.stderr


def test_an_option_without_its_value_is_told_so() -> None:
    result = CliRunner().invoke(main, ["search", "--limit"])
    assert result.exit_code == 2
    assert "'--limit' requires an argument" in result.stderr
