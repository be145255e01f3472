"""The language of a text is what py3langid says of it, whichever way its letters are gone through."""

from __future__ import annotations

from functools import cache

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.cleaner import language

_SCRIPTS = st.sampled_from(
    (
        "ABCabc xyz 019.,\0\n",
        "äöüßéèçñ",
        "абвгґєії",
        "ابتثجحخ",
        "אבגד",
        "中国战争",
        "กขค",
        "한국전쟁",
        "ሀለሐ",
    )
)
_TEXTS = st.lists(_SCRIPTS.flatmap(lambda signs: st.text(signs, min_size=1)), max_size=20)


@cache
def _letter_by_letter() -> LanguageIdentifier:
    theirs = LanguageIdentifier.from_model_file(MODEL_FILE)
    theirs.set_languages([code for code in language._LANGUAGES.split() if code in theirs.labels])
    theirs.nb_ptc = numpy.ascontiguousarray(theirs.nb_ptc)
    return theirs


@given(_TEXTS.map("".join))
@example("")
@example("a")
@example("The mortar shells fell on the harbor before dawn, the port authority said.")
@example("Der Hafen wurde vor dem Morgengrauen beschossen, teilte die Verwaltung mit.")
@example("Порт обстреляли перед рассветом, сообщила администрация.")
def test_all_places_at_once_are_scored_as_one_after_the_other(text: str) -> None:
    ours, theirs = language._identifier()._decide(text), _letter_by_letter()._decide(text)
    assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("text", ["", "12", "!?", "ab"])
def test_a_text_of_few_letters_has_no_language(text: str) -> None:
    assert language.detect(text) == language.UNKNOWN


@pytest.mark.parametrize(
    ("text", "declared", "told"),
    [
        ("Świat patrzy.", "pl", "pl"),  # too few letters
        ("По узкому мосту прошли два танка.", "ru", "ru"),  # Serbian by itself
        ("A BMP-2 hit a mine.", "en-US", "en"),  # Hungarian by itself
        ("A BMP-2 hit a mine.", "", "hu"),
        ("Осколками посекло кабину, водитель ранен.", "en", "ru"),  # no such letters
        ("Die Soldaten lagen seit Tagen in den Gräben am Fluss.", "tr", "de"),
        ("Die Soldaten lagen seit Tagen in den Gräben am Fluss. " * 3, "nl", "de"),  # long enough
        ("Die Soldaten lagen in den Gräben.", "template", "de"),
    ],
)
def test_a_sentence_is_in_the_language_it_is_declared_in_where_that_may_be(
    text: str, declared: str, told: str
) -> None:
    assert language.told(text, declared) == told


def test_what_the_model_knows_is_no_longer_than_the_places_are_begun_before() -> None:
    """From the beginning, each state is reached within as many letters as it needs."""
    model = language._identifier()
    moves = model._moves.reshape(-1, 256)
    rows = numpy.array(model.tk_row)
    reached = front = numpy.zeros(1, dtype=numpy.int64)
    for _ in range(language._DEEPEST):
        front = numpy.setdiff1d(numpy.unique(moves[rows[front]]), reached)
        reached = numpy.union1d(reached, front)
    assert len(reached) == len(model.tk_row)
