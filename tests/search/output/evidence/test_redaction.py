"""Names are withheld wherever they stand, and nothing else is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import EvidenceError
from search.output.evidence.redaction import WITHHELD, Redaction


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Ivan Petrov", "Then Ivan Petrov left.", f"Then {WITHHELD} left."),
        ("Ivan Petrov", "IVAN  PETROV's", f"{WITHHELD}'s"),
        ("Ivan Petrov", "Ivan\nPetrov", WITHHELD),
        ("Ivan Petrov", "https://a.example/ivan-petrov.html", f"https://a.example/{WITHHELD}.html"),
        ("Ivan Petrov", "ivan%20petrov ivan_petrov", f"{WITHHELD} {WITHHELD}"),
        ("Ivan Petrov", "Ivan met Petrov", "Ivan met Petrov"),
        ("Petrov", "Petrova and Petrov", f"Petrova and {WITHHELD}"),
        ("Petrov*", "Petrova, Petrovs' petrovka", f"{WITHHELD}, {WITHHELD}' {WITHHELD}"),
        ("Zelenský", "Zelensky", WITHHELD),
        ("Zelensky", unicodedata.normalize("NFD", "Zelenský sagt"), f"{WITHHELD} sagt"),
        ("Петров", "Вчера ПЕТРОВ сказал", f"Вчера {WITHHELD} сказал"),
        ("Groß", "GROSS und groß", f"{WITHHELD} und {WITHHELD}"),
        ("محمد", "قال محمد اليوم", f"قال {WITHHELD} اليوم"),
        ("A. B.", "a b c", f"{WITHHELD} c"),
        ("...", "nothing ... at all", "nothing ... at all"),
    ],
)
def test_a_name_is_withheld_as_it_is_written(name: str, text: str, left: str) -> None:
    assert Redaction([name]).text(text) == left


def test_of_two_names_the_longer_one_is_withheld_whole() -> None:
    redaction = Redaction(["Petrov", "Ivan Petrov"])
    assert redaction.text("Ivan Petrov, Petrov") == f"{WITHHELD}, {WITHHELD}"
    assert redaction.count == 2


@given(st.text(alphabet="aéB ßЯ-\u0301.", max_size=40))
def test_a_text_without_the_name_stays_as_it_is(text: str) -> None:
    assert Redaction(["Quetzal"]).text(text) == text
    assert Redaction().text(text) == text


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_stands_around_a_name_stays(before: str, after: str) -> None:
    redaction = Redaction(["Quetzalcoatl Petrov"])
    text = f"{before} Quetzalcoatl Petrov {after}"
    assert redaction.text(text) == f"{before} {WITHHELD} {after}"


def test_everything_in_an_object_is_read() -> None:
    value = {"Ivan": ["Ivan", {"k": ("Ivan x",)}, 5, None, True]}
    assert Redaction(["ivan"]).value(value) == {
        WITHHELD: [WITHHELD, {"k": [f"{WITHHELD} x"]}, 5, None, True]
    }


def test_a_list_has_remarks_and_must_hold_a_name(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# who must not be named\nIvan Petrov  # the driver\n\n", "utf-8")
    assert Redaction.of(path).text("Ivan Petrov, driver") == f"{WITHHELD}, driver"
    path.write_text("# nobody\n", "utf-8")
    with pytest.raises(EvidenceError, match="empty"):
        Redaction.of(path)
    path.write_bytes(b"Ren\xe9\n")
    with pytest.raises(EvidenceError, match="UTF-8"):
        Redaction.of(path)
