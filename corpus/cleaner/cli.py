"""`dispatches clean`: what did the cleaner see in these pages?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.cleaner.report import as_html, as_object, as_text
from corpus.errors import InputError
from corpus.readers import read
from corpus.terminal import EXIT_SOME_FAILED, reports_errors, tell

_REPORTS = {"text": as_text, "html": as_html}


@click.command("clean")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--url", help="Where the page was collected from, if its file does not say.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="A report to read, one JSON object a page, or a page.",
)
@reports_errors
def clean_command(paths: tuple[str, ...], url: str | None, form: str) -> None:
    """Show what the cleaner makes of pages, and what it took out. Stores nothing.

    \b
    Examples:
      dispatches clean saved.html
      dispatches clean pages/ --format jsonl | jq .title
      curl -s https://example.org/a | dispatches clean - --url https://example.org/a
    """
    failed = False
    for path in paths:
        for document in _documents(path, url):
            where = document.locator if isinstance(document, RawDocument) else document.where
            outcome = _attempt(document)
            failed = failed or isinstance(outcome, InputError)
            if form == "jsonl":
                click.echo(json.dumps(as_object(where or path, outcome), ensure_ascii=False))
            else:
                tell(_REPORTS[form](where or path, outcome), nl=False)
    if failed:
        sys.exit(EXIT_SOME_FAILED)


def _documents(path: str, url: str | None) -> Iterator[RawDocument | InputError]:
    if path == "-":
        yield RawDocument(
            content=sys.stdin.buffer.read(),
            media_type="text/html",
            locator="-",
            url=url,
            collected=datetime.now(UTC),
            reader="stdin/1",
        )
        return
    for document in read(Path(path)):
        if isinstance(document, RawDocument) and url and document.url is None:
            yield replace(document, url=url)
        else:
            yield document


def _attempt(document: RawDocument | InputError) -> Article | InputError:
    if isinstance(document, InputError):
        return document
    try:
        return clean(document)
    except InputError as error:
        return error
