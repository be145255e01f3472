"""`dispatches entities`: who is in the collection, and what people have decided about them."""

from __future__ import annotations

from dataclasses import asdict

import click

from corpus.home import Home
from corpus.terminal import home_option, json_option, print_json, reports_errors
from indexer.entities.authority import Authority
from indexer.entities.decisions import Action
from indexer.entities.decisions_cli import DECIDING
from indexer.entities.lookup import KINDS, as_object, as_sentence, only_one, published_directory
from indexer.entities.suggestions import suggest
from indexer.entities.types import Entity, EntityKind

_EVERYTHING = 1_000_000


@click.group("entities")
def entities_group() -> None:
    """Look up people, organizations and places; decide which names mean the same.

    ENTITY is an id or a name. Decisions are kept in decisions.jsonl of the collection, one line
    each, and count from the next `dispatches rebuild` on.
    """


@entities_group.command("list")
@click.argument("text", default="")
@click.option("--kind", type=KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@home_option
@json_option
@reports_errors
def list_command(text: str, kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """List entities, most mentioned first; those with a name that starts so, if TEXT is given."""
    with published_directory(home) as directory:
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
    with published_directory(home) as directory:
        found = only_one(directory, entity)
        names = directory.names(found.entity_id)
    decisions = authority.about(found.entity_id)
    if as_json:
        print_json(
            {
                **asdict(found),
                "names": [asdict(name) for name in names],
                "decisions": [as_object(decision) for decision in decisions],
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
        click.echo(as_sentence(decision))


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
                {**as_object(decision), "stands": decision.decision_id in standing}
                for decision in authority.log
            ]
        )
        return
    for decision in authority.log:
        stands = decision.decision_id in standing or decision.action is Action.UNDO
        click.echo(as_sentence(decision) + ("" if stands else "  (undone)"))


@entities_group.command("suggest")
@click.option("--kind", type=KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@home_option
@json_option
@reports_errors
def suggest_command(kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """Rank pairs of entities that are likely one, with the evidence. Decides nothing."""
    authority = Authority.load(home.decisions)
    with published_directory(home) as directory:
        entities = directory.entities(kind=EntityKind(kind) if kind else None, limit=_EVERYTHING)
    found = suggest(entities, authority, limit=limit)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(
            f"{one.score:.2f}  {_line(one.one)}\n      {_line(one.other)}\n      {one.reason}"
        )


for _command in DECIDING:
    entities_group.add_command(_command)
