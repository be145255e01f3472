"""Fingerprints in use: one byte of what a kept value depends on changes it, others do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from corpus.fingerprint import HOUSE, fingerprint
from indexer import versions
from tests.corpus.test_fingerprint import forget

ANALYZER = partial(
    fingerprint,
    "indexer.analysis.tokenizer",
    "indexer.analysis.folding",
    "indexer.analysis.stemming",
)
FOUND = partial(fingerprint, "indexer.articles.mentioned_dates", "indexer.families.shingles")
WRITER = partial(fingerprint, "indexer.writers.whoosh")
ANSWERS = partial(fingerprint, "webui", "search")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms, without the bundled articles."""
    copy = tmp_path_factory.mktemp("house")
    for room in ("corpus", "indexer", "search", "webui"):
        ignored = shutil.ignore_patterns("__pycache__", "collected", "articles.tmp")
        shutil.copytree(HOUSE / room, copy / room, ignore=ignored)
    return copy


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What is remembered for a process whose sources do not change under it."""
    yield
    forget()


@pytest.mark.parametrize(
    ("version", "inside", "outside"),
    [
        (ANALYZER, "indexer/analysis/folding.py", "indexer/analysis/finding.py"),
        (ANALYZER, "indexer/analysis/stop_words.txt", "indexer/entities/lexicon/known.tsv"),
        (
            versions.recogniser,
            "indexer/entities/tagging/gazetteer.py",
            "indexer/families/grouping.py",
        ),
        (
            versions.recogniser,
            "indexer/entities/lexicon/known.tsv",
            "indexer/writers/whoosh/inversion.py",
        ),
        (versions.recogniser, "indexer/entities/models/english.json", "search/service.py"),
        (
            versions.recogniser,
            "indexer/entities/within_article/linking.py",
            "indexer/entities/across_collection/merging.py",
        ),
        (FOUND, "indexer/families/shingles.py", "indexer/families/grouping.py"),
        (FOUND, "corpus/dates.py", "corpus/cleaner/html.py"),
        (WRITER, "indexer/writers/whoosh/inversion.py", "indexer/generations/publishing.py"),
        (WRITER, "indexer/document.py", "search/engine.py"),
        (ANSWERS, "search/service.py", "corpus/demo/build.py"),
        (ANSWERS, "webui/templates/search.html", "indexer/entities/training/train.py"),
        (ANSWERS, "webui/static/dispatches.css", "indexer/entities/training/gold.py"),
    ],
)
def test_one_byte_inside_counts_and_one_outside_does_not(
    house: Path, version: Callable[..., str], inside: str, outside: str
) -> None:
    before = version(house=house)

    with _changed(house / outside):
        assert version(house=house) == before, f"{outside} is not a part of it"
    with _changed(house / inside):
        assert version(house=house) != before, f"{inside} is a part of it"


@contextmanager
def _changed(file: Path) -> Iterator[None]:
    """A file with one byte more, for as long as the block lasts."""
    before = file.read_bytes()
    file.write_bytes(before + b"0")
    forget()
    try:
        yield
    finally:
        file.write_bytes(before)
        forget()
