"""Commands that look at one article of the catalogue: its versions, sightings, changes. Commands of
other rooms that take in lines of other collections say here what came of them.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corpus.home import Home
from corpus.store import Catalogue, Sighting, StoredArticle
from corpus.store.lines import BroughtIn
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
)


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--version", type=click.IntRange(min=1), help="Show the text of this version.")
@home_option
@json_option
@reports_errors
def history(article_id: str, version: int | None, home: Home, as_json: bool) -> None:
    """Show the versions of an article, and every place it was seen.

    \b
    Examples:
      dispatches history mfrggzdfmztwq2lk
      dispatches history mfrggzdfmztwq2lk --version 1
    """
    with Catalogue.open(home, readonly=True) as catalogue:
        chosen = catalogue.article(article_id, version)
        shown: dict[str, Any] = {
            "id": chosen.article.article_id,
            "reprint_of": catalogue.reprint_of(article_id),
            "versions": [_version_object(each) for each in catalogue.versions(article_id)],
            "sightings": [_sighting_object(seen) for seen in catalogue.sightings(article_id)],
        }
    if as_json:
        print_json(shown | {"version": chosen.version, "text": chosen.article.text})
        return
    for each in shown["versions"]:
        tell(f"version {each['version']}, collected {each['collected']}: {each['title']}")
    for seen in shown["sightings"]:
        where = seen["url"] or seen["locator"]
        tell(f"seen as version {seen['version']}: {where} ({seen['collected']})")
    if shown["reprint_of"]:
        tell(f"the text of {shown['reprint_of']}, by another outlet")
    if version is not None:
        tell(f"\n{chosen.article.text}")


@click.command()
@click.argument("article_id", metavar="ID")
@click.option(
    "--from",
    "old",
    type=click.IntRange(min=1),
    help="Version to begin with.  [default: the version before]",
)
@click.option(
    "--to",
    "new",
    type=click.IntRange(min=1),
    help="Version to compare with it.  [default: the last version]",
)
@home_option
@reports_errors
def diff(article_id: str, old: int | None, new: int | None, home: Home) -> None:
    """Show what changed between two versions of an article.

    \b
    Example:
      dispatches diff mfrggzdfmztwq2lk --from 1 --to 3
    """
    with Catalogue.open(home, readonly=True) as catalogue:
        count = len(catalogue.versions(article_id))
        if count == 1:
            tell("There is one version: nothing has changed.", err=True)
        last = new or count
        later = catalogue.article(article_id, last)
        earlier = catalogue.article(article_id, old or max(last - 1, 1))
    for line in difflib.unified_diff(
        _lines(earlier),
        _lines(later),
        _version_name(earlier),
        _version_name(later),
        lineterm="",
        n=1,
    ):
        tell(line)


def _version_object(stored: StoredArticle) -> dict[str, Any]:
    article = stored.article
    return {
        "version": stored.version,
        "collected": stored.collected.isoformat(timespec="seconds"),
        "title": article.title,
        "published": article.published.iso if article.published else None,
        "kind": article.kind.value,
        "flags": list(article.quality.flags),
        "cleaner": stored.cleaner,
        "original_sha256": stored.original_sha256,
    }


def _sighting_object(seen: Sighting) -> dict[str, Any]:
    return asdict(seen) | {"collected": seen.collected.isoformat(timespec="seconds")}


def _lines(stored: StoredArticle) -> list[str]:
    article = stored.article
    published = article.published.iso if article.published else ""
    facts = [
        f"title: {article.title}",
        f"bylines: {'; '.join(article.bylines)}",
        f"published: {published}",
        f"standfirst: {article.standfirst}",
        *(f"caption: {caption}" for caption in article.captions),
    ]
    return [*facts, *article.text.split("\n\n")]


def _version_name(stored: StoredArticle) -> str:
    return f"version {stored.version}, collected {stored.collected:%Y-%m-%d %H:%M} UTC"


def bring_in_files(
    files: Iterable[Path],
    bring_in: Callable[[bytes], BroughtIn],
    *,
    what: str,
    as_json: bool,
) -> None:
    """Adds the lines of other collections' files, says what came of each file, and ends the command
    where a line was refused.

    Args:
        bring_in: adds the content of one file.
        what: one of the lines is called, `decision` for example.
    """
    refused = 0
    results = []
    for file in files:
        came = bring_in(file.read_bytes())
        refused += len(came.refused)
        results.append({"file": str(file), **asdict(came)})
        for one in came.refused:
            tell(f"{file}: {one}", err=True)
        if not as_json:
            tell(f"{file}: {counted(came.added, what)} added, {came.known:,} known")
    if as_json:
        print_json(results)
    if refused:
        sys.exit(EXIT_SOME_FAILED)
