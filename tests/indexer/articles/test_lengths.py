"""What is short is judged by what is usual for an outlet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.article import Article, Quality, article_id_for
from indexer.articles.lengths import VERY_SHORT, OutletLengths

SHORT = Article(
    article_id=article_id_for(url=None, text="short"),
    title="A title",
    text="Few words.",
    outlet="The Chronicle",
    quality=Quality({}, ("no_date", VERY_SHORT)),
    cleaner="html/1",
)
LONG = replace(SHORT, quality=Quality({}, ("no_date",)))


@pytest.mark.parametrize(
    ("short", "long", "doubted"),
    [(5, 0, False), (3, 3, False), (4, 0, True), (2, 3, True), (1, 40, True)],
)
def test_short_is_a_doubt_where_it_is_not_usual(short: int, long: int, doubted: bool) -> None:
    lengths = OutletLengths()
    for article in [SHORT] * short + [LONG] * long:
        lengths.observe(article)
    assert (VERY_SHORT in lengths.flags(SHORT)) is doubted
    assert "no_date" in lengths.flags(SHORT)
    assert lengths.flags(LONG) == ("no_date",)


def test_another_outlet_is_judged_by_its_own() -> None:
    lengths = OutletLengths()
    for _ in range(9):
        lengths.observe(SHORT)
    unknown = replace(SHORT, outlet="")
    for _ in range(9):
        lengths.observe(unknown)
    assert VERY_SHORT in lengths.flags(unknown)
    other = replace(SHORT, outlet="The Ledger")
    lengths.observe(other)
    assert VERY_SHORT not in lengths.flags(SHORT)
    assert VERY_SHORT in lengths.flags(other)


@pytest.mark.parametrize(
    ("short", "long", "doubted"), [(20, 0, False), (19, 0, True), (11, 11, False), (10, 30, True)]
)
def test_outlets_with_few_articles_each_are_judged_together(
    short: int, long: int, doubted: bool
) -> None:
    lengths = OutletLengths()
    for number, article in enumerate([SHORT] * (short - 1) + [LONG] * long):
        lengths.observe(replace(article, outlet=f"Outlet {number}"))
    for _ in range(30):
        lengths.observe(replace(LONG, outlet="The Review"))
    lengths.observe(SHORT)
    assert (VERY_SHORT in lengths.flags(SHORT)) is doubted
