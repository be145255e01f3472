"""Commands `people`, `tokens` and `restrict`: who may come in, with what, and see which articles?

They are one file because each is a few lines around one change.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import click

from corpus.errors import InvalidParameter, StorageError
from corpus.home import Home
from corpus.store import Catalogue
from corpus.terminal import (
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
    user,
)
from search.dossiers.replay import load
from webui.access import restrictions, store
from webui.access.openings import noted
from webui.access.people import People, Person
from webui.access.roles import ROLES, Role, role_of
from webui.access.tokens import DAYS, MOST_DAYS, Token, Tokens

_role_option = click.option(
    "--role", type=click.Choice(ROLES), default=Role.READER.word, show_default=True
)


@click.group("people")
def people_group() -> None:
    """Say who may come in, and what they may do there.

    As soon as there is somebody, every page of `dispatches serve` needs a person who is signed in.
    A reader reads; an annotator keeps dossiers and questions, too; a decider decides about names;
    an operator sees the figures of the server and what is restricted.

    \b
    Examples:
      dispatches people add "Anna Petrova" --role operator
      dispatches people role "Anna Petrova" decider
      dispatches people disable "Anna Petrova"
    """


@people_group.command("add")
@click.argument("name")
@_role_option
@home_option
@json_option
@reports_errors
def add(name: str, role: str, home: Home, as_json: bool) -> None:
    """Give somebody a name here, and a password.

    The password is asked for, or read from standard input.
    """
    first = not store.is_kept(home.people)
    password = _password()
    with store.writing(home.people, new=True) as database:
        person = People(database).add(name, role_of(role), password)
    _tell_person(home, person, as_json)
    if first and not as_json:
        tell("From now on everybody must sign in to what `dispatches serve` serves.", err=True)


@people_group.command("list")
@home_option
@json_option
@reports_errors
def list_people(home: Home, as_json: bool) -> None:
    """Name everybody, with their roles."""
    with store.reading(home.people) as database:
        found = People(database).all()
    if as_json:
        print_json([_told(one) for one in found])
        return
    for one in found:
        tell(f"{one.role.word:<10} {one.name}{'  (disabled)' if one.disabled else ''}")


@people_group.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@home_option
@json_option
@reports_errors
def role_command(name: str, role: str, home: Home, as_json: bool) -> None:
    """Give somebody another role; it counts from their next page on."""
    _change(home, name, as_json, role=role_of(role))


@people_group.command("password")
@click.argument("name")
@home_option
@json_option
@reports_errors
def password_command(name: str, home: Home, as_json: bool) -> None:
    """Give somebody another password, and end their sessions."""
    _change(home, name, as_json, password=_password())


@people_group.command("disable")
@click.argument("name")
@home_option
@json_option
@reports_errors
def disable(name: str, home: Home, as_json: bool) -> None:
    """Let somebody in no more: sessions and tokens end at once. What they signed stays theirs."""
    _change(home, name, as_json, disabled=True)


@people_group.command("enable")
@click.argument("name")
@home_option
@json_option
@reports_errors
def enable(name: str, home: Home, as_json: bool) -> None:
    """Let somebody in again who was disabled."""
    _change(home, name, as_json, disabled=False)


def _change(home: Home, name: str, as_json: bool, **what: Any) -> None:
    with store.writing(home.people) as database:
        person = People(database).change(name, **what)
    _tell_person(home, person, as_json)


def _tell_person(home: Home, person: Person, as_json: bool) -> None:
    _prepare(home)
    if as_json:
        print_json(_told(person))
    else:
        tell(f"{person.name} is {person.role.word}{', disabled' if person.disabled else ''}.")


def _prepare(home: Home) -> None:
    """Makes what people may see now, where they may not see everything."""
    if home.restrictions.exists():
        restrictions.carry_out(home)


def _told(one: Person | Token) -> dict[str, Any]:
    return asdict(one) | {"role": one.role.word}


def _password() -> str:
    """What was typed, twice and unseen; without a terminal, the first line of standard input."""
    if sys.stdin.isatty():
        password: str = click.prompt(
            "Password", hide_input=True, confirmation_prompt=True, err=True
        )
        return password
    line = sys.stdin.readline()
    if not line.strip():
        raise InvalidParameter(
            "no password came on standard input",
            where="password",
            advice="Type it at a terminal, or pipe it in; an argument would be seen by others",
        )
    return line.rstrip("\r\n")


@click.group("tokens")
def tokens_group() -> None:
    """Let scripts in, under somebody's name and until a day.

    A token may do no more than its person may. It is shown once, and kept as a hash.

    \b
    Examples:
      dispatches tokens make "Anna Petrova" --role reader --days 30 --note "nightly export"
      dispatches tokens revoke 5b1f09a3c7d2
    """


@tokens_group.command("make")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="What it may do.  [default: as the person]")
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=DAYS,
    show_default=True,
    help="How long it lasts.",
)
@click.option("--note", default="", help="What it is for.")
@home_option
@json_option
@reports_errors
def make(name: str, role: str | None, days: int, note: str, home: Home, as_json: bool) -> None:
    """Make a token of a person, and print it; it is not shown again."""
    with store.writing(home.people) as database:
        token, text = Tokens(database).make(
            name, role_of(role) if role else None, days=days, note=note
        )
    _prepare(home)
    if as_json:
        print_json(_told(token) | {"token": text})
        return
    tell(_line(token), err=True)
    click.echo(text)


@tokens_group.command("list")
@home_option
@json_option
@reports_errors
def list_tokens(home: Home, as_json: bool) -> None:
    """Name every token: whose, for what, until when. What it is made of nobody can show."""
    with store.reading(home.people) as database:
        found = Tokens(database).all()
    if as_json:
        print_json([_told(one) for one in found])
        return
    for one in found:
        tell(_line(one))
    if not found:
        tell(f"There are {counted(0, 'token')}.")


@tokens_group.command("revoke")
@click.argument("token_id")
@home_option
@json_option
@reports_errors
def revoke(token_id: str, home: Home, as_json: bool) -> None:
    """End a token at once, by its id."""
    with store.writing(home.people) as database:
        token = Tokens(database).revoke(token_id)
    if as_json:
        print_json(_told(token))
    else:
        tell(_line(token))


def _line(one: Token) -> str:
    state = "" if one.state == "good" else f"  ({one.state})"
    return f"{one.id}  until {one.expires[:10]}  {one.role.word}  {one.person}  {one.note}{state}"


@click.command("openings")
@click.option("--person", default="", help="Only what this person opened.")
@click.option("--article", default="", help="Only who opened this article.")
@home_option
@json_option
@reports_errors
def openings_command(person: str, article: str, home: Home, as_json: bool) -> None:
    """List who opened which article, where that is written down.

    It is with `dispatches serve --log-openings DAYS`. What was asked is never in it.

    \b
    Examples:
      dispatches openings --article k3v7x2mzq4dhwn5a
      dispatches openings --person "Anna Petrova"
    """
    if person:
        with store.reading(home.people) as database:
            person = People(database).find(person).name
    found = noted(home.openings, person=person, article=article)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        tell(f"{one.when}  {one.article}  {one.person}  {one.kind}")


_who_option = click.option(
    "--who",
    default=user,
    envvar="DISPATCHES_WHO",
    show_envvar=True,
    help="Who says so.  [default: the user]",
)


def _choosing(command: Any) -> Any:
    """Adds the ways to say which articles are meant."""
    ids = click.argument("articles", nargs=-1)
    outlet = click.option("--outlet", help="All articles that are here now of an outlet.")
    dossier = click.option("--dossier", help="All articles that are now in a dossier.")
    return ids(outlet(dossier(command)))


@click.command("restrict")
@_choosing
@click.option(
    "--to",
    "may",
    multiple=True,
    help="A role, or somebody's name, that may see them still; may be repeated."
    "  [default: operator]",
)
@_who_option
@home_option
@json_option
@reports_errors
def restrict_command(
    articles: tuple[str, ...],
    outlet: str | None,
    dossier: str | None,
    may: tuple[str, ...],
    who: str,
    home: Home,
    as_json: bool,
) -> None:
    """Have only some people see some articles.

    Without any, those that are restricted are listed. To all others they are in no answer, count,
    suggestion, feed, export and list: they are answered from an index without them, which is made
    now. Operators see all; whoever is not signed in sees no restricted article.

    \b
    Examples:
      dispatches restrict k3v7x2mzq4dhwn5a --to decider --to "Anna Petrova"
      dispatches restrict --dossier "Witnesses"
    """
    chosen = _chosen(home, articles, outlet, dossier)
    if chosen:
        restrictions.restrict(home, who, chosen, may)
    elif may:
        raise InvalidParameter("no article is named", where="articles", advice="Give their ids")
    _tell_restrictions(home, as_json, changed=len(chosen))


@click.command("unrestrict")
@_choosing
@_who_option
@home_option
@json_option
@reports_errors
def unrestrict_command(
    articles: tuple[str, ...],
    outlet: str | None,
    dossier: str | None,
    who: str,
    home: Home,
    as_json: bool,
) -> None:
    """Let everybody see some articles again.

    \b
    Example:
      dispatches unrestrict k3v7x2mzq4dhwn5a
    """
    chosen = _chosen(home, articles, outlet, dossier)
    if not chosen:
        raise InvalidParameter("no article is named", where="articles", advice="Give their ids")
    restrictions.unrestrict(home, who, chosen)
    _tell_restrictions(home, as_json, changed=len(chosen))


def _chosen(
    home: Home, articles: tuple[str, ...], outlet: str | None, dossier: str | None
) -> list[str]:
    """The own ids of the articles that are meant.

    Raises:
        ArticleNotFound, DossierNotFound: there is no such article, or no such dossier.
        InvalidParameter: there is nothing of this outlet.
    """
    with Catalogue.open(home, readonly=True) as catalogue:
        chosen = [catalogue.article(one).article.article_id for one in articles]
        if outlet is not None:
            of = [
                one.article.article_id
                for one in catalogue.articles()
                if one.article.outlet.casefold() == outlet.strip().casefold()
            ]
            if not of:
                raise InvalidParameter(
                    f"there is no article of {outlet!r}",
                    where="--outlet",
                    advice="Write it as `dispatches show` does",
                )
            chosen += of
    if dossier is not None:
        chosen += load(home.dossiers).dossier(dossier).items
    return list(dict.fromkeys(chosen))


def _tell_restrictions(home: Home, as_json: bool, *, changed: int) -> None:
    found = restrictions.load(home)
    if found.damaged:
        raise StorageError(
            f"a line of the restrictions is damaged: {found.damaged[0]}",
            where=str(home.restrictions),
            advice="Say anew what it restricted and remove it; nobody but operators sees anything "
            "meanwhile",
        )
    made = restrictions.carry_out(home)
    if as_json:
        restricted = {one: list(may) for one, may in sorted(found.may.items())}
        print_json({"restricted": restricted, "parts": made})
        return
    if not changed:
        for one, may in sorted(found.may.items()):
            tell(f"{one}  {', '.join(may)}")
    are = counted(len(found.may), "article is", "articles are")
    tell(
        f"{are} restricted; {counted(made, 'index', 'indexes')} without what somebody may not see.",
        err=True,
    )
