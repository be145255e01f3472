"""Standing question: a question kept under a name, with what it found when it was looked at last.

New is what was not found before, whenever it was published: old material that was collected today
is news. What was found is remembered, not when, so that neither clocks nor the time between taking
an article in and indexing it can hide one. Kept as lines that are only added, see
`corpus.store.lines`: each look adds what came, what changed and what left.
"""

from __future__ import annotations

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


class Look(_Base, frozen=True, kw_only=True):
    """What was found otherwise than the time before; `found` has the version of each article."""

    generation: str
    found: dict[str, int]
    left: tuple[str, ...] = ()


_Step: TypeAlias = Keep | Drop | Look
_DECODER: msgspec.json.Decoder[_Step] = msgspec.json.Decoder(_Step)


@dataclass(slots=True)
class Standing:
    """One kept question.

    Attributes:
        seen: the version of each article that it found when it was looked at last.
        looked: when that was; empty before the first time.
    """

    name: str
    query: str
    given: dict[str, Any]
    seen: dict[str, int] = field(default_factory=dict)
    looked: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What is otherwise than at the last look.

    Attributes:
        came, changed: articles that were not found then, or in another version.
        left: ids of articles that are found no more.
    """

    generation: str
    came: tuple[IndexDocument, ...]
    changed: tuple[IndexDocument, ...]
    left: tuple[str, ...]

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
        case Look() if step.name in kept:
            standing = kept[step.name]
            standing.seen = {
                one: version for one, version in standing.seen.items() if one not in step.left
            } | step.found
            standing.looked = step.when
        case _:
            pass


def keep(path: Path, who: str, name: str, query: str, given: dict[str, Any]) -> None:
    """Keeps a question under a name.

    Raises:
        DossierError: the name is taken, or none.
    """
    if not name.strip() or not name.isprintable():
        raise DossierError("a question is kept under a name", advice="Give it some letters")
    with lines.alone(path):
        if name in load(path)[0]:
            raise DossierError(
                f"There is a question {name!r} already",
                advice="Drop it first, or choose another name",
            )
        _add(path, Keep(who=who, when=later_than(_last(path)), name=name, query=query, given=given))


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
    documents = [hit.document for hit in every_hit(request, index, limit=MAX_FOUND + 1)]
    if len(documents) > MAX_FOUND:
        raise DossierError(
            f"The question {standing.name!r} finds more than {MAX_FOUND:,} articles",
            advice="Narrow it, and keep it anew",
        )
    now = {document.article_id for document in documents}
    return News(
        index.generation.name,
        came=tuple(one for one in documents if one.article_id not in standing.seen),
        changed=tuple(
            one
            for one in documents
            if standing.seen.get(one.article_id, one.version) != one.version
        ),
        left=tuple(sorted(set(standing.seen) - now)),
    )


def looked(path: Path, who: str, standing: Standing, told: News) -> None:
    """Remembers what was told, so that it is not told again.

    Raises:
        StorageError: it could not be written, and will be told again.
    """
    with lines.alone(path):
        found = {one.article_id: one.version for one in (*told.came, *told.changed)}
        when = later_than(_last(path))
        _add(
            path,
            Look(
                who=who,
                when=when,
                name=standing.name,
                generation=told.generation,
                found=found,
                left=told.left,
            ),
        )


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
