"""`dispatches entities`: who is in the collection, and what people have decided about them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from corpus.home import Home
from corpus.store.cli import bring_in_files
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
)
from indexer.entities.across_collection.suggestions import suggest
from indexer.entities.authority.cli import (
    DECIDING,
    KINDS,
    as_object,
    as_sentence,
    decided,
    only_one,
)
from indexer.entities.authority.deciding import bring_in
from indexer.entities.authority.decisions import Action
from indexer.entities.types import Entity, EntityKind
from indexer.generations.opening import published_entities

_EVERYTHING = 1_000_000


@click.group("entities")
def entities_group() -> None:
    """Look up names, and decide which of them mean the same.

    ENTITY is an id or a name. Decisions are kept in decisions.jsonl of the collection, one line
    each, and count from the next `dispatches update` on.

    \b
    Examples:
      dispatches entities list zelen --kind person
      dispatches entities merge "Volodymyr Zelenskyy" Zelenskiy --why "one spelling of many"
      dispatches entities log
    """


@entities_group.command("list")
@click.argument("text", default="")
@click.option("--kind", type=KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@home_option
@json_option
@reports_errors
def list_command(text: str, kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """List entities, most mentioned first. With TEXT, those with a name that starts so.

    \b
    Example:
      dispatches entities list zelen --kind person
    """
    with published_entities(home) as directory:
        found = directory.search(text, kind=EntityKind(kind) if kind else None, limit=limit)
    if as_json:
        print_json([asdict(entity) for entity in found])
        return
    for entity in found:
        tell(_line(entity))


def _line(entity: Entity) -> str:
    return f"{entity.entity_id}  {entity.kind:<6}  {entity.mentions:>6}  {entity.label}"


@entities_group.command("show")
@click.argument("entity")
@home_option
@json_option
@reports_errors
def show_command(entity: str, home: Home, as_json: bool) -> None:
    """Show an entity: its names, counts, and the decisions about it.

    \b
    Example:
      dispatches entities show "Volodymyr Zelenskyy"
    """
    authority = decided(home)
    with published_entities(home) as directory:
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
    tell(f"{found.label}  ({found.kind}, {found.entity_id})")
    tell(f"{counted(found.mentions, 'mention')} in {counted(found.articles, 'article')}")
    if found.wikidata:
        tell(f"https://www.wikidata.org/wiki/{found.wikidata}")
    for name in names:
        tell(f"  {name.mentions:>6}  {name.name}")
    for decision in decisions:
        tell(as_sentence(decision))


@entities_group.command("log")
@home_option
@json_option
@reports_errors
def log_command(home: Home, as_json: bool) -> None:
    """List every decision, oldest first. Those that were undone are marked.

    Damaged lines of the file are named on standard error; then the exit code is 1.

    \b
    Example:
      dispatches entities log --json | jq -r '.[] | select(.stands) | .decision_id'
    """
    authority = decided(home)
    standing = {decision.decision_id for decision in authority.standing}
    if as_json:
        print_json(
            [
                {**as_object(decision), "stands": decision.decision_id in standing}
                for decision in authority.log
            ]
        )
    else:
        for decision in authority.log:
            stands = decision.decision_id in standing or decision.action is Action.UNDO
            tell(as_sentence(decision) + ("" if stands else "  (undone)"))
    if authority.set_aside:
        sys.exit(EXIT_SOME_FAILED)


@entities_group.command("suggest")
@click.option("--kind", type=KINDS, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@home_option
@json_option
@reports_errors
def suggest_command(kind: str | None, limit: int, home: Home, as_json: bool) -> None:
    """Rank pairs of entities that are likely one, with the evidence. Decides nothing.

    \b
    Example:
      dispatches entities suggest --kind person
    """
    authority = decided(home)
    with published_entities(home) as directory:
        entities = directory.entities(kind=EntityKind(kind) if kind else None, limit=_EVERYTHING)
    found = suggest(entities, authority, limit=limit)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        tell(f"{one.score:.2f}  {_line(one.one)}\n      {_line(one.other)}\n      {one.reason}")


@entities_group.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@home_option
@json_option
@reports_errors
def import_command(files: tuple[Path, ...], home: Home, as_json: bool) -> None:
    """Add the decisions of other collections.

    Their lines are those of decisions.jsonl. What is here already is not added twice; a line
    that is no decision, or contradicts what stands, costs itself and is listed.

    \b
    Example:
      dispatches entities import ../other/decisions.jsonl
    """
    bring_in_files(files, partial(bring_in, home.decisions), what="decision", as_json=as_json)


for _command in DECIDING:
    entities_group.add_command(_command)
