"""The `dispatches` command: gathers every room's commands under one name."""

from __future__ import annotations

import click

from corpus import cli as corpus_commands
from corpus.cleaner.cli import clean_command
from indexer import cli as indexer_commands
from indexer.entities.cli import entities_group
from indexer.entities.tag_cli import tag_command
from search import cli as search_commands
from webui.commands import demo, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


main.add_command(clean_command)
main.add_command(entities_group)
main.add_command(tag_command)
main.add_command(serve)
main.add_command(demo)
for command in (
    *corpus_commands.commands,
    *indexer_commands.commands,
    *search_commands.commands,
):
    main.add_command(command)
