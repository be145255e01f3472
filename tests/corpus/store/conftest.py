"""A catalogue in a file, and one on a server: every promise of `Catalogue` is kept by both."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.home import CATALOGUE, Home
from corpus.store import Catalogue
from corpus.store.tables import open_database
from tests.cluster.postgresql import Server

_LET_GO = """
DO $$ DECLARE one RECORD; BEGIN
    FOR one IN SELECT conrelid::regclass AS held, conname FROM pg_constraint WHERE contype = 'f'
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.held, one.conname); END LOOP;
END $$
"""
"""Who alters a catalogue behind our back is not held by what one row says of another."""


class Place:
    """Where a catalogue is, and a way past the program to what is in it."""

    def __init__(self, home: Home, server: Server | None) -> None:
        self.home = home
        self.server = server

    def alter(self, *statements: str) -> None:
        """Has statements carried out that no program of ours would, each on a row at least, as one
        who knows how, so that all checksums are right.
        """
        if self.server is None:
            with open_database(self.home.catalogue, readonly=False) as database:
                database.write("PRAGMA foreign_keys = OFF")
                for statement in statements:
                    assert database.write(statement) > 0, statement
            return
        for statement in (_LET_GO, *statements):
            address = self.home.given[CATALOGUE]
            told = self.server.execute(address, "SET search_path = dispatches", statement)
            assert told[0], statement

    def put_bytes(self, sha256: str, content: bytes | None) -> None:
        """Puts other bytes in the place of an original; None: bytes that cannot be unpacked."""
        if self.server is not None:
            (kept,) = (self.home.path / "originals").rglob(f"{sha256}.gz")
            kept.write_bytes(b"\0" if content is None else gzip.compress(content))
            return
        packed = b"\0" if content is None else zlib.compress(content)
        self.alter(f"UPDATE originals SET content = x'{packed.hex()}' WHERE sha256 = '{sha256}'")


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Both, one after the other; that on a server in the slow suite, for which one is started."""
    folder = tmp_path / "home"
    if request.param == "file":
        return Place(Home(folder), None)
    server: Server = request.getfixturevalue("postgresql")
    return Place(Home(folder, given={CATALOGUE: server.database()}), server)


@pytest.fixture
def catalogue(place: Place) -> Iterator[Catalogue]:
    with Catalogue.open(place.home) as opened:
        yield opened
