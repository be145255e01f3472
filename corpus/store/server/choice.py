"""Choice: where is the catalogue of a collection, in its folder or on a server?

In the folder, unless `--catalogue` or `DISPATCHES_CATALOGUE` says `postgresql://…`. Which server,
and which catalogue on it, is kept in the collection, so that no index is ever made of another one's
articles. Passwords are not: PostgreSQL's own variables and files have them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from corpus.errors import CatalogueCorrupt, InvalidParameter
from corpus.home import CATALOGUE, ORIGINALS, Home, keep_names, names_in

_SCHEMES = ("postgresql", "postgres")
_FILE = "file"
_SECRET = ("password", "sslpassword")
_STORE = "s3://"
_STORE_ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,62}(/[\w-][\w.-]*)*/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a catalogue is that is not in the collection's folder.

    Attributes:
        address: of the database, without a password.
        originals: where the originals are, one place for all machines: a folder, or `s3://…`.
        mark: tells this catalogue from every other; empty where none was kept yet.
    """

    address: str
    originals: str
    mark: str = ""


def chosen(home: Home) -> Server | None:
    """The server that holds the catalogue of a collection; None where its own file does.

    Raises:
        InvalidParameter: what was given is no address, or is not where the catalogue is.
        CatalogueCorrupt: what was kept is damaged.
    """
    kept = _kept(home)
    given = home.given.get(CATALOGUE, "")
    if not given and not kept:
        return None
    if given == _FILE:
        if kept:
            raise _elsewhere("on a server", kept["catalogue"], "--to file")
        return None
    if given:
        _check(given)
    if not kept and home.catalogue.exists():
        raise _elsewhere("in a file", str(home.catalogue), f"--to {given}")
    return Server(
        address=given or kept["catalogue"],
        originals=_originals(home, kept.get("originals", "")),
        mark=kept.get("mark", ""),
    )


def keep(home: Home, server: Server) -> None:
    """Has the commands to come find the same catalogue."""
    now = {
        "catalogue": server.address,
        "originals": server.originals,
        "mark": server.mark,
    }
    if now != _kept(home):
        keep_names(home.server, now)


def forget(home: Home) -> None:
    """Has the commands to come find the catalogue in the collection's folder."""
    home.server.unlink(missing_ok=True)


def server_named(home: Home, address: str) -> Server:
    """The server at an address that was given as where to move to.

    Raises:
        InvalidParameter: it is no address.
    """
    _check(address)
    return Server(address, _originals(home, ""))


def is_store(originals: str) -> bool:
    """Whether originals are in a store that speaks S3, and not in a folder."""
    return originals.startswith(_STORE)


def _originals(home: Home, kept: str) -> str:
    said = home.given.get(ORIGINALS) or kept
    if is_store(said):
        if not _STORE_ADDRESS.fullmatch(said):
            raise InvalidParameter(  # without what was typed: a secret may be in it
                "that is no address of a bucket",
                where="--originals",
                advice="Write s3://BUCKET or s3://BUCKET/BEGINNING; keys are in the environment",
            )
        return said
    return str(Path(said).absolute() if said else home.path.absolute() / "originals")


def _elsewhere(how: str, where: str, move: str) -> InvalidParameter:
    return InvalidParameter(
        f"the catalogue of this collection is {how}: {where}",
        where="--catalogue",
        advice=f"Leave it out, or move the catalogue: `dispatches move {move}`",
    )


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        said: Mapping[str, object] = parse_qs(parts.query)
        secret = bool(parts.password) or any(name in said for name in _SECRET)
    except ValueError:
        raise _no_address() from None
    if secret:
        raise InvalidParameter(
            "an address with a password in it would be kept and shown",
            where="--catalogue",
            advice="Leave it out, and set PGPASSWORD, or name a file in PGPASSFILE",
        )
    if parts.scheme not in _SCHEMES:
        raise _no_address()


def _no_address() -> InvalidParameter:
    return InvalidParameter(  # without what was typed: a password may be in it
        "that is no address of a catalogue",
        where="--catalogue",
        advice="Write file, or postgresql://USER@HOST/DATABASE",
    )


def _kept(home: Home) -> dict[str, str]:
    kept = names_in(home.server, partial(_damaged, home))
    if kept and not kept.keys() >= {"catalogue", "originals", "mark"}:
        raise _damaged(home, "a name is missing")
    return kept


def _damaged(home: Home, why: str) -> CatalogueCorrupt:
    return CatalogueCorrupt(
        f"it cannot be read where the catalogue is: {why}",
        where=str(home.server),
        advice="Restore the file from a backup, or remove it and name the catalogue once more"
        " with --catalogue and --originals",
    )
