"""Report: how is an intake told to a person, or to a script?"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import click

from corpus.article import Kind
from corpus.store import Outcome
from corpus.terminal import EXIT_SOME_FAILED, counted, print_json

# What came of a pile? Every document that was met is in exactly one count.


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What came of a pile: every document that was met is in exactly one of the counts.

    Attributes:
        documents: all that were met.
        articles: new articles.
        new_versions: articles that were here and have changed.
        duplicates: documents whose article was here as it is.
        flagged: new pages of another kind than article (live blogs, galleries, …); stored, and
            not indexed unless asked for.
        failures: documents that are listed by `dispatches failures`.

    Raises:
        ValueError: the counts do not add up; nothing may ever be lost between them.
    """

    documents: int
    articles: int
    new_versions: int
    duplicates: int
    flagged: int
    failures: int

    def __post_init__(self) -> None:
        parts = (self.articles, self.new_versions, self.duplicates, self.flagged, self.failures)
        if min(parts) < 0 or sum(parts) != self.documents:
            raise ValueError(f"{self.documents} documents in, but {sum(parts)} out: {self}")


@dataclass(slots=True)
class Tally:
    """Counts that grow while a pile is taken in; documents and outcomes are counted apart."""

    documents: int = 0
    articles: int = 0
    new_versions: int = 0
    duplicates: int = 0
    flagged: int = 0
    failures: int = 0

    def count(self, part: str, number: int = 1) -> None:
        """Counts documents into one of the parts."""
        setattr(self, part, getattr(self, part) + number)

    def count_outcome(self, outcome: Outcome, kind: Kind) -> None:
        """Counts one document that the catalogue took."""
        part = _PART_OF[outcome]
        self.count("flagged" if part == "articles" and kind is not Kind.ARTICLE else part)

    def report(self) -> IngestReport:
        """The counts as they are now."""
        return IngestReport(**asdict(self))


_PART_OF = {
    Outcome.ADDED: "articles",
    Outcome.NEW_VERSION: "new_versions",
    Outcome.DUPLICATE: "duplicates",
}


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
        return (
            "0 documents: there is nothing that could be read. `dispatches formats` lists what can"
            " be; pictures in folders belong to pages; `--ocr LANGUAGES` reads them as scans."
        )
    told = "".join(
        f"\n{number:>9,}  {one if number == 1 else many}" for number, one, many in lines if number
    )
    return f"{counted(report.documents, 'document')}:{told}"
