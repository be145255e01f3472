"""Names in a case, as an initial, or in Turkish are one with the name that they are."""

from __future__ import annotations

import pytest

from indexer.entities import Authority, Canonicaliser
from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import PERSON, article


def one_entity(*names: str, kind: EntityKind = PERSON) -> bool:
    """Are the names one entity, each of its own article?"""
    canonicaliser = Canonicaliser(Authority())
    articles = {str(number): article([name], kind=kind) for number, name in enumerate(names)}
    for article_id, recognition in articles.items():
        canonicaliser.observe(article_id, recognition)
    canonicaliser.settle()
    found = [canonicaliser.resolve(one, recognition)[0] for one, recognition in articles.items()]
    return len({entity.entity_id for (entity,) in found}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Mikhail Teplinsky", "М. Теплінський"),  # an initial that fits one person
        ("Abdul-Malik al-Rashidi", "Abdülmelik er-Raşidi", "عبد الملك الرشيدي"),
        ("Mahmoud al-Khatib", "Mahmud el-Hatib", "محمود الخطيب"),
        ("Kyrylo Budanov", "Kyryłem Budanowem"),
        ("Samvel Shahramanyan", "Samvel Chahramanian", "Самвел Шахраманян"),
        ("Abdul Hamid Dbeibah", "Abdel Hamid Dbeibah", "عبد الحميد الدبيبة"),
        ("Houssam Abou Safiya", "Hussam Abu Safiya"),
        ("Mustafa Abdul Jalil", "Moustapha Abdeljalil", "مصطفى عبد الجليل"),
        ("Amine Gemayel", "Amin Gemayel"),
        ("Anna Politkovskaya", "Anna Politkowskaja", "Анна Политковская"),
        ("Shamseldin Kabbashi", "شمس الدين كباشي"),
        ("Walid Jumblatt", "وليد جنبلاط"),
        ("Larbi Ben M'hidi", "العربي بن مهيدي"),
        ("Bilal Ag Acherif", "بلال أغ الشريف"),
    ],
)
def test_spellings_of_one_person_are_one(names: tuple[str, ...]) -> None:
    assert one_entity(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("Mahmoud al-Khatib", "Mahmud el-Hatib"),  # no name in other letters says that they are one
        ("Mikhail Teplinsky", "Maria Teplinskaya", "В. Теплінський"),
        ("Jan Nowak", "Anna Nowak"),
        ("Anna Maier", "Anna Meier", "Анна Майер"),
        ("Karl Meier", "Karl Maier", "Карл Майер"),  # who may be either is no bridge
        ("Salem Hadi", "Salim Hadi", "سالم هادي"),
    ],
)
def test_what_may_be_two_stays_two(names: tuple[str, ...]) -> None:
    assert not one_entity(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("Sudzha", "Суджею"),
        ("Selydove", "Селидового", "Sełydowego"),
        ("Lyman", "Łymanem"),
        ("Pokrovsk", "Pokrowskiem"),
        ("Vovchansk", "Wowtschansk", "Vovtchansk"),  # spellings that no list has
        ("Martakert", "Мартакерта"),  # a town that no list has
        ("Avdiivka", "Авдеевкой", "Awdijiwce"),
    ],
)
def test_a_town_is_one_in_all_cases(names: tuple[str, ...]) -> None:
    assert one_entity(*names, kind=EntityKind.PLACE)


def test_towns_of_other_letters_stay_two() -> None:
    assert not one_entity("Vovchansk", "Volchansk", kind=EntityKind.PLACE)
