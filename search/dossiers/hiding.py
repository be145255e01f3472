"""Hiding: what do dossiers, questions and citations hold for somebody who may not see all articles?

What they would hold had those articles never been taken in, as far as it can be told: a change of
a dossier that is about hidden articles alone was never made, one that is about others too was
made for these. What people wrote in their own words, names and notes of dossiers, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from corpus.errors import DossierNotFound
from search.dossiers.changes import (
    Add,
    Change,
    Kept,
    Mark,
    Move,
    Note,
    Quote,
    Remove,
    Rewrite,
    Tag,
    Undo,
    Untag,
)
from search.dossiers.citing import Citation
from search.dossiers.replay import Dossiers
from search.dossiers.standing.questions import Standing


def dossiers_without(dossiers: Dossiers, hidden: Collection[str]) -> Dossiers:
    """The dossiers as they would be without some articles."""
    return Dossiers(_shown(dossiers, frozenset(hidden)), dossiers.damaged)


def standing_without(standing: Standing, hidden: Collection[str]) -> Standing:
    """A question, as if it had never found some articles."""
    looks = [
        msgspec.structs.replace(
            look,
            found={one: version for one, version in look.found.items() if one not in hidden},
            left=tuple(one for one in look.left if one not in hidden),
        )
        for look in standing.looks
    ]
    return Standing(standing.name, standing.query, standing.given, looks)


def shown_citation(cited: Citation, hidden: Collection[str], *, part: str) -> Citation:
    """A citation that holds nothing hidden.

    Args:
        part: the one that leaves these articles out. An answer of another may count what is not
            listed in it.

    Raises:
        DossierNotFound: it holds something hidden, or may count it.
    """
    listed = {one.id for one in cited.articles}
    whole = len(cited.articles) == cited.total
    if listed & set(hidden) or (hidden and not whole and cited.part != part):
        raise DossierNotFound(
            f"No citation is kept under {cited.id!r}", advice="Look at the address again"
        )
    return cited


def _shown(dossiers: Dossiers, hidden: frozenset[str]) -> Iterator[Kept]:
    gone: set[str] = set(hidden)  # articles, and passages, notes and changes that are about them
    for one in dossiers.log:
        change = _change_without(one.change, gone)
        if change is None:
            gone.add(one.id)
        else:
            yield one if change is one.change else msgspec.structs.replace(one, change=change)


def _change_without(change: Change, gone: Collection[str]) -> Change | None:
    match change:
        case Add():
            references = tuple(one for one in change.articles if one.id not in gone)
            if len(references) == len(change.articles):
                return change
            return msgspec.structs.replace(change, articles=references) if references else None
        case Remove() | Tag() | Untag() | Mark():
            ids = tuple(one for one in change.articles if one not in gone)
            if len(ids) == len(change.articles):
                return change
            return msgspec.structs.replace(change, articles=ids) if ids else None
        case Move() if change.after in gone:
            return None  # where it came to stand cannot be said without what it stands behind
        case _:
            return None if _subject(change) in gone else change


def _subject(change: Change) -> str:
    """The one thing that a change is about; empty for a dossier."""
    match change:
        case Quote():
            return change.passage.article
        case Note():
            return change.about
        case Rewrite():
            return change.note
        case Move():
            return change.article
        case Undo():
            return change.change
        case _:
            return ""
