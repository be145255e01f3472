"""Models of languages: names are found that no list holds, and words are none."""

from __future__ import annotations

import pytest

from indexer.entities import tagger
from indexer.entities.tagging.foreign.models import MODELS, is_part
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.types import EntityKind, Mention

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE


def found(text: str, language: str) -> list[tuple[str, EntityKind]]:
    mentions = tagger().tag(text, language=language)
    end = 0
    for one in mentions:
        assert text[one.start : one.end] == one.text
        assert one.start >= end
        end = one.end
    return [(one.text, one.kind) for one in mentions]


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("ru", "Об этом сообщил полковник Глеб Воронцов.", "Глеб Воронцов", PERSON),
        ("ru", "Глава компании «Уралмашзавод» уехал в Берёзники.", "Берёзники", PLACE),
        ("ru", "Отряд ЧВК «Редут» вошёл в город.", "ЧВК «Редут»", ORG),
        ("uk", "Про це повідомила речниця Дарина Стеценко.", "Дарина Стеценко", PERSON),
        ("uk", "Бої точаться біля Снігурівки.", "Снігурівки", PLACE),
        ("de", "Das sagte der Sprecher Holger Brandtner am Montag.", "Holger Brandtner", PERSON),
        ("de", "Die Fähre legte in Travemünde an.", "Travemünde", PLACE),
        ("fr", "Le colonel Bertrand Lemoine a parlé lundi.", "Bertrand Lemoine", PERSON),
        ("fr", "Le train de Villefranche a déraillé près de Roanne.", "Roanne", PLACE),
        ("ar", "وقال العقيد سامر الخطيب إن المعركة انتهت.", "سامر الخطيب", PERSON),
        ("ar", "واتصل الرئيس ببوتين أمس.", "بوتين", PERSON),
        ("tr", "Sözcü Serdar Yılmazer dün konuştu.", "Serdar Yılmazer", PERSON),
        ("tr", "Uçak Ankara'dan kalktı.", "Ankara", PLACE),
        ("uk", "Так вирішила Верховна Рада у вівторок.", "Верховна Рада", ORG),
    ],
)
def test_names_that_no_list_holds(language: str, text: str, name: str, kind: EntityKind) -> None:
    assert (name, kind) in found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Час спливав, і мати мовчала. Усі чекали. Весна була холодна."),
        ("fr", "Une femme attendait. Son mari dormait. Sous la pluie, on marchait."),
        ("tr", "Son gelen rüzgar soğuktu. Orta yaşlı bir adam bekledi."),
        ("ar", "هذا هو الباب الجديد. كانت العين باردة."),
        ("de", "Man wartete. Die Mitte des Saales blieb leer, und das Essen war kalt."),
        ("ru", "Марка стоила рубль. Весна была холодной, все молчали."),
        ("uk", "Тим часом українські війська продовжують операцію. Нині там тихо."),
        ("ru", "Тем временем бои продолжаются. Ныне там тихо."),
    ],
)
def test_words_are_no_names(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize("language", sorted(MODELS))
def test_nothing_is_found_in_nothing(language: str) -> None:
    assert found("", language) == []
    assert found("\n\n …", language) == []


def test_a_given_name_belongs_to_a_famous_surname() -> None:
    assert ("Аркадий Путин", PERSON) in found("Вчера Аркадий Путин открыл выставку.", "ru")
    assert ("Микола Зеленський", PERSON) in found("Учора Микола Зеленський захворів.", "uk")


def test_a_known_name_in_full_is_one_whatever_the_model_makes_of_its_half() -> None:
    assert ("Emmanuel Macron", PERSON) in found("Il a remercié Emmanuel Macron.", "fr")


def test_a_place_that_lists_are_sure_of_is_nobody() -> None:
    assert ("Бахмутом", PLACE) in found("Бой под Бахмутом шёл до утра.", "ru")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gestern sprach Anton Günther von Oldenburg.", {("Anton Günther von Oldenburg", PERSON)}),
        ("Holger Brandtner aus Oldenburg sprach.", {("Oldenburg", PLACE)}),
        ("Der Zug hielt in Bad Segeberg.", {("Bad Segeberg", PLACE)}),
    ],
)
def test_german_names_are_whole(text: str, names: set[tuple[str, EntityKind]]) -> None:
    assert names <= set(found(text, "de"))


@pytest.mark.parametrize("text", ["Irak Devrimi", "Irak'ın Yeni Anayasası", "Irak'lı yazar"])
def test_a_listed_place_is_no_part_of_a_longer_name(text: str) -> None:
    place = Mention(0, 4, PLACE, "Irak", 0.9, LISTED)
    assert is_part(text, place, "tr")
    assert not is_part("Irak ordusu", place, "tr")
    assert not is_part(text, place, "de")


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("fr", "Le porte-parole Tarek al-Hamdani a parlé.", "Tarek al-Hamdani", PERSON),
        ("de", "In Mykolajiw sprach der Bürgermeister.", "Mykolajiw", PLACE),
        ("fr", "Le gouverneur d'Alep a parlé hier.", "Alep", PLACE),
        ("fr", "Le maire a parlé à Koupiansk.", "Koupiansk", PLACE),
    ],
)
def test_names_from_elsewhere_as_a_language_writes_them(
    language: str, text: str, name: str, kind: EntityKind
) -> None:
    assert (name, kind) in found(text, language)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Sivas Valisi Yılmaz Şimşek bölgeye gitti.", "Yılmaz Şimşek"),
        ("Yüzbaşı Kemal Arslan yaralandı.", "Kemal Arslan"),
        ("Sağlık Bakanı Kemal Memişoğlu konuştu.", "Kemal Memişoğlu"),
    ],
)
def test_a_turkish_title_is_no_part_of_the_person_behind_it(text: str, person: str) -> None:
    found = tagger().tag(text, language="tr")
    assert [one.text for one in found if one.kind is EntityKind.PERSON] == [person]
