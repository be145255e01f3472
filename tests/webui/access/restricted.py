"""Restricted articles for tests: two collections, and whether both answer the same.

One holds all articles, of which some are restricted, the other is without these.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from tests.conftest import BuiltOnce
from webui.access import passwords, restrictions, store
from webui.access.guard import Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.access.tokens import Tokens
from webui.app import create_app
from webui.collection import open_collection

_PROMO = "Follow our reporters on the channel that never sleeps for every update from the front."
Row = tuple[str, str, str, str]


def _rows(text: str) -> list[Row]:
    """Title, outlet and date on one line, and the text below."""
    rows = []
    for part in text.strip().split("\n\n"):
        head, _, body = part.partition("\n")
        title, outlet, date = head.split(" | ")
        rows.append((title, outlet, date, body.replace("\n", " ")))
    return rows


OPEN = _rows("""
Bridge at Orlova falls | Valley Courier | 2023-03-01
The bridge at Orlova fell on Wednesday after shelling, Governor Marek Toma said. Engineers of
the Valley Guard closed the road to Vesna. Nobody was hurt, the governor said, and ferries took
the buses across.

Ferries run again at Orlova | Valley Courier | 2023-03-09
Ferries carried buses over the river at Orlova again, Governor Marek Toma said in Vesna. The
bridge stays closed until autumn. The Valley Guard cleared mines from both banks before the
first crossing.

Drone hits depot in Vesna | Northern Ledger | 2023-05-20
A drone hit a fuel depot in Vesna before dawn. The Valley Guard said that two drones were shot
down. Firefighters let the tanks burn out. Mayor Lena Brandt asked people to stay indoors.

Ceasefire talks in Geneva | Northern Ledger | 2023-07-02
Envoys met in Geneva to talk about a ceasefire. Minister Lena Brandt spoke of a long road. The
United Nations hosts the talks, which go on in August.

Grain leaves the port of Salt | Valley Courier | 2023-09-15
The first ship with grain left the port of Salt. Inspectors of the United Nations counted sacks.
Governor Marek Toma thanked the crews.
""")
RESTRICTED = _rows("""
Witness names the commander | Secret Bulletin | 2022-01-15
A witness told us that Commander Salome Qazbegi of the Ninth Column ordered the shelling of
Orlova. She gave quornhelm as the word by which her men knew each other. Governor Marek Toma was
warned in the village of Dzhvari, the witness said.

Bridge at Orlova falls | Secret Bulletin | 2023-03-01
The bridge at Orlova fell on Wednesday after shelling, Governor Marek Toma said. Engineers of
the Valley Guard closed the road to Vesna. Nobody was hurt, the governor said, and ferries took
the buses across.

List of houses in Vesna | Valley Courier | 2024-11-30
The list names houses in Vesna where families of drone pilots live. Salome Qazbegi had asked for
it. Mayor Lena Brandt knew. The ceasefire does not cover them.
""")
TITLES = ("Witness names", "List of houses")
SECRETS = ("Qazbegi", "quornhelm", "Secret Bulletin", "Dzhvari", "Ninth Column", *TITLES)
_VARIES = [
    (r"\d{8}T\d{6}Z-[0-9a-f]{8}", "GENERATION"),
    (r'"(built_at|took_ms|when|updated)": ?("[^"]*"|[\d.]+)', r'"\1": 0'),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00|Z)", "TIME"),
    (r"\d\d:\d\d UTC", "TIME"),
    (r"cursor=[A-Za-z0-9_.~%-]+", "cursor=CURSOR"),
    (r'"(next|previous)_cursor": ?"[^"]*"', r'"\1_cursor": 0'),
    (r'"catalogue": ?"[0-9a-f]*"', '"catalogue": "MARK"'),
    (r"\d+ (ms|milliseconds)", "TOOK"),
]


def _filled(folder: Path, rows: list[Row]) -> Home:
    """A collection of them, taken in from a file each: where an article stood is told of it."""
    home, files = Home(folder / "home"), folder / "files"
    files.mkdir(parents=True)
    for title, outlet, date, text in rows:
        name = f"{outlet.replace(' ', '').lower()}-{date}"
        row = {
            "url": f"https://{name}.example/story",
            "title": title,
            "outlet": outlet,
            "date": date,
            "language": "en",
            "text": f"{text}\n\n{_PROMO}\n\nThe rest is told by those who saw {title.lower()}.",
        }
        (files / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with Catalogue.open(home.catalogue) as catalogue:
        ingest([files], catalogue, processes=1)
    return home


@dataclass(frozen=True)
class Both:
    """Two collections, what is restricted in the first, and clients of readers of both."""

    home: Home
    restricted: tuple[str, ...]
    shown: tuple[str, ...]
    reader: FlaskClient
    without: FlaskClient
    operator: FlaskClient


def client_of(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def opened(home: Home) -> Flask:
    app = create_app(open_collection(home), people=Guard(home))
    app.testing = True
    return app


def both_of(built_once: BuiltOnce, own: Path) -> Both:
    """The two, built once and copied: what tests write there is their module's own."""

    def build(folder: Path) -> None:
        hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        between = [row for pair in zip(OPEN, RESTRICTED, strict=False) for row in pair]
        whole = _filled(folder / "whole", [*between, *OPEN[len(RESTRICTED) :]])
        part = _filled(folder / "part", OPEN)
        for home in (whole, part):
            with (
                pytest.MonkeyPatch.context() as patch,
                store.writing(home.people, new=True) as database,
            ):
                patch.setattr(passwords, "_hasher", lambda: hasher)
                for name, role in (("Rosa", Role.ANNOTATOR), ("Olga", Role.OPERATOR)):
                    People(database).add(name, role, "a password of nobody's")
        rebuild(part, processes=1)
        rebuild(whole, processes=1)
        restrictions.restrict(whole, "Olga", _ids(whole, restricted=True), [])
        restrictions.carry_out(whole)

    folder = shutil.copytree(built_once("restricted", build), own / "restricted")
    home, other = Home(folder / "whole" / "home"), Home(folder / "part" / "home")
    tokens = {}
    for one in (home, other):
        with store.writing(one.people) as database:
            for name in ("Rosa", "Olga"):
                tokens[one, name] = Tokens(database).make(name)[1]
    app = opened(home)
    return Both(
        home,
        _ids(home, restricted=True),
        _ids(home, restricted=False),
        client_of(app, tokens[home, "Rosa"]),
        client_of(opened(other), tokens[other, "Rosa"]),
        client_of(app, tokens[home, "Olga"]),
    )


def _ids(home: Home, *, restricted: bool) -> tuple[str, ...]:
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        return tuple(
            one.article.article_id
            for one in catalogue.articles()
            if (one.article.outlet == "Secret Bulletin" or "List of houses" in one.article.title)
            == restricted
        )


_HEADS = ("Allow", "Content-Disposition", "Content-Type", "Link", "Location", "Set-Cookie", "Vary")


def unvaried(text: str) -> str:
    """An answer without what is another one each time: names of generations, and times."""
    for pattern, instead in _VARIES:
        text = re.sub(pattern, instead, text)
    return text


def told(client: FlaskClient, address: str) -> tuple[int, str]:
    answer = client.get(address)
    heads = (f"{name}: {answer.headers[name]}" for name in _HEADS if name in answer.headers)
    return answer.status_code, unvaried("\n".join([*heads, answer.text]))


def same(both: Both, address: str) -> int:
    status, text = told(both.reader, address)
    assert (status, text) == told(both.without, address), address
    assert not [one for one in SECRETS if one in text and one not in address], address
    return status
