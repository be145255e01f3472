"""The `dispatches` command: gathers every room's commands under one name."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from corpus.processes import uninterrupted
from corpus.terminal import ends_on_interrupt

COMMANDS = {
    "add": "corpus.intake.cli:add",
    "clean": "corpus.cleaner.cli:clean_command",
    "collect": "corpus.collecting.cli:collect_command",
    "demo": "webui.server.cli:demo",
    "diff": "corpus.store.cli:diff",
    "entities": "indexer.entities.cli:entities_group",
    "export": "search.cli:export_command",
    "failures": "corpus.intake.cli:failures",
    "history": "corpus.store.cli:history",
    "rebuild": "indexer.cli:rebuild",
    "reclean": "corpus.intake.cli:reclean_command",
    "search": "search.cli:search",
    "serve": "webui.server.cli:serve",
    "show": "search.cli:show",
    "status": "indexer.cli:status",
    "tag": "indexer.entities.tagging.cli:tag_command",
    "verify": "indexer.cli:verify",
}
"""Where each command is. Imported when asked for: all of them together take a second."""

_WITH_LOOPS = {"indexer.cli", "search.cli", "webui.server.cli"}


class _Rooms(click.Group):
    """The commands of all rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        with uninterrupted():  # libraries make other errors of an interrupt while they load
            command: click.Command = getattr(import_module(module), name)
        if module in _WITH_LOOPS and sys.stderr.isatty():
            _tell_of_compiling()
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with ends_on_interrupt():
            return super().invoke(ctx)


def _tell_of_compiling() -> None:
    """Has a command that compiles, which only the first one after an installation does, say so."""
    line = "Compiling, as at the first run after an installation: it takes some seconds …"
    import_module("indexer.compiled").when_compiling(lambda: click.echo(line, err=True))


@click.group(
    cls=_Rooms,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="dispatches")
def main() -> None:
    """Full-text search for war reporting: who said or did what, when, and the proof.

    \b
    First steps:
      dispatches add ~/saved-pages      take articles in
      dispatches rebuild                make them searchable
      dispatches serve                  open http://127.0.0.1:8000

    Exit codes: 0 done; 1 some inputs failed, and are listed; 2 wrong usage or a bad query;
    3 not found; 4 the collection's files; 5 anything else of ours; 130 interrupted.
    """
