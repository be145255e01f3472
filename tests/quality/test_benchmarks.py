"""The benchmarks measure what they say: made-up text where there is no other, and equal hits."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import __main__ as everything
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


def test_there_are_questions_of_every_class_without_the_shared_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(articles, "SHARED", Path("/nowhere"))
    asked = questions(list(islice(articles.documents(800), 800)), 8)
    assert {question.kind for question in asked} == set(CLASSES)
    assert all(question.words for question in asked)


def test_what_needs_the_shared_text_is_left_out_where_it_is_absent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run: list[str] = []

    def done(command: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        run.append(command[2].partition(".")[2])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(everything, "SHARED", Path("/nowhere"))
    monkeypatch.setattr("subprocess.run", done)
    everything.main()
    assert run == [name for name, *_ in everything.RUNS if name not in everything.NEED_TEXT]
    assert capsys.readouterr().out.count("Left out: it needs the text in /nowhere") == 3


def test_the_folder_of_the_text_is_a_variables() -> None:
    asked = [sys.executable, "-c", "from benchmarks.articles import SHARED; print(SHARED)"]
    told = subprocess.run(
        asked, env=os.environ | {"SHARED": "/nowhere"}, capture_output=True, text=True, check=True
    )
    assert told.stdout == "/nowhere\n"
