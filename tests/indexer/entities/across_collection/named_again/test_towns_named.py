"""A text without capitals names towns that other articles of the collection introduced."""

from __future__ import annotations

import pytest

from indexer.entities import Authority, Canonicaliser, recognise
from indexer.entities.across_collection.named_again.towns_named import TownsNamed
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import article

TOWNS = [
    "Kadugli",
    "Misrata",
    "Hodeidah",
    "Homs",
    "El Obeid",
    "Qamishli",
    "Beirut",
    "Medina",
    "Sirte",
    "Babanusa",
    "Tahtarun",
    "al-Bab",
    "Alamata",
    "Walikale",
    "Jaramana",
    "Ras Tanu",
]
NOTHING = Recognition((), ())


def added(text: str, language: str, recognition: Recognition = NOTHING) -> list[str]:
    finder = TownsNamed((name, name) for name in TOWNS)
    found = finder.added_to(recognition, text, language)
    return [f"{text[start:end]}={found.names[name].full}" for start, end, name in found.spans]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ar", "تقدمت القوات نحو كادقلي", ["كادقلي=Kadugli"]),
        ("ar", "وصل وفد بكادقلي", ["كادقلي=Kadugli"]),
        ("ar", "إلى مصراتة وكادقلي", ["مصراتة=Misrata", "كادقلي=Kadugli"]),
        ("ar", "وصلوا للحديدة", ["لحديدة=Hodeidah"]),
        ("ar", "زار القامشلي أمس", ["القامشلي=Qamishli"]),
        ("ar", "استهدفت سرت", ["سرت=Sirte"]),
        ("ar", "ظهر في بلدة بابنوسة", ["بابنوسة=Babanusa"]),  # no list has it so
        ("ar", "سار نحو طاهطرون ليلا", ["طاهطرون=Tahtarun"]),
        ("ar", "وصل إلى مدينة الباب", ["الباب=al-Bab"]),
        ("ar", "انسحبت من واليكالي", ["واليكالي=Walikale"]),  # no dictionary's *and the*
        ("ar", "قصفوا ميناء رأس طانو", ["رأس طانو=Ras Tanu"]),
        ("he", "הדרך לג'רמאנא", ["ג'רמאנא=Jaramana"]),
        ("he", "הוא הגיע לטהטרון", ["טהטרון=Tahtarun"]),
        ("fa", "به حمص رفت", ["حمص=Homs"]),
        ("fa", "در مصراته ماند", ["مصراته=Misrata"]),
        ("he", "הגיע לחומס", ["חומס=Homs"]),
        ("he", "בביירות נשמעו פיצוצים", ["ביירות=Beirut"]),
    ],
)
def test_a_town_of_the_collection_is_found(language: str, text: str, found: list[str]) -> None:
    assert added(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "فتح الرجل الباب"),  # the door
        ("ar", "دخلت القوات المدينة"),  # the city, which is also Medina
        ("ar", "تأخر توسيع الجسور في العاصمة"),  # letters that may spell towns, of words
        ("ar", "في البيت الأبيض"),  # the White House: El Obeid is called the White, too
        ("ar", "طبق حمص لذيذ قرب دمشق"),  # Damascus is not of this collection; hummus stands alone
        ("ar", "جرت المباراة في ملعب كادقلي"),  # a stadium
        ("ar", 'جرت على ملعب " كادقلي "'),
        ("ar", "فاز بكأس كادقلي"),
        ("ar", "تحدث عن رأس طانو"),  # nothing says that the two words are a place
        ("ar", "وهي مدينة وبابنوسة"),  # spelled only, and the noun calls something else so
        ("ru", "Обстрел Кадугли"),
        ("ar", ""),
    ],
)
def test_words_and_towns_of_others_are_not(language: str, text: str) -> None:
    names = ["Kadugli", "El Obeid", "Medina", "Sirte", "Babanusa", "Ras Tanu"]
    finder = TownsNamed((name, name) for name in names)
    assert finder.added_to(NOTHING, text, language) is NOTHING


def test_a_noun_of_place_is_no_part_of_a_town() -> None:
    finder = TownsNamed([("Jerusalem", "x"), ("Sadr City", "y")])
    found = [
        text[start:end]
        for text in ("وصلوا إلى مدينة القدس", "وقع في مدينة الصدر")
        for start, end, _ in finder.added_to(NOTHING, text, "ar").spans
    ]
    assert found == ["القدس", "مدينة الصدر"]  # Sadr City is called so, and nothing shorter


def test_what_is_an_arabic_word_needs_a_noun_of_place() -> None:
    finder = TownsNamed([("Hefei", "x"), ("Albany", "y")])
    assert finder.added_to(NOTHING, "العودة إلى فرنسا بخفي حنين", "ar") is NOTHING
    assert finder.added_to(NOTHING, "مؤثرين في البنى الثقافية", "ar") is NOTHING


def test_what_stands_once_behind_a_preposition_is_a_town_wherever_it_stands() -> None:
    finder = TownsNamed([("Sirte", "x")])
    alone, placed = "دخلت القوات سرت", "دخلت القوات سرت وبقيت في سرت"
    assert finder.added_to(NOTHING, alone, "ar") is NOTHING
    assert len(finder.added_to(NOTHING, placed, "ar").spans) == 2


def test_a_person_of_the_article_is_no_town() -> None:
    text = "قال سامر حمص في حمص"
    person = ArticleName(EntityKind.PERSON, (("سامر حمص", 1),))
    assert added(text, "ar", Recognition((person,), ((4, 12, 0),))) == ["سامر حمص=سامر حمص"]


def test_the_town_counts_with_the_english_articles_under_one_entity() -> None:
    text = "تقدمت القوات نحو كادقلي."
    english, arabic = article(["Kadugli"], kind=EntityKind.PLACE), recognise("", text, "ar")
    canonicaliser = Canonicaliser(Authority())
    for article_id, recognition in (("en", english), ("ar", arabic)):
        canonicaliser.observe(article_id, recognition)
    canonicaliser.settle()
    (town,), _ = canonicaliser.resolve("en", english)
    (found,), _ = canonicaliser.resolve("ar", arabic, text=text, language="ar")
    assert (found.entity_id, found.label, found.count) == (town.entity_id, "Kadugli", 1)


def test_texts_are_read_where_all_that_a_collection_names_is_a_country() -> None:
    canonicaliser = Canonicaliser(Authority())
    canonicaliser.observe("en", article(["Sudan"], kind=EntityKind.PLACE))
    canonicaliser.settle()
    assert canonicaliser.reads_texts(in_other_letters=True)
    assert not canonicaliser.reads_texts(in_other_letters=False)


@pytest.mark.parametrize(
    ("towns", "found"),
    [
        (["Zolkhinvali", "Solchinwali"], ["زولخينفالي"]),
        (["Zolkhinvali", "Zulkhainfali"], []),
    ],
)
def test_spellings_of_one_town_hinder_each_other_no_more(
    towns: list[str], found: list[str]
) -> None:
    finder = TownsNamed((name, name) for name in towns)
    text = "تقدمت القوات نحو زولخينفالي"
    spans = finder.added_to(NOTHING, text, "ar").spans
    assert [text[start:end] for start, end, _ in spans] == found
