"""Commands of this folder: which formats are read?"""

from __future__ import annotations

import click

from corpus.readers.formats import READ
from corpus.readers.unread import named
from corpus.terminal import json_option, print_json, reports_errors, tell


@click.command("formats")
@json_option
@reports_errors
def formats_command(as_json: bool) -> None:
    """List what can be read, and what is known by name only.

    \b
    Example:
      dispatches formats
    """
    if as_json:
        read = [{"name": name, "read_as": read_as} for name, read_as in READ.values()]
        print_json({"read": read, "named": named()})
        return
    width = max(len(name) for name, _ in READ.values())
    for name, read_as in READ.values():
        tell(f"{name:{width}}  {read_as}")
    told = f"Named, with what to do, and not read: {', '.join(named())}."
    tell(f"\n{click.wrap_text(told, 80)}")
