"""The full names of an article that is not English correct its other names."""

from __future__ import annotations

from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.own_surnames import with_own_surnames

PERSON, PLACE, ORG = EntityKind.PERSON, EntityKind.PLACE, EntityKind.ORG


def told(text: str, language: str, **names: EntityKind) -> list[tuple[str, EntityKind]]:
    """The names as corrected; underscores are blanks, and each stands once, in this order."""
    mentions, at = [], 0
    for name, kind in names.items():
        written = name.replace("_", " ")
        start = text.index(written, at)
        at = start + len(written)
        mentions.append(Mention(start, at, kind, written, 0.6, "model"))
    found = with_own_surnames(text, mentions, language)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [(one.text, one.kind) for one in found]


def test_a_lone_surname_is_the_person_of_the_article() -> None:
    text = "Ole Brinkhorst kam. Danach ging Brinkhorst."
    assert told(text, "de", Ole_Brinkhorst=PERSON, Brinkhorst=PLACE)[1] == ("Brinkhorst", PERSON)
    other = "Ole Brinkhorst kam aus Felde."
    assert told(other, "de", Ole_Brinkhorst=PERSON, Felde=PLACE)[1] == ("Felde", PLACE)


def test_a_town_that_lists_are_sure_of_stays_one() -> None:
    text = "Petra London flog nach London."
    assert told(text, "de", Petra_London=PERSON, London=PLACE)[1] == ("London", PLACE)


def test_a_word_that_opens_a_sentence_is_no_given_name() -> None:
    text = "Прибув Павло Горобченко. Наказ Горобченка виконали."
    found = told(text, "uk", Павло_Горобченко=PERSON, Наказ_Горобченка=PERSON)
    assert found[1] == ("Горобченка", PERSON)
    wife = "Прибув Павло Горобченко. Олена Горобченко чекала."
    found = told(wife, "uk", Павло_Горобченко=PERSON, Олена_Горобченко=PERSON)
    assert found[1] == ("Олена Горобченко", PERSON)


def test_a_surname_stands_before_given_name_and_patronymic() -> None:
    found = told("Задержан Сомов Игорь Павлович.", "ru", Игорь_Павлович=PERSON)
    assert found == [("Сомов Игорь Павлович", PERSON)]
    found = told("Вчера Игорь Павлович уехал.", "ru", Игорь_Павлович=PERSON)
    assert found == [("Игорь Павлович", PERSON)]
