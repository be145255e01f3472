"""Replay: what do the dossiers hold now? All changes that count, made one after the other.

Changes are made in the order of their times, whatever the order of their lines, so that files
joined by git come to the same. A change that has nothing left to change (what it concerns is in
no line, or was undone) comes to nothing; it is no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.errors import DossierError, DossierNotFound, InvalidParameter
from corpus.store import lines
from corpus.store.lines import DamagedLine, Line
from search.dossiers.changes import (
    MAX_ARTICLES,
    Add,
    Change,
    Create,
    Kept,
    Mark,
    Move,
    Note,
    Passage,
    Quote,
    Reference,
    Remove,
    Rename,
    Rewrite,
    SetStatus,
    State,
    Status,
    Tag,
    Undo,
    Untag,
    kept,
)


@dataclass(slots=True)
class KeptNote:
    """A note; Markdown, shown as it was typed.

    Attributes:
        about: an article or a passage; the dossier itself when empty.
        who, when: of its last wording.
    """

    note_id: str
    about: str
    text: str
    who: str
    when: str


@dataclass(slots=True)
class KeptPassage:
    """A passage that was picked out of an article."""

    passage_id: str
    passage: Passage
    who: str
    when: str


@dataclass(slots=True)
class Item:
    """An article of a dossier, with what was done with it there."""

    reference: Reference
    who: str
    when: str
    state: State = State.UNREAD
    tags: list[str] = field(default_factory=list)
    passages: list[KeptPassage] = field(default_factory=list)

    @property
    def article_id(self) -> str:
        return self.reference.id


@dataclass(slots=True)
class Dossier:
    """One dossier as it stands.

    Attributes:
        who, when: who created it, and when. changed: when it was changed last.
        items: by article, in their order.
        taken_out: articles that were removed, should they come back.
    """

    dossier_id: str
    name: str
    who: str
    when: str
    changed: str
    status: Status = Status.OPEN
    tags: list[str] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    taken_out: dict[str, Item] = field(default_factory=dict)
    written: dict[str, KeptNote] = field(default_factory=dict)

    def notes(self, about: str = "") -> list[KeptNote]:
        """Those about an article, a passage, or the dossier itself, oldest first."""
        return [note for note in self.written.values() if note.about == about]

    def passage(self, passage_id: str) -> KeptPassage | None:
        """A passage of an article that is in the dossier."""
        for item in self.items.values():
            for one in item.passages:
                if one.passage_id == passage_id:
                    return one
        return None


class Dossiers:
    """All dossiers of a collection, and every change that led to them.

    Attributes:
        log: the changes in the order in which they were made, undone ones and undos too.
        damaged: lines that were set aside.
        version: another one whenever a change was added.
    """

    def __init__(self, log: Iterable[Kept] = (), damaged: Sequence[DamagedLine] = ()) -> None:
        self.log = tuple(sorted(log, key=lambda one: (one.change.when, one.id)))
        self.damaged = tuple(damaged)
        self.undone = _undone(self.log)
        self.version = f"{len(self.log)}-{self.log[-1].id}" if self.log else ""
        self._dossiers: dict[str, Dossier] = {}
        for one in self.log:
            if one.id not in self.undone:
                self._make(one)

    def all(self) -> list[Dossier]:
        """Every dossier, the one changed last first."""
        return sorted(self._dossiers.values(), key=lambda one: one.changed, reverse=True)

    def open(self) -> list[Dossier]:
        """Those that take something, the one changed last first."""
        return [one for one in self.all() if one.status is Status.OPEN]

    def dossier(self, name: str) -> Dossier:
        """The dossier with an id or a name.

        Raises:
            DossierNotFound: there is none. InvalidParameter: the name is that of several.
        """
        found = self._dossiers.get(name)
        if found is not None:
            return found
        named = [one for one in self._dossiers.values() if _same(one.name, name)]
        if not named:
            raise DossierNotFound(
                f"There is no dossier {name!r}", advice="`dispatches dossier list` names them"
            )
        if len(named) > 1:
            ids = ", ".join(one.dossier_id for one in named)
            raise InvalidParameter(
                f"{name!r} is the name of {len(named)} dossiers: {ids}",
                where="dossier",
                advice="Give an id",
            )
        return named[0]

    def of(self, dossier_id: str) -> list[Kept]:
        """Every change of one dossier, its creation and what was undone too."""
        return [one for one in self.log if dossier_id in (one.change.dossier, one.id)]

    def holding(self, article_id: str) -> list[Dossier]:
        """The dossiers that an article is in, the one changed last first."""
        found = [one for one in self._dossiers.values() if article_id in one.items]
        return sorted(found, key=lambda one: one.changed, reverse=True)

    def refuse(self, change: Change) -> None:
        """Raises an error of a person who asks for a change that would come to nothing.

        Raises:
            DossierNotFound: what it concerns is not there.
            DossierError: the dossier is closed or full, or has a namesake.
        """
        match change:
            case Create():
                self._refuse_namesake(change.name)
                return
            case Undo():
                if change.change not in {one.id for one in self.log} - self.undone:
                    raise DossierNotFound(
                        f"There is no change {change.change} that counts",
                        advice="`dispatches dossier log` lists them",
                    )
                return
            case _:
                dossier = self.dossier(change.dossier)
        if dossier.status is Status.CLOSED and not isinstance(change, SetStatus):
            raise DossierError(
                f"The dossier {dossier.name!r} is closed", advice="Set its status to open first"
            )
        if isinstance(change, Rename):
            self._refuse_namesake(change.name, but=dossier)
        missing = [
            one
            for one in _concerned(change)
            if one not in dossier.items and not _is_about(one, dossier)
        ]
        if missing:
            raise DossierNotFound(
                f"{', '.join(missing[:5])} is not in the dossier {dossier.name!r}",
                advice="Add it first",
            )
        if isinstance(change, Add):
            added = {one.id for one in change.articles} - set(dossier.items)
            if len(dossier.items) + len(added) > MAX_ARTICLES:
                raise DossierError(
                    f"A dossier holds {MAX_ARTICLES:,} articles at most",
                    advice="Narrow the result, or begin another dossier",
                )

    def _refuse_namesake(self, name: str, but: Dossier | None = None) -> None:
        if any(_same(one.name, name) for one in self._dossiers.values() if one is not but):
            raise DossierError(f"There is a dossier {name!r} already", advice="Choose another name")

    def _make(self, one: Kept) -> None:
        change = one.change
        if isinstance(change, Create):
            self._dossiers[one.id] = Dossier(
                one.id, change.name, change.who, change.when, changed=change.when
            )
            return
        dossier = self._dossiers.get(change.dossier)
        if dossier is None:
            return
        dossier.changed = change.when
        match change:
            case Rename():
                dossier.name = change.name
            case SetStatus():
                dossier.status = change.status
            case Note():
                dossier.written[one.id] = KeptNote(
                    one.id, change.about, change.text, change.who, change.when
                )
            case Rewrite():
                note = dossier.written.get(change.note)
                if note is not None:
                    note.text, note.who, note.when = change.text, change.who, change.when
            case Add() | Remove() | Move():
                _gather(dossier, change)
            case _:
                _say(dossier, one)


def _gather(dossier: Dossier, change: Add | Remove | Move) -> None:
    """Which articles are in a dossier, in which order."""
    items = dossier.items
    match change:
        case Add():
            for reference in change.articles:
                if reference.id not in items:
                    before = dossier.taken_out.pop(reference.id, None)
                    items[reference.id] = before or Item(reference, change.who, change.when)
        case Remove():
            for article_id in change.articles:
                if article_id in items:
                    dossier.taken_out[article_id] = items.pop(article_id)
        case Move():
            _move(dossier, change)


def _say(dossier: Dossier, one: Kept) -> None:
    """What is said of articles that are in a dossier."""
    change = one.change
    match change:
        case Quote():
            item = dossier.items.get(change.passage.article)
            if item is not None:
                item.passages.append(KeptPassage(one.id, change.passage, change.who, change.when))
        case Tag() | Untag():
            holders = [dossier.items[name] for name in change.articles if name in dossier.items]
            for holder in holders if change.articles else [dossier]:
                _tag(holder.tags, change)
        case Mark():
            for article_id in change.articles:
                if article_id in dossier.items:
                    dossier.items[article_id].state = change.state
        case _:
            pass


def _tag(tags: list[str], change: Tag | Untag) -> None:
    for tag in change.tags:
        if isinstance(change, Untag):
            tags[:] = [one for one in tags if not _same(one, tag)]
        elif not any(_same(one, tag) for one in tags):
            tags.append(tag)


def _move(dossier: Dossier, change: Move) -> None:
    if change.article not in dossier.items or change.article == change.after:
        return
    order = [name for name in dossier.items if name != change.article]
    if change.after and change.after not in order:
        return
    place = order.index(change.after) + 1 if change.after else 0
    order.insert(place, change.article)
    dossier.items = {name: dossier.items[name] for name in order}


def _concerned(change: Change) -> list[str]:
    """What must be in the dossier for a change to come to something."""
    match change:
        case Remove() | Tag() | Untag() | Mark():
            return list(change.articles)
        case Quote():
            return [change.passage.article]
        case Note():
            return [change.about] if change.about else []
        case Rewrite():
            return [change.note]
        case Move():
            return [name for name in (change.article, change.after) if name]
        case _:
            return []


def _is_about(name: str, dossier: Dossier) -> bool:
    return name in dossier.written or dossier.passage(name) is not None


def _undone(log: Sequence[Kept]) -> frozenset[str]:
    """Ids of what was undone; an undo comes later than what it undoes, so the last comes first."""
    undone: set[str] = set()
    for one in reversed(log):
        if isinstance(one.change, Undo) and one.id not in undone:
            undone.add(one.change.change)
    return frozenset(undone)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def load(path: Path) -> Dossiers:
    """The dossiers of a file; a missing one has none.

    Raises:
        StorageError: the file cannot be read.
    """
    return _read(*lines.read(path))


class Loaded:
    """The dossiers of a file, read again only when it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: tuple[tuple[int, ...], Dossiers] = ((), Dossiers())

    def get(self) -> Dossiers:
        """The dossiers as they are now; shared, so not to be changed.

        Raises:
            StorageError: the file cannot be read.
        """
        stamp = self._stamp()
        if stamp != self._kept[0]:
            self._kept = (stamp, load(self._path))
        return self._kept[1]

    def _stamp(self) -> tuple[int, ...]:
        """What changes when the file does; lines are only added, so its size alone would do."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return ()
        return (status.st_size, status.st_mtime_ns, status.st_ino)


def _read(found: Iterable[Line], damaged: Iterable[DamagedLine]) -> Dossiers:
    aside = [*damaged]
    log = []
    for line in found:
        try:
            log.append(kept(line))
        except DossierError as error:
            aside.append(DamagedLine.of(line, error.what))
    return Dossiers(log, sorted(aside, key=lambda one: one.number))


def later_than(when: str) -> str:
    """Now, or just after a time that is ahead of this machine's clock."""
    now = datetime.now(UTC)
    if when:
        now = max(now, datetime.fromisoformat(when) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")
