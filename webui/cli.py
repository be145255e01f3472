"""Command `dispatches`: gathers every room's commands under one name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import platformdirs

from corpus.errors import NoIndex
from corpus.home import Home, told
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    end_on,
    ends_on_interrupt,
    ends_where_nobody_reads,
    hold_standard_streams,
    only_ours_speak,
    outer_catalogue_option,
    outer_home_option,
    outer_index_option,
    outer_originals_option,
    reports_errors,
    tell,
    uninterrupted,
)

COMMANDS = {
    "add": "corpus.intake.cli:add",
    "backup": "indexer.backups.cli:backup_command",
    "batch": "search.output.batch.cli:batch_command",
    "clean": "corpus.cleaner.cli:clean_command",
    "collect": "corpus.collecting.cli:collect_command",
    "demo": "webui.server.cli:demo",
    "diff": "corpus.store.cli:diff",
    "doctor": "webui.server.upkeep.cli:doctor_command",
    "dossier": "search.dossiers.cli:dossier_group",
    "entities": "indexer.entities.cli:entities_group",
    "evidence": "search.output.evidence.cli:evidence_group",
    "export": "search.cli:export_command",
    "failures": "corpus.intake.cli:failures",
    "formats": "corpus.readers.cli:formats_command",
    "history": "corpus.store.cli:history",
    "keys": "search.output.evidence.cli:keys_group",
    "languages": "search.cli:languages",
    "manual": "webui.server.upkeep.manual:manual_command",
    "mcp": "webui.assistants.cli:mcp_command",
    "move": "corpus.store.server.cli:move_command",
    "openings": "webui.access.cli:openings_command",
    "people": "webui.access.cli:people_group",
    "rebuild": "indexer.cli:rebuild",
    "reclean": "corpus.intake.cli:reclean_command",
    "restore": "indexer.backups.cli:restore_command",
    "restrict": "webui.access.cli:restrict_command",
    "search": "search.cli:search",
    "serve": "webui.server.cli:serve",
    "show": "search.cli:show",
    "status": "indexer.cli:status",
    "tag": "indexer.entities.tagging.cli:tag_command",
    "tokens": "webui.access.cli:tokens_group",
    "unrestrict": "webui.access.cli:unrestrict_command",
    "update": "indexer.cli:update",
    "upgrade": "webui.server.upkeep.cli:upgrade_command",
    "verify": "indexer.cli:verify",
    "warm": "webui.server.cli:warm_command",
    "watch": "search.dossiers.standing.cli:watch_group",
}
"""Where each command is. Imported when asked for: all of them together take a second."""

_TAKING_IN = {"add", "collect"}
_WITH_LOOPS = {
    "indexer.cli",
    "search.cli",
    "search.dossiers.cli",
    "search.dossiers.standing.cli",
    "search.output.batch.cli",
    "search.output.evidence.cli",
    "webui.access.cli",
    "webui.assistants.cli",
    "webui.server.cli",
    "webui.server.upkeep.cli",
}


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
        return _publishing(command) if cmd_name in _TAKING_IN else command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            near = _near(error.command_name, COMMANDS)
            raise click.NoSuchCommand(error.command_name, possibilities=near, ctx=ctx) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _suggests_what_is_near():
            return super().parse_args(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        hold_standard_streams()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # of `--help` and the like, which no command says
            end_on(error)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with ends_where_nobody_reads():  # of `--help`; click itself would take it for a failure
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with ends_where_nobody_reads(), ends_on_interrupt(), _suggests_what_is_near():
            try:
                return super().invoke(ctx)
            except click.FileError as error:  # of `-o`; click's code is that of failed inputs
                if isinstance(error.__cause__, OSError):
                    end_on(error.__cause__)
                raise


def _publishing(command: click.Command) -> click.Command:
    """A command that takes articles in, with an option to make them searchable. What takes them in
    knows of no index.
    """
    take_in = command.callback
    assert take_in is not None

    @reports_errors
    def take_in_and_publish(*, publish: bool, home: Home, **options: Any) -> None:
        if publish and options.get("watch"):
            raise click.UsageError(
                "With --watch, let the server publish: `dispatches serve --update-every 10`."
            )
        failed = 0
        try:
            take_in(home=home, **options)
        except SystemExit as ended:
            if ended.code != EXIT_SOME_FAILED:
                raise
            failed = EXIT_SOME_FAILED
        if publish and not import_module("webui.server.updating").update(home):
            failed = EXIT_SOME_FAILED
        if not publish and not options.get("as_json") and home.has_catalogue:
            tell(f"\n{next_step(home)}", err=True)
        if failed:
            sys.exit(failed)

    if all(option.name != "publish" for option in command.params):
        help_text = "Make searchable what came in, as `dispatches update` does."
        command.params.append(click.Option(["--publish"], is_flag=True, help=help_text))
        command.callback = take_in_and_publish
    return command


@contextmanager
def _suggests_what_is_near() -> Iterator[None]:
    """Has an unknown option name known ones that it may be a slip of, not just any of four letters.

    `--home` where there is none is no slip of `--help`, though click would say so.
    """
    try:
        yield
    except click.NoSuchOption as error:
        near = _near(error.option_name, error.possibilities or ())
        raise click.NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx) from None


def _near(typed: str, known: Iterable[str]) -> list[str]:
    """What begins as was typed, and what a letter in four makes of it."""
    distance = import_module("rapidfuzz.distance").OSA.distance  # only here: it takes time to load
    name = typed.lstrip("-")
    most = max(1, len(name) // 4)
    return [
        one
        for one in known
        if (len(name) > 2 and one.startswith(typed)) or distance(typed, one) <= most
    ]


def _tell_of_compiling() -> None:
    """Has a command that compiles, which only the first one after an installation does, say so."""
    line = "Compiling, as at the first run after an installation: it takes some seconds …"
    import_module("indexer.compiled").when_compiling(lambda: click.echo(line, err=True))


def next_step(home: Home) -> str:
    """How a collection stands, and the command that comes next."""
    if not home.has_catalogue:
        return (
            f"There is no collection in {home.path} yet.\n\n"
            "  dispatches add ~/saved-pages      take articles in, from files and folders\n"
            "  dispatches demo                   look around in bundled articles first"
        )
    try:
        publishing = import_module("indexer.generations.publishing")
        manifest = publishing.Generations(home.index).current().manifest
    except NoIndex:
        manifest = None
    store = import_module("corpus.store")  # only here: it takes time to load
    with store.Catalogue.open(home, readonly=True) as catalogue:
        is_current = manifest and catalogue.state() == manifest.versions.get("catalogue")
        has_articles = (manifest and manifest.counts["articles"]) or catalogue.counts().articles
    if not has_articles:
        return (
            f"There is no article in the collection in {home.path} yet.\n\n"
            "  dispatches formats                see what can be read, and what cannot\n"
            "  dispatches failures               see why something was not\n"
            "  dispatches add ~/saved-pages      take articles in, from files and folders"
        )
    if not manifest:
        return (
            f"The collection in {home.path} is not searchable yet.\n\n"
            "  dispatches rebuild                make it searchable"
        )
    if not is_current:
        return (
            f"Articles came into the collection in {home.path} that are not searchable yet.\n\n"
            "  dispatches update                 make them searchable"
        )
    return (
        f"{counted(manifest.counts['articles'], 'article is', 'articles are')} searchable in"
        f" {home.path}.\n\n"
        "  dispatches serve                  open http://127.0.0.1:8000\n"
        "  dispatches search WORDS           ask at the terminal\n"
        "  dispatches backup FOLDER          keep the collection a second time"
    )


@reports_errors
def _tell_what_is_next(home: Home) -> None:
    tell(f"{next_step(home)}\n\n`dispatches --help` lists all commands.")


@click.group(
    cls=_Rooms,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@outer_home_option
@outer_index_option
@outer_catalogue_option
@outer_originals_option
@click.version_option(package_name="dispatches")
@click.pass_context
def main(context: click.Context, /, home: Path | None, **_elsewhere: str | Path | None) -> None:
    """Full-text search for war reporting: who said or did what, when, and the proof.

    \b
    First steps:
      dispatches add ~/saved-pages      take articles in
      dispatches rebuild                make them searchable
      dispatches serve                  open http://127.0.0.1:8000

    Exit codes: 0 done; 1 some inputs failed, and are listed; 2 wrong usage or bad input;
    3 not found; 4 the collection's files; 5 anything else of ours; 130 interrupted.
    """
    only_ours_speak()
    if context.invoked_subcommand is None:
        folder = home or os.environ.get("DISPATCHES_HOME")
        folder = folder or platformdirs.user_data_dir("dispatches")
        _tell_what_is_next(Home(Path(folder), given=told(os.environ)))
