"""Floors for other languages: which reports are found by questions without names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.languages import (
    SETS,
    collect,
    languages_asked_in,
    measured,
    measured_from,
    reports,
)
from corpus.home import Home
from indexer.articles.meaning import encoder
from search.help.translation.translator import Translator, dictionaries
from search.serving.open_index import OpenIndex
from search.serving.serving import opened

pytestmark = pytest.mark.slow

IN_QUESTIONS = ("ar", "de", "es", "fa", "fr", "he", "pl", "ru", "tr", "uk")
CODES = ("ar", "de", "es", "fr", "pl", "ru", "tr", "uk")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIndex]:
    """The reports alone: among other texts fewer are found, see docs/decisions/0127."""
    home = Home(tmp_path_factory.mktemp("languages") / "home")
    collect(home, beside=False, meaning=bool(encoder.installed()))
    with opened(home) as index:
        yield index


@pytest.mark.parametrize("name", SETS)
def test_each_question_has_a_report_in_each_language(name: str) -> None:
    by_question: dict[str, list[str]] = {}
    for one in reports(name):
        by_question.setdefault(one.question, []).append(one.language)
    assert len(by_question) >= 30
    assert all(tuple(languages) == CODES for languages in by_question.values())


@pytest.mark.parametrize("name", ["further", "later"])
def test_the_other_sets_have_a_report_in_three_languages(name: str) -> None:
    found = [(one.question, one.language) for one in reports(name)]
    questions = dict.fromkeys(question for question, _ in found)
    assert len(questions) >= 20
    assert found == [(question, code) for question in questions for code in ("ar", "de", "ru")]


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("reporting", 0.94),
        ("happenings", 0.94),
        ("beside_war", 0.66),
        ("further", 0.85),
        ("later", 0.93),
    ],
)
def test_our_list_finds_the_reports_alone(index: OpenIndex, name: str, floor: float) -> None:
    found = measured(name, index, Translator())
    assert min(found.ten.values()) >= floor, found.ten


@pytest.mark.parametrize("source", IN_QUESTIONS)
def test_questions_in_other_languages_find_reports_in_all(index: OpenIndex, source: str) -> None:
    assert languages_asked_in() == IN_QUESTIONS
    found = measured_from(source, index, Translator())
    assert set(found.ten) == {"en", *IN_QUESTIONS} - {source}
    assert min(found.ten.values()) >= 0.8, found.ten


@pytest.mark.parametrize("name", SETS)
def test_with_dictionaries_the_aims_hold(index: OpenIndex, name: str) -> None:
    folder = Path(os.environ.get("DICTIONARIES", "/usr/share/dictd"))
    there = {target for source, target in dictionaries(folder) if source == "en"}
    if not {"ar", "de", "es", "fr", "pl", "ru", "tr"} <= there:
        pytest.skip(f"no dictionaries of seven languages in {folder}")
    found = measured(name, index, Translator(folder))
    assert min(found.ten.values()) >= 0.85, found.ten


@pytest.mark.parametrize("name", SETS)
def test_with_vectors_the_aims_hold_without_dictionaries(index: OpenIndex, name: str) -> None:
    if not len(index.vectors):
        pytest.skip("the extra `meaning` is not installed")
    found = measured(name, index, Translator(), related=5)
    assert min(found.shown.values()) >= 0.9, found.shown
    without = measured(name, index, Translator())
    assert (found.first, found.ten) == (without.first, without.ten)
