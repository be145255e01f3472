"""Part: what of a collection do some people see? An index of all articles but some.

Whoever may not see some articles is answered from an index that was built without them. So no
count, no suggestion, no score and no name can tell of them: what was left out was never there. Each
set of hidden articles is one folder, named by them, with generations of its own; the catalogue,
the decisions and the analyses of single articles are those of the collection.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection
from dataclasses import replace

from corpus.errors import IndexCorrupt
from corpus.home import PRIVATE_FILE, PRIVATE_FOLDER, Home, sync

_DIGITS = 16


def part_without(home: Home, hidden: Collection[str]) -> Home:
    """The part that leaves some articles out, whether or not it was made; `home` for none."""
    return replace(home, part=_name(hidden) if hidden else "")


def parts(home: Home) -> list[Home]:
    """Every part of a collection, whether or not it has an index yet.

    A folder that does not say what it leaves out was half made, or half taken away, when whoever
    did so was killed. It is none; `define` makes it one, `drop_all_but` takes it away.
    """
    return [part for part in _folders(home) if part.hidden.exists()]


def folders(home: Home) -> int:
    """How many folders of parts there are, with those of which half is there."""
    return len(_folders(home))


def _folders(home: Home) -> list[Home]:
    if not home.parts.is_dir():
        return []
    return [replace(home, part=one.name) for one in sorted(home.parts.iterdir()) if one.is_dir()]


def define(home: Home, hidden: Collection[str]) -> Home:
    """Has a part, which the next rebuild makes an index of, leave some articles out."""
    part = part_without(home, hidden)
    if not part.hidden.exists():
        part.hidden.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        draft = part.hidden.with_suffix(".new")
        draft.write_text(json.dumps(sorted(hidden)), encoding="utf-8")
        draft.chmod(PRIVATE_FILE)
        sync(draft)
        draft.replace(part.hidden)
    return part


def hidden_in(home: Home) -> frozenset[str]:
    """Which articles a part leaves out; none where `home` is that of all.

    Raises:
        IndexCorrupt: what says so is not there, or is something else.
    """
    if not home.part:
        return frozenset()
    try:
        found = frozenset(json.loads(home.hidden.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        found = frozenset()
    if _name(found) != home.part:
        raise IndexCorrupt(
            "the list of articles that a part leaves out is damaged",
            where=str(home.hidden),
            advice="Remove its folder, and run `dispatches restrict` for the parts to be made anew",
        )
    return found


def drop_all_but(home: Home, kept: Collection[Home]) -> None:
    """Removes the parts that nobody needs any more."""
    for part in _folders(home):
        if part not in kept:
            part.hidden.unlink(missing_ok=True)  # first: half of a part is none, see `parts`
            shutil.rmtree(home.parts / part.part)


def _name(hidden: Collection[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hidden)).encode()).hexdigest()[:_DIGITS]
