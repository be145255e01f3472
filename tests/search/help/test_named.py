"""Plain words that name somebody reach the articles that name them in another spelling."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.entities.types import Entity, EntityKind
from indexer.entities.within_article.recogniser import recognise
from search.help.named import naming
from search.language.render import in_full
from search.request import Filter, Mode, SearchRequest
from search.result import Named, SearchResult
from search.service import count, search
from tests.contract.made_up import document, made_up_index
from tests.indexer.entities.articles import canonicalize

TOWN = Entity("pla-orl", EntityKind.PLACE, "Orlivka", ("Орлівка", "Orlowka"), 4, 4)
ONE = Entity("per-vel", EntityKind.PERSON, "Danylo Velychko", ("Данило Величко", "Velychko"), 3, 3)
OTHER = Entity("per-ann", EntityKind.PERSON, "Anna Velychko", ("Velychko",), 1, 1)
BOTH = (TOWN, ONE, OTHER)
TEXTS = (
    ("en", "Shells fell on Orlivka.", (TOWN,)),
    ("uk", "У місті Орлівка тихо, каже Данило Величко.", (TOWN, ONE)),
    ("de", "In Orlowka ist es still.", (TOWN,)),
    ("en", "Danylo Velychko spoke in Orlivka.", (TOWN, ONE)),
    ("en", "Anna Velychko paints; nothing else.", (OTHER,)),
)
INDEX = made_up_index(
    [document("", text, language=code, entities=who) for code, text, who in TEXTS], entities=BOTH
)


def _ask(text: str, *, names: bool = False, filters: tuple[Filter, ...] = ()) -> SearchResult:
    return search(SearchRequest(text=text, names=names, filters=filters), INDEX)


@pytest.mark.parametrize(
    ("text", "typed", "labels", "articles", "otherwise"),
    [
        ("Orlivka", "Orlivka", ("Orlivka",), 4, 2),
        ("orlowka", "orlowka", ("Orlivka",), 4, 3),
        ("Орлівка", "Орлівка", ("Orlivka",), 4, 3),
        ('"Danylo Velychko"', "Danylo Velychko", ("Danylo Velychko",), 2, 1),
        ("danylo velychko", "danylo velychko", ("Danylo Velychko",), 2, 1),
        ("shells Orlivka", "Orlivka", ("Orlivka",), 4, 2),
    ],
)
def test_more_articles_name_it(
    text: str, typed: str, labels: tuple[str, ...], articles: int, otherwise: int
) -> None:
    (told,) = _ask(text).named
    assert (told.typed, told.labels) == (typed, labels)
    assert (told.articles, told.otherwise) == (articles, otherwise)


def test_including_them_finds_them() -> None:
    assert _ask("Orlivka").total == 2
    more = _ask("Orlivka", names=True)
    assert (more.total, more.named) == (4, ())
    assert more.parsed == 'Orlivka OR place:"Orlivka"'
    assert _ask("still Orlivka", names=True).total == 1
    assert count(SearchRequest(text="Orlivka", names=True), INDEX) == 4
    assert {hit.document.language for hit in more.hits} == {"en", "uk", "de"}
    assert "names included" in in_full(SearchRequest(text="Orlivka", names=True))


def test_articles_with_the_words_come_first() -> None:
    first, second, *_ = _ask("Orlivka", names=True).hits
    assert first.score >= second.score > 0
    assert [hit.score for hit in _ask("Orlivka", names=True).hits[2:]] == [0, 0]


@pytest.mark.parametrize(
    "text",
    ["shells", "exact:Orlivka", "title:Orlivka", "place:Orlivka", "-Orlivka", "the", "", "*"],
)
def test_what_names_nobody_or_is_asked_otherwise_tells_nothing(text: str) -> None:
    assert _ask(text).named == ()
    assert _ask(text, names=True).total == _ask(text).total


def test_a_name_that_several_bear_tells_of_all() -> None:
    assert _ask('"Anna Velychko"').named == ()  # the words find all who are meant
    (told,) = _ask("Velychko").named
    assert (told.articles, told.otherwise) == (3, 1)
    assert naming(told) == (
        "3 articles name Danylo Velychko or Anna Velychko, 1 of them in another spelling"
    )


def test_filters_hold_for_the_counts() -> None:
    (told,) = _ask("Orlivka", filters=(Filter("language", Mode.ANY, ("de",)),)).named
    assert (told.articles, told.otherwise) == (1, 1)
    assert naming(told) == "1 article names Orlivka in another spelling"


def test_where_all_are_in_another_spelling_that_is_said() -> None:
    three = Named("Орлівка", "place", ("1",), ("Orlivka",), 3, 3)
    assert naming(three) == "3 articles name Orlivka, all in another spelling"


def test_many_who_are_meant_are_cut_short() -> None:
    many = Named("A", "person", ("1",) * 4, ("A", "B", "C", "D"), 2000, 1500)
    assert naming(many) == (
        "2,000 articles name A or B or C or others, 1,500 of them in another spelling"
    )


PRESIDENT = Entity("per-asd", EntityKind.PERSON, "Bashar al-Assad", ("بشار الأسد",), 1, 1)
CAPITAL = Entity("pla-dam", EntityKind.PLACE, "Damascus", (), 1, 1)
LISTED = made_up_index(
    [document("", "The president left the city.", language="en", entities=(PRESIDENT, CAPITAL))],
    entities=(PRESIDENT, CAPITAL),
)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Асад", "Bashar al-Assad"),
        ("Асадом", "Bashar al-Assad"),
        ("Esad", "Bashar al-Assad"),
        ("ASSAD", "Bashar al-Assad"),
        ("Şam", "Damascus"),
        ("Damaszek", "Damascus"),
        ("بدمشق", "Damascus"),
        ("ודמשק", "Damascus"),
    ],
)
def test_whom_our_lists_call_so_is_told(typed: str, label: str) -> None:
    (told,) = search(SearchRequest(text=typed), LISTED).named
    assert (told.typed, told.labels, told.articles) == (typed, (label,), 1)
    assert search(SearchRequest(text=typed, names=True), LISTED).total == 1


@pytest.mark.parametrize("typed", ["Sam", "esad", "Merkel"])
def test_whom_they_do_not_call_so_or_no_article_names_is_not(typed: str) -> None:
    assert search(SearchRequest(text=typed), LISTED).named == ()


GENERAL = Entity("per-orl", EntityKind.PERSON, "Ruslan Dorzhenko", ("Дорженко",), 1, 1)
DECLINED = made_up_index(
    [document("", "The general left Orlivka.", language="en", entities=(GENERAL, TOWN))],
    entities=(GENERAL, TOWN),
)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Орлівку", "Orlivka"),
        ("Орлівкою", "Orlivka"),
        ("Orlivka'nın", "Orlivka"),
        ("Orlivka’da", "Orlivka"),
        ("Дорженка", "Ruslan Dorzhenko"),
        ("Orlivkę", "Orlivka"),
    ],
)
def test_a_name_in_a_case_is_told(typed: str, label: str) -> None:
    told = search(SearchRequest(text=typed), DECLINED).named
    assert [one.labels for one in told] == [(label,)]
    assert search(SearchRequest(text=typed, names=True), DECLINED).total == 1


@pytest.mark.parametrize("typed", ["орлівку", "dorschenko", "Lefts", "Dar'nın"])
def test_what_has_no_capital_or_is_no_name_is_not(typed: str) -> None:
    assert search(SearchRequest(text=typed), DECLINED).named == ()


@pytest.mark.parametrize("typed", ["Dorschenko", "Дорженко", "Дорженком", "دورجينكو"])
def test_a_surname_in_another_romanization_is_told_where_no_article_has_it(
    typed: str, tmp_path: Path
) -> None:
    text = "Ruslan Dorzhenko left the town on Monday, officials said."
    _, directory = canonicalize({"a": recognise("", text, "en")}, tmp_path)
    with closing(directory):
        (general,) = directory.entities(kind=EntityKind.PERSON)
        without, having = (
            replace(made_up_index([document("", each, entities=(general,))]), directory=directory)
            for each in (text, f"{text} {typed}")
        )
        (told,) = search(SearchRequest(text=typed), without).named
        assert (told.typed, told.labels, told.otherwise) == (typed, ("Ruslan Dorzhenko",), 1)
        assert search(SearchRequest(text=typed, names=True), without).total == 1
        assert search(SearchRequest(text=typed), having).named == ()


@pytest.mark.parametrize("typed", ["Басаев", "Басаєвим", "Bassajew"])
def test_a_surname_without_bones_is_told_too(typed: str, tmp_path: Path) -> None:
    text = "Shamil Basayev left the town on Monday, officials said."
    _, directory = canonicalize({"a": recognise("", text, "en")}, tmp_path)
    with closing(directory):
        (leader,) = directory.entities(kind=EntityKind.PERSON)
        index = replace(
            made_up_index([document("", text, entities=(leader,))]), directory=directory
        )
        (told,) = search(SearchRequest(text=typed), index).named
        assert told.labels == ("Shamil Basayev",)
        assert search(SearchRequest(text="Sosayev"), index).named == ()
