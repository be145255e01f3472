"""Which words of a page are its headline, and which its site, its section, its kicker."""

from __future__ import annotations

import pytest

from corpus.cleaner.declared.title_parts import strip_site
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page

HEADLINE = "Shelling hits the market of Karsk again"
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def title_of(
    *, title: str = "", og: str = "", site: str = "", h1: str = "", before: str = "", url: str = ""
) -> str:
    """The title of a page that declares and shows these."""
    head = f"<title>{title}</title>" if title else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    heading = f"<h1>{h1}</h1>" if h1 else ""
    body = f"{before}<article>{heading}{STORY}</article>"
    return clean_page(f"<html><head>{head}</head><body>{body}</body></html>", url=url or None).title


@pytest.mark.parametrize(
    "separator", [" - ", " | ", " — ", " – ", " :: ", " » ", " • ", " · ", " / ", " ~ ", " › ", " @ ", " ● "]
)  # fmt: skip
def test_the_sites_name_is_no_part_of_a_title_on_either_side(separator: str) -> None:
    ending, beginning = f"{HEADLINE}{separator}The Daily", f"The Daily{separator}{HEADLINE}"
    assert title_of(title=ending, site="The Daily") == HEADLINE
    assert title_of(title=beginning, site="Daily") == HEADLINE
    assert title_of(title=ending) == HEADLINE
    assert title_of(title=ending, url="https://www.thedaily.example/a/b") == HEADLINE
    assert title_of(title=ending, h1=HEADLINE) == HEADLINE


@pytest.mark.parametrize(
    ("title", "outlet", "left"),
    [
        (f"{HEADLINE} | World news | The Daily", "The Daily", HEADLINE),
        (f"{HEADLINE} - World news - The Daily", "The Daily", HEADLINE),
        (f"The Daily | World | {HEADLINE}", "The Daily", HEADLINE),
        (f"Opinion | {HEADLINE}", "", HEADLINE),
        (f"{HEADLINE}—The Daily", "The Daily", HEADLINE),
        ("Обстрел рынка в Карске — Новости — Газета", "Газета", "Обстрел рынка в Карске"),
        ("قصف سوق كارسك مرة أخرى | أخبار | الجريدة", "الجريدة", "قصف سوق كارسك مرة أخرى"),
        ("市场再次遭炮击_新闻_门户网", "门户网", "市场再次遭炮击"),
        ("Missile hits Karsk - officials - The Daily", "The Daily", "Missile hits Karsk - officials"),
        ("Two killed - one injured", "", "Two killed - one injured"),
        ("Karsk mayor: Peace", "", "Karsk mayor: Peace"),
        ("Kyiv - the city that stays awake | The Daily", "The Daily", "Kyiv - the city that stays awake"),
    ],
)  # fmt: skip
def test_sections_go_with_the_site_and_clauses_stay(title: str, outlet: str, left: str) -> None:
    assert strip_site(title, outlet, ()) == left


@pytest.mark.parametrize("said", ["The Daily", "Home", "Untitled Document"])
def test_what_any_page_of_a_site_says_is_no_headline(said: str) -> None:
    logo = "<header><h1><a href='/'>The Daily</a></h1></header>"
    shown = title_of(title=said, og=said, site="The Daily", h1=HEADLINE, before=logo)
    assert shown == HEADLINE


@pytest.mark.parametrize(
    ("h1", "og", "title"),
    [
        (f"<span>Opinion</span> {HEADLINE}", HEADLINE, HEADLINE),
        (f"Opinion | {HEADLINE}", HEADLINE, HEADLINE),
        (f"{HEADLINE} <small>A second attack this week, says the mayor</small>", HEADLINE, HEADLINE),
        (HEADLINE, f"{HEADLINE[:30]}…", HEADLINE),
        (HEADLINE, "You will not believe what happened in Karsk", HEADLINE),
        (HEADLINE.upper(), HEADLINE.upper(), HEADLINE.upper()),
        ("Ceasefire", "Ceasefire", "Ceasefire"),
        ("Mar\u00adket in Karsk shel\u00adled", "Market in Karsk shelled", "Market in Karsk shelled"),
        ("Market &amp;amp; school hit in Karsk", "Market &amp;amp; school hit in Karsk",
         "Market & school hit in Karsk"),
    ],
)  # fmt: skip
def test_the_heading_that_readers_saw_is_the_title(h1: str, og: str, title: str) -> None:
    site = "The Daily News of Karsk"
    line = f"<p>{site}</p>"
    assert title_of(title=f"{og} – {site}", og=og, site=site, h1=h1, before=line) == title


@pytest.mark.parametrize(
    "said",
    [
        f"The Daily: {HEADLINE}", f"{HEADLINE} (The Daily)", f"{HEADLINE} [The Daily]",
        f"{HEADLINE}：The Daily", f"Home » World » {HEADLINE}", f"{HEADLINE} | {HEADLINE} | The Daily",
        f"{HEADLINE} - Printer friendly",
    ],
)  # fmt: skip
def test_the_sites_name_and_the_way_to_the_page_go_however_they_are_set(said: str) -> None:
    assert title_of(title=said, site="The Daily") == HEADLINE


def test_a_name_in_brackets_that_is_not_the_sites_stays() -> None:
    assert title_of(title=f"{HEADLINE} (Karsk)", site="The Daily") == f"{HEADLINE} (Karsk)"


@pytest.mark.parametrize(
    ("title", "og", "h1", "told"),
    [
        (f"Town hall - Notices - {HEADLINE}", "", f"Notices</h1><h1>{HEADLINE}", HEADLINE),
        (f"World - {HEADLINE}", "", f"World</h1><h1>{HEADLINE}", HEADLINE),
        (f"{HEADLINE} - Shared History", "", f"{HEADLINE}</h1><h1>Shared History", HEADLINE),
        (f"Siege: {HEADLINE} - Daily", HEADLINE, f"<i>Siege</i> {HEADLINE}", HEADLINE),
        (f"{HEADLINE} | Daily", HEADLINE, f"{HEADLINE} <a>Share</a>", HEADLINE),
        (f"{HEADLINE} | Daily", "", f"{HEADLINE} <a>(12)</a>", HEADLINE),
        (f"Siege - {HEADLINE} - Daily", f"Siege - {HEADLINE}", f"<i>Siege</i> {HEADLINE}", f"Siege - {HEADLINE}"),
        ("Karsk in ruins (3) | Daily", "", "Karsk in ruins (3)", "Karsk in ruins (3)"),
        ("Did they see / hear it?", "Did they see?", "Did they see / hear it?", "Did they see / hear it?"),
        ("Harbor Daily", "", HEADLINE, HEADLINE),
        ("Harbor Daily", "", f"War on the coast</h1><div></div><h1>{HEADLINE}", HEADLINE),
        ("Harbor Daily", "", f"{HEADLINE}</h1><p>A</p><h1>What the mayor said in March", "Harbor Daily"),
    ],
)  # fmt: skip
def test_rubrics_kickers_counts_and_buttons_in_headings_are_no_headline(
    title: str, og: str, h1: str, told: str
) -> None:
    assert title_of(title=title, og=og, h1=h1) == told


def test_a_headline_that_json_ld_and_the_page_share_outweighs_that_of_search_engines() -> None:
    node = f'{{"@type": "NewsArticle", "headline": "{HEADLINE}"}}'
    head = f'<title>How many died?</title><script type="application/ld+json">{node}</script>'
    page = f"<html><head>{head}</head><body><article><h1>{HEADLINE}</h1>{STORY}</article></body></html>"
    assert clean_page(page).title == HEADLINE
