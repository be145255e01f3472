"""What texts in ten languages other than English say that their persons are."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.articles.roles.finding import roles
from indexer.articles.roles.offices import offices
from indexer.entities.within_article.recogniser import recognise

_ROWS = [
    (*line.split("\t"), "")[:3]
    for line in (Path(__file__).parent / "roles_in_languages.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
# Of each language: how many are found, how many of them are right, how many there are.
_COUNTS = {
    "ar": (19, 16, 29),
    "de": (18, 18, 19),
    "es": (16, 16, 19),
    "fa": (11, 10, 11),
    "fr": (13, 12, 20),
    "he": (12, 12, 12),
    "pl": (13, 13, 16),
    "ru": (19, 19, 19),
    "tr": (12, 12, 14),
    "uk": (19, 19, 19),
}


def _said(text: str, language: str) -> set[str]:
    recognition = recognise("", text, language)
    names = {start: text[start:end] for start, end, _ in recognition.spans}
    found = roles(text, recognition, language=language)
    return {f"{text[one.start : one.end]}=>{names[one.named]}" for one in found}


@pytest.mark.parametrize("language", _COUNTS)
def test_offices_are_found(language: str) -> None:
    found, right, there = 0, 0, 0
    for _, text, told in (row for row in _ROWS if row[0] == language):
        expected = set(filter(None, told.split("; ")))
        said = _said(text, language)
        found += len(said)
        right += len(said & expected)
        there += len(expected)
    assert (found, right, there) == _COUNTS[language]


def test_a_language_of_which_nothing_is_known_has_none() -> None:
    assert offices("it") is None
    assert _said("Il ministro Jan Kowalski è arrivato.", "it") == set()


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "Jean Morel, maire de Kidal, Paul Grand, et les autres ont fui.", ["Jean Morel"]),
        ("ru", "Сын губернатора Иван Петров уехал.", []),
        ("ru", "Губернатор Иван Петров уехал.", ["Иван Петров"]),
        ("fr", "Selon Marc Delorme, le commandant Jean Morel a fui.", []),
        ("de", "Die Minister Peter Alt und Hans Neu unterschrieben.", []),
        ("de", "Der Minister Peter Alt hat unterschrieben.", ["Peter Alt"]),
    ],
)
def test_whose_office_it_is(language: str, text: str, said: list[str]) -> None:
    assert [one.partition("=>")[2] for one in _said(text, language)] == said
