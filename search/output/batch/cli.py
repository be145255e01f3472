"""Command `dispatches batch`: ask every question of a table, and write what they find as one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from corpus.home import Home
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    home_option,
    json_option,
    print_json,
    report_error,
    reports_errors,
    tell,
    visible,
)
from search.output import answers
from search.output.batch.answers import batch_answer
from search.output.batch.asking import MAX_HITS, Answered, ask
from search.output.batch.questions import Refused, questions, text_of
from search.output.batch.tables import WRITERS, note
from search.serving.serving import opened

MAX_QUESTIONS, MAX_BYTES = 10_000, 20_000_000
_FIRST_HITS = 3


@click.command("batch")
@click.argument(
    "table", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one CSV file (.csv) or one workbook (.xlsx) of questions and hits.",
)
@click.option(
    "--hits",
    type=click.IntRange(0, MAX_HITS),
    default=_FIRST_HITS,
    show_default=True,
    help="First hits of each question.",
)
@click.option("--generation", metavar="NAME", help="An older generation of the index.")
@home_option
@json_option
@reports_errors
def batch_command(
    table: Path,
    output: Path | None,
    hits: int,
    generation: str | None,
    home: Home,
    as_json: bool,
) -> None:
    """Ask every question of TABLE, a CSV file or `-`.

    With `-`, the table comes on standard input. A column is called `question`; `name`, and
    filters as the interface for scripts calls them (`person`, `outlet_not`, `date_from` …), may
    stand beside it, several values parted by `;`. A bad row costs itself.

    \b
    Examples:
      dispatches batch questions.csv
      dispatches batch questions.csv -o found.xlsx --hits 20
    """
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if output and (suffix not in WRITERS or as_json):
        raise click.UsageError("FILE ends with .csv or .xlsx, and goes without --json.")
    content = sys.stdin.buffer.read() if str(table) == "-" else table.read_bytes()
    text = text_of(content, where=str(table), most=MAX_BYTES)
    asked = questions(text, where=str(table), most=MAX_QUESTIONS)
    for name in asked.passed_over:
        tell(f"The column {name} says nothing to a search.", err=True)
    refused: list[Refused] = []
    with opened(home, generation) as index:
        found = _noting(ask(asked.rows, index, hits=hits), refused)
        current = index.generation.name
        if as_json:
            print_json(answers.plain(batch_answer(found, current, asked.passed_over)))
        elif output:
            with output.open("wb") as file:
                file.writelines(WRITERS[suffix](found, current))
        else:
            _print(found)
    for one in refused:
        report_error(one.error, as_json=False)
    told = f"{counted(len(asked.rows) - len(refused), 'question')} asked"
    if refused:
        tell(f"{told}, {len(refused)} could not be", err=True)
        sys.exit(EXIT_SOME_FAILED)
    tell(told, err=True)


def _noting(
    found: Iterable[Answered | Refused], refused: list[Refused]
) -> Iterator[Answered | Refused]:
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
        yield one


def _print(found: Iterable[Answered | Refused]) -> None:
    for one in found:
        if isinstance(one, Refused):
            continue
        asked, result = one.question, one.result
        least = "" if result.complete else "at least "
        about = " ".join(filter(None, (asked.name, asked.request.text, asked.narrowed)))
        click.echo(visible(f"{least}{result.total:>7,}  {' '.join(about.split())}"))
        if said := note(one):
            click.echo(visible(f"         {said}"))
        for rank, hit in enumerate(result.hits, start=1):
            title = " ".join(hit.document.title.split())
            click.echo(visible(f"       {rank:>3}. {title}  ({hit.document.article_id})"))
