"""From a question to an answer, over nine made-up articles."""

from __future__ import annotations

import pytest

from corpus.errors import ArticleNotFound, QuerySyntaxError
from search.request import (
    SearchRequest,
    Sort,
)
from search.service import NO_RELEVANCE, article, count, search
from tests.contract.made_up import document, made_up_documents, made_up_index
from tests.search.asking import INDEX, ask, titles


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("", 9),
        ("drone", 2),
        ("drones striking", 1),
        ("drone OR ceasefire", 4),
        ("-drone", 7),
        ('"chemical weapons"', 1),
        ('"weapons chemical"', 0),
        ('"weapons chemical"~0', 1),
        ("mobili*", 2),
        ("exact:mobilise", 1),
        ("artilery~1", 3),
        ("title:meran", 3),
        ("person:Oduya", 3),
        ("person:Brandt", 4),
        ('person:"Lena Brandt"', 1),
        ("place:Меран", 5),
        ("place:méran -person:oduya", 2),
        ("outlet:valley", 2),
        ('outlet:"the harbour post"', 3),
        ("language:russian", 1),
        ("language:ru", 1),
        ("война", 1),
        ("date:2022-02", 3),
        ("date:2022-03-15", 1),
        ("date:..2022-02 OR date:2023-06", 4),
        ("mentioned:2022", 2),
        ('"cease-fire"', 0),
        ("Port-Sel", 3),
    ],
)
def test_what_is_found(text: str, total: int) -> None:
    result = ask(text)
    assert result.total == total
    assert len(result.hits) == total


def test_an_answer_says_how_the_question_was_understood() -> None:
    result = ask("(the drone) OR person:brandt")
    assert result.parsed == 'the AND drone OR person:"brandt"'
    assert "very common words: the" in result.warnings[0]
    assert result.resolutions[0].labels == ("Karl Brandt", "Lena Brandt")
    assert result.generation == INDEX.generation.name
    assert result.articles == 9
    assert result.built_at == "2024-06-01T12:00:00Z"


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("IT drone", ()),
        ("U.N. drone", ()),
        ("IT person:oduya drone", ()),
        ("it drone", ("it",)),
        ("THE WAR IN MERAN", ("THE", "IN")),
    ],
)
def test_capitals_among_small_letters_are_a_name(text: str, ignored: tuple[str, ...]) -> None:
    warnings = ask(text).warnings
    assert len(warnings) == bool(ignored)
    if ignored:
        assert warnings[0].startswith(f"Ignored very common words: {', '.join(ignored)};")


def test_a_bar_between_words_is_no_or() -> None:
    (told,) = ask("drone | bridge").warnings
    assert told == "Ignored “|”: it has no letter or digit; write OR to find either of two"


def test_small_operators_are_pointed_out() -> None:
    *_, told = ask("drone or bridge not fleet").warnings
    assert told == "Write OR and NOT in capitals if that was meant to combine words"
    assert len(ask("drone and bridge").warnings) == 1
    assert ask("to or not").warnings == ()


def test_stop_words_alone_are_looked_for() -> None:
    assert titles(ask("to be not")) == ["Who was there"]
    assert titles(ask('"to be or not to be"')) == ["Who was there"]


def test_an_unknown_name_finds_nothing_and_says_what_is_near() -> None:
    result = ask('person:"Amara Oduja"')
    assert result.total == 0
    assert result.warnings == ("No person here is named “Amara Oduja”; near it: Amara Oduya",)
    assert ask("-person:nobody").total == 9


def test_a_word_of_punctuation_is_left_out_and_named() -> None:
    result = ask("drone & strike")
    assert result.total == 1
    assert result.warnings == ("Ignored “&”: it has no letter or digit",)
    assert ask("&").total == 0


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("artilery shells", "artillery shells"),
        ('"chemcal weapons"', '"chemical weapons"'),
        ("title:sanctoins -drone", "title:sanctions -drone"),
        ("drone", ""),
        ("xyzzyplugh", ""),
        ("artilery~1", ""),
        ("person:Amara Oduya", 'person:"Amara Oduya"'),
        ("talks person:President Oduya -fleet", 'talks person:"President Oduya" -fleet'),
        ("outlet:Harbour Post drone", 'outlet:"Harbour Post" drone'),
        ("person:Nobody At All", ""),
        ("person:artilery", ""),
        ("Council", ""),
    ],
)
def test_did_you_mean(text: str, better: str) -> None:
    assert ask(text).did_you_mean == better
    if better:
        assert ask(better).total > ask(text).total


def test_order() -> None:
    newest = titles(ask(sort=Sort.NEWEST))
    assert newest[:2] == ["Who was there", "Sanctions widen"]
    assert newest[-1] == "Undated notes from Port Sel"
    oldest = titles(ask(sort=Sort.OLDEST))
    assert oldest[0] == "Ceasefire talks open in Meran"
    assert oldest[-1] == "Undated notes from Port Sel"
    assert ask("drone").sort is Sort.RELEVANCE
    assert titles(ask("drone"))[0] == "Drone strikes hit the bridge at Port Sel"
    assert ask("person:Oduya").sort is Sort.NEWEST


def test_relevance_without_a_word_is_the_newest_first_and_says_so() -> None:
    for text in ("", "person:Oduya"):
        asked = ask(text, sort=Sort.RELEVANCE)
        assert asked.sort is Sort.NEWEST
        assert titles(asked) == titles(ask(text, sort=Sort.NEWEST))
        assert NO_RELEVANCE in asked.warnings
        assert NO_RELEVANCE not in ask(text).warnings
    assert NO_RELEVANCE not in ask("person:Oduya drone", sort=Sort.RELEVANCE).warnings


def test_a_fuzzy_hit_ranks_below_an_exact_one() -> None:
    index = made_up_index(
        [
            document("One", "Filatyev Filatyev Filatyev wrote."),
            document("Two", "A long report in which Filatyef is named once among many others."),
        ]
    )
    found = search(SearchRequest(text="Filatyef~1"), index)
    assert titles(found) == ["Two", "One"]


def test_one_article() -> None:
    first = made_up_documents()[0]
    assert article(first.article_id, INDEX) == first
    with pytest.raises(ArticleNotFound):
        article("nothing", INDEX)


def test_a_bad_text_is_refused_before_anything_is_looked_up() -> None:
    with pytest.raises(QuerySyntaxError):
        ask('"never closed')


@pytest.mark.parametrize("text", ["drone", "person:Oduya -talks", ""])
def test_a_count_is_that_of_a_search(text: str) -> None:
    assert count(SearchRequest(text=text), INDEX) == ask(text).total
