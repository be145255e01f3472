"""What helps on: suggestions while typing, similar articles, why it matched, why nothing did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.types import EntityKind
from search.analyses.similar import similar, telling_terms
from search.help.explanations import PartKind, explain_empty, reasons
from search.help.similar_names import nearest_names
from search.help.suggestions import TITLE, WORD, suggest
from search.passages.highlighter import Why
from search.request import DateFilter, Filter, Mode, SearchRequest, Undated
from search.service import count, search
from tests.contract.made_up import document, made_up_documents, made_up_index

INDEX = made_up_index()
DOCUMENTS = made_up_documents()


def test_names_come_first_then_words_then_titles() -> None:
    found = suggest("mera", INDEX)
    assert [(one.kind, one.text, one.articles) for one in found] == [
        ("place", "Meran", 5),
        (WORD, "meran", 3),
        (TITLE, "Aid reaches Meran", 1),
        (TITLE, "Ceasefire talks open in Meran", 1),
    ]
    assert found[0].id == "pla-meran"
    assert found[2].id == DOCUMENTS[4].article_id


def test_an_alias_suggests_its_entity_and_a_kind_narrows() -> None:
    assert suggest("president od", INDEX)[0].text == "Amara Oduya"
    assert {one.kind for one in suggest("br", INDEX, kind=EntityKind.PERSON)} == {"person"}
    assert suggest("mera", INDEX, kind=EntityKind.ORG) == []


@given(st.text(max_size=30), st.integers(1, 12))
def test_any_text_may_be_typed(text: str, limit: int) -> None:
    assert len(suggest(text, INDEX, limit=limit)) <= limit


def test_a_beginning_of_very_many_words_suggests_no_title() -> None:
    words = " ".join(f"ab{number}" for number in range(1_200))
    index = made_up_index([document("ab title", words)])
    assert {one.kind for one in suggest("ab", index)} == {WORD}


def test_similar_articles_share_telling_words_and_are_no_reprints() -> None:
    assert "drone" in telling_terms(DOCUMENTS[2], INDEX)
    found = similar(DOCUMENTS[0], INDEX)
    assert DOCUMENTS[1] not in found
    assert DOCUMENTS[0] not in found
    assert similar(document("", ""), INDEX) == []


def test_similar_articles_are_about_the_same() -> None:
    topics = {"bread": "flour oven baker dough yeast", "ships": "harbor crane cargo vessel dock"}
    articles = [
        document(f"{topic} {number}", f"{words} {'other filler words here ' * 5}")
        for topic, words in topics.items()
        for number in range(4)
    ]
    found = similar(articles[0], made_up_index(articles), limit=3)
    assert {one.title for one in found} == {"bread 1", "bread 2", "bread 3"}


def test_why_an_article_matches() -> None:
    text = 'drones "port sel" org:RR artilery~1 mob* -fleet'
    chosen = (Filter("place", Mode.ALL, ("Sel",)),)  # of which no reason is told
    result = search(SearchRequest(text=text, filters=chosen), INDEX)
    assert [hit.document for hit in result.hits] == [DOCUMENTS[2]]
    (found,) = reasons(result)
    assert [(one.clause, one.why, one.field, one.words, one.count) for one in found] == [
        ("drones", Why.STEM, "title", ("Drone",), 1),
        ("drones", Why.STEM, "text", ("drone",), 2),
        ('"port sel"', Why.EXACT, "title", ("Port Sel",), 1),
        ('"port sel"', Why.EXACT, "text", ("Port Sel",), 1),
        ('org:"RR"', Why.ALIAS, "text", ("River Relief",), 1),
        ("artilery~1", Why.FUZZY, "text", ("artillery",), 1),
        ("mob*", Why.PREFIX, "text", ("mobilised",), 1),
    ]


def test_the_part_that_empties_a_result_comes_first() -> None:
    request = SearchRequest(
        text="drone unheard",
        filters=(Filter("place", Mode.ANY, ("pla-sel",)),),
    )
    assert count(request, INDEX) == 0
    first, *rest = explain_empty(request, INDEX)
    assert (first.kind, first.text, first.alone, first.without) == (
        PartKind.CLAUSE,
        "unheard",
        0,
        1,
    )
    assert [part.without for part in rest] == [0, 0]
    assert rest[-1].text in {"Port Sel", "drone"}


def test_filters_and_dates_are_parts_too() -> None:
    request = SearchRequest(
        text="drone",
        filters=(
            Filter("person", Mode.ALL, ("per-oduya", "per-brandt-k")),
            Filter("outlet", Mode.NOT, ("Valley Courier",)),
        ),
        dates=DateFilter(undated=Undated.ONLY),
    )
    parts = explain_empty(request, INDEX)
    assert {(part.kind.value, part.mode, part.value) for part in parts} == {
        ("clause", "", ""),
        ("filter", "all", "per-oduya"),
        ("filter", "all", "per-brandt-k"),
        ("filter", "not", "Valley Courier"),
        ("dates", "", ""),
    }
    alone = {part.text: part.alone for part in parts}
    assert (alone["drone"], alone["Amara Oduya"], alone["Valley Courier"]) == (2, 3, 7)


@pytest.mark.parametrize(
    ("typed", "facet", "near"),
    [
        ("Amara Odouya", "person", ("Amara Oduya",)),
        ("Karl Brant", "person", ("Karl Brandt",)),
        ("brandt karl", "person", ("Karl Brandt",)),
        ("Northern", "org", ("Northern Council",)),
        ("Port Zel", "place", ("Port Sel",)),
        ("Xyzzy", "org", ()),
    ],
)
def test_the_nearest_names(typed: str, facet: str, near: tuple[str, ...]) -> None:
    assert nearest_names(typed, facet, INDEX.directory) == near
