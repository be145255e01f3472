"""Doctor: what is wrong here? This installation, this machine, and the files of one collection.

Nothing is changed, and no question asked of anybody else. What keeps something from working is a
trouble, and says what to do; what one may want to know, and can live with, is a note.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import DispatchesError, NoIndex
from corpus.home import RESTORING, Home, exposed
from corpus.store import Catalogue
from indexer.generations.publishing import Generations
from webui.access import restrictions, store
from webui.server.upkeep.findings import Finding, State
from webui.server.upkeep.surroundings import surroundings

_SHOWN = 5


def examined(home: Home) -> Iterator[Finding]:
    """Looks at everything, one finding after the other."""
    yield from surroundings(home)
    yield from _collection(home)


def _collection(home: Home) -> Iterator[Finding]:
    if not home.path.exists():
        yield Finding(
            "collection",
            State.NOTE,
            f"there is none in {home.path} yet",
            "Run `dispatches add FOLDER`, or name another with --home",
        )
        return
    yield _permissions(home)
    yield _ownership(home)
    yield from _left_behind(home)
    yield _catalogue(home)
    yield _index(home)
    if home.people.exists():
        yield _people(home)
    if home.restrictions.exists() or home.parts.exists():
        yield _restrictions(home)


def _permissions(home: Home) -> Finding:
    found = exposed(home)
    if not found:
        return Finding("permissions", State.FINE, "closed to other users of this machine")
    names = [str(path) for path in found[:_SHOWN]]
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    return Finding(
        "permissions",
        State.TROUBLE,
        f"others on this machine may read or change {', '.join(names)}{more}",
        f"Run `chmod -R go= {home.path}`",
    )


def _ownership(home: Home) -> Finding:
    closed = [
        path for path in (home.path, *home.kept) if path.exists() and not os.access(path, os.W_OK)
    ]
    others = [path for path in (home.path, *home.kept) if path.exists() and not _is_mine(path)]
    if not closed and not others:
        return Finding("ownership", State.FINE, "yours to write")
    if closed:
        return Finding(
            "ownership",
            State.NOTE,
            f"{closed[0]} may not be written, so that nothing can be added here",
            "Run as the user whose collection it is, if you want to add to it",
        )
    return Finding(
        "ownership",
        State.TROUBLE,
        f"{others[0]} belongs to user {others[0].stat().st_uid}, whose commands may be refused",
        f"Run commands as one user, and `chown -R` {home.path} to that one",
    )


def _is_mine(path: Path) -> bool:
    return path.stat().st_uid == os.geteuid()


def _left_behind(home: Home) -> Iterator[Finding]:
    """What killed commands left. Locks end with their processes, but for what they were about."""
    wrong = 0
    if (home.path / RESTORING).exists():
        wrong += 1
        yield Finding(
            "left behind",
            State.TROUBLE,
            f"a backup was brought back into {home.path} in part only",
            "Run the same `dispatches restore` again; it goes on where it was cut off",
        )
    drafts = [
        *home.index.glob(".draft*"),
        *home.index.glob(".gone-*"),
        *home.index.glob(".current"),
    ]
    if drafts and _is_held(home.index / ".lock"):
        yield Finding("left behind", State.FINE, "nothing; an index is being built right now")
        return
    if drafts:
        wrong += 1
        yield Finding(
            "left behind",
            State.TROUBLE,
            f"{drafts[0]} is of a rebuild that was killed, and takes room",
            "Run `dispatches rebuild`, which removes it",
        )
    if not wrong:
        yield Finding("left behind", State.FINE, "nothing by commands that were killed")


def _is_held(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _catalogue(home: Home) -> Finding:
    try:
        with Catalogue.open(home, readonly=True) as catalogue:
            return Finding("catalogue", State.FINE, f"{catalogue.counts().articles:,} articles")
    except DispatchesError as error:
        return Finding("catalogue", State.TROUBLE, error.what, error.advice)


def _index(home: Home) -> Finding:
    """Whether it opens; `dispatches verify` reads every byte of it."""
    from webui.collection import open_collection  # noqa: PLC0415 - as above

    try:
        generation = Generations(home.index).current()
        with open_collection(home).index() as index:
            index.article_ids[:1]
    except NoIndex as error:
        return Finding("index", State.NOTE, error.what, error.advice)
    except DispatchesError as error:
        return Finding("index", State.TROUBLE, f"{error.where}: {error.what}", error.advice)
    return Finding("index", State.FINE, f"generation {generation.name}")


def _people(home: Home) -> Finding:
    try:
        store.check(home.people)
    except DispatchesError as error:
        return Finding("people", State.TROUBLE, error.what, error.advice)
    return Finding("people", State.FINE, "must sign in")


def _restrictions(home: Home) -> Finding:
    try:
        carried_out = restrictions.carried_out(home)
    except DispatchesError as error:
        return Finding("restrictions", State.TROUBLE, error.what, error.advice)
    if carried_out:
        return Finding("restrictions", State.FINE, "are carried out")
    return Finding(
        "restrictions",
        State.TROUBLE,
        "what was said last is not carried out, so that some people may be answered nothing",
        "Run `dispatches restrict`, which makes the indexes that are missing",
    )
