"""Commands `serve`, `demo` and `warm`: serve a collection, or the bundled one, without a wait.

They are one file because they share their options, and `demo` serves as `serve` does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import click
from flask import Flask

from corpus import demo as bundled
from corpus.errors import InvalidParameter, NoIndex
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from corpus.terminal import (
    counted,
    demo_home_option,
    home_option,
    json_option,
    print_json,
    progress,
    reports_errors,
    secret_in,
)
from indexer.compiled import Compilations, kept_in, versions_compiled
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from webui.access.guard import Guard
from webui.access.store import check, is_kept
from webui.app import create_app
from webui.collection import open_collection
from webui.deciding import deciding
from webui.server import logs, several
from webui.server.hosts import Hosts
from webui.server.limits import DEFAULT_PER_MINUTE
from webui.server.processes import Server, address, check_free, default_workers
from webui.server.updating import Updates
from webui.server.warming import warm, warm_everything
from webui.settings import (
    ALLOW_ORIGINS,
    HOST_NAMES,
    LOG,
    LOG_OPENINGS,
    OPERATOR_TOKEN,
    PEOPLE,
    PER_MINUTE,
    PERSON_HEADER,
    PROXIES,
    PROXY_ADDRESSES,
    operator_token,
)

_HOST, _PORT, _THREADS = "127.0.0.1", 8000, 128

host_option = click.option(
    "--host",
    default=_HOST,
    show_default=True,
    help="Address to listen on. Anything but a loopback address is open to the network.",
)
host_name_option = click.option(
    "--host-name",
    "host_names",
    multiple=True,
    envvar=HOST_NAMES,
    show_envvar=True,
    help="A name under which others ask for the server; may be repeated. Any other is refused.",
)
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=_PORT,
    show_default=True,
    help="Port to listen on.",
)


@click.command()
@home_option
@click.option(
    "--collection",
    "collections",
    multiple=True,
    metavar="NAME=FOLDER",
    help="Serve this one under /c/NAME/, with people of its own; may be repeated.  [instead of"
    " --home]",
)
@host_option
@host_name_option
@port_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer; they share the index's pages.  [default: one a core, at most 4]",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 1024),
    default=_THREADS,
    show_default=True,
    help="Answers that one process has under way; they wait for clients that read slowly.",
)
@click.option(
    "--per-minute",
    type=click.IntRange(0),
    default=DEFAULT_PER_MINUTE,
    show_default=True,
    envvar=PER_MINUTE,
    show_envvar=True,
    help="Questions a minute that one client may ask; 0 sets no limit. This machine has none.",
)
@click.option(
    "--proxies",
    type=click.IntRange(0, 10),
    default=0,
    show_default=True,
    envvar=PROXIES,
    show_envvar=True,
    help="Proxies before the server whose X-Forwarded-For is believed.",
)
@click.option(
    "--proxy-address",
    "proxy_addresses",
    multiple=True,
    envvar=PROXY_ADDRESSES,
    show_envvar=True,
    help="Address or network of the nearest proxy; may be repeated.  [default: this machine]",
)
@click.option(
    "--decisions-token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Let who knows the token in this file decide about names in the browser."
    f"  [default: ${OPERATOR_TOKEN}, else nobody]",
)
@click.option(
    "--update-every",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Look so often for what was taken in or decided, and make it searchable.",
)
@click.option(
    "--people",
    is_flag=True,
    envvar=PEOPLE,
    show_envvar=True,
    help="Refuse to serve before somebody can sign in. Once somebody can, all must, anyway.",
)
@click.option(
    "--person-header",
    default="",
    envvar=PERSON_HEADER,
    show_envvar=True,
    help="Header in which the proxies named say whom they have signed in.  [default: none]",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    envvar=ALLOW_ORIGINS,
    show_envvar=True,
    help="Site whose pages may read what scripts get, https://desk.example.org; repeatable; *: all."
    "  [default: none]",
)
@click.option(
    "--log-openings",
    type=click.IntRange(0, 3660),
    default=0,
    metavar="DAYS",
    envvar=LOG_OPENINGS,
    show_envvar=True,
    help="Write down who opens or exports which article, and wipe it after so many days."
    "  [default: write nothing down]",
)
@click.option(
    "--log",
    type=click.Choice(logs.FORMS),
    default=logs.FORMS[0],
    show_default=True,
    envvar=LOG,
    show_envvar=True,
    help="How faults are written to standard error. No question is in it.",
)
@json_option
@reports_errors
def serve(  # noqa: PLR0913, PLR0917 - one argument an option
    home: Home,
    collections: tuple[str, ...],
    host: str,
    host_names: tuple[str, ...],
    port: int,
    workers: int | None,
    threads: int,
    per_minute: int,
    proxies: int,
    proxy_addresses: tuple[str, ...],
    decisions_token_file: Path | None,
    update_every: float | None,
    people: bool,
    person_header: str,
    origins: tuple[str, ...],
    log_openings: int,
    log: str,
    as_json: bool,
) -> None:
    """Serve the collection's pages and its interface for scripts.

    There is no log of queries. A rebuild is picked up without a restart.

    \b
    Examples:
      dispatches serve
      dispatches serve --port 8080 --workers 2
      dispatches serve --update-every 10
      dispatches serve --collection sudan=/srv/sudan --collection yemen=/srv/yemen
    """
    workers = workers or default_workers()
    token = _token(decisions_token_file)
    homes = several.homes(collections, home.given) or {"": home}
    if collections and token:
        raise InvalidParameter(
            "one token would decide in every collection",
            where="--decisions-token-file",
            advice="Give each collection people of its own: `dispatches people add --home FOLDER`",
        )
    for one in homes.values():
        if people or is_kept(one.people):
            check(one.people)
    if person_header and not proxies:
        raise InvalidParameter(
            "who may say whom they have signed in?",
            where="--person-header",
            advice="Name the proxy with --proxies 1, and --proxy-address where it is elsewhere",
        )
    if log_openings and not all(is_kept(one.people) for one in homes.values()):
        raise InvalidParameter(
            "nobody has a name here that could be written down",
            where="--log-openings",
            advice="Begin with `dispatches people add NAME --role operator`",
        )
    port = check_free(host, port)
    apps = {
        name: _app(
            one,
            Hosts(host_names, listens=host, origins=origins),
            per_minute=per_minute,
            proxies=proxies,
            proxy_addresses=proxy_addresses,
            token=token,
            people=Guard(one, required=people, header=person_header, log_days=log_openings),
        )
        for name, one in homes.items()
    }
    articles = {name: number for name, (_, number) in apps.items()}
    ready = _announcement(articles, host, port, as_json=as_json)
    server = Server(
        several.together({name: app for name, (app, _) in apps.items()})
        if collections
        else apps[""][0],
        host=host,
        port=port,
        workers=workers,
        threads=threads,
        ready=ready,
        proxied=proxies > 0,
        log=log,
    )
    with ExitStack() as updates:
        if update_every:
            for one in homes.values():
                updates.enter_context(Updates(one, update_every))
        server.run()


@click.command()
@demo_home_option
@host_option
@host_name_option
@port_option
@json_option
@reports_errors
def demo(home: Home, host: str, host_names: tuple[str, ...], port: int, as_json: bool) -> None:
    """Index the bundled sample articles and serve them.

    \b
    Examples:
      dispatches demo
      dispatches demo --port 8080
    """
    port = check_free(host, port)
    prepare_demo(home)
    app, articles = _app(home, Hosts(host_names, listens=host))
    ready = _announcement({"": articles}, host, port, as_json=as_json)
    workers = min(2, default_workers())
    Server(app, host=host, port=port, workers=workers, threads=_THREADS, ready=ready).run()


@click.command("warm")
@json_option
@reports_errors
def warm_command(as_json: bool) -> None:
    """Compile everything, so that no later command waits for it.

    The first command that searches or indexes after an installation compiles for some seconds. Run
    this when you install, also where the installation is read-only afterwards: what is compiled is
    kept in $NUMBA_CACHE_DIR where that is set, else beside the program, else in your cache folder.

    \b
    Examples:
      dispatches warm
      NUMBA_CACHE_DIR=/var/cache/dispatches dispatches warm
    """
    started = time.monotonic()
    with Compilations() as compiled:
        warm_everything()
    seconds = time.monotonic() - started
    folders = sorted(str(path) for path in kept_in())
    if as_json:
        print_json(
            {
                "compiled": compiled.count,
                "loops": versions_compiled(),
                "seconds": round(seconds, 3),
                "kept_in": folders,
            }
        )
    elif compiled.count:
        click.echo(f"Compiled {counted(compiled.count, 'loop')} in {seconds:.1f} s.")
    else:
        click.echo(f"Everything was compiled before ({seconds:.1f} s).")
    if not folders:
        click.echo("Nothing is kept: no folder can be written. Name one: NUMBA_CACHE_DIR", err=True)


def prepare_demo(home: Home) -> None:
    """Takes the bundled articles in and builds their index, unless both are done already."""
    with Catalogue.open(home) as catalogue:
        report = ingest([bundled.path()], catalogue)
    try:
        Generations(home.index).current()
    except NoIndex:
        pass
    else:
        if not report.articles and not report.new_versions:
            return
    click.echo("Indexing the bundled sample articles …", err=True)
    rebuild(home, progress=progress)


def _token(file: Path | None) -> str:
    """The operator's token; empty when there is none."""
    if file:
        return operator_token(secret_in(file, "--decisions-token-file"), str(file))
    return operator_token(os.environ.get(OPERATOR_TOKEN, ""), OPERATOR_TOKEN)


def _app(
    home: Home,
    hosts: Hosts,
    *,
    per_minute: int = DEFAULT_PER_MINUTE,
    proxies: int = 0,
    proxy_addresses: tuple[str, ...] = (),
    token: str = "",
    people: Guard | None = None,
) -> tuple[Flask, int]:
    """The application, warm, and how many articles it can find."""
    collection = open_collection(home)
    with collection.index() as index:
        articles = index.engine.articles
        warm(index)
    collection.close()  # no open file crosses the fork; workers share the pages of the same files
    app = create_app(
        collection,
        per_minute=per_minute,
        proxies=proxies,
        proxy_addresses=proxy_addresses,
        served_as=hosts,
        deciding=deciding(home, token),
        people=people or Guard(home),
    )
    return app, articles


def _announcement(
    articles: Mapping[str, int], host: str, port: int, *, as_json: bool
) -> Callable[[], None]:
    """What is said once the server listens.

    Args:
        articles: how many each collection has, by its name; one alone has none.
    """
    url = address(host, port)
    places = {name: f"{url}{several.PREFIX}{name}/" if name else url for name in articles}

    def announce() -> None:
        if as_json:
            told = [{"url": places[name], "articles": articles[name]} for name in articles]
            print_json(told[0] if "" in articles else {"url": url, "collections": told})
            return
        for name, number in articles.items():
            click.echo(f"Serving {counted(number, 'article')} on {places[name]}  (Ctrl+C to stop)")

    return announce
