"""Renders the sample articles: `python -m corpus.demo.build`.

Writes `collected/` anew from `articles/*.jsonl` and `templates/`. The files are committed, so that
a newcomer's first run needs no build; a test compares them with what this makes.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import click

from corpus.demo import path
from corpus.demo.containers import crawl, dump, feed
from corpus.demo.pages import saved_page
from corpus.demo.sidecar import Carrier, DemoArticle, load


def rendered() -> Mapping[str, bytes]:
    """Every file of `collected/`: its name, with `/`, and its bytes."""
    articles = load()
    by_carrier = {carrier: _carried(articles, carrier) for carrier in Carrier}
    files = {
        f"pages/{article.outlet}/{article.slug}.html": saved_page(article, articles).encode()
        for article in by_carrier[Carrier.PAGE]
    }
    for name, make, carrier in (
        ("dump.jsonl", dump, Carrier.DUMP),
        ("feed.xml", feed, Carrier.FEED),
        ("crawl.warc.gz", crawl, Carrier.CRAWL),
    ):
        if chosen := by_carrier[carrier]:
            files[name] = make(chosen, articles)
    return files


def write(folder: Path) -> int:
    """Writes every file into `folder`, which is emptied first; gives their number."""
    shutil.rmtree(folder, ignore_errors=True)
    files = rendered()
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(files)


def _carried(articles: tuple[DemoArticle, ...], carrier: Carrier) -> list[DemoArticle]:
    return [article for article in articles if article.carrier is carrier]


@click.command()
def main() -> None:
    """Render the sample articles into corpus/demo/collected."""
    click.echo(f"{write(path())} files in {path()}")


if __name__ == "__main__":
    main()
