"""Command `mcp`: has an assistant search and read a collection."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from corpus.errors import InvalidParameter
from corpus.home import Home
from corpus.terminal import counted, home_option, reports_errors, secret_in
from webui.access.guard import Guard
from webui.app import create_app
from webui.collection import open_collection
from webui.server.processes import address, check_free
from webui.server.warming import warm

_LOOPBACK = "127.0.0.1"


@click.command("mcp")
@home_option
@click.option(
    "--http",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    help="Answer over HTTP on this port of this machine alone, instead of standard input.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="See what the person of the token in this file may see.  [default: nothing restricted]",
)
@reports_errors
def mcp_command(home: Home, http: int | None, token_file: Path | None) -> None:
    """Answer assistants over the Model Context Protocol.

    Tools search, read, quote and cite; none changes anything, and none fetches anything. A client
    starts the command and speaks to its standard input; --http is for those that cannot, and asks
    people for their tokens where they sign in.

    \b
    Examples:
      dispatches mcp
      dispatches mcp --http 8001
    """
    if find_spec("mcp") is None:
        raise InvalidParameter(
            "the protocol's library is not installed",
            where="mcp",
            advice="pip install 'dispatches[mcp]'",
        )
    if token_file and http is not None:
        raise click.UsageError("Over HTTP each client sends its own token: Authorization: Bearer …")
    token = secret_in(token_file, "--token-file").strip() if token_file else ""
    port = None if http is None else check_free(_LOOPBACK, http)
    collection = open_collection(home)
    try:
        with collection.index() as index:
            articles = index.engine.articles
            warm(index)
        guarded = Guard(home) if token or http is not None else None
        app = create_app(collection, people=guarded)
        server = import_module("webui.assistants.server")
        if port is None:
            server.serve_stdio(app, f"Bearer {token}" if token else "")
            return
        said = f"{counted(articles, 'article')} for assistants on {address(_LOOPBACK, port)}"
        server.serve_http(app, port, lambda: click.echo(f"{said}{server.PATH}  (Ctrl+C to stop)"))
    finally:
        collection.close()
