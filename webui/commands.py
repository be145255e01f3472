"""Commands of this room: serve a collection, and show the bundled one."""

from __future__ import annotations

from pathlib import Path

import click

from corpus import demo as bundled
from corpus.errors import NoIndex
from corpus.home import Home
from corpus.ingest import ingest
from corpus.store import Catalogue
from corpus.terminal import home_option, progress, reports_errors
from indexer.generations import Generations
from indexer.pipeline import rebuild
from webui.app import create_app
from webui.collection import open_collection
from webui.server import Server, default_workers
from webui.warming import warm

_HOST, _PORT, _THREADS = "127.0.0.1", 8000, 8

host_option = click.option(
    "--host",
    default=_HOST,
    show_default=True,
    help="Address to listen on. Anything but a loopback address is open to the network.",
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
@host_option
@port_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer; they share the index's pages.  [default: one a core, at most 4]",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=_THREADS,
    show_default=True,
    help="Requests that one process answers at a time.",
)
@reports_errors
def serve(home: Home, host: str, port: int, workers: int | None, threads: int) -> None:
    """Serve the collection's pages and its interface for scripts.

    There is no log of queries. A rebuild is picked up without a restart.

    \b
    Examples:
      dispatches serve
      dispatches serve --port 8080 --workers 2
    """
    _serve(home, host, port, workers or default_workers(), threads)


@click.command()
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".demo"),
    show_default=True,
    help="Folder for the demo's collection; may be deleted at any time.",
)
@host_option
@port_option
@reports_errors
def demo(home: Path, host: str, port: int) -> None:
    """Index the bundled sample articles and serve them.

    \b
    Examples:
      dispatches demo
      dispatches demo --port 8080
    """
    folder = Home(home)
    prepare_demo(folder)
    _serve(folder, host, port, min(2, default_workers()), _THREADS)


def prepare_demo(home: Home) -> None:
    """Takes the bundled articles in and builds their index, unless both are done already."""
    with Catalogue.open(home.catalogue) as catalogue:
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


def _serve(home: Home, host: str, port: int, workers: int, threads: int) -> None:
    collection = open_collection(home)
    with collection.index() as index:
        articles = index.engine.articles
        warm(index)
    collection.close()  # no open file crosses the fork; workers share the pages of the same files
    app = create_app(collection)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"Serving {articles:,} articles on {address}  (Ctrl+C to stop)")
    Server(app, host=host, port=port, workers=workers, threads=threads).run()
