"""How many articles have each word is known of an earlier index, and is what counting says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.writers.whoosh import WhooshWriter, dictionary
from indexer.writers.whoosh.dictionary import DICTIONARY, KIND
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.vocabulary import Vocabulary

_WORDS = "drone drones droned strike strikes Kherson KHERSON talk talks talking п'ять".split()


def _document(chance: random.Random, number: int) -> IndexDocument:
    return IndexDocument(
        article_id=f"article-{number:03d}",
        title=" ".join(chance.choices(_WORDS, k=2)),
        text=" ".join([*chance.choices(_WORDS, k=chance.randrange(12)), f"only{number}"]),
        collected=PartialDate("2024-06-01T12:00Z", "made-up"),
        family_id=f"article-{number:03d}",
        original_sha256="0" * 64,
    )


def _counts(folder: Path) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Of each word that an article has how many have it; of each stem also how often it stands."""
    file = Sections(folder / DICTIONARY, KIND)
    words = zip(Vocabulary(file, "words").words(), file["words.articles"].values, strict=True)
    counts = file["stems.counts"].values.reshape(-1, 2).tolist()
    stems = zip(Vocabulary(file, "stems").words(), counts, strict=True)
    return (
        {word: int(articles) for word, articles in words if articles},
        {stem: both for stem, both in stems if any(both)},
    )


@pytest.mark.parametrize("few", [0, 16])
@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 20), min_size=1, max_size=4))
def test_counts_of_an_update_are_those_of_all(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    seed: int,
    more: list[int],
) -> None:
    """Whatever goes and comes, segments stay or are written anew, and whichever way it is counted:
    by the texts of what is gone, or, where many are, by postings.
    """
    monkeypatch.setattr(dictionary, "_MANY", (400, few))
    folder, chance = tmp_path_factory.mktemp("counts"), random.Random(seed)
    articles = {number: _document(chance, number) for number in range(20)}
    base: Path | None = None
    gone: list[str] = []
    new = list(articles)
    for step, count in enumerate([0, *more]):
        if step:
            changed = chance.sample(sorted(articles), chance.randrange(len(articles)))
            leaving = changed[: chance.randrange(3)]
            gone = [f"article-{number:03d}" for number in changed]
            for number in leaving:
                del articles[number]
            new = [*changed[len(leaving) :], *range(100 * step, 100 * step + count)]
            articles |= {number: _document(chance, number) for number in new}
        paths = folder / f"{step}", folder / f"{step}-anew"
        writer = WhooshWriter(paths[0], analyzer(), base=base, without=gone, segment_documents=16)
        for number in new:
            writer.add(articles[number])
        writer.commit()
        anew = WhooshWriter(paths[1], analyzer())
        for document in articles.values():
            anew.add(document)
        anew.commit()
        assert _counts(paths[0]) == _counts(paths[1])
        base = paths[0]
