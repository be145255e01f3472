"""Manual: what do `man dispatches` and the Tab key know? All that the commands say of themselves.

Pages and completion are made of the commands, whenever somebody installs them; none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from corpus.errors import InvalidParameter
from corpus.terminal import counted, reports_errors

_PROGRAM = "dispatches"
_SHELLS = {
    "bash": "bash-completion/completions/dispatches",
    "zsh": "zsh/site-functions/_dispatches",
    "fish": "fish/vendor_completions.d/dispatches.fish",
}
"""Where each shell looks, below `share`."""
_EXAMPLES = re.compile(r"Examples?:\n")


@click.command("manual")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
@reports_errors
def manual_command(context: click.Context, folder: Path) -> None:
    """Write manual pages and completion of shells to FOLDER.

    The shells are bash, zsh and fish.

    \b
    Examples:
      dispatches manual ~/.local/share
      dispatches manual /usr/local/share
    """
    root = context.find_root().command
    assert isinstance(root, click.Group)
    written = pages(root) | completions(root)
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    number = sum(name.startswith("man/") for name in written)
    click.echo(f"Wrote {counted(number, 'page')} and completion for {len(_SHELLS)} shells.")


def pages(root: click.Group) -> dict[str, str]:
    """A page for each command and group, by its file below `share`."""
    return {
        f"man/man1/{'-'.join(names)}.1": _page(context, names)
        for context, names in _all(click.Context(root, info_name=_PROGRAM), (_PROGRAM,))
    }


def completions(root: click.Group) -> dict[str, str]:
    """What each shell reads, by its file below `share`."""
    found = {}
    for shell, name in _SHELLS.items():
        kind = get_completion_class(shell)
        if kind is None:  # click would have forgotten it
            raise InvalidParameter(f"{shell} is not known", where="manual", advice="Report this")
        found[name] = kind(root, {}, _PROGRAM, "_DISPATCHES_COMPLETE").source()
    return found


def _all(
    context: click.Context, names: tuple[str, ...]
) -> Iterator[tuple[click.Context, tuple[str, ...]]]:
    yield context, names
    if not isinstance(context.command, click.Group):
        return
    for name in context.command.list_commands(context):
        command = context.command.get_command(context, name)
        assert command is not None
        inside = click.Context(command, info_name=name, parent=context)
        yield from _all(inside, (*names, name))


def _page(context: click.Context, names: tuple[str, ...]) -> str:
    command = context.command
    parts = [
        f'.TH "{"-".join(names).upper()}" "1" "" "Dispatches {version(_PROGRAM)}" "Dispatches"',
        ".SH NAME",
        _text(f"{'-'.join(names)} - {command.get_short_help_str(200)}"),
        ".SH SYNOPSIS",
        f".B {_text(' '.join(names))}",
        _text(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        *_described(command.help or ""),
        ".SH OPTIONS",
    ]
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            parts += [".TP", f"\\fB{_text(record[0])}\\fR", _text(record[1] or "")]
    if isinstance(command, click.Group):
        parts.append(".SH COMMANDS")
        for name in command.list_commands(context):
            inside = command.get_command(context, name)
            assert inside is not None
            parts += [
                ".TP",
                f"\\fB{_text('-'.join((*names, name)))}\\fR(1)",
                _text(inside.get_short_help_str(200)),
            ]
    if len(names) > 1:
        parts += [".SH SEE ALSO", f"\\fB{_text('-'.join(names[:-1]))}\\fR(1)"]
    return "\n".join(parts) + "\n"


def _described(said: str) -> Iterator[str]:
    """Paragraphs; those that keep their lines are marked as click has it."""
    for paragraph in re.split(r"\n\s*\n", said):
        is_kept = paragraph.lstrip().startswith("\b")
        text = paragraph.replace("\b", "").strip("\n")
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines:
            continue
        if _EXAMPLES.match(text.lstrip() + "\n"):
            yield ".SH EXAMPLES"
            lines = lines[1:]
        else:
            yield ".PP"
        if is_kept:
            yield from (".nf", *map(_text, lines), ".fi")
        else:
            yield _text(" ".join(line.strip() for line in lines))


def _text(said: str) -> str:
    """Text that troff prints as it is."""
    plain = said.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    plain = plain.replace("'", "\\(aq").replace("~", "\\(ti").replace("^", "\\(ha")
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in plain.split("\n"))
