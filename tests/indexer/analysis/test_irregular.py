"""Irregular words of English find their forms, and words that only look like them find none."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis.irregular import irregular
from search.request import SearchRequest
from search.result import SearchResult
from search.service import highlights, search
from tests.contract.made_up import document, made_up_index


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("knife", ("knive",)),
        ("knives", ("knife",)),
        ("fleeing", ("fled",)),
        ("fled", ("flee",)),
        ("shooting", ("shot",)),
        ("sunk", ("sink", "sank")),
        ("gunmen", ("gunman",)),
        ("policewomen", ("policewoman",)),
        ("schoolchild", ("schoolchildren",)),
        ("retaken", ("retak", "retook")),
        ("storey", ("stori",)),
        ("bind", ("bound",)),
        ("bound", ()),
        ("tread", ("trod", "trodden")),
    ],
)
def test_forms_of_one_word_are_told(word: str, others: tuple[str, ...]) -> None:
    assert irregular(word) == others


@pytest.mark.parametrize(
    "word",
    "story found left saw leaves lives bases ranges killed omen wound result child".split(),
)
def test_other_words_have_none(word: str) -> None:
    assert irregular(word) == ()


@pytest.mark.parametrize("word", ["these", "those", "then", "there", "with", "over", "under"])
def test_stop_words_and_their_like_have_none(word: str) -> None:
    assert irregular(word) == ()


_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("irregular.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_a_report_is_found_by_another_form_which_is_marked() -> None:
    index = made_up_index([document("", text, language="en") for _, text, _ in _ROWS])
    assert len(_ROWS) >= 40
    for typed, text, shown in _ROWS:
        found = search(SearchRequest(text=typed, limit=100), index).hits
        (here,) = (hit.document for hit in found if hit.document.text == text)
        marked = {text[start:end] for start, end in highlights(here, typed, index).text}
        assert marked == {shown}, typed


ENGLISH = [("en", "Two knives were found."), ("en", "A knife."), ("de", "Die knives hier.")]
INDEX = made_up_index([document("", text, language=code) for code, text in ENGLISH])


def _asked(text: str) -> SearchResult:
    return search(SearchRequest(text=text), INDEX)


def test_a_typed_word_finds_them_and_says_so_unless_asked_exactly() -> None:
    assert (_asked("knife").total, _asked("knife").forms) == (3, {"knife": ("knives",)})
    assert [_asked(text).total for text in ("exact:knife", '"knife"', "exact:knives")] == [1, 1, 2]


def test_a_form_that_no_english_article_has_is_none() -> None:
    german = made_up_index([document("", "Die knives hier.", language="de")])
    assert german.engine.forms("knife") == ()
    english = made_up_index([document("", "The knives here.", language="en")])
    assert english.engine.forms("knife") == ("knive",)
    assert english.engine.forms("knife", "de") == ()


def test_what_would_disturb_the_order_is_offered() -> None:
    children = made_up_index([document("", "The children.", language="en")])
    (also,) = search(SearchRequest(text="child"), children).also
    assert (also.typed, also.term, also.articles) == ("child", "children", 1)
