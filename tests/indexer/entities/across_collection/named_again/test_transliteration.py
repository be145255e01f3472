"""A text in other letters names persons whom only English articles introduced."""

from __future__ import annotations

import pytest

from indexer.entities import Authority, Canonicaliser, recognise
from indexer.entities.across_collection.named_again.transliteration import Transliterations
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind
from tests.indexer.entities.articles import article

PERSONS = [
    "Denis Pushilin", "Pavel Filatyev", "Maria Zakharova", "Angela Merkel", "Yulia Tymoshenko",
    "Izz al-Din Haddad", "Sirajuddin Haddad", "Wafiq Safa", "Dan Halutz", "Staffan de Mistura",
    "Fadel Abdulghany", "Hikmat al-Hijri", "Artsrun Hovhannisyan",
    "Qais al-Khazali", "Kays el-Hazali",
    "Sergei Surovikin", "Oleksiy Reznikov", "Dmytro Kuleba", "Sergei Ivanov", "Viktor Ivanov",
]  # fmt: skip


def named(text: str, persons: list[str] = PERSONS) -> list[tuple[str, str]]:
    finder = Transliterations((name, name) for name in persons)
    return [(text[one.start : one.end], one.name) for one in finder.named(text)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Денис Пушилин", "Denis Pushilin"),
        ("Денису Владимировичу Пушилину", "Denis Pushilin"),
        ("Павла Филатьева", "Pavel Filatyev"),
        ("Мария Захарова", "Maria Zakharova"),
        ("Марии Захаровой", "Maria Zakharova"),
        ("Ангелы Меркель", "Angela Merkel"),
        ("Юлии Тимошенко", "Yulia Tymoshenko"),
        ("Сергея Суровикина", "Sergei Surovikin"),
        ("Олексієм Резніковим", "Oleksiy Reznikov"),
        ("Дмитро Кулеба", "Dmytro Kuleba"),
        ("Сергею Иванову", "Sergei Ivanov"),
    ],
)
def test_a_full_name_is_known_in_any_case(written: str, name: str) -> None:
    assert named(f"Вчера видели: {written}, сообщили там.") == [(written, name)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وقال دينيس بوشيلين في المدينة", ("دينيس بوشيلين", "Denis Pushilin")),
        ("ووصل لدينيس بوشيلين وفد", ("دينيس بوشيلين", "Denis Pushilin")),
        ("אמר דניס פושילין אתמול", ("דניס פושילין", "Denis Pushilin")),
        ("قال عز الدين الحداد إن", ("عز الدين الحداد", "Izz al-Din Haddad")),
        ("به گفته سراج‌الدین حداد", ("سراج‌الدین حداد", "Sirajuddin Haddad")),
        ("قال وفيق صفا إنه", ("وفيق صفا", "Wafiq Safa")),
        ("אמר דן חלוץ אתמול", ("דן חלוץ", "Dan Halutz")),
        ("сказал Стаффан де Мистура", ("Стаффан де Мистура", "Staffan de Mistura")),
        ("Арцруна Ованнисяна нет", ("Арцруна Ованнисяна", "Artsrun Hovhannisyan")),
        ("قال قيس الخزعلي", ("قيس الخزعلي", "Qais al-Khazali")),  # one, in both spellings
        ("сказал Кайс аль-Хазали", ("Кайс аль-Хазали", "Qais al-Khazali")),
        ("قال فضل عبد الغني إن", ("فضل عبد الغني", "Fadel Abdulghany")),
        ("אמר חכמת אל-הג'רי אתמול", ("חכמת אל-הג'רי", "Hikmat al-Hijri")),
    ],
)
def test_a_full_name_is_known_where_vowels_are_not_written(
    text: str, found: tuple[str, str]
) -> None:
    assert named(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "قال الرئيس في المدينة إن القوات تقدمت",
        "Министерство Обороны и Красная Площадь",
        "Пушилин сказал",
        "денис пушилин",
        "Ольга Пушилина",
        "Иван Иванов",
        "Denis Pushilin",
        "",
    ],
)
def test_nothing_else_is_found(text: str) -> None:
    assert named(text) == []


def test_a_name_that_fits_two_persons_is_nobodys() -> None:
    assert named("Александр Гордон", ["Alexander Gordon", "Oleksandr Gordon"]) == []


def test_the_person_counts_with_the_english_articles_under_one_entity() -> None:
    text = "Денис Пушилин прибыл в Киев. Дениса Пушилина встретили."
    english, russian = article(["Denis Pushilin"]), recognise("", text, "ru")
    canonicaliser = Canonicaliser(Authority())
    for article_id, recognition in (("en", english), ("ru", russian)):
        canonicaliser.observe(article_id, recognition)
    canonicaliser.settle()
    (person,), _ = canonicaliser.resolve("en", english)
    entities, spans = canonicaliser.resolve("ru", russian, text=text, language="ru")
    assert [(one.label, one.count) for one in entities if one.entity_id == person.entity_id] == [
        ("Denis Pushilin", 2)
    ]
    places = [text[one.start : one.end] for one in spans if one.entity_id == person.entity_id]
    assert places == ["Денис Пушилин", "Дениса Пушилина"]


def test_a_text_without_them_is_left_as_it_is() -> None:
    recognition = Recognition((), ())
    finder = Transliterations([("Denis Pushilin", "x")])
    assert finder.added_to(recognition, "Никто не пришел.") is recognition


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("с Байденом", "Joe Biden"),
        ("о Трампе", "Donald Trump"),
        ("слова Эмманюэля Макрона", "Emmanuel Macron"),
        ("Ангелу Меркель ждут", "Angela Merkel"),
        ("Никитой Хрущёвым подписано", "Nikita Khrushchev"),
        ("Володимирові Зеленському", "Volodymyr Zelenskyy"),
        ("заява Лукашенка", "Alexander Lukashenko"),
    ],
)
def test_somebody_known_beforehand_is_known_in_any_case(written: str, label: str) -> None:
    recognition = recognise("", f"{written}.", "ru")
    canonicaliser = Canonicaliser(Authority())
    canonicaliser.observe("1", recognition)
    canonicaliser.settle()
    (person,), _ = canonicaliser.resolve("1", recognition, text=f"{written}.", language="ru")
    assert person.label == label


def added(text: str, persons: list[str]) -> list[str]:
    found = Transliterations((name, name) for name in persons).added_to(Recognition((), ()), text)
    return [f"{text[start:end]}={found.names[name].full}" for start, end, name in found.spans]


def test_surnames_alone_follow_a_full_name() -> None:
    text = "Приехал Денис Пушилин. Пушилина ждали, с Пушилиным говорили. Ивана не было."
    assert added(text, ["Denis Pushilin"]) == [
        "Денис Пушилин=Denis Pushilin",
        "Пушилина=Denis Pushilin",
        "Пушилиным=Denis Pushilin",
    ]
    assert added("Пушилина ждали.", ["Denis Pushilin"]) == []


def test_a_surname_that_two_of_a_text_share_is_neithers() -> None:
    text = "Сергей Иванов и Виктор Иванов. Иванов молчал."
    persons = ["Sergei Ivanov", "Viktor Ivanov"]
    assert added(text, persons) == ["Сергей Иванов=Sergei Ivanov", "Виктор Иванов=Viktor Ivanov"]


def test_a_whole_name_takes_the_place_of_its_part_and_of_what_is_attached() -> None:
    text = "تحدث لدينيس بوشيلين"
    part = ArticleName(EntityKind.PERSON, (("لدينيس", 1),))
    finder = Transliterations([("Denis Pushilin", "x")])
    found = finder.added_to(Recognition((part,), ((5, 11, 0),)), text)
    assert [(text[start:end], found.names[name].full) for start, end, name in found.spans] == [
        ("دينيس بوشيلين", "Denis Pushilin")
    ]
    assert len(found.names) == 1


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Лейлы аль-Хури", "Layla al-Khouri"),
        ("Абдул-Малику аль-Хуси", "Abdul-Malik al-Houthi"),
        ("עבד אל-מלכ אל-חות'י", "Abdul-Malik al-Houthi"),
        ("אסעד א-שיבאני", "Asaad al-Shaibani"),
        ("یحیی سریع", "Yahya Saree"),
    ],
)
def test_articles_and_hyphens_are_part_of_a_name(written: str, name: str) -> None:
    persons = ["Layla al-Khouri", "Abdul-Malik al-Houthi", "Asaad al-Shaibani", "Yahya Saree"]
    assert named(f"— {written}.", persons) == [(written, name)]


@pytest.mark.parametrize("words", ["فرض حظر على", "لكي تصل إلى"])
def test_a_row_of_words_that_spells_somebody_is_nobody(words: str) -> None:
    assert named(f"قرر المجلس {words} البلاد", ["Fareez Ali", "Luke Ali"]) == []


def test_a_name_that_was_run_into_a_place_is_parted() -> None:
    text = "وزار يوآف غالانت المطلة"
    person = ArticleName(EntityKind.PERSON, (("يوآف غالانت المطلة", 1),))
    finder = Transliterations([("Yoav Gallant", "Yoav Gallant")])
    added = finder.added_to(Recognition((person,), ((5, 23, 0),)), text)
    assert [text[start:end] for start, end, _ in added.spans] == ["يوآف غالانت"]


def test_a_longer_name_of_somebody_is_left_whole() -> None:
    text = "وزار يوآف غالانت سليمان"
    person = ArticleName(EntityKind.PERSON, (("يوآف غالانت سليمان", 1),))
    before = Recognition((person,), ((5, 23, 0),))
    assert Transliterations([("Yoav Gallant", "Yoav Gallant")]).added_to(before, text) == before


def test_two_persons_who_stand_side_by_side_are_two() -> None:
    text = "التقى عبدي حاشي علي غودلاوي في جوهر"
    both = ArticleName(EntityKind.PERSON, (("عبدي حاشي علي غودلاوي", 1),))
    finder = Transliterations((name, name) for name in ("Abdi Hashi", "Ali Gudlawe"))
    added = finder.added_to(Recognition((both,), ((6, 27, 0),)), text)
    assert [text[start:end] for start, end, _ in added.spans] == ["عبدي حاشي", "علي غودلاوي"]


def test_a_verb_before_a_person_is_no_part_of_the_name() -> None:
    text = "سار بطرس سولومون إلى عصب"
    run_on = ArticleName(EntityKind.PERSON, (("سار بطرس سولومون", 1),))
    finder = Transliterations([("Petros Solomon", "Petros Solomon")])
    added = finder.added_to(Recognition((run_on,), ((0, 16, 0),)), text)
    assert [text[start:end] for start, end, _ in added.spans] == ["بطرس سولومون"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أعلن إدوارد كوكويتي التعبئة", ("إدوارد كوكويتي", "Eduard Kokoity")),
        ("وسافر آلان كوكويتي أمس", ("آلان كوكويتي", "Alan Kokoity")),
    ],
)
def test_a_verb_before_a_name_is_nobodys_given_name(text: str, found: tuple[str, str]) -> None:
    assert named(text, ["Eduard Kokoity", "Alan Kokoity"]) == [found]
