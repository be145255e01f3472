"""`dispatches collect`: fetch pages, and what feeds and sitemaps name."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from time import sleep as rest

import click

from corpus.collecting.collect import Wishes, collect
from corpus.collecting.fetcher import Fetcher
from corpus.home import Home
from corpus.intake.report import tell_report
from corpus.store import Catalogue
from corpus.terminal import counter, home_option, json_option, reports_errors

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Duration(click.ParamType[float]):
    """A time such as `90s`, `15m`, `2h` or `1d`; gives seconds."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, int | float):
            return float(value)
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no duration; write 90s, 15m, 2h or 1d", param, ctx)
        return float(match[1]) * _UNITS[match[2]]


@click.command("collect")
@click.argument("starts", nargs=-1, required=True, metavar="URL|FILE...")
@home_option
@json_option
@click.option("--again", is_flag=True, help="Ask of pages that are here whether they changed.")
@click.option("--retry-failures", is_flag=True, help="Try again what failed for good.")
@click.option("--limit", type=click.IntRange(min=1), help="Fetch so many pages at most.")
@click.option(
    "--delay", type=Duration(), default="1s", show_default=True, help="Between visits to a host."
)
@click.option("--allow-private", is_flag=True, help="Also fetch from private networks.")
@click.option("--watch", is_flag=True, help="Go on asking, until interrupted.")
@click.option(
    "--every", type=Duration(), default="15m", show_default=True, help="How often --watch asks."
)
@reports_errors
def collect_command(  # noqa: PLR0913 - one argument an option
    *,
    starts: tuple[str, ...],
    home: Home,
    as_json: bool,
    again: bool,
    retry_failures: bool,
    limit: int | None,
    delay: float,
    allow_private: bool,
    watch: bool,
    every: float,
) -> None:
    """Fetch pages, and what feeds and sitemaps name, from the web.

    Keeps to robots.txt, waits between visits to a host, and fetches no page twice: run it again
    and it goes on where it ended. A FILE is a feed, a sitemap, or a text with one address a line.

    \b
    Examples:
      dispatches collect https://example.org/feed.xml
      dispatches collect addresses.txt --delay 5s
      dispatches collect https://example.org/feed.xml --watch --every 30m

    Exit codes: 0 all is in; 1 some pages failed, see `dispatches failures`.
    """
    fetcher = Fetcher(delay=delay, allow_private=allow_private)
    wishes = Wishes(again=again, retry_failures=retry_failures, limit=limit)
    while True:
        with Catalogue.open(home) as catalogue, counter("Pages") as count:
            report = collect(
                [_start(start) for start in starts],
                catalogue,
                fetcher,
                wishes=wishes,
                apart=True,
                on_document=count,
            )
        if not watch:
            tell_report(report, as_json=as_json)
            return
        if as_json:
            click.echo(json.dumps(asdict(report)))  # a line a round, to be read as it comes
        elif report.articles or report.new_versions:
            click.echo(f"{report.articles:,} new, {report.new_versions:,} changed", err=True)
        fetcher.forget_robots()
        rest(every)


def _start(text: str) -> str | Path:
    """An address, or the path of a file.

    Raises:
        click.BadParameter: it is neither.
    """
    if text.lower().startswith(("http://", "https://")):
        return text
    path = Path(text)
    if not path.is_file():
        raise click.BadParameter(f"{text} is neither an address (https://…) nor a file")
    return path
