"""How well does the cleaner read real pages, and how fast, beside its peers in the same run?

Run: `python -m benchmarks.extraction [--check] [--write docs/benchmarks-extraction.md]`.
Body F1 as in `benchmarks.extraction.shingles`; the pages and their gold as in
`benchmarks.extraction.pages`.
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

from benchmarks.extraction import bundled_pages
from benchmarks.extraction.pages import DatedPage, GoldPage, dated_pages, readability_pages
from benchmarks.extraction.peers import date_peers, text_peers
from benchmarks.extraction.shingles import Overlap, average, overlap
from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
SHARED_DATA = ROOT.parent / "shared" / "data"
FLOORS = Path(__file__).with_name("floors.json")
_SITE = re.compile(r"(?:\s*[（(][^（()）]{1,40}[)）])?\s*(?:\s[-–—:]\s|[|»·]\s|_)\s*\S.{0,60}")
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
    _measure_bundled(measured)
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
    _measure_metadata([page for page in pages if page.is_news], measured)
    _measure_bylines(pages, measured)


def _measure_metadata(news: Sequence[GoldPage], measured: Measured) -> None:
    """Titles, as the gold has them and without the site's name at its end; bylines."""
    articles = {page.name: _article(page.content) for page in news}
    titled = [(articles[page.name], page.title) for page in news if page.title]
    equal = sum(a is not None and _plain(a.title) == _plain(gold) for a, gold in titled)
    alike = sum(a is not None and _same_but_site(a.title, gold) for a, gold in titled)
    signed = [(articles[page.name], page.byline) for page in news if page.byline]
    none = sum(a is None or not a.bylines for a, _ in signed)
    named = sum(a is not None and _are_named(a.bylines, gold) for a, gold in signed)
    figures = {
        "title_equal:news": equal / len(titled),
        "title_equal_but_site:news": alike / len(titled),
        "byline_right:news": named / len(signed),
        "byline_wrong:news": (len(signed) - none - named) / len(signed),
    }
    measured.figures |= figures
    titles, bylines = f"Title on {len(titled)} news pages", f"Bylines on {len(signed)} news pages"
    share = {name.partition(":")[0]: f"{figure:.3f}" for name, figure in figures.items()}
    measured.lines += [
        "",
        f"{titles}: equal to the gold {share['title_equal']}; once the site's name at the gold's",
        f"end is taken off {share['title_equal_but_site']}.",
        "",
        f"{bylines} whose gold has one: every name we give is in it {share['byline_right']},",
        f"one is not {share['byline_wrong']}, we give none {none / len(signed):.3f} (some of the",
        "gold is an agency or a date).",
        "",
    ]


def _measure_bylines(pages: Sequence[GoldPage], measured: Measured) -> None:
    """F1 of bylines: pages where every name given is in the gold, of those where we give any, and
    of those whose gold has one.
    """
    sets = {"news": [page for page in pages if page.is_news], "all": list(pages)}
    measured.lines += ["| bylines of | F1 | precision | recall |", "|---|---|---|---|"]
    for label, chosen in sets.items():
        signed = [(_article(page.content), page.byline) for page in chosen if page.byline]
        given = [(article.bylines, gold) for article, gold in signed if article and article.bylines]
        right = sum(_are_named(names, gold) for names, gold in given)
        score = Overlap(right / len(given), right / len(signed))
        measured.figures[f"byline_f1:{label}"] = score.f1
        measured.lines.append(
            f"| {label} ({len(signed)}) | {score.f1:.3f} | {score.precision:.3f} | "
            f"{score.recall:.3f} |"
        )
    measured.lines.append("")


def _measure_dates(pages: Sequence[DatedPage], measured: Measured, *, peers: bool) -> None:
    news = [page for page in pages if page.is_news]
    sets = {"": ("all", list(pages)), ":news": ("news", news)}
    measured.lines += [
        "| date of publication on | finder | right | wrong | none |",
        "|---|---|---|---|---|",
    ]
    finders = {"dispatches": _date} | (date_peers() if peers else {})
    for name, find in finders.items():
        answers = {page.name: find(page.content, page.url) for page in pages}
        for suffix, (label, chosen) in sets.items():
            right = sum(answers[page.name] == page.date for page in chosen) / len(chosen)
            none = sum(_is_part(answers[page.name], page.date) for page in chosen) / len(chosen)
            wrong = 1 - right - none
            measured.lines.append(
                f"| {label} ({len(chosen)}) | {name} | {right:.3f} | {wrong:.3f} | {none:.3f} |"
            )
            if name == "dispatches":
                measured.figures |= {f"date_right{suffix}": right, f"date_wrong{suffix}": wrong}


def _measure_bundled(measured: Measured) -> None:
    figures = bundled_pages.figures()
    measured.figures |= figures
    shares = ", ".join(f"{name.partition(':')[2]} {share:.3f}" for name, share in figures.items())
    measured.lines += ["", f"Bundled pages read exactly as they were written: {shares}."]


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


def _same_but_site(title: str, gold: str) -> bool:
    """Whether a title is the gold, or the gold without " - Site" or " | Section | Site"."""
    mine, full = _plain(title), _plain(gold)
    rest = full.removeprefix(mine)
    return bool(mine) and (not rest or (rest != full and bool(_SITE.fullmatch(rest))))


def _are_named(names: Sequence[str], gold: str) -> bool:
    """Whether there are names, and each of them is in the gold byline, surname first or last."""
    line = _plain(gold).casefold()
    words = set(re.findall(r"\w+", line))
    return bool(names) and all(
        name in line or words.issuperset(re.findall(r"\w+", name))
        for name in (_plain(name).casefold() for name in names)
    )


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
