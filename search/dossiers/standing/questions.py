"""Standing question: a question kept under a name, with what it found when it was looked at last.

New is what was not found before, whenever it was published: old material that was collected today
is news. What was found is remembered, not when, so that neither clocks nor the time between taking
an article in and indexing it can hide one. Kept as lines that are only added, see
`corpus.store.lines`: each look adds what came, what changed and what left.

What is otherwise than at an earlier time that somebody names is found in `since`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from corpus.errors import DossierError, DossierNotFound
from corpus.store import lines
from corpus.store.lines import DamagedLine, Line
from indexer.document import IndexDocument
from search.dossiers.replay import later_than
from search.request import SearchRequest
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit

MAX_FOUND = 10_000
"""Articles of one question; a broader one is no question to be told about."""
MAX_NAME = 200
"""Characters of a name; addresses ask for it."""


class _Base(msgspec.Struct, frozen=True, kw_only=True, tag_field="action", tag=str.lower):
    who: str
    when: str
    name: str


class Keep(_Base, frozen=True, kw_only=True):
    """`given` holds the options of the command, by name."""

    query: str
    given: dict[str, Any]


class Drop(_Base, frozen=True, kw_only=True):
    """The question is asked no more."""


class Rename(_Base, frozen=True, kw_only=True):
    """The question is called otherwise; what was seen of it stays seen."""

    to: str


class Look(_Base, frozen=True, kw_only=True):
    """What was found otherwise than the time before; `found` has the version of each article."""

    generation: str
    found: dict[str, int]
    left: tuple[str, ...] = ()


_Step: TypeAlias = Keep | Drop | Rename | Look
_DECODER: msgspec.json.Decoder[_Step] = msgspec.json.Decoder(_Step)


@dataclass(slots=True)
class Standing:
    """One kept question.

    Attributes:
        looks: what each look found otherwise than the one before it, in the order of time.
    """

    name: str
    query: str
    given: dict[str, Any]
    looks: list[Look] = field(default_factory=list)

    @property
    def looked(self) -> str:
        """When it was looked at last; empty before the first time."""
        return self.looks[-1].when if self.looks else ""

    def seen(self, before: str = "") -> dict[str, int]:
        """The version of each article that it found when it was looked at last.

        Args:
            before: last before this time, as lines have it.
        """
        found: dict[str, int] = {}
        for look in self.looks:
            if before and look.when >= before:
                break
            for one in look.left:
                found.pop(one, None)
            found |= look.found
        return found


@dataclass(frozen=True, slots=True)
class News:
    """What is otherwise than before.

    Attributes:
        came, changed: articles that were not found then, or in another version.
        left: ids of articles that are found no more.
        since: with what it was compared: a generation, or a time; empty where it is the last look.
        left_since: the generation, or the time of the look, by which it is known what was found
            then; empty where nothing tells, so that what left is not known.
    """

    generation: str
    came: tuple[IndexDocument, ...]
    changed: tuple[IndexDocument, ...]
    left: tuple[str, ...]
    since: str = ""
    left_since: str = ""

    def __bool__(self) -> bool:
        return bool(self.came or self.changed or self.left)


def load(path: Path) -> tuple[dict[str, Standing], list[DamagedLine]]:
    """The kept questions by their names, and lines that were set aside.

    Raises:
        StorageError: the file cannot be read.
    """
    found, damaged = lines.read(path)
    steps: list[_Step] = []
    for line in found:
        try:
            steps.append(_DECODER.decode(line.body))
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            damaged.append(DamagedLine.of(line, f"is no step of a question: {error}"))
    kept: dict[str, Standing] = {}
    for step in sorted(steps, key=lambda one: one.when):
        _take(step, kept)
    return kept, damaged


def _take(step: _Step, kept: dict[str, Standing]) -> None:
    match step:
        case Keep():
            kept[step.name] = Standing(step.name, step.query, step.given)
        case Drop():
            kept.pop(step.name, None)
        case Rename() if step.name in kept and step.to not in kept:
            kept[step.to] = kept.pop(step.name)
            kept[step.to].name = step.to
        case Look() if step.name in kept:
            kept[step.name].looks.append(step)
        case _:
            pass


def keep(path: Path, who: str, name: str, query: str, given: dict[str, Any]) -> None:
    """Keeps a question under a name; one that is kept so already stays as it is.

    Raises:
        DossierError: another question has the name, or it is none.
    """
    _refuse(name)
    with lines.alone(path):
        there = load(path)[0].get(name)
        if there and (there.query, there.given) == (query, given):
            return
        if there:
            raise _taken(name)
        _add(path, Keep(who=who, when=later_than(_last(path)), name=name, query=query, given=given))


def _refuse(name: str) -> None:
    """
    Raises:
        DossierError: it is no name.
    """
    if not name.strip() or not name.isprintable():
        raise DossierError("a question is kept under a name", advice="Give it some letters")
    if len(name) > MAX_NAME:
        raise DossierError(
            f"the name has {len(name)} characters", advice=f"Give it {MAX_NAME} at most"
        )


def _taken(name: str) -> DossierError:
    return DossierError(
        f"There is a question {name!r} already", advice="Drop it first, or choose another name"
    )


def rename(path: Path, who: str, name: str, to: str) -> None:
    """Calls a question otherwise; what was seen of it stays seen.

    Raises:
        DossierNotFound: there is none with this name.
        DossierError: another question has the new name, or it is none.
    """
    _refuse(to)
    with lines.alone(path):
        kept = load(path)[0]
        named(kept, name)
        if name == to:
            return
        if to in kept:
            raise _taken(to)
        _add(path, Rename(who=who, when=later_than(_last(path)), name=name, to=to))


def drop(path: Path, who: str, name: str) -> None:
    """Asks a question no more.

    Raises:
        DossierNotFound: there is none with this name.
    """
    with lines.alone(path):
        named(load(path)[0], name)
        _add(path, Drop(who=who, when=later_than(_last(path)), name=name))


def named(kept: dict[str, Standing], name: str) -> Standing:
    """The question with a name.

    Raises:
        DossierNotFound: there is none.
    """
    if name not in kept:
        raise DossierNotFound(
            f"There is no question {name!r}", advice="`dispatches watch list` names them"
        )
    return kept[name]


def news(standing: Standing, request: SearchRequest, index: OpenIndex) -> News:
    """What a question finds otherwise than at the last look.

    Raises:
        DossierError: it finds too much to be told about.
    """
    seen = standing.seen()
    return compared(found(standing, request, index), seen, seen, index, left_since=standing.looked)


def found(standing: Standing, request: SearchRequest, index: OpenIndex) -> list[IndexDocument]:
    """All that a question finds in a generation.

    Raises:
        DossierError: it finds too much to be told about.
    """
    documents = [hit.document for hit in every_hit(request, index, limit=MAX_FOUND + 1)]
    if len(documents) > MAX_FOUND:
        raise DossierError(
            f"The question {standing.name!r} finds more than {MAX_FOUND:,} articles",
            advice="Narrow it, and keep it anew",
        )
    return documents


def compared(
    documents: Sequence[IndexDocument],
    there: Mapping[str, int],
    before: Collection[str],
    index: OpenIndex,
    *,
    since: str = "",
    left_since: str = "",
) -> News:
    """What is otherwise.

    Args:
        documents: what is found now.
        there: the version of each article that was there before.
        before: what was found before.
    """
    return News(
        index.generation.name,
        came=tuple(one for one in documents if one.article_id not in there),
        changed=tuple(
            one for one in documents if there.get(one.article_id, one.version) != one.version
        ),
        left=tuple(sorted({*before} - {one.article_id for one in documents})),
        since=since,
        left_since=left_since,
    )


def looked(path: Path, who: str, standing: Standing, told: News) -> None:
    """Remembers what was told, so that it is not told again.

    Raises:
        StorageError: it could not be written, and will be told again.
    """
    with lines.alone(path):
        look = Look(
            who=who,
            when=later_than(_last(path)),
            name=standing.name,
            generation=told.generation,
            found={one.article_id: one.version for one in (*told.came, *told.changed)},
            left=told.left,
        )
        _add(path, look)


def _last(path: Path) -> str:
    """The time of the latest line."""
    times = [_time(line) for line in lines.read(path)[0]]
    return max(times, default="")


def _time(line: Line) -> str:
    try:
        return _DECODER.decode(line.body).when
    except (msgspec.ValidationError, msgspec.DecodeError):
        return ""


def _add(path: Path, step: _Step) -> None:
    lines.add(path, [msgspec.json.encode(step).decode()])
