"""Damage: a flipped byte or a lost end of any file, and copies of a home that is in use."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from corpus.errors import StorageError
from corpus.home import Home
from corpus.store import Catalogue
from indexer.backups.backup import Backups
from indexer.entities import open_directory
from indexer.generations.manifest import files_below
from indexer.generations.publishing import ENTITIES, Generations
from search.dossiers import keeping
from search.dossiers.changes import Create, Note
from search.dossiers.replay import load
from tests.faults.attack.dying import dying
from tests.faults.attack.kinds import Attempt, Kind, NoAttempt
from tests.faults.attack.operations import ARTICLES, OPERATIONS, LaidOut, contents, pages, take_in
from webui.api.openapi import document
from webui.app import create_app
from webui.cli import main
from webui.collection import open_collection

Damage = Callable[[random.Random, bytes], bytes]


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home.path)])


def everything(home: Home) -> list[str]:
    """An address of each endpoint and each page that reads a generation."""
    folder = Generations(home.index).current().path
    with closing(open_directory(folder / ENTITIES)) as directory:
        entities = directory.entities(limit=50)
    client = create_app(open_collection(home)).test_client()
    found = client.get("/api/v1/search").json
    assert found
    ids = [item["id"] for item in found["items"]]
    values = {
        "article_id": ids[0],
        "other_id": ids[1],
        "version": "1",
        "field": "person",
        "entity_id": entities[0].entity_id,
        "q": "harbor",
        "url": "https://example.org/first",
    }
    addresses = []
    for path, item in document()["paths"].items():
        if "get" not in item:
            continue
        names = [one["name"] for one in item["get"]["parameters"] if one["name"] in values]
        query = "&".join(f"{name}={values[name]}" for name in names if f"{{{name}}}" not in path)
        if all(name in values for name in re.findall(r"\{(\w+)\}", path)):
            addresses.append(f"{path.format(**values)}?{query}")
    addresses += [f"/articles/{one}" for one in ids]
    addresses += [f"/entities/{one.entity_id}" for one in entities]
    addresses += [f"/search?q={one.kind}:%22{one.label}%22" for one in entities[:3]]
    shown = ("search", "concordance", "timeline", "together", "map", "coverage")
    return [*addresses, *(f"/{page}?q=harbor" for page in shown)]


def answer(client: FlaskClient, address: str) -> tuple[int, str]:
    """Status and content, without how long it took."""
    try:
        response = client.get(address)
        text = response.text
    except StorageError as error:  # in the middle of an export: the connection would be cut
        return 500, str(error)
    return response.status_code, re.sub(r'"took_ms": ?[\d.]+|[\d.,]+ ms', "", text)


@contextmanager
def damaged(path: Path, damage: Callable[[bytes], bytes]) -> Iterator[None]:
    """A file that is damaged inside."""
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    try:
        yield
    finally:
        path.write_bytes(whole)


def flipped_at(at: int) -> Callable[[bytes], bytes]:
    return lambda whole: whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]


def flip(chance: random.Random, whole: bytes) -> bytes:
    at = chance.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]


def cut(chance: random.Random, whole: bytes) -> bytes:
    return whole[: chance.randrange(len(whole))]


# Files of a generation


@contextmanager
def _index(damage: Damage, folder: Path) -> Iterator[Attempt]:
    """Each answer is the right one, or an error that names the file and what to do."""
    home = Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")
    addresses = everything(home)
    client = create_app(open_collection(home)).test_client()
    right = {address: answer(client, address) for address in addresses}
    generation = Generations(home.index).current().path

    def attempt(chance: random.Random) -> str:
        name = chance.choice(sorted(files_below(generation)))
        logging.disable(logging.CRITICAL)
        try:
            with damaged(generation / name, partial(damage, chance)):
                client = create_app(open_collection(home)).test_client()
                for address in chance.sample(addresses, 12):
                    said = answer(client, address)
                    assert said == right[address] or said[0] >= 500, f"{name}: {address}"
                    assert said == right[address] or "dispatches rebuild" in said[1], name
                assert run(home, "verify").exit_code == 4, f"{name}: not found by verify"
        finally:
            logging.disable(logging.NOTSET)
        return name

    yield attempt


# The catalogue and its logs


@contextmanager
def _catalogue(damage: Damage, folder: Path) -> Iterator[Attempt]:
    """Damage is told, or there is none: what can be read is what was taken in."""
    home = Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")
    right = contents(home.catalogue)

    def attempt(chance: random.Random) -> str:
        with damaged(home.catalogue, partial(damage, chance)):
            said = run(home, "verify")
            assert isinstance(said.exception, SystemExit | None), "a traceback"
            if said.exit_code == 0:
                assert contents(home.catalogue) == right, "nothing told of other content"
        return said.stdout.partition("\n")[0] or said.stderr.partition("\n")[0]

    yield attempt


@contextmanager
def _logs(suffix: str, damage: Damage, folder: Path) -> Iterator[Attempt]:
    """A damaged log costs the last changes at most; what else is read is what was taken in."""
    home = Home(LaidOut(folder).copy(OPERATIONS["rebuild"]) / "home")
    before = contents(home.catalogue)
    kept = folder / "kept"
    with Catalogue.open(home.catalogue) as held:  # so that the log is not taken over
        held.counts()
        take_in(home, pages(folder / "later", range(ARTICLES, ARTICLES + 4)))
        shutil.copytree(home.path, kept)
    right = contents(home.catalogue)

    def attempt(chance: random.Random) -> str:
        copy = Home(folder / "copy")
        shutil.rmtree(copy.path, ignore_errors=True)
        shutil.copytree(kept, copy.path)
        log = copy.catalogue.with_name(f"{copy.catalogue.name}{suffix}")
        log.write_bytes(damage(chance, log.read_bytes()))
        said = run(copy, "verify")
        assert isinstance(said.exception, SystemExit | None), "a traceback"
        if said.exit_code == 0:
            found = contents(copy.catalogue)
            for table in ("articles", "originals", "versions"):
                rows = {*found[table]}
                assert {*before[table]} <= rows <= {*right[table]}, "other content, not told"
        return said.stdout.partition("\n")[0]

    yield attempt


@contextmanager
def _pieces(damage: Damage, folder: Path) -> Iterator[Attempt]:
    """A damaged backup is told, and not brought back as if it were whole."""
    backups = Backups(LaidOut(folder).copy(OPERATIONS["restore"]) / "kept")
    files = sorted(one for one in backups.folder.rglob("*") if one.is_file() and one.stat().st_size)

    def attempt(chance: random.Random) -> str:
        path = chance.choice(files)
        with damaged(path, partial(damage, chance)):
            said = run(Home(folder / "none"), "backup", str(backups.folder), "--check")
            assert said.exit_code == 4, f"{path.name}: not told"
            back = folder / "back"
            shutil.rmtree(back, ignore_errors=True)
            assert run(Home(back), "restore", str(backups.folder)).exit_code == 4, path.name
        return path.name

    yield attempt


@contextmanager
def _lines(damage: Damage, folder: Path) -> Iterator[Attempt]:
    """A damaged line costs itself, and the next is added all the same."""
    path = folder / "dossiers.jsonl"
    keeping.keep(path, "Anna", Create(name="Bridge"))
    for number in range(8):
        keeping.keep(path, "Anna", Note(dossier="Bridge", text=f"note {number}"))
    made = {one.id for one in load(path).log}

    def attempt(chance: random.Random) -> str:
        with damaged(path, partial(damage, chance)):
            found = load(path)
            assert {one.id for one in found.log} <= made, "something that nobody wrote"
            lost = len(made) - len(found.log)
            if damage is flip:
                assert lost <= 2 or not any(one.name == "Bridge" for one in found.all())
            (after,) = keeping.keep(path, "Boris", Create(name="After"))
            assert load(path).log[-1].id == after.id, "the next line is lost"
        return f"{lost} lost"

    yield attempt


# Copies


@contextmanager
def _copying(folder: Path) -> Iterator[Attempt]:
    """A home that is copied meanwhile opens as it was at some instant, or is refused."""
    laid_out = LaidOut(folder)
    operation = OPERATIONS["add"]

    def attempt(chance: random.Random) -> str:
        busy = laid_out.copy(operation)
        child = os.fork()
        if child == 0:
            dying(partial(operation.work, busy))
            os._exit(0)
        made = 0
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            copy = busy / f"copy{made}"
            subprocess.run(["cp", "-a", busy / "home", copy], check=False, capture_output=True)
            made += 1
        if not made:
            raise NoAttempt
        for number in range(made):
            _opens_or_is_refused(Home(busy / f"copy{number}"))
        shutil.rmtree(busy)
        return f"{made} copies"

    yield attempt


def _opens_or_is_refused(home: Home) -> None:
    said = run(home, "verify")
    assert isinstance(said.exception, SystemExit | None), "a traceback"
    if said.exit_code == 0:
        with Catalogue.open(home.catalogue, readonly=True) as catalogue:
            assert ARTICLES <= catalogue.counts().articles <= ARTICLES + 5


KINDS = [
    Kind("flip:index", "a flipped bit in a file of a generation", 300, partial(_index, flip)),
    Kind("cut:index", "a file of a generation cut off", 100, partial(_index, cut)),
    Kind("flip:catalogue", "a flipped bit in the catalogue", 300, partial(_catalogue, flip)),
    Kind("cut:catalogue", "the catalogue cut off", 60, partial(_catalogue, cut)),
    Kind("flip:wal", "a flipped bit in the catalogue's log", 150, partial(_logs, "-wal", flip)),
    Kind("flip:shm", "a flipped bit in its shared memory", 100, partial(_logs, "-shm", flip)),
    Kind("cut:wal", "the catalogue's log cut off", 60, partial(_logs, "-wal", cut)),
    Kind("flip:backup", "a flipped bit in a backup", 100, partial(_pieces, flip)),
    Kind("cut:backup", "a file of a backup cut off", 60, partial(_pieces, cut)),
    Kind("flip:lines", "a flipped bit in lines that people wrote", 200, partial(_lines, flip)),
    Kind("cut:lines", "such lines cut off", 60, partial(_lines, cut)),
    Kind("copy", "a home copied while articles come in", 30, _copying),
]
