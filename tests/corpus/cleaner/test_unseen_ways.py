"""Unseen ways of sites and desks: what a fifth set of inputs of our own showed as wrong.

Written before they were run; each kind once or twice, and from its other side where it has one.
"""

from __future__ import annotations

import pytest

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.cleaner.addresses import copy_of, shown_url
from corpus.cleaner.dates.reading import is_placeholder, parse_date
from corpus.cleaner.declared.signatures import named_below, signed_names
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import COLLECTED, PARAGRAPHS, clean_page, page, raw

STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ה-21.5.2024, בשעה 09:30", "2024-05-21T09:30"),
        ("21 נוב׳ 2023", "2023-11-21"),
        ("21 בנוב׳ 2023", "2023-11-21"),
        ("۲۱/۵/۱۴۰۳", "2024-08-11"),
        ("21/5/1403", "2024-08-11"),  # in the Hijri calendar that was 1983
        ("21/5/1445", None),  # in ASCII digits it may be the Hijri calendar's
        ("ኖቬምበር 21፣ 2023", "2023-11-21"),
        ("21 دجنبر 2023 - 09:30", "2023-12-21T09:30"),
        ("2023年11月21日（火） 9時30分", "2023-11-21T09:30"),
        ("9:30 am (Beirut time), 21 November 2023", "2023-11-21T09:30"),
        ("Nov. 21, ’23", "2023-11-21"),
        ("21.11.98", "1998-11-21"),
        ("21.11.68", None),
    ],
)
def test_a_day_is_read(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text")
    assert (date and date.iso) == iso


@pytest.mark.parametrize(
    ("text", "stands_for_none"),
    [("2000-01-01T00:00:00Z", True), ("2000-01-01", False), ("2000-01-01T08:15:00Z", False)],
)
def test_the_first_second_of_a_clock_is_no_date(text: str, stands_for_none: bool) -> None:
    assert is_placeholder(text, parse_date(text, basis="meta")) is stands_for_none


def test_a_shown_placeholder_dates_nothing() -> None:
    assert clean_page(page(body=f"<p>01.01.1970 03:00</p>{STORY}")).published is None


def test_the_masthead_shows_today_and_dates_nothing() -> None:
    today = (
        f"<div><a href='/'>The Daily</a><span>{COLLECTED:%A, %B} {COLLECTED.day}, 2024</span></div>"
    )
    before = today.replace("2024", "2023")
    assert clean_page(page(before=today)).published is None
    assert clean_page(page(before=before)).published is not None


def test_a_day_in_the_link_of_another_story_dates_nothing() -> None:
    link = "<a href='/{0}'><h3>Ferry sails again after {0} months</h3><span>{1}</span></a>"
    teasers = "".join(link.format(n, day) for n, day in ((2, "3 May 2024"), (3, "2 May 2024")))
    assert clean_page(page(after=f"<div>{teasers}</div>")).published is None


def test_both_days_are_told_with_arabic_commas() -> None:
    line = "آخر تحديث: 16 أيار 2024، 07:00 — تاريخ النشر: 15 أيار 2024، 18:20"
    article = clean_page(page(body=f"<p>{line}</p>{STORY}"))
    assert article.published is not None
    assert article.modified is not None
    assert (article.published.iso, article.modified.iso) == ("2024-05-15T18:20", "2024-05-16T07:00")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Anja Vogt reports from Velna", ("Anja Vogt",)),
        ("Anja Vogt reports that the bridge is closed", ()),
        ("Ivo Thorsen, special to the Courier", ("Ivo Thorsen",)),
        ("Autorin: Anja Vogt, Redakteurin Ausland", ("Anja Vogt",)),
        ("Обозреватель Вера Громова — из Вельны", ("Вера Громова",)),
        ("Корреспондент газеты сообщил", ()),
        ("В. Громова, А. Седых", ("В. Громова", "А. Седых")),
        ("Дарина Клен, Петро Сич — 15 вересня 2022", ("Дарина Клен", "Петро Сич")),
        ("فلنة – هالة منصور", ("هالة منصور",)),
        ("فلنة – شارع الميناء", ()),
        ("مراسلتنا هالة منصور", ("هالة منصور",)),
        ("مراسلنا في فلنة", ()),
        ("הכתב המדיני, יואב שדה", ("יואב שדה",)),
        ("本报记者 陈晓 发自韦尔纳", ("陈晓",)),
        ("Coast Guard of Velna", ()),
        ("Report: Harbor Point is quiet", ()),
        ("ראיינה: אביגיל שדה", ("אביגיל שדה",)),
        ("حاورته: ندى منصور", ("ندى منصور",)),
        ("글·사진 김서연 기자", ("김서연",)),
        ("撰文：陈晓　摄影：何伟", ("陈晓",)),
    ],
)
def test_a_line_is_signed(line: str, names: tuple[str, ...]) -> None:
    assert signed_names(line) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Anja Vogt is a reporter who covers the coast.", "Anja Vogt"),
        ("Anja Vogt is a mother of four.", ""),
        ("Вера ГРОМОВА", "Вера ГРОМОВА"),
        ("ВЕРА ГРОМОВА", ""),
        ("— Anja Vogt", "Anja Vogt"),
        ("— Harbor Point", ""),
        ("박지훈 · 김서연 기자", "박지훈 · 김서연 기자"),
    ],
)
def test_a_last_line_signs(line: str, name: str) -> None:
    assert named_below(line) == name


def test_a_name_above_what_its_bearer_is_signs() -> None:
    line = "<p>Ivo Thorsen<br>Chief foreign correspondent</p>"
    other = "<p>Harbor Point<br>Editors said that it was quiet there</p>"
    assert clean_page(page(body=line + STORY)).bylines == ("Ivo Thorsen",)
    assert clean_page(page(body=other + STORY)).bylines == ()


def test_a_name_and_a_place_above_a_day_sign() -> None:
    for line, names in (("Zehra Aksoy, Velna", ("Zehra Aksoy",)), ("Harbor Point, Velna", ())):
        below = "<p>19 May 2024</p>"
        assert clean_page(page(body=f"<p>{line}</p>{below}{STORY}")).bylines == names


def test_a_signature_above_the_headline_counts_where_no_other_does() -> None:
    above = "<div>Text: Ivo Thorsen</div><h1>Shelling hits market</h1>"
    own = page(body=STORY).replace("<h1>Shelling hits market</h1>", above)
    assert clean_page(own).bylines == ("Ivo Thorsen",)
    other = own.replace(STORY, f"<p>By Anja Vogt</p>{STORY}")
    assert clean_page(other).bylines == ("Anja Vogt",)


@pytest.mark.parametrize(
    ("story", "below", "kind"),
    [
        ("He said they would…", "<a href='/a'>Continue reading</a>", Kind.PAYWALL_STUB),
        ("He said they would…", "<a href='/a'>Zum Abo</a>", Kind.PAYWALL_STUB),
        ("He said they would …", "<b>Jetzt weiterlesen</b>", Kind.PAYWALL_STUB),
        ("He said they would.", "<a href='/a'>Continue reading</a>", Kind.ARTICLE),
        ("He said they would…", "<a href='/a'>Our newsletter</a>", Kind.ARTICLE),
        ("He said they would…", "<p>Повний текст — для учасників Клубу</p>", Kind.PAYWALL_STUB),
        ("He said they would…", "<p>Haberin devamı abonelere özeldir</p>", Kind.PAYWALL_STUB),
    ],
)
def test_a_short_story_that_breaks_off_is_a_stub_where_the_page_leads_on(
    story: str, below: str, kind: Kind
) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><p>{story}</p>"
    assert clean_page(page(body=body, after=f"<div>{below}</div>")).kind is kind


def test_what_leads_on_may_have_stayed_in_the_text() -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><p>He said they would …</p><div><b>Jetzt weiterlesen</b></div>"
    assert clean_page(page(body=body)).kind is Kind.PAYWALL_STUB


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Мы используем cookie</h1><p>Пользуясь сайтом, вы соглашаетесь на обработку файлов cookie.</p><button>Принять</button>",
        "<h1>Szanujemy Twoją prywatność</h1><p>My i nasi partnerzy przetwarzamy dane osobowe i mamy dostęp do urządzenia.</p><button>Przejdź do serwisu</button>",
        "<h1>Проверка браузера</h1><p>Через несколько секунд ваш браузер будет перенаправлен на сайт.</p>",
        "<h1>אנו משתמשים בעוגיות</h1><p>המשך הגלישה באתר מהווה הסכמה לשימוש בעוגיות ולמדיניות הפרטיות.</p><button>אישור</button>",
        "<h1>Доступ к сайту ограничен</h1><p>Доступ ограничен по решению ведомства.</p>",
        "<h2>You must log in to continue.</h2><form><input type='password'></form>",
        "<h1>velna.example</h1><p>This domain is for sale. Related searches: ferries, hotels, boats.</p>",
    ],
)
def test_what_stands_before_a_page_is_no_article(body: str) -> None:
    with pytest.raises(NoArticleFound):
        clean(raw(f"<html><head><title>Velna</title></head><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("title", "live"),
    [
        ("Updates: ferry leaves Velna", True),
        ("עדכונים בזמן אמת: המצור על ולנה", True),
        ("Velna наживо: що відомо про пором", True),
        ("Вельна: онлайн-репортаж", True),
        ("Velna : le direct", True),
        ("Porto di Velna, diretta: gli aggiornamenti", True),
        ("Updates the ferry needs", False),
    ],
)
def test_a_live_blog_is_told_by_further_words(title: str, live: bool) -> None:
    parts = zip(("21:05", "20:41", "19:58", "18:20"), PARAGRAPHS, strict=True)
    entries = "".join(f"<div><b>{time}</b> {part}</div>" for time, part in parts)
    markup = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{entries}</main></body></html>"
    assert (clean(raw(markup)).kind is Kind.LIVE_BLOG) is live


@pytest.mark.parametrize(
    "line",
    [
        "Підтримайте нас на Patreon — станьте частиною спільноти.",
        "Ihnen gefällt unsere Arbeit? Unterstützen Sie uns auf Steady.",
        "WhatsApp kanalımıza katılın, gelişmeleri kaçırmayın",
        "Chcesz wiedzieć więcej? Zapisz się na nasz newsletter",
        "Profitez de notre offre : 1 € par mois, sans engagement",
    ],
)
def test_a_plea_among_paragraphs_goes(line: str) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{line}</p><p>{PARAGRAPHS[2]}</p>"
    article = clean_page(page(body=body))
    assert line not in article.text
    assert PARAGRAPHS[2] in article.text


def test_a_table_in_a_figure_is_of_the_story() -> None:
    table = "<figure><table><tr><td>Children</td><td>611</td></tr></table></figure>"
    body = f"<p>{PARAGRAPHS[0]}</p>{table}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    assert "611" in clean_page(page(body=body)).text


def test_headlines_below_a_label_go_from_pasted_texts() -> None:
    label = "Recommended Stories\n\nMayor quits over water bills\nGulls return to the cliffs"
    more = "MORE: Gulls return to the northern cliffsHer deputy said the plant would run on."
    text = "\n\n".join((PARAGRAPHS[0], label, PARAGRAPHS[1], more, PARAGRAPHS[2]))
    article = clean(raw(text, media_type="text/plain"))
    told = (PARAGRAPHS[0], PARAGRAPHS[1], "Her deputy said the plant would run on.", PARAGRAPHS[2])
    assert article.reading.split("\n\n")[-4:] == list(told)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://the--daily-example.translate.goog/a?x=1&_x_tr_sl=de",
            "https://the-daily.example/a?x=1",
        ),
        ("https://ann:secret@daily.example/a@b", "https://daily.example/a@b"),
    ],
)
def test_an_address_is_that_of_the_page_alone(address: str, shown: str) -> None:
    assert shown_url(address) == shown


def test_who_signs_in_makes_no_copy_of_a_page() -> None:
    assert copy_of("https://ann:secret@daily.example/a", {}) is None


def test_an_address_without_its_scheme_is_read() -> None:
    link = "<link rel='canonical' href='//daily.example/a'>"
    assert clean_page(page(head=link)).url == "https://daily.example/a"


def test_what_follows_a_day_says_that_it_is_of_a_change() -> None:
    article = clean_page(page(body=f"<p>2024/5/7 11:45 (2024/5/8 6:00 更新)</p>{STORY}"))
    assert article.published is not None
    assert article.modified is not None
    assert (article.published.iso, article.modified.iso) == ("2024-05-07T11:45", "2024-05-08T06:00")
