"""Commands `dispatches watch …`: keep questions, and say what is new to them."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from corpus.home import Home
from corpus.store import Catalogue
from corpus.terminal import (
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    secret_in,
    tell,
    user,
)
from indexer.document import IndexDocument
from search import service
from search.cli import narrowing, request_of
from search.dossiers.standing import mail, questions
from search.dossiers.standing.questions import News, Standing
from search.dossiers.standing.since import moment, news_since
from search.serving.open_index import OpenIndex
from search.serving.serving import opened

EXIT_NEWS = 6
_SHOWN = 70

_who_option = click.option(
    "--who", default=user, envvar="DISPATCHES_WHO", show_envvar=True, help="Who keeps it."
)


class _TellsByDefault(click.Group):
    """`watch` is `watch news`, with its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["news", *args]
        return super().parse_args(ctx, args)


class _Past:
    """Earlier states of a collection."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def index(self, generation: str = "") -> AbstractContextManager[OpenIndex]:
        return opened(self._home, generation or None)

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        return Catalogue.open(self._home, readonly=True)


@click.group("watch", cls=_TellsByDefault)
def watch_group() -> None:
    """Keep questions under names, and say what is new to them.

    New is what a question did not find when it was looked at last, whenever it was published.
    Without a command: `news`.

    \b
    Examples:
      dispatches watch keep bridges 'bridge collapse' --outlet "Quayside Gazette"
      dispatches watch --exit-code
      dispatches watch --since 2026-11-01
    """


@watch_group.command("keep")
@click.argument("name")
@click.argument("query", default="")
@click.option("--from-now", is_flag=True, help="What it finds today is no news.")
@narrowing
@_who_option
@home_option
@reports_errors
def keep_command(
    name: str,
    query: str,
    from_now: bool,
    who: str,
    home: Home,
    generation: str | None,
    **given: Any,
) -> None:
    """Keep a question under NAME."""
    chosen = {option: value for option, value in given.items() if value}
    with opened(home, generation) as index:
        request = request_of(query, given)
        service.count(request, index)  # a question that cannot be read is refused now
        questions.keep(home.questions, who, name, query, chosen)
        standing = questions.load(home.questions)[0][name]
        if from_now and not standing.looked:
            told = questions.news(standing, request, index)
            questions.looked(home.questions, who, standing, told)


@watch_group.command("rename")
@click.argument("name")
@click.argument("to")
@_who_option
@home_option
@reports_errors
def rename_command(name: str, to: str, who: str, home: Home) -> None:
    """Call the question NAME otherwise; what was seen stays seen."""
    questions.rename(home.questions, who, name, to)


@watch_group.command("drop")
@click.argument("name")
@_who_option
@home_option
@reports_errors
def drop_command(name: str, who: str, home: Home) -> None:
    """Ask the question NAME no more."""
    questions.drop(home.questions, who, name)


@watch_group.command("list")
@home_option
@json_option
@reports_errors
def list_command(home: Home, as_json: bool) -> None:
    """Name every kept question."""
    kept, damaged = questions.load(home.questions)
    if as_json:
        print_json(
            [
                {"name": one.name, "query": one.query, "given": one.given, "looked": one.looked}
                for one in kept.values()
            ]
        )
    else:
        for one in kept.values():
            tell(f"{one.name}: {one.query or 'everything'}  (looked {one.looked[:16] or 'never'})")
    for line in damaged:
        tell(f"Set aside: {line}", err=True)


@watch_group.command("news")
@click.argument("names", nargs=-1)
@click.option(
    "--since",
    default="",
    metavar="GENERATION|TIME",
    help="Compare with this instead of the last look, and remember no look; "
    "a time is 2026-11-29 or 2026-11-29T08:30, in UTC.",
)
@click.option("--keep-unseen", is_flag=True, help="Only look: tell the same again next time.")
@click.option("--exit-code", is_flag=True, help=f"End with {EXIT_NEWS} where there is news.")
@click.option(
    "--mail",
    "readers",
    multiple=True,
    metavar="ADDRESS",
    help="Send it to this address instead of printing it; may be repeated.",
)
@click.option(
    "--mail-from",
    envvar="DISPATCHES_MAIL_FROM",
    show_envvar=True,
    metavar="ADDRESS",
    help="Who sends it.  [default: the first reader]",
)
@click.option(
    "--smtp",
    envvar="DISPATCHES_SMTP",
    show_envvar=True,
    metavar="HOST[:PORT]",
    help="Server that takes it, over TLS where it is another machine.  [default: sendmail]",
)
@click.option(
    "--smtp-user",
    envvar="DISPATCHES_SMTP_USER",
    show_envvar=True,
    help="Sign in there so, with the password in $DISPATCHES_SMTP_PASSWORD.",
)
@click.option(
    "--smtp-password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the password from this file.",
)
@_who_option
@home_option
@json_option
@reports_errors
def news_command(  # noqa: PLR0913 - one argument an option
    names: tuple[str, ...],
    *,
    since: str,
    keep_unseen: bool,
    exit_code: bool,
    readers: tuple[str, ...],
    mail_from: str | None,
    smtp: str | None,
    smtp_user: str | None,
    smtp_password_file: Path | None,
    who: str,
    home: Home,
    as_json: bool,
) -> None:
    """Say what came, changed or left since the last look.

    Where nothing did, nothing is said.

    What could not be mailed counts as not said. Since a time, new is what was taken in from then
    on, and what left is told where a generation of before is kept, or somebody had looked.
    """
    moment(since)  # a day that there is not is refused before anything is asked
    post = None
    if readers:
        post = mail.Post(
            to=readers,
            sender=mail_from or readers[0],
            server=smtp or "",
            user=smtp_user or "",
            password=_password(smtp_password_file),
        )
    kept, damaged = questions.load(home.questions)
    for line in damaged:
        tell(f"Set aside: {line}", err=True)
    chosen = [questions.named(kept, name) for name in names] if names else list(kept.values())
    answers, to_mail = [], []
    with opened(home) as index:
        for one in chosen:
            asked = request_of(one.query, _options(one))
            told = (
                news_since(since, one, asked, index, _Past(home))
                if since
                else questions.news(one, asked, index)
            )
            answers.append(_as_object(one, told))
            if told and post:
                to_mail.append((one, told))
            elif told:
                _say(one, told, as_json=as_json)
                _remember(home, who, one, told, keep_unseen=keep_unseen or bool(since))
    if post and to_mail:
        mail.send(post, mail.letter(post, to_mail))
    for one, told in to_mail:
        _remember(home, who, one, told, keep_unseen=keep_unseen or bool(since))
    if as_json:
        print_json(answers)
    if exit_code and any(one["came"] or one["changed"] or one["left"] for one in answers):
        sys.exit(EXIT_NEWS)


def _say(one: Standing, told: News, *, as_json: bool) -> None:
    if not as_json:
        _print(one, told)
        sys.stdout.flush()  # what nobody could read was not told


def _remember(home: Home, who: str, one: Standing, told: News, *, keep_unseen: bool) -> None:
    if not keep_unseen:
        questions.looked(home.questions, who, one, told)


def _password(file: Path | None) -> str:
    if file:
        return secret_in(file, "--smtp-password-file")
    return os.environ.get("DISPATCHES_SMTP_PASSWORD", "")


def _options(one: Standing) -> dict[str, Any]:
    """The options as the command would have them."""
    options: dict[str, Any] = {
        option.name: () if option.multiple else None
        for option in keep_command.params
        if isinstance(option, click.Option) and option.name
    }
    return options | {"date_field": "published"} | one.given


def _print(one: Standing, told: News) -> None:
    since = f" since {told.since}" if told.since else ""
    tell(f"{one.name}: {counted(len(told.came), 'new article')}{since}")
    for mark, documents in (("+", told.came), ("~", told.changed)):
        for document in documents:
            published = document.published.iso[:10] if document.published else "undated"
            told_of = f"{document.article_id}  {published}  {document.outlet}"
            tell(f"  {mark} {told_of}  {document.title[:_SHOWN]}")
    for article_id in told.left:
        tell(f"  - {article_id}")
    if told.since and not told.left_since:
        tell("  What left cannot be told: no generation of before is kept, and nobody had looked.")


def _as_object(one: Standing, told: News) -> dict[str, Any]:
    return {
        "name": one.name,
        "generation": told.generation,
        "since": told.since,
        "left_since": told.left_since,
        "came": [_article(document) for document in told.came],
        "changed": [_article(document) for document in told.changed],
        "left": list(told.left),
    }


def _article(document: IndexDocument) -> dict[str, Any]:
    return {
        "id": document.article_id,
        "version": document.version,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published.iso if document.published else None,
        "collected": document.collected.iso,
        "url": document.url,
    }
