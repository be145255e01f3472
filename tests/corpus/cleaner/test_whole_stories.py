"""Whole stories: what stands beside, between and below the paragraphs decides nothing about them.

Endless pages, parts that a builder calls widgets, paragraphs that are hidden until somebody pays,
and boxes that sell subscriptions; each from both sides.
"""

from __future__ import annotations

import pytest

from corpus.article import Kind
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page
from tests.corpus.cleaner.test_shapes import STORY

TITLE = "Shelling hits market"
ARTICLE = "<meta property='og:type' content='article'>"
NEXT = "".join(
    f"<p>The club has opened talks with candidate {number}, several papers say, and the board wants a "
    "decision before the match against its rivals.</p>"
    for number in range(8)
)


def page(main: str, *, head: str = ARTICLE) -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | The Daily</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav>{main}</body></html>"
    )


def told(paragraphs: tuple[str, ...] = PARAGRAPHS[:2]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


H1 = f"<h1>{TITLE}</h1>"
OTHER = "<h1>Manager returns to his old club</h1>"
ENDLESS = {
    "in a wrapper": (
        f"<main><div class='article-page' data-url='/a'>{H1}{told()}</div><div class='below'>"
        f"<div class='article-page' data-url='/b'>{OTHER}{NEXT}</div></div></main>"
    ),
    "an article of another name": (
        f"<main><article id='main-article'>{H1}{told()}</article><div class='under'>"
        f"<article id='second'>{OTHER}<h2>It is serious now.</h2>{NEXT}</article></div></main>"
    ),
    "in another language": (
        f"<div><div class='beitrag aktuell'><header>{H1}</header>{told()}</div><div class='mehr'>"
        f"<div class='beitrag'><header><span>Sport</span>{OTHER}</header>{NEXT}</div></div></div>"
    ),
    "told by microdata": (
        f"<div><div itemscope itemtype='https://schema.org/NewsArticle'>{H1}{told()}</div><section "
        f"itemscope itemtype='https://schema.org/NewsArticle'><a>Sport</a>{OTHER}{NEXT}</section></div>"
    ),
    "told by ids": (
        f"<div><div class='x1' data-article-id='1'>{H1}{told()}</div><div><div class='x2' "
        f"data-article-id='2'>{OTHER}{NEXT}</div></div></div>"
    ),
    "loaded by a script": (
        f"<div class='jscroll'><div class='single'>{H1}{told()}</div><div class='jscroll-added'>"
        f"<div class='single'>{OTHER}{NEXT}</div></div></div>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", ENDLESS)
def test_an_endless_page_is_its_first_story(shape: str) -> None:
    assert clean_page(page(ENDLESS[shape])).text == "\n\n".join(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    "main",
    [
        (
            f"<article><h2>{TITLE}</h2>{told()}<div class='article-section'><h2>What is known</h2>"
            f"<p>{PARAGRAPHS[2]}</p></div></article>"
        ),
        f"<div class='news'>{H1}<article data-id='1'>{told()}<h1>On the river</h1><p>{PARAGRAPHS[2]}</p></article></div>",
    ],
)  # fmt: skip
def test_a_part_of_the_story_with_a_heading_is_no_other_story(main: str) -> None:
    assert PARAGRAPHS[2] in clean_page(page(main)).text


# Parts of builders: a class name alone makes no furniture of what is built like the story.

WIDGETS = {
    "widgets": "widget widget-text",
    "panels of tabs": "tab-panel tabs",
    "items of a slider": "slider-item",
    "blocks of a sidebar": "sidebar-block",
    "teasers": "teaser",
    "actions": "actions",
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("numbered", [False, True])
def test_paragraphs_in_parts_that_are_called_furniture_are_the_story(
    name: str, numbered: bool
) -> None:
    parts = "".join(
        f"<div class='{WIDGETS[name]}{f' part-{number}' if numbered else ''}'><div class='in'>"
        f"<p>{paragraph}</p></div></div><div class='widget-image'><img src='{number}.jpg'></div>"
        for number, paragraph in enumerate(STORY)
    )

    assert clean_page(page(f"<article>{H1}{parts}</article>")).text == "\n\n".join(STORY)


def test_a_widget_among_paragraphs_goes() -> None:
    widget = (
        "<div class='widget'><p>Rain is due on Friday in the north, and sun on Saturday.</p></div>"
    )

    article = clean_page(page(f"<article>{H1}{told(STORY[:3])}{widget}{told(STORY[3:])}</article>"))

    assert article.text == "\n\n".join(STORY)


# Withheld: hidden, or shown to subscribers, and on the page all the same.

REST = told(STORY[2:])
WITHHELD = {
    "paragraphs": f"{told(STORY[:2])}{REST.replace('<p>', '<p class=paywall aria-hidden=true>')}",
    "a hidden rest": f"{told(STORY[:2])}<div class='paywall' style='display:none'>{REST}</div>",
    "a rest for members": f"{told(STORY[:2])}<section class='members-rest' hidden>{REST}</section>",
    "hidden from those who listen": f"{told(STORY[:2])}<div aria-hidden='true'>{REST}</div>",
    "beside the beginning": (
        f"<div class='beginning'>{told(STORY[:4])}</div><div class='premium-rest' hidden>{told(STORY[4:])}</div>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WITHHELD)
def test_withheld_paragraphs_that_are_in_the_page_are_read(way: str) -> None:
    story = [text for text in STORY if len(text) > 60]
    article = clean_page(page(f"<article>{H1}{WITHHELD[way]}</article>"))

    assert [text for text in story if text not in article.text] == []
    assert article.kind is Kind.ARTICLE


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>A paragraph from last year's page, kept by the editors for later use.</p>",
        "<p hidden>The rest of an older version of this report, which nobody was meant to see again.</p>",
        "<div class='modal' aria-hidden='true'><p>We have sent you a letter, please confirm your address.</p></div>",
        "<div class='paywall'><p>Subscribe to continue reading this story.</p><p>Full access for $1 a week.</p></div>",
        "<span class='sr-only'>Opens in a new window, and plays a short film about the town.</span>",
    ],
)  # fmt: skip
def test_what_is_hidden_and_not_withheld_is_no_part_of_the_story(hidden: str) -> None:
    article = clean_page(page(f"<article>{H1}{told(STORY[:3])}{hidden}{told(STORY[3:])}</article>"))

    assert article.text == "\n\n".join(STORY)


# Offers

OFFERS = {
    "a box": (
        "<div class='x'><h3>THIS CONTENT IS RESERVED FOR SUBSCRIBERS</h3><ul><li>Unlimited access to 15 "
        "sites with one account.</li><li>Puzzles, comics and the crossword.</li></ul><h3>REGISTER / SIGN "
        "IN TO UNLOCK MORE</h3><ul><li>Create an account or sign in to continue with your reading "
        "experience.</li></ul></div>"
    ),
    "German": (
        "<div><p><b>Exklusiv für Abonnenten</b></p><p>Jetzt testen: 4 Wochen für 1 €, jederzeit kündbar.</p>"
        "<ul><li>Zugang zu allen Artikeln</li><li>Weniger Werbung</li></ul></div>"
    ),
    "French": (
        "<div><p>Contenu réservé aux abonnés</p><p>Abonnez-vous pour lire la suite : accès illimité, sans "
        "engagement, 1 € le premier mois.</p></div>"
    ),
    "Spanish": "<h4>Contenido exclusivo para suscriptores</h4><p>Suscríbete por 1 € al mes y disfruta de acceso ilimitado.</p>",
    "Russian": (
        "<div><b>Только для подписчиков</b><p>Оформите подписку, чтобы читать дальше: полный доступ и без "
        "рекламы.</p></div>"
    ),
    "Ukrainian": "<p>Оформіть передплату, щоб читати далі: повний доступ і без реклами.</p>",
    "Arabic": "<div><b>هذا المحتوى مخصص للمشتركين</b><p>اشترك الآن لمتابعة القراءة.</p></div>",
    "commissions": "<p><em>We may earn a commission if you buy something through links in this story.</em></p>",
    "commissions in German": "<p>* Mit Stern gekennzeichnete Links sind Affiliate-Links. Bei einem Kauf erhalten wir eine Provision.</p>",
}  # fmt: skip


@pytest.mark.parametrize("offer", OFFERS)
def test_offers_between_paragraphs_go_and_are_listed(offer: str) -> None:
    main = f"<article>{H1}{told(STORY[:4])}{OFFERS[offer]}{told(STORY[4:])}</article>"

    article = clean_page(page(main))

    assert article.text == "\n\n".join(STORY)
    assert "offer" in {removed.rule for removed in article.removed}
    assert article.kind is Kind.ARTICLE


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers to the state grid, about 40,000 households, were told to expect cuts until Friday.",
        "Members of the council may register for the convoy until noon, and cancel until the evening.",
        "The ministry offers families 200 euros a month, and full access to the clinics of the capital.",
        "Aid groups earn a commission of trust, the bishop said, and must not lose it again this year.",
    ],
)  # fmt: skip
def test_sentences_about_subscribers_and_members_stay(sentence: str) -> None:
    main = f"<article>{H1}{told((*STORY[:4], sentence, *STORY[4:]))}</article>"

    assert sentence in clean_page(page(main)).text


def test_a_story_that_ends_where_it_asks_is_a_stub_and_one_that_goes_on_is_none() -> None:
    offer = "<div><h3>This article is for subscribers only</h3><p>Subscribe now to keep reading.</p></div>"

    cut = clean_page(page(f"<article>{H1}{told()}{offer}</article>"))
    whole = clean_page(page(f"<article>{H1}{told()}{offer}{told(PARAGRAPHS[2:])}</article>"))

    assert (cut.kind, whole.kind) == (Kind.PAYWALL_STUB, Kind.ARTICLE)
    assert whole.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "named", ["share-text", "related-paragraph", "sidebar note", "promo", "ad-paragraph"]
)
def test_a_paragraph_among_others_is_no_furniture_because_of_its_name(named: str) -> None:
    own = f"<p class='{named}'>{PARAGRAPHS[1]}</p>"
    among = told(PARAGRAPHS[:1]) + own + told(PARAGRAPHS[2:])
    whole = clean_page(page(f"<article>{H1}{among}</article>"))
    assert whole.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "own",
    [
        "<p class='promo'>Sign up for our letter from the coast, which comes each morning before seven o'clock.</p>",
        "<p class='related'><a href='/b'>What the council of the coast decided about the ferries in March</a></p>",
        "<p class='share-text' hidden>Whoever wants to tell others of this story may do so on the usual sites, at once.</p>",
    ],
)
def test_a_promo_a_link_and_what_is_hidden_are_none_of_the_paragraphs(own: str) -> None:
    among = told(PARAGRAPHS[:2]) + own + told(PARAGRAPHS[2:])
    assert clean_page(page(f"<article>{H1}{among}</article>")).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "asked",
    [
        "Читайте нас у Телеграмі", "Следите за нами в соцсетях", "Присоединяйтесь к нашему каналу",
        "Більше новин у нашому каналі", "Нашли ошибку? Выделите её и нажмите Ctrl+Enter", "Bizi Telegram’dan takip edin",
        "Śledź nas na Facebooku", "La suite après cette publicité", "Weiter nach der Werbung",
        "Sigue leyendo después de la publicidad", "Продолжение после рекламы", "הצטרפו לערוץ שלנו",
        "ما را در تلگرام دنبال کنید", "انضموا إلى قناتنا", "Retrouvez-nous sur Telegram",
        "للاشتراك في قناتنا على واتساب اضغط هنا",
    ],
)  # fmt: skip
def test_what_asks_readers_to_follow_or_to_read_on_is_no_paragraph(asked: str) -> None:
    among = told(PARAGRAPHS[:2]) + f"<p>{asked}</p>" + told(PARAGRAPHS[2:])
    article = clean_page(page(f"<article>{H1}{among}</article>"))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert asked in [one.text for one in article.removed]


def test_an_offer_is_one_that_stands_with_its_button() -> None:
    said = "Jetzt vier Wochen kostenlos testen: alle Artikel auf derTag.example."
    box = f"<div class='k'><p>{said}</p><a href='/abo'>Zum Angebot</a></div>"
    among = told(PARAGRAPHS[:2]) + box + told(PARAGRAPHS[2:])
    assert said not in clean_page(page(f"<article>{H1}{among}</article>")).text
    bare = among.replace(
        box, "<p>Register offices on the coast stay shut, said a clerk, until Friday or later.</p>"
    )
    assert "Register offices" in clean_page(page(f"<article>{H1}{bare}</article>")).text


def test_where_a_page_was_printed_from_may_stand_in_two_lines() -> None:
    foot = "<p>Find this article at:<br>http://daily.example/2024/market.html</p>"
    article = clean_page(page(f"<article>{H1}{told(PARAGRAPHS)}{foot}</article>"))
    assert article.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "credit",
    ["责任编辑：何平", "（编辑：何平 校对：李晓）", "Редактор: Иван Петров", "עריכה: דנה לוי"],
)
def test_who_edited_it_is_no_paragraph_at_its_end(credit: str) -> None:
    among = told(PARAGRAPHS) + f"<p>{credit}</p>"
    article = clean_page(page(f"<article>{H1}{among}</article>"))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert credit in [one.text for one in article.removed]


PLEAS = [
    "Support our reporters with a small gift.", "Поддержите редакцию: оформите ежемесячное пожертвование.",
    "Станьте частиною спільноти та підтримайте нашу роботу.", "Bağımsız gazeteciliğe destek olun.",
    "Wesprzyj niezależne dziennikarstwo.", "Unterstützen Sie unsere Arbeit mit drei Euro im Monat.",
    "Soutenez un journalisme indépendant.", "Apoya a nuestros reporteros.", "ادعموا الصحافة المستقلة في المدينة.",
]  # fmt: skip


@pytest.mark.parametrize("plea", PLEAS)
def test_a_plea_for_money_is_one_where_a_button_stands_beside_it(plea: str) -> None:
    box = f"<div class='q'><p>{plea}</p><a href='/s'>Give</a></div>"
    among = told(PARAGRAPHS[:2]) + "{}" + told(PARAGRAPHS[2:])
    page_of = f"<article>{H1}{among}</article>"
    assert clean_page(page(page_of.format(box))).text == "\n\n".join(PARAGRAPHS)
    assert plea in clean_page(page(page_of.format(f"<p>{plea}</p>"))).text
