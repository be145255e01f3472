"""Which words of a Hebrew or a Persian text are persons, though nothing shows capitals."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.foreign.listed import ForeignTagger
from indexer.entities.types import EntityKind


def _persons(text: str, language: str) -> list[str]:
    found = ForeignTagger().tag(text, language=language)
    return [one.text for one in found if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("language", "text", "persons"),
    [
        ("he", "השוטר יוסי בן שושן ומשה כהן נפצעו.", ["יוסי בן שושן", "משה כהן"]),
        ("he", "לדבריו, נחום ברדוגו ברח. ברדוגו נתפס.", ["נחום ברדוגו", "ברדוגו"]),
        ("he", "הסגן דרגשטיין קופלביץ ירה.", ["דרגשטיין קופלביץ"]),
        ("he", "בני אדם רבים נהרגו.", []),
        ("he", "רות הגיעה אל הגבול.", []),
        ("he", "הם פונו לבית החולים יוסף כהן.", []),
        ("he", "הוא חי בריאד בשקט.", []),
        ("he", "אחמד א-שאמי ואחמד א־שאמי דיברו.", ["אחמד א-שאמי", "אחמד א־שאמי"]),
        ("he", "יאסר ז'בוטין הגיע.", ["יאסר ז'בוטין"]),  # a sound that Hebrew has not
        ("he", "עבד אל-כרים קאסם שלט.", ["עבד אל-כרים קאסם"]),
        ("he", "קים ג'ונג איל מת.", ["קים ג'ונג איל"]),
        ("he", "השר, דוד מלחמה, אמר.", ["דוד מלחמה"]),  # any word, between commas
        ("he", "גדעון ברנשטיין ומשה כהן", ["גדעון ברנשטיין", "משה כהן"]),
        ("he", "אילהאם בוגדנוביץ' הגיע.", ["אילהאם בוגדנוביץ'"]),  # Ilham, on no list here
        ("he", "מוקדם בבוקר ירדו לחוף ובלי רעש.", []),
        ("fa", "پرویز ناطقی از خانه رفت. ناطقی برنگشت.", ["پرویز ناطقی", "ناطقی"]),
        ("fa", "سیف‌الله کریم‌زاده در مرز بود.", []),  # a given name that is not listed
        ("fa", "سرهنگ سیف‌الله کریم‌زاده در مرز بود.", ["سیف‌الله کریم‌زاده"]),
        ("fa", "زهرا گفت که می‌ماند.", []),
        ("fa", "نادر رزم‌آرا رفت.", ["نادر رزم‌آرا"]),
        ("fa", "کیم جونگ ایل مرد.", ["کیم جونگ ایل"]),
        ("fa", "آن‌ها در ریاض تشکیل شدند.", []),  # a town, and a man called so
        ("fa", "او را به بیمارستان امیر کاشانی بردند.", []),
    ],
)
def test_persons_are_told_by_given_name_and_surname(
    language: str, text: str, persons: list[str]
) -> None:
    assert _persons(text, language) == persons


def test_a_surname_that_is_a_town_is_no_place() -> None:
    found = ForeignTagger().tag("مهدی احمدی زخمی شد.", language="fa")
    assert [(one.text, one.kind) for one in found] == [("مهدی احمدی", EntityKind.PERSON)]


@pytest.mark.parametrize("name", ["ג'נין", "ג׳נין", "תל אביב", "מנביג'"])
def test_what_is_attached_in_hebrew_stands_before_short_words_and_geresh(name: str) -> None:
    found = ForeignTagger().tag(f"הכוחות נכנסו ל{name}.", language="he")
    assert [one.text for one in found] == [name]
