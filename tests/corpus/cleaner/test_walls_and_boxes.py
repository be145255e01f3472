"""Walls and boxes: what pages of further tools say that is no story, and its day none of the page's.

Written before they were run, after what such tools and houses publish; each kind once, and from its
other side where it has one.
"""

from __future__ import annotations

import pytest

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.cleaner.plain import read_pasted
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw

STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
SHORT = PARAGRAPHS[0]


def alone(title: str, body: str) -> str:
    return f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


CONSENT = (
    "<h1>Before you continue</h1><p>We use cookies and data to</p><ul><li>Deliver and maintain our services</li>"
    "<li>Track outages and protect against spam, fraud and abuse</li><li>Measure how people use the pages of this"
    " site</li></ul>"
)


@pytest.mark.parametrize(
    "content",
    [
        alone("Search", f"{CONSENT}<button>Reject all</button><button>Accept all</button>"),
        alone(
            "Le Jour",
            "<h1>Avec votre accord</h1><p>Nos 812 partenaires et nous utilisons des cookies pour stocker des informations"
            " personnelles.</p><button>Accepter &amp; fermer</button>",
        ),
        alone(
            "سایت",
            "<h1>دسترسی به این سایت امکان‌پذیر نیست</h1><p>مشترک گرامی، این سایت مسدود شده است.</p>",
        ),
        alone(
            "Oops",
            "<h1>Oops!</h1><p>Sorry, we couldn’t find that page. Go back to the home page.</p>",
        ),
        alone("Port", "<h1>Ojej</h1><p>Nie możemy znaleźć strony, której szukasz.</p>"),
        alone("M", "<p>دسترسی به وب‌سایت مورد نظر مسدود شده است</p>"),
        alone(
            "Le Jour",
            "<h1>Oups !</h1><p>La page que vous cherchez n’existe plus ou a changé d’adresse. Retour à l’accueil.</p>",
        ),
        alone(
            "Il Giorno",
            "<h1>Ops!</h1><p>La pagina che stai cercando non esiste più oppure è stata spostata.</p>",
        ),
        alone(
            "الأخبار",
            "<h1>عفواً</h1><p>الصفحة التي تبحث عنها غير موجودة أو تم حذفها. عد إلى الرئيسية.</p>",
        ),
    ],
)
def test_what_stands_there_instead_of_a_story_is_none(content: str) -> None:
    with pytest.raises(NoArticleFound):
        clean(raw(content))


@pytest.mark.parametrize(
    "content",
    [
        page(
            body=f"<p>Before you continue to the border, officers said, fill in a form.</p>{STORY}"
        ),
        page(
            body=f"<p>The page that listed the missing no longer exists, her brother said.</p>{STORY}"
        ),
        alone("Search", CONSENT),  # nothing to accept
    ],
)
def test_what_begins_alike_is_a_story(content: str) -> None:
    assert clean(raw(content)).text


@pytest.mark.parametrize(
    "line",
    [
        "Weiter mit HAFEN+. Melden Sie sich an und lesen Sie den ganzen Text.",
        "Hazte socio para leer el artículo completo",
        "Testen Sie jetzt vier Wochen für 1 Euro und lesen Sie weiter.",
        "Повна версія доступна лише передплатникам",
        "متن کامل این گزارش فقط برای مشترکان در دسترس است",
        "להמשך קריאת הכתבה הצטרפו למנויי האתר",
    ],
)
def test_further_lines_that_close_a_story(line: str) -> None:
    assert clean_page(page(body=f"<p>{SHORT}</p><div>{line}</div>")).kind is Kind.PAYWALL_STUB


def test_a_chronicle_online_is_live_where_its_lines_tell_the_time() -> None:
    times = "".join(
        f"<h3>{time}</h3><p>{part}</p>"
        for time, part in zip(("18:42", "17:05", "16:30", "14:11"), PARAGRAPHS, strict=True)
    )
    titled = "<html><head><title>{0}</title></head><body><main><h1>{0}</h1>{1}</main></body></html>"

    assert clean_page(titled.format("Война. Хроника дня онлайн", times)).kind is Kind.LIVE_BLOG
    assert clean_page(titled.format("Война. Хроника дня онлайн", STORY)).kind is Kind.ARTICLE


@pytest.mark.parametrize(
    "box",
    [
        "<div class='event-details'><time datetime='2024-02-12T19:00'>12 February 2024</time>, Harbor Hall</div>",
        "<div class='agenda-item'><p>12 February 2024 | 20:00 | Harbor Hall</p></div>",
        "<div class='vevent'><abbr class='dtstart' title='2024-02-12'>12 Feb</abbr> Vigil</div>",
        "<p>Save the date: 12 February 2024</p>",
        "<p>12 February 2024, 19:00, Harbor Hall. Admission free</p>",
    ],
)
@pytest.mark.parametrize(("told", "iso"), [("", None), ("Published 3 June 2023", "2023-06-03")])
def test_when_something_is_held_is_no_day_of_a_story(box: str, told: str, iso: str | None) -> None:
    published = clean_page(page(body=f"{box}<p>{told}</p>{STORY}")).published

    assert (published and published.iso) == iso


def test_a_large_part_that_is_called_an_event_is_no_such_box() -> None:
    said = f"<div class='event'><p>3 June 2023</p>{STORY}</div>"

    published = clean_page(page(body=said)).published

    assert published is not None
    assert published.iso == "2023-06-03"


def test_a_published_line_in_such_a_box_tells() -> None:
    box = "<div class='event-details'>Published: 3 June 2023</div>"

    published = clean_page(page(body=f"{box}{STORY}")).published

    assert published is not None
    assert published.iso == "2023-06-03"


@pytest.mark.parametrize(
    "plea",
    [
        "<p><strong>Поддержите «Газету»</strong></p><p>Мы независимы. Оформите ежемесячный донат.</p>",
        "<h3>Gemeinsam für freie Presse</h3><p>Unser Journalismus ist frei zugänglich. Machen Sie mit.</p>",
        "<h3>Une presse libre</h3><p>Vos dons nous permettent de travailler.</p><p>Chaque euro compte.</p>",
        "<p><a href='/g'>Add The Daily as a preferred source on Google</a></p>",
    ],
)
def test_a_plea_that_ends_a_page_is_none_of_its_story(plea: str) -> None:
    assert clean_page(page(body=STORY + plea)).text == TEXT


@pytest.mark.parametrize(
    "end",
    [
        "<h3>What families need</h3><p>The mayor asked people to make a donation to the fund, which had 40,000.</p>",
        "<p>A fund was opened on Monday. Your donation helps, its head told the town.</p>",
    ],
)
def test_a_story_that_tells_of_gifts_is_whole(end: str) -> None:
    assert "donation" in clean_page(page(body=STORY + end)).text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ai-summary'><h2>Summary</h2><ul><li>Market hit</li></ul><p>By a machine.</p></div>",
        "<p>This summary was generated by AI and reviewed by an editor.</p>",
        "<p>after newsletter promotion</p>",
    ],
)
def test_what_a_machine_or_a_house_puts_into_a_story_is_none(box: str) -> None:
    assert clean_page(page(body=box + STORY)).text == TEXT


def test_a_standfirst_is_told_by_what_a_house_calls_its_parts() -> None:
    said = "Fire crews work until dusk as the mayor promises water within two days."
    parts = (
        f"<div data-gu-name='standfirst'><p>{said}</p></div><div data-gu-name='body'>{STORY}</div>"
    )

    article = clean_page(page(body=parts))

    assert (article.standfirst, article.text) == (said, TEXT)


@pytest.mark.parametrize(
    "within",
    [
        "SKIP ADVERTISEMENT",
        "Image source, Harbor Pictures",
        "RECOMMENDED STORIES\n\nlist of 2 items\n\nlist 1 of 2\n\nPort hit\n\nlist 2 of 2\n\nMine found\n\nend of list",
    ],
)
def test_what_is_copied_with_a_text_is_taken_out_of_it(within: str) -> None:
    pasted = read_pasted(
        TEXT.replace("\n\n", f"\n\n{within}\n\n", 1), titled=True, month_first=None
    )

    assert pasted.text == TEXT
    assert {one.text for one in pasted.removed} == set(within.split("\n\n"))


def test_a_list_without_an_end_stays() -> None:
    said = TEXT.replace("\n\n", "\n\nlist of 2 items\n\n", 1)

    assert read_pasted(said, titled=True, month_first=None).text == said


@pytest.mark.parametrize(("line", "names"), [("BO DAHL, KYIV", ("Bo Dahl",)), ("Harbor, Kyiv", ())])
def test_who_and_where_may_stand_above_when(line: str, names: tuple[str, ...]) -> None:
    pasted = read_pasted(
        f"Shelling hits market\n{line}\n14 May 2024\n\n{TEXT}", titled=False, month_first=None
    )

    assert pasted.bylines == names
    assert (pasted.published is not None) is bool(names)


@pytest.mark.parametrize(
    ("above", "names", "iso"),
    [
        ("Ann Ray\nHarbor Correspondent\n14 May 2024 • 9:41pm", ("Ann Ray",), "2024-05-14T21:41"),
        ("Ann Ray in Kyiv\nTue 14 May 2024 21.41 BST", ("Ann Ray",), "2024-05-14T21:41+01:00"),
        (
            "By Ann Ray, CNN\n3 minute read\n9:41 PM EDT, Tue May 14, 2024",
            ("Ann Ray",),
            "2024-05-14T21:41-04:00",
        ),
        ("ANA RUIZ\nKiev - 14 MAY 2024 - 21:41 CEST", ("Ana Ruiz",), "2024-05-14T21:41+02:00"),
        ("Fire in the harbor\nHarbor Correspondent", (), None),
    ],
)
def test_further_lines_above_a_story(above: str, names: tuple[str, ...], iso: str | None) -> None:
    pasted = read_pasted(f"Shelling hits market\n{above}\n\n{TEXT}", titled=False, month_first=None)

    assert pasted.bylines == names
    assert (pasted.published and pasted.published.iso) == iso
    assert (pasted.text == TEXT) is bool(names)


@pytest.mark.parametrize(
    "line",
    [
        "Sponsor Message",
        "Embed from Getty Images",
        "Vote in our poll: should it reopen?",
        "Go deeper: <a href='/1'>Port hit</a>",
    ],
)
def test_what_a_house_sets_between_paragraphs_is_none(line: str) -> None:
    first, *others = (f"<p>{part}</p>" for part in PARAGRAPHS)

    assert clean_page(page(body=f"{first}<p>{line}</p>{''.join(others)}")).text == TEXT


def test_what_sums_a_pasted_story_up_may_stand_above_who_wrote_it() -> None:
    dek = "The strike came as officials met in the harbor."

    pasted = read_pasted(
        f"Shelling hits market\n\n{dek}\n\nBy Ann Ray\n\n{TEXT}", titled=False, month_first=None
    )

    assert (pasted.bylines, pasted.text) == (("Ann Ray",), f"{dek}\n\n{TEXT}")
