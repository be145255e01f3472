"""What names are called is the same, whether one is asked for or several at once, now or before."""

from __future__ import annotations

import random
from importlib import resources

import pytest

from indexer.entities import lexicon
from indexer.entities.across_collection.collection_names import CorpusName
from indexer.entities.names import known
from indexer.entities.names.known import (
    called,
    known_label,
    label_of,
    place_spellings,
)
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind


def test_a_place_has_the_spellings_that_any_list_calls_it_by() -> None:
    variants = lexicon.place_variants()
    listed = sorted(set(variants.values()))
    for label in (*random.Random(16).sample(listed, 60), "Kherson", "Kyiv"):
        assert place_spellings(label) >= {
            plain(label),
            *(key for key, one in variants.items() if one == label),
        }
    assert len(place_spellings("Kyiv")) > 5
    assert place_spellings("Türkiye") >= place_spellings("Turkey") - {"turkey"}
    assert place_spellings("Nowhere at all") == {"nowhere at all"}


@pytest.mark.parametrize("kind", list(EntityKind))
def test_what_a_name_is_called_is_what_the_lexicon_says(kind: EntityKind) -> None:
    ours = {one.label for one in lexicon.known_names()}
    known = random.Random(41).sample(sorted(ours), 60)
    places = random.Random(42).sample(sorted(lexicon.place_variants()), 60)
    for key in (*map(plain, known), *places, "wowtschansk", "nobody of that name"):
        one = called(CorpusName(kind, key, key.title()))
        label = known_label(kind, key) or ""
        assert one.ours in {"", label}
        assert bool(one.ours) == (label in ours)
        assert one.is_english == (kind is EntityKind.PLACE and plain(label) == key)


def test_of_spellings_of_a_place_the_one_that_a_list_has_is_shown() -> None:
    spelled = ["Wowtschansk", "Vovchansk"]
    names = [CorpusName(EntityKind.PLACE, plain(one), one) for one in spelled]
    for name in names:
        name.articles = 1
    assert label_of([called(name) for name in names], EntityKind.PLACE) == "Vovchansk"


@pytest.mark.parametrize(
    ("spelling", "label"),
    [
        ("Kupiańskiem", "Kupiańsk"),
        ("Port Sudanu", "Port Sudan"),
        ("Kirkuku", "Kirkuk"),
        ("Avdiïvka", "Avdiivka"),
        ("Saïda", "Saïda"),  # no town of Slavs
        ("Palermo", "Palermo"),
        ("Harlem", "Harlem"),  # it ends as cases do, and is a town itself
        ("Orlivskiem", "Orlivskiem"),  # which no list has
    ],
)
def test_a_place_is_shown_as_dictionaries_have_it(spelling: str, label: str) -> None:
    name = CorpusName(EntityKind.PLACE, plain(spelling), spelling)
    assert label_of([called(name)], EntityKind.PLACE) == label


def test_no_town_that_is_romanized_is_a_country() -> None:
    # Who asks for a country leaves these out.
    towns = {label for found in known._slavic_towns().values() for _, label in found}
    countries = {place.label for sort, place in lexicon.places() if sort == "country"}
    assert len(towns) > 1000
    assert (
        not {known_label(EntityKind.PLACE, plain(town), is_town=False) for town in towns}
        & countries
    )


@pytest.mark.parametrize("attached", ["", "لل", "وال", "بال", "ولل", "فال"])
def test_a_body_is_known_behind_what_is_written_together_with_its_article(attached: str) -> None:
    name = f"{attached}أمم المتحدة" if attached else "الأمم المتحدة"
    assert known_label(EntityKind.ORG, plain(name)) == "United Nations"
    assert known_label(EntityKind.ORG, plain(f"{attached}أمم الصغيرة")) is None


@pytest.mark.parametrize(
    ("case", "label"),
    [
        ("Нової Каховки", "Nova Kakhovka"),
        ("Мелітополі", "Melitopol"),
        ("Ковелем", "Kovel"),
        ("Ярославле", "Yaroslavl"),
        ("Новой Каховкой", "Nova Kakhovka"),
        ("Великій Новосілці", "Velyka Novosilka"),
        ("Белой Церковью", "Bila Tserkva"),
        ("Великих Луках", "Velikiye Luki"),
        ("Верхньому Токмаку", "Verkhnii Tokmak"),
        ("Кривому Розі", "Kryvyy Rih"),
        ("Раві-Руській", "Rava-Ruska"),
        ("Чугуєві", "Chuhuyiv"),
        ("Бахчисарае", "Bakhchysaray"),
    ],
)
def test_a_town_is_known_in_its_cases(case: str, label: str) -> None:
    assert known_label(EntityKind.PLACE, plain(case)) == label


def test_what_one_language_says_stands_in_one_table() -> None:
    lexicon_files = resources.files("indexer.entities.lexicon")
    rows = {
        name: [
            line.split("\t")
            for line in (lexicon_files / name).read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        ]
        for name in ("known.tsv", "names_by_language.tsv")
    }
    known, said = (
        {
            (kind, label, one.removeprefix("*"))
            for kind, label, *cells in found
            for cell in cells
            for one in cell.split("|")
            if one and one != label
        }
        for found in rows.values()
    )
    assert known.isdisjoint(said)
    everywhere = {(one.label, name) for one in lexicon.known_names() for name in one.others}
    assert ("Gaza Strip", "רצועת עזה") in everywhere
    assert ("Nagorno-Karabakh", "Bergkarabach") in everywhere
    assert ("Kherson", "Chersoń") not in everywhere
