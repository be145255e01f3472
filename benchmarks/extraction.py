"""How well does the cleaner read real pages, and how fast, beside its peers in the same run?

Run: `python -m benchmarks.extraction [--check] [--write docs/benchmarks-extraction.md]`.
Body F1 as in `benchmarks.shingles`; the pages and their gold as in `benchmarks.extraction_pages`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.extraction_pages import DatedPage, GoldPage, dated_pages, readability_pages
from benchmarks.extraction_peers import date_peers, text_peers
from benchmarks.shingles import average, overlap
from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
FLOORS = Path(__file__).with_name("extraction.floors.json")
_QUOTES = str.maketrans("“”„«»‘’", '"""""\'\'')


@dataclass(slots=True)
class Measured:
    """Figures by name, and the lines of a table for people."""

    figures: dict[str, float] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def measure(shared_data: Path, *, peers: bool = True) -> Measured:
    """Measures everything on the pages of the shared data.

    Args:
        peers: also run what other extractors are installed.
    """
    measured = Measured()
    _measure_bodies(readability_pages(shared_data), measured, peers=peers)
    _measure_dates(dated_pages(shared_data), measured, peers=peers)
    return measured


def below_floors(figures: dict[str, float]) -> list[str]:
    """A line for each figure that is worse than its floor (`max_…` floors are ceilings)."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    problems = []
    for name, floor in floors.items():
        figure = figures[name.removeprefix("max_")]
        if figure > floor if name.startswith("max_") else figure < floor:
            problems.append(f"{name}: {figure:.4f} is worse than {floor:.4f}")
    return problems


def _measure_bodies(pages: Sequence[GoldPage], measured: Measured, *, peers: bool) -> None:
    sets = {
        "news, first half": [page for page in pages[::2] if page.is_news],
        "news, held-out half": [page for page in pages[1::2] if page.is_news],
        "all": list(pages),
    }
    measured.lines += [
        "| text of | extractor | F1 | precision | recall | pages/s |",
        "|---|---|---|---|---|---|",
    ]
    runs: dict[str, Callable[[bytes], str]] = {"dispatches": _text}
    for name, extract in (runs | (text_peers() if peers else {})).items():
        started = time.process_time()
        texts = {page.name: extract(page.content) for page in pages}
        speed = len(pages) / (time.process_time() - started)
        for label, chosen in sets.items():
            score = average(overlap(texts[page.name], page.text) for page in chosen)
            measured.lines.append(
                f"| {label} ({len(chosen)}) | {name} | {score.f1:.3f} | {score.precision:.3f} | "
                f"{score.recall:.3f} | {speed:.0f} |"
            )
            if name == "dispatches":
                measured.figures[f"body_f1:{label}"] = score.f1
    news = [page for page in pages if page.is_news and page.title]
    equal = sum(_same_title(page) for page in news) / len(news)
    measured.figures["title_equal:news"] = equal
    measured.lines += ["", f"Title equal to the gold on {len(news)} news pages: {equal:.2f}.", ""]


def _measure_dates(pages: Sequence[DatedPage], measured: Measured, *, peers: bool) -> None:
    measured.lines += [
        "| date of publication, 400 pages | right | wrong | none |",
        "|---|---|---|---|",
    ]
    finders = {"dispatches": _date} | (date_peers() if peers else {})
    for name, find in finders.items():
        answers = [(find(page.content, page.url), page.date) for page in pages]
        right = sum(answer == gold for answer, gold in answers) / len(pages)
        none = sum(_is_part(answer, gold) for answer, gold in answers) / len(pages)
        measured.lines.append(f"| {name} | {right:.3f} | {1 - right - none:.3f} | {none:.3f} |")
        if name == "dispatches":
            measured.figures |= {"date_right": right, "date_wrong": 1 - right - none}


def _is_part(answer: str | None, gold: str) -> bool:
    """No answer, or one that is coarser than the gold and true: a month, a year."""
    return answer is None or (len(answer) < len(gold) and gold.startswith(answer))


def _article(content: bytes, url: str | None = None) -> Article | None:
    raw = RawDocument(
        content=content,
        media_type="text/html",
        locator="benchmark",
        url=url,
        collected=datetime.now(UTC),
        reader="benchmark/1",
    )
    try:
        return clean(raw)
    except InputError:
        return None


def _text(content: bytes) -> str:
    article = _article(content)
    return article.text if article else ""


def _date(content: bytes, url: str) -> str | None:
    article = _article(content, url)
    return article.published.iso[:10] if article and article.published else None


def _same_title(page: GoldPage) -> bool:
    article = _article(page.content)
    return article is not None and _plain(article.title) == _plain(page.title)


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title.translate(_QUOTES)).strip()


@click.command()
@click.option("--check", is_flag=True, help="Fail where a figure is worse than its floor.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the table.")
@click.option("--no-peers", is_flag=True, help="Measure the cleaner alone.")
def main(*, check: bool, write: Path | None, no_peers: bool) -> None:
    """Measure the cleaner on the pages in ../shared/data."""
    if not SHARED_DATA.is_dir():
        raise click.ClickException(f"needs the pages in {SHARED_DATA}")
    measured = measure(SHARED_DATA, peers=not no_peers)
    table = "\n".join(measured.lines)
    click.echo(table)
    click.echo(json.dumps(measured.figures, indent=2))
    if write is not None:
        head, mark, _ = write.read_text(encoding="utf-8").partition("<!-- table -->\n")
        write.write_text(f"{head}{mark}\n{table}\n", encoding="utf-8")
    problems = below_floors(measured.figures) if check else []
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
