"""Files of a dictionary server are read, entry by entry; what is damaged says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StorageError
from search.help.translation.dictd import Dictionary, translations
from search.help.translation.translator import Translator, dictionaries
from tests.search.help.translation.files import write

WORDS = {"bridge": "Brücke <fem>, Steg", "ferry": "Fähre", "weir": "Wehr " * 400}


@pytest.mark.parametrize("packed", [0, 16, 1000])
def test_every_entry_is_read_whole(tmp_path: Path, packed: int) -> None:
    opened = Dictionary(write(tmp_path, "own-eng-deu", WORDS, packed=packed))
    for word, said in WORDS.items():
        assert list(opened.entries(word)) == [f"{word}\n{said}\n"]
    assert list(opened.entries("brid")) == list(opened.entries("")) == []


@pytest.mark.parametrize(
    ("entry", "language", "found"),
    [
        ("bridge /brɪdʒ/ <n>\nBrücke <fem> [arch.], Steg\n", "de", ["Brücke", "Steg"]),
        ("bridge\n1. pont, passerelle\n2. chevalet\n", "fr", ["pont", "passerelle", "chevalet"]),
        (
            "bridge\n   [brɪdʒ] _n.\n   1) мост; _мор. мостик\n   2) to cross a bridge перейти",
            "ru",
            ["мост", "мостик"],
        ),
        ("bridge\nSynonym: {span}\n see: {ferry}\n Note: rare\nBrücke", "de", ["Brücke"]),
        ('bridge\nBrücke\n   "burn a bridge"  - eine Brücke abbrechen', "de", ["Brücke"]),
        ("bridge\nالجِسْر، القنطرة\n", "ar", ["الجِسْر", "القنطرة"]),
        ("bridge\nköprü kurmak; iki yakayı birbirine bağlayan yapı", "tr", ["köprü kurmak"]),
        ("bridge мост", "ru", ["мост"]),
        ("bridge\nbridge, Bridge\n", "de", []),
        ("bridge\nSteg, Brücke 7, B2\n", "de", ["Steg"]),
    ],
)
def test_what_may_be_a_translation(entry: str, language: str, found: list[str]) -> None:
    assert list(translations(entry, "bridge", language)) == found


@given(st.text(max_size=200))
def test_no_prose_breaks_it(entry: str) -> None:
    for one in translations(entry, "bridge", "ru"):
        assert len(one.split()) in range(1, 4)


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("freedict-eng-deu", ("en", "de")),
        ("own_en-uk", ("en", "uk")),
        ("mueller7", ("en", "ru")),
        ("freedict-deu-eng", ("de", "en")),
        ("freedict-afr-deu", None),
        ("deu", None),
    ],
)
def test_names_tell_the_languages(
    tmp_path: Path, name: str, languages: tuple[str, str] | None
) -> None:
    index = write(tmp_path, name, WORDS)
    assert dictionaries(tmp_path) == ({languages: (index,)} if languages else {})


@pytest.mark.parametrize("typed", ["trellis", "Trellises", "trellised,", "TRELLISING"])
def test_a_word_is_looked_up_without_its_ending(tmp_path: Path, typed: str) -> None:
    write(tmp_path, "own-eng-deu", {"trellis": "Spalier"})
    assert Translator(tmp_path).options(typed, "de") == ("Spalier",)


def test_dictionaries_are_asked_for_what_our_list_does_not_have(tmp_path: Path) -> None:
    write(tmp_path, "own-eng-deu", {"bridge": "Bridge; Steg", "trellis": "Spalier"})
    assert Translator(tmp_path).options("bridges", "de") == ("Brücke",)


@pytest.mark.parametrize(
    ("typed", "told", "not_told"),
    [("training", "Ausbildung", "Zug"), ("trains", "Zug", "x"), ("shelter", "Schutzraum", "x")],
)
def test_a_word_is_what_the_list_says_of_it_as_it_is_written(
    typed: str, told: str, not_told: str
) -> None:
    found = Translator().options(typed, "de")
    assert told in found
    assert not_told not in found


@pytest.mark.parametrize("typed", ["zeppelin", "brid", ""])
def test_what_nobody_knows_has_none(tmp_path: Path, typed: str) -> None:
    write(tmp_path, "own-eng-deu", WORDS)
    assert Translator(tmp_path).options(typed, "de") == ()


def test_a_damaged_one_is_told_and_costs_itself(tmp_path: Path) -> None:
    write(tmp_path, "good-eng-deu", {"ferry": "Fährschiff"})
    write(tmp_path, "half-eng-deu", {"ferry": "Fähre"}, packed=100)
    (tmp_path / "half-eng-deu.dict.dz").write_bytes(b"no gzip at all")
    write(tmp_path, "odd-eng-deu", {})
    (tmp_path / "odd-eng-deu.index").write_bytes(b"ferry\t%%\t!!\nferry\n")
    (tmp_path / "odd-eng-deu.dict").write_bytes(b"")
    (tmp_path / "alone-eng-deu.index").write_bytes(b"ferry\tA\tB\n")
    translator = Translator(tmp_path)
    assert "Fährschiff" in translator.options("ferry", "de")
    assert set(translator.problems) == {"half-eng-deu", "odd-eng-deu", "alone-eng-deu"}
    with pytest.raises(StorageError, match="not by dictzip"):
        Dictionary(tmp_path / "half-eng-deu.index")
