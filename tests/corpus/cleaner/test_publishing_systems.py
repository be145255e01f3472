"""Publishing systems: what pages as systems and agencies make them showed as wrong.

Written before they were run, after how such systems mark their pages; each kind once, and from its
other side where it has one.
"""

from __future__ import annotations

import pytest

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw

STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)


def text_of(line: str) -> str:
    """The text of a page with a line below its first paragraph, and with it below its last."""
    first, *others = (f"<p>{part}</p>" for part in PARAGRAPHS)
    return clean_page(page(body=first + line + "".join(others) + line)).text


@pytest.mark.parametrize(
    "line",
    [
        "<p>Thanks for reading The Daily! Subscribe for free to receive new posts.</p>",
        "<p>Our Standards: <a href='/t'>The Trust Principles.</a></p>",
        "<p>Follow The Daily’s coverage of the war at https://daily.example/war</p>",
        (
            "<p>A version of this article appears in print on May 15, 2024, Section A, Page 6 of the New "
            "York edition with the headline: Market hit. <a href='/r'>Order Reprints</a></p>"
        ),
        "<p>Dieses Thema im Programm: Über dieses Thema berichtete das Radio am 14. Mai 2024.</p>",
        (
            "<p>Kıyı Ajansı web sitesinde, haber akışı üzerinden abonelere sunulan haberler, özetlenerek "
            "yayımlanmaktadır.</p>"
        ),
        "<p>Мы работаем благодаря вам. Поддержите нас — это безопасно.</p>",
        "<p>Просмотров: 1 118</p>",
        "<p>انتهای پیام</p>",
        "<p>이 기사는 언론사에서 세계 섹션으로 분류했습니다.</p>",
        "<p>欢迎扫描左方二维码关注我们的微信</p>",
        "<div class='video-resource'><div>See moment crane topples</div><div>01:12</div></div>",
    ],
)
def test_what_a_house_says_is_no_story(line: str) -> None:
    assert text_of(line) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Thanks for reading out the names, the mayor told the clerk, and the hall fell silent again.",
        "A version of this tale is told in every harbor on the coast, she said on Monday.",
    ],
)
def test_what_begins_alike_is_told(line: str) -> None:
    told = line in clean_page(page(body=f"{STORY}<p>{line}</p>{STORY}")).text
    assert told is not line.startswith("Thanks")  # which begins as pleas do, and is listed


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Source: The Daily and news agencies", False),
        ("Quelle: F.A.Z.", False),
        ("Source: the harbor master, who counted them. He was there all night.", True),
    ],
)
def test_a_last_line_names_its_source(line: str, kept: bool) -> None:
    assert (line in clean_page(page(body=f"{STORY}<p>{line}</p>")).text) is kept


@pytest.mark.parametrize(
    ("meter", "kind"),
    [
        ("You have read 2 of 3 free articles this month.", Kind.ARTICLE),
        ("You have read 3 of 3 free articles this month.", Kind.PAYWALL_STUB),
        ("You have read all your free articles this month.", Kind.PAYWALL_STUB),
        ("有料会員になると会員限定の有料記事もお読みいただけます。", Kind.ARTICLE),
        ("この記事は会員限定です。", Kind.PAYWALL_STUB),
    ],
)
def test_a_meter_that_lets_readers_on_closes_nothing(meter: str, kind: Kind) -> None:
    article = clean_page(page(after=f"<div class='bar'>{meter} <a href='/s'>Subscribe</a></div>"))
    assert article.kind is kind


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("de", "Jetzt weiterlesen. Mit dem passenden Abo.", ("Besondere Reportagen, Analysen und "
         "Hintergründe zu Themen, die unsere Gesellschaft bewegen, von Reportern aus aller Welt.")),
        ("he", "כדי להמשיך לקרוא, הצטרפו עכשיו למינוי דיגיטלי", "כבר מנויים? התחברו"),
    ],
)  # fmt: skip
def test_what_a_wall_says_is_not_the_rest(language: str, first: str, then: str) -> None:
    wall = f"<div class='paywall'><h2>{first}</h2><p>{then}</p></div>"
    article = clean_page(page(body=f"<p>{PARAGRAPHS[0]}</p>{wall}"))
    assert (article.kind, article.text) == (Kind.PAYWALL_STUB, PARAGRAPHS[0])


@pytest.mark.parametrize(
    ("called", "kind"),
    [
        ("Category: Ports", Kind.INDEX_PAGE),
        ("Search results for “ports”", Kind.INDEX_PAGE),
        ("Schlagwort: Hafen", Kind.INDEX_PAGE),
        ("Articles by Agnes Tolle", Kind.INDEX_PAGE),
        ("Results of the search in the ports", Kind.ARTICLE),
    ],
)
def test_a_page_that_is_called_a_list_is_one(called: str, kind: Kind) -> None:
    listed = "".join(
        f"<div class='post'><h2><a href='/{at}'>Market hit again {at}</a></h2><p>{part}</p></div>"
        for at, part in enumerate(PARAGRAPHS)
    )
    markup = f"<html><head><title>{called}</title></head><body><main><h1>{called}</h1>{listed}"
    assert clean_page(f"{markup}</main></body></html>").kind is kind


@pytest.mark.parametrize(
    ("called", "pictures", "kind"),
    [
        ("In pictures: a night on the quay", 6, Kind.GALLERY),
        ("EN IMAGES. Une nuit sur le quai", 6, Kind.GALLERY),
        ("In pictures: a night on the quay", 2, Kind.ARTICLE),
        ("In pictures she found the war", 6, Kind.ARTICLE),
    ],
)
def test_a_page_that_is_called_so_is_told_by_pictures(
    called: str, pictures: int, kind: Kind
) -> None:
    shown = "".join(
        f"<figure><img src='{at}.jpg'><figcaption>Pier {at} at dawn.</figcaption></figure>"
        for at in range(pictures)
    )
    markup = f"<html><head><title>{called}</title></head><body><article><h1>{called}</h1>"
    story = "<p>Our photographer spent the night with the dockers, who slept in the canteen.</p>"
    assert clean_page(f"{markup}{story}{shown}</article></body></html>").kind is kind


@pytest.mark.parametrize(
    "markup",
    [
        (
            "<title>Log into Facebook</title><h1>Facebook</h1><p>You must log in to continue.</p><form>"
            "<input name=email><button>Log In</button></form>"
        ),
        (
            "<title>X</title><h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is "
            "disabled in this browser. Please enable JavaScript to continue using x.com.</p>"
        ),
    ],
)
def test_a_network_that_asks_for_more_is_no_article(markup: str) -> None:
    with pytest.raises(NoArticleFound):
        clean_page(markup)


@pytest.mark.parametrize(
    ("above", "names"),
    [
        (("<div class='ar_by'><a class='ar_by_a' href='/staff/1'>Colm Bradagh</a><div>Karsk Ledger"
         "</div></div>"), ("Colm Bradagh",)),
        (("<div data-component='byline-block'><time>5 hours ago</time><div><span>Oona Carrick</span>"
         "<span>BBC Verify, Halden</span></div></div>"), ("Oona Carrick",)),
        ("<ul><li><span data-hook='user-name'>Sunniva Dahl</span></li></ul>", ("Sunniva Dahl",)),
        ("<div class='credits reader-credits'>Nadia Ferro</div>", ("Nadia Ferro",)),
        ("<div>Von Merle Osthoff, ARD-Studio Halden</div>", ("Merle Osthoff",)),
        ("<em class='author'>dal nostro inviato <a rel='author' href='/m'>Marco Vallini</a></em>",
         ("Marco Vallini",)),
        ("<div class='writer'><strong>김지훈</strong><span>기자</span><a href='/j'>기자 페이지</a></div>",
         ("김지훈",)),
    ],
)  # fmt: skip
def test_who_signs_is_told(above: str, names: tuple[str, ...]) -> None:
    assert clean_page(page(body=above + STORY)).bylines == names


def test_reporters_stand_in_a_dateline_in_chinese() -> None:
    story = "港务局周二表示，两枚炮弹当天凌晨击中该港粮食码头，造成一名夜班看守死亡，一座筒仓起火。"
    body = (
        f"<p>新华社奥尔瓦内5月14日电（记者 李维 王晓蓓）{story}</p><p>{story}工人经海关撤离。</p>"
    )
    article = clean_page(page(body=body))
    assert article.bylines == ("李维", "王晓蓓")
    assert story in article.text


@pytest.mark.parametrize(
    ("above", "published", "modified"),
    [
        ("<time class='entry-date updated' datetime='2024-05-14T09:40:11+02:00'>May 14</time>",
         "2024-05-14T09:40+02:00", None),
        (("<time class='entry-date published' datetime='2024-05-14T09:40Z'>May 14, 2024</time>"
         "<time class='updated' datetime='2024-05-16T10:00Z'>May 16, 2024</time>"),
         "2024-05-14T09:40Z", "2024-05-16T10:00Z"),
        (("<div aria-label='x'><x-time publishdate='2024-05-14T14:01:12Z' "
         "updatedate='2024-05-14T19:15:40Z'></x-time></div>"), "2024-05-14T14:01Z", "2024-05-14T19:15Z"),
        (("<p><time datetime='2024-05-14T12:10Z'>Published May 14, 2024</time> "
         "<time datetime='2024-05-15T15:02Z'>Updated: May 15, 2024</time></p>"),
         "2024-05-14T12:10Z", "2024-05-15T15:02Z"),
        ("<p>14 maggio 2024 (modifica il 15 maggio 2024 | 15:02)</p>", "2024-05-14",
         "2024-05-15T15:02"),
        (("<div><span><em>2024</em></span><span><em>05</em>/<em>14</em></span><span>12:10:05</span>"
         "</div>"), "2024-05-14T12:10", None),
    ],
)  # fmt: skip
def test_when_is_told(above: str, published: str, modified: str | None) -> None:
    article = clean_page(page(body=above + STORY))
    assert (article.published and article.published.iso) == published
    assert (article.modified and article.modified.iso) == modified


@pytest.mark.parametrize(
    "markup",
    ["<p class='MsoTitle'><b>Shelling hits market</b></p>", "<p class='c3 title' id='h.1'>Shelling hits market</p>"],
)  # fmt: skip
def test_a_program_for_writing_has_titles_of_its_own(markup: str) -> None:
    whole = f"<html><head><title>Document1</title></head><body>{markup}{STORY}</body></html>"
    article = clean_page(whole)
    assert (article.title, article.text) == ("Shelling hits market", TEXT)


def test_a_kicker_in_the_heading_is_no_part_of_the_story() -> None:
    heads = (
        "<h2><span>War at the bend</span> <span>Shelling hits market</span></h2><p>By Ira Sand</p>"
    )
    markup = f"<html><head><title>Shelling hits market</title></head><body><article>{heads}{STORY}"
    article = clean_page(f"{markup}</article></body></html>")
    assert (article.text, article.bylines) == (TEXT, ("Ira Sand",))


def pasted(text: str) -> tuple[str, str, tuple[str, ...], str]:
    article = clean(raw(text, media_type="text/plain"))
    day = article.published.iso[:10] if article.published else ""
    return article.title, article.text, article.bylines, day


WHOLE = ("Shelling hits market", TEXT, ("Agnes Tolle",), "2024-05-14")


@pytest.mark.parametrize(
    "above",
    [
        "Title: Shelling hits market\nAuthor: Agnes Tolle\nDate: 2024-05-14\nSource: The Daily",
        "Titel: Shelling hits market\nAutor: Agnes Tolle\nDatum: 14.05.2024",
        (
            "-------- Forwarded Message --------\nSubject: Shelling hits market\nDate: Tue, 14 May 2024 "
            "10:12:00 +0200\nFrom: Agnes Tolle <atolle@daily.example>\nTo: desk@daily.example"
        ),
    ],
)
def test_lines_above_a_text_say_what_it_is(above: str) -> None:
    assert pasted(f"{above}\n\n{TEXT}") == WHOLE


def test_a_line_with_a_colon_alone_says_nothing() -> None:
    assert pasted(f"Title: keeper of the lights\n\n{TEXT}")[0] == "Title: keeper of the lights"


@pytest.mark.parametrize(
    "below",
    [
        "Share\nTweet\nEmail",
        "Kommentare Drucken Teilen",
        "Sent from my iPhone",
        "（责任编辑：陈静）",
    ],
)
def test_what_stands_below_a_pasted_text_is_no_part_of_it(below: str) -> None:
    above = "Shelling hits market\n\nBy Agnes Tolle\n14 May 2024"
    assert pasted(f"{above}\n\n{TEXT}\n\n{below}\n") == WHOLE


def test_one_word_alone_is_no_row_of_buttons() -> None:
    assert "\n\nPrint\n\n" in pasted(f"Shelling hits market\n\n{TEXT}\n\nPrint\n\n{TEXT}")[1]


def test_links_of_a_text_browser_have_no_numbers() -> None:
    links = "\n\nReferences\n\n   1. https://daily.example/\n   2. https://daily.example/agnes\n"
    text = f"Shelling hits market\n\n   By [2]Agnes Tolle\n   14 May 2024\n\n{TEXT}{links}"
    assert pasted(text) == WHOLE
    assert "[2]" in pasted(f"Shelling hits market\n\n{TEXT} See note [2]a.")[1]


@pytest.mark.parametrize(
    ("url", "excerpt", "kind"),
    [
        ("https://daily.example/", 110, Kind.INDEX_PAGE),
        ("https://daily.example/2024/market", 110, Kind.ARTICLE),
    ],
)
def test_a_first_page_that_leads_to_stories_is_a_list(url: str, excerpt: int, kind: Kind) -> None:
    cards = "".join(
        f"<div><a href='/{at}{part[:3]}'><h3>{part[:50]}</h3></a><p>{part[:excerpt]}</p></div>"
        for at in range(2)
        for part in PARAGRAPHS[:3]
    )
    markup = f"<html><head><title>The Daily | News</title></head><body><main>{cards}</main></body>"
    assert clean_page(markup, url=url).kind is kind


@pytest.mark.parametrize(("end", "kind"), [("…", Kind.INDEX_PAGE), (".", Kind.ARTICLE)])
def test_what_only_begins_stories_is_a_list(end: str, kind: Kind) -> None:
    told = "".join(f"<p>{part[:100]}{end}</p>" for part in PARAGRAPHS)
    assert clean_page(page(body=told)).kind is kind


@pytest.mark.parametrize(
    ("plea", "kind"),
    [
        ("Inscrivez-vous à notre lettre pour lire chaque matin l’essentiel.", Kind.ARTICLE),
        ("Inscrivez-vous pour lire la suite de cet article.", Kind.PAYWALL_STUB),
    ],
)
def test_a_letter_to_read_is_not_the_rest(plea: str, kind: Kind) -> None:
    assert clean_page(page(after=f"<div><p>{plea}</p></div>")).kind is kind


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        ("Please verify you are human", "One more step", "Please complete the security check."),
        ("Wartung", "Wir sind gleich zurück", "Bitte versuchen Sie es später noch einmal."),
    ],
)
def test_a_site_that_shows_nothing_now_is_no_article(title: str, heading: str, text: str) -> None:
    with pytest.raises(NoArticleFound):
        clean_page(f"<title>{title}</title><main><h1>{heading}</h1><p>{text}</p></main>")


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p>De notre envoyée spéciale à Orvane, Jeanne Corbel</p>", ("Jeanne Corbel",)),
        ("<p>Von unserer Korrespondentin Merle Osthoff</p>", ("Merle Osthoff",)),
        ("<p>By ILSE BRAND and TOM REYL<br>Special Correspondents</p>", ("Ilse Brand", "Tom Reyl")),
        (
            (
                "<table><tr><td>Date:</td><td>14 May 2024</td></tr><tr><td>Author:</td>"
                "<td>Agnes Tolle</td></tr></table>"
            ),
            ("Agnes Tolle",),
        ),
        ("<p>EFE | Orvane</p>", ()),
    ],
)
def test_lines_that_sign_are_no_part_of_the_story(above: str, names: tuple[str, ...]) -> None:
    article = clean_page(page(body=above + STORY))
    assert (article.bylines, article.text) == (names, TEXT)
