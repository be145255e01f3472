"""`dispatches entities merge`, `split`, `undo`, …: the commands that decide.

Each appends one line to the collection's decisions file, after checking it against the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, TypedDict, Unpack

import click

from corpus.errors import ArticleNotFound, EntityNotFound, InvalidParameter
from corpus.home import Home
from corpus.store import Catalogue
from corpus.terminal import home_option, json_option, print_json, reports_errors, tell, user
from indexer.entities.across_collection.merging import FACET_KINDS
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.authority.leaving import refuse_leaving
from indexer.entities.authority.record import Authority
from indexer.entities.directory.reader import Directory
from indexer.entities.names.spelling import plain
from indexer.entities.types import Entity
from indexer.generations.opening import published_entities

# Which entity does a person at the terminal mean, and how is a decision shown there?

KINDS = click.Choice([kind.value for kind in FACET_KINDS])
"""The kinds that a person can name."""


def only_one(directory: Directory, name: str) -> Entity:
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


def decided(home: Home) -> Authority:
    """What people decided; lines of the file that are no decisions are named on standard error."""
    authority = Authority.load(home.decisions)
    for line in authority.set_aside:
        tell(f"Set aside: {home.decisions}, {line}", err=True)
    return authority


def as_object(decision: Decision) -> dict[str, Any]:
    """A decision for a script."""
    return {"decision_id": decision.decision_id, **asdict(decision)}


def as_sentence(decision: Decision) -> str:
    """A decision on one line, for a person."""
    of_outlets = decision.names if decision.action is Action.OUTLET else ()
    labels = ", ".join(decision.labels or decision.entities or of_outlets)
    named = decision.value or ", ".join(decision.names)
    change = " → ".join(part for part in (labels, named) if part)
    start = f"{decision.decision_id}  {decision.when[:16]}  {decision.who}"
    return f"{start}  {decision.action}  {change}{f': {decision.why}' if decision.why else ''}"


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
            default=user,
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
    found: list[Entity] = []
    if entities:
        with published_entities(home) as directory:
            found = [only_one(directory, name) for name in entities]
    decision = decide(
        home.decisions,
        action,
        found,
        who=reasons["who"],
        why=reasons["why"],
        evidence=reasons["evidence"],
        **values,
    )
    if reasons["as_json"]:
        print_json(as_object(decision))
    else:
        tell(as_sentence(decision))
        tell("It counts from the next `dispatches update` on.", err=True)


@click.command("merge")
@click.argument("entity")
@click.argument("others", nargs=-1, required=True)
@_deciding
def merge_command(entity: str, others: tuple[str, ...], **reasons: Unpack[_Reasons]) -> None:
    """Make one of ENTITY and OTHERS. ENTITY keeps its id; the others redirect to it.

    \b
    Example:
      dispatches entities merge "Volodymyr Zelenskyy" Zelenskiy --why "one man"
    """
    _decide(Action.MERGE, [entity, *others], reasons)


@click.command("outlet")
@click.argument("outlet")
@click.argument("others", nargs=-1, required=True)
@_deciding
def outlet_command(outlet: str, others: tuple[str, ...], **reasons: Unpack[_Reasons]) -> None:
    """Make one outlet of OUTLET and OTHERS, called OUTLET. Names are as the facet has them.

    \b
    Example:
      dispatches entities outlet "BBC News" BBC --why "one newsroom"
    """
    _decide(Action.OUTLET, [], reasons, value=outlet, names=others)


@click.command("split")
@click.argument("entity")
@click.argument("names", nargs=-1)
@click.option("--article", "articles", multiple=True, help="What this article names so is another.")
@click.option("--label", default="", help="What to call the one that leaves.")
@_deciding
def split_command(
    entity: str, names: tuple[str, ...], articles: tuple[str, ...], label: str,
    **reasons: Unpack[_Reasons],
) -> None:  # fmt: skip
    """Take NAMES, or what some articles name so, out of ENTITY.

    What leaves is an entity of its own.

    \b
    Examples:
      dispatches entities split "Sergei Ivanov" "Sergei B. Ivanov"
      dispatches entities split Ivanov --article k3v7x2mzq4dhwn5a --label "Ivan Petrov"
    """
    articles = tuple(one.rsplit("/", 1)[-1] for one in articles)  # addresses end with the id
    home = reasons["home"]
    with published_entities(home) as directory:
        found = only_one(directory, entity)
        refuse_leaving(found, names, articles, directory, partial(_is_in, home))
        mentioned = {plain(one.name) for one in directory.names(found.entity_id) if one.mentions}
    _decide(Action.SPLIT, [entity], reasons, names=names, articles=articles, value=label)
    if unseen := [name for name in names if plain(name) not in mentioned]:
        tell(f"No article has {', '.join(unseen)} yet: nothing changes until one does.", err=True)


def _is_in(home: Home, article_id: str) -> bool:
    with Catalogue.open(home, readonly=True) as catalogue:
        try:
            catalogue.article(article_id)
        except ArticleNotFound:
            return False
    return True


@click.command("rename")
@click.argument("entity")
@click.argument("label")
@_deciding
def rename_command(entity: str, label: str, **reasons: Unpack[_Reasons]) -> None:
    """Show ENTITY as LABEL.

    \b
    Example:
      dispatches entities rename "Pavel Filatyef" "Pavel Filatyev"
    """
    _decide(Action.RENAME, [entity], reasons, value=label)


@click.command("distinct")
@click.argument("entity")
@click.argument("others", nargs=-1, required=True)
@_deciding
def distinct_command(entity: str, others: tuple[str, ...], **reasons: Unpack[_Reasons]) -> None:
    """Keep ENTITY and OTHERS apart, however alike their names.

    \b
    Example:
      dispatches entities distinct "George Bush" "George W. Bush"
    """
    _decide(Action.DISTINCT, [entity, *others], reasons)


@click.command("kind")
@click.argument("entity")
@click.argument("kind", type=KINDS)
@_deciding
def kind_command(entity: str, kind: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is a person, an org or a place.

    \b
    Example:
      dispatches entities kind Wagner org
    """
    _decide(Action.KIND, [entity], reasons, value=str(kind))


@click.command("hide")
@click.argument("entity")
@_deciding
def hide_command(entity: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is none: it leaves facets and pages.

    \b
    Example:
      dispatches entities hide "Read More"
    """
    _decide(Action.HIDE, [entity], reasons)


@click.command("alias")
@click.argument("entity")
@click.argument("name")
@_deciding
def alias_command(entity: str, name: str, **reasons: Unpack[_Reasons]) -> None:
    """Give ENTITY another NAME, in any script.

    \b
    Example:
      dispatches entities alias "Pavel Filatyev" "Павел Филатьев"
    """
    _decide(Action.ALIAS, [entity], reasons, value=name)


@click.command("link")
@click.argument("entity")
@click.argument("wikidata")
@_deciding
def link_command(entity: str, wikidata: str, **reasons: Unpack[_Reasons]) -> None:
    """Say that ENTITY is Wikidata's item WIKIDATA (Q…).

    \b
    Example:
      dispatches entities link "Volodymyr Zelenskyy" Q3874799
    """
    _decide(Action.WIKIDATA, [entity], reasons, value=wikidata)


@click.command("note")
@click.argument("entity")
@_deciding
def note_command(entity: str, **reasons: Unpack[_Reasons]) -> None:
    """Keep a remark (--why) about ENTITY. Changes nothing.

    \b
    Example:
      dispatches entities note "Pavel Filatyev" --why "see the archive, box 3"
    """
    _decide(Action.NOTE, [entity], reasons)


@click.command("undo")
@click.argument("decision")
@_deciding
def undo_command(decision: str, **reasons: Unpack[_Reasons]) -> None:
    """Take back the decision with the id DECISION, as `log` lists it.

    \b
    Example:
      dispatches entities undo 7f3a9c20d1e4
    """
    _decide(Action.UNDO, [], reasons, value=decision)


DECIDING: tuple[click.Command, ...] = (
    merge_command,
    outlet_command,
    split_command,
    rename_command,
    distinct_command,
    kind_command,
    hide_command,
    alias_command,
    link_command,
    note_command,
    undo_command,
)
"""What `dispatches entities` takes in from here."""
