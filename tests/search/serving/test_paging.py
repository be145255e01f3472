"""Reading a whole result gives what leafing through it gives, however much is had at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import Matches, MatchRequest
from search.request import SearchRequest, Sort
from search.service import search
from search.serving import paging
from search.serving.paging import every_hit
from tests.search.asking import INDEX


def _ids(request: SearchRequest, limit: int | None) -> list[tuple[str, float, int]]:
    return [
        (hit.document.article_id, hit.score, hit.family_size)
        for hit in every_hit(request, INDEX, limit=limit)
    ]


@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("text", ["", "drone OR bridge", "the -drone", "nothingofthekind"])
def test_the_first_hits_are_the_same_in_one_go_and_part_after_part(
    text: str, sort: Sort, collapse: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest(text=text, sort=sort, collapse=collapse, highlight=False)
    whole = _ids(request, None)
    assert bool(whole) == (text != "nothingofthekind")
    for at_once in (1, 2, 3, max(1, len(whole)), paging.AT_ONCE):
        monkeypatch.setattr(paging, "AT_ONCE", at_once)
        monkeypatch.setattr(paging, "_BEGUN", max(1, at_once // 2))
        for limit in (None, 0, 1, 2, 4, len(whole), len(whole) + 1):
            assert _ids(request, limit) == whole[:limit]


def test_it_goes_on_where_a_page_begins_and_shows_the_same_passages() -> None:
    request = SearchRequest(text="drone OR bridge OR the", limit=2)
    begun = search(request, INDEX)
    behind = replace(request, cursor=begun.next_cursor)
    hits = list(every_hit(behind, INDEX, limit=3))
    assert hits == list(every_hit(behind, INDEX))[:3]
    assert hits == list(every_hit(request, INDEX))[2:5]
    assert any(hit.snippets for hit in hits)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[MatchRequest]:
    """What the engine is asked."""
    asked: list[MatchRequest] = []
    real = INDEX.engine.match

    def match(request: MatchRequest) -> Matches:
        asked.append(request)
        return real(request)

    monkeypatch.setattr(INDEX.engine, "match", match)
    return asked


def test_few_hits_are_looked_for_once(
    asked: list[MatchRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.serving.paging._TEXTS", 2)
    found = list(every_hit(SearchRequest(highlight=False), INDEX, limit=7))
    assert len(found) == 7
    assert [one.limit for one in asked] == [7]


def test_counting_and_reading_look_for_a_question_once(asked: list[MatchRequest]) -> None:
    request = SearchRequest(text="drone OR bridge", highlight=False)
    found, hits = paging.whole(request, INDEX)
    assert len(list(hits)) == found.total > 0
    assert len(asked) == 1
    expected = search(request, INDEX)
    assert (found.total, found.families) == (expected.total, expected.families)
