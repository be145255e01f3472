"""Further ways of sites, calendars and desks: what a third set of inputs of our own showed as wrong.

Written before they were run; each kind once or twice, and from its other side where it has one.
"""

from __future__ import annotations

import json

import pytest

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.cleaner.addresses import canonical_url
from corpus.cleaner.dates.reading import parse_date
from corpus.cleaner.declared.byline_names import people
from corpus.cleaner.declared.signatures import signed_names
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw

STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
WHOLE = "\n\n".join(PARAGRAPHS)
TITLE = "Shelling hits market"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("۲۲ حوت ۱۴۰۲", "2024-03-12"),
        ("1402-12-22T16:40:00+03:30", "2024-03-12T16:40+03:30"),
        ("1402-12-22T16:40:00+03:00", None),  # may be the Hijri calendar's
        ("2567-03-12T16:40:00+07:00", "2024-03-12T16:40+07:00"),
        ("12 مارس ,2024: 04:40 م GST", "2024-03-12T16:40+04:00"),
        ("wtorek, 12 marca 2024 (16:40)", "2024-03-12T16:40"),
        ("12 Mar 24 16:40:00 GMT", "2024-03-12T16:40Z"),
        ("12 Mar 24 villages", None),
        ("8 listopada 2023, 14:05", "2023-11-08T14:05"),
        ("8. listopada 2023. 14:05", "2023-10-08T14:05"),
    ],
)
def test_days_of_other_calendars_are_ours(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text")
    assert (date and date.iso) == iso


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("12. März 2024, 16:40 Uhr | Stand: 13.03.2024, 08:05 Uhr", "2024-03-12T16:40", "2024-03-13T08:05"),
        ("Stand: 13.03.2024, 08:05 Uhr", "2024-03-13T08:05", None),
        ("آخر تحديث: ١٣ مارس ٢٠٢٤ · نُشر: ١٢ مارس ٢٠٢٤", "2024-03-12", "2024-03-13"),
    ],
)  # fmt: skip
def test_a_line_tells_both_days(line: str, published: str, modified: str | None) -> None:
    article = clean_page(page(body=f"<p>{line}</p>{STORY}"))
    assert article.published is not None
    assert article.published.iso == published
    assert (article.modified and article.modified.iso) == modified


def test_an_abbreviation_stands_for_a_moment() -> None:
    foot = '<p><abbr class="published" title="2024-03-12T16:40:00-07:00">4:40 PM</abbr></p>'
    article = clean_page(page(body=STORY + foot))
    assert article.published is not None
    assert article.published.iso == "2024-03-12T16:40-07:00"


@pytest.mark.parametrize(
    "beside",
    [
        "<table><tr><th>Date</th><th>Lorries</th></tr><tr><td>12 March 2023</td><td>9</td></tr></table>",
        "<p>The first strike came on 3 May 2023.</p>",
    ],
)
def test_a_day_that_a_story_tells_last_is_not_its_own(beside: str) -> None:
    assert clean_page(page(body=STORY + beside)).published is None


def test_the_day_of_a_linked_story_is_not_the_page_s() -> None:
    other = '<a href="/x">Mill burns down</a><time datetime="2024-05-01">1 May</time>'
    after = f'<div class="box"><h3>Latest</h3><article>{other}</article></div>'
    assert clean_page(page(after=after)).published is None
    own = f'<header><h2><a href="/a">{TITLE}</a></h2><time datetime="2024-05-01">1 May</time></header>'
    article = clean_page(f"<title>{TITLE}</title><body><div>{own}{STORY}</div></body>")
    assert article.published is not None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Karin Möller, Redakteurin im Ressort Ausland", ("Karin Möller",)),
        ("Ирина Беляева, корреспондент отдела политики", ("Ирина Беляева",)),
        ("נועה שגב, כתבת לענייני ביטחון", ("נועה שגב",)),
        ("مراسل الموقع: سليم حداد", ("سليم حداد",)),
        ("Muhabir: Elif Demir", ("Elif Demir",)),
        ("Elif DEMİR / VELNA, (DHA)", ("Elif Demir",)),
        ("【ヴェルナ＝山本太郎】", ("山本太郎",)),
        ("本报记者 王 立 新　2024年3月12日", ("王立新",)),
        ("Élodie GARNIER", ("Élodie Garnier",)),
        ("Élodie Garnier, avec AFP", ("Élodie Garnier",)),
        ("Harbor Point, avec AFP", ()),
        ("Оксана Ткач, 8 листопада 2023", ("Оксана Ткач",)),
        ("Оксана Ткач, 8 вантажівок", ()),
        ("Breaking NEWS", ()),
        ("Hanna Velder <h.velder@tribune.example>", ("Hanna Velder",)),
        ("Kunden Service <mail@tribune.example>", ()),
        ("Hanna Velder, editor of the paper, was arrested on Monday.", ()),
    ],
)
def test_what_stands_beside_a_name_signs(line: str, names: tuple[str, ...]) -> None:
    assert signed_names(line) == names


@pytest.mark.parametrize(
    "desk", ["فريق التحرير", "Haber Merkezi", "מערכת האתר", "Отдел новостей", "گروه بین الملل"]
)
def test_desks_are_nobody(desk: str) -> None:
    assert people([desk]) == ()


def test_a_name_right_before_a_day_signs_though_nothing_stands_between() -> None:
    two = "<div>נועה שגב וגיא כרמל</div><div>08.11.23</div>"
    assert clean_page(page(body=two + STORY)).bylines == ("נועה שגב", "גיא כרמל")
    placed = "<div>Lucía Ferrer</div><div>Velna - 21 may 2024 - 09:30</div>"
    assert clean_page(page(body=placed + STORY)).bylines == ("Lucía Ferrer",)
    line = "<div><span>Оксана ТКАЧ</span><span>12 березня 2024</span></div>"
    assert clean_page(page(body=line + STORY)).bylines == ("Оксана Ткач",)


def test_a_site_called_after_its_valley_is_nobody() -> None:
    told = {"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": "Torvak Valley"}}  # fmt: skip
    head = f'<meta property="og:site_name" content="Torvak Valley"><script type="application/ld+json">{json.dumps(told)}</script>'
    assert clean_page(page(head=head)).bylines == ()


@pytest.mark.parametrize("foot", ["Подготовил Олег Марченков", "Автор: Олег Марченков Теги: порт"])
def test_a_foot_names_who_wrote(foot: str) -> None:
    assert clean_page(page(body=f"{STORY}<p>{foot}</p>")).bylines == ("Олег Марченков",)


@pytest.mark.parametrize(
    "offer",
    [
        'You have read 3 of 5 free articles this month. <a href="/s">Subscribe</a> for full access.',
        'Jetzt F+ Angebot sichern: 3 Monate für 1 Euro lesen. <a href="/a">Zum Angebot</a>',
        '<strong>Підтримайте редакцію: ваш внесок допоможе нам працювати далі.</strong> <a href="/d">Донат</a>',
        "حمّل تطبيقنا لمتابعة آخر الأخبار لحظة بلحظة",
        'להצטרפות לקבוצת הוואטסאפ שלנו <a href="/w">לחצו כאן</a>',
        'Son dakika haberleri için <a href="/t">Telegram kanalımıza abone olun</a>',
        "Dalsza część artykułu pod materiałem wideo",
        'Get 4 weeks for $1. <a href="/s">Subscribe today</a>',
        'تابعوا آخر الأخبار عبر <a href="/g">Google News</a>',
    ],
)
def test_offers_of_further_languages_are_out(offer: str) -> None:
    half = len(STORY) // 2
    cut = STORY.index("</p>", half) + 4
    assert clean_page(page(body=f"{STORY[:cut]}<p>{offer}</p>{STORY[cut:]}")).text == WHOLE


@pytest.mark.parametrize(
    ("label", "headline", "told"),
    [
        ("Related", "Brewery sold to a family", "The chimney will be pulled down in autumn."),
        ("Читайте також", "Броварню продали родині", "Димар знесуть восени, кажуть нові власники."),
        ("اقرأ أيضا", "بيع المصنع القديم لعائلة", "ستهدم المدخنة في الخريف كما يقول الملاك الجدد."),
        ("İlgili Haberler", "Fabrika bir aileye satıldı", "Baca sonbaharda yıkılacak, diyorlar."),
    ],
)
def test_what_a_teaser_tells_below_its_label_goes_with_it(
    label: str, headline: str, told: str
) -> None:
    teaser = (
        f"<div><a href='/z'><img src='z.jpg'><span>{headline}</span></a><div>{told}</div></div>"
    )
    cut = STORY.index("</p>", len(STORY) // 2) + 4
    for head, kept in ((f"<div>{label}</div>", False), ("", True)):
        box = f"<div>{head}{teaser}</div>"
        assert (told in clean_page(page(body=STORY[:cut] + box + STORY[cut:])).text) is kept


@pytest.mark.parametrize(
    "box",
    [
        "<div><p>Chaque matin, l’essentiel de l’actualité du golfe.</p><form><input type='email'></form></div>",
        "<div><p>1,204 votes</p></div>",
        "<div><span>REKLAM</span></div>",
        "<div>Реклама. ООО «Порт»</div>",
        "<div><div><img src='1.jpg'><span>Picture 1 of 2: drivers wait at the town's garage</span></div></div>",
        "<p><b>Другие новости:</b><br><a href='/1'>Суд отложил решение</a><br><a href='/2'>В долине выпал снег</a></p>",
    ],
)
def test_boxes_between_paragraphs_are_out(box: str) -> None:
    cut = STORY.index("</p>", len(STORY) // 2) + 4
    assert clean_page(page(body=STORY[:cut] + box + STORY[cut:])).text == WHOLE


def test_a_plea_that_a_story_quotes_stays() -> None:
    said = "Підтримайте редакцію, просив читачів її засновник у своєму останньому листі."
    assert said in clean_page(page(body=f"{STORY}<p>{said}</p>{STORY[:200]}</p>")).text


def test_boxes_between_plain_ones_are_paragraphs_whatever_they_are_called() -> None:
    names = ("text", "widget text-widget", "related-text text", "sidebar-left text")
    boxes = "".join(
        f'<div class="{name}"><p>{part}</p></div>'
        for name, part in zip(names, PARAGRAPHS, strict=True)
    )
    assert clean_page(page(body=boxes)).text == WHOLE


def test_what_a_component_shows_is_read() -> None:
    shown = f"<template shadowrootmode='open'><h1>{TITLE}</h1>{STORY}</template>"
    hidden = "<template><p>Nobody sees this sentence, as no script ever shows it.</p></template>"
    assert (
        clean_page(f"<title>{TITLE}</title><body><a-story>{shown}</a-story>{hidden}</body>").text
        == WHOLE
    )


def test_paragraphs_that_only_blanks_indent() -> None:
    lines = "".join(f"&nbsp;&nbsp;&nbsp;{part}<br>" for part in PARAGRAPHS)
    assert clean_page(page(body=f"<div>{lines}</div>")).text == WHOLE


def test_a_story_that_is_there_behind_its_paywall_is_no_stub() -> None:
    first, rest = STORY.split("</p>", 1)
    hidden = f'{first}</p><div class="premium-content" style="display:none">{rest}</div>'
    wall = '<div class="paywall-box"><p>Subscribe for €1 to read on</p></div>'
    article = clean_page(page(body=hidden + wall))
    assert (article.kind, article.text) == (Kind.ARTICLE, WHOLE)
    assert clean_page(page(body=f"{first}</p>{wall}")).kind is Kind.PAYWALL_STUB


@pytest.mark.parametrize(
    "gate",
    [
        "Повна версія — для підписників",
        "Полная версия доступна по подписке",
        "للمتابعة يرجى تسجيل الدخول أو الاشتراك",
    ],
)
def test_a_whole_version_for_others_makes_a_stub(gate: str) -> None:
    first = STORY.split("</p>")[0]
    assert clean_page(page(body=f"{first}</p><p>{gate}</p>")).kind is Kind.PAYWALL_STUB


def test_a_title_in_brackets_says_that_a_page_is_brought_up_to_date() -> None:
    times = ("16:40", "15:22", "14:03", "12:51")
    entries = "".join(
        f"<div><span>{time}</span><p>{PARAGRAPHS[0]}{time}</p></div>" for time in times
    )
    for title in (
        "Удар по порту: оновлюється",
        "Удар по порту (обновляется)",
        "Хроника удара по порту",
    ):
        told = f"<title>{title}</title><body><main><h1>{title}</h1>{entries}</main></body>"
        assert clean_page(told).kind is Kind.LIVE_BLOG


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Before you continue", "<p>We use cookies and data to measure how our services are used.</p><button>Accept all</button>"),
        ("Zustimmung erforderlich", "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie unsere Seite mit Werbung und üblichem Tracking.</p><p>… oder Pur-Abo abschließen: ohne Werbetracking für 3,99 € im Monat.</p><button>Akzeptieren und weiter</button>"),
        ("bank.example | 522: Connection timed out", "<h1>Connection timed out</h1><p>The initial connection between the network and the origin web server timed out.</p>"),
        ("Ой!", "<h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Запросы с вашего устройства похожи на автоматические.</p>"),
        ("Il Guado", "<h1>Il rispetto della tua privacy è la nostra priorità</h1><p>Noi e i nostri partner archiviamo informazioni su un dispositivo e trattiamo dati personali.</p><button>Accetta</button>"),
        ("Доступ обмежено", "<h1>Доступ обмежено</h1><p>Ваш запит заблоковано системою захисту. Якщо ви не робот, пройдіть перевірку.</p>"),
        ("Instagram", "<div>Log into Instagram</div><form><input type='password'></form><p>Forgot password? Sign up</p>"),
        ("Far Bank", "<h1>Ad blocker detected</h1><p>We noticed that you are using an ad blocker. Please disable it to continue reading.</p>"),
    ],
)  # fmt: skip
def test_further_walls_are_refused(title: str, body: str) -> None:
    with pytest.raises(NoArticleFound):
        clean_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.mark.parametrize(
    "address", ["javascript:void(0)", "data:text/html,x", "mailto:a@b.example"]
)
def test_what_no_browser_opens_is_flagged(address: str) -> None:
    article = clean_page(page(head=f'<link rel="canonical" href="{address}">'))
    assert article.url is None
    assert "address_unread" in article.quality.flags


def test_a_space_in_an_address_is_escaped_and_a_line_break_is_none() -> None:
    assert canonical_url("https://a.example/x y") == "https://a.example/x%20y"
    assert canonical_url(" https://a.example/x\n  y ") == "https://a.example/xy"


@pytest.mark.parametrize(
    ("lines", "published", "modified", "names"),
    [
        ("Updated March 13, 2024 | Published March 12, 2024", "2024-03-12", "2024-03-13", ()),
        ("Updated March 13, 2024", None, "2024-03-13", ()),
        ("۱۷ آبان ۱۴۰۲", "2023-11-08", None, ()),
        ("March 12, 2024 4:40 PM\nHanna Velder", "2024-03-12T16:40", None, ("Hanna Velder",)),
    ],
)
def test_lines_of_a_pasted_text(
    lines: str, published: str | None, modified: str | None, names: tuple[str, ...]
) -> None:
    article = clean(raw(f"{TITLE}\n{lines}\n\n{WHOLE}", media_type="text/plain"))
    assert article.text == WHOLE
    assert (article.published and article.published.iso) == published
    assert (article.modified and article.modified.iso) == modified
    assert article.bylines == names


def test_a_turkish_label_in_capitals_is_one() -> None:
    told = f"{PARAGRAPHS[0]}\n\nİLGİLİ HABER: Feribot kalkmadı\n\n{PARAGRAPHS[1]}"
    assert "HABER" not in clean(raw(told, media_type="text/plain")).text


@pytest.mark.parametrize("mark", ["kicker", "article__topline", "rubric"])
def test_what_stands_above_a_headline_in_its_element_is_none_of_it(mark: str) -> None:
    told = f"<h1><span class='{mark}'>Analysis</span> {TITLE} again</h1>{STORY}"
    made = f"<title>{TITLE} again</title><body><div>{told}</div></body>"
    assert clean_page(made).title == f"{TITLE} again"


def test_title_and_who_in_one_run_of_an_old_page_are_not_its_text() -> None:
    told = "<b>韦尔纳港再遭炮击</b><br>本报记者 王 立 新　2024年3月12日<p>港务局表示，凌晨时分迫击炮弹击中韦尔纳的粮食码头，两座仓库起火，一艘引航艇沉没。"
    article = clean_page(f"<html lang='zh'><head><title>韦尔纳港再遭炮击</title></head><body><table><tr><td>{told}</td></tr></table></body></html>")  # fmt: skip
    assert article.bylines == ("王立新",)
    assert article.text.startswith("港务局表示")
