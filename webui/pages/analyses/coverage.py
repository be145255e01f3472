"""Coverage page: a table of outlets and months, its gaps plain to see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from corpus.errors import InvalidParameter
from corpus.store import Catalogue, Counts, Failure
from search.analyses.coverage import Coverage, OutletCoverage
from search.request import Interval
from webui.locale.languages import number
from webui.view import chart, wording
from webui.view.links import View

OUTLETS = 40
_SHADES = 5
_LISTED = 50
_MOST_YEARS_IN_MONTHS = 20
_WIDTHS = (Interval.YEAR, Interval.MONTH)


@dataclass(frozen=True, slots=True)
class Cell:
    """One outlet in one column. `shade` is 0 (nothing) to 5; `gap` says that nothing is a gap."""

    count: int
    shade: int
    gap: bool
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet."""

    row: OutletCoverage
    cells: tuple[Cell, ...]
    gap: str
    url: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Everything the template shows.

    Attributes:
        years: name and number of columns of each year.
        failures: the latest ones; `codes` counts all of them.
    """

    found: Coverage
    years: tuple[tuple[int, int], ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    monthly: bool
    turned: str
    counts: Counts
    kinds: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, int], ...]
    failures: tuple[Failure, ...]


def interval(asked: str, dated: tuple[date, date] | None) -> Interval:
    """As asked; else months, and years where months would be more than anybody scrolls through.

    Args:
        dated: first and last day that any article is dated; None when none is.

    Raises:
        InvalidParameter: weeks and days, of which no page is wide enough.
    """
    is_long = dated is not None and (dated[1] - dated[0]).days > _MOST_YEARS_IN_MONTHS * 366
    width = Interval(asked) if asked else Interval.YEAR if is_long else Interval.MONTH
    if width not in _WIDTHS:
        raise InvalidParameter(
            f"the page has columns of a {' or a '.join(_WIDTHS)}, not a {width}",
            where="interval",
            advice="The interface for scripts counts by weeks and days too",
        )
    return width


def prepare(found: Coverage, view: View, width: Interval, catalogue: Catalogue) -> CoveragePage:
    """Lays the table out, and gathers what could not be taken in.

    Args:
        view: the page itself.
        width: of the columns.
    """
    most = max((count for row in found.outlets for count in row.counts), default=0)
    most_of_all = max(found.all.counts, default=0)
    search = view.without("interval", "outlets").at("/search")
    monthly = width is Interval.MONTH
    failures = sorted(catalogue.failures(), key=lambda failure: failure.when, reverse=True)
    counts = catalogue.counts()
    return CoveragePage(
        found,
        tuple((year, len([*columns])) for year, columns in groupby(found.columns, _year)),
        tuple(_column(start, monthly) for start, _ in found.columns),
        (
            _row(found.all, found, most_of_all, width, search),
            *(
                _row(one, found, most, width, search.adding("outlet", one.outlet))
                for one in found.outlets
            ),
        ),
        monthly,
        str(view.setting(interval="year" if monthly else "month")),
        counts,
        tuple(sorted(counts.by_kind.items(), key=lambda item: (-item[1], item[0]))),
        tuple(Counter(failure.code for failure in failures).most_common()),
        tuple(islice(failures, _LISTED)),
    )


def _year(column: tuple[date, date]) -> int:
    return column[0].year


def _column(start: date, monthly: bool) -> tuple[str, str]:
    """What is written over a column, and what it means."""
    if not monthly:
        return str(start.year), str(start.year)
    return wording.letter(start.month), wording.period(start, Interval.MONTH)


def _row(one: OutletCoverage, found: Coverage, most: int, width: Interval, search: View) -> Row:
    missing = {place for start, end in one.gaps for place in range(start, end + 1)}
    cells = tuple(
        Cell(
            count,
            -(-_SHADES * count // most) if most else 0,
            place in missing,
            f"{wording.period(start, width)}: {number(count)}",
            str(chart.narrowed(search, start, end)) if count else "",
        )
        for place, (count, (start, end)) in enumerate(zip(one.counts, found.columns, strict=True))
    )
    return Row(one, cells, _longest_gap(one, found, width), str(search))


def _longest_gap(one: OutletCoverage, found: Coverage, width: Interval) -> str:
    if not one.gaps:
        return ""
    start, end = max(one.gaps, key=lambda gap: gap[1] - gap[0])
    first, last = found.columns[start][0], found.columns[end][0]
    name = wording.period(first, width)
    return name if start == end else wording.span(name, wording.period(last, width))
