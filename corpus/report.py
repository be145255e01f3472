"""How is an intake told to a person, or to a script?"""

from __future__ import annotations

from dataclasses import asdict

import click

from corpus.ingest import IngestReport
from corpus.terminal import EXIT_SOME_FAILED, print_json


def tell_report(report: IngestReport, *, as_json: bool) -> None:
    """Prints the counts; ends the command with exit code 1 when there were failures."""
    if as_json:
        print_json(asdict(report))
    else:
        click.echo(_summary(report))
    if report.failures:
        raise SystemExit(EXIT_SOME_FAILED)


def _summary(report: IngestReport) -> str:
    lines = [
        (report.articles, "new articles"),
        (report.new_versions, "new versions of articles that were here"),
        (report.duplicates, "already here"),
        (report.flagged, "pages of another kind, kept but not indexed"),
        (report.failures, "failed; `dispatches failures` lists them"),
    ]
    told = "".join(f"\n{number:>9,}  {what}" for number, what in lines if number)
    return f"{report.documents:,} documents{':' if told else ''}{told}"
