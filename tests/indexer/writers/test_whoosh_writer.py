"""The files of the Whoosh index: the same whatever the memory, and never believed when damaged."""

from __future__ import annotations

import contextlib
import hashlib
import random
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt
from indexer.analysis import analyzer
from indexer.document import IndexDocument, MentionSpan
from indexer.writers.whoosh import WhooshWriter, verify
from indexer.writers.whoosh.files.sections import FORMAT, HEADER, MAGIC
from search.engine import FacetCounting, Matches, MatchRequest
from search.engines.whoosh import WhooshEngine
from search.language.query import And, Or, Phrase, Prefix, Term
from search.request import Interval
from tests.contract.made_up import made_up_documents

_QUESTIONS = (
    MatchRequest(
        query=Or((Term("meran"), Term("troop"), Prefix("mob"))),
        facets=(FacetCounting("person", 5), FacetCounting("outlet", 5)),
        histogram=Interval.MONTH,
    ),
    MatchRequest(query=Phrase(("port", "sel")), collapse=True),
    MatchRequest(query=Or((Term("drones", exact=True), Phrase(("drone", "strikes"), exact=True)))),
    MatchRequest(query=And((Term("meran"), Term("ceasefir", field="title")))),
)


def write(folder: Path, documents: list[IndexDocument], *, memory: int = 512 << 20) -> Path:
    writer = WhooshWriter(folder, analyzer(), memory=memory, segment_documents=500)
    for document in documents:
        writer.add(document)
    writer.commit()
    return folder


def many_documents() -> list[IndexDocument]:
    """Enough for two segments and for a dictionary of stored documents."""
    articles = made_up_documents()
    chance = random.Random(5)
    return [
        replace(
            articles[number % len(articles)],
            article_id=f"article-{number:04d}",
            family_id=f"article-{number:04d}",
            text=" ".join(
                [*chance.choices(articles[number % len(articles)].text.split(), k=40), str(number)]
            ),
            mentions=(),
        )
        for number in range(700)
    ]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def ask(folder: Path, count: int) -> tuple[list[Matches], list[IndexDocument], list[int]]:
    """Reads a bit of everything."""
    engine = WhooshEngine(folder, "g")
    answers = [engine.match(question) for question in _QUESTIONS]
    return answers, engine.fetch(range(count)), engine.family("f1")


def test_files_do_not_depend_on_the_memory_budget(tmp_path: Path) -> None:
    documents = many_documents()
    whole = write(tmp_path / "whole", documents)
    spilled = write(tmp_path / "spilled", documents, memory=1000)

    assert digests(whole) == digests(spilled)
    assert sorted(digests(whole)) == ["dictionary.dsp", "segment-0000.dsp", "segment-0001.dsp"]


def test_stored_documents_come_back_as_they_were(tmp_path: Path) -> None:
    odd = replace(
        made_up_documents()[0],
        title="lone surrogate \ud800 and\nnew line",
        url=None,
        mentions=(MentionSpan(3, 7, "norp-elsewhere"), MentionSpan(9, 12, "per-oduya")),
        flags=("very_short",),
    )
    documents = [*many_documents(), odd]
    engine = WhooshEngine(write(tmp_path / "index", documents), "g")

    assert engine.fetch(range(len(documents))) == documents


def test_an_abandoned_writer_leaves_nothing(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path / "index", analyzer(), segment_documents=2)
    for document in made_up_documents()[:5]:
        writer.add(document)
    writer.cancel()

    assert not list((tmp_path / "index").iterdir())


def test_an_update_links_the_segments_it_keeps(tmp_path: Path) -> None:
    documents = many_documents()
    base = write(tmp_path / "base", documents)
    gone = [document.article_id for document in documents[500:600]]  # half of the second segment
    writer = WhooshWriter(tmp_path / "next", analyzer(), base=base, without=[*gone, "article-0003"])
    writer.add(replace(documents[3], title="Corrected"))
    report = writer.commit()

    assert report.documents == 600
    assert report.details == {"segments": 2, "deleted": 1}
    kept, anew = sorted((tmp_path / "next").glob("segment-*"))
    assert kept.samefile(base / "segment-0000.dsp")
    assert not anew.samefile(base / "segment-0001.dsp")
    engine = WhooshEngine(tmp_path / "next", "g")
    place = engine.doc_number("article-0003")
    assert place is not None
    assert engine.fetch([place])[0].title == "Corrected"
    verify(tmp_path / "next")


def test_an_empty_index_answers(tmp_path: Path) -> None:
    engine = WhooshEngine(write(tmp_path / "index", []), "g")

    assert [engine.match(question).total for question in _QUESTIONS] == [0, 0, 0, 0]


def test_a_word_more_often_than_a_byte_counts(tmp_path: Path) -> None:
    article = replace(made_up_documents()[0], text="echo " * 300 + "sound echo", mentions=())
    other = replace(made_up_documents()[1], text="echo sound", mentions=())
    engine = WhooshEngine(write(tmp_path / "index", [article, other]), "g")

    hits = engine.match(MatchRequest(query=Term("echo"))).hits
    assert [hit.doc_number for hit in hits] == [0, 1]
    assert [
        hit.doc_number for hit in engine.match(MatchRequest(query=Phrase(("echo", "sound")))).hits
    ] != []
    assert engine.match(MatchRequest(query=Phrase(("sound", "echo")))).total == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_flipped_byte_is_found_and_never_believed(tmp_path: Path, share: float) -> None:
    """Every 58th byte, over four runs: `verify` finds it; answers are right or an error."""
    documents = made_up_documents()
    folder = write(tmp_path / "index", documents)
    truth = ask(folder, len(documents))
    for path in sorted(folder.iterdir()):
        intact = path.read_bytes()
        for place in range(int(share * 230), len(intact), 230):
            damaged = bytearray(intact)
            damaged[place] ^= 0x40
            path.write_bytes(damaged)
            with pytest.raises(IndexCorrupt):
                verify(folder)
            with contextlib.suppress(IndexCorrupt):
                assert ask(folder, len(documents)) == truth, (path.name, place)
        path.write_bytes(intact)
    verify(folder)


def test_an_index_of_an_older_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = write(tmp_path / "index", made_up_documents())
    path = folder / "dictionary.dsp"
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, len(MAGIC), FORMAT - 1)
    struct.pack_into("<I", data, HEADER.size - 4, zlib.crc32(data[: HEADER.size - 4]))
    path.write_bytes(data)

    with pytest.raises(IndexCorrupt, match=f"has format {FORMAT - 1}") as refused:
        WhooshEngine(folder, "g")
    assert "dispatches rebuild" in refused.value.advice


def test_a_file_cut_short_or_missing_is_corrupt(tmp_path: Path) -> None:
    folder = write(tmp_path / "index", made_up_documents())
    path = folder / "segment-0000.dsp"
    intact = path.read_bytes()
    for size in (0, 10, 64, len(intact) - 1):
        path.write_bytes(intact[:size])
        with pytest.raises(IndexCorrupt):
            WhooshEngine(folder, "g")
    path.unlink()
    with pytest.raises(IndexCorrupt):
        WhooshEngine(folder, "g")
