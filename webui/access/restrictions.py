"""Restriction: which articles may not everybody see, and who may?

Lines that are only added, see `corpus.store.lines`: the last one about an article counts. Whoever
is not signed in may see no restricted article; operators may see all. What somebody may not see is
left out of the index that answers them, see `indexer.generations.parts`. A line that is damaged
might be one that hides something, so that all but operators are refused until it is mended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from corpus.errors import InvalidParameter, NoIndex, StorageError
from corpus.home import Home
from corpus.store import lines
from corpus.store.lines import DamagedLine
from indexer.generations import parts
from indexer.generations.publishing import Generations
from webui.access import store
from webui.access.people import People, key_of
from webui.access.roles import ROLES, Role, role_of
from webui.access.tokens import Tokens

MOST = 10_000
"""Articles of one line."""


class Restrict(msgspec.Struct, frozen=True, kw_only=True, tag_field="action", tag=str.lower):
    """From then on only some may see some articles.

    Attributes:
        may: words of roles, of which each includes those above it, and names of people.
    """

    who: str
    when: str
    articles: tuple[str, ...]
    may: tuple[str, ...]


class Unrestrict(msgspec.Struct, frozen=True, kw_only=True, tag_field="action", tag=str.lower):
    """From then on everybody may see some articles."""

    who: str
    when: str
    articles: tuple[str, ...]


_DECODER: msgspec.json.Decoder[Restrict | Unrestrict] = msgspec.json.Decoder(Restrict | Unrestrict)


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What counts now.

    Attributes:
        may: who may see each restricted article.
        damaged: lines that could not be read.
    """

    may: dict[str, tuple[str, ...]]
    damaged: tuple[DamagedLine, ...] = ()

    def hidden_from(self, name: str, role: Role | None) -> frozenset[str]:
        """The articles that somebody may not see.

        Args:
            role: None for whoever is not signed in.

        Raises:
            StorageError: that cannot be told, because a line is damaged.
        """
        if role is Role.OPERATOR:
            return frozenset()
        if self.damaged:
            raise StorageError(
                "what may be shown cannot be told: a line of restrictions is damaged",
                advice="`dispatches restrict` shows it to whoever runs this collection",
            )
        return frozenset(one for one, may in self.may.items() if not _is_among(name, role, may))


def _is_among(name: str, role: Role | None, may: Iterable[str]) -> bool:
    if role is None:
        return False
    return any(role >= role_of(one) if one in ROLES else key_of(one) == key_of(name) for one in may)


def load(home: Home) -> Restrictions:
    """The restrictions of a collection.

    Raises:
        StorageError: they cannot be read, or are gone though some were carried out.
    """
    if not home.restrictions.exists() and parts.folders(home):
        raise StorageError(
            "what was restricted cannot be told: the file of restrictions is gone",
            where=str(home.restrictions),
            advice="Restore it from a backup; where nothing is to be hidden, remove the folder "
            "`parts` beside it",
        )
    found, damaged = lines.read(home.restrictions)
    may: dict[str, tuple[str, ...]] = {}
    steps = []
    for line in found:
        try:
            steps.append(_DECODER.decode(line.body))
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            damaged.append(DamagedLine.of(line, f"is no restriction: {error}"))
    for step in steps:  # as they were written: a clock may be put right in between
        for article in step.articles:
            if isinstance(step, Restrict):
                may[article] = step.may
            else:
                may.pop(article, None)
    return Restrictions(may, tuple(damaged))


_NONE = Restrictions({})


class Loaded:
    """The restrictions of a collection, read again only when their file has changed."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._kept: tuple[tuple[int, ...], Restrictions] = ((), _NONE)

    def get(self) -> Restrictions:
        """The restrictions as they are now.

        Raises:
            StorageError: see `load`.
        """
        stamp = self._stamp()
        if not stamp and not parts.folders(self._home):
            return _NONE
        if not stamp or stamp != self._kept[0]:
            self._kept = (stamp, load(self._home))
        return self._kept[1]

    def _stamp(self) -> tuple[int, ...]:
        try:
            status = self._home.restrictions.stat()
        except FileNotFoundError:
            return ()
        return (status.st_size, status.st_mtime_ns, status.st_ino)


def restrict(home: Home, who: str, articles: Sequence[str], may: Sequence[str]) -> None:
    """Has only some people see some articles, from now on.

    Args:
        may: roles, and names of people. None: operators alone.

    Raises:
        InvalidParameter: one of them is no role and nobody's name.
    """
    may = [*dict.fromkeys(may)] or [Role.OPERATOR.word]
    names = [one for one in may if one not in ROLES]
    if names and store.is_kept(home.people):
        with store.reading(home.people) as database:
            for name in names:
                People(database).find(name)
    elif names:
        raise InvalidParameter(
            f"{names[0]!r} is no role, and nobody has a name here",
            where="--to",
            advice=f"Give one of {', '.join(ROLES)}, or begin with `dispatches people add`",
        )
    for start in range(0, len(articles), MOST):
        part = tuple(articles[start : start + MOST])
        _add(home.restrictions, Restrict(who=who, when=_now(), articles=part, may=tuple(may)))


def unrestrict(home: Home, who: str, articles: Sequence[str]) -> None:
    """Lets everybody see some articles again."""
    for start in range(0, len(articles), MOST):
        part = tuple(articles[start : start + MOST])
        _add(home.restrictions, Unrestrict(who=who, when=_now(), articles=part))


def _add(path: Path, step: Restrict | Unrestrict) -> None:
    with lines.alone(path):
        lines.add(path, [msgspec.json.encode(step).decode()])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def carry_out(home: Home) -> int:
    """Makes the parts that somebody needs now, and drops those that nobody does.

    Returns:
        How many there are.

    Raises:
        StorageError: see `load` and `indexer.pipeline.rebuild`.
    """
    # Imported here: other commands about people need none of what builds an index.
    from indexer.pipeline import rebuild  # noqa: PLC0415

    needed = [parts.define(home, hidden) for hidden in _sets(home)]
    try:
        Generations(home.index).current()
    except NoIndex:
        pass  # the first rebuild makes them too
    else:
        if needed:
            rebuild(home, trusting=True)
    parts.drop_all_but(home, needed)
    return len(needed)


def carried_out(home: Home) -> bool:
    """Whether everybody who may be answered is: with the part that they need, if it is one.

    Raises:
        StorageError: see `load`.
    """
    if not Generations(home.index).pointer.exists():
        return True  # the first rebuild makes them
    needed = [parts.part_without(home, hidden) for hidden in _sets(home)]
    return all(one.hidden.exists() and Generations(one.index).pointer.exists() for one in needed)


def _sets(home: Home) -> list[frozenset[str]]:
    """What may not be seen by those who may be answered, where it is anything."""
    found = load(home)
    sets = {found.hidden_from(name, role) for name, role in _askers(home)} - {frozenset()}
    return sorted(sets, key=sorted)


def _askers(home: Home) -> Collection[tuple[str, Role | None]]:
    """Everybody who may be answered, each with the roles in which they may ask."""
    if not store.is_kept(home.people):
        return [("", None)]
    with store.reading(home.people) as database:
        people = {one.key: one for one in People(database).all() if not one.disabled}
        askers = {(one.name, one.role) for one in people.values()}
        for token in Tokens(database).all():
            person = people.get(key_of(token.person))
            if person is not None and token.state == "good":
                askers.add((person.name, min(person.role, token.role)))
    return askers
