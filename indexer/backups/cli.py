"""Commands `backup` and `restore`: how is a collection kept a second time, and brought back?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from corpus.home import Home
from corpus.store import Trouble
from corpus.terminal import (
    EXIT_STORAGE,
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
)
from indexer.backups.backup import Backup, BackupReport, Backups
from indexer.backups.restoring import restore

_FOLDER = click.Path(path_type=Path)


@click.command("backup")
@click.argument("folder", metavar="DEST", type=_FOLDER)
@click.option(
    "--with-index",
    is_flag=True,
    help="Take along what a rebuild makes again, so that what is brought back answers at once.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="Backups to keep, the new one included.  [default: all]",
)
@click.option(
    "--check", is_flag=True, help="Make none; read all that is there, and say what is damaged."
)
@home_option
@json_option
@reports_errors
def backup_command(
    folder: Path, with_index: bool, keep: int | None, check: bool, home: Home, as_json: bool
) -> None:
    """Keep the collection a second time, in the folder DEST.

    The collection may be in use meanwhile. What DEST has already is not written again, and all of
    the new backup is read back before it counts. May be interrupted and run again: earlier backups
    stay as they are. Exit code 4 when something is damaged, here or there.

    \b
    Examples:
      dispatches backup /mnt/disk/dispatches
      dispatches backup /mnt/disk/dispatches --keep 30
      dispatches backup /mnt/disk/dispatches --check
    """
    backups = Backups(folder)
    if check:
        _check(backups, as_json=as_json)
        return
    report = backups.make(home, index=with_index, keep=keep)
    if as_json:
        print_json(
            {
                **_shown(report.backup),
                "written": report.written,
                "mended": report.mended,
                "pruned": report.pruned,
            }
        )
    else:
        _tell(report)
    if report.backup.troubles:
        sys.exit(EXIT_STORAGE)


def _check(backups: Backups, *, as_json: bool) -> None:
    names = backups.names() or [backups.get().name]  # which says that there is none
    troubles = list(backups.troubles())
    if as_json:
        print_json({"backups": names, "troubles": [asdict(trouble) for trouble in troubles]})
    elif troubles:
        for trouble in troubles:
            tell(f"{trouble.what} {trouble.reason}")
        tell("A new backup writes anew what the collection still has.", err=True)
    else:
        tell(f"{counted(len(names), 'backup')}: all pieces are as they were written.")
    if troubles:
        sys.exit(EXIT_STORAGE)


def _tell(report: BackupReport) -> None:
    backup = report.backup
    tell(
        f"{counted(len(backup.files), 'file')} of {_size(backup.bytes)} kept as {backup.name};"
        f" {_size(report.written)} of it was new."
    )
    for name in report.mended:
        tell(f"The piece {name} was damaged, and is whole again.", err=True)
    for name in report.pruned:
        tell(f"Removed: {name}.")
    for trouble in backup.troubles:
        tell(trouble, err=True)
    if backup.troubles:
        tell("The catalogue was damaged before; compare it with an earlier backup.", err=True)


@click.command("restore")
@click.argument("folder", metavar="SOURCE", type=_FOLDER)
@click.argument("name", required=False, default="")
@home_option
@json_option
@reports_errors
def restore_command(folder: Path, name: str, home: Home, as_json: bool) -> None:
    """Bring a backup back from the folder SOURCE into an empty home.

    The newest one, or the one of this NAME. Every file is compared with its SHA-256, and the
    catalogue with its chain. May be interrupted and run again. Exit code 4 when something is
    damaged.

    \b
    Examples:
      dispatches restore /mnt/disk/dispatches --home ~/brought-back
      dispatches restore /mnt/disk/dispatches 20261129T132000Z --home ~/as-it-was
    """
    backup, troubles = restore(Backups(folder), home, name)
    if as_json:
        print_json({**_shown(backup), "found": [asdict(trouble) for trouble in troubles]})
    else:
        _tell_restored(backup, troubles, home)
    if troubles:
        sys.exit(EXIT_STORAGE)


def _tell_restored(backup: Backup, troubles: list[Trouble], home: Home) -> None:
    number = counted(backup.counts.get("articles", 0), "article")
    tell(f"{counted(len(backup.files), 'file')}, {number}: as kept in {backup.name}.")
    for trouble in troubles:
        tell(f"{trouble.what} {trouble.reason}")
    if troubles:
        tell("It was so when the backup was made; compare it with an earlier one.", err=True)
    if not (home.index / "current").exists():
        tell("Now run `dispatches rebuild`.", err=True)


def _shown(backup: Backup) -> dict[str, object]:
    value = asdict(backup) | {"bytes": backup.bytes}
    return value | {"files": {path: file.sha256 for path, file in backup.files.items()}}


def _size(number: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if number < 1000:
            return f"{number:,.0f} {unit}"
        number /= 1000
    return f"{number:,.1f} GB"
