"""Command `dispatches clean`: what did the cleaner see in these pages?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import click

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.dates import PartialDate
from corpus.errors import InputError
from corpus.readers import read
from corpus.terminal import EXIT_SOME_FAILED, reports_errors, tell


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


_FIELDS = (
    "title",
    "bylines",
    "agencies",
    "outlet",
    "section",
    "url",
    "language",
    "published",
    "modified",
    "standfirst",
)
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 serif}"
    "table{font-size:.85rem;border-collapse:collapse}th{text-align:left;padding-right:1rem}"
    "td,th{vertical-align:top}p{white-space:pre-line}del{display:block;color:#777;margin:.5rem 0;"
    "font-size:.85rem;text-decoration:none}del b{color:#a33}"
)


def as_object(path: str, outcome: Article | InputError) -> dict[str, Any]:
    """One page as the JSON object of `dispatches clean --format jsonl`."""
    if isinstance(outcome, InputError):
        error = {"code": outcome.code, "what": outcome.what, "advice": outcome.advice}
        return {"path": path, "error": error}
    return {
        "path": path,
        "url": outcome.url,
        "kind": outcome.kind.value,
        "title": outcome.title,
        "bylines": list(outcome.bylines),
        "agencies": list(outcome.agencies),
        "outlet": outcome.outlet,
        "section": outcome.section,
        "language": outcome.language,
        "declared_language": outcome.declared_language,
        "published": _date(outcome.published),
        "modified": _date(outcome.modified),
        "standfirst": outcome.standfirst,
        "description": outcome.description,
        "keywords": list(outcome.keywords),
        "text": outcome.text,
        "captions": list(outcome.captions),
        "removed": [{"rule": block.rule, "text": block.text} for block in outcome.removed],
        "quality": {
            "signals": dict(outcome.quality.signals),
            "flags": list(outcome.quality.flags),
        },
        "basis": dict(outcome.basis),
        "cleaner": outcome.cleaner,
        "error": None,
    }


def as_text(path: str, outcome: Article | InputError) -> str:
    """One page as a report for a terminal: metadata with its basis, text, what was removed."""
    if isinstance(outcome, InputError):
        return f"{path}\n  not cleaned: {outcome}\n"
    lines = [
        path,
        *(f"  {name:<12} {value}" for name, value in _rows(outcome)),
        "",
        outcome.text,
        "",
    ]
    lines += [f"  caption: {caption}" for caption in outcome.captions]
    lines += [f"  removed ({block.rule}): {block.text}" for block in outcome.removed]
    return "\n".join(lines) + "\n"


def as_html(path: str, outcome: Article | InputError) -> str:
    """One page as a page of its own; nothing of the original's markup survives."""
    if isinstance(outcome, InputError):
        body = f"<h1>{escape(path)}</h1><p>not cleaned: {escape(str(outcome))}</p>"
    else:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in _rows(outcome)
        )
        text = "".join(f"<p>{escape(part)}</p>" for part in outcome.text.split("\n\n"))
        captions = "".join(f"<del><b>caption</b> {escape(c)}</del>" for c in outcome.captions)
        removed = "".join(
            f"<del><b>{escape(block.rule)}</b> {escape(block.text)}</del>"
            for block in outcome.removed
        )
        body = (
            f"<h1>{escape(outcome.title)}</h1><table>{rows}</table>{text}"
            f"<h2>Removed</h2>{captions}{removed}"
        )
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(path)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _rows(article: Article) -> list[tuple[str, str]]:
    rows = [("kind", article.kind.value)]
    for name in _FIELDS:
        value = getattr(article, name)
        if not value:
            continue
        if isinstance(value, PartialDate):
            rows.append((name, f"{value.iso}  [{value.precision}, {value.basis}]"))
            continue
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        basis = article.basis.get(name)
        rows.append((name, f"{shown}  [{basis}]" if basis else shown))
    signals = ", ".join(f"{name} {value:g}" for name, value in article.quality.signals.items())
    rows.append(("quality", "; ".join(filter(None, (signals, ", ".join(article.quality.flags))))))
    return rows


def _date(date: PartialDate | None) -> dict[str, str] | None:
    if date is None:
        return None
    return {"date": date.iso, "precision": date.precision.value, "basis": date.basis}


_REPORTS = {"text": as_text, "html": as_html}
