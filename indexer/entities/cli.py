"""`dispatches entities`: who is in the collection, and what people have decided about them."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypedDict, Unpack

import click

from corpus.errors import DecisionError, EntityNotFound, InvalidParameter
from corpus.home import Home
from corpus.terminal import home_option, json_option, print_json, reports_errors
from indexer.entities.authority import Authority, append
from indexer.entities.corpus_names import entity_id_for
from indexer.entities.decisions import Action, Decision
from indexer.entities.directory import Directory, open_directory
from indexer.entities.merging import FACET_KINDS
from indexer.entities.spelling import plain
from indexer.entities.suggestions import suggest
from indexer.entities.types import Entity, EntityKind
from indexer.generations import Generations

_EVERYTHING = 1_000_000
_KINDS = click.Choice([kind.value for kind in FACET_KINDS])


@click.group("entities")
def entities_group() -> None:
    """Look up people, organizations and places; decide which names mean the same.

    ENTITY is an id or a name. Decisions are kept in decisions.jsonl of the collection, one line
    each, and count from the next `dispatches rebuild` on.
    """


@contextmanager
def _directory(home: Home) -> Iterator[Directory]:
    directory = open_directory(Generations(home.index).current().path / "entities.sqlite")
    try:
        yield directory
    finally:
        directory.close()


def _one(directory: Directory, name: str) -> Entity:
    """The one entity that `name` means.

    Raises:
        EntityNotFound: it means none. InvalidParameter: it may mean several.
    """
    found = directory.resolve(name)
    if not found:
        raise EntityNotFound(
            f"Nothing is called {name!r} in the published index",
            advice="`dispatches entities list TEXT` searches",
        )
    if len(found) > 1:
        choice = ", ".join(f"{one.entity_id} ({one.label}, {one.kind})" for one in found[:5])
        raise InvalidParameter(
            f"{name!r} may mean {len(found)} entities: {choice}",
            where="ENTITY",
            advice="Give an id",
        )
    return found[0]


@entities_group.command("list")
@click.argument("text", default="")
@click.option("--kind", type=_KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@home_option
@json_option
@reports_errors
def list_command(text: str, kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """List entities, most mentioned first; those with a name that starts so, if TEXT is given."""
    with _directory(home) as directory:
        found = directory.search(text, kind=EntityKind(kind) if kind else None, limit=limit)
    if as_json:
        print_json([asdict(entity) for entity in found])
        return
    for entity in found:
        click.echo(_line(entity))


def _line(entity: Entity) -> str:
    return f"{entity.entity_id}  {entity.kind:<6}  {entity.articles:>6}  {entity.label}"


@entities_group.command("show")
@click.argument("entity")
@home_option
@json_option
@reports_errors
def show_command(entity: str, home: Home, as_json: bool) -> None:
    """Show an entity: its names with their counts, and the decisions about it."""
    authority = Authority.load(home.decisions)
    with _directory(home) as directory:
        found = _one(directory, entity)
        names = directory.names(found.entity_id)
    decisions = authority.about(found.entity_id)
    if as_json:
        print_json(
            {
                **asdict(found),
                "names": [asdict(name) for name in names],
                "decisions": [_as_object(decision) for decision in decisions],
            }
        )
        return
    click.echo(f"{found.label}  ({found.kind}, {found.entity_id})")
    click.echo(f"{found.mentions} mentions in {found.articles} articles")
    if found.wikidata:
        click.echo(f"https://www.wikidata.org/wiki/{found.wikidata}")
    for name in names:
        click.echo(f"  {name.mentions:>6}  {name.name}")
    for decision in decisions:
        click.echo(_sentence(decision))


@entities_group.command("log")
@home_option
@json_option
@reports_errors
def log_command(home: Home, as_json: bool) -> None:
    """List every decision, oldest first; those that were undone are marked."""
    authority = Authority.load(home.decisions)
    standing = {decision.decision_id for decision in authority.standing}
    if as_json:
        print_json(
            [
                {**_as_object(decision), "stands": decision.decision_id in standing}
                for decision in authority.log
            ]
        )
        return
    for decision in authority.log:
        stands = decision.decision_id in standing or decision.action is Action.UNDO
        click.echo(_sentence(decision) + ("" if stands else "  (undone)"))


def _as_object(decision: Decision) -> dict[str, Any]:
    return {"decision_id": decision.decision_id, **asdict(decision)}


def _sentence(decision: Decision) -> str:
    labels = ", ".join(decision.labels or decision.entities)
    named = decision.value or ", ".join(decision.names)
    change = " → ".join(part for part in (labels, named) if part)
    start = f"{decision.decision_id}  {decision.when[:16]}  {decision.who}"
    return f"{start}  {decision.action}  {change}{f': {decision.why}' if decision.why else ''}"


@entities_group.command("suggest")
@click.option("--kind", type=_KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@home_option
@json_option
@reports_errors
def suggest_command(kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """Rank pairs of entities that are likely one, with the evidence. Decides nothing."""
    authority = Authority.load(home.decisions)
    with _directory(home) as directory:
        entities = directory.entities(kind=EntityKind(kind) if kind else None, limit=_EVERYTHING)
    found = suggest(entities, authority, limit=limit)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(
            f"{one.score:.2f}  {_line(one.one)}\n      {_line(one.other)}\n      {one.reason}"
        )


class _Reasons(TypedDict):
    """What every deciding command takes besides its own arguments."""

    who: str
    why: str
    evidence: tuple[str, ...]
    home: Home
    as_json: bool


def _deciding(command: Any) -> Any:
    """Adds the options of a command that decides, and reports its errors."""
    options = [
        click.option(
            "--who",
            default=getpass.getuser,
            envvar="DISPATCHES_WHO",
            show_envvar=True,
            help="Who decides.  [default: the user]",
        ),
        click.option("--why", default="", help="The reason, in your words."),
        click.option(
            "--evidence", multiple=True, help="Id or address of an article that shows it."
        ),
        home_option,
        json_option,
    ]
    command = reports_errors(command)
    for option in reversed(options):
        command = option(command)
    return command


def _decide(action: Action, entities: Sequence[str], reasons: _Reasons, **values: Any) -> None:
    home = reasons["home"]
    authority = Authority.load(home.decisions)
    found: list[Entity] = []
    if entities:
        with _directory(home) as directory:
            found = [_one(directory, name) for name in entities]
    decision = Decision(
        action=action,
        entities=tuple(entity.entity_id for entity in found),
        labels=tuple(entity.label for entity in found),
        who=reasons["who"],
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=reasons["why"],
        evidence=reasons["evidence"],
        **values,
    )
    authority.with_decision(decision)
    append(home.decisions, decision)
    if reasons["as_json"]:
        print_json(_as_object(decision))
    else:
        click.echo(_sentence(decision))
        click.echo("It counts from the next `dispatches rebuild` on.", err=True)


@entities_group.command("merge")
@click.argument("entity")
@click.argument("others", nargs=-1, required=True)
@_deciding
def merge_command(entity: str, others: tuple[str, ...], **reasons: Unpack[_Reasons]) -> None:
    """Make one of ENTITY and OTHERS. ENTITY keeps its id; the others redirect to it."""
    _decide(Action.MERGE, [entity, *others], reasons)


@entities_group.command("split")
@click.argument("entity")
@click.argument("names", nargs=-1)
@click.option("--article", "articles", multiple=True, help="What this article names so is another.")
@click.option("--label", default="", help="What to call the one that leaves.")
@_deciding
def split_command(
    entity: str, names: tuple[str, ...], articles: tuple[str, ...], label: str,
    **reasons: Unpack[_Reasons],
) -> None:  # fmt: skip
    """Take NAMES, or what some articles name so, out of ENTITY: an entity of their own."""
    with _directory(reasons["home"]) as directory:
        _refuse_names(directory, _one(directory, entity), names)
    _decide(Action.SPLIT, [entity], reasons, names=names, articles=articles, value=label)


def _refuse_names(directory: Directory, entity: Entity, names: tuple[str, ...]) -> None:
    """Raises DecisionError for names that cannot leave: not its own, or the one its id is from."""
    own = {plain(name.name): name.name for name in directory.names(entity.entity_id)}
    strange = [name for name in names if plain(name) not in own]
    if strange:
        raise DecisionError(
            f"{', '.join(strange)} is no name of {entity.label}",
            advice=f"`dispatches entities show {entity.entity_id}` lists its names",
        )
    for name in names:
        if entity_id_for(entity.kind, name) == entity.entity_id:
            raise DecisionError(
                f"{name!r} gave {entity.label} its id and cannot leave it",
                advice="Give the names of the other one instead",
            )


@entities_group.command("rename")
@click.argument("entity")
@click.argument("label")
@_deciding
def rename_command(entity: str, label: str, **reasons: Unpack[_Reasons]) -> None:
    """Show ENTITY as LABEL."""
    _decide(Action.RENAME, [entity], reasons, value=label)


@entities_group.command("distinct")
@click.argument("entity")
@click.argument("others", nargs=-1, required=True)
@_deciding
def distinct_command(entity: str, others: tuple[str, ...], **reasons: Unpack[_Reasons]) -> None:
    """Keep ENTITY and OTHERS apart, however alike their names."""
    _decide(Action.DISTINCT, [entity, *others], reasons)


@entities_group.command("kind")
@click.argument("entity")
@click.argument("kind", type=_KINDS)
@_deciding
def kind_command(entity: str, kind: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is a person, an org or a place."""
    _decide(Action.KIND, [entity], reasons, value=str(kind))


@entities_group.command("hide")
@click.argument("entity")
@_deciding
def hide_command(entity: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is none: it leaves facets and pages."""
    _decide(Action.HIDE, [entity], reasons)


@entities_group.command("alias")
@click.argument("entity")
@click.argument("name")
@_deciding
def alias_command(entity: str, name: str, **reasons: Unpack[_Reasons]) -> None:
    """Give ENTITY another NAME, in any script."""
    _decide(Action.ALIAS, [entity], reasons, value=name)


@entities_group.command("link")
@click.argument("entity")
@click.argument("wikidata")
@_deciding
def link_command(entity: str, wikidata: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is Wikidata's item WIKIDATA (Q…)."""
    _decide(Action.WIKIDATA, [entity], reasons, value=wikidata)


@entities_group.command("note")
@click.argument("entity")
@_deciding
def note_command(entity: str, **reasons: Unpack[_Reasons]) -> None:
    """Keep a remark (--why) about ENTITY. Changes nothing."""
    _decide(Action.NOTE, [entity], reasons)


@entities_group.command("undo")
@click.argument("decision")
@_deciding
def undo_command(decision: str, **reasons: Unpack[_Reasons]) -> None:
    """Take back the decision with the id DECISION, as `log` lists it."""
    _decide(Action.UNDO, [], reasons, value=decision)
