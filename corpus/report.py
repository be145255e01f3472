"""How is an intake told to a person, or to a script?"""

from __future__ import annotations

from dataclasses import asdict

import click

from corpus.tally import IngestReport
from corpus.terminal import EXIT_SOME_FAILED, counted, print_json


def tell_report(report: IngestReport, *, as_json: bool) -> None:
    """Prints the counts; ends the command with exit code 1 when there were failures."""
    if as_json:
        print_json(asdict(report))
    else:
        click.echo(_summary(report))
    if report.failures:
        raise SystemExit(EXIT_SOME_FAILED)


def _summary(report: IngestReport) -> str:
    other = "of another kind, kept but not indexed"
    lines = [
        (report.articles, "new article", "new articles"),
        (
            report.new_versions,
            "new version of an article that was here",
            "new versions of articles that were here",
        ),
        (report.duplicates, "already here", "already here"),
        (report.flagged, f"page {other}", f"pages {other}"),
        (report.failures, "failed; see `dispatches failures`", "failed; see `dispatches failures`"),
    ]
    if not report.documents:
        return "0 documents: there is nothing that could be read"
    told = "".join(
        f"\n{number:>9,}  {one if number == 1 else many}" for number, one, many in lines if number
    )
    return f"{counted(report.documents, 'document')}:{told}"
