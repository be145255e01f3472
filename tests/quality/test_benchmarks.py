"""The benchmarks measure what they say: made-up text where there is no other, and equal hits."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks import articles
from benchmarks.peers.dispatches import Dispatches
from benchmarks.peers.fts5 import Fts5
from benchmarks.peers.peer import Peer
from benchmarks.questions import CLASSES, questions
from benchmarks.relevance import assess
from indexer.document import IndexDocument


@pytest.fixture(scope="module")
def made_up() -> list[IndexDocument]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(articles, "SHARED", Path("/nowhere"))
        return list(islice(articles.documents(400), 400))


def test_articles_are_the_same_every_time_and_of_the_length_of_news(
    made_up: list[IndexDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "SHARED", Path("/nowhere"))

    assert list(articles.documents(20)) == made_up[:20]
    assert 250 < sum(len(one.text.split()) for one in made_up) / len(made_up) < 350
    assert len({one.article_id for one in made_up}) == 400


def test_peers_find_the_same_articles_and_count_the_same_facets(
    made_up: list[IndexDocument], tmp_path: Path
) -> None:
    asked = questions(made_up, 4)
    assert [question.kind for question in asked] == [kind for kind in CLASSES for _ in range(4)]
    ours, theirs = Dispatches(), Fts5()
    peers: tuple[Peer, ...] = (ours, theirs)
    for peer in peers:
        peer.build(tmp_path / peer.name, made_up)
        peer.open(tmp_path / peer.name)
    for question in asked:
        if question.kind in theirs.kinds_missing:
            continue
        assert set(ours.ranked(question, 400)) == set(theirs.ranked(question, 400)), question
        mine_found, its_found = ours.find(question), theirs.find(question)
        assert mine_found.total == its_found.total
        known = {made_up[number].article_id for number in ours.ranked(question, 400)}
        assert len(ours.ids(mine_found)) == len(theirs.ids(its_found)) == min(10, len(known))
        assert known.issuperset([*ours.ids(mine_found), *theirs.ids(its_found)])
        if question.is_page:
            one, other = ours.page(question), theirs.page(question)
            assert (one.total, one.months) == (other.total, other.months)
            for mine, its in zip(one.facets, other.facets, strict=True):
                assert [count for _, count in mine] == [count for _, count in its]
    ours.close()
    theirs.close()


def test_quality_is_computed_as_defined() -> None:
    grades = {"a": 3, "b": 1}

    perfect = assess(["a", "b", "x"], grades)
    assert (perfect.ndcg, perfect.average_precision, perfect.recall) == (1.0, 1.0, 1.0)
    worse = assess(["x", "a"], grades)
    assert 0 < worse.ndcg < 1
    assert (worse.average_precision, worse.recall) == (0.25, 0.5)
    assert assess([], grades).ndcg == 0.0
