"""Which places are shown, by what stands before and behind them, in several languages."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.parts_of_names import is_part_of_name
from indexer.entities.tagging.foreign.spans.extents import whole
from indexer.entities.tagging.foreign.turkish_places import has_case, is_meant
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.recogniser import recognise


def _places(text: str, language: str) -> list[str]:
    found = recognise("", text, language)
    kinds = [one.kind for one in found.names]
    return [text[start:end] for start, end, at in found.spans if kinds[at] is EntityKind.PLACE]


@pytest.mark.parametrize(
    "behind",
    [
        " düştü.",
        " füze istiyor.",
        " yanıt verdi.",
        " ve Berlin'de konuştu.",
        " kırsalında çatışma çıktı.",
        " limanına giden gemi",
        " abluka altında.",
        ", savaşın ortasında",
    ],
)
def test_a_turkish_place_is_meant(behind: str) -> None:
    assert is_meant("Tahran" + behind, len("Tahran"))


@pytest.mark.parametrize(
    "behind",
    [" genel seçimleri yapıldı.", " milli takımı yenildi.", " ekonomisi küçüldü.", " mutfağı"],
)
def test_a_turkish_noun_is_called_after_a_place(behind: str) -> None:
    assert not is_meant("Fransa" + behind, len("Fransa"))


@pytest.mark.parametrize(
    ("suffix", "is_case"),
    [("'ın", True), ("'dan", True), ("'yı", True), ("'ya", True), ("'lı", False), ("'ca", False)],
)
def test_a_turkish_case_is_no_other_suffix(suffix: str, is_case: bool) -> None:
    assert has_case("Sirte" + suffix, len("Sirte")) is is_case


@pytest.mark.parametrize(
    ("language", "before", "place"),
    [
        ("es", "El Banco de ", "Bogotá"),
        ("es", "El Real ", "Madrid"),
        ("fr", "l'université de ", "Lille"),
        ("fr", "Il habite rue de ", "Moscou"),
        ("de", "Die Universität ", "Leipzig"),
        ("pl", "Legia ", "Warszawa"),
        ("ru", "Спартак ", "Москва"),
        ("uk", "Шахтар ", "Донецьк"),
        ("ru", "В матче сборной ", "Туниса"),
        ("ru", "Ущерб составил миллион долларов ", "США"),
        ("uk", "Воротар збірної ", "Польщі"),
        ("pl", "Bramkarz reprezentacji ", "Peru"),
        ("fr", "Le gardien de l'équipe de ", "Tunisie"),
        ("es", "El portero de la selección de ", "Perú"),
        ("ar", "جامعة ", "حلب"),
        ("ar", "وصل حارس لمنتخب ", "تونس"),
        ("ar", "قال مسؤول بوزارة خارجية ", "مصر"),
        ("he", "מכבי ", "חיפה"),
        ("fa", "دانشگاه ", "تهران"),
    ],
)
def test_a_place_is_part_of_a_longer_name(language: str, before: str, place: str) -> None:
    assert is_part_of_name(before + place, len(before), language)
    assert _places(f"{before}{place}.", language) == []


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fr", "Le maire de Kharkov a parlé.", "Kharkov"),
        ("es", "El alcalde de Bogotá habló.", "Bogotá"),
        ("fa", "مردم تهران آمدند.", "تهران"),
        ("es", "Rusia niega el ataque.", "Rusia"),
        ("tr", "Ermenistan suçlamayı reddetti.", "Ermenistan"),
        ("pl", "Strefa Gazy jest odcięta.", "Strefa Gazy"),
        ("de", "Der Gazastreifen ist abgeriegelt.", "Gazastreifen"),
        ("ar", "سيطرت الحركة على كسلا.", "كسلا"),
        ("he", "הגולן רעד.", "הגולן"),
        ("ru", "Тегеран ответил ударом.", "Тегеран"),
        ("uk", "Лиман звільнили восени.", "Лиман"),
    ],
)
def test_a_place_is_shown(language: str, text: str, place: str) -> None:
    assert _places(text, language) == [place]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Мир подписали осенью."),
        ("ru", "Глаза болели от дыма."),
        ("ru", "Герою вручили медаль."),
        ("uk", "Буду чекати біля мосту."),
        ("uk", "Мир так і не настав."),
        ("es", "Carlos Córdoba fue secuestrado."),
    ],
)
def test_a_word_that_opens_a_sentence_or_a_surname_is_no_place(language: str, text: str) -> None:
    """Lists have cities called Miri, Gera, Buda and Glazov, in every case."""
    assert _places(text, language) == []


def test_a_country_behind_a_given_name_is_no_surname() -> None:
    assert _places("Para Carlos Rusia era otra cosa.", "es") == ["Rusia"]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("ar", "كانت الجدران بلون الأبيض وحده.", []),
        ("ar", "نزحت العائلات إلى الأبيض ليلا.", ["الأبيض"]),
        ("ar", "نشر الجيش صور الأسرى.", []),
    ],
)
def test_arabic_nouns_and_adjectives_are_places_where_that_is_said(
    language: str, text: str, places: list[str]
) -> None:
    assert _places(text, language) == places


@pytest.mark.parametrize(
    ("before", "adjective", "behind", "name"),
    [
        ("Это вызвано движением ", "Аравийской", " плиты к северу.", ""),
        ("Корабль вошёл в ", "Суэцкий", " канал утром.", "Суэцкий канал"),
        ("Корабель увійшов у ", "Коринфський", " канал.", "Коринфський канал"),
        ("Бои идут под ", "Жуковским", " вторые сутки.", "Жуковским"),
        ("Люди живут у ", "Донецьку", " досі.", "Донецьку"),
    ],
)
def test_an_adjective_is_no_place_without_its_noun(
    before: str, adjective: str, behind: str, name: str
) -> None:
    text = before + adjective + behind
    found = Mention(len(before), len(before + adjective), EntityKind.PLACE, adjective, 0.9, "model")
    assert [one.text for one in whole(text, [found], "ru")] == ([name] if name else [])
