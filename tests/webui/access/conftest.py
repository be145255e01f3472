"""An application over the made-up articles to which four people may sign in, one a role."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from corpus.home import Home
from tests.conftest import BuiltOnce
from tests.webui.access.restricted import Both, both_of
from tests.webui.conftest import MadeUpCollection
from webui.access import passwords, store
from webui.access.guard import Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.app import create_app

PASSWORD = "correct horse battery"
NAMES = {
    Role.READER: "Rosa",
    Role.ANNOTATOR: "Anna",
    Role.DECIDER: "Derya",
    Role.OPERATOR: "Olga",
}


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm, with as little work as it takes."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    passwords.nobodys.cache_clear()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with four people and nothing else."""
    home = Home(tmp_path / "home")
    with store.writing(home.people, new=True) as database:
        for role, name in NAMES.items():
            People(database).add(name, role, PASSWORD)
    return home


@pytest.fixture
def guarded(collection: MadeUpCollection, home: Home) -> Flask:
    collection.kept, collection.decisions = home.dossiers, home.decisions
    collection.questions = home.questions
    app = create_app(collection, people=Guard(home))
    app.testing = True
    return app


def form_key(client: FlaskClient, address: str = "/sign-in", **more: Any) -> str:
    """What the forms of a page carry."""
    found = re.search(r'name="form_key" value="([0-9a-f]{64})"', client.get(address, **more).text)
    assert found, address
    return found[1]


def sign_in(
    client: FlaskClient, name: str, password: str = PASSWORD, status: int = 303, **more: str
) -> FlaskClient:
    """The client, once it has filled in the form of the sign-in page."""
    form = {"form_key": form_key(client), "name": name, "password": password, **more}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == status, answer.text
    return client


@pytest.fixture
def signed_in(guarded: Flask) -> Callable[[Role], FlaskClient]:
    """Makes a client of a person who is signed in."""
    return lambda role: sign_in(guarded.test_client(), NAMES[role])


@pytest.fixture(scope="module")
def both(built_once: BuiltOnce, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """A collection of which some articles are restricted, and one without these."""
    return both_of(built_once, tmp_path_factory.mktemp("both"))
