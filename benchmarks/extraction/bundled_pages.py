"""How many of the bundled pages does the cleaner read exactly as they were written?

Run: `python -m benchmarks.extraction.bundled_pages [--show OUTLET]`. For each outlet, so
for each kind of page, the share of articles
whose title, text, bylines, date and captions equal the sidecar's.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import click

from corpus import demo
from corpus.article import Article
from corpus.cleaner import clean
from corpus.demo.outlets import OUTLETS
from corpus.errors import InputError
from corpus.readers import read

_NOBODY = frozenset({"Staff"}) | {outlet.name for outlet in OUTLETS.values()}
"""Signatures that name no person; a byline holds people only."""
CHECKS = ("title", "text", "bylines", "published", "outlet", "language", "captions")


def right(article: Article, gold: demo.DemoArticle) -> dict[str, bool]:
    """For each of `CHECKS`, whether the cleaner's value is the sidecar's.

    A correction note may stay in the text, a caption may carry its credit, and an outlet that
    does not name itself on its pages may be known by its host.
    """
    kept = article.text.removesuffix(gold.correction).rstrip() if gold.correction else article.text
    host = OUTLETS[gold.outlet].home.split("//")[1].removeprefix("www.")
    return {
        "title": article.title == gold.title,
        "text": kept == gold.text,
        "bylines": article.bylines == tuple(n for n in gold.bylines if n not in _NOBODY),
        "published": (article.published and article.published.iso)
        == (gold.published and gold.published.iso),
        "outlet": article.outlet in {OUTLETS[gold.outlet].name, host},
        "language": article.language == gold.language,
        "captions": len(article.captions) == len(gold.captions),
    }


def measure(show: str | None = None) -> dict[str, Counter[str]]:
    """For each outlet, how many `pages` there are, and on how many each check holds.

    Args:
        show: prints what is wrong with the pages of this outlet.
    """
    by_slug = {article.slug: article for article in demo.load()}
    scores: dict[str, Counter[str]] = defaultdict(Counter)
    for raw in read(demo.path()):
        if isinstance(raw, InputError):
            scores["unread"]["pages"] += 1
            continue
        gold = by_slug[(raw.url or raw.locator).rstrip("/").rsplit("/", 1)[-1].split(".")[0]]
        checks = right(clean(raw), gold)
        scores[gold.outlet]["pages"] += 1
        scores[gold.outlet].update(name for name, held in checks.items() if held)
        if show == gold.outlet and not all(checks.values()):
            wrong = [name for name, held in checks.items() if not held]
            click.echo(f"{gold.slug}: {', '.join(wrong)}")
    return scores


def figures() -> dict[str, float]:
    """The share of all bundled pages on which each check holds, as `bundled:title`."""
    total = sum(measure().values(), Counter[str]())
    return {f"bundled:{name}": total[name] / total["pages"] for name in CHECKS}


@click.command()
@click.option("--show", help="List what is wrong with the pages of one outlet.")
def main(show: str | None) -> None:
    """Clean the bundled pages and compare with what was written."""
    scores = measure(show)
    click.echo(f"{'':18}{'pages':>6}" + "".join(f"{name:>11}" for name in CHECKS))
    for outlet, score in sorted(scores.items()):
        cells = "".join(f"{score[name] / score['pages']:>11.2f}" for name in CHECKS)
        click.echo(f"{outlet:18}{score['pages']:>6}{cells}")


if __name__ == "__main__":
    main()
