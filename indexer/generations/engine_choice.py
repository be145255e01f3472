"""Engine choice: which engine holds the index of a collection, and where does it stand?

Whoosh's files in the generation, unless `--index` or `DISPATCHES_INDEX` says `opensearch:URL[,…]`:
then the words and articles lie in a cluster, and the generation says in which index of it. What was
said last is kept in the collection, without the passwords; those are in the environment alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from corpus.errors import IndexCorrupt, InvalidParameter
from corpus.home import INDEX, Home, keep_names, names_in

_MEANING, _YES = "meaning", "vectors"
_WHOOSH = "whoosh"
_CLUSTER = "opensearch:"
_HERE = frozenset(("localhost", "127.0.0.1", "::1"))
_ADVICE = "Write whoosh, or opensearch:URL[,URL…], as opensearch:http://127.0.0.1:9200"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a cluster is, and what it asks who we are.

    Attributes:
        urls: of its nodes.
        user, password, key: basic authentication, or an API key; empty for none.
        authority: file of certificates that its own is checked by; empty for those of the system.
        collection: the mark that our indexes there bear.
    """

    urls: tuple[str, ...]
    collection: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    authority: str = ""


def chosen(home: Home) -> Cluster | None:
    """The cluster that holds the index of a collection; None where Whoosh does.

    Raises:
        InvalidParameter: what was given is neither.
        IndexCorrupt: what was kept is damaged.
    """
    kept = names_in(home.engine, partial(_damaged, home))
    return _cluster(home.given, kept.get("collection", ""), kept.get("index", _WHOOSH))


def marked(home: Home) -> Cluster | None:
    """The same, for who is about to write there: an index that was never in a cluster gets its
    mark. Which engine it is is for `keep`, once all is written: a slip in an address would
    otherwise take what serves along.

    Raises: as `chosen`.
    """
    kept = names_in(home.engine, partial(_damaged, home))
    mark = kept.get("collection") or secrets.token_hex(6)
    cluster = _cluster(home.given, mark, kept.get("index", _WHOOSH))
    if cluster is not None and "collection" not in kept:
        home.engine.parent.mkdir(parents=True, exist_ok=True)
        keep_names(home.engine, {**kept, "collection": cluster.collection})
    return cluster


def keep(home: Home) -> Cluster | None:
    """The same, kept for the commands to come.

    Raises: as `chosen`.
    """
    cluster = marked(home)
    kept = names_in(home.engine, partial(_damaged, home))
    index = home.given.get(INDEX) or kept.get("index", _WHOOSH)
    if kept and index != kept.get("index"):
        keep_names(home.engine, {**kept, "index": index})
    return cluster


def has_meaning(home: Home) -> bool:
    """Whether articles are to get vectors of what they are about, as was said last.

    Raises:
        IndexCorrupt: what was kept is damaged.
    """
    return names_in(home.engine, partial(_damaged, home)).get(_MEANING) == _YES


def keep_meaning(home: Home, wanted: bool) -> None:
    """Keeps it for the commands to come.

    Raises: as `has_meaning`.
    """
    kept = names_in(home.engine, partial(_damaged, home))
    if wanted != (kept.get(_MEANING) == _YES):
        now = {name: value for name, value in kept.items() if name != _MEANING}
        keep_names(home.engine, {**now, _MEANING: _YES} if wanted else now)


def _damaged(home: Home, why: str) -> IndexCorrupt:
    return IndexCorrupt(
        f"it cannot be read which engine holds the index: {why}",
        where=str(home.engine),
        advice="Remove the file, and run `dispatches --index … rebuild`",
    )


def _cluster(given: Mapping[str, str], collection: str, kept: str) -> Cluster | None:
    index = given.get(INDEX) or kept
    if index == _WHOOSH:
        return None
    if not index.startswith(_CLUSTER):
        raise InvalidParameter(f"there is no engine {index!r}", where="--index", advice=_ADVICE)
    urls = tuple(part.strip().rstrip("/") for part in index.removeprefix(_CLUSTER).split(","))
    for url in urls:
        parts = _parts(url)
        if parts.username or parts.password:
            raise InvalidParameter(
                "an address with a password in it would be kept and shown",
                where="--index",
                advice=f"Leave it out, and set {INDEX}_USER and {INDEX}_PASSWORD",
            )
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _no_address(url)
        if parts.query or parts.fragment:
            raise InvalidParameter(
                "an address of a node has nothing behind `?` or `#`, which would be kept and shown",
                where="--index",
                advice=_ADVICE,
            )
        secret = given.get(f"{INDEX}_USER") or given.get(f"{INDEX}_KEY")
        if secret and parts.scheme == "http" and parts.hostname not in _HERE:
            raise InvalidParameter(
                "a password would be sent in the clear to another machine",
                where="--index",
                advice="Write https, or ask without a password",
            )
    _check_secrets(given)
    return Cluster(
        urls,
        collection,
        user=given.get(f"{INDEX}_USER", ""),
        password=given.get(f"{INDEX}_PASSWORD", ""),
        key=given.get(f"{INDEX}_KEY", ""),
        authority=given.get(f"{INDEX}_CA", ""),
    )


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # which is read only now
    except ValueError:
        raise _no_address(url) from None
    return parts


def _no_address(url: str) -> InvalidParameter:
    shown = url.rpartition("@")[2]  # what is before it may be a password
    return InvalidParameter(f"{shown!r} is no address of a node", where="--index", advice=_ADVICE)


def _check_secrets(given: Mapping[str, str]) -> None:
    """Says what no request can carry, and never what it is."""
    key, user = given.get(f"{INDEX}_KEY", ""), given.get(f"{INDEX}_USER", "")
    if not (key.isascii() and key.isprintable()):
        raise InvalidParameter(
            "a key has letters without accents, digits and signs, on one line",
            where=f"{INDEX}_KEY",
            advice="Set it to what the cluster gave, without a line break at its end",
        )
    if ":" in user:
        raise InvalidParameter("a user has no colon in its name", where=f"{INDEX}_USER")
    authority = given.get(f"{INDEX}_CA", "")
    if authority and not Path(authority).is_file():
        raise InvalidParameter(
            f"there is no file {authority!r}",
            where=f"{INDEX}_CA",
            advice="Name a file with the certificates that those of the nodes are checked by",
        )
