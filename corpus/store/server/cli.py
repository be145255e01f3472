"""Commands: `dispatches move` brings a catalogue to a server, or back into its file."""

from __future__ import annotations

from dataclasses import asdict

import click

from corpus.home import Home
from corpus.terminal import (
    counted,
    counter,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
)


@click.command("move")
@click.option(
    "--to",
    metavar="WHERE",
    required=True,
    help="file, or postgresql://USER@HOST/DATABASE with --originals before the command.",
)
@home_option
@json_option
@reports_errors
def move_command(*, to: str, home: Home, as_json: bool) -> None:
    """Move the catalogue to a server of PostgreSQL, or back.

    Nobody can take anything in meanwhile. Every row and every original is read back and compared
    before the collection changes over. Cut off anywhere, the same command goes on.

    \b
    Examples:
      dispatches --originals /mnt/originals move --to postgresql://taker@10.0.0.1/dispatches
      dispatches move --to file

    Exit codes: 0 moved; 2 it is there already; 4 it stays where it was.
    """
    from corpus.store.server.moving import move  # noqa: PLC0415 - needs what few have installed

    with counter("Rows") as count:
        moved = move(home, to, count)
    if as_json:
        print_json({**asdict(moved), "link": str(moved.link)})
        return
    tell(f"Moved {counted(moved.rows, 'row')}; each arrived as it was. Last link: {moved.link}")
    tell(f"What was moved is still in {moved.left}; take it away when you need it no more.")
