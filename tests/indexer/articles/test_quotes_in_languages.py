"""Who said what in ten other languages: with the names that are found there, on reports that we
wrote (`quotes_in_languages.jsonl`: words, speaker as written, whether direct).
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.articles.quotes.finding import quotes
from indexer.articles.quotes.vocabulary import words
from indexer.entities import recognise
from indexer.entities.recognition import Recognition
from tests.indexer.articles.test_quotes import names

LANGUAGES = ("uk", "ru", "ar", "he", "fa", "tr", "pl", "fr", "de", "es")
_LIKENESS = 0.6
"""How much of two passages, of what either holds, must be the same."""
_REPORTS = [
    json.loads(line)
    for line in Path(__file__).with_name("quotes_in_languages.jsonl").read_text("utf-8").split("\n")
    if line
]

Told = tuple[str, str, bool]


def is_same(one: Told, other: Told) -> bool:
    """Whether two tell of the same words, the same speaker, the same manner."""
    said, shorter = max(one[0], other[0], key=len), min(one[0], other[0], key=len)
    speaker = one[1] == other[1] or bool(
        one[1] and other[1] and (one[1] in other[1] or other[1] in one[1])
    )
    alike = shorter in said and len(shorter) >= _LIKENESS * len(said)
    return alike and speaker and one[2] == other[2]


def test_who_said_what_is_found_in_every_language() -> None:
    expected: dict[str, int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)
    hits: dict[str, int] = defaultdict(int)
    for report in _REPORTS:
        language, text = report["language"], report["text"]
        left = [(said, speaker, direct) for said, speaker, direct in report["quotes"]]
        expected[language] += len(left)
        for one in quotes(text, recognise("", text, language), language=language):
            told = (text[one.start : one.end], text[slice(*one[2:4])], one.is_direct)
            found[language] += 1
            same = next((other for other in left if is_same(told, other)), None)
            if same is not None:
                left.remove(same)
                hits[language] += 1
    assert set(expected) == set(LANGUAGES)
    for language in LANGUAGES:
        told_of = f"{language}: {expected[language]}, {found[language]}, {hits[language]}"
        assert hits[language] >= 0.8 * found[language], told_of
        assert hits[language] >= 0.75 * expected[language], told_of
    assert sum(hits.values()) >= 0.93 * sum(found.values())
    assert sum(hits.values()) >= 0.9 * sum(expected.values())


def told(text: str, language: str, *given: str) -> list[tuple[str, ...]]:
    """Manner, speaker, words and name of each quote."""
    recognition = names(text, *given)
    ends = {start: end for start, end, _ in recognition.spans}
    return [
        (
            "direct" if one.is_direct else "reported",
            text[one.speaker_start : one.speaker_end],
            text[one.start : one.end],
            text[one.named : ends[one.named]] if one.named >= 0 else "",
        )
        for one in quotes(text, recognition, language=language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        (
            "uk",
            "Прибув Іван Стець. «Порт відкрито, — сказав він. — Судна вже йдуть».",
            "Іван Стець",
            [
                ("direct", "він", "Порт відкрито", "Іван Стець"),
                ("direct", "він", "Судна вже йдуть", "Іван Стець"),
            ],
        ),
        (
            "uk",
            "Іван Стець заявив, що порт відкрито, і додав, що судна вже йдуть.",
            "Іван Стець",
            [
                ("reported", "Іван Стець", "порт відкрито", "Іван Стець"),
                ("reported", "Іван Стець", "судна вже йдуть", "Іван Стець"),
            ],
        ),
        ("uk", "Іван Стець не сказав, що порт відкрито.", "Іван Стець", []),
        (
            "ru",
            "Порт закрыт на сутки, сообщил капитан порта Олег Мирный. По его словам, суда ждут.",
            "Олег Мирный",
            [
                (
                    "reported",
                    "капитан порта Олег Мирный",
                    "Порт закрыт на сутки",
                    "Олег Мирный",
                ),
                ("reported", "", "суда ждут", "Олег Мирный"),
            ],
        ),
        (
            "ru",
            "— Мы ждали трое суток, — вспоминает Анна Лис. — Потом пришёл катер.",
            "Анна Лис",
            [
                ("direct", "Анна Лис", "Мы ждали трое суток", "Анна Лис"),
                ("direct", "Анна Лис", "Потом пришёл катер", "Анна Лис"),
            ],
        ),
        ("ru", "«Порт мира», режиссёр Анна Лис, показали вчера.", "Анна Лис", []),
        (
            "ar",
            "وقالت سلمى حداد إن الميناء مغلق. وأضافت أن السفن تنتظر.",
            "سلمى حداد",
            [
                ("reported", "سلمى حداد", "الميناء مغلق", "سلمى حداد"),
                ("reported", "", "السفن تنتظر", "سلمى حداد"),
            ],
        ),
        ("ar", "قالت سلمى حداد للصحفيين شكرا. ويجب أن يفتح الميناء.", "سلمى حداد", []),
        (
            "he",
            'רונית שדה אמרה כי הנמל סגור, והוסיפה: "האוניות מחכות בחוץ".',
            "רונית שדה",
            [
                ("reported", "רונית שדה", "הנמל סגור", "רונית שדה"),
                ("direct", "רונית שדה", "האוניות מחכות בחוץ", "רונית שדה"),
            ],
        ),
        (
            "fa",
            "به گفته مریم کاوه، بندر بسته است.",
            "مریم کاوه",
            [("reported", "مریم کاوه", "بندر بسته است", "مریم کاوه")],
        ),
        (
            "tr",
            "Liman müdürü Ece Akın, rıhtımda yaptığı açıklamada, limanın kapatıldığını söyledi.",
            "Ece Akın",
            [("reported", "Liman müdürü Ece Akın", "limanın kapatıldığını", "Ece Akın")],
        ),
        (
            "tr",
            '"Gemiler bekliyor" diyen Ece Akın limanda kaldı.',
            "Ece Akın",
            [("direct", "Ece Akın", "Gemiler bekliyor", "Ece Akın")],
        ),
        ("tr", "Ece Akın'a kimse limanın kapatıldığını söyledi.", "Ece Akın", []),
        (
            "pl",
            "– Statki stoją na redzie – powiedziała Ewa Lipa. – Czekamy na zgodę.",
            "Ewa Lipa",
            [
                ("direct", "Ewa Lipa", "Statki stoją na redzie", "Ewa Lipa"),
                ("direct", "Ewa Lipa", "Czekamy na zgodę", "Ewa Lipa"),
            ],
        ),
        (
            "fr",
            "La capitaine du port, Jeanne Morel, a affirmé mardi que le port rouvrirait.",
            "Jeanne Morel",
            [("reported", "Jeanne Morel", "le port rouvrirait", "Jeanne Morel")],
        ),
        (
            "fr",
            "Jeanne Morel est venue. « Le port rouvrira », a-t-elle promis.",
            "Jeanne Morel",
            [("direct", "elle", "Le port rouvrira", "Jeanne Morel")],
        ),
        (
            "de",
            "Karla Brandt sagte, der Hafen sei geschlossen.",
            "Karla Brandt",
            [("reported", "Karla Brandt", "der Hafen sei geschlossen", "Karla Brandt")],
        ),
        (
            "de",
            "»Der Hafen ist zu«, so Karla Brandt.",
            "Karla Brandt",
            [("direct", "Karla Brandt", "Der Hafen ist zu", "Karla Brandt")],
        ),
        (
            "de",
            "Den Berichten von Karla Brandt fehlt, so wie Otto Kern, jede Quelle.",
            "Otto Kern",
            [],
        ),
        ("de", "Karla Brandt erzählt von einem Mann, der den Hafen baute.", "Karla Brandt", []),
        ("de", "Laut dem Bericht gab es im Hafen von Karla Brandt drei Tote.", "Karla Brandt", []),
        (
            "es",
            "Según dijo Inés Prado, el puerto está cerrado.",
            "Inés Prado",
            [("reported", "Inés Prado", "el puerto está cerrado", "Inés Prado")],
        ),
        (
            "es",
            "—El puerto está cerrado —dijo Inés Prado.",
            "Inés Prado",
            [("direct", "Inés Prado", "El puerto está cerrado", "Inés Prado")],
        ),
    ],
)
def test_kinds_of_speech(
    language: str, text: str, name: str, expected: list[tuple[str, ...]]
) -> None:
    assert told(text, language, name) == expected


def test_a_spokesman_of_somebody_is_not_that_person() -> None:
    text = "Речник Стеця заявив, що порт відкрито для суден."
    assert told(text, "uk", "Стеця") == [
        ("reported", "Речник Стеця", "порт відкрито для суден", "")
    ]


def test_the_words_of_a_source_end_before_who_quotes_it() -> None:
    text = "Ольга Рак заявила, что порт открыт для судов, сообщает Медуза."
    (one,) = told(text, "ru", "Ольга Рак", "Медуза")
    assert one == ("reported", "Ольга Рак", "порт открыт для судов", "Ольга Рак")


def test_a_language_without_words_of_speech_has_no_quotes() -> None:
    assert words("xx") is None
    assert quotes("„So“, sagte Karla Brandt.", Recognition((), ()), language="xx") == ()


@given(
    st.sampled_from(LANGUAGES),
    st.lists(
        st.sampled_from(
            '« » “ ” " — – - : , ، . que що что że dass إن כי که dedi dijo сказав заявил sagte'
            " قال אמר"
            " گفت powiedział selon за словами laut zufolge göre Іван Петренко و ו \n".split(" ")
        )
    ),
)
@settings(max_examples=200, deadline=None)
def test_any_text_has_quotes_that_stand_in_it(language: str, parts: list[str]) -> None:
    text = " ".join(parts)
    for one in quotes(text, names(text, "Іван Петренко"), language=language):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.speaker_start <= one.speaker_end <= len(text)
        assert 0 <= one.verb_start < one.verb_end <= len(text)
