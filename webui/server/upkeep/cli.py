"""Commands `doctor` and `upgrade`: say what is wrong here, and make what is old new."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from corpus.home import Home
from corpus.terminal import (
    EXIT_SOME_FAILED,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
)
from webui.server.upkeep.doctor import examined
from webui.server.upkeep.findings import State
from webui.server.upkeep.upgrading import upgrade


@click.command("doctor")
@home_option
@json_option
@reports_errors
def doctor_command(home: Home, as_json: bool) -> None:
    """Say what is wrong with installation, machine and collection.

    Nothing is changed. Each finding says what to do; notes one can live with. Exit code 1 when
    there is trouble. `dispatches verify` reads all that is kept, byte by byte.

    \b
    Examples:
      dispatches doctor
      dispatches doctor --json | jq '.findings[] | select(.state == "trouble")'
    """
    findings = list(examined(home))
    troubles = [one for one in findings if one.state is State.TROUBLE]
    if as_json:
        print_json({"troubles": len(troubles), "findings": [asdict(one) for one in findings]})
    else:
        for one in findings:
            advice = f". {one.advice}." if one.advice else ""
            tell(f"{one.state:8} {one.part:15} {one.found}{advice}")
    if troubles:
        sys.exit(EXIT_SOME_FAILED)


@click.command("upgrade")
@home_option
@json_option
@reports_errors
def upgrade_command(home: Home, as_json: bool) -> None:
    """Make a collection of an earlier version new.

    Articles, originals and what people wrote stay as they are. The catalogue gets what it lacks,
    an index that this version cannot read is made anew. May be interrupted and run again. Commands
    that write do the first by themselves, and `dispatches rebuild` the second.

    \b
    Example:
      dispatches upgrade
    """
    steps: list[str] = []

    def say(step: str) -> None:
        steps.append(step)
        if not as_json:
            tell(f"{step} …")

    upgrade(home, say)
    if as_json:
        print_json({"steps": steps})
    elif steps:
        tell("Done: the collection is of this version.")
    else:
        tell("Nothing to do: the collection is of this version.")
