"""Paragraphs that an outlet prints in many articles are furniture that stayed in the text."""

from __future__ import annotations

from contextlib import closing

from corpus.article import Article
from corpus.home import Home
from indexer.families.repeated_text import FLAG, RepeatedText
from indexer.pipeline import rebuild
from search.engine import FacetCounting, MatchRequest
from search.engines import open_engine
from search.language.query import Everything
from tests.indexer.conftest import TakeIn

NOTICE = "Readers who hold a pass of the harbor society read all of this page on any weekday."
NEWS = "Report {} says that the crossing was closed on Monday and opened again two days later."


def article(number: int, *paragraphs: str, outlet: str = "The Ledger") -> Article:
    text = "\n\n".join(paragraphs)
    return Article(article_id=f"{number}", title="", text=text, outlet=outlet, cleaner="test/1")


def articles(*, outlet: str = "The Ledger", count: int = 6) -> list[Article]:
    return [article(number, NEWS.format(number), NOTICE, outlet=outlet) for number in range(count)]


def repeated(listed: list[Article]) -> list[bool]:
    found = RepeatedText()
    for article in listed:
        found.add(article)
    return [found.is_repeated(article) for article in listed]


def test_what_many_articles_of_an_outlet_share_makes_each_doubtful() -> None:
    assert repeated(articles()) == [True] * 6
    assert repeated(articles(count=4)) == [False] * 4
    assert repeated([*articles(count=4), *articles(outlet="Courier", count=4)]) == [False] * 8


def test_a_paragraph_counts_once_an_article_and_headings_never() -> None:
    assert repeated([article(number, *[NOTICE] * 9) for number in range(4)]) == [False] * 4
    headed = [article(number, "Background", NEWS.format(number)) for number in range(9)]
    assert repeated(headed) == [False] * 9


def test_the_order_of_articles_changes_nothing() -> None:
    listed = [*articles(), *articles(outlet="Courier"), *articles(count=4, outlet="Echo")]
    assert repeated(listed) == list(reversed(repeated(listed[::-1])))


def test_a_rebuild_tells_it_as_a_doubt(home: Home, take_in: TakeIn) -> None:
    for number in range(6):
        take_in(f"report-{number}", f"{NEWS.format(number)}\n\n{NOTICE}")
    take_in("another", "A report without the notice, on the ships that lay in the roads.")
    generation = rebuild(home, processes=1).generation

    asked = MatchRequest(query=Everything(), facets=(FacetCounting("flag", size=9),))
    with closing(open_engine(generation)) as engine:
        counted = engine.match(asked).facets["flag"].values
    assert [(one.value, one.count) for one in counted] == [(FLAG, 6)]
