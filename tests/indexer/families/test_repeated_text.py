"""Paragraphs that an outlet prints in many articles are furniture that stayed in the text."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from corpus.article import Article
from corpus.home import Home
from indexer.families.repeated_text import RepeatedText
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


def test_five_articles_make_a_paragraph_furniture_and_four_do_not() -> None:
    assert [any(repeated(articles(count=count))) for count in (4, 5, 6)] == [False, True, True]


@pytest.mark.parametrize(
    ("own", "much"), [(149, True), (150, False), (151, False), (140, True), (160, False)]
)
def test_more_than_two_fifths_of_the_characters_are_much(own: int, much: bool) -> None:
    shared = "x" * 100
    listed = [article(number, shared, f"{number}" * own) for number in range(6)]
    assert repeated(listed) == [much] * 6


@pytest.mark.parametrize(("length", "counts"), [(19, False), (20, True)])
def test_a_paragraph_has_twenty_characters_and_a_heading_fewer(length: int, counts: bool) -> None:
    listed = [article(number, "x" * length, f"{number} " * 6) for number in range(6)]
    assert repeated(listed) == [counts] * 6


def test_an_outlet_is_its_host_else_its_name_in_any_case_else_unknown() -> None:
    def of(name: str, url: str | None) -> list[Article]:
        return [replace(one, outlet=name, url=url) for one in articles(count=3)]

    host, other = "https://ledger.example/a", "https://courier.example/a"
    assert repeated([*of("A", host), *of("B", host)]) == [True] * 6
    assert repeated([*of("A", host), *of("A", other)]) == [False] * 6
    assert repeated([*of("LEDGER", None), *of("Ledger", None)]) == [True] * 6
    assert repeated([*of("", None), *of("", None)]) == [False] * 6


def test_text_that_is_no_unicode_is_counted_too() -> None:
    broken = f"{NOTICE} \udce9"
    listed = [article(number, broken, outlet="The \udce9") for number in range(5)]
    assert repeated(listed) == [True] * 5


def test_a_paragraph_may_stand_in_any_number_of_articles() -> None:
    assert repeated(articles(count=300)) == [True] * 300


def test_paragraphs_that_stand_once_are_next_to_never_taken_for_others() -> None:
    shared = article(0, *(f"Paragraph {number} of many articles" for number in range(60_000)))
    found = RepeatedText()
    for _ in range(5):
        found.add(shared)
    own = (article(number, f"Paragraph {number} of one article") for number in range(20_000))
    assert sum(map(found.is_repeated, own)) <= 5


def test_what_is_not_text_is_not_much() -> None:
    assert repeated([article(number) for number in range(6)]) == [False] * 6


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
    assert [(one.value, one.count) for one in counted] == [("repeated_text", 6)]
