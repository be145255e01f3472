"""Commands of this room: take articles in, see what failed, read them again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corpus import cleaner
from corpus.cleaner.files import recognition
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.intake.recleaning import reclean
from corpus.intake.report import tell_report
from corpus.processes import connected
from corpus.readers.source import Asked, printable
from corpus.readers.tables.columns import KEYS
from corpus.store import Catalogue, Failure
from corpus.terminal import (
    counted,
    counter,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
    workers_option,
)

_NUMBER_AND_TEXT = re.compile(r"(\d{0,18})(\D*)")


class _Given(click.Path):
    """Files and folders that are there; who names an address is told what fetches it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and re.match("https?://", value, re.IGNORECASE):
            self.fail(
                f"{value} is on the web: `dispatches collect {value}` fetches it.", param, ctx
            )
        return super().convert(value, param, ctx)


@click.command()
@click.argument("paths", nargs=-1, type=_Given(exists=True, path_type=Path), metavar="PATH...")
@home_option
@json_option
@click.option("--retry-failures", is_flag=True, help="Try again what failed before.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="KEY=COLUMN",
    help="In tables, take KEY (title, text, html, date, url, outlet, …) from COLUMN.",
)
@click.option(
    "--ocr",
    metavar="LANGUAGES",
    callback=lambda _context, _option, value: _scans(value),
    help="Take pictures in folders for scanned pages too, and read scans in LANGUAGES (ukr+eng);"
    " `auto`: those of the collection.",
)
@click.option(
    "--chapters", is_flag=True, help="Make an article of each chapter of books and PDF files."
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="How many processes clean; with 1, a document may take forever.  [default: one a core]",
)
@workers_option
@reports_errors
def add(
    paths: tuple[Path, ...],
    home: Home,
    as_json: bool,
    retry_failures: bool,
    processes: int | None,
    workers: str | None,
    **way: Any,
) -> None:
    """Take articles in from files and folders.

    Reads saved pages, crawls, feeds, dumps, tables, papers and text; each also packed or in an
    archive: `dispatches formats` lists them all. A format is told by content. What is here already
    is not taken in twice, so the same command run again goes on where it ended.

    \b
    Examples:
      dispatches add ~/saved-pages
      dispatches add crawl.warc.gz feed.xml
      dispatches add table.csv --map title=Headline --map text=Body
      dispatches add ~/scans --ocr ukr+eng
      dispatches add report.pdf book.epub --chapters
      dispatches add --retry-failures

    Exit codes: 0 all is in; 1 some documents failed, see `dispatches failures`.
    """
    if not paths and not retry_failures:
        raise click.UsageError("Name a file or folder, or use --retry-failures.")
    asked = _asked(**way)
    with (
        connected(workers) as cluster,
        Catalogue.open(home) as catalogue,
        counter("Documents") as count,
    ):
        report = ingest(
            paths,
            catalogue,
            processes=processes,
            cluster=cluster,
            asked=asked,
            retry_failures=retry_failures,
            on_document=count,
        )
        outdated = catalogue.count_outdated(cleaner.version())
        refused = [] if as_json or not report.failures else _refused(catalogue, paths)
    if outdated:
        tell(
            f"{counted(outdated, 'version was', 'versions were')} read by an older cleaner;"
            " `dispatches reclean` reads what is old again.",
            err=True,
        )
    if not (paths or report.documents or as_json):
        tell("Nothing failed before: there is nothing to try again.")
    else:
        if refused:
            tell(f"Why some failed: {_causes(refused)}.", err=True)
        tell_report(report, as_json=as_json)


def _refused(catalogue: Catalogue, paths: tuple[Path, ...]) -> list[Failure]:
    """What is listed as failed of some files and folders; of all without any."""
    begin = tuple(printable(path) for path in paths) or ("",)
    return [failure for failure in catalogue.failures() if failure.locator.startswith(begin)]


def _causes(listed: list[Failure]) -> str:
    """How many failed for each cause, most first."""
    causes = Counter(failure.code.replace("_", " ") for failure in listed).most_common()
    return ", ".join(f"{number:,} {cause}" for cause, number in causes)


@click.command()
@home_option
@json_option
@reports_errors
def failures(home: Home, as_json: bool) -> None:
    """List what did not get in and why, and count it by cause.

    \b
    Examples:
      dispatches failures
      dispatches failures --json | jq -r '.[].locator'
    """
    with Catalogue.open(home, readonly=True) as catalogue:
        listed = sorted(catalogue.failures(), key=_place)
    if as_json:
        print_json([_failure_object(failure) for failure in listed])
        return
    for failure in listed:
        tell(failure.reason.replace("\n", "�"))  # a name of a file may hold one, and be two lines
    each = _causes(listed)
    tell(f"{len(listed):,} failed{': ' if each else ''}{each}.", err=True)


@click.command("reclean")
@home_option
@json_option
@workers_option
@reports_errors
def reclean_command(home: Home, as_json: bool, workers: str | None) -> None:
    """Read every original again that an older cleaner has read.

    Needed after an update of Dispatches that reads pages better; `add` does not do it, as it may
    take long. What `dispatches verify` found damaged in a version is made good, too. Ids and
    versions stay. A page that the new cleaner refuses keeps its old reading.

    \b
    Example:
      dispatches reclean && dispatches rebuild
    """
    with (
        connected(workers) as cluster,
        Catalogue.open(home) as catalogue,
        counter("Versions") as count,
    ):
        report = reclean(catalogue, cluster=cluster, on_version=count)
    if as_json:
        print_json(asdict(report))
    else:
        tell(
            f"{counted(report.versions, 'version')} read again: {report.changed:,} changed,"
            f" {report.refused:,} kept as they were"
        )


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in columns:
        key, _, column = pair.partition("=")
        if not key or not column:
            raise click.BadParameter("write KEY=COLUMN", param_hint="--map")
        if key not in KEYS:
            keys = ", ".join(KEYS)
            raise click.BadParameter(f"{key!r} is no key; these are: {keys}", param_hint="--map")
        mapping[key] = column
    return mapping


def _asked(*, columns: tuple[str, ...], ocr: str | None, chapters: bool) -> Asked:
    languages = "" if ocr in (None, "auto") else str(ocr)
    return Asked(
        columns=_mapping(columns), scans=ocr is not None, languages=languages, chapters=chapters
    )


def _scans(languages: str | None) -> str | None:
    """Checks the languages that are asked for."""
    known = recognition.languages()
    wrong = [one for one in (languages or "auto").split("+") if one not in (*known, "auto")]
    if wrong:
        have = ", ".join(known) or "none, as it is not installed"
        raise click.BadParameter(f"tesseract has no data for {', '.join(wrong)}; it has: {have}")
    return languages


def _place(failure: Failure) -> list[tuple[int, str]]:
    """Sorts the tenth record of a file after its ninth."""
    return [(int(digits or 0), text) for digits, text in _NUMBER_AND_TEXT.findall(failure.locator)]


def _failure_object(failure: Failure) -> dict[str, Any]:
    return asdict(failure) | {"when": failure.when.isoformat(timespec="seconds")}
