"""Do Arabic names that a model found in part begin and end where they do?"""

from __future__ import annotations

import pytest

from indexer.entities import tagger
from indexer.entities.tagging.foreign.spans.arabic_spans import (
    again,
    arabic_spans,
    is_arabic_surname,
    joined,
)
from indexer.entities.types import EntityKind, Mention


def _mention(text: str, name: str, kind: str, confidence: float = 0.8, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(start, start + len(name), EntityKind(kind), name, confidence, "model")


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("وصل يوسف بن تاشفين إلى المدينة", "بن تاشفين", "يوسف بن تاشفين"),
        ("هروب بن لادن من الجبال", "بن لادن", "بن لادن"),
        ("قال سمير عبد الهادي إن", "عبد الهادي", "سمير عبد الهادي"),
        ("قال الطبيب سمعان عبد النور إن", "عبد النور", "عبد النور"),
        ("قال الصحفي سمعان عبد النور إن", "عبد النور", "سمعان عبد النور"),
        ("قال الرئيس التشادي عبد النور إن", "عبد النور", "عبد النور"),
        ("زار محمد ولد الشيخ مالي", "محمد", "محمد ولد الشيخ"),
        ("التقى خالد بن الوليد بالجيش", "خالد بن", "خالد بن الوليد"),
        ("رثاه نور الدين الزنكي طويلا", "نور الدين", "نور الدين الزنكي"),
        ("مؤتمر صلاح الدين الإسلامي", "صلاح الدين", "صلاح الدين"),
        ("زار الملك فيصل لندن", "الملك فيصل", "فيصل"),
        ("إن طارق بن زياد كانت سفنه", "طارق بن زياد كانت", "طارق بن زياد"),
    ],
)
def test_persons_are_as_long_as_their_names(text: str, found: str, whole: str) -> None:
    assert [one.text for one in arabic_spans(text, [_mention(text, found, "person")])] == [whole]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("في كوريا الجنوبية اليوم", "كوريا", "كوريا الجنوبية"),
        ("على حدود كوريا الجنوبية", "كوريا", "كوريا"),
        ("في تيمور الشرقية", "تيمور", "تيمور الشرقية"),
        ("في ليبيا الشرقيات", "ليبيا", "ليبيا"),
    ],
)
def test_a_direction_belongs_to_its_place(text: str, found: str, whole: str) -> None:
    assert [one.text for one in arabic_spans(text, [_mention(text, found, "place")])] == [whole]


def test_parts_of_a_name_are_one() -> None:
    text = "سجل كريم بنزيما هدفا وسمير نصري آخر"
    parts = [_mention(text, name, "person") for name in ("كريم", "بنزيما", "سمير نصري")]

    assert [one.text for one in joined(text, parts)] == ["كريم بنزيما", "سمير نصري"]


def test_two_persons_with_an_and_between_them_are_two() -> None:
    text = "عادل حداد وسمير نصري"
    names = ["عادل حداد", "وسمير نصري"]

    assert [one.text for one in joined(text, [_mention(text, one, "person") for one in names])] == (
        names
    )


def test_a_team_is_a_body_with_its_noun() -> None:
    text = "فاز منتخب غانا على نادي ريال مدريد في غانا"
    mentions = [
        _mention(text, "غانا", "place"),
        _mention(text, "ريال", "org"),
        _mention(text, "مدريد", "place"),
        _mention(text, "غانا", "place", nth=1),
    ]

    assert [(one.kind.value, one.text) for one in joined(text, mentions)] == [
        ("org", "منتخب غانا"),
        ("org", "نادي ريال مدريد"),
        ("place", "غانا"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "body"),
    [
        ("دعا اتحاد عمال موريتانيا إلى الإضراب", "موريتانيا", "اتحاد عمال موريتانيا"),
        ("قاتلت جبهة تحرير شعب تيغراي", "تيغراي", "جبهة تحرير شعب تيغراي"),
        ("قالت لجنة أطباء السودان", "السودان", "لجنة أطباء السودان"),
    ],
)
def test_a_body_of_those_of_a_place_has_the_place_in_it(text: str, place: str, body: str) -> None:
    found = list(joined(text, [_mention(text, place, "place")]))

    assert [(one.kind.value, one.text) for one in found] == [("org", body)]


def test_a_verb_before_a_place_makes_no_body() -> None:
    text = "غادر أطباء السودان"

    assert [one.kind.value for one in joined(text, [_mention(text, "السودان", "place")])] == [
        "place"
    ]


@pytest.mark.parametrize(
    ("text", "word", "is_one"),
    [
        ("قال الشامي أمس", "الشامي", True),
        ("البيت الشامي القديم", "الشامي", False),
        ("قال الدكتور الشامي", "الشامي", True),
        ("برئاسة الملك", "الملك", False),
        ("كتاب الله", "الله", False),
        ("كانت هناك", "كانت", False),
    ],
)
def test_which_words_are_surnames_alone(text: str, word: str, is_one: bool) -> None:
    assert is_arabic_surname(text, _mention(text, word, "person")) is is_one


def test_a_sure_name_is_one_again() -> None:
    text = "في كادوقلي. سقطت كادوقلي ثم عادوا لكادوقلي ومن تلودي"
    sure = [
        _mention(text, "كادوقلي", "place", 0.95),
        _mention(text, "كادوقلي", "place", 0.5, nth=1),
        _mention(text, "تلودي", "place", 0.6),
    ]

    assert [(one.start, one.text) for one in again(text, sure)] == [
        (text.rindex("كادوقلي"), "كادوقلي")
    ]


def test_a_name_that_is_mostly_none_is_not_one_again() -> None:
    text = "في صور. نشر صور وصور وصور"

    assert not list(again(text, [_mention(text, "صور", "place", 0.95)]))


def test_a_verb_behind_a_name_is_nobody_elsewhere() -> None:
    text = "بعثة النبي محمد بن عبد الله كانت نقطة فارقة.\nكانت المدينة هادئة، وكانت الطرق آمنة."

    found = tagger().tag(text, language="ar")

    assert not [one.text for one in found if "كانت" in one.text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("التقى سيرغي لافروف وديمتري بيسكوف", "ديمتري بيسكوف"),
        ("التقى سيرغي لافروف ووائل الدحدوح", "وائل الدحدوح"),
        ("التقى سيرغي لافروف وليد جنبلاط", "وليد جنبلاط"),  # who is called so
    ],
)
def test_and_is_no_part_of_a_name_behind_another(text: str, second: str) -> None:
    first = "سيرغي لافروف"
    written = text[text.index(first) + len(first) + 1 :]
    found = arabic_spans(text, [_mention(text, one, "person") for one in (first, written)])
    assert [one.text for one in found] == [first, second]


def test_and_stays_where_no_person_stands_before() -> None:
    text = "في موسكو وديمتري بيسكوف"
    mentions = [_mention(text, "موسكو", "place"), _mention(text, "وديمتري بيسكوف", "person")]
    assert [one.text for one in arabic_spans(text, mentions)] == ["موسكو", "وديمتري بيسكوف"]
